"""What a message to a webhook says: what happened, ids, states and a link. Names and contacts are masked by default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from db.masked_names import masked_contact, masked_name
from db.webhook_outbox import CaseFacts, Claimed

from .settings import WebSettings


def message_body(settings: WebSettings, claimed: Claimed, case: CaseFacts | None, *, is_named: bool) -> bytes:
    """The JSON of a message, as Standard Webhooks lays it out: type, timestamp, data."""
    data: dict[str, Any] = {**claimed.facts}
    if case is not None:
        data |= _of_case(settings, case, is_named=is_named)
    message = {"type": claimed.kind, "timestamp": claimed.happened_at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _of_case(settings: WebSettings, case: CaseFacts, *, is_named: bool) -> Mapping[str, Any]:
    name, contact = case.author_name, case.contact
    return {
        "case_id": case.case_id,
        "review_id": case.review_id,
        "place": {"id": case.location_id, "name": case.location_name},
        "source": "complaint" if case.is_by_hand else case.platform,
        "customer": {
            "name": name if is_named else masked_name(name),
            "contact": contact if is_named else masked_contact(contact),
            "is_masked": not is_named,
        },
        "link": f"{settings.public_url}/reviews/{case.review_id}",
    }
