"""Find constructions in a draft: what is done, to what, under which condition, and what excuses it.

A rule names the parts that stand in one sentence, in any order; a list of whole phrases would only find the phrases it
was written from. Parts are regular expressions in a short hand, for texts that went through `fold`:

    a blank      blanks, a comma, a hyphen or a quotation mark; one with ? behind it may be missing
    ~            up to four words between
    ~~           up to nine words between
    ^\\W*         the beginning of a sentence
    <review>     a vocabulary of the language, from `vocabulary.py`

Everything is matched inside one sentence, and gaps are counted, so that no text makes the search run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..patterns import compile_folded
from ..text import Span
from .draft import Draft
from .vocabulary import VOCABULARY

_APART = r"[^\w.!?;\n]{1,3}"  # not over a semicolon: what stands behind it is said of something else
_PERHAPS_APART = r"[^\w.!?;\n]{0,3}"
_GAP = rf"(?:{_APART}\w+){{0,4}}?{_APART}"
_LONG_GAP = rf"(?:{_APART}\w+){{0,9}}?{_APART}"
_BEGINNING = r"(?:(?<![\s\S])|(?<=[.!?:][ ])|(?<=\n))\W{0,3}"
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[!=][^)]*\))| \??")
_SLOT = re.compile(r"<(\w+)>")
_BEFORE = 60  # characters in front of a match that may excuse it


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a construction. `unless`: excused by this in the sentence; `before`: by this just in front."""

    needs: tuple[str, ...]
    unless: str = ""
    before: str = ""


Rules = Mapping[str, tuple[Rule, ...]]  # by language


def found(*parts: str, unless: str = "", before: str = "") -> Rule:
    """A rule that hits where all parts stand in one sentence."""
    return Rule(parts, unless, before)


def find(rules: Rules, draft: Draft) -> list[Span]:
    """The spans that the rules of the draft's languages hit, in text order, at most one per sentence and rule."""
    spans = {span for language in draft.languages for span in _find(_compiled_all(rules, language), draft)}
    return sorted(spans)


def _find(rules: tuple[_Compiled, ...], draft: Draft) -> list[Span]:
    return [span for rule in rules for span in rule.hits(draft)]


@dataclass(frozen=True, slots=True)
class _Compiled:
    first: re.Pattern[str]
    others: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None

    def hits(self, draft: Draft) -> list[Span]:
        spans = []
        done = -1
        for match, sentence in self._matches(draft):
            if match.start() < done or match.end() == match.start():
                continue
            if span := self._in_sentence(draft.worded, match.span(), sentence):
                spans.append(span)
                done = sentence[1]
        return spans

    def _matches(self, draft: Draft) -> Iterator[tuple[re.Match[str], Span]]:
        """Matches inside one sentence. One that runs over its end is tried again up to there, lest it hide the next."""
        at = 0
        while found := self.first.search(draft.worded, at):
            sentence = draft.sentence_at(found.start())
            at = max(sentence[1], found.start() + 1)
            match = found if found.end() <= sentence[1] else self.first.search(draft.worded, found.start(), sentence[1])
            if match:
                yield match, sentence
                at = max(match.end(), match.start() + 1)

    def _in_sentence(self, worded: str, span: Span, sentence: Span) -> Span | None:
        start, end = span
        for other in self.others:
            match = other.search(worded, *sentence)
            if match is None:
                return None
            start, end = min(start, match.start()), max(end, match.end())
        if self.unless and self.unless.search(worded, *sentence):
            return None
        if self.before and self.before.search(worded[max(sentence[0], span[0] - _BEFORE) : span[0]]):
            return None
        return start, end


# Rules are constants of their modules and live as long as the program: their identity is a safe key.
_COMPILED: dict[tuple[int, str], tuple[_Compiled, ...]] = {}


def _compiled_all(rules: Rules, language: str) -> tuple[_Compiled, ...]:
    key = (id(rules), language)
    if key not in _COMPILED:
        given = rules.get(language, ())
        plain = [rule.needs[0] for rule in given if len(rule.needs) == 1 and not rule.unless and not rule.before]
        some = [rule for rule in given if len(rule.needs) > 1 or rule.unless or rule.before]
        compiled = [_compile(rule, language) for rule in some]
        if plain:
            compiled.append(_Compiled(_words(tuple(plain), language), (), None, None))
        _COMPILED[key] = tuple(compiled)
    return _COMPILED[key]


def _compile(rule: Rule, language: str) -> _Compiled:
    first, *others = [_words((part,), language) for part in rule.needs]
    return _Compiled(
        first,
        tuple(others),
        _words((rule.unless,), language) if rule.unless else None,
        re.compile(r"(?<!\w)(?:" + expand(rule.before, language) + r")\W*$") if rule.before else None,
    )


def pattern(entry: str, language: str) -> re.Pattern[str]:
    """One part of a construction, compiled, for modules that search by themselves."""
    return _words((entry,), language)


@cache
def _words(entries: tuple[str, ...], language: str) -> re.Pattern[str]:
    return compile_folded([expand(entry, language) for entry in entries], then=r"(?!\w)").pattern


def expand(entry: str, language: str) -> str:
    """The short hand written out."""
    words = VOCABULARY.get(language, {})
    for _ in range(3):  # a vocabulary may name another
        entry = _SLOT.sub(lambda slot: f"(?:{words[slot.group(1)]})", entry)
    entry = entry.replace("^\\W*", _BEGINNING).replace(" ~~ ", _LONG_GAP).replace(" ~ ", _GAP)
    return _blanks(entry)


def _blanks(entry: str) -> str:
    """Plain blanks stand for what parts words; those inside a class or a look-behind stay."""
    return _BLANK.sub(lambda match: match.group(1) or (_PERHAPS_APART if match.group() == " ?" else _APART), entry)
