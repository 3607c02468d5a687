"""Sends a short text to a notification service by its Apprise address, and says what came of it.

The services' own code runs in a process of its own (`crawlers.notify_child`), which can reach the public internet and
nothing else, has a time limit, and gets the address through a pipe: it stands in no command line and no log.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

from db.phrases import say

from . import process
from .config import CrawlSettings
from .errors import RefusedUrl
from .process import child_environment, kill_tree

LIMIT_S: Final = 40.0  # for all of it: starting Python and loading the services takes a second or two
ADDRESS_MOST: Final = 2000
FINAL: Final = frozenset(
    {301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410, 422}
)  # the same again would be answered the same
_FAULTS: Final = {
    "barred": say("This kind of address is not supported. Use a chat, a push, an SMS or a webhook service."),
    "unknown": say("No notification service has such an address. Look it up in Apprise’s list of services."),
    "unverified": say("Leave out verify=no: without a valid certificate anybody could read along."),
    "several": say("This address names several receivers. Make one way for each, so that nobody is told twice."),
    "no_host": say("The host of this address is not known."),
    "private": say("The host of this address does not lead to the public internet."),
    "insecure": say("Use the encrypted form of this address, such as jsons:// in place of json://."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """What came of one try."""

    is_sent: bool
    trouble: str = ""  # a sentence, where it was not sent
    is_final: bool = False  # trying again is no use


def service_of(address: str, crawl: CrawlSettings) -> str:
    """The name of the service that an address belongs to: "Slack".

    Raises:
        RefusedUrl: with a sentence for the person who typed it.
    """
    address = address.strip()
    if not address or len(address) > ADDRESS_MOST or not address.isprintable() or "://" not in address:
        raise RefusedUrl(say("Enter an address as Apprise writes it, such as slack://… or tgram://…"))
    told = _asked({"do": "look", "address": address}, crawl)
    if told is None:
        raise RefusedUrl(say("The address could not be looked at in time. Try again."))
    if fault := told.get("fault"):
        raise RefusedUrl(_FAULTS[fault])
    return str(told["service"])


def notify(address: str, *, title: str, body: str, crawl: CrawlSettings) -> Notified:
    """One try, plain text. Whatever goes wrong is told, never raised."""
    told = _asked({"do": "send", "address": address, "title": title, "body": body}, crawl)
    if told is None:
        return Notified(is_sent=False, trouble=say("The service did not answer in time. It is tried again."))
    if fault := told.get("fault"):
        return Notified(is_sent=False, trouble=_FAULTS[fault], is_final=fault != "no_host")
    if told["is_sent"]:
        return Notified(is_sent=True)
    status = told["status"]
    if told["is_refused"]:
        return Notified(is_sent=False, trouble=_FAULTS["private"], is_final=True)
    if status is None:
        return Notified(is_sent=False, trouble=say("The service was not reached: nothing answers at its address."))
    if status in FINAL:
        trouble = say("The service refused it (status %(status)s). Enter its address again.", status=status)
        return Notified(is_sent=False, trouble=trouble, is_final=True)
    return Notified(is_sent=False, trouble=say("The service did not take it (status %(status)s).", status=status))


def _asked(order: dict[str, Any], crawl: CrawlSettings) -> dict[str, Any] | None:
    """The child's answer; None where it ended without one, or was ended."""
    order |= {"allowed": sorted(crawl.allowed_hosts), "agent": crawl.user_agent}
    with Path(os.devnull).open("ab") as nothing:
        child = process.start_python(
            ["crawlers.notify_child"],
            environment=child_environment(crawl),
            folder=Path(gettempdir()),
            log=nothing,
            is_piped=True,
        )
        timer = threading.Timer(LIMIT_S, kill_tree, (child,))
        timer.start()
        try:
            if child.stdin is None or child.stdout is None:
                return None
            with child.stdin as orders:
                orders.write(json.dumps(order).encode() + b"\n")
            return _read(child.stdout.read())
        except OSError:  # it ended before it had read the order
            return None
        finally:
            timer.cancel()
            kill_tree(child)
            if child.stdout:
                child.stdout.close()


def _read(answer: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(answer)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
