"""Lines of an answer before they are written out: what may be said, why, and what goes first when room is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..rubric.types import PlatformRules
from .bank import Phrases
from .choice import Chooser
from .types import Part, Sentence, Why

MOST_WORDS, MOST_WORDS_OF_PRAISE = 150, 60  # S07
UNKNOWN_MOST_CHARS = 1_000  # where a platform's limit is not known, a hint comes from there on
NEEDED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence to be. `spare`: NEEDED, or how soon it is left out: the highest goes first."""

    part: Part
    phrases: Phrases
    why: Why
    slots: Mapping[str, str] = field(default_factory=dict)
    built_from: tuple[str, ...] = ()
    spare: int = NEEDED
    opens_paragraph: bool = False
    greeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    line: Line
    text: str

    def sentence(self) -> Sentence:
        line = self.line
        return Sentence(part=line.part, text=self.text, why=line.why, built_from=line.built_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How long the answer may be."""

    words: int
    chars: int
    byte_count: int | None
    signature: str

    def holds(self, written: Sequence[Written]) -> bool:
        text = laid_out(written, self.signature, is_short=self.is_short)
        if self.byte_count is not None and len(text.encode()) > self.byte_count:
            return False
        return len(text) <= self.chars and sum(len(one.text.split()) for one in written) <= self.words

    @property
    def is_short(self) -> bool:
        return self.chars < UNKNOWN_MOST_CHARS


def room_of(platform: PlatformRules, signature: str, *, words: int) -> Room:
    chars = platform.most_chars if platform.most_chars is not None else UNKNOWN_MOST_CHARS
    if platform.most_chars is None and platform.most_bytes is not None:
        chars = platform.most_bytes
    return Room(words=words, chars=chars, byte_count=platform.most_bytes, signature=signature)


def laid_out(written: Sequence[Written], signature: str, *, is_short: bool) -> str:
    """The sentences in paragraphs and the signature on a line of its own."""
    text = ""
    for one in written:
        between = "\n\n" if one.line.opens_paragraph and not is_short else " "
        text = f"{text}{between}{one.text}" if text else one.text
    return f"{text}\n{signature}"


def write(lines: Sequence[Line], room: Room, chooser: Chooser, capitals: frozenset[str]) -> list[Written]:
    """The lines that have room, written out. What is needed stays as long as anything else can go."""
    written = [_written(line, chooser.pick(line.part, line.phrases), chooser, capitals) for line in lines]
    while not room.holds(written):
        if room.is_short and _shorten(written, chooser, capitals):
            continue  # where every letter counts, fewer words come before fewer points
        spare = max(written, key=lambda one: one.line.spare, default=None)
        if spare is not None and spare.line.spare > NEEDED:
            written.remove(spare)
        elif not _shorten(written, chooser, capitals):
            break
    return written


def _shorten(written: list[Written], chooser: Chooser, capitals: frozenset[str]) -> bool:
    """Says one sentence in fewer letters, the one that gains most; False where all are as short as they get."""
    shortest = [_shortest(one.line, chooser, capitals) for one in written]
    gains = [len(one.text) - len(other.text) for one, other in zip(written, shortest, strict=True)]
    if max(gains, default=0) <= 0:
        return False
    at = gains.index(max(gains))
    written[at] = shortest[at]
    return True


def _shortest(line: Line, chooser: Chooser, capitals: frozenset[str]) -> Written:
    """Of openings only one that the last ten answers did without, as long as there is one."""
    plain, phrases = replace(line, greeting=""), line.phrases
    if line.part is Part.OPENING:
        phrases = tuple(phrase for phrase in phrases if not chooser.staleness(phrase)) or phrases
    return min((_written(plain, phrase, chooser, capitals) for phrase in phrases), key=lambda one: len(one.text))


def _written(line: Line, phrase: str, chooser: Chooser, capitals: frozenset[str]) -> Written:
    text = chooser.render(phrase, line.slots)
    if line.greeting:
        text = f"{line.greeting} {_continued(line.greeting, text, capitals)}"
    return Written(line=line, text=text)


def _continued(greeting: str, text: str, capitals: frozenset[str]) -> str:
    """Behind a comma or a colon a sentence goes on in small letters, but for words that are always written large."""
    if greeting[-1] not in ",:" or text.split(maxsplit=1)[0].strip(",.;:") in capitals:
        return text
    return text[:1].lower() + text[1:]
