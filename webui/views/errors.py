"""What people see when something does not work: what it is, and what to do next. Never a bare number."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from db.errors import (
    BadCursor,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseUnreachable,
    DbError,
    DiskFull,
    MigrationNeeded,
)
from db.people import who_may
from db.session import read_scope

from ..api.problems import PREFIX, of_status
from ..autosaving import is_by_itself, told_not_saved
from ..guard import RoleTooLow, is_part, is_signed_out, unknown_part
from ..i18n import N_, gettext
from ..labels import label
from ..pages import pages
from ..people_words import ACTS
from ..typed_words import typed_words

log = logging.getLogger(__name__)
RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Fault:
    title: str
    advice: str
    command: str = ""  # to type at the machine that runs Amends
    can_reload: bool = False


NOT_FOUND = Fault(
    N_("There is nothing here"),
    N_("The address may be misspelt, or the review may have been removed. The queue shows everything there is."),
)
NOT_ALLOWED = Fault(
    N_("This page can only be read"),
    N_("What was sent here was not taken. Go back to the queue."),
)
REFUSED = Fault(
    N_("This request makes no sense here"),
    N_("Something in the address or in what was sent is not as Amends gives it out. Start again from the queue."),
)
NOT_OURS = Fault(
    N_("This form is out of date"),
    N_(
        "Nothing was changed. Go back, reload the page and send it again. If that does not help, let your browser "
        "take the cookies of this page: one of them says that the form is yours."
    ),
)
SIGNED_OUT = Fault(
    N_("You are signed out"),
    N_("Nothing was changed. Copy what you had typed, then sign in again and put it back in."),
)
TOO_LARGE = Fault(
    N_("That is more than Amends takes at once"),
    N_("Nothing was changed. Go back: what you typed stands there still. Shorten it, and send it again."),
)
BROKEN = Fault(
    N_("Something went wrong in Amends"),
    N_(
        "Nothing you entered or Amends has read is lost by this. Try again; if it stays so, the log of the "
        "program says more."
    ),
    can_reload=True,
)
OF_STATUS = {401: SIGNED_OUT, 404: NOT_FOUND, 405: NOT_ALLOWED, 413: TOO_LARGE}
DATABASE: dict[type[DbError], Fault] = {
    BadCursor: Fault(
        N_("This page of the queue cannot be found"),
        N_("Its address is cut short or out of date. Start again from the top of the queue."),
    ),
    DatabaseBusy: Fault(
        N_("The database is busy"),
        N_(
            "Another program is writing to it. Try again in a moment; if it stays so, look for a second Amends, "
            "a backup or an open database tool, and end it."
        ),
        can_reload=True,
    ),
    DiskFull: Fault(
        N_("The disk is full"),
        N_("Nothing that was stored is lost. Free some space where the data folder lies, then try again."),
        can_reload=True,
    ),
    DatabaseUnreachable: Fault(
        N_("The database cannot be reached"),
        N_(
            "Check that the data folder can be opened, or that the database server runs. This command says what "
            "is wrong:"
        ),
        command="amends doctor",
        can_reload=True,
    ),
    DatabaseDamaged: Fault(
        N_("The database file is damaged"),
        N_("Stop Amends, keep a copy of the file and put back a backup. This command says more:"),
        command="amends doctor",
    ),
    DatabaseReadOnly: Fault(
        N_("The database can only be read"),
        N_(
            "Check who owns the file and its folder, and whether the disk was mounted read-only. This command "
            "says more:"
        ),
        command="amends doctor",
    ),
    MigrationNeeded: Fault(
        N_("The database is older than this Amends"),
        N_("Nothing is lost. Bring its tables up to date with this command, then reload the page:"),
        command="amends db upgrade",
        can_reload=True,
    ),
    DatabaseTooNew: Fault(
        N_("The database is newer than this Amends"),
        N_("A newer Amends has changed its tables. Start that one instead."),
    ),
}


def init_app(app: Flask) -> None:
    """Answer every fault with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DbError, _database)
    app.register_error_handler(RoleTooLow, _role_too_low)
    app.register_error_handler(Exception, _broken)


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:  # a redirect is no fault
        return make_response(error.get_response(request.environ))
    if isinstance(error, CSRFError):
        if is_signed_out():  # the form was theirs when they opened it
            return unknown_part() if is_part() else _page(SIGNED_OUT, 401)
        return _page(NOT_OURS, code)
    fault = BROKEN if code >= 500 else OF_STATUS.get(code, REFUSED)
    response = _page(fault, code)
    if code == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _role_too_low(error: RoleTooLow) -> Response:
    """Whom to ask: those who may do it there."""
    with read_scope(pages().engine) as session:
        names = who_may(session, error.act, error.location_id)
    fault = Fault(
        gettext("Your role does not allow this"),
        gettext("With it you cannot %(act)s here.", act=label(ACTS, error.act)),
    )
    return _page(fault, 403, ask=names)


def _database(error: DbError) -> Response:
    fault = next((DATABASE[kind] for kind in type(error).__mro__ if kind in DATABASE), BROKEN)
    if isinstance(error, BadCursor):
        return _page(fault, 400)
    log.error("no answer for %s: %s", request.endpoint, type(error).__name__)
    response = _page(fault, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _broken(error: Exception) -> Response:
    log.error("no answer for %s", request.endpoint, exc_info=error)
    return _page(BROKEN, 500)


def _page(fault: Fault, code: int, *, ask: Sequence[str] = ()) -> Response:
    if request.path.startswith(f"{PREFIX}/"):  # programs read no pages
        return of_status(code, gettext(fault.title), gettext(fault.advice))
    if is_by_itself():
        return make_response(told_not_saved(f"{gettext(fault.title)}.", code))
    page = render_template(
        "error.html",
        title=gettext(fault.title),
        advice=gettext(fault.advice),
        command=fault.command,
        can_reload=fault.can_reload,
        ask=ask,
        typed=typed_words(),
        code=code,
    )
    return make_response(page, code)
