"""Whether a place has a protected sector: health, care, legal, finance, schools. Offline: for measuring only.

Told by a flag, by the name of a trade, or by the people that a review speaks of.
"""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..folding import fold

_OFF = re.compile(
    r"(?:not|non|un|no)[ -]?(?:a |in a )?protected|protected(?: sector)?(?: flag)?\W{0,3}(?:no|false|off|0)(?!\w)|"
    r"sector(?: flag)?\W{0,3}(?:off|none|no|false)(?!\w)|open sector"
)
_ON = re.compile(r"(?<!\w)protected(?!\w)")
_PROTECTED = re.compile(
    r"(?<!\w)(?:dent(?:al|ist)\w*|dentur\w+|dentaire|orthodont\w+|doctors?|gps?|medic\w+|clinic\w*|\w*klinik\w*|hospitals?|hopital|krankenhaus|ospedale|szpital|surger(?:y|ies)|surgeon\w*|"
    r"(?<!in )(?<!best )practice|pharmac\w+|farmaci\w+|apothe[kc]\w*|apotheek|apteka|physio\w*|psych\w+|therap\w+|osteopath\w*|chiropract\w+|podiatr\w+|dietit\w+|optic(?:al|ian)?s?|optik\w*|optomet\w+|opti[ck]a|opticiens?|psicolog\w+|counsell?(?:ing|ors?)|"
    r"(?<!guest )(?<!customer )(?<!skin )(?<!hair )(?<!car )(?<!pet )care|hospice|assisted living|residencia de (?:mayores|ancianos)|ehpad|maison de retraite|pflege\w*|lar de idosos|creche|altenheim|nursing|midwi\w+|hebamme\w*|fertility|dermatolog\w+|"
    r"health(?!y)(?! (?:spa|club|food|resort|and safety|store|shop))\w*|hearing (?:aids?|cent(?:re|er)|care|clinic|acoust\w+)|"
    r"law(?! of)|lawyers?|legal|solicitors?|attorneys?|barristers?|notar(?:y|ies|iat|iusz|io)|notaires?|(?:rechts)?anw[a]lt\w*|kanzlei|abogad\w+|avocats?|avvocat\w+|advoc\w+|advokat\w*|adwokat\w*|"
    r"(?<!food )(?<!river )bank(?! holiday)(?:s|ing)?|bancos?|banques?|banca|sparkasse|building society|credit union|insur\w+|versicherung\w*|seguros|assurances?|(?<!tourist )(?<!city )(?<!sales )tax(?!i)\w*|steuer\w+|account(?:an\w+|ing)|bookkeep\w+|asesoria|gestoria|commercialista|"
    r"financ\w+|mortgages?|debt(?: \w+)?|"
    r"schools?|(?!ski|tanz|surf|koch|hunde|tauch|segel|reit)\w*schule|kindergartens?|kitas?|day ?care|nurser(?:y|ies)|colleges?|universit\w+|tutor\w*|escuela|colegio|scuola|ecole|szkol\w+|przedszkole|"
    r"vets?|veterin\w+|tierarzt\w*|zahn\w+|\w*arzt\w*|\w*praxis|gabinet|cabinet(?! maker)|huisarts\w*|tandarts\w*|studio (?:medico|legale|dent\w+|notarile))(?!\w)"
)
_OPEN = re.compile(
    r"(?<!\w)(?:restaurants?|hotels?|hostels?|motel|guest ?house|holiday (?:flat|home)s?|b&b|\w*shops?|\w*stores?|supermarket|bars?|cafes?|coffee|pizzeria|bistro|brasserie|pub|club|gym|fitness|yoga|garage|workshop|"
    r"camp ?sites?|camping|museum|gallery|theatre|theater|zoo|park|retail\w*|e-?commerce|hospitality|gastronomy|salon|hairdress\w+|barber\w*|bakery|butcher\w*|florist|cinema|spa|laundry|cleaners|taxi|"
    r"(?:car|bike|ski) (?:rental|hire)|car wash|dealer\w*|airline|airport|railway|bus|ferry|courier|parcel|delivery|logistics|travel agency|tour\w*|software|app developer|telephone|telecom\w*|internet provider|"
    r"plumber\w*|electrician\w*|builders?|removals?|movers|furniture|fashion|electronics|friseur\w*|werkstatt|gasthof|gasthaus|backerei|museo|musee|tienda|magasin|boutique|peluqueria|negozio|loja|winkel|sklep|kino)(?!\w)"
)
# Whom a review only speaks of where they work. Not "a doctor" nor "my lawyer": guests of hotels have them as well.
_STAFF = re.compile(
    r"(?<!\w)(?:(?:the|this|my|our|your|their|that) (?:\w+ )?(?:dentists?|orthodontists?|surgeons?|psychiatrists?|psychologists?|physio(?:therapist)?s?|midwi(?:fe|ves)|pharmacists?|opticians?|notary|"
    r"(?:head ?)?teachers?|p(?:a?e)diatricians?|gyna?ecologists?|dermatologists?|gp|nursing home|care home|law firm|dental practice)|(?:the|this) doctor|(?:the|this|our|your) (?:solicitors?|lawyers?|attorneys?)|my doctor (?:here|at this|there)|"
    r"(?:der|die|meine?|dieser?) (?:zahn\w+|haus|frauen|haut|kinder)?(?:arzt|arztin)|(?:el|la|mi) dentista|(?:le|la|mon|ma) dentiste|(?:il|la|mio|mia) dentista|(?:de|mijn) (?:tandarts|huisarts))(?!\w)"
)
_FLAGS = ("is_protected_sector", "protected_sector", "is_protected", "protected")
_TRADES = ("sector", "trade", "business", "business_type", "industry")
_PLACES = ("location", "place", "category")  # a name, which tells a trade or nothing


def protected_in(words: str) -> bool | None:
    """Whether the words name a protected trade, or say so; None where they name none that is known."""
    folded = fold(words)
    if _OFF.search(folded):
        return False
    if _ON.search(folded):
        return True
    protected, is_open = _PROTECTED.search(folded), _OPEN.search(folded)
    if protected and is_open:
        return protected.start() < is_open.start()  # "hotel with a health centre"
    if not protected and not is_open:
        return None
    return bool(protected)


def protected_by(*told: Mapping[str, Any]) -> bool | None:
    """The same of objects: a flag has the last word, then the trade, then the name of the place."""
    flags = [_flag(one[key]) for one in told for key in _FLAGS if one.get(key) not in (None, "")]
    if flags:
        return any(flags)
    trades = [protected_in(words) for words in _values(told, _TRADES)]
    if any(trades) or any(protected_in(words) for words in _values(told, _PLACES)):
        return True
    return False if False in trades else None


def speaks_of_staff(review: str) -> bool:
    """Whether a review complains of somebody who works in a protected sector."""
    return bool(_STAFF.search(fold(review)))


def _flag(given: Any) -> bool:
    return fold(given).strip() not in ("no", "false", "off", "none", "0") if isinstance(given, str) else bool(given)


def _values(told: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> list[str]:
    return [str(one[key]) for one in told for key in keys if one.get(key)]
