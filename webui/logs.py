"""How the processes log: one event a line, to standard error, ids only; what reaches a person is masked."""

from __future__ import annotations

import logging
import time

from db.masking import mask_logs

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
SAY_AGAIN_S = 60.0


def configure_logging(*, verbose: bool = False) -> None:
    """Log at AMENDS_LOG_LEVEL, or at INFO when verbose."""
    logging.basicConfig(level="INFO" if verbose else _level(), format=FORMAT)
    mask_logs()
    for noisy in ("huey", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def tell_task_faults_in_a_line() -> None:
    """Huey asks its store every other second, and logs a stack each time that it does not answer."""
    in_a_line = _KnownFaultsInALine()
    for name in ("Worker", "Scheduler"):
        logging.getLogger(f"huey.consumer.{name}").addFilter(in_a_line)


class _KnownFaultsInALine(logging.Filter):
    """Says a known fault in a line, and the same fault of the same work once a minute."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        from .faults import told

        error = record.exc_info[1] if record.exc_info else None
        sentence = told(error) if error else None
        if sentence is None:
            return True
        fault, now = (record.msg, sentence), time.monotonic()
        if fault in self._said_at and now - self._said_at[fault] < SAY_AGAIN_S:
            return False
        self._said_at[fault] = now
        record.msg, record.args, record.exc_info = f"{record.getMessage().rstrip('.')}: {sentence}", None, None
        return True


def _level() -> str:
    """The level of the settings. Wrong settings are told by the command that needs them, not here."""
    from pydantic import ValidationError

    from .settings import WebSettings

    try:
        return WebSettings().log_level
    except ValidationError:
        return "WARNING"
