"""Why a sentence stands in a first draft, in words: those of `scoring.suggest.why`, which knows no translations.

They stand here once more so that the catalogues know them. A test sees to it that both are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .filters import in_words
from .i18n import N_, gettext
from .labels import RISKS, TOPICS, label, risk_name

WHY = (
    N_("Opens by thanking the guest or showing that they were read; the last ten answers here began differently."),
    N_("Opens with what the review is about (%(topics)s); the last ten answers here began differently."),
    N_("The review praises and complains (%(topics)s): the opening thanks for both."),
    N_("The review has stars and no words: the opening says that they were seen."),
    N_("Nothing is known of what went wrong, so the answer asks instead of guessing."),
    N_("Invites the guest to say more, and promises nothing."),
    N_("Says in our own words what went wrong (%(topic)s), so that the guest sees that somebody listened."),
    N_("The review tells this more closely than its topic (%(topic)s): %(detail)s. Our own words, no quotation."),
    N_("Comes first, since a colleague confirmed it in the facts of the case (%(topic)s)."),
    N_("Comes first, since a colleague chose a cause for this case that is about it (%(topic)s)."),
    N_("Touches the further points as well: %(topics)s."),
    N_("Meets the feeling that a colleague confirmed in the case: %(feeling)s."),
    N_("Meets the feeling that the text shows: %(feeling)s."),
    N_("One apology, for what happened and without conditions: %(topic)s."),
    N_("Takes responsibility in the first person: the strongest part of an apology."),
    N_("The guest asks about money: answered in private, without figures in public."),
    N_("The guest asks about money and your policy covers it: the figures stay private."),
    N_("The guest says goodbye: the answer respects that and does not advertise."),
    N_("On record in the case as done: %(step)s."),
    N_("On record in the case as an open task: %(step)s. It is told as an intention."),
    N_("Promised in the case by %(day)s: %(step)s. It is told with its day."),
    N_("Nothing done is on record yet, so this says what you would like to do and promises nothing."),
    N_("A direct way to a person who can decide: %(name)s."),
    N_("A direct way to a person who can decide: %(name)s. The platform does not allow the way you like best."),
    N_("A matter of taste rather than a failure (%(topics)s): taken up without an apology."),
    N_("Takes the guest's point of view."),
    N_("Thanks in a few words; the last ten answers here began differently."),
    N_("Names what the guest was glad of: %(praised)s."),
    N_("Answers to praise stay short: one more sentence of joy."),
    N_("A friendly last sentence, no advertisement."),
    N_("Your trade must not confirm who comes to it: the answer stays general."),
    N_("A short word that the matter has been seen: it admits nothing, denies nothing and promises nothing."),
    N_(
        "Amends writes drafts in English, Spanish, French, German, Italian, Portuguese, Dutch and Polish. "
        "This review is in another language (%(language)s): have somebody write the answer who knows it, or "
        "ask for a draft in English."
    ),
    N_("Enter first who signs the answers of this place: a draft without a person behind it is none."),
    N_(
        "Somebody may be in danger of harming themselves. Show this to the responsible person now; where a "
        "life is in danger, call the emergency services."
    ),
    N_("An injury, an illness or a danger is told of: the responsible person must see it before any answer."),
    N_("An allergy is told of: the responsible person must see it before any answer."),
    N_("Discrimination or harassment is told of: the owner must see it before any answer."),
    N_("A legal step or an authority is named: the owner must see it before any answer, and may want advice."),
    N_("Something is asked for in exchange for a review: the owner must see it and report it."),
    N_("The press or a campaign is named: the owner must see it before any answer."),
    N_("The text threatens: the owner must see it before any answer."),
    N_(
        "Words of praise and words of complaint stand together here: it may be meant the other way round. Read it, and "
        "say whether something went wrong; then a draft can be made."
    ),
)
VALUES = {
    "anger": N_("anger"),
    "disappointment": N_("disappointment"),
    "slighted": N_("not taken seriously"),
    "worry": N_("worry"),
    "wrote": N_("the guest was written to"),
    "reached": N_("the guest was reached"),
    "bill": N_("the bill was looked at"),
    "repaired": N_("something was repaired"),
    "changed": N_("something was changed"),
    "talked": N_("the team was talked to"),
    "looked": N_("it was looked into"),
}


def why_words(message: str, values: Mapping[str, str]) -> str:
    """A reason, with topics, risks, feelings, steps and days in the reader's words; names stay as they are."""
    told = {name: ", ".join(_value(one) for one in value.split(", ")) for name, value in values.items()}
    if "day" in values:
        told["day"] = in_words(date.fromisoformat(values["day"]))
    words = gettext(message)
    for name, value in told.items():
        words = words.replace(f"%({name})s", value)
    return words


def _value(value: str) -> str:
    if value in RISKS:
        return risk_name(value)
    if value in TOPICS:
        return label(TOPICS, value)
    return label(VALUES, value) if value in VALUES else value.replace("_", " ")
