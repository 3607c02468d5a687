"""What somebody had typed into a form that was not taken, so that the page that says so can give it back to them."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import HTTPException

# Fields for words, by their names in the templates. A password or a code is never among them.
FIELDS: Final = (
    "body", "words", "said", "agreed", "text", "facts", "feeling", "work", "why", "reason", "lift_reason", "basis",
    "days",
)  # fmt: skip


def typed_words() -> list[str]:
    """The words of the form that was sent; none where another site sent it, which could put its own into our page."""
    if request.method != "POST" or not _is_from_here():
        return []
    try:
        found = [request.form.get(name, "").strip() for name in FIELDS]
    except HTTPException:  # it is too large, or no form: nothing of it was read
        return []
    return [one for one in found if one]


def _is_from_here() -> bool:
    sent_by = request.headers.get("Sec-Fetch-Site") or request.headers.get("Origin")
    return sent_by in ("same-origin", request.host_url.rstrip("/"))
