"""The platforms' APIs as the stand-in plays them: documented shapes, keys checked, parameters and headers obeyed.

Each module answers for one platform under /api/<platform>, with the reviews of `data/apis/<platform>.json` at the
moment shown. What it checks is what the real one checks: a wrong key is a 401 in the platform's own words.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.wrappers import Response

from . import foursquare, google, googleplaces, trustpilot, yelp
from .call import ApiCall

APIS: dict[str, Callable[[ApiCall], Response]] = {
    "foursquare": foursquare.answer,
    "google": google.answer,
    "googleplaces": googleplaces.answer,
    "trustpilot": trustpilot.answer,
    "yelp": yelp.answer,
}

__all__ = ["APIS", "ApiCall"]
