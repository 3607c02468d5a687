"""What a person pastes as a link, made into the address that is meant.

Standard library only. Whether it may be visited is for `net` to say. What a link was followed from (utm_source,
fbclid …) is taken off: the same page would else be two sources.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid"
    r"|ttclid|igsh|igshid|li_fat_id|_ga|_gl|srsltid)",
    re.IGNORECASE,
)
_AROUND = "<>\"'`\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\s]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?://|(?!\d))", re.IGNORECASE)  # "hotel.example:8080" has none
_SEGMENT_IDS = {  # the part of a link that is the platform's own id of the place
    "tripadvisor": re.compile(r"-d(\d{1,12})(?:-|\.|/|$)"),
    "yelp": re.compile(r"/biz/([^/]{1,200})"),
    "trustpilot": re.compile(r"/review/([^/]{3,200})"),
    "foursquare": re.compile(r"/([0-9a-f]{24})(?:/|$)"),
    "appstoreconnect": re.compile(r"/id(\d{1,15})(?:/|$)|/apps/(\d{1,15})(?:/|$)"),
    "facebook": re.compile(r"/(?:pages/[^/]+|p/[^/]*?|people/[^/]+)[/-](\d{8,20})/?$|^/(\d{8,20})/?$"),
}
_PARAMETER_IDS = {"googleplay": "id", "facebook": "id", "googleplaces": "placeid"}


def cleaned(written: str) -> str:
    """The address without what came along when it was copied; `https://` is put before one that has no scheme."""
    url = _UNSEEN.sub("", written.strip().strip(_AROUND)) if _is_one(written) else written.strip()
    if url and not _SCHEME.match(url):
        url = "https://" + url.lstrip("/")
    try:
        parts = urlsplit(url)
    except ValueError:  # `net` says what is wrong with it
        return url
    kept = [one for one in parts.query.split("&") if not _TRACKING.fullmatch(one.partition("=")[0])]
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), query="&".join(kept), fragment=""))


def place_ref_in(platform: str, url: str) -> str:
    """The platform's id of the place, where its link shows one; else nothing."""
    try:
        parts = urlsplit(url)
        named = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    if (name := _PARAMETER_IDS.get(platform)) and named.get(name):
        return named[name][0][:400]
    pattern = _SEGMENT_IDS.get(platform)
    found = pattern.search(parts.path[:2000]) if pattern else None
    return unquote(next(filter(None, found.groups()), ""))[:400] if found else ""


def _is_one(written: str) -> bool:
    """Whether the blanks in it are line breaks and unseen marks only: two words are no address."""
    return " " not in written.strip().strip(_AROUND).strip()
