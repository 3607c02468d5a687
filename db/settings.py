"""Where the database is. Read from the environment (`AMENDS_…`) and `.env` at the entry points only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import DatabaseUnreachable


def _default_data_dir() -> Path:
    return platformdirs.user_data_path("amends")


def without_password(url: str) -> str:
    """An address for people and logs. It need not be a right one: a wrong one may hold a password anywhere."""
    scheme, found, rest = url.partition("://")
    if not found:
        return url
    user, at, place = rest.rpartition("@")
    if at:
        rest = f"{user.partition(':')[0]}:***@{place}" if ":" in user else f"{user}@{place}"
    return f"{scheme}://" + re.sub(r"(?i)([?&][^=&]*(?:pass|secret|token|key)[^=&]*=)[^&]*", r"\1***", rest)


class DbSettings(BaseSettings):
    """`database_url` is always filled in: without one given it is the SQLite file in the data folder."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(default_factory=_default_data_dir, description="folder in which everything is kept")
    database_url: Annotated[
        str,
        Field(
            validate_default=True,
            repr=False,  # it may hold a password
            description="sqlite:///… or postgresql://…; without it, amends.db in the data folder",
        ),
    ] = ""

    secret_key: SecretStr = Field(
        SecretStr(""),
        description="encrypts the keys of platforms; without it, secret.key in the data folder, made when needed",
    )

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        # Child processes start in other folders; they must find the same one.
        try:
            return value.expanduser().absolute()
        except RuntimeError as error:
            raise ValueError("names the home folder of a user that this machine does not know") from error

    @field_validator("database_url")
    @classmethod
    def _filled_in(cls, value: str, info: ValidationInfo) -> str:
        if "data_dir" not in info.data:  # its own error is already reported
            return value
        from sqlalchemy import URL  # late: reading settings must not load SQLAlchemy everywhere

        from .session import BadUrl, is_kept, normalised_url

        in_folder = URL.create("sqlite", database=str(info.data["data_dir"] / "amends.db"))
        try:
            url = normalised_url(value.strip() or in_folder.render_as_string())
        except BadUrl as error:
            raise ValueError(str(error).removeprefix("AMENDS_DATABASE_URL ")) from error
        if not is_kept(url):
            raise ValueError("must name a file, such as sqlite:////srv/amends.db: in memory nothing would be kept")
        return url

    @property
    def shown_url(self) -> str:
        """The address without its password, for people and logs."""
        return without_password(self.database_url)

    def make_data_dir(self) -> Path:
        """The data folder, made where it is missing, for its owner alone: it holds names and opinions of people.

        Raises:
            DatabaseUnreachable: no folder can be made there at all. Other faults of the machine pass as OSError.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        except FileNotFoundError as error:
            raise DatabaseUnreachable(
                f"The folder {self.data_dir} cannot be made. Choose another place with AMENDS_DATA_DIR."
            ) from error
        return self.data_dir
