"""One request to an API of the stand-in, and the answers they have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from ..archive import PublicReview
from ..records import Site
from ..replies import Replies
from ..stage import ApiState


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiCall:
    request: Request
    path: str  # below /api/<platform>, with its first slash
    site: Site  # `ref` is the platform's id of the place, `keys` what it takes
    reviews: tuple[PublicReview, ...]  # at the moment shown, newest first
    base_url: str  # of this API, without a final slash
    state: ApiState
    replies: Replies

    def review(self, review_id: str) -> PublicReview | None:
        """One of `reviews`."""
        return next((review for review in self.reviews if review.id == review_id), None)

    @property
    def sent(self) -> dict[str, Any]:
        """The JSON object that was sent; empty without one."""
        value: Any = self.request.get_json(silent=True)
        return value if isinstance(value, dict) else {}

    def number(self, name: str, *, otherwise: int, least: int, most: int) -> int | None:
        """A parameter; None where it is no number or outside its range."""
        text = self.request.args.get(name, str(otherwise))
        value = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
        return value if least <= value <= most else None

    @property
    def bearer(self) -> str:
        """The token of the Authorization header; empty without one."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme == "Bearer" else ""


def reply(value: Any, status: int = 200, *, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(value, ensure_ascii=False)
    return Response(text, status, headers=dict(headers or {}), content_type="application/json; charset=utf-8")


def stamp(moment: datetime, *, milliseconds: bool = False) -> str:
    """An instant as most APIs write it: UTC with a Z."""
    return (
        moment.astimezone(UTC).isoformat(timespec="milliseconds" if milliseconds else "seconds").replace("+00:00", "Z")
    )
