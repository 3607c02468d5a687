"""Turns the faults we know into one sentence for people: what is wrong, why, and what to do next."""

from __future__ import annotations

import errno
from traceback import walk_tb


def told(error: BaseException) -> str | None:
    """The sentence for a known fault, None for one that deserves a traceback."""
    from pydantic import ValidationError

    from crawlers.errors import CrawlerError
    from db.errors import DbError, of_driver
    from scoring.errors import ScoringError

    from .mail import MailError
    from .serve import PortTaken

    if isinstance(error, ValidationError):
        return settings_fault(error)
    if isinstance(error, (CrawlerError, DbError, ScoringError, MailError, PortTaken, Refused)):
        return str(error)
    if isinstance(error, UnicodeDecodeError) and _comes_from(error, "dotenv"):
        return "The file .env in this folder is no UTF-8 text. Save it as UTF-8, or remove it."
    if isinstance(error, OSError):
        return _machine_fault(error)
    fault = of_driver(error)
    return str(fault) if fault else None


def _comes_from(error: BaseException, package: str) -> bool:
    frames = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    return any(name.partition(".")[0] == package for name in frames)


def _machine_fault(error: OSError) -> str | None:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "The disk is full. Free some space, then try again."
    if error.errno == errno.EROFS:
        return "The disk can only be read. Choose another data folder with AMENDS_DATA_DIR."
    if error.errno == errno.ENAMETOOLONG:
        return "The name of the data folder is too long. Choose a shorter one with AMENDS_DATA_DIR."
    if isinstance(error, PermissionError) and error.filename == ".env":
        return "The file .env in this folder may not be read. Give it to the user that runs Amends."
    if isinstance(error, PermissionError) and error.filename:
        return f"{error.filename} may not be opened or written. Choose another data folder with AMENDS_DATA_DIR."
    if isinstance(error, (NotADirectoryError, FileExistsError)) and error.filename:
        return f"{error.filename}: there is a file where a folder is needed. Choose another one with AMENDS_DATA_DIR."
    return None


class Refused(Exception):
    """A request that makes no sense here; the message says why and what would."""


def settings_fault(error: object) -> str:
    """Name the variable and the reason; never the value, which may be a secret."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    parts = []
    for fault in error.errors(include_input=False, include_url=False):
        name = "_".join(str(part) for part in fault["loc"]).upper()
        message = fault["msg"].removeprefix("Value error, ")
        parts.append(f"AMENDS_{name}: {message}" if name else message)
    return "; ".join(parts)
