"""The API as people read it: every operation with what it needs, made from the same description that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from db.scopes import MEANINGS
from db.session import read_scope

from ..api.document import document
from ..api.problems import KINDS
from ..guard import signed_in
from ..i18n import gettext
from ..pages import frame, pages
from ..told import told

blueprint = Blueprint("api_docs", __name__)
SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    where: str  # path, query, header or body
    kind: str
    is_needed: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    id: str
    group: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    fields: tuple[Field, ...]
    gives: str  # the name of the schema
    statuses: tuple[str, ...]


@blueprint.get("/api/docs")
@signed_in
def show() -> str:
    """All operations by group, the scopes and the problems."""
    parts = pages()
    operations = list(_operations(document()))
    groups = list(dict.fromkeys(one.group for one in operations))
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
    return render_template(
        "api_docs.html",
        frame=around,
        groups=[(name, [one for one in operations if one.group == name]) for name in groups],
        scopes=[(scope.value, told(words)) for scope, words in MEANINGS.items()],
        problems=[(kind, status, gettext(title), gettext(advice)) for kind, (status, title, advice) in KINDS.items()],
        address=parts.settings.public_url,
        description=url_for("api.openapi"),
        per_minute=parts.settings.api_per_minute,
    )


def _operations(whole: dict[str, Any]) -> Iterator[Operation]:
    schemas = whole["components"]["schemas"]
    for path, item in whole["paths"].items():
        for method, one in item.items():
            good = next(code for code in one["responses"] if code.startswith("2"))
            gives = one["responses"][good]["content"]["application/json"]["schema"]["$ref"]
            yield Operation(
                id=one["operationId"],
                group=one["tags"][0],
                method=method.upper(),
                path=path,
                summary=one["summary"],
                words=one["description"].partition("Scope:")[0].strip(),
                scope=one.get("x-scope", ""),
                fields=tuple(_fields(one, schemas)),
                gives=gives.removeprefix(SCHEMAS),
                statuses=tuple(sorted(one["responses"])),
            )


def _fields(one: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Field]:
    for given in one.get("parameters", ()):
        yield _field(given["name"], given["in"], given["schema"], schemas, is_needed=given.get("required", False))
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    model = schemas.get(str(body.get("$ref", "")).removeprefix(SCHEMAS), {})
    for name, schema in model.get("properties", {}).items():
        yield _field(name, "body", schema, schemas, is_needed=name in model.get("required", ()))


def _field(name: str, where: str, schema: dict[str, Any], schemas: dict[str, Any], *, is_needed: bool) -> Field:
    return Field(
        name=name, where=where, kind=_kind(schema, schemas), is_needed=is_needed, words=schema.get("description") or ""
    )


def _kind(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    if reference := schema.get("$ref"):
        return _kind(schemas.get(reference.removeprefix(SCHEMAS), {}), schemas)
    if choices := schema.get("enum"):
        return " | ".join(str(one) for one in choices)
    if several := schema.get("anyOf") or schema.get("allOf"):
        return " | ".join(_kind(one, schemas) for one in several)
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}), schemas)} …"
    return str(schema.get("format") or schema.get("type") or "object")
