"""How the processes log: one event a line, to standard error, ids only."""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def configure_logging(*, verbose: bool = False) -> None:
    """Log at AMENDS_LOG_LEVEL, or at INFO when verbose."""
    logging.basicConfig(level="INFO" if verbose else _level(), format=FORMAT)
    for noisy in ("huey", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _level() -> str:
    """The level of the settings. Wrong settings are told by the command that needs them, not here."""
    from pydantic import ValidationError

    from .settings import WebSettings

    try:
        return WebSettings().log_level
    except ValidationError:
        return "WARNING"
