"""Reads the stand-in's pages with plain libraries, never with the project's own parsers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

import extruct
from parsel import Selector

from .http import ask


def jsonld(page: str) -> dict[str, Any]:
    (script,) = Selector(text=page).xpath("//script[@type='application/ld+json']/text()").getall()
    document: dict[str, Any] = json.loads(script)
    return document


def pages(url: str) -> list[str]:
    """All pages of a site, along rel=next in the head or in the text."""
    found: list[str] = []
    following: str | None = url
    while following:
        answer = ask(following)
        assert answer.status == 200
        found.append(answer.text)
        href = Selector(text=answer.text).xpath("(//link[@rel='next'] | //a[@rel='next'])/@href").get()
        following = urljoin(url, href) if href else None
        assert len(found) < 50
    return found


def ids(found: list[str]) -> list[str]:
    return [node["@id"].rsplit(":", 1)[-1] for page in found for node in jsonld(page)["review"]]


def microdata(page: str) -> dict[str, Any]:
    (item,) = extruct.extract(page, syntaxes=["microdata"])["microdata"]
    properties: dict[str, Any] = item["properties"]
    return properties


def rdfa(page: str) -> dict[str, dict[str, Any]]:
    """Nodes by their id, properties without the schema.org prefix."""
    nodes = extruct.extract(page, syntaxes=["rdfa"])["rdfa"]
    return {
        node["@id"]: {key.removeprefix("https://schema.org/"): value for key, value in node.items()} for node in nodes
    }
