"""What can go wrong in scoring.

    ScoringError
    ├── ModelMissing        a file of the model folder is not there
    ├── ModelDamaged        a file is there but is not what it should be
    ├── ModelRefused        a model of another house that says nothing about anger, or that is not safe to open
    │   └── LabelsUnclear   its labels alone are the matter: a mapping of them would do
    ├── ExtraMissing        a model of another house needs libraries that are not installed
    ├── ModelNotFetched     a model could not be had from the hub
    ├── CalibrationDamaged  the owner's calibration cannot be read; scorers go on without it
    └── CorrectionsRefused  the owner's labels are no table of labels, or cannot calibrate anything

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


class LabelsUnclear(ModelRefused):
    """Its labels say nothing of anger, or the owner's mapping of them does not fit. The message names the labels."""


class ExtraMissing(ScoringError):
    """The libraries for a model of another house are not installed. The message says what to install."""


class ModelNotFetched(ScoringError):
    """The hub or the model on it cannot be had. The message says why and what to do."""


class CalibrationDamaged(ScoringError):
    """The file of the calibration is there and cannot be read. The message says what to do."""


class CorrectionsRefused(ScoringError):
    """The owner's labelled reviews cannot be used. The message says why and what would be."""
