"""Where the database is, from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from db.errors import DbError
from db.session import BadUrl, make_engine, normalised_url
from db.settings import DbSettings, without_password


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, no .env of the checkout."""
    monkeypatch.chdir(tmp_path)
    for name in ("AMENDS_DATA_DIR", "AMENDS_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_database_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One setting moves everything; an empty address is none."""
    monkeypatch.setenv("AMENDS_DATA_DIR", "here")
    monkeypatch.setenv("AMENDS_DATABASE_URL", "")
    settings = DbSettings()
    assert settings.data_dir == tmp_path / "here"
    assert settings.database_url == f"sqlite:///{tmp_path}/here/amends.db"


def test_default_folder_is_the_systems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without any setting data lies where the system keeps such things, and reading settings makes no folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert DbSettings().data_dir == tmp_path / "share" / "amends"
    assert not (tmp_path / "share").exists()


def test_env_file_is_read(tmp_path: Path) -> None:
    """A .env beside the process counts, and what it holds for others does not disturb."""
    (tmp_path / ".env").write_text("AMENDS_DATABASE_URL=postgres://u:p@h/d\nAMENDS_SMTP_HOST=mail\n")
    assert DbSettings().database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://u:p%40ss@h:5433/d", "postgresql+psycopg://u:p%40ss@h:5433/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////srv/amends.db", "sqlite:////srv/amends.db"),
        ("sqlite://", "sqlite://"),
    ],
)
def test_address_is_brought_into_form(written: str, meant: str) -> None:
    """Both usual spellings of PostgreSQL use the driver that is installed; nothing is lost of the password."""
    assert normalised_url(written) == meant
    assert normalised_url(meant) == meant


def test_relative_file_is_made_absolute(tmp_path: Path) -> None:
    """Child processes with another folder find the same file."""
    assert normalised_url("sqlite:///x.db") == f"sqlite:///{tmp_path}/x.db"


@pytest.mark.parametrize("url", ["mysql://u:parole@h/d", "nonsense", "postgresql+asyncpg://u:parole@h/d"])
def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A wrong value stops the start with a line that names the setting and not the password."""
    with pytest.raises(BadUrl, match="AMENDS_DATABASE_URL") as refused:
        make_engine(url)
    assert isinstance(refused.value, DbError)
    monkeypatch.setenv("AMENDS_DATABASE_URL", url)
    with pytest.raises(ValidationError, match=r"must be sqlite|must look like") as wrong:
        DbSettings()
    assert "parole" not in wrong.value.errors()[0]["msg"]


def test_password_is_never_shown() -> None:
    """Neither in the repr nor in the address for people."""
    settings = DbSettings(database_url="postgresql://amends:parole@h/d")
    assert settings.shown_url == "postgresql+psycopg://amends:***@h/d"
    assert "parole" not in repr(settings) + settings.shown_url
    assert "parole" in settings.database_url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@ss:hunter2@h/d",  # what follows the last colon is read as a port
        "postgresql://u:p@hunter2@h/d",  # … or as the name of the server
        "postgresql://u:hunter2@h:port/d",
    ],
)
def test_unreadable_address_is_not_repeated(url: str) -> None:
    """Signs of a password that should have been escaped: told how to write it, and no part of it is shown."""
    with pytest.raises(ValidationError, match="%40") as wrong:
        DbSettings(database_url=url)
    (fault,) = wrong.value.errors()
    assert "hunter2" not in fault["msg"]
    assert "int()" not in fault["msg"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://:hunter2@h:6379/0", "redis://:***@h:6379/0"),
        ("redis://:p@hunter2@h:abc/0", "redis://:***@h:abc/0"),
        ("redis://h/0?password=hunter2&db=1", "redis://h/0?password=***&db=1"),
        ("postgresql+psycopg://h/d?user=u&sslpassword=hunter2", "postgresql+psycopg://h/d?user=u&sslpassword=***"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////srv/amends.db", "sqlite:////srv/amends.db"),
        ("someone@example.org", "someone@example.org"),
    ],
)
def test_passwords_are_hidden_wherever_they_stand(url: str, shown: str) -> None:
    """Before the server, in the query, and also in an address that is no right one."""
    assert without_password(url) == shown


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///x.db?mode=memory"])
def test_database_in_memory_is_refused(url: str) -> None:
    """It would say that all is well and forget everything at the end of each command."""
    with pytest.raises(ValidationError, match="must name a file"):
        DbSettings(database_url=url)


@pytest.mark.parametrize("name", ["what?", "100%41", "a b", "#1", "x@y:z", "è"])
def test_folder_of_any_name_holds_the_database(name: str, tmp_path: Path) -> None:
    """Signs that mean something in addresses mean nothing in the name of a folder."""
    settings = DbSettings(data_dir=tmp_path / name)
    settings.make_data_dir()
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (id INTEGER)")
    engine.dispose()
    assert (tmp_path / name / "amends.db").is_file()


def test_home_of_an_unknown_user_is_refused() -> None:
    """Told as a wrong value, like any other."""
    with pytest.raises(ValidationError, match="home folder"):
        DbSettings(data_dir=Path("~no-such-user/amends"))


def test_settings_do_not_change() -> None:
    """They are read once and passed down."""
    with pytest.raises(ValidationError, match="frozen"):
        DbSettings().data_dir = Path("/elsewhere")  # type: ignore[misc]
