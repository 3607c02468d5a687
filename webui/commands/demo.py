"""`amends demo`: everything at once, on invented data, without any network."""

from __future__ import annotations

import time

import click


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Port of the pages (default AMENDS_PORT, 8000)."
)
@click.option("--no-serve", is_flag=True, help="Set up, crawl and judge, then end.")
def demo(port: int | None, no_serve: bool) -> None:
    """Try Amends: an invented business, crawled, judged and ranked."""
    from ..demo import claim_folder, demo_services, set_up
    from ..serve import Supervisor, check_port, python
    from ..standin_mode import standin_running

    started = time.monotonic()
    services, plan = demo_services()
    host, chosen = services.web.host, port or services.web.port
    if not no_serve:
        check_port(host, chosen)
    click.echo(f"Amends demo in {services.database.data_dir}")
    claim_folder(services, plan)
    with standin_running(plan):
        click.echo(f"  stand-in review platform at http://{plan.address}")
        result = set_up(services, plan, lambda line: click.echo(f"  {line}"))
        for problem in result.problems:
            click.echo(f"  {problem}", err=True)
        took = time.monotonic() - started
        click.echo(f"  {result.reviews} reviews, {result.waiting} need a person ({took:.0f} s)")
        if no_serve:
            click.echo("Look at them: amends queue · amends demo")
            raise SystemExit(1 if result.problems else 0)
        commands = {
            "web": python("webui", "web", "--port", str(chosen)),
            "worker": python("webui", "worker"),
        }
        code = Supervisor(commands, listens=(host, chosen)).run(ready=lambda: _announce(host, chosen))
    click.echo("Stopped. Everything is kept; `amends demo` goes on from here.")
    raise SystemExit(code)


def _announce(host: str, port: int) -> None:
    from ..serve import address_of

    click.echo(f"\nThe queue is at  http://{address_of(host, port)}\nCtrl-C stops everything.")
