"""Mask what names a person or reaches one, before a text leaves: placeholders such as [NAME_1] stand in its place.

Rules, so not everything: a rare first name in small letters stays. Whoever sends sees the text first. Better one word
too many than one too few: capitals within a sentence are masked in every language but German, where nouns have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..folding import fold
from ..text import Span, split_sentences
from .given_names import COMMON_WORDS, GIVEN_NAMES

PLACEHOLDER = re.compile(r"\[(?:NAME|MAIL|LINK|PHONE|NUMBER|ADDRESS)_\d{1,3}\]")
_LONGEST = 20_000  # characters that are read; what stands behind is not sent
_LEAST_NAME = 2  # letters of a name: "Jo" is one, "J." is none
_HIGH = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮİŁĽŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_NAME = rf"{_HIGH}[\w'’-]{{1,30}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mister|Madam|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mademoiselle|Mme|Mlle|Señora?|Señorita|Sra?|"
    r"Don|Doña|Signora?|Sig|Senhora?|Dona|Meneer|Mevrouw|Mevr|Dhr|[Dd]e heer|Pani?|Panu|Panem|Panią)\b\.?"
)
# "my wife Anna", "the waiter called Marco", "unser Kellner Jonas".
_RELATION = (
    r"(?i:wife|husband|son|daughter|mother|father|mum|mom|dad|sister|brother|friend|partner|colleague|boss|named|"
    r"called|name is|name was|waiter|waitress|manager|owner|receptionist|nurse|chef|driver|by|frau|mann|sohn|tochter|"
    r"mutter|vater|schwester|bruder|freund|freundin|kollegin|kollege|namens|heiße|heisse|hieß|kellner|kellnerin|"
    r"chefin|fahrer|inhaber|inhaberin|esposa|marido|hijo|hija|madre|padre|amiga|amigo|llamad[oa]|camarer[oa]|femme|mari|"
    r"fils|fille|ami|amie|nomm[ée]e?|serveur|serveuse|moglie|marito|figlio|figlia|chiamat[oa]|camerier[ea]|mulher|filho|"
    r"filha|chamad[oa]|empregad[oa]|vrouw|man|zoon|dochter|vriend|vriendin|genaamd|ober|serveerster|żona|mąż|syn|córka|"
    r"imieniu|kelner|kelnerka)"
)
_OF_A_NUMBER = (
    r"(?i:room|suite|apartment|cabin|pitch|booking|reservation|order|invoice|reference|ref|confirmation|customer|policy|"
    r"ticket|case|account|card|member(?:ship)?|passport|flight|zimmer|buchung\w*|reservierung\w*|bestell\w*|rechnung\w*|"
    r"kunden\w*|vorgang\w*|karte|habitaci[oó]n|reserva|pedido|factura|tarjeta|chambre|r[ée]servation|commande|facture|"
    r"carte|camera|prenotazione|ordine|fattura|carta|quarto|encomenda|fatura|cart[ãa]o|kamer|boeking\w*|reservering\w*|"
    r"bestelling|factuur|kaart|pok[oó]j\w*|rezerwacj\w*|zam[oó]wieni\w*|faktur\w*|kart\w*)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "MAIL",
        re.compile(r"[^\s<>(),;:\"'\[\]]+\s?(?:@|\(at\)|\[at\]|\{at\})\s?[^\s<>(),;:\"'\[\]]+[\w]", re.IGNORECASE),
    ),
    ("NAME", re.compile(r"(?<![\w@])@[\w.]{2,40}")),
    (
        "LINK",
        re.compile(
            r"(?:https?://|www\.)[^\s<>\"\[\]]*[\w/=#-]|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|io|app|eu|co\.uk|uk|"
            r"de|at|ch|es|fr|it|pt|nl|be|pl|example|test)(?:/[^\s<>\"\[\]]*[\w/])?(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("NUMBER", re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?!\w)")),  # IBAN
    ("PHONE", re.compile(r"(?<![\w.,])(?:\+|00|\(?0)[\d\s()/.-]{5,22}\d(?!\w)")),
    ("NUMBER", re.compile(r"(?<![\w.,])\d(?:[ ()/.-]{0,2}\d){4,24}(?!\w)")),
    (
        "NUMBER",
        re.compile(
            rf"(?<!\w){_OF_A_NUMBER}\W{{1,3}}(?:(?i:number|no|nr|n[ºo°]|num(?:ber|éro|ero)?|code|id|is|was|ist|war)\W{{1,3}})"
            rf"{{0,2}}(#?[\w/-]*\d[\w/-]*)"
        ),
    ),
    ("NUMBER", re.compile(r"(?<!\w)#\d+|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[A-Z0-9][A-Z0-9-]{4,30}(?![\w-])")),
    ("NUMBER", re.compile(r"(?<!\w)[A-Z]{1,3}[- ][A-Z]{1,3}[- ]?\d{1,4}(?!\w)")),  # a number plate
    (
        "ADDRESS",
        re.compile(
            rf"(?<!\w)(?:[\w-]+(?i:straße|strasse|str\.|gasse|platz|weg|allee)|(?i:calle|avenida|rue|avenue|via|viale|piazza|"
            rf"rua|ulica|ul\.)\s(?:[\w'’-]+\s){{0,3}}?[\w'’-]+,?)\s\d{{1,4}}\s?[a-z]?(?!\w)|"
            rf"(?<!\w)\d{{1,4}}[a-z]?\s(?:{_NAME}\s){{1,3}}(?i:street|st|road|rd|avenue|ave|lane|drive|close|square)(?!\w)"
        ),
    ),
    (
        "NAME",
        re.compile(rf"(?<!\w){_TITLE}\s+((?:(?:de|van|von|der|den|la|di|da|dos|le)\s+){{0,2}}{_NAME}(?:\s{_NAME})?)"),
    ),
    ("NAME", re.compile(rf"(?<!\w){_RELATION}\s+({_NAME}(?:\s{_NAME})?)")),
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_TWO_NAMES = re.compile(rf"(?<!\w){_NAME}\s{_NAME}(?!\w)")


def reached_at(text: str) -> tuple[str, ...]:
    """Mail addresses, links and telephone numbers of a text, as they are written."""
    kinds = ("MAIL", "LINK", "PHONE")
    return tuple(match[0] for kind, pattern in _PATTERNS if kind in kinds for match in pattern.finditer(text))


@dataclass(slots=True)
class Mask:
    """Masks texts that belong together: the same value has the same placeholder in each.

    `names` are those known: of the writer, of colleagues. `plain` are words that name no person: of the place.
    """

    language: str
    names: Iterable[str] = ()
    plain: Iterable[str] = ()
    _values: dict[str, str] = field(default_factory=dict)  # by placeholder
    _known: frozenset[str] = field(default=frozenset())
    _free: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        words = {fold(part) for name in self.names for word in _WORD.findall(name) for part in (word, *_parts(word))}
        self._known = frozenset(word for word in words if len(word) >= _LEAST_NAME and word not in COMMON_WORDS)
        self._free = COMMON_WORDS | {fold(word) for name in self.plain for word in _WORD.findall(name)}

    def mask(self, text: str) -> str:
        """The text with placeholders."""
        text = PLACEHOLDER.sub("", text[:_LONGEST])  # what looks like one of ours is none
        for kind, pattern in _PATTERNS:
            text = self._put(text, kind, [match.span(1 if pattern.groups else 0) for match in pattern.finditer(text)])
        return self._put(text, "NAME", list(self._names_in(text)))

    def unmask(self, text: str, *, of: str) -> str:
        """The values put back of those placeholders that stand in `of`; any other is left out, with its blank."""
        kept = set(PLACEHOLDER.findall(of))
        filled = PLACEHOLDER.sub(lambda match: self._values.get(match[0], "") if match[0] in kept else "", text)
        filled = re.sub(r"[ \t]{2,}", " ", filled)
        return re.sub(r"[ \t]+([,.;:!?])", r"\1", filled).strip()

    @property
    def masked(self) -> int:
        """How many values were masked."""
        return len(self._values)

    def _put(self, text: str, kind: str, spans: list[Span]) -> str:
        """Placeholders for these pieces, the last first, so that positions stay. Nothing within a placeholder."""
        taken = [match.span() for match in PLACEHOLDER.finditer(text)]
        last = len(text) + 1
        for start, end in sorted(set(spans), reverse=True):
            if end > last or start == end or any(start < stop and begin < end for begin, stop in taken):
                continue
            text = text[:start] + self._placeholder(kind, text[start:end]) + text[end:]
            last = start
        return text

    def _placeholder(self, kind: str, value: str) -> str:
        prefix = f"[{kind}_"
        for name, known in self._values.items():
            if name.startswith(prefix) and fold(known) == fold(value):
                return name
        name = f"{prefix}{sum(one.startswith(prefix) for one in self._values) + 1}]"
        self._values[name] = value
        return name

    def _names_in(self, text: str) -> Iterator[Span]:
        within = [match.span() for match in PLACEHOLDER.finditer(text)]
        if self.language == "de":
            for match in _TWO_NAMES.finditer(text):
                words = [fold(word) for word in match[0].split()]
                if words[0] in GIVEN_NAMES:
                    yield match.span()
        starts = {start for start, _ in split_sentences(text)} | {match.end() for match in re.finditer(r"\n\s*", text)}
        for match in _WORD.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in within):
                continue
            if self._is_name(match[0], is_first=start in starts or _opens(text, start)):
                yield start, end

    def _is_name(self, word: str, *, is_first: bool) -> bool:
        folded = fold(word)
        stem = re.sub(r"['’]s?$", "", folded)
        if folded in self._known or stem in self._known or any(fold(part) in self._known for part in _parts(word)):
            return True
        if stem in self._free or len(stem) < _LEAST_NAME:
            return False
        if stem in GIVEN_NAMES:
            return True
        is_titled = word[0].isupper() and word[1:].lower() == word[1:]
        return is_titled and not is_first and self.language != "de" and "'" not in stem


def _parts(word: str) -> list[str]:
    """The names of a double name; the letter before an apostrophe is none."""
    found = re.split(r"['’-]", word)
    return [part for part in found if len(part) > _LEAST_NAME] if len(found) > 1 else []


def _opens(text: str, start: int) -> bool:
    """Whether a capital there says nothing: behind the end of a sentence, a quotation mark or a bracket."""
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?…:;"“„«(*-–—•'
