"""What each chart is about, how it is counted, and what to do where there is nothing to draw."""

from __future__ import annotations

from .i18n import N_

TITLES = {
    "anger": N_("Reviews by anger"),
    "stars": N_("Average stars"),
    "answered": N_("What became of angry reviews"),
    "reply-times": N_("Time to the answer"),
    "causes": N_("Causes, beside the time before"),
    "visits": N_("Day and hour of the visits behind complaints"),
    "places": N_("Places side by side"),
    "actions": N_("Before and after actions"),
    "costs": N_("Cost of making it right"),
    "corrections": N_("Corrections of the model"),
}
HOW = {
    "anger": N_("Reviews and complaints by the week or month in which they were written, without what is gone."),
    "stars": N_("The range holds the average in 95 of 100 cases; with fewer than five reviews there is none."),
    "answered": N_("Angry and furious public reviews by when they were written, as they stand now."),
    "reply-times": N_(
        "Working hours from when the review was found until its answer was seen at the source. Who still waits counts "
        "as longer than all others; answers from before Amends knew of the review have no time."
    ),
    "causes": N_("Reviews and complaints with the cause that a person chose."),
    "visits": N_(
        "Complaints are what was flagged for its anger or a risk, or taken by hand; a person's word goes before the "
        "model's. Hours are those of the place. How many guests came at each hour is not known here: full hours have "
        "more of everything."
    ),
    "places": N_("Angry among all that were judged, so that many reviews and few compare fairly."),
    "actions": N_("How often the cause came up in the eight weeks before the action was done and after it."),
    "costs": N_("What was approved and still binds, by month, whatever became of any review."),
    "corrections": N_("What people said of reviews that the model had judged, by when they said so."),
}
NOTHING = {
    "anger": N_("Only weeks and months that are over are shown. What comes in now shows when this one ends."),
    "stars": N_("A week needs five reviews with stars. Look at months, or at all places together."),
    "answered": N_("When angry guests write, this shows who was answered, who waits and who waits too long."),
    "reply-times": N_("A time shows once half of the angry reviews of a week, of five at least, are answered."),
    "causes": N_("Choose the cause on the pages of reviews; then this shows which come up more often."),
    "visits": N_(
        "TheFork, imported files and complaints by hand can tell the hour of a visit. Note it when you take one; from "
        "five on this shows when it goes wrong."
    ),
    "places": N_("A place needs five reviews. Look at months, to see more of them."),
    "actions": N_("Open an action for a cause that comes back; four weeks after it is done, this shows what changed."),
    "costs": N_("Offers that are approved on the pages of reviews show here, beside the budget."),
    "corrections": N_("Say on the pages of reviews whether somebody is angry; this shows how often the model erred."),
}
