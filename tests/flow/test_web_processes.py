"""Several processes serve the pages: how many, what they count together, and what happens when one of them dies."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest
import requests
from lxml import html

from tests.ports import free_port
from tests.processes import is_alive
from webui.limits import PASSWORDS
from webui.serve import web_processes

from .running import LONGEST_S, Home, page, until

GIB = 1 << 30
PROCESSES = 3


@pytest.mark.parametrize(
    ("wanted", "cores", "memory", "expected"),
    [
        (0, 1, 64 * GIB, 1),
        (0, 2, 64 * GIB, 2),
        (0, 64, 64 * GIB, 4),
        (0, 8, 2 * GIB, 2),
        (0, 8, GIB // 2, 1),
        (12, 1, GIB, 12),
    ],
)
def test_one_process_a_core_where_memory_allows(wanted: int, cores: int, memory: int, expected: int) -> None:
    """And what an owner has set is taken as it is."""
    assert web_processes(wanted, cores=cores, memory=memory) == expected


def test_killed_process_is_replaced_and_the_others_answer(tmp_path: Path) -> None:
    """Whoever asks meanwhile is answered by another; password tries count as one however many processes see them."""
    home, port = Home(tmp_path / "data", {"AMENDS_PROCESSES": str(PROCESSES)}), free_port()
    assert home.amends("db", "upgrade").returncode == 0
    assert home.amends("user", "add", "ana@lanterna.example").returncode == 0
    address = f"http://127.0.0.1:{port}"
    with home.running("web", "--port", str(port)) as process:
        until(lambda: page(f"{address}/healthz"), within_s=40, what="the pages answer")
        serving = until(lambda: _serving(process.pid), within_s=20, what=f"{PROCESSES} processes serve")
        psutil.Process(serving[0]).kill()
        for _ in range(20):
            assert page(f"{address}/healthz") is not None
        renewed = until(lambda: _serving(process.pid, but=serving[0]), within_s=20, what="there are three again")
        assert set(serving[1:]) < set(renewed)
        told = [_wrong_password(address) for _ in range(PASSWORDS.most + 1)]
    assert all("too often" not in words for words in told[:-1])
    assert "too often" in told[-1]


def _serving(master: int, *, but: int = 0) -> list[int]:
    """The processes that serve, once they are all there; `but` has been killed."""
    found = [one.pid for one in psutil.Process(master).children() if is_alive(one)]
    return sorted(found) if len(found) == PROCESSES and but not in found else []


def _wrong_password(address: str) -> str:
    """What the sign-in page says, asked over a connection and with cookies of its own."""
    with requests.Session() as browser:
        form = html.fromstring(browser.get(f"{address}/sign-in", timeout=LONGEST_S).content).forms[-1]
        typed = dict(form.form_values()) | {"email": "ana@lanterna.example", "password": "not the password"}
        return browser.post(f"{address}/sign-in", data=typed, timeout=LONGEST_S).text
