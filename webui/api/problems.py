"""What programs are told when something does not work: RFC 9457, in plain words, with what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response, url_for
from pydantic import BaseModel, Field, ValidationError

from ..i18n import N_, gettext

PREFIX: Final = "/api/v1"
MEDIA_TYPE: Final = "application/problem+json"
# By the name of the problem: status, title and what to do next. `/api/docs` tells all of them.
KINDS: Final[Mapping[str, tuple[int, str, str]]] = {
    "bad-request": (
        400,
        N_("The request cannot be read"),
        N_("Send JSON as the description of the operation says."),
    ),
    "bad-cursor": (400, N_("There is no such page"), N_("Begin again without “after”.")),
    "no-token": (
        401,
        N_("A token is needed"),
        N_("Send “Authorization: Bearer …” with a token of your account page, under API."),
    ),
    "bad-token": (
        401,
        N_("This token opens nothing"),
        N_("It was revoked, has run out, or its person may no longer enter. Make another on your account page."),
    ),
    "scope-missing": (
        403,
        N_("The token was not made for this"),
        N_("Make one with this scope on your account page."),
    ),
    "role-too-low": (
        403,
        N_("The role of the token's person does not allow this here"),
        N_("Ask an owner for a higher role at this place."),
    ),
    "not-found": (
        404,
        N_("There is nothing here"),
        N_("It was removed, never was, or belongs to a place that the token's person does not work at."),
    ),
    "not-allowed": (405, N_("This address takes no such method"), N_("See the description of the API.")),
    "conflict": (
        409,
        N_("This cannot be done as things stand"),
        N_("Read it again, and decide anew."),
    ),
    "too-late": (
        410,
        N_("That can no longer be taken back"),
        N_("Change it by hand instead: the timeline of the case tells what was done."),
    ),
    "changed": (
        412,
        N_("Somebody has changed it since you read it"),
        N_("Read it again, and send the ETag of what you then see as If-Match."),
    ),
    "too-large": (413, N_("That is too much at once"), N_("Send less: 64 kB are the most.")),
    "not-json": (415, N_("This takes JSON alone"), N_("Send “Content-Type: application/json”.")),
    "not-taken": (
        422,
        N_("What was sent cannot be taken"),
        N_("Mend what “detail” and “errors” tell, and send it again."),
    ),
    "version-needed": (
        428,
        N_("Say which version you have seen"),
        N_("Send the ETag of what you have read as If-Match, so that nobody's work is overwritten."),
    ),
    "too-often": (429, N_("That was asked too often"), N_("Wait as many seconds as Retry-After says.")),
    "broken": (
        500,
        N_("Something went wrong in Amends"),
        N_("Nothing was changed. Try again; if it stays so, the log of the program says more."),
    ),
    "unavailable": (503, N_("The database does not answer"), N_("Wait as many seconds as Retry-After says.")),
}


class Fault(BaseModel):
    """What is wrong with one part of a request."""

    at: str = Field(description="the parameter or field, as body.words or query.limit")
    words: str


class Problem(BaseModel):
    """RFC 9457: what went wrong, in plain words, and what to do next."""

    type: str = Field(description="an address that tells more of problems of this kind")
    title: str
    status: int
    detail: str
    next: str = Field(description="what to do next")
    errors: list[Fault] = []


class Refused(Exception):
    """A request that is answered with a problem."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        advice: str = "",
    ) -> None:
        super().__init__(kind)
        self.kind, self.detail, self.errors = kind, detail, errors
        self.headers, self.advice = dict(headers or {}), advice


def answer(error: Refused) -> Response:
    """The problem as it is sent."""
    status, title, advice = KINDS[error.kind]
    return written(
        error.kind,
        status,
        gettext(title),
        error.detail or gettext(title),
        error.advice or gettext(advice),
        errors=error.errors,
        headers=error.headers,
    )


def written(
    kind: str,
    status: int,
    title: str,
    detail: str,
    advice: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same from its parts, all in the language of the request."""
    told: dict[str, Any] = {
        "type": url_for("api_docs.show", _anchor=kind),
        "title": title,
        "status": status,
        "detail": detail,
        "next": advice,
        "errors": list(errors),
    }
    response = Response(json.dumps(told, ensure_ascii=False), status=status, mimetype=MEDIA_TYPE)
    response.headers.update(headers or {})
    return response


def of_validation(error: ValidationError) -> Response:
    """What flask-openapi3 calls where parameters or a body do not fit their model."""
    faults = [
        {"at": ".".join(str(part) for part in one["loc"]) or "body", "words": str(one["msg"])}
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return answer(Refused("not-taken", errors=faults))


def of_status(status: int, title: str, advice: str) -> Response:
    """For the handlers of all pages (`webui.views.errors`): a fault that no view of the API has met."""
    kinds = {404: "not-found", 405: "not-allowed", 413: "too-large", 415: "not-json", 429: "too-often"}
    kind = kinds.get(status) or ("unavailable" if status == 503 else "broken" if status >= 500 else "bad-request")
    if kind in ("unavailable", "broken"):
        return written(kind, status, title, title, advice)
    return answer(Refused(kind))
