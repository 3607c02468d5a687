"""`amends source connect`: a refresh token by consent, for whoever has the command line and a browser apart from it."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import click

from .source_keys import api, tried, vault

if TYPE_CHECKING:
    from crawlers.consents import Question

    from ..wiring import Services


@click.command("connect")
@click.argument("slug")
def connect(slug: str) -> None:
    """Let a person agree on the platform's own page, in place of typing a refresh token (Google, Trustpilot).

    The address of that page is printed. After it the browser is sent on to an address of Amends, which need not load:
    paste it here.
    """
    from crawlers.consents import CONSENTS, REFRESH_TOKEN, Question, new_verifier
    from db.migrate import require_current
    from db.session import read_scope, session_scope
    from db.source_changes import set_access
    from db.sources import get_source

    from ..consents import BACK
    from ..faults import Refused
    from ..standin_mode import services_for_data_dir, standin_if_demo

    services = services_for_data_dir()
    require_current(services.engine)
    safe = vault(services)
    with read_scope(services.engine) as session:
        known = get_source(session, slug)
        platform, options = known.platform, dict(known.options)
        keys = safe.open(known.sealed_keys)
    facts = api(platform)
    if platform not in CONSENTS:
        raise Refused(f"{facts.name} has no such page. Type its keys: amends source set-keys {slug}")
    consent = CONSENTS[platform]
    values = {**{name: str(value) for name, value in options.items()}, **keys}
    if missing := consent.missing(values):
        raise Refused(
            f"Still missing: {' and '.join(missing)}. Enter what you have: amends source set-keys {slug} --no-test"
        )
    question = Question(
        consent=consent,
        client_id=values[consent.client_id],
        redirect_uri=services.web.public_url + BACK,
        state=secrets.token_urlsafe(32),
        verifier=new_verifier(consent),
    )
    with standin_if_demo(services):
        click.echo(f"To be registered at {consent.name} ({consent.registered_at}):\n  {question.redirect_uri}")
        click.echo(f"Open this in a browser, and allow it:\n  {question.address(services.crawl.standin_url)}")
        answer = str(click.prompt("Then paste the whole address that the browser shows", prompt_suffix=":\n"))
        token = _token(services, question, answer.strip(), values[consent.client_secret])
        with session_scope(services.engine) as session:
            found = get_source(session, slug)  # as it is now: a person takes their time in the browser
            ref, options = found.place_ref, dict(found.options)
            keys = safe.open(found.sealed_keys) | {REFRESH_TOKEN: token}
            sealed = safe.seal(keys)
            set_access(session, found, place_ref=ref, options=options, sealed_keys=sealed, now=services.clock())
        click.echo("The token is stored, encrypted.")
        report = tried(services, facts, ref, keys, options)
    if report.refusal:
        click.echo(report.refusal, err=True)
        raise SystemExit(1)
    click.echo(f"The connection works. Read it now: amends crawl {slug}")


def _token(services: Services, question: Question, answer: str, client_secret: str) -> str:
    """The refresh token for what was pasted. Raises Refused."""
    from crawlers.consents import ConsentFault, exchange, read_answer

    from ..consent_words import CONSENT_ENDINGS
    from ..faults import Refused

    try:
        values = dict(parse_qsl(urlsplit(answer).query, keep_blank_values=True))
    except ValueError:
        values = {}
    if not hmac.compare_digest(values.get("state", "").encode(), question.state.encode()):
        raise Refused(
            "This is not the address that belongs to this question. Nothing is changed. Start again, and paste it "
            f"whole: it begins with {question.redirect_uri}?"
        )
    try:
        return exchange(question, read_answer(values), client_secret, settings=services.crawl, now=services.clock())
    except ConsentFault as fault:
        words, name = CONSENT_ENDINGS[fault.ending], {"name": question.consent.name}
        raise Refused(f"{words.title % name}. {words.advice % name}") from fault
