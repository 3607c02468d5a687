"""Where the database is. Read from the environment (`AMENDS_…`) and `.env` at the entry points only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_data_dir() -> Path:
    return platformdirs.user_data_path("amends")


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

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        # Child processes start in other folders; they must find the same one.
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _filled_in(cls, value: str, info: ValidationInfo) -> str:
        if "data_dir" not in info.data:  # its own error is already reported
            return value
        from .session import BadUrl, normalised_url  # late: reading settings must not load SQLAlchemy everywhere

        try:
            return normalised_url(value.strip() or f"sqlite:///{info.data['data_dir'] / 'amends.db'}")
        except BadUrl as error:
            raise ValueError(str(error)) from error

    @property
    def shown_url(self) -> str:
        """The address without its password, for people and logs."""
        from sqlalchemy import make_url

        return make_url(self.database_url).render_as_string(hide_password=True)

    def make_data_dir(self) -> Path:
        """The data folder, made where it is missing, for its owner alone: it holds names and opinions of people."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.data_dir
