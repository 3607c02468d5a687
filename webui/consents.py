"""Questions to people on a platform's own page, from the button in the form until they come back with an answer.

A question lies sealed in the data folder for ten minutes. Its `state` (RFC 6749, 10.12) is its id and a secret, and
counts once: the id must stand in the cookie of the browser that comes back, so that nobody can be sent here with the
answer of somebody else. What was entered in the form lies beside it as a look that has not begun.
"""

from __future__ import annotations

import dataclasses
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.consents import CONSENTS, Consent, Ending, Question, new_verifier

from . import looks
from .looks import Look
from .pages import Pages, pages
from .sealed_files import KEPT, SealedFiles, new_id

FOLDER = "consents"
BACK = "/sources/consent/back"  # registered at platforms by every owner: never to be changed
ANSWERED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that somebody was sent away with. `ended` is an Ending once it has come to nothing."""

    id: str
    asked_at: datetime
    platform: str
    look_id: str  # of what was entered
    redirect_uri: str
    secret: str
    verifier: str
    ended: str = ""

    @property
    def consent(self) -> Consent:
        return CONSENTS[self.platform]

    @property
    def state(self) -> str:
        return f"{self.id}.{self.secret}"

    def question(self, look: Look) -> Question:
        """As the platform is asked it, with the client of these entries."""
        return Question(
            consent=self.consent,
            client_id=values_of(look)[self.consent.client_id],
            redirect_uri=self.redirect_uri,
            state=self.state,
            verifier=self.verifier,
        )


def values_of(look: Look) -> dict[str, str]:
    """Everything that was entered, secret or not."""
    return {**{name: str(value) for name, value in look.options.items()}, **look.keys}


def return_address() -> str:
    """The address that platforms send people back to, as it has to be registered there."""
    return pages().settings.public_url + BACK


def ask(parts: Pages, look: Look) -> Asked:
    """A new question with these entries; one that has ended at once where client id or secret is missing."""
    consent = CONSENTS[look.platform]
    asked = Asked(
        id=new_id(),
        asked_at=parts.clock(),
        platform=look.platform,
        look_id=look.id,
        redirect_uri=return_address(),
        secret=secrets.token_urlsafe(32),
        verifier=new_verifier(consent),
        ended=Ending.ENTRIES if consent.missing(values_of(look)) else "",
    )
    _files(parts).sweep()
    _store(parts, asked)
    return asked


def find(parts: Pages, asked_id: str) -> tuple[Asked, Look] | None:
    """A question of the last hour, with what was entered for it."""
    values = _files(parts).get(asked_id)
    if values is None:
        return None
    asked = Asked(**values | {"asked_at": datetime.fromisoformat(values["asked_at"])})
    look = looks.find(parts, asked.look_id)
    return None if look is None or parts.clock() - asked.asked_at > KEPT else (asked, look)


def take(parts: Pages, state: str) -> tuple[Asked, Look] | None:
    """The open question that this state belongs to, which is closed by it: of two answers the second finds none."""
    asked_id, _, secret = state.partition(".")
    found = find(parts, asked_id)
    if found is None or found[0].ended or not hmac.compare_digest(found[0].secret.encode(), secret.encode()):
        return None
    return found if _files(parts).remove(asked_id) else None


def end(parts: Pages, asked: Asked, ending: Ending) -> None:
    """It has come to nothing; the page says why."""
    _store(parts, dataclasses.replace(asked, ended=ending, secret="", verifier=""))


def is_late(parts: Pages, asked: Asked) -> bool:
    """Whether nobody takes its answer any more."""
    return parts.clock() - asked.asked_at > ANSWERED_WITHIN


def forget(parts: Pages, asked: Asked, look: Look) -> None:
    """It is answered, and what was entered has gone on from here."""
    _files(parts).remove(asked.id)
    looks.forget(parts, look)


def _store(parts: Pages, asked: Asked) -> None:
    _files(parts).put(asked.id, dataclasses.asdict(asked) | {"asked_at": asked.asked_at.isoformat()})


def _files(parts: Pages) -> SealedFiles:
    return SealedFiles(parts, FOLDER)
