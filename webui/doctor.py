"""What `amends doctor` examines, each part on its own: one fault must not hide another."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource
from sqlalchemy import Engine, text

from crawlers.config import CrawlSettings
from crawlers.selftest import SAMPLES, SelfTest, run_selftests
from db.settings import DbSettings, without_password
from scoring.calibrated import CalibratedScorer
from scoring.calibration import read_calibration
from scoring.errors import CalibrationDamaged
from scoring.loading import is_foreign, own_thresholds
from scoring.refit import OWN_ROWS
from scoring.settings import ScoringSettings
from scoring.types import AngerLevel

from .faults import Refused, settings_fault, told
from .mail import MailError, SmtpMailer, build_mailer, new_message
from .model_in_use import calibration_file, model_folder, open_scorer
from .progress import time_left
from .settings import WebSettings
from .standin_mode import crawl_settings
from .wiring import TASKS_FILE, ask_tasks_server, open_tasks_file

SETTINGS: tuple[type[BaseSettings], ...] = (DbSettings, CrawlSettings, ScoringSettings, WebSettings)
LOW_DISK_BYTES = 500 * 1024 * 1024
UPGRADE = "amends db upgrade"
WATCH_S = 6.0  # long enough for a batch to be judged and stored on a slow machine
BUSY_S = 5.0  # a lock that is held longer is no passing one
SKEW_S = 60  # more than a minute apart and targets and "overdue" would lie


class Level(StrEnum):
    GOOD = "good"
    HINT = "hint"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    level: Level
    message: str
    advice: str = ""


def examine() -> list[Finding]:
    """Every check in order. A check that breaks is itself a finding."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("settings", _settings),
        ("folder", _folder),
        ("database", _database),
        ("parsers", parsers),
        ("model", _model),
        ("clock", _clock),
        ("tasks", _tasks),
        ("mail", _mail),
    )
    found: list[Finding] = []
    for what, check in checks:
        try:
            found.extend(check())
        except ValidationError as error:
            if what == "settings":
                found.append(Finding(what, Level.FAULT, settings_fault(error)))
            else:
                found.append(Finding(what, Level.HINT, "Not examined: the settings must be put right first"))
        except Exception as error:  # noqa: BLE001 - whatever breaks here is what the doctor was asked to find
            sentence = told(error) or f"{type(error).__name__}: {error}"
            found.append(Finding(what, Level.FAULT, sentence))
    return found


def effective_settings() -> dict[str, str]:
    """Every setting by its environment name; secrets and passwords in URLs are hidden."""
    shown: dict[str, str] = {}
    for kind in SETTINGS:
        try:
            settings = crawl_settings(DbSettings().data_dir) if kind is CrawlSettings else kind()
        except (ValueError, Refused):
            continue  # told as a finding
        for name in kind.model_fields:
            shown[f"AMENDS_{name.upper()}"] = _shown(getattr(settings, name))
    return dict(sorted(shown.items()))


def known_names() -> set[str]:
    """Every environment variable that means something."""
    return {f"AMENDS_{name.upper()}" for kind in SETTINGS for name in kind.model_fields}


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(set, hidden)" if value.get_secret_value() else ""
    return without_password("" if value is None else str(value))


def _settings() -> Iterator[Finding]:
    for kind in SETTINGS:
        kind()
    written = {*os.environ, *(name.upper() for name in DotEnvSettingsSource(WebSettings).env_vars)}
    unknown = sorted(name for name in written - known_names() - TEST_NAMES if name.startswith("AMENDS_"))
    if unknown:
        yield Finding(
            "settings",
            Level.HINT,
            f"Not known: {', '.join(unknown)}",
            "Look for a typing error; README lists every setting.",
        )
    environment = crawl_settings(DbSettings().data_dir).environment
    yield Finding("settings", Level.GOOD, f"{environment} settings, all valid")


# Read by the test suite only.
TEST_NAMES = {"AMENDS_TEST_WITHOUT_POSTGRES", "AMENDS_TEST_EMBEDDED_POSTGRES"}


def _folder() -> Iterator[Finding]:
    folder = DbSettings().make_data_dir()
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except PermissionError:
        yield Finding(
            "folder",
            Level.FAULT,
            f"{folder} may not be written",
            "Give it to the user that runs Amends, or choose another with AMENDS_DATA_DIR.",
        )
        return
    free = shutil.disk_usage(folder).free
    if free < LOW_DISK_BYTES:
        yield Finding(
            "folder",
            Level.FAULT,
            f"{folder}: only {free // 2**20} MiB free",
            "Make room, or move it with AMENDS_DATA_DIR.",
        )
    else:
        yield Finding("folder", Level.GOOD, f"{folder}: writable, {free // 2**30} GiB free")


def _database() -> Iterator[Finding]:
    from db.errors import explained
    from db.migrate import check
    from db.session import make_engine

    settings = DbSettings()
    engine = make_engine(settings.database_url, busy_timeout_s=BUSY_S)
    try:
        with explained():
            problems = check(engine) or _unwritable(engine)
        for problem in problems:
            # Only an old database is upgraded: on a damaged one it would be the wrong thing to try.
            yield Finding("database", Level.FAULT, problem, UPGRADE if UPGRADE in problem else "")
        if not problems:
            yield Finding("database", Level.GOOD, f"{settings.shown_url}: writable, tables up to date")
    finally:
        engine.dispose()


def parsers(folder: Path = SAMPLES) -> Iterator[Finding]:
    """Let each parser read its sample; the sources of one that fails are marked, so that people see it there too."""
    tests = run_selftests(folder)
    if failed := [test for test in tests if not test.is_passed]:
        _mark_sources(failed)
    for test in failed:
        advice = "Install Amends again; if that does not help, report it"
        yield Finding("parsers", Level.FAULT, f"{test.platform}: {test.fault} Its sources are marked", advice)
    if passed := [test.platform for test in tests if test.is_passed]:
        yield Finding("parsers", Level.GOOD, f"read their samples: {', '.join(passed)}")


def _mark_sources(failed: list[SelfTest]) -> None:
    from db.errors import DbError
    from db.health import doubt_platform
    from db.phrases import say
    from db.session import make_engine, session_scope

    engine = make_engine(DbSettings().database_url, busy_timeout_s=BUSY_S)
    try:
        with suppress(DbError), session_scope(engine) as session:  # what is wrong there is a finding of its own
            for test in failed:
                note = say("Amends cannot read even the sample of this kind that comes with it. Run `amends doctor`.")
                doubt_platform(session, test.platform, note)
    finally:
        engine.dispose()


def _unwritable(engine: Engine) -> list[str]:
    """Why nothing can be stored, if so. Reading alone says nothing of a lock, a read-only file or a missing right."""
    from db.errors import DbError, explained

    try:
        with explained(), engine.connect() as connection, connection.begin() as transaction:
            connection.execute(text("update alembic_version set version_num = version_num where 1 = 0"))
            transaction.rollback()
    except DbError as error:
        return [str(error)]
    return []


def _model() -> Iterator[Finding]:
    from db.errors import DbError

    settings, data_dir = ScoringSettings(), DbSettings().data_dir
    scorer = open_scorer(settings, data_dir)
    level = scorer.predict(["You are liars and thieves!!! I am calling my lawyer."])[0].anger_level
    if level.rank < AngerLevel.ANGRY.rank:  # a model of another house may open and still not know reviews
        yield Finding(
            "model",
            Level.HINT,
            f"version {scorer.version}: loaded, but calls a furious sentence {level.value}",
            "Try it on reviews you know before you rely on it, or unset AMENDS_MODEL_DIR.",
        )
    else:
        yield Finding("model", Level.GOOD, f"version {scorer.version}: loaded, judges ({level.value} where it should)")
    if settings.mapping and not is_foreign(model_folder(settings, data_dir)):
        yield Finding(
            "model",
            Level.HINT,
            "AMENDS_MODEL_LABELS changes nothing: the model is ours and needs no mapping",
            "Unset it, or name the model it is meant for in AMENDS_MODEL_DIR.",
        )
    yield from _calibration(scorer, calibration_file(data_dir))
    own = own_thresholds(model_folder(settings, data_dir), mapping=settings.mapping)
    if scorer.calibration is None and own.alert is None:
        yield Finding(
            "model",
            Level.HINT,
            "alerts nobody of furious reviews: how often it is right about them was never measured; risks are told",
            f"Measure it on your own reviews, {OWN_ROWS} angry and {OWN_ROWS} others at least: amends calibrate FILE",
        )

    with suppress(DbError):  # told as a finding of the database
        yield from _judging(scorer.version)


def _calibration(scorer: CalibratedScorer, file: Path) -> Iterator[Finding]:
    """Nothing where the owner has made none."""
    found = scorer.calibration
    if found is not None:
        least = found.thresholds.alert
        alert = "never, of furious ones neither" if least is None else f"from {least:.2f} and of furious ones"
        yield Finding(
            "model",
            Level.GOOD,
            f"calibrated {found.made_at[:10]} on {found.rows} reviews, {found.angry} of them angry: "
            f"angry from {found.thresholds.angry:.2f}, flag from {found.thresholds.flag:.2f}, alert {alert}",
        )
        return
    try:
        other = read_calibration(file)
    except CalibrationDamaged as error:
        yield Finding("model", Level.HINT, str(error))
        return
    if other is not None:
        yield Finding(
            "model",
            Level.HINT,
            f"{file} was made for another model ({other.model}) and is left out",
            "Make it anew: amends calibrate FILE; or remove it: amends calibrate --undo",
        )


def _judging(version: str) -> Iterator[Finding]:
    """Whether reviews wait for this model, and, watched for a moment, how long they will."""
    from db.migrate import check
    from db.scores import count_unscored
    from db.session import make_engine, read_scope

    engine = make_engine(DbSettings().database_url, busy_timeout_s=BUSY_S)

    def waiting() -> int:
        with read_scope(engine) as session:
            return count_unscored(session, version)

    try:
        # Problems of the database are told as its finding; where nothing waits there is nothing to tell.
        if check(engine) or not (before := waiting()):
            return
        time.sleep(WATCH_S)
        left = waiting()
    finally:
        engine.dispose()
    if left < before:
        rate = (before - left) / WATCH_S
        still = f"; {time_left(left, rate)}" if left else ""
        yield Finding("judging", Level.GOOD, f"{left} reviews wait, {rate:.0f} a second are judged{still}")
    else:
        yield Finding(
            "judging",
            Level.HINT,
            f"{left} reviews wait for this model, and none was judged in {WATCH_S:.0f} seconds",
            "Start `amends up`, or judge them now and see how long it takes: amends score",
        )


def _clock() -> Iterator[Finding]:
    """The database's clock against ours; on SQLite they are one, so only nonsense can be seen."""
    from db.errors import DbError, explained
    from db.session import make_engine

    now = datetime.now(UTC)
    if now.year < 2026:
        yield Finding(
            "clock",
            Level.FAULT,
            f"The clock says {now:%Y-%m-%d}",
            "Set the machine's date; ages and targets hang on it.",
        )
        return
    engine = make_engine(DbSettings().database_url)
    try:
        if engine.dialect.name == "postgresql":
            try:
                with explained(), engine.connect() as connection:
                    theirs = connection.execute(text("select now()")).scalar_one()
            except DbError:
                yield Finding("clock", Level.HINT, "Not compared: the database server was not reached")
                return
            skew = abs((theirs - datetime.now(UTC)).total_seconds())
            if skew > SKEW_S:
                yield Finding(
                    "clock",
                    Level.FAULT,
                    f"{skew:.0f} s apart from the database server",
                    "Switch time synchronisation on, on both machines.",
                )
                return
    finally:
        engine.dispose()
    yield Finding("clock", Level.GOOD, f"{now:%Y-%m-%d %H:%M} UTC")


def _tasks() -> Iterator[Finding]:
    settings = WebSettings()
    if settings.tasks_url:
        ask_tasks_server(settings)
        yield Finding("tasks", Level.GOOD, "the Redis server of AMENDS_TASKS_URL answers")
    elif (DbSettings().data_dir / TASKS_FILE).exists():
        open_tasks_file(DbSettings().data_dir)


def _mail() -> Iterator[Finding]:
    settings = WebSettings()
    if not settings.mail_host:
        folder = DbSettings().data_dir / "mail"
        yield Finding(
            "mail",
            Level.HINT,
            f"No mail server is set; mails become files in {folder}",
            "Set AMENDS_MAIL_HOST to send them.",
        )
        return
    try:
        SmtpMailer(settings).check()
    except MailError as error:
        yield Finding("mail", Level.FAULT, str(error))
        return
    yield Finding("mail", Level.GOOD, f"{settings.mail_host}:{settings.mail_port} answers and takes the log-in")


def send_test_mail(address: str) -> str:
    """Send one mail the way every other mail goes, and say where it went.

    Raises:
        MailError: it was not taken.
    """
    settings = WebSettings()
    text_ = "This mail was sent by `amends doctor --mail-to`. If you can read it, mail works."
    message = new_message(settings, to=address, subject="Amends: mail works", text=text_, now=datetime.now(UTC))
    return build_mailer(settings, DbSettings().data_dir).send(message)
