"""Which model is read, by how many cores, and where fetched ones lie. From the environment at the entry points only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .mapping import Mapped, read_mapping

BUNDLED = Path(__file__).parent / "model"


def _at_home(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError as error:
        raise ValueError("names the home folder of a user that this machine does not know") from error


HomePath = Annotated[Path, AfterValidator(_at_home)]


class ScoringSettings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    model_dir: HomePath = Field(
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


class DataFolder(BaseSettings):
    """The data folder as `db` has it, which is not known here: for measuring without any database."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: HomePath = Field(default_factory=lambda: platformdirs.user_data_path("amends"))
