"""What may be offered, and who decides: the owner's policy for every place, and every version there was."""

from __future__ import annotations

from itertools import pairwise

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.causes import list_causes
from db.errors import BadValue, CaseChanged
from db.models import OfferKind, Severity
from db.offer_policies import Policy, change_policy, policies, policy
from db.offer_terms import CAP_PERCENT, USUAL
from db.places import place_rules
from db.roles import Act
from db.session import read_scope, session_scope

from ..actors import actor
from ..cause_lists import cause_words
from ..filters import when
from ..guard import check_everywhere, needs
from ..i18n import current_locale, gettext
from ..money import currencies
from ..offer_words import DECIDERS, KINDS, SEVERITIES, SEVERITY_HINTS
from ..pages import frame, pages
from ..policy_forms import Form, differences, read_terms, typed_terms
from ..told import told

blueprint = Blueprint("offer_policy", __name__)


@blueprint.get("/offers/policy")
@needs(Act.OFFERS)
def show() -> str:
    """The policy that holds, for whoever owns every place: there is one for all."""
    check_everywhere(Act.OFFERS)
    return _page()


@blueprint.post("/offers/policy")
@needs(Act.OFFERS)
def change() -> Response | tuple[str, int]:
    """Set another. What is bound already stays bound."""
    check_everywhere(Act.OFFERS)
    form = request.form
    try:
        with session_scope(pages().engine) as session:
            places = [place.id for place in place_rules(session)]
            causes = [cause.id for cause in list_causes(session)]
            terms = read_terms(form, places=places, causes=causes)
            change_policy(session, terms, seen=form.get("number", -1, type=int), by=actor())
    except CaseChanged as error:
        return _page(fault=told(str(error))), 409
    except BadValue as error:
        return _page(typed=form, fault=told(str(error))), 422
    flash(gettext("Saved. It holds for every decision from now on."))
    return redirect(url_for("offer_policy.show"), 303)


def _page(*, typed: Form | None = None, fault: str = "") -> str:
    now = pages().clock()
    with read_scope(pages().engine) as session:
        present, versions = policy(session), policies(session)
        causes = {cause.id: cause_words(cause) for cause in list_causes(session, with_retired=True)}
        places = {place.id: place.name for place in place_rules(session)}
        history = [
            (
                newer,
                when(newer.changed_at, now=now),
                differences(older.terms, newer.terms, places=places, causes=causes),
            )
            for newer, older in pairwise([*versions, Policy(number=0, terms=USUAL)])
            if newer.changed_at is not None
        ]
        return render_template(
            "offer_policy.html",
            frame=frame(session, now=now),
            number=present.number,
            typed=typed if typed is not None else typed_terms(present.terms),
            fault=fault,
            severities=list(Severity),
            severity_words=SEVERITIES,
            severity_hints=SEVERITY_HINTS,
            kinds=list(OfferKind),
            kind_words=KINDS,
            deciders=DECIDERS,
            causes=[(cause.id, causes[cause.id]) for cause in list_causes(session)],
            places=places,
            currencies=currencies(current_locale()),
            history=history,
            cap_percent=CAP_PERCENT,
        )
