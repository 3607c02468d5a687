"""Sends forms in tests the way a browser would: with the token of a page that was open before."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .html import Page


def post(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """The answer to a form; redirects are not followed."""
    page = Page(client.get("/sources/new"))
    token = page.find("input[name=csrf_token]").attrs["value"]
    return client.post(address, data={"csrf_token": token, **fields})
