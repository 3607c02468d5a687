"""`amends alerts`: what the worker does each minute, by hand."""

from __future__ import annotations

import click


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be told; nothing is kept and nothing is sent.")
def alerts(dry_run: bool) -> None:
    """Find what people are to be alerted of, and send what is due.

    Who hears of what, and on which ways, stands on the page Alerts. `amends up` does this by itself.
    """
    from db.migrate import require_current

    from ..jobs import alerting
    from ..standin_mode import services_for_data_dir

    services = services_for_data_dir()
    require_current(services.engine)
    if dry_run:
        lines = alerting.rehearse(services)
        click.echo("\n".join(lines) or "Nothing new.")
        return
    found = alerting.find_alerts(services) + alerting.find_spikes(services)
    sent = alerting.send_alerts(services, within_s=600)
    click.echo(f"Found {found} new, sent {sent} messages.")
