"""A source whose text is not kept can have its edits noticed all the same: by a keyed digest, where its owner wants."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.ingest import ingest
from db.models import Case, Retention, Review, Revision
from db.vault import Vault
from tests.factories import an_item, make_source

DAY = timedelta(days=1)
VAULT = Vault("a key of sixteen characters")


@pytest.mark.parametrize("notices_edits", [True, False])
def test_edit_is_noticed_only_where_wanted(session: Session, now: datetime, notices_edits: bool) -> None:
    """The case is reopened and counted as changed; neither text nor an earlier wording lies anywhere."""
    source = make_source(session, retention=Retention.NO_STORE, notices_edits=notices_edits)
    seen = [
        ingest(session, source.id, [an_item(body=body)], run_id=None, now=now + turn * DAY, vault=VAULT).changed
        for turn, body in enumerate(["Cold soup.", "Cold soup.", "Hot soup."])
    ]
    review, case = session.scalars(select(Review)).one(), session.scalars(select(Case)).one()
    assert seen == ([0, 0, 1] if notices_edits else [0, 0, 0])
    assert (case.reopened_at is not None, len(review.content_hash)) == (notices_edits, 64 * notices_edits)
    assert (review.body, review.author_name, session.scalars(select(Revision)).all()) == ("", "", [])
