"""Where in the queue a reader is: which view, which page of it. It stands in the address and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request
from sqlalchemy.orm import Session

from db.queries.queue import QueuePage, QueueView, queue_page
from db.roles import Act

from .accounts import access


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A page of a view, as the address names it."""

    view: QueueView
    after: str | None = None
    before: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """What an address needs to lead back here."""
        named = {"view": str(self.view), "after": self.after, "before": self.before}
        return {name: value for name, value in named.items() if value and (name, value) != ("view", "now")}

    def page(self, session: Session, *, limit: int) -> QueuePage:
        """Read the page, of the places that whoever asks may see.

        Raises:
            BadCursor: the address was not given out by us.
        """
        places = access().places(Act.READ)
        return queue_page(session, self.view, after=self.after, before=self.before, limit=limit, places=places)


def asked_position() -> Position:
    """The position that the address of this request names; "not found" for a view that there is not."""
    name = request.args.get("view", QueueView.NOW)
    if name not in list(QueueView):
        abort(404)
    return Position(
        view=QueueView(name), after=request.args.get("after") or None, before=request.args.get("before") or None
    )
