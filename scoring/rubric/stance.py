"""W01 to W03 and S02 to S04: how the draft stands to what happened, to the reader and to the fault."""

from __future__ import annotations

from ..text import Span
from .draft import Draft
from .types import Severity
from .verdict import Verdict, failed, must_not, should
from .wording import find
from .wordings.apologies import HOLLOW, MEANT
from .wordings.stance import BLAME, DISMISS, EMPATHY, OWNERSHIP

_GROVELLING = 3  # apologies; three or more read as begging
GROVELLED = "One sincere apology is enough: take the others out."


def check_w01(draft: Draft) -> Verdict:
    return must_not(draft, find(HOLLOW, draft))


def check_w02(draft: Draft) -> Verdict:
    return must_not(draft, find(BLAME, draft))


def check_w03(draft: Draft) -> Verdict:
    return must_not(draft, find(DISMISS, draft))


def check_s02(draft: Draft) -> Verdict:
    return should(draft, find(EMPATHY, draft))


def check_s03(draft: Draft) -> Verdict:
    """One apology in the first person that no condition takes back; many are too many."""
    said = find(MEANT, draft)
    hollow = {draft.sentence_at(span[0]) for span in find(HOLLOW, draft)}
    meant = [span for span in said if draft.sentence_at(span[0]) not in hollow]
    if len(meant) >= _GROVELLING or _repeats(draft, meant):
        return failed(meant, severity=Severity.HINT, message=GROVELLED)
    return should(draft, meant)


def check_s04(draft: Draft) -> Verdict:
    return should(draft, find(OWNERSHIP, draft))


def _repeats(draft: Draft, meant: list[Span]) -> bool:
    """ "Sorry sorry sorry": three in one sentence."""
    sentences = [draft.sentence_at(span[0]) for span in meant]
    return any(draft.folded.count("sorry", *sentence) >= _GROVELLING for sentence in sentences)
