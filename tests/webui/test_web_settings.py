"""Settings of the pages: safe without any, and refused in one line where they are wrong."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from webui.settings import WebSettings


def test_defaults_are_local() -> None:
    """Nobody but this machine reaches the pages unless that is asked for."""
    settings = WebSettings(_env_file=None)
    assert settings.is_local
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the prefix AMENDS_; an empty value is none."""
    for name, value in {"PORT": "8001", "HOST": "::1", "BASE_URL": "", "LOG_LEVEL": "info"}.items():
        monkeypatch.setenv(f"AMENDS_{name}", value)
    settings = WebSettings(_env_file=None)
    assert (settings.port, settings.public_url, settings.log_level) == (8001, "http://[::1]:8001", "INFO")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("host", "desk.example", "IP address"),
        ("port", "0", "greater than or equal to 1"),
        ("port", "http", "integer"),
        ("base_url", "desk.example", "https://"),
        ("base_url", "https://desk.example/amends", "without a path"),
        ("base_url", "https://user:secret@desk.example", "https://"),
        ("base_url", "ftp://desk.example", "https://"),
        ("base_url", "https://[broken", "https://"),
        ("tasks_url", "amqp://queue", "redis://"),
        ("mail_from", "nobody", "mail address"),
        ("mail_from", "a@b.example\nBcc: c@d.example", "mail address"),
        ("page_size", "5", "greater than or equal to 10"),
        ("log_level", "loud", "DEBUG"),
    ],
)
def test_wrong_values_are_refused(name: str, value: str, told: str) -> None:
    """Each with its reason."""
    with pytest.raises(ValidationError) as caught:
        WebSettings.model_validate({name: value})
    (fault,) = caught.value.errors()
    assert fault["loc"] == (name,)
    assert told in fault["msg"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104 - what is asked about
def test_open_pages_need_the_name_they_answer_under(host: str) -> None:
    """Under any other name nobody is answered, so nobody could use them without it."""
    with pytest.raises(ValidationError, match="set AMENDS_BASE_URL"):
        WebSettings(host=host, _env_file=None)
    settings = WebSettings(host=host, base_url="https://desk.lanterna.example", _env_file=None)
    assert not settings.is_local
    assert settings.public_url == "https://desk.lanterna.example"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])
def test_loopback_is_taken(host: str) -> None:
    """Every name of this machine."""
    assert WebSettings(host=host, _env_file=None).host == host.strip("[]")


def test_secrets_stay_out_of_sight() -> None:
    """Neither the password nor the address of the broker is written anywhere by accident."""
    settings = WebSettings(mail_password="geheim", tasks_url="redis://:geheim@127.0.0.1/0", _env_file=None)
    assert "geheim" not in repr(settings)
    assert settings.mail_password.get_secret_value() == "geheim"


def test_settings_cannot_be_changed() -> None:
    """Read once, passed down, never altered."""
    with pytest.raises(ValidationError):
        WebSettings(_env_file=None).port = 1  # type: ignore[misc]
