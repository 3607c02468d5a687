"""Read from the records of a case what an answer may say was done. The words of a record are never repeated.

Only tasks, contacts and notes that tell of something in the past count; an unclear record is left out, for an answer
must not claim what nobody did.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..folding import fold
from ..patterns import compile_folded
from ..rubric.types import Record, RecordKind
from .bank import StepKind

MOST_STEPS = 2
_LONGEST = 600  # characters of a record that are read
_KINDS = {
    StepKind.BILL: compile_folded(
        [
            "bill", "invoice", "charge", "receipt", "payment", "factur", "cuenta", "cobro", "rechnung", "abrechnung",
            "addition", "paiement", "fattura", "conto", "scontrin", "fatura", "conta", "cobran", "rekening",
            "factuur", "rachun", "paragon",
        ]
    ),
    StepKind.REPAIRED: compile_folded(
        [
            "repair", "fix", "replac", "mend", "repar", "arregl", "sustitu", "reparier", "instand", "ersetz",
            "austausch", "repare", "reparation", "remplac", "ripar", "sostitu", "consert", "substitu", "gerepareerd",
            "reparatie", "vervang", "vervangen", "naprawi", "napraw", "wymieni", "wymian",
        ]
    ),
    StepKind.CHANGED: compile_folded(
        [
            "chang", "rota", "procedure", "process", "train", "cambi", "turnos", "procedim", "formacion", "ander",
            "geander", "dienstplan", "ablauf", "schul", "geschul", "modifi", "planning", "formation", "turni",
            "procedur", "formazione", "alter", "escala", "formacao", "gewijzigd", "wijzig", "rooster", "werkwijze",
            "zmien", "zmian", "grafik", "szkol",
        ]
    ),
    StepKind.TALKED: compile_folded(
        [
            "spoke", "spoken", "talk", "team", "briefing", "meeting", "staff", "habl", "equipo", "reunion",
            "gesproch", "sprech", "besproch", "besprech", "teamsitzung", "parle", "parler", "equipe", "parlat",
            "parlare", "riunione", "squadra", "fal", "conversa", "equipa", "gesproken", "spreken", "overleg", "rozm",
            "zespol",
        ]
    ),
    StepKind.LOOKED: compile_folded(
        [
            "look", "check", "review", "investigat", "revis", "comprob", "investig", "gepruft", "pruf", "nachgeseh",
            "untersuch", "verifi", "examin", "controll", "analis", "averigu", "nagekeken", "nakijken", "uitgezocht",
            "sprawdz", "wyjasn",
        ]
    ),
}  # fmt: skip
_PAST = compile_folded(
    [
        "spoke", "spoken", "talked", "checked", "looked", "reviewed", "repaired", "fixed", "replaced", "changed",
        "trained", "went through", r"hable", r"hablo con", r"he hablado", r"hemos \w+ado", r"revise\b", r"revisado",
        r"comprobado", r"reparado", r"cambiado", r"gesprochen", r"besprochen", r"gepruft", r"nachgesehen",
        r"repariert", r"ersetzt", r"geandert", r"ausgetauscht", r"(?:j'ai|on a|nous avons) \w+", r"ho \w+",
        r"abbiamo \w+", r"falei", r"falamos", r"verifiquei", r"verificamos", r"reparamos", r"alteramos", r"gesproken",
        r"nagekeken", r"gerepareerd", r"vervangen", r"gewijzigd", r"rozmawia", r"sprawdzil", r"naprawil", r"wymienil",
        r"zmienil",
    ]
)  # fmt: skip
_NOT_DONE = compile_folded(
    [
        r"not\b", r"n't", r"no one", r"nobody", r"never", r"must", r"should", r"need to", r"to do", r"todo",
        r"tomorrow", r"will\b", r"no\b", r"aun no", r"manana", r"hay que", r"debe", r"nicht", r"noch", r"muss",
        r"soll", r"morgen", r"pas\b", r"demain", r"doit", r"il faut", r"non\b", r"domani", r"deve", r"bisogna",
        r"nao\b", r"amanha", r"niet", r"nog\b", r"moet", r"nie\b", r"jutro", r"trzeba",
    ]
)  # fmt: skip


def steps_on_record(records: Sequence[Record]) -> list[tuple[StepKind, bool]]:
    """What may be told and whether it is done: what is done first, each kind once, two at most."""
    found: dict[StepKind, bool] = {}
    for record in records:
        kind = _kind(record)
        if kind is not None:
            found[kind] = found.get(kind, False) or record.is_done
    return sorted(found.items(), key=lambda step: not step[1])[:MOST_STEPS]


def _kind(record: Record) -> StepKind | None:
    if record.kind is RecordKind.CONTACT:
        return StepKind.REACHED if record.is_done else None
    if record.kind is RecordKind.OFFER:
        return None  # never told in public
    words = fold(record.words[:_LONGEST])
    if record.kind is RecordKind.NOTE and (not record.is_done or not _PAST.search(words)):
        return None
    if record.is_done and _NOT_DONE.search(words):
        return None
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), None)
