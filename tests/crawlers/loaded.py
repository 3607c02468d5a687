"""Loads what a crawl loads, so that forks find it there.

No reactor: each process installs its own. Nor `crawlers.settings`, which reads the environment.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from sqlalchemy.orm import configure_mappers

import crawlers

_OF_CRAWLS = ("batch", "extensions", "resolver", "middlewares", "parsers", "pipelines", "spiders")
_OF_SCRAPY = (
    *("cmdline", "commands", "core.downloader.contextfactory", "core.downloader.handlers.http11", "core.scheduler"),
    *("downloadermiddlewares", "dupefilters", "extensions.closespider", "extensions.corestats", "extensions.logcount"),
    *("extensions.logstats", "extensions.memdebug", "extensions.spiderstate", "pqueues", "spidermiddlewares"),
    *("squeues", "statscollectors"),
)
_OTHERS = ("encodings.charmap", "tldextract", "sqlalchemy.dialects.sqlite.pysqlite")


def _load(name: str) -> None:
    module = import_module(name)
    for part in pkgutil.iter_modules(getattr(module, "__path__", [])):
        _load(f"{name}.{part.name}")


for _name in _OF_CRAWLS:
    _load(f"{crawlers.__name__}.{_name}")
for _name in _OF_SCRAPY:
    _load(f"scrapy.{_name}")
for _name in _OTHERS:
    import_module(_name)
configure_mappers()
