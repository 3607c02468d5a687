"""`amends up`, and its two halves for larger installations: `amends web` and `amends worker`."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..settings import WebSettings


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Port of the pages (default AMENDS_PORT, 8000)."
)
def up(port: int | None) -> None:
    """Run Amends: the pages and the worker, as one process tree. Ctrl-C stops both."""
    from db.migrate import upgrade

    from ..first_owner import told
    from ..serve import Supervisor, address_of, check_port, python
    from ..standin_mode import services_for_data_dir, standin_if_demo
    from ..wiring import ask_tasks_server

    services = services_for_data_dir()
    ask_tasks_server(services.web)
    chosen = port or services.web.port
    check_port(services.web.host, chosen)
    upgrade(services.engine)
    address = f"http://{address_of(services.web.host, chosen)}"
    with standin_if_demo(services) as standin:
        if standin is not None:
            click.echo("This data folder holds the demo. For your own business choose another: AMENDS_DATA_DIR=...")
        commands = {
            "web": python("webui", "web", "--port", str(chosen)),
            "worker": python("webui", "worker"),
        }
        supervisor = Supervisor(commands, listens=(services.web.host, chosen))
        notes = told(services.engine, services.database, services.web, services.web.base_url or address)
        lines = [f"Amends is at {services.web.base_url or address} – Ctrl-C stops it.", *notes]
        code = supervisor.run(ready=lambda: click.echo("\n".join(lines)))
    raise SystemExit(code)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Port of the pages (default AMENDS_PORT, 8000)."
)
def web(port: int | None) -> None:
    """Serve the pages only (`amends up` does this and more)."""
    from ..serve import PARENT_VARIABLE, check_port, serve_web
    from ..settings import WebSettings

    settings = WebSettings()
    check_port(settings.host, port or settings.port)
    if PARENT_VARIABLE not in os.environ:  # `amends up` has said it
        _tell_first_visit(settings, port or settings.port)
    serve_web(settings.host, port or settings.port, threads=settings.threads, processes=settings.processes)


def _tell_first_visit(settings: WebSettings, port: int) -> None:
    from db.errors import DbError
    from db.session import make_engine
    from db.settings import DbSettings

    from ..first_owner import told
    from ..serve import address_of

    database = DbSettings()
    address = settings.base_url or f"http://{address_of(settings.host, port)}"
    engine = make_engine(database.database_url)
    with suppress(DbError):  # the pages say what is wrong with it
        for line in told(engine, database, settings, address):
            click.echo(line)
    engine.dispose()  # SQLite forbids that a connection is taken along into the processes of the pages


@click.command()
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=None,
    help="Jobs at the same time (default AMENDS_WORKER_THREADS, 2).",
)
def worker(threads: int | None) -> None:
    """Run crawls and scoring only; start as many as you like on PostgreSQL."""
    from db.errors import DatabaseBusy, DatabaseUnreachable
    from db.migrate import require_current

    from ..serve import run_worker
    from ..standin_mode import services_for_data_dir
    from ..wiring import ask_tasks_server

    services = services_for_data_dir()
    ask_tasks_server(services.web)
    with suppress(DatabaseBusy, DatabaseUnreachable):  # that passes, and every job says so until then
        require_current(services.engine)
    run_worker(services, threads or services.web.worker_threads)
