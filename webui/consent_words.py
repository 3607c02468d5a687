"""What people read when a question on a platform's page (`consents`) has brought nothing."""

from __future__ import annotations

from dataclasses import dataclass

from .i18n import N_


@dataclass(frozen=True, slots=True)
class EndingWords:
    """Why a person's consent has brought nothing, and what to do next. %(name)s is the platform's."""

    title: str
    advice: str


CONSENT_ENDINGS = {
    "entries": EndingWords(
        N_("Something is missing before %(name)s can be asked"),
        N_("%(name)s has to know which program asks. Change the entries, then connect."),
    ),
    "denied": EndingWords(
        N_("You said no at %(name)s"),
        N_(
            "Nothing was changed. Without your consent the reviews cannot be read this way; try again and choose "
            "Allow, with the account that owns or manages the business there."
        ),
    ),
    "refused": EndingWords(
        N_("%(name)s did not ask you"),
        N_(
            "It refused the question itself. Look there whether the account may let programs in and whether the "
            "program is set up to the end, then try again."
        ),
    ),
    "late": EndingWords(
        N_("This took too long"),
        N_(
            "A question to %(name)s is open for ten minutes, in the browser that asked it. Nothing was changed. Try "
            "again."
        ),
    ),
    "code": EndingWords(
        N_("%(name)s takes its own answer no longer"),
        N_("The code that you came back with has run out or was used before. Nothing was changed. Try again."),
    ),
    "redirect": EndingWords(
        N_("%(name)s knows another address for Amends"),
        N_("Register the address below at %(name)s, letter for letter, then try again."),
    ),
    "client": EndingWords(
        N_("%(name)s refuses the program"),
        N_("The id or the secret is not the one that %(name)s has for it. Enter both again, then connect."),
    ),
    "silent": EndingWords(
        N_("%(name)s gave no answer that can be read"),
        N_("You have agreed, but the token could not be fetched. Nothing was changed. Try again in some minutes."),
    ),
    "no_token": EndingWords(
        N_("%(name)s gave no lasting token"),
        N_(
            "It let Amends in for an hour only. Take the access of Amends away in the settings of your account at "
            "%(name)s, check that the program is of the kind “Web application”, then try again."
        ),
    ),
    "no_scope": EndingWords(
        N_("The permission for reviews was left out"),
        N_("You have agreed, but not to the reviews. Nothing was changed. Try again and leave every box ticked."),
    ),
}
