"""Puts the pages together: templates, filters, languages, headers, views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from zoneinfo import available_timezones

from flask import Flask, request, url_for
from jinja2 import StrictUndefined
from sqlalchemy import Engine

from crawlers.choices import choices_of
from crawlers.config import CrawlSettings
from crawlers.consents import CONSENTS
from crawlers.posters import hand_over
from crawlers.probe import Sample
from db.health import next_step
from db.session import make_engine
from db.settings import DbSettings
from db.vault import derived_key

from . import (
    accounts,
    alert_words,
    compression,
    density,
    direct_words,
    entries,
    filters,
    guard,
    i18n,
    keys,
    labels,
    marking,
    offer_words,
    people_words,
    position,
    rows,
    security,
    senders,
    shown,
    wishes,
)
from .api.problems import of_validation
from .consents import return_address
from .new_sources import link_of
from .pages import KEY, Pages
from .receivers import RECEIVERS
from .settings import WebSettings
from .told import told, tongue

KEPT = (*position.NAMES, "page")  # what an address may say; anything else is nothing to us


class Application(Flask):
    """Flask with the key of its cookies derived when the first of them is signed: nothing is made at its creation."""

    validation_error_callback = staticmethod(of_validation)  # what flask-openapi3 asks for

    @cached_property
    def secret_key(self) -> str:  # type: ignore[override]  # there an entry of the configuration
        parts: Pages = self.extensions[KEY]
        return derived_key(
            parts.database.data_dir, parts.database.secret_key.get_secret_value(), "cookies of the pages"
        )


def build_app(
    settings: WebSettings | None,
    engine: Engine | None,
    *,
    database: DbSettings | None,
    crawl: CrawlSettings | None,
    clock: Callable[[], datetime] | None,
) -> Flask:
    """The application; opens no connection and makes no file."""
    from .api import document
    from .views import (
        account,
        accuracy,
        adding,
        alert_off,
        alerts,
        answer,
        answer_flow,
        answer_redraft,
        answer_saved,
        api_docs,
        api_tokens,
        attachments,
        away,
        bulk,
        case,
        cause_trends,
        causes,
        charts,
        complaints,
        consents,
        contacts,
        customers,
        digest,
        errors,
        factors,
        follow_ups,
        gist,
        health,
        hooks,
        imports,
        improvements,
        links,
        mails,
        messages,
        notes,
        offer_ledger,
        offer_policy,
        offers,
        passkeys,
        people,
        places,
        platform_rules,
        practice,
        priority,
        privacy,
        privacy_people,
        queue,
        redeem,
        redraft,
        review,
        rule_backlog,
        rules,
        saved_replies,
        signing,
        source_edit,
        sources,
        undo,
        verdicts,
        webhooks,
        welcome,
    )
    from .views import (
        keys as keys_view,
    )
    from .views import (
        saved as saved_view,
    )

    settings = settings or WebSettings()
    database = database or DbSettings()
    app = Application(__package__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024  # the pages take no uploads
    app.extensions[KEY] = Pages(
        engine=engine or make_engine(database.database_url),
        settings=settings,
        database=database,
        clock=clock or _utc_now,
        crawl=crawl,
    )
    _set_up_templates(app)
    app.jinja_env.globals["bulk_left_out"] = bulk.left_out
    compression.init_app(app)
    security.init_app(app, settings)
    accounts.init_app(app)
    guard.init_app(app)
    i18n.init_app(app)
    density.init_app(app)
    errors.init_app(app)
    of_cases = (
        review,
        case,
        answer,
        answer_flow,
        answer_saved,
        answer_redraft,
        notes,
        undo,
        verdicts,
        gist,
        causes,
        cause_trends,
        charts,
        improvements,
        accuracy,
    )
    of_desk = (queue, digest, bulk, saved_view, saved_replies, practice, *of_cases)
    of_sources = (sources, adding, consents, imports, platform_rules)
    of_places = (priority, places, rules, rule_backlog, redraft, webhooks, *of_sources)
    of_offers = (offers, follow_ups, offer_policy, offer_ledger, redeem)
    of_customers = (customers, complaints, attachments, contacts, messages, privacy, privacy_people, *of_offers)
    of_people = (
        people,
        account,
        alerts,
        alert_off,
        away,
        mails,
        keys_view,
        factors,
        passkeys,
        api_tokens,
        signing,
        links,
        welcome,
    )
    for view in (*of_desk, *of_customers, *of_places, *of_people, hooks, health, api_docs, document):
        app.register_blueprint(view.blueprint)
    assert source_edit.edit is app.view_functions["sources.edit"]  # noqa: S101 - importing it has put its pages there
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined  # a misspelt name is a fault, not an empty place
    app.jinja_env.filters |= {
        "shown": shown.shown,
        "one_line": shown.one_line,
        "with_commands": shown.with_commands,
        "told": told,
        "tongue": tongue,
        "safe_url": security.safe_url,
        "percent": filters.percent,
        "decimal": filters.decimal,
        "figure": filters.figure,
        "count": filters.count,
        "language_name": filters.language_name,
        "not_measured": filters.not_measured,
        "marked": marking.marked,
        "source_words": direct_words.source_words,
        "merged": lambda some, others: {**some, **others},
    }
    app.jinja_env.globals |= {
        "asset": asset,
        "in_language": in_language,
        "initials": people_words.initials,
        "labels": labels,
        "keys": keys,
        "next_step": next_step,
        "direct_words": direct_words,
        "offer_words": offer_words,
        "people_words": people_words,
        "route_name": alert_words.route_name,
        "when": filters.when,
        "clock_or_date": filters.clock_or_date,
        "zone_name": filters.zone_name,
        "day_and_time": filters.day_and_time,
        "level_words": rows.level_words,
        "period": filters.period,
        "in_words": filters.in_words,
        "crawl_every": entries.crawl_every_s,
        "wishes": wishes,
        "choices_for": choices_of,
        "time_zones": time_zones,
        "rating_of": rating_of,
        "sample_when": sample_when,
        "consent_of": CONSENTS.get,
        "hand_over": hand_over,
        "link_of": link_of,
        "return_address": return_address,
        "receivers": RECEIVERS,
        "refusal_told": senders.refusal_told,
        "frame": None,  # a page without the database, such as an error, has none
    }


def asset(name: str) -> str:
    """The address of a static file, with a digest of it: browsers may keep it for good."""
    return url_for("static", filename=name, v=_digest(name))


def in_language(language: str) -> str:
    """The address of this page in another language."""
    if request.endpoint is None or request.method != "GET":
        return url_for("queue.show", lang=language)
    kept = {name: request.args.getlist(name) for name in KEPT if name in request.args}
    return url_for(request.endpoint, **{**kept, **(request.view_args or {}), "lang": language})


@lru_cache
def time_zones() -> tuple[str, ...]:
    """Names of time zones to choose from: those of cities."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def rating_of(sample: Sample) -> filters.Rating:
    """The rating of a review that is shown before its source is saved, as it will be shown later."""
    kind = sample.kind or ("score" if sample.rating else "none")
    return filters.rating(sample.rating, sample.value, sample.most, kind, sample.stars)


def sample_when(sample: Sample, now: datetime) -> filters.Instant:
    """When it was published; `published_at` must not be empty."""
    return filters.when(datetime.fromisoformat(sample.published_at), now=now, precision=sample.precision)


@lru_cache
def _digest(name: str) -> str:
    return sha256(files(__package__).joinpath("static", name).read_bytes()).hexdigest()[:12]


def _utc_now() -> datetime:
    return datetime.now(UTC)
