"""Which platforms call us when there is news, who reads their messages, and what they want to hear.

A reader is loaded when the first message of its platform comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from crawlers.hooks import Hint

Reader = Callable[[bytes], Sequence[Hint]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """`status` and `answer` are what the platform takes for "received"; anything else it sends again."""

    module: str
    status: int
    answer: str = ""
    is_signed: bool = False  # the platform can prove who it is (`crawlers.hooks.identity`)

    def reader(self) -> Reader:
        """The function that turns the bytes of a message into hints; it raises ParseError for what is none."""
        return cast("Reader", import_module(self.module).hints)


RECEIVERS = {
    "thefork": Receiver(module="crawlers.hooks.thefork", status=200, answer='{"data":{}}'),
    "google": Receiver(module="crawlers.hooks.google", status=204, is_signed=True),
}
