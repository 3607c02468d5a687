"""How the processes log: one event a line, to standard error, ids only."""

from __future__ import annotations

import logging
import os


def configure_logging(*, verbose: bool = False) -> None:
    """Set the level from AMENDS_LOG_LEVEL (checked with the other settings later), or INFO when verbose."""
    level = "INFO" if verbose else os.environ.get("AMENDS_LOG_LEVEL", "WARNING").upper()
    known = logging.getLevelNamesMapping()
    logging.basicConfig(
        level=known.get(level, logging.WARNING), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for noisy in ("huey", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
