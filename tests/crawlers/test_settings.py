"""Crawl settings: wrong values stop the start with the variable and the reason."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from crawlers.config import CrawlSettings, Environment


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name in CrawlSettings.model_fields:
        monkeypatch.delenv(f"AMENDS_{name.upper()}", raising=False)


def test_production_is_the_default_and_has_no_exception() -> None:
    """Nothing on this machine may be read unless somebody says so."""
    settings = CrawlSettings()
    assert settings.environment is Environment.PRODUCTION
    assert settings.allowed_hosts == frozenset()
    assert settings.ports == {80, 443}


def test_production_refuses_the_loopback_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    """AMENDS_CRAWL_ALLOW_HOSTS in production stops the start in one line."""
    monkeypatch.setenv("AMENDS_CRAWL_ALLOW_HOSTS", "127.0.0.1:8099")
    with pytest.raises(ValidationError) as caught:
        CrawlSettings()
    (fault,) = caught.value.errors()
    assert fault["loc"] == ("crawl_allow_hosts",)
    assert "AMENDS_ENVIRONMENT=demo or test only" in fault["msg"]
    assert "\n" not in fault["msg"]
    monkeypatch.setenv("AMENDS_ENVIRONMENT", "demo")
    assert CrawlSettings().allowed_hosts == {("127.0.0.1", 8099)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMENDS_ENVIRONMENT", "staging"),
        ("AMENDS_CONTACT", "me\n@example.org"),
        ("AMENDS_CONTACT", "müller@example.org"),
        ("AMENDS_CRAWL_PORTS", "eighty"),
        ("AMENDS_CRAWL_PORTS", "0"),
        ("AMENDS_CRAWL_TIMEOUT_S", "0"),
        ("AMENDS_CRAWL_TIME_LIMIT_S", "soon"),
    ],
)
def test_wrong_values_are_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault carries the setting's name."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        CrawlSettings()
    assert f"AMENDS_{caught.value.errors()[0]['loc'][0]}".upper() == name


@pytest.mark.parametrize("value", ["127.0.0.1", "127.0.0.1:", ":8099", "127.0.0.1:99999", "http://127.0.0.1:80"])
def test_exception_must_be_host_and_port(value: str) -> None:
    """No whole hosts, no URLs."""
    with pytest.raises(ValidationError):
        CrawlSettings(environment="test", crawl_allow_hosts=value)


def test_user_agent_names_product_version_and_contact() -> None:
    """Sites can see who asks and whom to write to."""
    agent = CrawlSettings(contact="desk@example.org").user_agent
    assert agent.startswith("Amends/")
    assert agent.endswith("(+desk@example.org)")
