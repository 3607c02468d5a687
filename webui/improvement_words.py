"""The words for improvement actions and for what the counts beside them say."""

from __future__ import annotations

from .i18n import N_

STATES = {
    "open": N_("Open"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}

CHANGES = {
    "opened": N_("opened it"),
    "changed": N_("changed it"),
    "noted": N_("wrote what is done"),
    "done": N_("said that it is done"),
    "dropped": N_("dropped it"),
    "reopened": N_("opened it again"),
    "undone": N_("took the last step back"),
}

FINDINGS = {
    "more": N_("More often: more than chance explains"),
    "fewer": N_("Less often: more than chance explains"),
    "chance": N_("No more than chance explains"),
    "too_few": N_("Too few to say"),
}
