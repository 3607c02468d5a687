"""Where somebody wanted to go: only paths of ours are followed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for


def own_path(wanted: str | None) -> str | None:
    """The path if it leads to a page of ours; None for any other address, however it is dressed up."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > 2000:
        return None
    if "\\" in wanted or any(ord(char) < 32 or char.isspace() for char in wanted):  # browsers read \ as /
        return None
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else wanted


def wanted_path() -> str:
    """Where this request says that its sender wanted to go; the queue without a word."""
    return own_path(request.values.get("next")) or url_for("queue.show")
