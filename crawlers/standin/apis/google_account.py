"""What an account at Google owns: accounts (Account Management v1) and their locations (Business Information v1).

Beside the location whose reviews are played there are some without, on two accounts and more than one page.
"""

from __future__ import annotations

import re
from typing import Any

from werkzeug.wrappers import Response

from .call import ApiCall, reply

_PER_PAGE = 2  # Google may give fewer than it was asked for
_ACCOUNTS = re.compile(r"/accounts/accounts")
_LOCATIONS = re.compile(r"/locations/(accounts/[0-9]+)/locations")
_FIELDS = {"name", "title", "storefrontAddress", "storeCode", "metadata"}


def listing(call: ApiCall) -> Response | None:
    """The answer to one of these two; None for any other path."""
    own = call.site.ref.partition("/locations/")[0]
    if _ACCOUNTS.fullmatch(call.path):
        return _page(call, "accounts", _accounts(own), most=20)
    found = _LOCATIONS.fullmatch(call.path)
    if found is None:
        return None
    mask = call.request.args.get("readMask", "")
    if not mask or not set(mask.split(",")) <= _FIELDS:
        return _invalid()
    locations = _known(call).get(found[1])
    return _not_found() if locations is None else _page(call, "locations", locations, most=100)


def _accounts(own: str) -> list[dict[str, Any]]:
    return [
        {"name": own, "accountName": "Lanterna S.r.l.", "type": "PERSONAL", "role": "PRIMARY_OWNER"},
        {"name": "accounts/1001", "accountName": "Lanterna group", "type": "LOCATION_GROUP"},
    ]


def _known(call: ApiCall) -> dict[str, list[dict[str, Any]]]:
    own, _, location = call.site.ref.partition("/locations/")
    played = {
        "name": f"locations/{location}",
        "title": "Trattoria Lanterna",
        "storefrontAddress": {
            "regionCode": "IT",
            "postalCode": "16126",
            "locality": "Genova",
            "addressLines": ["Via della Lanterna 1"],
        },
    }
    hotel = {"name": "locations/2001", "title": "Hotel Lanterna", "storefrontAddress": {"locality": "Genova"}}
    delivery = {"name": "locations/2002", "title": "Lanterna a Casa"}  # it serves an area and has no address
    return {own: [hotel, delivery, played], "accounts/1001": [played]}


def _page(call: ApiCall, name: str, values: list[dict[str, Any]], *, most: int) -> Response:
    size = call.number("pageSize", otherwise=10, least=1, most=most)
    token = call.request.args.get("pageToken", "0")
    if size is None or not token.isdecimal() or len(token) > 8:
        return _invalid()
    start, end = int(token), int(token) + min(size, _PER_PAGE)
    value: dict[str, Any] = {name: values[start:end]} if values[start:end] else {}
    return reply(value | ({"nextPageToken": str(end)} if end < len(values) else {}))


def _invalid() -> Response:
    error = {"code": 400, "message": "Request contains an invalid argument.", "status": "INVALID_ARGUMENT"}
    return reply({"error": error}, 400)


def _not_found() -> Response:
    return reply({"error": {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}}, 404)
