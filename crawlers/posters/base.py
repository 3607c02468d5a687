"""What a poster is: it reads a review and its answer again, and sends an answer. Spiders read, posters write.

    PostError
    ├── Refused     the platform will not have it, now or later: a person decides
    ├── PutOff      it surely has not arrived; it may be tried again after `wait_s`
    └── Unsure      nobody knows whether it has arrived: the platform is asked (`look`) before anything is sent again

`look` raises PutOff where the platform could not be asked, and Refused where asking again would not help. Messages are
for people and say what to do next; they never hold what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..errors import CrawlerError
from ..items import OwnerReply, ReplyState, ReviewItem


class PostError(CrawlerError):
    """Root of what can go wrong when an answer is posted."""


class Refused(PostError):
    """For good, unless a person changes something."""


class PutOff(PostError):
    """`wait_s` is how long the platform asked us to wait, None where it did not say."""

    def __init__(self, message: str, *, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class Unsure(PostError):
    """As `PutOff`, but for what is known."""

    def __init__(self, message: str, *, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The review that is answered."""

    review_id: str  # the platform's own
    language: str = ""  # of the answer, as a BCP 47 primary tag; "" where nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReceipt:
    """The platform has taken it. `ref` is its own name of the answer, where it gives one."""

    ref: str = ""
    state: ReplyState = ReplyState.PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the platform shows at this moment.

    `review` is None where it shows none: it is gone where `is_gone` says so, else only not among those that it lists.
    """

    review: ReviewItem | None = None
    is_gone: bool = False

    @property
    def answers(self) -> tuple[OwnerReply, ...]:
        """What the business has answered there, as far as the platform tells."""
        return (self.review.reply,) if self.review is not None and self.review.reply is not None else ()


class Poster(Protocol):
    """One platform, in the name of one source."""

    @property
    def shows_answers(self) -> bool:
        """Whether `look` tells of answers at all."""

    @property
    def shows_at_once(self) -> bool:
        """Whether an answer that has arrived is shown from then on, also while the platform looks at it: only then
        does it prove anything when `look` shows none."""

    def look(self, answered: Answered) -> Look:
        """Raises PutOff or Refused."""

    def send(self, answered: Answered, text: str) -> PostReceipt:
        """Send it once. Raises Refused, PutOff or Unsure."""
