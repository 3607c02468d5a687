"""How close the rows of the queue stand: asked for in the address once, then kept in a cookie of this browser."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask, Response, request

COOKIE = "amends_rows"
NAME = "rows"  # in addresses
A_YEAR_S = 365 * 24 * 3600


class Density(StrEnum):
    COMFORTABLE = "comfortable"  # three lines of text
    STANDARD = "standard"  # two: twelve rows or more at 1280 by 800
    COMPACT = "compact"  # one: twenty rows or more at 900 px of height


def init_app(app: Flask) -> None:
    """Keep a density that was chosen."""

    @app.after_request
    def keep_density(response: Response) -> Response:
        chosen = request.args.get(NAME, "")
        if chosen in list(Density):
            response.set_cookie(
                COOKIE, chosen, max_age=A_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
            )
        return response


def density() -> Density:
    """That of this request."""
    for given in (request.args.get(NAME, ""), request.cookies.get(COOKIE, "")):
        if given in list(Density):
            return Density(given)
    return Density.STANDARD
