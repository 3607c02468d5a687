"""A customer who asks what is held of them, or to be forgotten: found, looked at, told or erased, with a receipt."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from db.access import count_held
from db.errors import BadValue
from db.models import PrivacyWish, Review, WishKind
from db.roles import Act
from db.session import read_scope, session_scope
from db.subjects import ASKED_MOST, find_subject, reviews_at
from db.vault import vault_of
from db.wishes_of_customers import grant_access, grant_erasure, note_given, wish_of

from ..access_export import export
from ..accounts import access
from ..actors import actor
from ..filters import day_and_time, when
from ..guard import needs
from ..i18n import LANGUAGES, current_locale, gettext
from ..ids import ID_MOST
from ..jobs.purging import forget_copies
from ..pages import frame, pages
from ..privacy_words import KINDS, WHY_FOUND
from ..told import told

blueprint = Blueprint("privacy_people", __name__)
IDS_MOST = 500


@blueprint.get("/privacy/people")
@needs(Act.PRIVACY)
def find() -> str | tuple[str, int]:
    """Look for somebody by a name, an author id, an address or a number."""
    asked, hits, fault = request.args.get("q", "")[: ASKED_MOST + 1], [], ""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        if asked.strip():
            try:
                hits = find_subject(session, asked, places=access().places(Act.PRIVACY))
            except BadValue as error:
                fault = told(str(error))
        page = render_template(
            "privacy_people.html",
            frame=frame(session, now=now),
            asked=asked,
            hits=[(hit, when(hit.published_at, now=now, precision="day"), _why(hit.why)) for hit in hits],
            fault=fault,
        )
    return (page, 422) if fault else page


@blueprint.post("/privacy/people/look")
@needs(Act.PRIVACY)
def look() -> str | AnyResponse:
    """What is held about those that were ticked, and what may be done with it."""
    ids = _ticked()
    if not ids:
        flash(gettext("Tick what is of this person first."), "not")
        return redirect(url_for("privacy_people.find", q=request.form.get("q", "")[:ASKED_MOST]), 303)
    return _look(ids)


@blueprint.post("/privacy/people/erase")
@needs(Act.PRIVACY)
def erase() -> AnyResponse | tuple[str, int]:
    """Erase it, once the word was typed; then there is a receipt for the customer."""
    ids, parts = _ticked(), pages()
    if not ids:
        abort(400)
    if request.form.get("word", "").strip().casefold() != word().casefold():
        return _look(ids, fault=gettext("Nothing was erased: type the word “%(word)s” to confirm.", word=word())), 422
    try:
        with session_scope(parts.engine) as session:
            sources = {session.get_one(Review, id_).source_id for id_ in ids}
            wish = grant_erasure(session, ids, language=_language(), by=actor(), vault=vault_of(parts.database))
            token = wish.token
    except BadValue as error:
        return _look(ids, fault=told(str(error))), 422
    forget_copies(parts.engine, parts.database.data_dir, sources)
    return redirect(url_for("privacy_people.receipt", token=token), 303)


@blueprint.post("/privacy/people/export")
@needs(Act.PRIVACY)
def give() -> AnyResponse:
    """Have an export ready under an address that ends after a day."""
    ids = _ticked()
    if not ids:
        abort(400)
    with session_scope(pages().engine) as session:
        token = grant_access(session, ids, language=_language(), by=actor()).token
    return redirect(url_for("privacy_people.receipt", token=token), 303)


@blueprint.get("/privacy/wishes/<token>")
@needs(Act.PRIVACY)
def receipt(token: str) -> str:
    """What was done, to print or to copy for the customer; of an export also the way to its file."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        wish = _own_wish(session, token, WishKind.ERASURE) or _own_wish(session, token, WishKind.ACCESS)
        if wish is None:
            abort(404)
        return render_template(
            "privacy_wish.html",
            frame=frame(session, now=now),
            wish=wish,
            made=day_and_time(wish.made_at),
            until=day_and_time(wish.expires_at) if wish.expires_at else "",
            counts=_counts(wish.counts),
        )


@blueprint.get("/privacy/wishes/<token>/export.zip")
@needs(Act.PRIVACY)
def download(token: str) -> Response:
    """The file, sent as it is written. Who fetched it stands in the log."""
    parts = pages()
    with session_scope(parts.engine) as session:
        wish = _own_wish(session, token, WishKind.ACCESS)
        if wish is None:
            abort(404)
        note_given(session, wish, by=actor())
        ids, number, language, made_at = list(wish.review_ids), wish.id, wish.language, wish.made_at
    pieces = export(parts.engine, ids, number=number, language=language, made_at=made_at)
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="amends-export-{number}.zip"'
    return answer


def word() -> str:
    """What is typed to confirm, in the language of the page."""
    return gettext("erase")


def _own_wish(session: Session, token: str, kind: WishKind) -> PrivacyWish | None:
    """Of somebody who owns some places only their own: another's may be about other places."""
    wish = wish_of(session, token, kind, now=pages().clock())
    is_mine = wish is not None and (wish.person_id == actor().person_id or access().may_everywhere(Act.PRIVACY))
    return wish if is_mine else None


def _ticked() -> list[int]:
    """The reviews of the form; where one is not at a place of whoever asks, there is none of them."""
    typed = request.form.getlist("review")[: IDS_MOST + 1]
    ids = {int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 11 and int(one) <= ID_MOST}
    if len(typed) > IDS_MOST:
        abort(400)
    with read_scope(pages().engine) as session:
        if ids - reviews_at(session, ids, places=access().places(Act.PRIVACY)):
            abort(404)
    return sorted(ids)


def _look(ids: list[int], *, fault: str = "") -> str:
    with read_scope(pages().engine) as session:
        language = session.get_one(Review, ids[0]).language[:2]
        return render_template(
            "privacy_look.html",
            frame=frame(session, now=pages().clock()),
            ids=ids,
            counts=_counts(count_held(session, ids)),
            language=language if language in LANGUAGES else current_locale().language,
            word=word(),
            fault=fault,
        )


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(gettext(words), counts[kind]) for kind, words in KINDS.items() if counts.get(kind)]


def _why(kinds: tuple[str, ...]) -> str:
    return ", ".join(gettext(WHY_FOUND.get(kind) or KINDS[kind]) for kind in kinds)


def _language() -> str:
    asked = request.form.get("language", "")
    return asked if asked in LANGUAGES else current_locale().language
