"""Bot walls are known by status and marker; good pages behind the same services are not taken for walls."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.blocks import login_form, recognise

from .expected import PAGES

CLOUDFLARE = b"<!DOCTYPE html><html><head><title>Just a moment...</title>"
AKAMAI = b"<HTML><TITLE>Access Denied</TITLE>You don't have permission<P>Reference&#32;&#35;18.2d351ab8.1557333295"
GOOD = b"<html><body>" + b"<p>Reviews</p>" * 5000 + b"<script src='https://ct.captcha-delivery.com/c.js'></script>"

WALLS = {
    "datadome_403": (403, {}, b"<script>var dd={'host':'geo.captcha-delivery.com'}</script>", "datadome"),
    "datadome_200": (
        200,
        {"x-datadome": "protected"},
        b"<script src='//geo.captcha-delivery.com'></script>",
        "datadome",
    ),
    "datadome_header": (403, {"x-datadome": "protected"}, b"", "datadome"),
    "waf_header": (202, {"x-amzn-waf-action": "challenge"}, b"", "aws_waf"),
    "waf_captcha": (405, {"x-amzn-waf-action": "captcha"}, b"", "aws_waf"),
    "waf_script": (200, {}, b"<script src='https://x.token.awswaf.com/challenge.js'></script>", "aws_waf"),
    "cloudflare_header": (403, {"cf-mitigated": "challenge"}, b"", "cloudflare"),
    "cloudflare_title": (503, {}, CLOUDFLARE, "cloudflare"),
    "akamai": (403, {}, AKAMAI, "akamai"),
    "denied": (403, {}, b"no", "denied"),
    "legal": (451, {}, b"no", "denied"),
    "login": (401, {}, b"no", "login"),
}


@pytest.mark.parametrize("case", sorted(WALLS))
def test_wall_is_recognised(case: str) -> None:
    """Kind and a sentence that names the ways left."""
    status, headers, body, kind = WALLS[case]
    wall = recognise(status, headers, body)
    assert wall is not None
    assert wall.kind == kind
    assert "Amends does not try to get past it." in wall.message


@pytest.mark.parametrize("page", sorted((PAGES / "walls").iterdir()), ids=lambda page: page.stem)
@pytest.mark.parametrize("status", [200, 403, 429])
def test_walls_of_platforms_are_recognised(page: Path, status: int) -> None:
    """Whatever status they come with."""
    wall = recognise(status, {}, page.read_bytes())
    assert wall is not None
    assert wall.kind == "datadome"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"x-datadome": "protected"}, GOOD),  # every answer of a guarded site carries the header
        (200, {}, b"<title>Just a moment of peace - Hotel</title>"),
        (503, {}, b"down for maintenance"),
        (429, {}, b"slow down"),
        (404, {}, b"Access Denied Reference #1"),
        (200, {}, b""),
    ],
)
def test_ordinary_answers_are_no_walls(status: int, headers: dict[str, str], body: bytes) -> None:
    """Good pages, maintenance and throttling have states of their own."""
    assert recognise(status, headers, body) is None


def test_login_form_is_seen() -> None:
    """A password field, however its tag is written."""
    assert login_form(b"<INPUT name=x\n TYPE = 'password'>") is not None
    assert login_form(b"<input type=text> forgot your password?") is None
