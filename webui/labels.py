"""The words that people read for what the other packages keep as ids. Plain words, no jargon.

Every member of every enumeration has its phrase here; a test sees to it. An id that is not known, from a newer model
say, is shown as it is, with its underscores as spaces.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.platforms import PLATFORMS

from .i18n import N_, current_locale, gettext
from .told import told

ANGER_LEVELS = {
    "calm": N_("Calm"),
    "annoyed": N_("Annoyed"),
    "angry": N_("Angry"),
    "furious": N_("Furious"),
}

TOPICS = {
    "staff": N_("staff"),
    "waiting": N_("waiting"),
    "quality": N_("quality"),
    "price": N_("price and bill"),
    "hygiene": N_("cleanliness"),
    "order": N_("order or booking"),
    "complaint_handling": N_("handling of the complaint"),
    "comfort": N_("comfort and noise"),
    "information": N_("wrong information"),
    "other": N_("something else"),
}


@dataclass(frozen=True, slots=True)
class RiskWords:
    name: str
    instruction: str  # what to do, or not to do, before anybody answers
    is_grave: bool  # somebody may be hurt, or a lawyer or a reporter may read the answer


RISKS = {
    "safety": RiskWords(
        N_("Safety"),
        N_(
            "Do not reply before the responsible person has seen it. Note what was served or used, when, and who "
            "was there."
        ),
        is_grave=True,
    ),
    "allergy": RiskWords(
        N_("Allergy"),
        N_(
            "Do not reply before the responsible person has seen it. Note what was served or used, what it contained, "
            "and what the guest had told you."
        ),
        is_grave=True,
    ),
    "self_harm": RiskWords(
        N_("Self-harm"),
        N_(
            "No public answer. Tell the responsible person now. Whoever may be in danger needs the emergency number "
            "(112, 911) first; report the post to the platform, which can reach its writer."
        ),
        is_grave=True,
    ),
    "discrimination": RiskWords(
        N_("Discrimination"),
        N_(
            "Do not reply before the responsible person has seen it. Hear the staff who were there first, and "
            "dispute nothing in public."
        ),
        is_grave=True,
    ),
    "legal": RiskWords(
        N_("Legal step"),
        N_("Do not reply before the owner has seen it. Keep receipts and messages; admit and deny nothing in public."),
        is_grave=True,
    ),
    "press": RiskWords(
        N_("Press"),
        N_("The owner answers, and nobody else. Say nothing to a reporter before; keep receipts and messages."),
        is_grave=True,
    ),
    "extortion": RiskWords(
        N_("Extortion"),
        N_(
            "Do not pay and do not bargain, in public or in private. Keep the messages and report them to the "
            "platform. If your own staff asked for the review, the owner must know."
        ),
        is_grave=True,
    ),
    "refund": RiskWords(
        N_("Wants money back"),
        N_("Offer nothing in public. What may be offered is settled in private, inside your own policy."),
        is_grave=False,
    ),
    "churn": RiskWords(
        N_("Leaving"),
        N_("This guest is about to leave for good or warns others. Answer soon, and as a person."),
        is_grave=False,
    ),
}

REASONS = {
    "insult": N_("insults the business or its people"),
    "accusation_of_bad_faith": N_("accuses you of lying or cheating"),
    "contempt": N_("speaks with contempt"),
    "profanity": N_("swears"),
    "threat": N_("threatens to take it further: a lawyer, an authority"),
    "shouting": N_("shouts in capitals"),
    "exclamation_runs": N_("rows of exclamation marks"),
    "angry_emoji": N_("angry emoji"),
    "warns_others": N_("warns others"),
    "leaves_for_good": N_("says they will not come back"),
    "demands_money_back": N_("demands money back"),
    "told_to_calm_down": N_("was told to calm down"),
    "health_or_safety": N_("speaks of health or safety"),
    "allergy": N_("speaks of an allergy"),
    "self_harm": N_("speaks of self-harm"),
    "discrimination": N_("speaks of discrimination"),
    "press_or_campaign": N_("names the press or a campaign as a step"),
    "review_for_a_price": N_("a review for a price, offered or asked for"),
    "angry_tone": N_("no single word, but the whole reads angry"),
    "praise_turned_around": N_("praise that means the opposite"),
    "angry_despite_stars": N_("angry in spite of its many stars"),
    "calm_despite_stars": N_("few stars, but calmly told"),
}

PRIORITY_PARTS = {
    "anger_level": N_("Anger level"),
    "anger": N_("Likely to be angry"),
    "risk": N_("Worst risk"),
    "reach": N_("Readers of the source"),
    "stars": N_("Rating"),
    "age": N_("Age"),
}

CASE_STATES = {
    "open": N_("Not answered yet"),
    "answered": N_("Answered"),
    "gone": N_("No longer at the source"),
    "not_us": N_("Not about us"),
}

STAGES = {
    "todo": N_("To do"),
    "waiting": N_("Waiting for the guest"),
    "done": N_("Done"),
    "not_pursued": N_("Not pursued"),
}

# What the queue filters by: what is put off is to do, but not yet.
CASE_STAGES = {**STAGES, "snoozed": N_("Put off")}

ERASED = {
    "retention": N_("Taken out: the platform lets its text be kept for a limited time only."),
    "request": N_("Erased: whoever wrote it asked for that. No reading brings it back."),
    "withdrawn": N_("Taken out: the platform has withdrawn it."),
    "no_store": N_("Not kept here: the platform lets it be shown, not stored."),
    "aged": N_("Taken out: it is older than we keep what tells who wrote it. Its figures stay."),
}

STANDINGS = {
    "public": N_("Shown to everybody"),
    "moderated": N_("The platform still looks at it"),
    "withdrawn": N_("Withdrawn by the platform"),
}

REPLY_STATES = {
    "published": N_("Everybody can read it."),
    "pending": N_("The platform still looks at it: nobody can read it yet."),
    "rejected": N_("The platform has rejected it: nobody can read it."),
}

REPLY_EVENTS = {
    "seen": N_("First seen there"),
    "changed": N_("Changed there"),
    "gone": N_("Your reply is no longer shown at the source. Missed since"),
}

VIEWS = {
    "now": N_("Now"),
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "approve": N_("To approve"),
    "waiting": N_("Waiting"),
    "follow_up": N_("Follow-up due"),
    "changed": N_("Changed"),
    "open": N_("All open"),
    "done": N_("Done"),
    "all": N_("Everything"),
}

VIEW_MEANINGS = {
    "now": N_("Angry, risky or changed, and not answered yet."),
    "mine": N_("Assigned to you and not done, angry or not."),
    "unassigned": N_("Angry, risky or changed, and nobody's yet."),
    "approve": N_("Answers that wait for approval, and cases that somebody asks not to pursue."),
    "waiting": N_("Waiting for the guest; the clock rests."),
    "follow_up": N_("The day to ask the customer has come, or they are not content."),
    "changed": N_("Changed by the guest after you had seen or answered them, and not answered since."),
    "open": N_("Every review that has no answer yet."),
    "done": N_("Answered, gone from their source or not about you."),
    "all": N_("Every review, answered or not."),
}

SORTS = {
    "priority": N_("Most urgent"),
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
}

DENSITIES = {
    "comfortable": N_("Comfortable rows"),
    "standard": N_("Standard rows"),
    "compact": N_("Compact rows"),
}

HEALTH = {
    "new": N_("Not read yet"),
    "healthy": N_("Fine"),
    "degraded": N_("Needs a look"),
    "blocked": N_("Not allowed"),
    "throttled": N_("Asked to wait"),
    "misconfigured": N_("Needs your entries"),
    "suspicious": N_("Shows less than before"),
}

ALARMS = {  # after the name of the source
    "suspicious": N_("shows far less than it should."),
    "blocked": N_("does not let itself be read."),
    "throttled": N_("has asked us to wait."),
    "misconfigured": N_("needs your entries."),
}

SOURCE_STATES = {
    "all": N_("All"),
    "look": N_("Need a look"),
    "fine": N_("Fine"),
    "new": N_("Not read yet"),
    "paused": N_("Paused"),
}

RUN_STATES = {
    "running": N_("Reading now"),
    "finished": N_("Read to the end"),
    "failed": N_("Failed"),
    "blocked": N_("Refused by the site"),
    "throttled": N_("Asked to wait"),
    "misconfigured": N_("Needs your entries"),
    "suspicious": N_("Looks wrong; nothing was counted as removed"),
}

SHAPES_OF_SOURCE = {
    "jsonld": N_("Web page with review data (JSON-LD)"),
    "microdata": N_("Web page with review data (microdata)"),
    "rdfa": N_("Web page with review data (RDFa)"),
    "rss": N_("Feed (RSS)"),
    "atom": N_("Feed (Atom)"),
    "json": N_("Public JSON feed"),
    "schemaorg": N_("Web page with review data"),
    "feed": N_("Feed"),
    "sitemap": N_("Web pages listed in a sitemap"),
    "mentions": N_("Mentions by feed"),
    "appstore": N_("App store"),
    "file": N_("Files and mails"),
    "byhand": N_("Complaints by hand"),
}

IMPORT_FIELDS = {
    "text": N_("Text"),
    "title": N_("Title"),
    "stars": N_("Rating"),
    "scale": N_("Best rating"),
    "author": N_("Author"),
    "date": N_("Date"),
    "visited_at": N_("Date of the visit"),
    "external_id": N_("Id"),
    "url": N_("Link"),
    "language": N_("Language"),
    "reply": N_("Your reply"),
    "reply_date": N_("Date of your reply"),
    "positive": N_("What was liked"),
    "negative": N_("What was disliked"),
}

RETENTION = {
    "store": N_("Kept"),
    "30d": N_("Kept for 30 days"),
    "24h": N_("Kept for 24 hours"),
    "no_store": N_("Never kept"),
}

REPLY_BY = {
    "api": N_("From here, through the platform’s interface with your account"),
    "hand": N_("By hand, on the platform’s own page"),
    "none": N_("Not at all: the platform has no way to answer"),
}

JUDGED = {"True": N_("Yes"), "False": N_("No: its terms keep the text from a model")}

NOT_NOW = {
    "unknown": N_("This source is no longer there."),
    "switched_off": N_("It is paused. Resume it first."),
    "running": N_("It is being read already, or is next."),
    "too_soon": N_("It was read or asked for a moment ago."),
    "platform": N_("Its site has asked us to wait."),
}

RECOMMENDATIONS = {True: N_("Recommends it"), False: N_("Does not recommend it")}


def inside(words: str, *, is_noun: bool = False) -> str:
    """A label in the middle of a sentence; German keeps the capital of a noun."""
    keeps = is_noun and current_locale().language == "de"
    return words if keeps else words[:1].lower() + words[1:]


def label(words: dict[str, str], id_: str | None) -> str:
    """The phrase of an id in the language of the request."""
    if id_ is None:
        return ""
    phrase = words.get(str(id_))
    return gettext(phrase) if phrase else str(id_).replace("_", " ")


def risk_name(id_: str) -> str:
    """The short name of a risk."""
    words = RISKS.get(id_)
    return gettext(words.name) if words else id_.replace("_", " ")


def risk_instruction(id_: str) -> str:
    """What to do about a risk before anybody answers; empty for one we do not know."""
    words = RISKS.get(id_)
    return gettext(words.instruction) if words else ""


def is_grave(id_: str) -> bool:
    """Whether a risk asks for the responsible person. One we do not know does."""
    words = RISKS.get(id_)
    return words.is_grave if words else True


def risk_rank(id_: str) -> int:
    """The order in which risks are told: a life first, then what is grave, then the rest."""
    return 0 if id_ == "self_harm" else 1 if is_grave(id_) else 2


def source_shape(platform: str, syntax: str) -> str:
    """What kind of source this is, in words; by the name of its platform where that has one of its own."""
    if platform == "file" and syntax in PLATFORMS:  # pages that a person has saved
        name = "" if syntax == "schemaorg" else PLATFORMS[syntax].name
        return gettext("Saved pages of %(name)s", name=name) if name else gettext("Saved pages")
    facts = PLATFORMS.get(platform)
    if platform in ("mentions", "file"):
        return label(SHAPES_OF_SOURCE, platform)
    if facts is not None and (facts.hosts or facts.apis):  # mostly the name of its owner, which no language changes
        return told(facts.name)
    return label(SHAPES_OF_SOURCE, syntax or platform)
