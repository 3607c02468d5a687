"""Why each sentence stands where it stands: message ids, translated where they are shown."""

from __future__ import annotations

from ..types import Risk

OPENING = "Opens by thanking the guest or showing that they were read; the last ten answers here began differently."
OPENING_MATTER = "Opens with what the review is about (%(topics)s); the last ten answers here began differently."
OPENING_MIXED = "The review praises and complains (%(topics)s): the opening thanks for both."
WORDLESS = "The review has stars and no words: the opening says that they were seen."
ASK = "Nothing is known of what went wrong, so the answer asks instead of guessing."
INVITE = "Invites the guest to say more, and promises nothing."
COMPLAINT = "Says in our own words what went wrong (%(topic)s), so that the guest sees that somebody listened."
DETAIL = "The review tells this more closely than its topic (%(topic)s): %(detail)s. Our own words, no quotation."
CONFIRMED = "Comes first, since a colleague confirmed it in the facts of the case (%(topic)s)."
CAUSE = "Comes first, since a colleague chose a cause for this case that is about it (%(topic)s)."
ALSO = "Touches the further points as well: %(topics)s."
FEELING_CONFIRMED = "Meets the feeling that a colleague confirmed in the case: %(feeling)s."
FEELING_READ = "Meets the feeling that the text shows: %(feeling)s."
APOLOGY = "One apology, for what happened and without conditions: %(topic)s."
OWNERSHIP = "Takes responsibility in the first person: the strongest part of an apology."
REFUND = "The guest asks about money: answered in private, without figures in public."
REFUND_POLICY = "The guest asks about money and your policy covers it: the figures stay private."
CHURN = "The guest says goodbye: the answer respects that and does not advertise."
DONE = "On record in the case as done: %(step)s."
PLANNED = "On record in the case as an open task: %(step)s. It is told as an intention."
PROMISED = "Promised in the case by %(day)s: %(step)s. It is told with its day."
WISH = "Nothing done is on record yet, so this says what you would like to do and promises nothing."
ROUTE = "A direct way to a person who can decide: %(name)s."
ROUTE_CHANGED = "A direct way to a person who can decide: %(name)s. The platform does not allow the way you like best."
PREFERENCE = "A matter of taste rather than a failure (%(topics)s): taken up without an apology."
UNDERSTOOD = "Takes the guest's point of view."
PRAISE = "Thanks in a few words; the last ten answers here began differently."
PRAISED = "Names what the guest was glad of: %(praised)s."
PRAISE_MORE = "Answers to praise stay short: one more sentence of joy."
PRAISE_CLOSE = "A friendly last sentence, no advertisement."
GENERAL = "Your trade must not confirm who comes to it: the answer stays general."
HOLDING = "A short word that the matter has been seen: it admits nothing, denies nothing and promises nothing."

NO_LANGUAGE = (
    "Amends writes drafts in English, Spanish, French, German, Italian, Portuguese, Dutch and Polish. This review is "
    "in another language (%(language)s): have somebody write the answer who knows it, or ask for a draft in English."
)
IRONY = (
    "Words of praise and words of complaint stand together here: it may be meant the other way round. Read it, and say "
    "whether something went wrong; then a draft can be made."
)
NO_SIGNER = "Enter first who signs the answers of this place: a draft without a person behind it is none."

LEFT_PATH = {
    Risk.SELF_HARM: (
        "Somebody may be in danger of harming themselves. Show this to the responsible person now; where a life is in "
        "danger, call the emergency services."
    ),
    Risk.SAFETY: "An injury, an illness or a danger is told of: the responsible person must see it before any answer.",
    Risk.ALLERGY: "An allergy is told of: the responsible person must see it before any answer.",
    Risk.DISCRIMINATION: "Discrimination or harassment is told of: the owner must see it before any answer.",
    Risk.LEGAL: "A legal step or an authority is named: the owner must see it before any answer, and may want advice.",
    Risk.EXTORTION: "Something is asked for in exchange for a review: the owner must see it and report it.",
    Risk.PRESS: "The press or a campaign is named: the owner must see it before any answer.",
}
THREAT = "The text threatens: the owner must see it before any answer."
