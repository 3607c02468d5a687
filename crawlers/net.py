"""Which addresses may be visited: rules on the written URL and on the IP address it leads to.

The owner may type any URL and a page may redirect anywhere, so both are checked: the URL before every request (also
redirects and robots.txt), the IP address when the name is resolved for the connection (`resolver`), so that a name
that changes its answer meanwhile gains nothing. IPv4 only: it leaves no mapped, 6to4 or NAT64 forms to unpack.
No Scrapy here: the forms of the application use the same rules.
"""

from __future__ import annotations

import socket
import unicodedata
from dataclasses import dataclass
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from db.phrases import say

from .errors import RefusedUrl

_LOCAL = tuple(map(IPv4Network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_MORE_REFUSED = (IPv4Network("192.88.99.0/24"),)  # 6to4 relays: `is_global` says yes


def is_public(address: str) -> bool:
    """Whether a resolved address belongs to the public internet. Anything but a dotted IPv4 address does not."""
    try:
        ip = IPv4Address(address)
    except AddressValueError:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _MORE_REFUSED)


def is_local(address: str) -> bool:
    """Whether a resolved address is this machine, or lies in a network of one's own.

    Link-local ones are not: there clouds keep the keys of their machines (169.254.169.254).
    """
    try:
        ip = IPv4Address(address)
    except AddressValueError:
        return False
    return any(ip in network for network in _LOCAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlRules:
    """`allowed_hosts` are the exact (host, port) pairs on this machine's network that demo and tests read."""

    ports: frozenset[int] = frozenset((80, 443))
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()

    def check(self, url: str) -> SplitResult:
        """The parts of an address that may be asked for.

        Raises:
            RefusedUrl: with a sentence for the person who typed it.
        """
        parts = _split(url)
        host, port = _host(parts), parts.port or (443 if parts.scheme == "https" else 80)
        if (host, port) in self.allowed_hosts:
            return parts
        if port not in self.ports:
            known = ", ".join(str(one) for one in sorted(self.ports))
            raise RefusedUrl(
                say("Only these ports are read: %(ports)s. AMENDS_CRAWL_PORTS sets them.", ports=known),
                reason="refused_port",
            )
        if _is_numeric(host) and not is_public(host):
            raise RefusedUrl("This address lies in a private or reserved network.", reason="refused_address")
        if "." not in host:
            raise RefusedUrl("This name means something on a local network only.", reason="refused_address")
        return parts

    def normalised(self, url: str) -> str:
        """The address as it is stored: host in ASCII, no fragment, a path at least.

        Raises:
            RefusedUrl: see `check`.
        """
        parts = self.check(url.strip())
        host, port = _host(parts), parts.port
        is_default = port is None or port == (443 if parts.scheme == "https" else 80)
        return urlunsplit((parts.scheme, host if is_default else f"{host}:{port}", parts.path or "/", parts.query, ""))

    def same_site(self, url: str, home: str) -> bool:
        """Whether `url` stays with the registered domain of `home`; for exempt hosts, with its very host and port."""
        try:
            parts, home_parts = self.check(url), self.check(home)
        except RefusedUrl:
            return False
        one, other = (_host(parts), parts.port), (_host(home_parts), home_parts.port)
        if one == other:
            return True
        exempt = {host for host, _ in self.allowed_hosts}
        return not {one[0], other[0]} & exempt and registered_domain(one[0]) == registered_domain(other[0])


def registered_domain(host: str) -> str:
    """ "shop.example.co.uk" as "example.co.uk"; a host without one is its own domain."""
    return _suffix_list()(host).top_domain_under_public_suffix or host


@cache
def _suffix_list() -> Any:
    from tldextract import TLDExtract

    # The list that came with the package: nothing is fetched. Hosting domains count as suffixes of their own.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _split(url: str) -> SplitResult:
    if len(url) > 2000 or not url.isprintable() or " " in url or "\\" in url:
        raise RefusedUrl("This is no web address: it is too long or holds blanks or odd characters.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise RefusedUrl("This is no web address.") from error
    if parts.scheme not in ("http", "https"):
        raise RefusedUrl("Only addresses that begin with http:// or https:// are read.", reason="refused_scheme")
    if "@" in parts.netloc:
        raise RefusedUrl("Addresses with a user name or password are not read.", reason="refused_credentials")
    return parts


def _host(parts: SplitResult) -> str:
    host = unicodedata.normalize("NFKC", parts.hostname or "").rstrip(".").lower()
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise RefusedUrl("This address has no readable host name.") from error
    if not host or len(host) > 253:
        raise RefusedUrl("This address has no readable host name.")
    if ":" in host:
        raise RefusedUrl("Addresses of the IPv6 network are not read.", reason="refused_address")
    return host


def _is_numeric(host: str) -> bool:
    """Also decimal, octal, hexadecimal and short forms: whatever the system would take for an IPv4 address."""
    try:
        socket.inet_aton(host)
    except (OSError, ValueError):
        return False
    return True
