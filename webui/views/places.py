"""The places of the business: when they work, how long an answer may take, and who hears when it takes longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.clock_rules import LEVELS, STEPS_MOST, Targets
from db.clocks import recounting
from db.people import list_people, people_at
from db.places import PlaceRules, change_for_all, change_place, copy_rules, place_rules, rules_for_all
from db.roles import Act
from db.session import read_scope, session_scope

from ..accounts import access
from ..filters import zone
from ..guard import check_everywhere, needs
from ..hours_text import day_names, week_words
from ..i18n import gettext, ngettext
from ..ids import ID_MOST
from ..pages import frame, pages
from ..place_forms import (
    copied_parts,
    country_names,
    days_off,
    hours_words,
    read_for_all,
    read_place,
    regions_of,
    typed_for_all,
    typed_place,
)

blueprint = Blueprint("places", __name__)
ONE = f"/places/<int(max={ID_MOST}):place_id>"
BLANK_STEPS = 2  # offered beyond those there are


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A line of the list."""

    rules: PlaceRules
    week: str
    holidays: str  # whose; empty: none
    single_days: int  # own ones, from today on
    targets: str


@blueprint.get("/places")
@needs(Act.PLACES)
def show() -> str:
    """Every place of whoever asks, and what holds where nothing else is set."""
    with read_scope(pages().engine) as session:
        for_all = rules_for_all(session)
        return _list(session, typed_for_all(for_all.targets, for_all.chain))


@blueprint.post("/places")
@needs(Act.PLACES)
def change_all() -> Response | tuple[str, int]:
    """Targets and chain of all places that have none of their own, for whoever owns them all."""
    check_everywhere(Act.PLACES)
    parts = pages()
    with session_scope(parts.engine) as session:
        targets, chain, faults = read_for_all(request.form, [id_ for id_, _ in _people_of_all(session)])
        if faults:
            return _list(session, request.form, faults=faults), 422
        change_for_all(session, targets, chain, now=parts.clock())
    flash(_saved())
    return redirect(url_for("places.show"), 303)


@blueprint.get(ONE)
@needs(Act.PLACES, of="place_id")
def edit(place_id: int) -> str:
    """One place, with the days of the next twelve months on which it is closed."""
    with read_scope(pages().engine) as session:
        (rules,) = place_rules(session, places=[place_id])
        for_all = rules_for_all(session)
        return _page(session, rules, typed_place(rules, for_all.targets, for_all.chain))


@blueprint.post(ONE)
@needs(Act.PLACES, of="place_id")
def change(place_id: int) -> Response | str | tuple[str, int]:
    """Save it, here and where else it was asked for; or show regions and days of what was entered."""
    parts = pages()
    with session_scope(parts.engine) as session:
        (before,) = place_rules(session, places=[place_id])
        entered = read_place(request.form, before, [id_ for id_, _ in _people_at(session, place_id)])
        if request.form.get("do") != "save":
            shown = {name: fault for name, fault in entered.faults.items() if name != "subdivision"}
            return _page(session, entered.rules, request.form, faults=shown, is_tried=True)
        if entered.faults:
            return _page(session, entered.rules, request.form, faults=entered.faults), 422
        change_place(session, entered.rules, now=parts.clock())
        mine = [place.id for place in place_rules(session, places=access().places(Act.PLACES))]
        copied = copy_rules(session, entered.rules, copied_parts(request.form), mine)
    flash(_saved())
    if copied:
        flash(ngettext("Copied to %(num)s other place.", "Copied to %(num)s other places.", copied))
    return redirect(url_for("places.edit", place_id=place_id), 303)


def _saved() -> str:
    return gettext("Saved. The clocks of all cases are being set by it; that goes on in the background.")


def _list(session: Session, typed: Mapping[str, str], *, faults: Mapping[str, str] | None = None) -> str:
    now = pages().clock()
    for_all = rules_for_all(session)
    names = dict(country_names())
    rows = []
    for place in place_rules(session, places=access().places(Act.PLACES)):
        today = now.astimezone(zone(place.timezone)).date()
        region = dict(regions_of(place.opening.country)).get(place.opening.subdivision)
        country = names.get(place.opening.country, "")
        rows.append(
            PlaceView(
                rules=place,
                week=week_words(place.opening.week),
                holidays=f"{country}, {region}" if region else country,
                single_days=sum(day >= today for day in place.opening.days),
                targets=_targets_words(place.targets or for_all.targets),
            )
        )
    is_owner_of_all = access().may_everywhere(Act.PLACES)
    return render_template(
        "places.html",
        frame=frame(session, now=now),
        rows=rows,
        recounting=recounting(session),
        may_all=is_owner_of_all,
        is_usual=for_all.is_usual,
        typed=typed,
        faults=faults or {},
        people=_people_of_all(session) if is_owner_of_all else [],
        levels=LEVELS,
        steps=_steps(typed),
    )


def _page(
    session: Session,
    rules: PlaceRules,
    typed: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    is_tried: bool = False,
) -> str:
    now = pages().clock()
    return render_template(
        "place.html",
        frame=frame(session, now=now),
        rules=rules,
        typed=typed,
        faults=faults or {},
        is_tried=is_tried,
        recounting=recounting(session),
        days=day_names(),
        countries=country_names(),
        regions=regions_of(typed.get("country", "")),
        days_off=days_off(rules.opening, today=now.astimezone(zone(rules.timezone)).date()),
        people=_people_at(session, rules.id),
        has_others=len(place_rules(session, places=access().places(Act.PLACES))) > 1,
        levels=LEVELS,
        steps=_steps(typed),
    )


def _steps(typed: Mapping[str, str]) -> range:
    used = [at for at in range(STEPS_MOST) if typed.get(f"step-{at}")]
    return range(min(STEPS_MOST, (used[-1] + 1 if used else 0) + BLANK_STEPS))


def _targets_words(targets: Targets) -> str:
    return " · ".join(hours_words(minutes) if minutes else "–" for minutes in (targets[level] for level in LEVELS))


def _people_at(session: Session, place_id: int) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in people_at(session, Act.READ, [place_id])]


def _people_of_all(session: Session) -> list[tuple[int, str]]:
    """Those who may see every place."""
    everybody = list_people(session, now=pages().clock())
    return [(one.id, one.name) for one in everybody if one.is_active and one.everywhere is not None]
