"""Notification services: which may be used, where they may connect to, and that their code can do nothing else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers import notifier
from crawlers.config import CrawlSettings, Environment
from crawlers.errors import RefusedUrl
from crawlers.notifier import notify, service_of
from crawlers.process import ROOT
from tests.webui.hook_receiver import Receiver, hook_receiver

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with hook_receiver() as made:
        made.status = 200
        yield made


@pytest.fixture
def open_to(receiver: Receiver) -> CrawlSettings:
    return CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=receiver.address, _env_file=None)


@pytest.fixture
def closed() -> CrawlSettings:
    return CrawlSettings(environment=Environment.TEST, _env_file=None)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (SLACK, "Slack"),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "Slack"),
        ("tgram://123456789:abcdefg_hijklmnop/12315544/", "Telegram"),
        ("workflows://prod-1.westeurope.logic.azure.com:443/643e8d/signature", "Power Automate"),
        (f"twilio://AC{'1' * 32}:{'2' * 32}@+15558675309/+15558675310", "Twilio"),
        ("ntfys://ntfy.sh/a-topic", "ntfy"),
    ],
)
def test_services_people_use_are_known(address: str, name: str, closed: CrawlSettings) -> None:
    """Slack, Telegram, Teams by its workflows, SMS, push. No test asks anybody for an address outside."""
    told = ""
    try:
        told = service_of(address, closed)
    except RefusedUrl as error:  # the host of some is typed, and the suite may ask nobody for it
        told = str(error)
    assert name in told or "host of this address is not known" in told


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///tmp/x", "not supported"),
        ("syslog://", "not supported"),
        ("rsyslog://8.8.8.8", "not supported"),
        ("dbus://", "not supported"),
        ("gnome://", "not supported"),
        ("windows://", "not supported"),
        ("macosx://", "not supported"),
        ("exec:///bin/sh", "not supported"),
        ("mailto://ana:secret@gmail.com", "not supported"),
        ("xmpp://ana:secret@jabber.example", "not supported"),
        ("fcm://project@key?keyfile=/etc/passwd", "not supported"),
        ("", "as Apprise writes it"),
        ("slack", "as Apprise writes it"),
        ("json://8.8.8.8/\nx", "as Apprise writes it"),
        ("slack://nothing", "No notification service has such an address"),
        (f"{SLACK}/#kitchen/#office", "several receivers"),
        ("jsons://8.8.8.8/?verify=no", "Leave out verify=no"),
        ("json://8.8.8.8/hook", "encrypted form"),
        ("jsons://127.0.0.1/hook", "public internet"),
        ("jsons://localhost/hook", "public internet"),
        ("jsons://10.1.2.3/hook", "public internet"),
        ("jsons://169.254.169.254/latest/meta-data", "public internet"),
        ("jsons://2130706433/hook", "public internet"),
        ("jsons://0x7f.1/hook", "No notification service has such an address"),
        ("gotifys://192.168.1.1/token12345", "public internet"),
    ],
)
def test_address_that_may_not_be_used_is_refused_in_words(address: str, words: str, closed: CrawlSettings) -> None:
    """Before it is kept."""
    with pytest.raises(RefusedUrl, match=words):
        service_of(address, closed)


def test_text_arrives(receiver: Receiver, open_to: CrawlSettings) -> None:
    """Title and body, as they are."""
    done = notify(f"json://{receiver.address}/x", title="Furious review", body="<b>& so on\n“é”", crawl=open_to)
    assert done.is_sent
    assert (receiver.came[0].json["title"], receiver.came[0].json["message"]) == ("Furious review", "<b>& so on\n“é”")


@pytest.mark.parametrize(("status", "is_final"), [(500, False), (429, False), (403, True), (404, True), (302, True)])
def test_what_the_service_answers_is_told(
    receiver: Receiver, open_to: CrawlSettings, status: int, is_final: bool
) -> None:
    """With the status, and whether trying again is any use. Redirects are not followed."""
    receiver.status, receiver.headers = status, {"Location": f"http://{receiver.address}/elsewhere"}
    done = notify(f"json://{receiver.address}/x", title="t", body="b", crawl=open_to)
    assert not done.is_sent
    assert done.is_final is is_final
    assert str(status) in done.trouble
    assert len(receiver.came) == 1


def test_guard_holds_at_sending_too(receiver: Receiver, closed: CrawlSettings) -> None:
    """An address that was kept when its host led elsewhere."""
    done = notify(f"json://{receiver.address}/x", title="t", body="b", crawl=closed)
    assert (done.is_sent, done.is_final) == (False, True)
    assert "public internet" in done.trouble
    assert receiver.came == []


def test_service_that_answers_too_late_is_ended(
    receiver: Receiver, open_to: CrawlSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its process."""
    monkeypatch.setattr(notifier, "LIMIT_S", 3.0)
    receiver.wait_s = 8.0
    done = notify(f"json://{receiver.address}/x", title="t", body="b", crawl=open_to)
    assert not done.is_sent
    assert not done.is_final


@pytest.mark.own_interpreter
def test_real_process_sends_and_leaves_nothing(receiver: Receiver, open_to: CrawlSettings, tmp_path: Path) -> None:
    """As in production, and no file of Apprise's comes to be."""
    before = {*Path("/tmp").glob("*apprise*"), *Path.home().glob(".*pprise*")}
    assert notify(f"json://{receiver.address}/x", title="t", body="b", crawl=open_to).is_sent
    assert {*Path("/tmp").glob("*apprise*"), *Path.home().glob(".*pprise*")} == before
    assert list(tmp_path.iterdir()) == []


def inside(code: str) -> str:
    """What this code prints in a process that carries out an order, after its guard is in force."""
    program = f"""
import sys, socket, os, subprocess
from crawlers.notify_child import Guard
sys.addaudithook(Guard(frozenset()))
try:
    {code}
    print("done")
except BaseException as error:
    print(type(error).__name__)
"""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("open('/proc/self/environ').read()", "PermissionError"),
        ("open('/root/.ssh/id_rsa').read()", "PermissionError"),
        ("open('/etc/passwd').read()", "PermissionError"),
        ("open('/etc/../proc/self/cmdline').read()", "PermissionError"),
        ("open('/etc/hosts', 'a')", "PermissionError"),
        ("os.open('/etc/hosts', os.O_WRONLY)", "PermissionError"),
        ("subprocess.run(['true'])", "Refused"),
        ("os.system('true')", "Refused"),
        ("os.fork()", "Refused"),
        ("socket.create_connection(('127.0.0.1', 9))", "Refused"),
        ("socket.socket(socket.AF_INET6).connect(('2001:4860:4860::8888', 53))", "Refused"),
        ("socket.socket(socket.AF_UNIX).connect('/run/docker.sock')", "Refused"),
        ("socket.socket(socket.AF_INET).connect_ex(('10.0.0.1', 80))", "Refused"),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))", "Refused"),
        ("socket.socket().bind(('127.0.0.1', 0))", "Refused"),
        ("import json.tool", "done"),
    ],
)
def test_foreign_code_can_do_nothing_else(code: str, told: str) -> None:
    """No files, no programs, no way out but to the public internet by TCP over IPv4."""
    assert inside(code) == told


def test_child_says_nothing_of_an_address(receiver: Receiver, open_to: CrawlSettings) -> None:
    """Its output is the answer alone, its errors nothing, whatever fails."""
    order = {"do": "send", "address": f"json://u:hunter2@{receiver.address}/", "title": "t", "body": "b"}
    receiver.status = 500
    done = subprocess.run(
        [sys.executable, "-m", "crawlers.notify_child"],
        input=json.dumps(order | {"allowed": sorted(open_to.allowed_hosts), "agent": "Amends"}),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert json.loads(done.stdout) == {"service": "JSON", "is_sent": False, "status": 500, "is_refused": False}
    assert done.stderr == ""


def test_most_of_the_services_of_apprise_may_be_used() -> None:
    """Counted, so that a new version that hides them is seen."""
    code = (
        "from crawlers.notify_child import usable_schemes, _services\n"
        "_services().load_modules()\n"
        "print(len(usable_schemes()), *usable_schemes())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    count, *schemes = done.stdout.split()
    assert int(count) > 150
    assert {"slack", "discord", "tgram", "workflows", "ntfys", "twilio", "jsons", "signals", "pover"} <= set(schemes)
    assert not {"file", "syslog", "rsyslog", "dbus", "gnome", "windows", "macosx", "mailto", "xmpp"} & set(schemes)


def test_loopback_is_open_in_tests_only() -> None:
    """The setting that lets tests reach this machine is refused in production."""
    assert socket.gethostbyname("localhost").startswith("127.")
    with pytest.raises(ValueError, match="demo or test only"):
        CrawlSettings(environment=Environment.PRODUCTION, crawl_allow_hosts="127.0.0.1:80", _env_file=None)
