"""Connections to mail servers: TLS from the first byte, or at port 143 before the log-in."""

from __future__ import annotations

import imaplib
import socket
import ssl
from contextlib import suppress
from typing import Any

from imap_tools import BaseMailBox

from .mail_hosts import STARTTLS_PORT, MailHosts

TIMEOUT_S = 30.0
MAX_LITERAL = 4 * 1024 * 1024  # bytes that a server may announce in one piece


class _Bounded:
    """A server that announces more than any mail has is left."""

    def read(self, size: int) -> bytes:
        if size > MAX_LITERAL:
            raise imaplib.IMAP4.abort("too much at once")
        data: bytes = super().read(size)  # type: ignore[misc]  # of the client that it is mixed into
        return data


class _Plain(_Bounded, imaplib.IMAP4):
    def __init__(self, address: str, host: str, port: int) -> None:
        self._address = address
        super().__init__(host, port, TIMEOUT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return socket.create_connection((self._address, self.port), timeout)


class _Tls(_Bounded, imaplib.IMAP4_SSL):
    def __init__(self, address: str, host: str, port: int, context: ssl.SSLContext) -> None:
        self._address = address
        super().__init__(host, port, ssl_context=context, timeout=TIMEOUT_S)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        line = socket.create_connection((self._address, self.port), timeout)
        secured: ssl.SSLSocket = self.ssl_context.wrap_socket(line, server_hostname=self.host)
        return secured


class Box(BaseMailBox):
    """imap-tools' mailbox over one of these connections. Its construction connects."""

    def __init__(self, host: str, port: int, *, hosts: MailHosts | None, context: ssl.SSLContext) -> None:
        self._address = hosts.address_of(host, port) if hosts is not None else host
        self._host, self._port, self._context = host, port, context
        self._has_starttls = port == (hosts.starttls_port if hosts is not None else STARTTLS_PORT)
        super().__init__()

    def _get_mailbox_client(self) -> Any:
        if not self._has_starttls:
            return _Tls(self._address, self._host, self._port, self._context)
        client = _Plain(self._address, self._host, self._port)
        try:
            client.starttls(self._context)
        except BaseException:  # nobody else knows of this connection yet
            with suppress(OSError):
                client.shutdown()
            raise
        return client
