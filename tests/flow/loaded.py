"""Loads what the commands load, so that forks find it there."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import db
import webui

_LATE = (  # what commands fetch when they run
    *("alembic.command", "alembic.script", "alembic.runtime.environment"),
    *("numpy", "onnxruntime", "tokenizers", "openpyxl", "imap_tools", "rich.progress", "rich.table"),
    *("sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite"),
)


def _load(name: str) -> None:
    module = import_module(name)
    for part in pkgutil.iter_modules(getattr(module, "__path__", [])):
        if part.name not in {"__main__", "migrations"}:  # these do something at once
            _load(f"{name}.{part.name}")


for _package in (db, webui):
    _load(_package.__name__)
for _name in _LATE:
    import_module(_name)
