"""What an owner says of a model's labels takes the place of reading them by their names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from pydantic import ValidationError

from scoring.errors import LabelsUnclear, ModelRefused
from scoring.foreign import examine
from scoring.labels import LabelReading, read_labels
from scoring.mapping import read_mapping
from scoring.settings import ScoringSettings
from scoring.types import AngerLevel

STARS = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]


def config(labels: Sequence[str], **more: object) -> dict[str, object]:
    return {"id2label": {str(at): name for at, name in enumerate(labels)}, **more}


def mapped(told: dict[str, object], mapping: str) -> LabelReading:
    return read_labels(told, where="here", mapping=read_mapping(mapping))


def test_stars_become_usable() -> None:
    """A model of stars is refused until its owner says what they mean; what is not named is calm."""
    reading = mapped(config(STARS), "1 Star = furious, 2 stars=annoyed")
    levels = [reading.level(reading.steps([9.0 if at == best else 0.0 for at in range(5)])) for best in range(5)]
    assert levels == [AngerLevel.FURIOUS, AngerLevel.ANNOYED, AngerLevel.CALM, AngerLevel.CALM, AngerLevel.CALM]


def test_mapping_overrules_names() -> None:
    """The owner knows better what "anger" was trained on: where a mapping is given, names alone say nothing."""
    reading = mapped(config(["anger", "disgust", "joy"]), "disgust=angry, joy=calm")
    assert (reading.annoyed, reading.angry, reading.furious) == ((), (1,), ())


@pytest.mark.parametrize(
    ("told", "places"),
    [
        (config(["LABEL_0", "LABEL_1"]), (1,)),
        (config(["bad, very", "a=b"]), (1,)),  # names that no mapping can write
        (config(["LABEL_1", "fine"]), (0,)),  # a name goes before a place
        ({}, (1,)),  # transformers leaves out what it calls two labels by itself
        ({"num_labels": 3}, (1,)),
    ],
)
def test_labels_may_be_named_by_their_place(told: dict[str, object], places: tuple[int, ...]) -> None:
    """LABEL_1 is the second output of any model that has no label of that name."""
    assert mapped(told, "label_1=angry").angry == places


def test_label_with_a_sign_of_equality() -> None:
    """The last one parts label and level."""
    assert mapped(config(["x=y", "z"]), "x=y=angry").angry == (0,)


def test_single_output_that_is_mapped_stands_for_itself() -> None:
    """A number of anything is refused, but its owner may say that it is anger."""
    with pytest.raises(ModelRefused, match="problem_type"):
        read_labels(config(["anger"]), where="here")
    reading = mapped(config(["toxic"]), "toxic=angry")
    assert reading.steps([0.0])[1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("NEGATIVE=angry", r"names the label 'NEGATIVE', which the model in here does not have.*'1 star'"),
        ("LABEL_5=angry", "does not have"),
        ("LABEL_99999999999=angry", "does not have"),
        ("1 star=annoyed", "nobody would ever be flagged"),
        ("1 star=angry, LABEL_0=furious", "two levels"),
    ],
)
def test_mapping_that_does_not_fit_is_refused(mapping: str, says: str) -> None:
    """One sentence that names what the model has."""
    with pytest.raises(LabelsUnclear, match=says) as caught:
        mapped(config(STARS), mapping)
    assert len(str(caught.value).splitlines()) == 1


def test_refusal_says_how_to_give_a_mapping() -> None:
    """Who swaps in a model of stars reads the name of the setting and its form."""
    with pytest.raises(LabelsUnclear, match=r'AMENDS_MODEL_LABELS="LABEL=angry, OTHER LABEL=annoyed"'):
        read_labels(config(STARS), where="here")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1 star", "no label and level"),
        ("=angry", "no label and level"),
        ("1 star=cross", "'cross' is no level; there are calm, annoyed, angry, furious"),
        ("1 star=", "'' is no level"),
        ("a=angry,A=calm", "twice"),
    ],
)
def test_setting_that_cannot_be_read_is_told(value: str, says: str) -> None:
    """A wrong pair stops the start with its reason."""
    with pytest.raises(ValidationError, match=says):
        ScoringSettings(model_labels=value, _env_file=None)


def test_setting_is_read_as_pairs() -> None:
    """Blanks, capitals of a level and a comma at the end do no harm."""
    settings = ScoringSettings(model_labels=" NEGATIVE = Angry ,1 star=furious,", _env_file=None)
    assert settings.mapping == (("NEGATIVE", AngerLevel.ANGRY), ("1 star", AngerLevel.FURIOUS))
    assert ScoringSettings(model_labels=" ", _env_file=None).mapping == ()


def test_mapping_is_part_of_the_version(tmp_path: Path) -> None:
    """Another meaning is another version, so everything is judged again; another way to write it is not."""
    (tmp_path / "config.json").write_text(json.dumps(config(STARS)), encoding="utf-8")
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")

    def digest(mapping: str) -> str:
        return examine(tmp_path, read_mapping(mapping)).digest

    assert digest("1 star=angry") != digest("1 star=furious")
    assert digest("1 star=angry, 2 stars=annoyed") == digest("2 Stars=annoyed,1 star = ANGRY")
