"""Read from the records of a case what an answer may say was done. The words of a record are never repeated.

Only tasks, contacts, messages and notes that tell of something in the past count; an unclear record is left out, for
an answer must not claim what nobody did. Who did it is not told either: the house speaks, not whoever signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..folding import fold
from ..patterns import compile_folded
from ..rubric.types import Record, RecordKind
from .bank import StepKind

MOST_STEPS = 2
_WITH_GUEST = frozenset({StepKind.WROTE, StepKind.REACHED})
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
            "team", "briefing", "meeting", "staff", "colleague", "crew", "shift", "kitchen", "cook", "chef", "waiter",
            "waitress", "equipo", "reunion", "personal", "companer", "cociner", "camarer", "mitarbeit", "kolleg",
            "schicht", "kuche", "koch", "kellner", "belegschaft", "equipe", "personnel", "collegue", "cuisin",
            "serveu", "riunione", "squadra", "colleg", "cuoc", "camerier", "equipa", "pessoal", "cozinheir",
            "funcionari", "personeel", "collega", "medewerk", "kok", "ober", "zespol", "personel", "kelner", "kuchar",
            "pracowni",
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
_SPEAKS = compile_folded(
    [
        "spoke", "speak", "talk", "brief", "meeting", "discuss", "told", "tell", "habl", "coment", "reunion",
        "gesproch", "sprech", "besproch", "besprech", "teamsitzung", "parle", "discut", "parl", "riunione", "fal",
        "convers", "gesprok", "sprek", "bespr", "overleg", "rozm", "porozm", "omow",
    ]
)  # fmt: skip
# A word to the guest, which a word with the team must not be taken for.
_TO_GUEST = compile_folded(
    [
        r"(?:call|phone|ring|rang|mail|text|contact)\w*(?: \w+){0,3} (?:guest|customer|client|her|him|them)s?\b",
        r"(?:write|wrote|message|tell|told|inform)\w*(?: \w+){0,3} (?:guest|customer|client|her|him|them)s?\b",
        r"(?:answer|reply|talk|speak|spoke)\w*(?: \w+){0,3} (?:guest|customer|client|her|him|them)s?\b",
        r"(?:call|ring|phone|write|get|mail) (?:\w+ )?back\b",
        r"(?:llam|escrib|contact|respond|habl|inform)\w*(?: \w+){0,3} (?:client|huesped|comensal)\w*",
        r"(?:llamar|escribir|contestar|responder)l[eao]s?\b", r"devolver(?:le)? la llamada",
        r"(?:gast|gaste|kund\w+)\b(?: \w+){0,3} \w*(?:ruf|schreib|kontakt|meld|sprech|inform)\w*",
        r"(?:ruf|schreib|kontakt|sprech|gesproch|telefon|meld)\w*(?: \w+){0,3} (?:gast|kund)\w*",
        r"zuruckruf", r"zuruckzuruf", r"ruckruf",
        r"(?:rappel|appel|ecri|repond|contact|parl)\w*(?: \w+){0,3} (?:client|hote|convive)\w*", r"rappeler\b",
        r"(?:richiam|chiam|telefon|scriv|contatt|rispond|parl|inform)\w*(?: \w+){0,3} (?:client|ospit)\w*",
        r"(?:richiamar|chiamar|scriver|risponder)(?:e|l[eao]|gli)\b",
        r"(?:lig|telefon|escrev|contact|contat|respond|fal)\w*(?: \w+){0,3} (?:client|hosped)\w*", r"ligar de volta",
        r"(?:bel|schrij|mail|sprek|gesproken|inform)\w*(?: \w+){0,3} (?:gast|klant)\w*",
        r"(?:gast|klant)\b(?: \w+){0,3} (?:\w*bel|\w*schrij|mail|\w*sprek|inform)\w*", r"terugbel",
        r"(?:zadzwon|oddzwon|napis|odpis|skontakt|rozma|porozma|poinform)\w*(?: \w+){0,3} (?:gosc|klient)\w*",
        r"oddzwon",
    ]
)  # fmt: skip
# What is still to be given is an offer, whatever it is about: never told in public.
_GIVES = compile_folded(
    [
        "refund", "reimburs", "compensat", "voucher", "discount", "gift", r"free\b", "credit", "money", r"pay\b",
        "offer", "exchang", "replacement", r"send\b", "reembols", "devol", "descuento", "regal", r"vale\b", "gratis",
        "abon", "enviar", "erstatt", "ersatz", "gutsch", "rabatt", "geschenk", "geld", "kostenlos", "ruckzahl",
        "entschadig", "umtausch", "schick", "rembours", "remise", "cadeau", "gratuit", "dedommag", "bon d'achat",
        "echang", "envoyer", "rimbors", "buono", "sconto", "omaggio", "spedi", "estorn", "desconto", "ofert",
        "terugbet", "vergoed", "korting", "tegoed", "omruil", "opstur", "zwrot", "zwroc", "rabat", "prezent", "bonif",
        "wysla",
    ]
)  # fmt: skip
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
        "voicemail", "mailbox", "answering machine", r"anrufbeantworter", r"buzon", r"contestador", r"repondeur",
        r"messagerie", r"segreteria", r"caixa postal", r"poczt\w+ glosow\w+",
    ]
)  # fmt: skip
# Who a note or a task is about: what a guest changed, or has changed for them, is no change of how the house works.
_GUEST = compile_folded(
    [
        "guest", "customer", "client", r"gast", r"gaste\w*", r"kund\w+", r"huesped\w*", r"comensal\w*", r"client\w+",
        r"hote\w*", r"ospit\w+", r"hosped\w+", r"klant\w*", r"gosc\w*", r"klient\w*",
    ]
)  # fmt: skip
_OPENERS = frozenset(
    ("please", "bitte", "por", "favor", "prosze", "the", "den", "dem", "der", "die", "el", "la", "le", "il", "lo", "o",
     "a", "al", "au", "aux", "de", "het", "do")
)  # fmt: skip


def steps_on_record(records: Sequence[Record]) -> list[tuple[StepKind, bool]]:
    """What may be told and whether it is done: what is done first, each kind once, two at most.

    What the house did about it goes before a word with the guest, who knows of that.
    """
    found: dict[StepKind, bool] = {}
    for record in records:
        kind = _kind(record)
        if kind is not None:
            found[kind] = found.get(kind, False) or record.is_done
    if StepKind.WROTE in found and found.get(StepKind.REACHED):
        del found[StepKind.REACHED]  # one of both is enough
    return sorted(found.items(), key=lambda step: (not step[1], step[0] in _WITH_GUEST))[:MOST_STEPS]


def promised_by(records: Sequence[Record], kind: StepKind, today: date) -> date | None:
    """The day by which all that is open of a kind was promised; None where something of it has no day to come."""
    days = [record.due for record in records if not record.is_done and _kind(record) is kind]
    ahead = [day for day in days if day is not None and day >= today]
    return max(ahead) if ahead and len(ahead) == len(days) else None


def _kind(record: Record) -> StepKind | None:
    if record.kind is RecordKind.OFFER:
        return None  # never told in public
    if record.kind is RecordKind.MESSAGE:
        return StepKind.WROTE if record.is_done else None
    words = fold(record.words[:_LONGEST])
    if record.is_done and _NOT_DONE.search(words):
        return None
    if record.kind is RecordKind.CONTACT:
        return StepKind.REACHED if record.is_done else None
    if record.kind is RecordKind.NOTE and (not record.is_done or not _PAST.search(words)):
        return None
    if record.kind is RecordKind.TASK and _GIVES.search(words):
        return None
    to_guest = _TO_GUEST.search(words)
    if to_guest and record.kind is RecordKind.TASK:
        # "Find out why he told the guest to calm down" is no word with the guest.
        return StepKind.REACHED if set(words[: to_guest.start()].split()) <= _OPENERS else None
    found = (kind for kind, pattern in _KINDS.items() if pattern.search(words))
    told = (kind for kind in found if kind is not StepKind.TALKED or _is_talk(words, to_guest is not None))
    return next((kind for kind in told if kind is not StepKind.CHANGED or not _GUEST.search(words)), None)


def _is_talk(words: str, is_to_guest: bool) -> bool:
    """With the team, not with the guest."""
    return not is_to_guest and _SPEAKS.search(words) is not None
