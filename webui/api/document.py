"""The description of the API as OpenAPI 3.1, made from the operations themselves."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flask import Response
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from ..guard import for_machines
from . import answers, cases, complaints, offers, reading, undoing  # noqa: F401 - importing them puts their operations there
from .door import OPERATIONS, blueprint
from .problems import PREFIX, Problem

VERSION = "1"
TELLS = (
    "Reviews, cases, complaints, offers and answers of Amends. Each request carries a token of a person: "
    "“Authorization: Bearer …”. It may do what its scopes name, as far as the roles of that person allow it at the "
    "moment of the request. Guests' names and contact data are masked unless the token has the scope read:contacts. "
    "What is done to cases, complaints and offers can be taken back for a moment, by the “undo” of its answer. "
    "Errors are problems of RFC 9457 that say what to do next."
)
HEADERS = {
    "ETag": "the version of what is told; changes want it as If-Match",
    "Location": "where what was made can be read",
}


@lru_cache
def document() -> dict[str, Any]:
    """The whole description. Made once: operations do not change while a program runs."""
    maker = OpenAPI(
        "webui",
        info=Info(title="Amends", version=VERSION, description=TELLS),
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        doc_ui=False,
        validation_error_model=Problem,
    )
    maker.paths.update(blueprint.paths)
    maker.components_schemas.update(blueprint.components_schemas)
    maker.tags = list(blueprint.tags)
    made: dict[str, Any] = json.loads(json.dumps(maker.api_doc))
    made["paths"] = dict(sorted(made["paths"].items()))
    for item in made["paths"].values():
        for told in item.values():
            _finish(told)
    for schema in made["components"]["schemas"].values():
        _flatten(schema)
    return made


def _finish(told: dict[str, Any]) -> None:
    """What the library leaves to us: the headers, the scope in words, and no answer that is never given."""
    names = told.pop("x-headers", [])
    scope = told.get("x-scope")
    told["description"] = "\n\n".join(
        part
        for part in (str(told.get("description", "")).replace("<br/>", "\n").strip(), scope and f"Scope: `{scope}`.")
        if part
    )
    problems = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for code, response in list(told["responses"].items()):
        if code.startswith("2"):
            response["headers"] = {name: {"description": HEADERS[name], "schema": {"type": "string"}} for name in names}
        elif "application/problem+json" not in response.get("content", {}):
            if code == "422" and told["operationId"] in OPERATIONS and not _can_refuse(told):
                del told["responses"][code]
            else:
                response["content"] = problems
        if code in ("401", "429", "503"):
            name = "WWW-Authenticate" if code == "401" else "Retry-After"
            response["headers"] = {name: {"schema": {"type": "string"}}}
    _flatten(told)


def _can_refuse(told: dict[str, Any]) -> bool:
    return bool(told.get("parameters") or told.get("requestBody"))


def _flatten(schema: Any) -> None:
    """Definitions inside of definitions are unreachable by their references, and stand at the top already."""
    if isinstance(schema, dict):
        schema.pop("$defs", None)
        if "default" in schema and schema["default"] is None:
            schema.pop("default")  # left out is what it means; the schema of a parameter knows no null
        for part in schema.values():
            _flatten(part)
    elif isinstance(schema, list):
        for part in schema:
            _flatten(part)


@blueprint.route("/openapi.json", endpoint="openapi")
@for_machines
def openapi() -> Response:
    """The description as programs read it; open to all."""
    return Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")


PATH = f"{PREFIX}/openapi.json"
