"""What a judgement of a review looks like.

Plain frozen values: standard library only, so every package may import them without loading a model.
Definitions of the levels, topics and risks follow the labelling guide in the model card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class AngerLevel(StrEnum):
    """What the text expresses, not how bad the event was: a calm one-star review is CALM."""

    CALM = "calm"
    ANNOYED = "annoyed"
    ANGRY = "angry"
    FURIOUS = "furious"

    @property
    def rank(self) -> int:
        """0 for calm to 3 for furious."""
        return list(AngerLevel).index(self)


class Urgency(StrEnum):
    """What a model's probability asks for; its thresholds are chosen on reviews it has not seen."""

    NONE = "none"
    FLAG = "flag"  # a person should read it: nine in ten angry texts are found from here on
    ALERT = "alert"  # tell somebody at once: furious, or so probable that nine in ten texts from here on are angry


class Topic(StrEnum):
    """What a text complains about."""

    STAFF = "staff"
    WAITING = "waiting"
    QUALITY = "quality"
    PRICE = "price"
    HYGIENE = "hygiene"
    ORDER = "order"
    COMPLAINT_HANDLING = "complaint_handling"
    COMFORT = "comfort"
    INFORMATION = "information"  # wrong or misleading: advertising, photos, opening hours, small print
    OTHER = "other"


class Risk(StrEnum):
    """A matter that must not be missed, however calmly it is told."""

    SAFETY = "safety"  # injury, illness, food poisoning, danger
    ALLERGY = "allergy"  # or intolerance: a reaction, a danger, or a question that was not taken seriously
    SELF_HARM = "self_harm"  # of a living person
    DISCRIMINATION = "discrimination"  # or harassment
    LEGAL = "legal"  # legal action, police or authority named as a step
    PRESS = "press"  # press, television or a campaign named as a step
    EXTORTION = "extortion"  # "pay or I post", or a business that presses for a good review
    REFUND = "refund"  # demands money back or compensation
    CHURN = "churn"  # leaves for good or tells others to stay away


class RiskOrigin(StrEnum):
    MODEL = "model"
    RULE = "rule"


class Reason(StrEnum):
    """Why a text reads the way it does, in plain words: message ids, translated where they are shown.

    The first group is proved by words or signs in the text, the second is the model's judgement.
    """

    INSULT = "insult"
    ACCUSATION_OF_BAD_FAITH = "accusation_of_bad_faith"  # liars, thieves, scam
    CONTEMPT = "contempt"  # "shame on you", "treated us like dirt"
    PROFANITY = "profanity"
    THREAT = "threat"  # to close them down, to get even, to go to a lawyer or an authority
    SHOUTING = "shouting"  # words in capitals
    EXCLAMATION_RUNS = "exclamation_runs"  # "!!!", "?!"
    ANGRY_EMOJI = "angry_emoji"
    WARNS_OTHERS = "warns_others"
    LEAVES_FOR_GOOD = "leaves_for_good"
    DEMANDS_MONEY_BACK = "demands_money_back"
    TOLD_TO_CALM_DOWN = "told_to_calm_down"  # the staff answered the feeling, not the matter
    HEALTH_OR_SAFETY = "health_or_safety"
    ALLERGY = "allergy"
    SELF_HARM = "self_harm"
    DISCRIMINATION = "discrimination"
    PRESS_OR_CAMPAIGN = "press_or_campaign"  # named as a step, calmly or not
    REVIEW_FOR_A_PRICE = "review_for_a_price"  # offered, asked for or pressed for, by either side

    ANGRY_TONE = "angry_tone"  # no single word proves it: the wording as a whole reads angry
    PRAISE_TURNED_AROUND = "praise_turned_around"  # words of praise in a text that reads angry and unhappy: sarcasm
    ANGRY_DESPITE_STARS = "angry_despite_stars"  # angry with four or five stars
    CALM_DESPITE_STARS = "calm_despite_stars"  # one or two stars, calmly told


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    topic: Topic
    probability: float  # 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskScore:
    risk: Risk
    probability: float  # 0..1; 1.0 for a rule
    origin: RiskOrigin
    evidence: str = ""  # the words a rule matched; empty for the model


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A stretch of the scored text: `text[start:end]`, in code points of the text as given."""

    start: int
    end: int
    anger: float  # 0..1, comparable between sentences of one text


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    anger: float  # 0..1: calibrated probability that the text is angry or furious
    anger_level: AngerLevel
    sentiment: float  # the stars the text reads like, 1..5
    urgency: Urgency = Urgency.NONE
    language: str  # BCP 47 primary tag, "und" when the text is too short to tell
    topics: tuple[TopicScore, ...] = ()  # most probable first, only those above their threshold
    risks: tuple[RiskScore, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=())  # in text order
    reasons: tuple[str, ...] = ()  # values of Reason, such as "shouting" or "insult"
    model_version: str = ""


class Scorer(Protocol):
    """Judges texts. Loaded once, used in batches."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may score differently."""
        ...

    def predict(self, texts: Sequence[str]) -> list[Score]:
        """Score review bodies, one Score per text, in input order. An empty text is calm."""
        ...
