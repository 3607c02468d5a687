"""W04, W06 and S05: what is promised, what is said to be done, and what happens next, matched with the case."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from functools import lru_cache

from ..folding import fold
from ..text import Span
from . import contacts
from .draft import Draft
from .excused import ruled_languages
from .types import Record, RecordKind
from .verdict import Verdict, must_not, should
from .wording import find, pattern
from .wordings import reported
from .wordings.actions import REFUNDS, ROUTES, TASKS, TOUCHES
from .wordings.promises import ABSOLUTE

_KINDS = (
    (REFUNDS, frozenset({RecordKind.OFFER})),
    (TOUCHES, frozenset({RecordKind.CONTACT, RecordKind.MESSAGE, RecordKind.NOTE})),
    (TASKS, frozenset({RecordKind.TASK, RecordKind.NOTE})),
)
# An entry in fewer words than this says that something was done, not what: its kind has to do.
_TELLING_WORDS = 4
_TELLING_KINDS = frozenset({RecordKind.OFFER, RecordKind.CONTACT, RecordKind.MESSAGE})  # these say it by their kind
_NEXT_CLAUSE = re.compile(r"[,;:]|(?<!\w)(?:and|but|then|y|pero|et|mais|und|aber|e|ma|mas|en|maar|i|oraz|ale)(?!\w)")
_WORD = re.compile(r"\w{4,}")
_COMMON = re.compile(
    r"task|note|with|from|that|this|have|been|were|they|them|their|about|after|before|done|closed|open|guest|review|reply|customer|case|talk|said|will|would|your|ours|team|person"
)

# A clause that only vouches for the rest of its sentence: ", I promise".
_VOUCHES = re.compile(
    r"\W*(?:\w+ ){0,3}(?:promis|guarant|word|assur|promet|garant|palabra|parol|promett|verspr|wort|palavra|belo|woord|obiec|slow|gwarant)\w*(?: \w+){0,2}\W*"
)
# What a task is called, who has it and until when; the rest is what it is about.
_OF_A_TASK = re.compile(r"(?<!\w)(?:tasks?|follow[- ]?ups?|owner|due)(?!\w)")
_BESIDE_SUBJECT = re.compile(
    r"(?<!\w)(?:owner:?(?: (?!and |on |with |is )\w+)?|due(?: (?:date|on|by))*:?(?: next| this)?(?: \w+day)?|date|deadline|matching|existing|exists|assigned|"
    r"follow[- ]?ups?|tasks?|on file|file|on record|record|tomorrow|today|tonight|next week|week|month|morning|evening|noon|"
    r"\w+day|january|february|march|april|june|july|august|september|october|november|december|sept|\d[\w./:-]*)(?!\w)"
)


def check_w04(draft: Draft) -> Verdict:
    """A promise with a date passes where a task of the case, open or done, is about the same thing."""
    return must_not(draft, [span for span in find(ABSOLUTE, draft) if not is_a_task(draft, span)])


def check_w06(draft: Draft) -> Verdict:
    done = [record for record in draft.context.records if record.is_done]
    open_spans = [
        span
        for rules, kinds in _KINDS
        for span in find(rules, draft)
        if not _is_admitted(draft, span) and not any(_backs(record, kinds, draft, span) for record in done)
    ]
    return must_not(draft, open_spans)


def _is_admitted(draft: Draft, span: Span) -> bool:
    """Whether the words tell, in the same breath, what we did wrong or did not do, and so claim no step."""
    start, end = draft.sentence_at(span[0])
    for tag in ruled_languages(draft):
        said = [match.end() for match in pattern(reported.ADMITTED[tag], tag).finditer(draft.folded, start, end)]
        if any(at <= span[1] and not _NEXT_CLAUSE.search(draft.folded, at, max(at, span[0])) for at in said):
            return True
        if pattern(reported.NOT_DONE[tag], tag).search(_clause(draft, span)):
            return True
    return False


def _backs(record: Record, kinds: frozenset[RecordKind], draft: Draft, span: Span) -> bool:
    """An entry about the same thing, or one of the right kind that does not say about what it is."""
    if record.kind in kinds and _is_terse(record):
        return True
    return _shares(draft, span, record) or _in_other_words(draft, span, record)


def _is_terse(record: Record) -> bool:
    return record.backs_any and (record.kind in _TELLING_KINDS or len(_stems(fold(record.words))) < _TELLING_WORDS)


def is_on_record(draft: Draft, sentence: Span) -> bool:
    """Whether an entry backs a sentence that a model took for a claim: it cannot know the case."""
    return any(
        _shares(draft, sentence, record)
        or _in_other_words(draft, sentence, record)
        or (record.backs_any and len(_stems(fold(record.words))) < _TELLING_WORDS)
        for record in draft.context.records
        if record.is_done
    )


def is_a_task(draft: Draft, sentence: Span) -> bool:
    """Whether a promise is a task of the case: about the same thing, or one that names only its owner and its date."""
    if _VOUCHES.fullmatch(_clause(draft, sentence)):
        sentence = draft.sentence_at(sentence[0])
    return any(
        _shares(draft, sentence, record) or _in_other_words(draft, sentence, record) or _names_no_subject(record)
        for record in draft.context.records
        if record.kind is RecordKind.TASK
    )


def _names_no_subject(record: Record) -> bool:
    """ "Task on file: owner Ana, due tomorrow"."""
    folded = fold(record.words)
    return bool(_OF_A_TASK.search(folded)) and not _stems(_BESIDE_SUBJECT.sub(" ", folded))


def _shares(draft: Draft, span: Span, record: Record) -> bool:
    """A longer word in common, by its stem."""
    return bool(_stems(_clause(draft, span)) & _stems(fold(record.words)))


def _in_other_words(draft: Draft, span: Span, record: Record) -> bool:
    """The same kind of action or the same topic, in whichever language the entry is written."""
    told = _subjects(fold(record.words))
    if record.kind in (RecordKind.CONTACT, RecordKind.MESSAGE):
        told |= {"contact"}
    return bool(_subjects(_clause(draft, span)) & told)


def _clause(draft: Draft, span: Span) -> str:
    """What is said in one breath: "we retrained the shift and refunded you" are two claims."""
    start, end = draft.sentence_at(span[0])
    before = list(_NEXT_CLAUSE.finditer(draft.folded, start, span[0]))
    after = _NEXT_CLAUSE.search(draft.folded, span[1], end)
    return draft.folded[before[-1].end() if before else start : after.start() if after else end]


def _stems(folded: str) -> frozenset[str]:
    return frozenset(word[:5] for word in _WORD.findall(folded) if not _COMMON.fullmatch(word))


# What is done, as stems in every language: an entry in the language of the office stands for a sentence in the guest's.
_ACTS = {
    "money": r"refund|reimburs|credit|fee|money|ticket|paid|payment|compensat|voucher|reembols|devol|abon|rembours|erstatt|gutschr|geld|rimbors|accredit|estorn|terugbet|geld|zwr[oó]|pieni",
    "contact": r"contact|kontak|contat|touch|verbindung|call|phone|rang|telephon|voicemail|mail|letter|message|wrote|written|llam|escri|correo|appel|ecri|courriel|anruf|angeruf|geschrieb|geschrev|brief|chiam|scri|telefon|lig|gebeld|gemaild|dzwon|pisa|wiadom",
    "talk": r"talk|spok|speak|discuss|meeting|brief|remind|told|habl|reuni|parl[eéaio]|discut|gespr|sprech|besproch|falam|falei|convers|gesprok|rozmaw|omowi|shift|team|staff|equip|personal|schicht|zesp",
    "train": r"train|coach|form[ea]|schul|curso|kurs|opleid|szkol|bijgesch",
    "repair": r"repair|ripar|fix|replac|mend|install|engineer|plumber|technic|repar|arregl|sustit|rempl|ersetz|ausget|behob|techniker|sostit|substit|conserta|vervang|gerepar|napraw|wymien|montag",
    "clean": r"clean|disinf|limpi|nettoy|rein(?:ig)|putz|pulit|pulizi|limp|schoonm|gereinig|czysc|sprzat",
    "check": r"check|repas|inspect|review|look|investig|examin|audit|revis|comprob|verif|control|prüf|pruf|geprüf|nachgeseh|untersuch|kontroll|controll|onderz|nagek|sprawdz|skontrol|zbada",
    "change": r"chang|alter|edit|updat|correct|corrig|correg|korrig|rewr|geander|korrekt|neu geschr|umgeschr|delet|gelosch|suppr|borra|cancell|usun|rota|schedul|process|proced|checklist|rule|hire|recruit|second|extra|cambi|turno|contrat|modif|embauch|ander|gewijzig|plan|einstell|cambiat|assun|mud[ae]|wijzig|aangepas|aangenom|zmien|zatrud|grafik",
    "pass": r"pass|forward|report|inform|ask|transm|weiter|inoltr|encaminh|doorgegev|przekaz",
    "dismiss": r"dismiss|fired|let go|warn|disciplin|despid|sancion|licenci|entlass|abgemahn|ontslag|zwoln",
}


@lru_cache(maxsize=512)
def _subjects(folded: str) -> frozenset[str]:
    return frozenset(act for act, pattern in _acts().items() if pattern.search(folded))


@lru_cache(maxsize=1)
def _acts() -> dict[str, re.Pattern[str]]:
    return {act: re.compile(rf"(?<!\w)(?:{fold(pattern)})") for act, pattern in _ACTS.items()}


def check_s05(draft: Draft) -> Verdict:
    """A route to somebody, a contact of our own, or a dated step of the writer's."""
    own = [span for span in (*contacts.mails(draft), *contacts.phones(draft)) if contacts.is_own(draft, span)]
    return should(draft, own or find(ROUTES, draft))
