"""Why each check is there, in the words of whoever teaches: one sentence a check. After the rubric and its sources."""

from __future__ import annotations

from ..i18n import N_

WHY = {
    "B01": N_("Every platform forbids it and so does the law; readers take even a hint of it for a bribe."),
    "B02": N_("What you know from your own records is not yours to publish, and platforms remove such answers."),
    "B03": N_("That somebody is a patient or client is itself confidential, even when they say so first."),
    "B04": N_("A threat makes the review famous, and to suppress reviews by threats is against the law."),
    "B05": N_("The next guests read how you treat people who complain, and picture themselves there."),
    "B06": N_("An angry person who is told to be calm gets angrier."),
    "B07": N_("Nobody wins an argument with a guest in public. Offer your view as one that may be mistaken."),
    "B08": N_("A suspicion belongs in the report to the platform; in public it looks like an excuse."),
    "B09": N_("Nothing shows faster that nobody has read the review."),
    "B10": N_("An answer that the platform refuses is no answer."),
    "W01": N_("“If” and “but” take an apology back; readers judge such a one harder than none."),
    "W02": N_("Whoever delivered, cooked or cleaned: the guest paid you."),
    "W03": N_("To the person who writes, it was not small."),
    "W04": N_("A promise that is not kept is a second failure, and it stands there in public."),
    "W05": N_("An offer that everybody can read invites the next complaint; some platforms remove it."),
    "W06": N_("What was said to be done and was not will be found out."),
    "W07": N_("To somebody who is angry, advertising is an insult."),
    "W08": N_("Answers by rote are worse than none: readers see the row of them."),
    "W09": N_("Guests who read that language choose by what they understand."),
    "S01": N_("Only by hearing their own complaint back do people know that you listened."),
    "S02": N_("Who feels understood can stop shouting."),
    "S03": N_("One sincere apology often settles it; many sound like begging."),
    "S04": N_("Taking responsibility is the part of an apology that works best."),
    "S05": N_("A name and a way to reach it turn a public quarrel into a talk."),
    "S06": N_("Answers that a person signs are believed more."),
    "S07": N_("Too short reads as indifference, too long as defence."),
    "S08": N_("It shows that the whole review was read."),
    "S09": N_("A concrete first sentence opens the ear; thanks by rote close it."),
    "S10": N_("Capitals and exclamation marks read as shouting, jargon as distance."),
}
