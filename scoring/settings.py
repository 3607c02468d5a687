"""Which model is read, by how many cores, and where fetched ones lie. From the environment at the entry points only."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .mapping import Mapped, read_mapping

BUNDLED = Path(__file__).parent / "model"


class ScoringSettings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    model_dir: Path = Field(
        default=BUNDLED, description="folder of the model, or a fetched ORG/NAME; without it, the bundled one"
    )
    model_labels: str = Field(
        default="", description="what the labels of that model mean: NEGATIVE=angry, 1 star=furious, 2 stars=annoyed"
    )
    model_threads: int | None = Field(
        default=None, ge=1, le=256, description="cores the model may use; without it, all of them"
    )

    @property
    def mapping(self) -> Mapped:
        """`model_labels` as pairs; () where nothing is said."""
        return read_mapping(self.model_labels)

    @field_validator("model_labels")
    @classmethod
    def _readable(cls, value: str) -> str:
        read_mapping(value)
        return value

    @field_validator("model_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError as error:
            raise ValueError("names the home folder of a user that this machine does not know") from error


class DataFolder(BaseSettings):
    """The data folder as `db` has it, which is not known here: for measuring without any database."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("amends"))

    @field_validator("data_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError as error:
            raise ValueError("names the home folder of a user that this machine does not know") from error
