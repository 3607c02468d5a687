"""Everything that can go wrong while reading a platform, as one small tree.

    CrawlerError
    ├── ParseError        the answer cannot be read; nothing may be concluded from it
    ├── RefusedUrl        the address may not be visited (address rules, another site, a private network)
    ├── BlockedError      the site or its robots.txt does not want us; never retried, never worked around
    ├── KeyFault          a key is missing or refused; the owner mends it in the source's form
    └── SettingsError     a setting is wrong; the message is one line for the person who set it

Messages of RefusedUrl, BlockedError and SettingsError are written for people and say what to do next.
Messages of ParseError name the fault, never the text that was read.
"""

from __future__ import annotations


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
    """The message is for the owner: which key, and what to do."""


class SettingsError(CrawlerError):
    """A wrong setting."""
