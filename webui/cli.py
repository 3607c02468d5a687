"""The command `amends`: the list of commands and how a known fault is told.

Plain click, not Flask's own group: `amends --help` must not build the application. Each command's module is light
to import and fetches what it needs when it runs.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any

import click

from .commands.alerts import alerts
from .commands.audit import audit
from .commands.calibrate import calibrate
from .commands.crawl import crawl, score
from .commands.database import db
from .commands.demo import demo
from .commands.digest import digest
from .commands.doctor import doctor
from .commands.importing import import_
from .commands.model import model
from .commands.openapi import openapi
from .commands.platform import platform
from .commands.privacy import privacy
from .commands.queue import queue
from .commands.review import review
from .commands.source import source
from .commands.token import token
from .commands.up import up, web, worker
from .commands.user import user


class ToldGroup(click.Group):
    """Known faults end in one line that says what to do; unknown ones keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            sys.exit(130)
        except Exception as error:
            from .faults import told

            sentence = told(error)
            if sentence is None:
                raise
            click.echo(f"amends: {sentence}", err=True)
            sys.exit(1)


@click.group(cls=ToldGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amends")
@click.option("--verbose", "-v", is_flag=True, help="Log what happens.")
def cli(verbose: bool) -> None:
    """Watch what customers write in public, find the angry ones, make it right.

    \b
    Try it:        amends demo
    For real use:  amends source add https://... --place "..."   then   amends up
    """
    from .logs import configure_logging

    configure_logging(verbose=verbose)
    for name in ("SIGTERM", "SIGHUP"):  # `kill` and a closed terminal give claims back as Ctrl-C does
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    raise KeyboardInterrupt


_COMMANDS = (
    demo,
    up,
    user,
    token,
    source,
    platform,
    import_,
    crawl,
    score,
    alerts,
    queue,
    review,
    privacy,
    digest,
    calibrate,
    model,
    audit,
    openapi,
    db,
    doctor,
    web,
    worker,
)
for command in _COMMANDS:
    cli.add_command(command)
