"""Whatever the description of the API allows, and what it forbids, asked of a served application by schemathesis.

Nothing ends in a fault of the program, and every answer is one that the description names, in the form that it names.
What fits the description may be refused all the same: by a version, by the policy, by where a case stands.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import Engine
from werkzeug.serving import WSGIRequestHandler, make_server

from db.acting import Actor
from db.session import session_scope
from tests.db.offer_hands import made_offer
from tests.factories import NOW, make_case, make_review, make_score, make_source
from webui.api.document import document
from webui.settings import WebSettings

from .api_hands import program

EXAMPLES = 3  # of each operation and either kind: so it takes seconds
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
BOUNDED = hypothesis.settings(
    max_examples=EXAMPLES,
    stateful_step_count=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[hypothesis.Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Quiet(WSGIRequestHandler):
    """Without a line for each request: hundreds of them are of no use to anybody."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the signature of werkzeug
        pass


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The application behind a real server."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Target:
    """A served application with a few rows, and who asks it."""

    def __init__(self, app: Flask, engine: Engine, url: str) -> None:
        self.url = url
        self.secret = program(app).secret
        with session_scope(engine) as session:
            source = make_source(session)
            case = make_case(session, make_review(session, source), is_flagged=True)
            make_score(session, make_review(session, source))
            offer = made_offer(session, case.id, by=Actor(person_id=1, name="Ana", now=NOW))
            self.known = {"review_id": case.review_id, "offer_id": offer.id, "place_id": source.location_id}
        self.schema = schemathesis.openapi.from_dict(document())

    @property
    def call(self) -> dict[str, Any]:
        """What goes with each request."""
        # The first answer that is checked waits until its model is read, on a machine that others keep busy.
        return {"base_url": self.url, "headers": {"Authorization": f"Bearer {self.secret}"}, "timeout": 200}

    def on_known_things(self, case: Any) -> None:
        """Let a request that fits be about what there is, and over whatever version."""
        for name, value in self.known.items():
            if name in (case.path_parameters or {}):
                case.path_parameters[name] = value
            if isinstance(case.body, dict) and name in case.body:
                case.body[name] = value
        case.headers["If-Match"] = "*"


@pytest.fixture
def settings(settings: WebSettings) -> WebSettings:
    """Without the limit, which would answer in the place of what is tested."""
    return settings.model_copy(update={"api_per_minute": 100_000})


@pytest.fixture
def target(app: Flask, engine: Engine, served: str) -> Target:
    return Target(app, engine, served)


def test_no_request_is_answered_otherwise_than_described(target: Target) -> None:
    """Every operation, with what fits its description and with what does not."""
    asked: set[str] = set()

    def ask(one: Any, mode: GenerationMode) -> None:
        fits = mode is GenerationMode.POSITIVE

        @BOUNDED
        @hypothesis.given(case=one.as_strategy(generation_mode=mode))
        def requests(case: Any) -> None:
            if fits:
                target.on_known_things(case)
            answer = case.call(**target.call)
            case.validate_response(answer, checks=CHECKS if fits else [*CHECKS, negative_data_rejection])
            asked.add(case.operation.label)

        requests()

    for found in target.schema.get_all_operations():
        one: Any = found.ok()  # type: ignore[union-attr]  # what is none fails here, as it should
        ask(one, GenerationMode.POSITIVE)
        if one.body or one.query or one.path_parameters:
            ask(one, GenerationMode.NEGATIVE)
    assert len(asked) == sum(len(item) for item in document()["paths"].values())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_row_of_requests_is_answered_otherwise_than_described(target: Target) -> None:
    """What one answer gives goes into the next request: case, tag, offer and its steps."""

    class Machine(target.schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, _case: Any) -> dict[str, Any]:
            return target.call

        def before_call(self, case: Any) -> None:
            target.on_known_things(case) if case.method == "GET" else case.headers.update({"If-Match": "*"})

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    Machine.run(settings=BOUNDED)
