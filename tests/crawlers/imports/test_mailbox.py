"""Mails out of a real IMAP server over TLS, which finds its mailbox as it was."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.errors import BlockedError, KeyFault, RefusedUrl
from crawlers.imports import mailbox as mailbox_module
from crawlers.imports.mail_hosts import MailboxError, MailHosts
from crawlers.imports.mailbox import (
    MAX_MAIL,
    Mailbox,
    NewMails,
    Position,
    fetch_mails,
    fetch_new,
    read_address,
)
from crawlers.imports.plan import plan_of_mails

from .expected import NOW
from .imap_running import Server, imap_server
from .test_pasted_and_mails import mail

LONG_AGO = date(2020, 1, 1)


def certificate() -> bytes:
    """Key and certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=9))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mails of the inbox and the server's certificate."""
    made = tmp_path_factory.mktemp("imap")
    (made / "server.pem").write_bytes(certificate())
    review = "2/5\n\n“The soup was cold and the bill was wrong.”"
    (made / "1.eml").write_bytes(mail("Anna left a review", review))
    (made / "2.eml").write_bytes(mail("Your invoice", "Please pay."))
    (made / "3.eml").write_bytes(mail("Too long", "x" * 70 + "\n" + ("y" * 70 + "\n") * (MAX_MAIL // 70)))
    (made / "4.eml").write_bytes(mail("Jo left a review", review, date="Tue, 10 Nov 2015 20:31:00 +0000"))
    return made


@pytest.fixture(scope="module")
def mailbox(folder: Path) -> Iterator[Mailbox]:
    """The address of the running server."""
    with imap_server(folder) as server:
        yield server.mailbox


@pytest.fixture
def growing(tmp_path: Path, folder: Path) -> Iterator[Server]:
    """A mailbox to which mails come."""
    (tmp_path / "server.pem").write_bytes((folder / "server.pem").read_bytes())
    with imap_server(tmp_path) as server:
        yield server


@pytest.fixture
def trusted(folder: Path) -> ssl.SSLContext:
    """Trusts the server's own certificate, and checks it all the same."""
    return ssl.create_default_context(cafile=str(folder / "server.pem"))


def test_mails_are_fetched_and_the_mailbox_stays(mailbox: Mailbox, trusted: ssl.SSLContext, folder: Path) -> None:
    """Those since the day, but for the huge one; none is marked as read."""
    told: list[int] = []
    mails = fetch_mails(mailbox, "right", since=LONG_AGO, context=trusted, progress=lambda done, _: told.append(done))
    assert [b"Anna" in one for one in mails] == [True, False]
    assert told == [1, 2, 3]
    recent = fetch_mails(mailbox, "right", since=date(2026, 11, 1), context=trusted)
    plan = plan_of_mails(recent, now=NOW)
    assert [item.author_name for item in plan.items] == ["Anna"]
    assert not (folder / "changes").exists()


def test_wrong_password_is_for_the_owner(mailbox: Mailbox, trusted: ssl.SSLContext) -> None:
    """In words, without the password."""
    with pytest.raises(KeyFault, match="refuses this user or password") as fault:
        fetch_mails(mailbox, "secret-pass", since=LONG_AGO, context=trusted)
    assert "secret-pass" not in str(fault.value)


def test_unknown_folder_is_told(mailbox: Mailbox, trusted: ssl.SSLContext) -> None:
    """By its name."""
    with pytest.raises(BlockedError, match="no folder Elsewhere"):
        fetch_mails(replace(mailbox, folder="Elsewhere"), "right", since=LONG_AGO, context=trusted)


def test_certificate_is_checked(mailbox: Mailbox) -> None:
    """A server that nobody vouches for gets no password."""
    with pytest.raises(MailboxError, match="certificate is not valid"):
        fetch_mails(mailbox, "right", since=LONG_AGO)


def test_server_that_is_away(trusted: ssl.SSLContext) -> None:
    """Nobody listens there."""
    with pytest.raises(MailboxError, match="cannot be read"):
        fetch_mails(Mailbox(host="127.0.0.1", user="x", port=9), "right", since=LONG_AGO, context=trusted)


def test_addresses() -> None:
    """TLS only, a user, no password."""
    assert read_address("imaps://owner%40x.example@mail.x.example/Reviews/New") == Mailbox(
        host="mail.x.example", user="owner@x.example", folder="Reviews/New"
    )
    for address in (
        "imap://a@b/INBOX",
        "imaps://b/INBOX",
        "imaps://a:secret@b/",
        "https://a@b/",
        "imaps://[",
        "imaps://a@b:x/",
        "",
    ):
        with pytest.raises(RefusedUrl) as fault:
            read_address(address)
        assert "secret" not in str(fault.value)


def subjects(found: NewMails) -> list[str]:
    return [one.partition(b"Subject: ")[2].partition(b"\n")[0].decode().strip() for one in found.mails]


def test_mails_are_read_once(growing: Server, trusted: ssl.SSLContext) -> None:
    """Those after the last one; where the folder has got other numbers, all of the last days anew."""

    def read(after: Position | None) -> NewMails:
        return fetch_new(growing.mailbox, "right", since=LONG_AGO, after=after, context=trusted)

    assert read(None) == NewMails(mails=(), position=Position(validity=7, uid=0))
    for number in (1, 2):
        growing.put(number, mail(f"Mail {number}", "x"))
    first = read(Position(validity=7, uid=0))
    assert (subjects(first), first.position) == (["Mail 1", "Mail 2"], Position(validity=7, uid=20))
    assert subjects(read(first.position)) == []
    growing.put(3, mail("Mail 3", "x"))
    second = read(first.position)
    assert (subjects(second), second.position.uid) == (["Mail 3"], 30)
    growing.renumber(8)
    again = read(second.position)
    assert (len(again.mails), again.position) == (3, Position(validity=8, uid=30))
    assert growing.is_unchanged


def test_many_new_mails_are_read_in_parts(
    growing: Server, trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the oldest on, and none is left out; the huge one is passed by."""
    monkeypatch.setattr(mailbox_module, "MAX_MAILS", 2)
    for number in range(1, 5):
        growing.put(number, mail(f"Mail {number}", "x" if number != 2 else ("y" * 70 + "\n") * (MAX_MAIL // 70)))
    after, parts = Position(validity=7, uid=1), []
    while True:
        found = fetch_new(growing.mailbox, "right", since=LONG_AGO, after=after, context=trusted)
        parts.append((subjects(found), found.skipped))
        after = found.position
        if not found.is_more:
            break
    assert parts == [(["Mail 1"], 1), (["Mail 3", "Mail 4"], 0)]


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", 993, "does not lead to the public internet"),
        ("127.1", 993, "public internet|No mail server"),
        ("localhost", 143, "does not lead to the public internet"),
        ("2130706433", 993, "public internet|No mail server"),
        ("127.0.0.1", 25, "port 993"),
        ("mail.lanterna.example", 993, "No mail server of this name"),
    ],
)
def test_no_host_of_the_own_network_is_asked(host: str, port: int, words: str) -> None:
    """Whatever an owner types; the sentence tells nothing about that network."""
    box = Mailbox(host=host, user="x", port=port)
    with pytest.raises((RefusedUrl, MailboxError), match=words) as fault:
        fetch_new(box, "right", since=LONG_AGO, hosts=MailHosts())
    assert "2130706433" not in str(fault.value)


def test_exempt_host_is_asked(mailbox: Mailbox, trusted: ssl.SSLContext) -> None:
    """The exact pair of host and port that demo and tests read."""
    hosts = MailHosts(allowed=frozenset({(mailbox.host, mailbox.port)}))
    assert fetch_new(mailbox, "right", since=LONG_AGO, hosts=hosts, context=trusted).mails


def starttls_at(server: Server) -> MailHosts:
    return MailHosts(allowed=frozenset({("127.0.0.1", server.mailbox.port)}), starttls_port=server.mailbox.port)


def test_tls_begins_before_the_password_where_a_server_wants_starttls(
    tmp_path: Path, folder: Path, trusted: ssl.SSLContext
) -> None:
    """The mails come all the same, and the certificate counts as it does everywhere."""
    (tmp_path / "server.pem").write_bytes((folder / "server.pem").read_bytes())
    with imap_server(tmp_path, "--starttls") as server:
        server.put(1, mail("Anna left a review", "Cold soup"))
        found = fetch_new(server.mailbox, "right", since=LONG_AGO, hosts=starttls_at(server), context=trusted)
        assert subjects(found) == ["Anna left a review"]
        with pytest.raises(KeyFault):
            fetch_new(server.mailbox, "wrong", since=LONG_AGO, hosts=starttls_at(server), context=trusted)
        with pytest.raises(MailboxError, match="certificate is not valid"):
            fetch_new(server.mailbox, "right", since=LONG_AGO, hosts=starttls_at(server))


def test_nothing_is_said_to_a_server_without_tls(tmp_path: Path, folder: Path, trusted: ssl.SSLContext) -> None:
    """One that offers no STARTTLS, or somebody on the way who has taken the offer out, never sees the password."""
    (tmp_path / "server.pem").write_bytes((folder / "server.pem").read_bytes())
    with (
        imap_server(tmp_path, "--plain") as server,
        pytest.raises(MailboxError, match="must take IMAP over TLS"),
    ):
        fetch_new(server.mailbox, "right", since=LONG_AGO, hosts=starttls_at(server), context=trusted)
