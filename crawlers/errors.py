"""Everything that can go wrong while reading a platform, as one small tree.

    CrawlerError
    ├── ParseError        the answer cannot be read; nothing may be concluded from it
    ├── RefusedUrl        the address may not be visited (address rules, another site, a private network)
    ├── BlockedError      the site or its robots.txt does not want us; never retried, never worked around
    ├── KeyFault          a key is missing or refused; the owner mends it in the source's settings
    ├── TokenFault        a platform gave no token this time; it is tried again by itself
    └── SettingsError     a setting is wrong; the message is one line for the person who set it

Messages are written for people and say what to do next; those of ParseError name the fault, never the text that was
read.
"""

from __future__ import annotations

# Where keys and places are entered: these messages are read on pages, in mails and at the command line.
IN_SETTINGS = "in the settings of this source, on its page or with `amends source set-keys`"


class CrawlerError(Exception):
    """Root of the tree."""


class ParseError(CrawlerError):
    """The answer cannot be read. An empty result means the page says there are none; this does not."""


class RefusedUrl(CrawlerError):
    """`reason` is a short machine word; the message is for people."""

    def __init__(self, message: str, *, reason: str = "refused_url") -> None:
        super().__init__(message)
        self.reason = reason


class BlockedError(CrawlerError):
    """`kind` names the wall: datadome, aws_waf, cloudflare, akamai, login, denied, robots."""

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class KeyFault(CrawlerError):
    """The message is for the owner: which key, and what to do. `word` is the platform's own for it, or empty."""

    def __init__(self, message: str, *, word: str = "") -> None:
        super().__init__(message)
        self.word = word


class TokenFault(CrawlerError):
    """`wait_s` is how long the platform asked us to wait, None where it did not say."""

    def __init__(self, message: str, *, is_throttled: bool = False, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.is_throttled, self.wait_s = is_throttled, wait_s


class SettingsError(CrawlerError):
    """A wrong setting."""
