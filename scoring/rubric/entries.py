"""What the words of one entry of a case say: nothing, an act, that it is done or still open, and of which kind.

Offline: for measuring only. Words are folded; languages are mixed, as the office writes them.
"""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re

from ..folding import fold
from .types import RecordKind

_STATE = (
    r"still|open|undecided|planned|pending|due|overdue|to[- ]do|todo(?=:)|unassigned|unpaid|unissued|unsent|undone|in (?:progress|process|preparation)|ongoing|under way|"
    r"awaiting|awaits|waits|waiting|requested|draft\w*|proposed|empty|incomplete|postponed|"
    r"booked for|asked for|scheduled|on order|on (?:the )?agenda|will be|being \w+(?:ed|t|n)|"
    r"to (?:be|begin|start|sign|speak|talk|call|visit|meet|check|decide|confirm)|not yet|"
    r"(?:task|visit|refund|compensation|appointment|training|meeting|talk|call|offer|voucher|repair)s?:? (?:(?:was|is|has been) )?cancell?ed|"
    r"(?:refund|compensation|offer|voucher|payment|credit|claim)s?(?: status| request)?:? (?:\w+ ){0,2}(?:declined|refused|rejected|denied)|"
    r"(?:training|retraining|repairs?|course|task|replacement)s?:? (?:(?:has|have|was|is) )?(?:been )?(?:started|begun)|"
    r"(?:ein)?geplant\w*|angefragt\w*|beantragt\w*|noch|offen\w*|ausstehend\w*|vorgesehen\w*|wartet|bestellt|"
    r"pendientes?|previst[oaei]s?|solicitad[oa]s?|por (?:confirmar|hacer|revisar|fijar)|falta|aun no|todavia no|"
    r"programad[oa]s?|prevue?s?|demandee?s?|a (?:planifier|faire|fixer|confirmer|verifier|agendar|confirmar)|en attente|en cours|"
    r"pas encore|da (?:fissare|fare|confermare|verificare)|in attesa|non ancora|richiest[oaei]|in corso|"
    r"programmat[oaei]|pendentes?|por (?:fazer|marcar)|ainda nao|encomendad[oa]s?|agendad[oa]s?|aguard\w+|"
    r"(?:tarea|tarefa|tache|compito|zadanie|sprawa|incidencia)s?\b.{0,90}? (?:abiert|abert|ouvert|apert|otwart)\w+|"
    r"gepland|wacht|moet|nog|aangevraagd|(?:za)?planowan\w*|czeka\w*|jeszcze|do (?:zrobienia|ustalenia)|w toku|"
    r"zamowion\w*|"
    r"(?:erstattung|entschadigung|gutschein|reembolso|devolucion|compensacion|remboursement|rimborso|estorno|terugbetaling|zwrot)\w*:? (?:\w+ ){0,2}(?:abgelehnt|rechazad|refuse|rifiutat|recusad|afgewezen|odrzucon)\w*"
)
_NO = r"nothing|nobody|no(?!-)|none|not|never|without|ningun\w*|aucune?|nessun\w*|nenhum\w*|brak"
# At the beginning they say that there is no entry; further on, in "instructeur geeft geen les", often what was agreed.
_NO_ENTRY = r"kein\w*|nichts|niemand\w*|nada|nadie|rien|niente|niets|geen|nic|nikt"
_OPEN = re.compile(rf"(?<!\w)(?:{_STATE})(?!\w)")
_NEGATION = re.compile(rf"(?<!\w)(?:{_NO}|only|(?<=: )(?:{_NO_ENTRY}))(?!\w)")
# That nobody picked up makes a call no less made.
_NOT_REACHED = re.compile(
    r"(?:no|without|not) (?:answer\w*|repl\w+|respon\w+|reach(?:ed)?|pick\w*)|nobody (?:answer\w*|pick\w*|reach\w*|there|home)|niemand \w+|keine antwort|nicht erreicht|"
    r"sin respuesta|sans reponse|senza risposta|sem resposta|geen (?:antwoord|gehoor)|bez odpowiedzi"
)
_ENDED = re.compile(r"(?<!\w)(?:done|closed|issued|completed|paid|sent)(?!\w)")
_NOT_ENDED = re.compile(rf"(?<!\w)(?:no|not|nothing|never|without|to be|will be|being)(?: \w+){{0,2}} {_ENDED.pattern}")
# Steps that are over once they are named so. A "not" after one of them is about something else.
_DID = re.compile(
    r"(?<!\w)(?:refunded|reimbursed|credited|repaid|reversed|repaired|replaced|fixed|mended|swapped|exchanged|installed|fitted|"
    r"(?:re)?trained|coached|brief(?:ed|ing held)|spoke|spoken|talked|discussed|held|reminded|(?:called|phoned|rang|e-?mailed) (?:the )?(?:guest|customer|client|reviewer)|"
    r"cleaned|inspected|corrected|removed|shipped|delivered|handed over|finished|resolved|solved|"
    r"repariert|ersetzt|(?:aus)?getauscht|erstattet|gutgeschrieben|uberwiesen|gesprochen|geschult|erledigt|abgeschlossen|gereinigt|"
    r"reembolsad[oa]s?|devuelt[oa]s?|abonad[oa]s?|reparad[oa]s?|sustituid[oa]s?|cambiad[oa]s?|hablad[oa]|formad[oa]s?|cerrad[oa]s?|hech[oa]s?|"
    r"remboursee?s?|remplacee?s?|reparee?s?|formee?s?|parle|nettoyee?s?|"
    r"rimborsat[oaei]|sostituit[oaei]|riparat[oaei]|parlato|formato|pulit[oaei]|chius[oaei]|"
    r"reembolsamos|estornad[oa]s?|trocad[oa]s?|substituid[oa]s?|consertad[oa]s?|falad[oa]|fechad[oa]s?|"
    r"terugbetaald|vervangen|gerepareerd|gesproken|afgerond|schoongemaakt|"
    r"zwrocon\w+|wymienion\w+|naprawion\w+|przeszkolon\w+|zamkniet\w+)(?!\w)"
)
_YES = frozenset(("yes", "y", "true", "1", "done", "ok", "ja", "si", "sim", "oui", "tak", "x"))
_NAY = frozenset(("no", "n", "false", "0", "not", "none", "null", "nein", "non", "nao", "nee", "nie", "never"))

_NOTHING = re.compile(
    rf"(?:(?:(?:the )?(?:case[ _]?)?(?:log|records?|file)|on (?:file|record))(?: is| are|:|=| has| contains| says| shows)*\s*)?"
    rf"(?:(?:{_NO}|{_NO_ENTRY}|empty|blank|unlogged|unrecorded|nil|null|n/?a|unknown|absent|missing|sin|sans|senza|sem|zonder|ohne|bez|nie ma)(?!\w)(?! show)|not (?:in|on) |\W*$)"
    r"|(?:\w+ )?\w+ ?[:=]\W*(?:null|none|nil|n/a|0)?\W*$"
)
_MONTH = r"(?:jan|feb|fev|febr|mar|mae|marz|mrt|apr|abr|avr|may|mai|mag|maj|mei|jun|juin|giu|cze|jul|juil|lug|lip|aug|ago|aou|sie|sep|set|wrz|oct|okt|oto|out|ott|paz|nov|lis|dec|dez|dic|gru|ene|gen|sty|lut|kwi)\w*\.?"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|yesterday|today|this (?:morning|week)|last (?:week|night|month)|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|gestern|heute|lunes|martes|miercoles|jueves|viernes|sabado|ayer|hoy|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|hier|lunedi|martedi|mercoledi|giovedi|venerdi|ieri|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|gisteren|ontem|hoje|wczoraj|dzisiaj)"
)
_DATE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th|er)?\.? ?(?:de |of )?{_MONTH}(?!\w)|{_MONTH} \d|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}(?!\d)|\d{{1,2}}:\d\d|{_WEEKDAY}(?!\w)|"
    r"(?:the|am|le|el|il|op de|a|desde el|seit dem|vom) \d{1,2}(?:st|nd|rd|th|e)?\.?(?!\w))"
)
_LEADING_DATE = re.compile(
    rf"(?:[\s:,-]*(?:on )?(?:{_WEEKDAY}\b|\d{{4}}-\d\d-\d\d(?:t[\d:.z+-]*)?|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?\.?(?!\d)|\d{{1,2}}(?:st|nd|rd|th|er)?\.? ?{_MONTH}(?!\w)(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?!\d)|\d{{1,2}}:\d\d))+[\s:,-]*"
)
# Every case has these, so they stand for no step: that it was opened, and who has it.
_ADMINISTRATIVE = re.compile(
    r"(?:(?:the |new )?(?:case|ticket|complaint|file)s? (?:was |is |has been )?(?:opened|open|received|created|imported|assigned|logged|noted)|"
    r"(?:opened|received|created|assigned|imported)(?: (?:to|by|on|from) .*)?$|"
    r"fall (?:eroffnet|angelegt)|caso abierto|dossier ouvert|caso aperto|caso aberto|zaak geopend|sprawa otwarta)"
)
# What the guest did is no step of the house.
_OF_GUEST = re.compile(
    r"(?:the )?reviews? (?:was |is |has been )?(?:opened|received|imported|posted|published|found|flagged|noticed|came in)(?: (?:on|from|via|at) [^,;]*)?\W*(?:\d[^,;]*)?$|"
    r"(?:the )?(?:guest|customer|client|patient|reviewer|diner)s? (?:\w+ )?(?:complain\w+|wrote (?:a|the) review|posted|left (?:a|the) review|is (?:angry|unhappy))|"
    r"(?:bewertung (?:erhalten|eingegangen)|resena recibida|avis recu|recensione ricevuta)\W*(?:\d[^,;]*)?$"
)
_CASE_WORDS = re.compile(
    r"(?<!\w)(?:on file|on record|in the case|log(?:ged)?(?!\w)|tasks?|to-?do|follow-?up|ticket|notes?|noted|compensation|refund|offer|contact|calls?|status|issued|closed|"
    r"done|open|planned|entry|entries|voucher|e-?mail|mail|message|letter|voicemail|repair|order|talk|meeting|invoice|training|visit|interview|claim|quote|"
    r"aufgabe|notiz|vermerk|eintrag|gesprach|anruf|erstattung|ruckerstattung|besprechung|rechnung|protokoll|tarea|nota|llamada|reembolso|devolucion|reunion|charla|expediente|"
    r"tache|note|appel|remboursement|reunion|entretien|dossier|facture|formation|devis|responsab\w+|compito|telefonata|rimborso|riunione|colloquio|archivio|fattura|"
    r"tarefa|cobranca|responsavel|chamada|ligacao|estorno|reuniao|conversa|taak|notitie|gesprek|overleg|terugbetaling|zadanie|notatka|rozmowa|zwrot|telefon|szkolenie)"
)
# The past of a verb, in any of the languages: something happened.
_PAST = re.compile(
    r"(?<!\w)(?!(?:protected|unprotected|reviewed|limited|unlimited|based|rated|named|called the|hundred|indeed|private|climate|estate|data|pirate)(?!\w))"
    r"(?:\w{3,}ed|sent|paid|told|spoke|spoken|rang|held|made|given|gave|taken|took|left|sold|put|met|written|wrote|dug|laid|rebuilt|done|shut|cut|bought|brought|withdrawn|changed|"
    r"\w{2,}(?:ad|id)[oa]s?|\w{3,}(?:ee?s?)(?= (?:le|en|au|par|hier|\d))|\w{2,}(?:at|it|ut)[oai]|(?:\w{0,5}ge\w{3,}(?:t|en|d)|(?:ver|ent|be|er|zer)\w{3,}(?:t|en|d)|\w{3,}iert)|\w{3,}(?:an|on|et)[aoey])(?!\w)"
)
_GUEST = re.compile(
    r"(?<!\w)(?:i (?:was|had|have|am|got|asked|ordered|paid|came|waited|went)|we|me|us|our|my|mi|nuestr\w+|nous|notre|wir|uns|unser\w*|ich|noi|nostr\w+|ons|onze|nasz\w*)(?!\w)"
)
_OFFICE = re.compile(r"(?<!\w)(?:on (?:file|record)|tasks?|notes?|guests?|customers?|clients?|reviewer)(?!\w)")
_PAST_FRENCH = re.compile(r"\w{2,}é(?:e?s?)(?!\w)")

_KINDS = (
    (
        RecordKind.OFFER,
        re.compile(r"refund|compensation|offer|voucher|credit|reimburs|money|payment|gift|goodwill|waive|paid"),
    ),
    (
        RecordKind.CONTACT,
        re.compile(
            r"contact|call|phone|rang|mail|message|letter|wrote|spoke (?:to|with) (?:the )?(?:guest|customer|reviewer)|voicemail"
        ),
    ),
    (RecordKind.NOTE, re.compile(r"note|talk|spoke|meeting|discuss|conversation|told|briefed")),
)
_TASK = re.compile(
    r"(?<!\w)(?:tasks?|follow[- ]?ups?|to-?do|due)(?!\w)|(?<!\w)(?:with|has)(?: an)? owner(?: and| on file|,|$)|[,;(] ?owner(?! \w+(?:ed|ke|ks|ls)(?!\w))(?!\w)|^owner:?(?= \w+,)"
)


def says_nothing(folded: str) -> bool:
    """Whether an entry is none: "nothing on file", "case log: blank", "review received", or no letters at all."""
    words = _without_date(folded)
    return bool(not re.search(r"[^\W\d_]", words) or _NOTHING.match(words) or _of_guest(words))


def _of_guest(words: str) -> bool:
    return bool(_OF_GUEST.match(words)) and not _DID.search(words)


def _without_date(folded: str) -> str:
    words = folded.strip(" .\"'")
    dated = _LEADING_DATE.match(words)
    return words[dated.end() :] if dated else words


def is_administrative(folded: str) -> bool:
    """ "Case opened", "assigned to Elena": it may be told, and backs no other claim."""
    words = _without_date(folded)
    return bool(_ADMINISTRATIVE.match(words)) and not _DID.search(words)


def names_an_act(words: str) -> bool:
    """Whether words about the whole situation tell of the case: a case word, a step, or a date; and not as a guest."""
    folded = fold(words)
    told = (_CASE_WORDS, _PAST, _DATE, _DID, _OPEN)
    return not is_as_a_guest(folded) and bool(_PAST_FRENCH.search(words) or any(sign.search(folded) for sign in told))


def is_as_a_guest(folded: str) -> bool:
    """ "The heater in our room was broken": what the review says, not what the office writes."""
    return bool(_GUEST.search(folded)) and not _DID.search(folded) and not _OFFICE.search(folded)


def state_of(folded: str) -> bool | None:
    """Done, not done, or no word about it. Where both are told, a step that is over outranks a later "not"."""
    told = _NOT_REACHED.sub(" ", folded.replace("_", " "))
    if _ENDED.search(_NOT_ENDED.sub(" ", told)):
        return True
    did, negation = _DID.search(told), _NEGATION.search(told)
    if _OPEN.search(told) or (negation and not (did and did.start() < negation.start())):
        return False
    return True if did else None


def state_of_value(value: object) -> bool | None:
    """The same for the value of "done", "status" or "closed_at": True, "no", "in_progress", a date, None."""
    if value is None or isinstance(value, bool | int | float):
        return bool(value)
    word = " ".join(re.split(r"[\s_-]+", str(value).casefold())).strip()
    if not word or word in _NAY:
        return False
    if word in _YES:
        return True
    if re.fullmatch(
        r"cancell?ed|started|begun|new|todo|missing|blocked|assigned|on hold|declined|refused|rejected|denied", word
    ):
        return False
    return state_of(word)


def is_apart(before: str, clause: str) -> bool:
    """Whether a clause that was not done is about something else than the finished step before it."""
    return state_of(clause) is False and state_of(before) is True and not begins_open(clause)


def begins_open(folded: str) -> bool:
    """Whether a clause is about what was said before it: ", still open"."""
    return bool(re.match(rf"\W*(?:but |and |which is )?(?:{_STATE})(?!\w)", folded))


def is_bare(folded: str) -> bool:
    """Whether it tells how something stands and not what: "task still open"."""
    left = re.sub(rf"(?<!\w)(?:{_STATE}|{_NO}|{_NO_ENTRY}|is|are|the|a)(?!\w)", " ", folded)
    return not re.search(r"\w{3,}", re.sub(r"(?<!\w)(?:tasks?|case|status|to-?do|follow-?ups?)(?!\w)", " ", left))


def kind_of(folded: str) -> RecordKind:
    begins = re.match(r"(task|offer|note|contact)\b", folded)
    if begins:
        return RecordKind(begins.group(1))
    if _TASK.search(folded):
        return RecordKind.TASK
    return next((kind for kind, words in _KINDS if words.search(folded)), RecordKind.TASK)


def kind_named(name: str) -> RecordKind | None:
    """The kind that the name of a list or of a kind stands for: "tasks", "compensation", "calls"."""
    if re.search(r"task|to-?do|follow|repair|training", name):
        return RecordKind.TASK
    return next((kind for kind, words in _KINDS if words.search(name)), None)
