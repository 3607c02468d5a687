"""The languages that the rules of risks are written for."""

CLAIMED_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "ro", "tr"})
