"""Ways on which the demo's people hear of alerts: mails become files, and the stand-in plays the kitchen's channel."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from db.acting import Actor
from db.alert_routes import Wanted, add_route, routes_of
from db.kept import Kept, keep
from db.models import AlertChannel, AlertReason
from db.quiet_hours import Quiet
from db.vault import Vault

LOOKED = timedelta(days=7)  # since when the demo has looked for alerts, so that there is something to see
NIGHT = Quiet(from_min=22 * 60, to_min=7 * 60)


def lay_out_alerts(session: Session, host: str, vault: Vault, *, owner: Actor, other_id: int) -> None:
    """Once: with one there somebody has been here. `host` is the HOST:PORT/PATH that takes the channel's messages."""
    if owner.person_id is None or routes_of(session, owner.person_id):
        return
    keep(session, Kept.ALERTS, {"since": (owner.now - LOOKED).isoformat()}, now=owner.now)
    channel = Wanted(
        name="Kitchen channel",
        channel=AlertChannel.SERVICE,
        reasons=(AlertReason.RISK, AlertReason.TARGET, AlertReason.FOLLOW_UP),
        bundle_min=0,
    )
    address = f"json://{host}"
    add_route(session, owner.person_id, channel, address=address, service="JSON", vault=vault, now=owner.now)
    for person_id, wanted in ((owner.person_id, Wanted(quiet=NIGHT)), (other_id, Wanted())):
        add_route(session, person_id, wanted, address="", service="", vault=vault, now=owner.now)
