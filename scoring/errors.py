"""What can go wrong in scoring.

    ScoringError
    ├── ModelMissing    a file of the model folder is not there
    ├── ModelDamaged    a file is there but is not what it should be
    ├── ModelRefused    a model of another house that says nothing about anger, or that is not safe to open
    └── ExtraMissing    a model of another house needs libraries that are not installed

Texts never raise: anything that is a `str` gets a Score.
"""

from __future__ import annotations


class ScoringError(Exception):
    """Base of everything this package raises on purpose."""


class ModelMissing(ScoringError):
    """The model folder or one of its files is not there. The message says what to do."""


class ModelDamaged(ScoringError):
    """A model file does not match its checksum or cannot be read. The message says what to do."""


class ModelRefused(ScoringError):
    """The folder holds a model that Amends will not read. The message says why and what it would read."""


class ExtraMissing(ScoringError):
    """The libraries for a model of another house are not installed. The message says what to install."""
