"""Bring names and contacts into a form that may stand in a public answer. Hostile ones are left out."""

from __future__ import annotations

import re
import unicodedata

from ..folding import fold

LONGEST_NAME = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_MAIL = re.compile(r"[A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,3}")
_PHONE = re.compile(r"\+?[\d ()/.-]{5,24}")
LONGEST_ADDRESS = 60
# What platforms show in place of a name, or what is none.
_NOBODY = frozenset(
    {
        "a", "an", "the", "google", "user", "guest", "anonymous", "anonymus", "customer", "visitor", "traveler",
        "traveller", "reviewer", "member", "client", "tripadvisor", "usuario", "usuaria", "anonimo", "anonima",
        "cliente", "invitado", "viajero", "huesped", "utilisateur", "utilisatrice", "anonyme", "voyageur", "visiteur",
        "nutzer", "nutzerin", "gast", "anonym", "kunde", "kundin", "reisende", "utente", "ospite", "viaggiatore",
        "visitatore", "utilizador", "hospede", "viajante", "gebruiker", "anoniem", "klant", "reiziger", "uzytkownik",
        "gosc", "anonimowy", "klient", "nobody", "null", "none", "undefined", "test", "admin", "deleted",
    }
)  # fmt: skip


def greeted(display_name: str) -> str:
    """The display name as a greeting may use it; empty where it does not read as a name.

    One or two words of letters, as the guest wrote them, without a trailing initial: "Sam" of "Sam K.".
    """
    words = _plain(display_name).split()
    if len(words) > 1 and len(words[-1].strip(".")) == 1:
        words = words[:-1]
    if not 1 <= len(words) <= 2 or any(not _reads_as_name(word) for word in words):
        return ""
    return " ".join(words)


def signed(name: str) -> str:
    """The name of a colleague for the signature: letters only, bounded."""
    words = [word.group() for word in _WORD.finditer(_plain(name)) if _is_lettered(word.group())]
    kept = ""
    for word in words[:4]:
        if len(kept) + len(word) < LONGEST_NAME:
            kept = f"{kept} {word}".strip()
    return kept


def address(given: str) -> str:
    """A mail address or a telephone number as it is written; empty where it is neither."""
    given = given.strip()
    if len(given) > LONGEST_ADDRESS:
        return ""
    return given if _MAIL.fullmatch(given) or _PHONE.fullmatch(given) else ""


def _plain(name: str) -> str:
    shown = unicodedata.normalize("NFC", name[:200])
    return " ".join("".join(char if char.isprintable() else " " for char in shown).split())


def _is_lettered(word: str) -> bool:
    """Letters and what joins them; a raised 2 is a word character and no letter."""
    return all(char.isalpha() or char in "'’-." for char in word)


def _reads_as_name(word: str) -> bool:
    letters = word.rstrip(".")
    is_shape = bool(_WORD.fullmatch(word)) and 2 <= len(letters) <= 20 and letters[0].isupper() and _is_lettered(word)
    is_shouted = len(letters) > 3 and letters.isupper()
    return is_shape and not is_shouted and fold(letters) not in _NOBODY
