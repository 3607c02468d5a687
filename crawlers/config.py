"""Settings of the crawler. Read from the environment (`AMENDS_…`) and `.env` at the entry points only.

What a single source needs (delay, page cap, retention) stands in its row, not here.
"""

from __future__ import annotations

from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class CrawlSettings(BaseSettings):
    """Wrong values stop the start with one line that names the variable and the reason."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    environment: Environment = Field(Environment.PRODUCTION, description="production, demo or test")
    contact: str = Field("", description="mail or web address that sites can reach you at; sent with every request")
    crawl_allow_hosts: str = Field(
        "", description="HOST:PORT of a platform on this machine, for demo and tests; refused in production"
    )
    standin_url: str = Field(
        "", description="address of a stand-in that answers for every platform's API; for demo and tests only"
    )
    crawl_ports: str = Field("80,443", description="ports that review pages may be read from")
    crawl_timeout_s: int = Field(30, ge=1, le=300, description="seconds to wait for one answer of a site")
    crawl_time_limit_s: int = Field(900, ge=1, le=6 * 3600, description="seconds that one crawl may take")

    @field_validator("contact")
    @classmethod
    def _sendable(cls, value: str) -> str:
        value = value.strip()
        if not value.isascii() or not value.isprintable() or any(mark in value for mark in "()<>"):
            raise ValueError("must be a plain mail or web address")
        return value

    @field_validator("crawl_allow_hosts")
    @classmethod
    def _not_in_production(cls, value: str, info: ValidationInfo) -> str:
        if value.strip() and info.data.get("environment", Environment.PRODUCTION) is Environment.PRODUCTION:
            raise ValueError(
                "lets the crawler read from this machine's own network; it is for AMENDS_ENVIRONMENT=demo or test only"
            )
        _host_ports(value)
        return value.strip()

    @field_validator("standin_url")
    @classmethod
    def _only_outside_production(cls, value: str, info: ValidationInfo) -> str:
        value = value.strip().rstrip("/")
        if value and info.data.get("environment", Environment.PRODUCTION) is Environment.PRODUCTION:
            raise ValueError("would send keys of platforms elsewhere; it is for AMENDS_ENVIRONMENT=demo or test only")
        return value

    @field_validator("crawl_ports")
    @classmethod
    def _numbers(cls, value: str) -> str:
        _ports(value)
        return value

    @property
    def allowed_hosts(self) -> frozenset[tuple[str, int]]:
        """The exact (host, port) pairs exempt from the rules on private addresses."""
        return _host_ports(self.crawl_allow_hosts)

    @property
    def ports(self) -> frozenset[int]:
        return _ports(self.crawl_ports)

    @property
    def user_agent(self) -> str:
        return f"{PRODUCT}/{product_version()} (+{self.contact or 'review monitor, no contact address set'})"


PRODUCT = "Amends"  # the name that robots.txt files can address


def product_version() -> str:
    try:
        return version("amends")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"


def _host_ports(value: str) -> frozenset[tuple[str, int]]:
    pairs = set()
    for part in filter(None, (part.strip() for part in value.split(","))):
        host, _, port = part.rpartition(":")
        if not host or "/" in host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("must be HOST:PORT, several with commas between, such as 127.0.0.1:8099")
        pairs.add((host.lower(), int(port)))
    return frozenset(pairs)


def _ports(value: str) -> frozenset[int]:
    numbers = [part.strip() for part in value.split(",")]
    if not all(number.isdecimal() and 0 < int(number) < 65536 for number in numbers):
        raise ValueError("must be port numbers with commas between, such as 80,443")
    return frozenset(int(number) for number in numbers)
