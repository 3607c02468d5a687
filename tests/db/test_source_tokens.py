"""The sealed token of a source."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.source_tokens import keep_token, sealed_token
from tests.factories import make_source


def test_the_last_token_is_kept(session: Session) -> None:
    """One a source, beside nothing else of it; an unknown source has none."""
    mine, other = make_source(session).id, make_source(session).id
    assert sealed_token(session, mine) == ""
    keep_token(session, mine, "one")
    keep_token(session, mine, "two")
    keep_token(session, 10**6, "nobody's")
    assert (sealed_token(session, mine), sealed_token(session, other), sealed_token(session, 10**6)) == ("two", "", "")
    keep_token(session, mine, "")
    assert sealed_token(session, mine) == ""
