"""Read the labels of a model that another house trained: which of its outputs speak of anger, and how to read them.

Labels are taken by their names in the model's own config.json and never by their position. A model whose labels say
nothing about anger (stars, "positive", a bare "LABEL_0") is refused, for one star is not anger, unless its owner says
what they mean (`mapping.py`). Pure; opens no file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import LabelsUnclear, ModelRefused
from .logistic import sigmoid
from .mapping import SETTING, Mapped, applied, listed
from .types import AngerLevel

Steps = tuple[float, float, float]  # probability of at least annoyed, angry, furious; never rising

_NAMES = {
    AngerLevel.ANNOYED: frozenset({"annoyed", "annoyance"}),
    AngerLevel.ANGRY: frozenset({"angry", "anger"}),
    AngerLevel.FURIOUS: frozenset({"furious", "fury", "rage"}),
}
# Where labels exclude each other, half means: more likely than all other labels together.
EXCLUSIVE_THRESHOLD = 0.5
# Where each label stands for itself, anger is rare in what the model learned from (GoEmotions: 3.6 % of the comments
# anger, 5.7 % annoyance), and such a model seldom says half. 0.3 is what the usual training of GoEmotions decides by;
# a missed angry guest costs more than a second look.
SEPARATE_THRESHOLD = 0.3
MOST_LABELS = 10_000  # the largest sets of labels in use have some thousands
_ACCEPTED = (
    "Accepted are calm, annoyed, angry and furious, or emotions with anger, angry or annoyance among them; "
    "stars and unnamed labels do not say how angry a text is. "
    f'Say yourself what they mean: {SETTING}="LABEL=angry, OTHER LABEL=annoyed".'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelReading:
    """Which outputs mean what."""

    count: int
    exclusive: bool  # one label per text (softmax), or each for itself (sigmoid)
    annoyed: tuple[int, ...]
    angry: tuple[int, ...]
    furious: tuple[int, ...]

    @property
    def threshold(self) -> float:
        return EXCLUSIVE_THRESHOLD if self.exclusive else SEPARATE_THRESHOLD

    def steps(self, logits: Sequence[float]) -> Steps:
        """The probabilities of one text. An output that is no number counts as a clear no."""
        finite = [logit if math.isfinite(logit) else -30.0 for logit in logits]
        chances = _softmax(finite) if self.exclusive else [sigmoid(logit) for logit in finite]
        furious = self._together(chances[at] for at in self.furious)
        angry = self._together([furious, *(chances[at] for at in self.angry)])
        return self._together([angry, *(chances[at] for at in self.annoyed)]), angry, furious

    def _together(self, chances: Iterable[float]) -> float:
        """What excludes each other adds up; of labels that may stand together the strongest counts."""
        return min(1.0, sum(chances)) if self.exclusive else max(chances, default=0.0)

    def level(self, steps: Steps) -> AngerLevel:
        """Angry or furious exactly where the second step reaches the threshold.

        Furious only where a label says so: a probability tells how sure the model is, not how strong the anger.
        """
        annoyed, angry, furious = (step >= self.threshold for step in steps)
        if angry:
            return AngerLevel.FURIOUS if furious else AngerLevel.ANGRY
        return AngerLevel.ANNOYED if annoyed else AngerLevel.CALM


def read_labels(config: Mapping[str, Any], *, where: str, mapping: Mapped = ()) -> LabelReading:
    """The reading of a config.json; `where` names the model in messages, `mapping` is what its owner says of it.

    Raises:
        LabelsUnclear: no label says anger, or the mapping names one that is not there.
        ModelRefused: the model does not say how its numbers are to be read.
    """
    names = _label_names(config)
    if mapping:
        names = names or _unnamed(config)
        levels = applied(mapping, names, where=where)
        return LabelReading(
            count=len(names),
            exclusive=_is_exclusive(config.get("problem_type"), len(names), where=where, mapped=True),
            annoyed=levels[AngerLevel.ANNOYED],
            angry=levels[AngerLevel.ANGRY],
            furious=levels[AngerLevel.FURIOUS],
        )
    found = {level: _matching(names, wanted) for level, wanted in _NAMES.items()}
    if not any(found.values()):
        raise LabelsUnclear(f"No label of the model in {where} says anger. Its labels: {listed(names)}. {_ACCEPTED}")
    annoyed, angry, furious = found.values()
    if not angry and not furious:
        # Its only word for everything from annoyed to furious. Read as annoyed, no guest would ever be flagged.
        annoyed, angry = (), annoyed
    return LabelReading(
        count=len(names),
        exclusive=_is_exclusive(config.get("problem_type"), len(names), where=where),
        annoyed=annoyed,
        angry=angry,
        furious=furious,
    )


def _label_names(config: Mapping[str, Any]) -> list[str]:
    """The names in the order of the outputs; none where the config's own are not one for each output."""
    raw = config.get("id2label")
    if not isinstance(raw, dict):
        return []
    named = {str(key): str(name) for key, name in raw.items()}
    return [named[str(at)] for at in range(len(named))] if all(str(at) in named for at in range(len(named))) else []


def _unnamed(config: Mapping[str, Any]) -> list[str]:
    """What transformers itself calls the outputs of a config without names; two of them where it says no number."""
    count = config.get("num_labels", 2)
    return [f"LABEL_{at}" for at in range(count)] if isinstance(count, int) and 0 < count <= MOST_LABELS else []


def _matching(names: Sequence[str], wanted: frozenset[str]) -> tuple[int, ...]:
    return tuple(at for at, name in enumerate(names) if name.strip().casefold() in wanted)


def _is_exclusive(problem: object, count: int, *, where: str, mapped: bool = False) -> bool:
    if problem == "multi_label_classification":
        return False
    # One output is a number of anything, unless its owner says which label it stands for.
    if mapped and problem is None and count == 1:
        return False
    # The same reading as the text-classification pipeline of transformers gives a model that does not say.
    if problem in (None, "single_label_classification") and count > 1:
        return True
    raise ModelRefused(
        f"The model in {where} does not say how its {count} output(s) are to be read (problem_type: {problem!r}). "
        "Accepted are single_label_classification with two labels or more and multi_label_classification."
    )


def _softmax(logits: Sequence[float]) -> list[float]:
    highest = max(logits)
    weights = [math.exp(logit - highest) for logit in logits]
    total = sum(weights)
    return [weight / total for weight in weights]
