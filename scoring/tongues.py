"""Which language is meant by what stands in a field: tags, names of many languages. Offline: for measuring only.

"es", "es-MX", "spa", "Spanish", "español", "Latin American Spanish"; "mixed", "any" and "en/es" name none.
"""

# ruff: noqa: E501, SIM905 - tables that nobody can read one word a line
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .folding import fold

_NAMES = {
    "ar": "arabic ara العربية", "bg": "bulgarian bul български", "ca": "catalan cat catala", "cs": "czech cze ces cestina cesky",
    "da": "danish dan dansk", "de": "german ger deu deutsch allemand aleman tedesco niemiecki",
    "el": "greek gre ell ελληνικα", "en": "english eng anglais ingles inglese englisch engels angielski",
    "es": "spanish spa espanol castellano castilian espagnol spagnolo spanisch spaans hiszpanski", "et": "estonian est eesti",
    "fa": "persian farsi per fas", "fi": "finnish fin suomi", "fr": "french fre fra francais frances francese franzosisch frans francuski",
    "he": "hebrew heb עברית", "hi": "hindi hin", "hr": "croatian hrv hrvatski", "hu": "hungarian hun magyar",
    "id": "indonesian ind", "it": "italian ita italiano italien italienisch italiaans wloski", "ja": "japanese jpn 日本語",
    "ko": "korean kor 한국어", "lt": "lithuanian lit", "lv": "latvian lav",
    "nl": "dutch dut nld nederlands flemish niederlandisch", "no": "norwegian nor norsk",
    "pl": "polish pol polski polnisch", "pt": "portuguese por portugues portugais portoghese portugiesisch",
    "ro": "romanian rum ron romana", "ru": "russian rus русский", "sk": "slovak slo slk slovencina",
    "sl": "slovenian slovene slv slovenscina", "sr": "serbian srp", "sv": "swedish swe svenska", "th": "thai tha ไทย",
    "tr": "turkish tur turkce", "uk": "ukrainian ukr українська", "vi": "vietnamese vie", "zh": "chinese mandarin chi zho 中文",
}  # fmt: skip
# What the languages that we claim are called in the eight of the pages, where that is not said above. In a field only:
# in a sentence "pools" and "turks" may be other words.
_IN_FIELDS = {
    "cs": "tcheque checo ceco tschechisch tsjechisch czeski tcheco", "da": "danois danese danisch deens dinamarques dunski",
    "de": "alemao duits", "es": "espanhol",
    "nl": "neerlandais hollandais neerlandes holandes olandese hollandisch holenderski niderlandzki",
    "pl": "polonais polaco polacco polones pools", "pt": "portugees portugalski",
    "ro": "roumain rumano rumeno romeno rumanisch roemeens rumunski",
    "sv": "suedois sueco svedese schwedisch zweeds szwedzki", "tr": "turc turco turkisch turks turecki",
}  # fmt: skip
_IN_SENTENCES = {fold(name): tag for tag, names in _NAMES.items() for name in names.split()}
_WORDS = _IN_SENTENCES | {name: tag for tag, names in _IN_FIELDS.items() for name in names.split()}
# Folded as texts are. The codes of three letters are words as well ("ind", "por") and only count alone in a field.
LANGUAGES = {name: tag for name, tag in _IN_SENTENCES.items() if not (name.isascii() and len(name) == 3)}
# ISO 639-1. A language without rules stays what it is: the checks say that they do not read it.
_TAGS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
    "ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn "
    "no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)  # fmt: skip


def tag_of(given: Any) -> str:
    """The primary tag of what stands in a field for a language; "" where it names none, or more than one."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        given = given[0] if len(given) == 1 else ""
    word = re.sub(r"\(.*?\)", " ", fold(str(given or ""))).strip(" \t\n.:;\"'")
    tag = re.fullmatch(r"([^\W\d_]+)(?:[-_]\w+)*", word)
    if tag and (tag.group(1) in _TAGS or tag.group(1) in _WORDS):
        return _WORDS.get(tag.group(1), tag.group(1))
    named = {LANGUAGES[part] for part in re.findall(r"[^\W\d_]+", word) if part in LANGUAGES}
    return named.pop() if len(named) == 1 else ""
