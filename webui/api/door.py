"""Who asks the API, and whether they may: the token first, then its scope, then the role of its person at the place.

`operation` makes a view an operation: the address, what it needs and what it may answer stand in one place, from which
the door, the OpenAPI document and the tests of "somebody else's place" all read. No cookie is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from flask import Response, g, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.utils import parse_rule
from pydantic import BaseModel
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from db import audit
from db.acting import Actor
from db.api_tokens import Bearer, bearer_of, touch_token
from db.attempts import Limit, count_attempt, sweep_attempts
from db.errors import BadCursor, BadValue, CaseChanged
from db.people import who_may
from db.queries.offers import place_of_offer
from db.queries.places import place_of_review, place_there
from db.roles import Act
from db.scopes import Scope
from db.session import read_scope, session_scope

from ..accounts import address_of_visitor
from ..filters import period
from ..guard import for_machines
from ..i18n import gettext
from ..pages import pages
from ..security import csrf
from ..told import told
from .problems import PREFIX, Refused, answer

View = TypeVar("View", bound=Callable[..., Any])
WRONG_TOKENS: Final = Limit("api-door", 120, timedelta(minutes=15))  # from one address; 256 bits are not guessed
PLACE_OF: Final[Mapping[str, Callable[[Session, int], int | None]]] = {
    "review_id": place_of_review,
    "offer_id": place_of_offer,
    "place_id": place_there,
}
ALWAYS: Final = (401, 429, 503)
PROBLEM: Final = {"schema": {"$ref": "#/components/schemas/Problem"}}
blueprint = APIBlueprint("api", __name__, url_prefix=PREFIX)
csrf.exempt(blueprint)  # nothing here is asked for by a form, and no cookie counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What an operation needs. `of` names the argument whose place counts; empty: the view looks at places itself."""

    id: str
    method: str
    path: str
    scope: Scope | None
    act: Act | None
    of: str
    has_body: bool


OPERATIONS: Final[dict[str, Operation]] = {}  # by their id, which is the name of the view


def operation(
    method: str,
    rule: str,
    gives: type[BaseModel],
    *,
    group: str,
    scope: Scope | None = None,
    act: Act | None = None,
    of: str = "",
    has_body: bool | None = None,
    status: int = 200,
    also: tuple[int, ...] = (),
    headers: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Put a view under an address. `also` are the problems it may answer beside those of the door.

    POST and PUT take JSON, unless `has_body` says otherwise.
    """
    takes_json = method in ("POST", "PUT") if has_body is None else has_body

    def put(view: View) -> View:
        name = view.__name__
        OPERATIONS[name] = Operation(
            id=name,
            method=method,
            path=parse_rule(rule, url_prefix=PREFIX),
            scope=scope,
            act=act,
            of=of,
            has_body=takes_json,
        )
        problems = {*ALWAYS, *also, *([403] if scope else []), *([404] if of else []), *([403] if act else [])}
        problems |= {400, 413, 415, 422} if takes_json else set()
        responses: dict[int | str, Any] = {code: _problem() for code in sorted(problems)}
        responses[status] = gives
        register = getattr(blueprint, method.lower())
        extra = {"x-scope": scope.value} if scope else {}
        register(
            rule,
            operation_id=name,
            tags=[Tag(name=group)],
            responses=responses,
            security=[{"token": []}],
            openapi_extensions=extra | {"x-headers": list(headers)},
        )(for_machines(view))
        return view

    return put


def caller() -> Bearer:
    """Whose token opened the door."""
    found: Bearer = g.api_caller
    return found


def reads_contacts() -> bool:
    """Whether names and contact data are shown whole."""
    return Scope.READ_CONTACTS in caller().scopes


@contextmanager
def writing(*, case_id: int | None = None, **facts: Any) -> Iterator[tuple[Session, Actor]]:
    """A transaction for whoever asks. What was done is told to the audit log with the person and the token."""
    who = caller()
    by = Actor(person_id=who.person_id, name=who.person_name, now=pages().clock(), via=who.token_name)
    with session_scope(pages().engine) as session:
        yield session, by
        told_facts = {"operation": str(request.endpoint).removeprefix("api."), "token_id": who.token_id}
        told_facts |= {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
        audit.append(session, "api_used", told_facts | facts, by=by, now=by.now, case_id=case_id)


def check_place(act: Act, location_id: int | None) -> None:
    """As the guard of the pages: somebody else's place does not exist, at one's own the role must do."""
    if location_id is None or caller().access.role_at(location_id) is None:
        raise Refused("not-found")
    if not caller().access.may(act, location_id):
        with read_scope(pages().engine) as session:
            names = who_may(session, act, location_id)
        detail = gettext("%(names)s may do it, or give you the role.", names=", ".join(names)) if names else ""
        raise Refused("role-too-low", detail)


@blueprint.before_request
def open_door() -> None:
    """Before every operation; the description itself is open to all."""
    needed = OPERATIONS.get(str(request.endpoint).removeprefix("api."))
    if needed is None:
        return
    g.api_caller = _known()
    if needed.scope is not None and needed.scope not in caller().scopes:
        raise Refused("scope-missing", gettext("It takes the scope %(scope)s.", scope=needed.scope.value))
    if needed.act is not None and needed.of:
        with read_scope(pages().engine) as session:
            location_id = PLACE_OF[needed.of](session, (request.view_args or {})[needed.of])
        check_place(needed.act, location_id)
    elif needed.act is not None and not caller().access.may(needed.act):
        raise Refused("role-too-low")
    if needed.has_body:
        _must_be_json()


def _known() -> Bearer:
    """Who asks. Every request counts, before anything else is looked at."""
    parts = pages()
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    now = parts.clock()
    bearer = None
    with session_scope(parts.engine) as session:
        sweep_attempts(session, now=now)
        if scheme.lower() == "bearer" and secret.strip():
            bearer = bearer_of(session, secret.strip(), now=now)
        if bearer is None:
            ends = count_attempt(session, WRONG_TOKENS, address_of_visitor(), now=now)
        else:
            limit = Limit("api", parts.settings.api_per_minute, timedelta(minutes=1))
            ends = count_attempt(session, limit, str(bearer.token_id), now=now)
            touch_token(session, bearer, now=now)
    if ends is not None:
        left_s = max(1, -((now - ends) // timedelta(seconds=1)))
        words = gettext("Try again in %(time)s.", time=period(left_s))
        raise Refused("too-often", words, headers={"Retry-After": str(left_s)})
    if bearer is None:
        kind = "bad-token" if secret else "no-token"
        raise Refused(kind, headers={"WWW-Authenticate": 'Bearer realm="Amends"'})
    return bearer


def _must_be_json() -> None:
    if request.mimetype != "application/json":
        raise Refused("not-json")
    try:
        given = request.get_json()
    except HTTPException as error:
        raise Refused("too-large" if error.code == 413 else "bad-request") from error
    if not isinstance(given, dict):
        raise Refused("not-taken", errors=[{"at": "body", "words": gettext("Send an object: { … }.")}])


def _problem() -> dict[str, Any]:
    return {"content": {"application/problem+json": dict(PROBLEM)}}


@blueprint.errorhandler(Refused)
def refuse(error: Refused) -> Response:
    """A request that is answered with a problem."""
    return answer(error)


@blueprint.errorhandler(CaseChanged)
def conflict(error: CaseChanged) -> Response:
    """Somebody was faster, or no such step leads on from where it is."""
    return answer(Refused("conflict", told(str(error))))


@blueprint.errorhandler(BadValue)
def not_taken(error: BadValue) -> Response:
    """What the database's own rules refuse."""
    return answer(Refused("not-taken", told(str(error))))


@blueprint.errorhandler(BadCursor)
def bad_cursor(error: BadCursor) -> Response:
    """No page of ours."""
    return answer(Refused("bad-cursor", told(str(error))))


def seen_version(present: str) -> None:
    """Hold If-Match against the ETag of what there is.

    Raises:
        Refused: it is missing (428), or names another version (412).
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Refused("version-needed")
    if given != "*" and present not in [one.strip() for one in given.split(",")]:
        raise Refused("changed")


def sent(model: BaseModel, status: int = 200, **headers: str) -> Response:
    """An answer; names of headers with _ for -."""
    response = Response(model.model_dump_json(), status=status, mimetype="application/json")
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
