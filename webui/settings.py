"""Settings of the pages and the tasks. Read from the environment (`AMENDS_…`) and `.env` at the entry points only."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TASK_SCHEMES = ("redis", "rediss", "unix")


class WebSettings(BaseSettings):
    """Wrong values stop the start with one line that names the variable and the reason."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: str = Field("127.0.0.1", description="address to listen on; any other needs AMENDS_BASE_URL too")
    port: int = Field(8000, ge=1, le=65535, description="port of the pages")
    base_url: str = Field("", description="address at which people reach the pages; without it http://HOST:PORT")
    page_size: int = Field(50, ge=10, le=200, description="reviews on one page of the queue")
    hold_s: int = Field(30, ge=1, le=3600, description="seconds in which posting an answer can be stopped")
    api_per_minute: int = Field(
        300, ge=10, le=100_000, description="requests to the API that one token may make a minute"
    )
    processes: int = Field(
        0, ge=0, le=64, description="processes of the pages; 0: one a core, at most four, and one per GiB of memory"
    )
    threads: int = Field(4, ge=1, le=64, description="requests that each of these answers at the same time")
    worker_threads: int = Field(2, ge=1, le=64, description="jobs done at the same time")
    tasks_url: str = Field(
        "", repr=False, description="redis://… for the tasks; without it they lie beside the database"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="least level that is logged")
    mail_host: str = Field("", description="SMTP server; without it mails become files in the data folder")
    mail_port: int = Field(587, ge=1, le=65535, description="port of the SMTP server")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="how the mail server is spoken to"
    )
    mail_user: str = Field("", description="log-in at the SMTP server")
    mail_password: SecretStr = Field(SecretStr(""), description="password at the SMTP server")
    mail_from: str = Field("", description="sender of mails, an address that may receive answers")

    @field_validator("host")
    @classmethod
    def _listens(cls, value: str) -> str:
        host = value.strip().strip("[]").lower()
        if host != "localhost":
            try:
                ip_address(host)
            except ValueError as error:
                raise ValueError("must be localhost or an IP address of this machine, such as 127.0.0.1") from error
        return host

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        url = value.strip().rstrip("/")
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host, parts = None, urlsplit("")
        if parts.scheme not in {"http", "https"} or not host or parts.path or parts.query or "@" in parts.netloc:
            raise ValueError("must look like https://amends.example.org, without a path")
        return url

    @field_validator("tasks_url")
    @classmethod
    def _broker(cls, value: str) -> str:
        url = value.strip()
        if url and urlsplit(url).scheme not in TASK_SCHEMES:
            raise ValueError("must begin with redis://, rediss:// or unix://, or be empty")
        return url

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        if value and (value.count("@") != 1 or any(char in value for char in "\r\n")):
            raise ValueError("must be one mail address")
        return value.strip()

    @model_validator(mode="after")
    def _named(self) -> Self:
        # Pages answer under their own name alone; a name that another site points at this machine reads nothing.
        if not _is_loopback(self.host) and not self.base_url:
            raise ValueError("AMENDS_HOST opens the pages to others: set AMENDS_BASE_URL to the address they will use")
        return self

    @property
    def is_local(self) -> bool:
        """Whether only those who sit at this machine reach the pages."""
        return _is_loopback(self.host) and not self.base_url

    @property
    def public_url(self) -> str:
        """Where people reach the pages, without a slash at the end."""
        if self.base_url:
            return self.base_url
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback
