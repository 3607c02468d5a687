"""What every test can ask for: a real database of either kind, a session on it, a fixed time. Only loopback is open."""

from __future__ import annotations

import gc
import hashlib
import ipaddress
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawlers import process
from db.migrate import upgrade
from db.session import make_engine, session_scope

from .browser import NO_BROWSER
from .flow import running
from .forks import run_forked, start_forked
from .postgres import Cluster, NoPostgres, running_cluster
from .reused import Engines, ReusedDatabase

# No test asserts a time: the first example of a run also loads the libraries, and making the examples is slow where the
# machine is.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

FLOW = Path(__file__).parent / "flow"
WITHOUT_POSTGRES = "AMENDS_TEST_WITHOUT_POSTGRES"
LONGEST_ID = 200
_numbers = count(1)


class NotLoopback(Exception):
    """A test tried to speak to another machine."""


def _only_loopback(name: str, arguments: tuple[object, ...]) -> None:
    if name in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(str(address[0])):  # no tuple: a Unix socket
            raise NotLoopback(f"tests speak to this machine only, not to {address[0]}")
    elif name == "socket.getaddrinfo" and not _is_address_or_here(arguments[0]):
        raise socket.gaierror(socket.EAI_NONAME, "tests ask nobody for the addresses of other machines")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in {"", "localhost"}


def _is_address_or_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name in {socket.gethostname(), ""} or name.endswith("localhost"):
        return True
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def pytest_configure() -> None:
    """Close the way to other machines for everything that runs in this process.

    Where these variables are set, pytest shows the whole difference of whatever an assert compares: of bytes it takes
    longer than a test may, and the test that fails is not told.

    A shell has what it starts in the background ignore Ctrl-C, and all that this starts in turn: tests send it.
    """
    sys.addaudithook(_only_loopback)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("CI", "BUILD_NUMBER"):
        os.environ.pop(name, None)


def pytest_make_parametrize_id(val: object) -> str | None:
    """A long text or bytes as a parameter: its beginning and a digest, for ids go through every process and report."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_ID:
        return None
    digest = hashlib.sha256(val.encode("utf-8", "surrogatepass") if isinstance(val, str) else val).hexdigest()
    return f"{val[:20]!r}~{len(val)}~{digest[:8]}"


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the suite, one of them has the demos, which all want the same port, and one the
    pages of a session with their browser. Groups begin before everything else, the largest first.
    """
    for item in items:
        if item.path.is_relative_to(FLOW) or item.path.name == "test_wheel.py":
            item.add_marker(pytest.mark.xdist_group("demo"))
        elif "pages" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("pages"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector need not look at it again.

    Nor need it look for garbage thirty times while a page is made, which takes a twenty-fifth of the time of the page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it in the last lines when no browser was found."""
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    if missing := next((str(reason) for reason in skipped if NO_BROWSER in str(reason)), None):
        terminalreporter.section("NO BROWSER", red=True, bold=True)
        terminalreporter.write_line(missing.removeprefix("Skipped: "), red=True, bold=True)


@pytest.fixture
def now() -> datetime:
    """A fixed instant: a Sunday noon in UTC."""
    return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _children_are_forked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Crawls, probes and commands that a test's own process starts are forks: starting Python and loading what they
    need costs more than they do.
    """
    if request.node.get_closest_marker("own_interpreter") is None:
        monkeypatch.setattr(process, "start_python", start_forked)
        monkeypatch.setattr(running, "run_python", run_forked)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server of our own. Never skipped in silence."""
    if os.environ.get(WITHOUT_POSTGRES) == "1":
        pytest.skip(f"{WITHOUT_POSTGRES}=1: nothing is tested on PostgreSQL")
    try:
        with running_cluster() as cluster:
            yield cluster
    except NoPostgres as error:
        pytest.fail(f"PostgreSQL cannot be had: {error}. {WITHOUT_POSTGRES}=1 leaves its tests out.", pytrace=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("template") / "amends.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """The name of a PostgreSQL database with every table and no row, to be copied."""
    postgres.create("template_amends")
    _migrate(postgres.url("template_amends"))
    return "template_amends"


@pytest.fixture(scope="session")
def reused_postgres(postgres: Cluster, postgres_template: str) -> Iterator[ReusedDatabase]:
    """The PostgreSQL database that the tests of this process have one after the other."""
    made = ReusedDatabase(postgres, postgres_template, "reused")
    yield made
    made.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from _postgres_database(request.getfixturevalue("postgres"), "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of this test alone; the test runs once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "amends.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        reused: ReusedDatabase = request.getfixturevalue("reused_postgres")
        yield reused.url
        reused.renew()


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """The engines of this process."""
    made = Engines()
    yield made
    made.close()


@pytest.fixture
def engine(database_url: str, engines: Engines) -> Iterator[Engine]:
    """An engine on `database_url`."""
    made = engines.at(database_url)
    yield made
    engines.rest(made)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed at the end of the test, if nobody did before."""
    with session_scope(engine) as opened:
        yield opened


def _postgres_database(cluster: Cluster, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    cluster.create(name, template=template)
    yield cluster.url(name)
    cluster.drop(name)


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
