"""`amends source set-push`: whose signature the messages of a platform must bear that calls when there is news."""

from __future__ import annotations

import click


@click.command("set-push")
@click.argument("slug")
@click.option("--email", default="", help="Mail address of the subscription's service account. Empty: no signature.")
@click.option("--audience", default="", help="As in the subscription (default: the address that is called).")
def set_push(slug: str, email: str, audience: str) -> None:
    """Take messages of Google's Pub/Sub with a signature for this service account only; without --email, any."""
    from db.migrate import require_current
    from db.session import session_scope
    from db.source_changes import set_push_sender
    from db.sources import get_source

    from ..faults import Refused
    from ..receivers import RECEIVERS
    from ..senders import sender_fault
    from ..wiring import build_services

    email, audience = email.strip(), audience.strip()
    if fault := sender_fault(email, audience):
        raise Refused(fault)
    services = build_services()
    require_current(services.engine)
    with session_scope(services.engine) as session:
        source = get_source(session, slug)
        receiver = RECEIVERS.get(source.platform)
        if receiver is None or not receiver.is_signed:
            raise Refused(f"{slug} is of a platform that signs no messages.")
        set_push_sender(session, source, email=email, audience=audience)
    if email:
        click.echo(f"Only messages that Google has signed for {email} are taken.")
    else:
        click.echo("Messages need no signature: whoever knows the address can make Amends read this source.")
