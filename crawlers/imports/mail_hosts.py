"""Which mail servers may be asked.

An owner may type any host, so the address that the name leads to is checked, and then used: as it is for pages
(`crawlers.net`, `crawlers.resolver`), a name that changes its answer meanwhile gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

from ..errors import CrawlerError, RefusedUrl
from ..net import is_public

TLS_PORT, STARTTLS_PORT = 993, 143


class MailboxError(CrawlerError):
    """The mailbox could not be read; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHosts:
    """Which mail servers may be asked, and at which port TLS begins on request only.

    `allowed` are the exact pairs on this machine's network that tests read.
    """

    allowed: frozenset[tuple[str, int]] = frozenset()
    starttls_port: int = STARTTLS_PORT

    def address_of(self, host: str, port: int) -> str:
        """Where to connect.

        Raises:
            RefusedUrl: the port is none of mail's, or the name leads to a private network.
            MailboxError: nobody knows the name.
        """
        if (host.lower(), port) in self.allowed:
            return host
        if port not in (TLS_PORT, STARTTLS_PORT):
            raise RefusedUrl(
                "Mailboxes are read at port 993 (TLS) or 143 (STARTTLS) only.",
                reason="refused_port",
            )
        try:
            found = socket.getaddrinfo(host.encode("idna"), port, socket.AF_INET, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise MailboxError("No mail server of this name can be found. Check the host.") from error
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(is_public(one) for one in addresses):
            # The address is left out: it would tell whoever typed the name what our network looks like.
            raise RefusedUrl("This name does not lead to the public internet.", reason="refused_address")
        return addresses[0]
