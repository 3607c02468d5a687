"""One sentence of a guest, masked, for where others read it out of its place: no name, no number, no address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Person
from db.queries.week_reviews import WeekReview
from db.scores import scored_text

from ..shown import cut_at, one_line

LENGTH_MOST: Final = 160  # letters
WORTH_QUOTING: Final = 3  # words: fewer tell nothing
_PLACEHOLDER: Final = re.compile(r"\[[A-Z]+_\d{1,3}\]")


def quoted(session: Session, row: WeekReview, plain: Sequence[str]) -> str:
    """The angriest sentence of a review without what tells of whom or by whom; empty where there is none.

    `plain` are names that may stay: those of the places.
    """
    from scoring.redraft.masking import Mask

    text = scored_text(row.title, row.body)
    spans = sorted(row.sentences, key=lambda one: -float(one.get("anger", 0.0)))
    stretches = [text[int(one["start"]) : int(one["end"])] for one in spans] or [text]
    words = next((one for one in map(one_line, stretches) if len(one.split()) >= WORTH_QUOTING), "")
    if not words:
        return ""
    colleagues = session.scalars(select(Person.name)).all()
    mask = Mask(language=row.language or "", names=[row.author_name, *colleagues], plain=plain)
    masked = _PLACEHOLDER.sub("[…]", mask.mask(words))
    return masked if len(masked) <= LENGTH_MOST else masked[: cut_at(masked, LENGTH_MOST)].rstrip() + "…"
