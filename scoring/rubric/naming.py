"""Greetings, names and signatures of a draft."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re

from ..folding import fold, fold_pattern
from ..text import Span
from .draft import Draft

_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆ][\w'’-]{1,30}"
_TITLE = r"(?:Prof(?:essor(?:in)?|esor|essora?)?|Mr|Mrs|Ms|Miss|Dr|Herrn?|Frau|Monsieur|Madame|Señora?|Sra?|Signora?|Sig|Senhora?|Sr|Sra|Meneer|Mevrouw|meneer|heer|mevrouw|Pani?|Panie|Państwo|Don|Doña|Dott|monsieur|madame|señora?|sra?|signora?|sig|senhora?|pani?|panie)\b\.?\s+"
_HELLO = (
    r"(?:(?i:dear|hello|hi|hey|hoi|good (?:morning|afternoon|evening|day)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|"
    r"servus|gr[üu](?:ß|ss) gott|estimad[oa]s?|querid[oa]s?|hola|buen[oa]s (?:d[ií]as|tardes|noches)|bonjour|bonsoir|ch[èe]re?s?|"
    r"gentil[ei]|egregi[oa]|car[oa]|buongiorno|buonasera|ciao|salve|prezad[oa]s?|car[oa]s?|ol[áa]|bom dia|boa (?:tarde|noite)|"
    r"beste|geachte|dag|goede(?:morgen|middag|avond|ndag)|szanown[yaei]\w*|drog[iaie]\w*|dzie[ńn] dobry|witaj|witam|cze[śs][ćc]))"
)
# A greeting opens a line or a sentence, and ends in a comma, a colon, an exclamation mark or with its line.
GREETING = re.compile(
    rf"(?:(?<=^)|(?<=[.!,:]\s)|(?<=\n)){_HELLO}(?:\s+(?:{_TITLE})?{_NAME}(?:\s+{_NAME}){{0,2}}|\s+(?:there|guest|customer|gast|kunde|invitado|cliente|client|klant|gościu))?\s{{0,2}}(?=[,!:\n–-]|$)",
    re.MULTILINE,
)
_GREETED = re.compile(
    rf"(?<!\w){_HELLO}\s+(?:{_TITLE})?({_NAME}(?:\s+{_NAME}){{0,2}})\s{{0,2}}(?=[,!:\n–-]|$)",  # "Paola Ferri," is no "Olá"
    re.MULTILINE,
)
# "Hola, Fernando:" and "Panie Marku, …"; behind "Hello, " and before a comma any word may stand.
_CALLED = re.compile(
    rf"(?:^|(?<=[.!]\s))(?:{_HELLO},\s+(?:{_TITLE})?({_NAME})(?=:)|Pani(?:e|)\s+({_NAME})(?=,))", re.MULTILINE
)
_THANKED = re.compile(
    rf"(?:^|(?<=[.!,]\s))(?i:thank you(?: so much| very much)?|thanks|danke|vielen dank|gracias|merci|grazie|obrigad[oa]|bedankt|dank u|dziękujemy|dziękuję),\s+({_NAME})(?=[,.!])",
    re.MULTILINE,
)
# "…, Madame Lefort." at the end of what is said to her.
_ADDRESSED = re.compile(rf"[^\W\d_], {_TITLE}({_NAME})(?=[.!](?:\s|$))")
# What is said to a guest and to nobody else.
_KIND = re.compile(
    fold_pattern(
        r"(?<!\w)(?:thank|sorry|apolog|dank|entschuldig|merci|remerci|excus|d[ée]sol|gracias|agradec|disculp|lament|grazie|ringrazi|scus|obrigad|desculp|bedankt|excuses|dzi[ęe]k|przepr)"
    )
)
_NO_NAMES = re.compile(
    r"professor|profesor|professora|all|everyone|everybody|guest|guests|customer|customers|team|sir|madam|sirs|reviewer|friend|friends|both|there|patient|gast|gaste|kunde|kundin|kunden|gastin|damen|herren|dame|nutzer|leser|zusammen|miteinander|cliente|clientes|huesped|amigo|amiga|usuario|señor|señora|todos|invitado|visitante|client|clients|madame|monsieur|messieurs|tous|toutes|visiteur|hote|signore|signora|ospite|tutti|utente|senhor|senhora|hospede|utilizador|klant|gasten|meneer|mevrouw|allemaal|reiziger|bezoeker|klient|kliencie|klientko|gosciu|goscie|panstwo|pan|pani|panie|thank|thanks|we|i|our|the|it|this|you|sorry|danke|wir|vielen|es|das|gracias|lamentamos|nous|merci"
)
_CLOSING = (
    r"(?:(?:kind|best|warm|warmest|many|with|sincere)(?: kind| best| warm)? regards|regards|best wishes|all the best|sincerely(?: yours)?|"
    r"yours(?: sincerely| truly| faithfully)?|respectfully|cheers|warmly|with (?:apologies|thanks|kind regards|best wishes)|thank you|thanks|"
    r"(?:mit )?(?:freundlichen|herzlichen|besten|lieben|vielen|freundliche|herzliche|beste|liebe|viele) gr[üu](?:(?:ß|ss)en?)|hochachtungsvoll|ihr|ihre|"
    r"(?:un )?(?:cordial |afectuoso )?saludos?(?: cordiales)?|atentamente|reciba\w* un|un abrazo|cordialmente|"
    r"(?:bien |tr[èe]s )?cordialement|sinc[èe]res? salutations|(?:meilleures|cordiales|sinc[èe]res) salutations|bien [àa] vous|respectueusement|"
    r"(?:cordiali|distinti|cari) saluti|cordialmente|un (?:caro |cordiale )?saluto|"
    r"(?:com os melhores |melhores |os melhores |atenciosos )?cumprimentos|atenciosamente|com (?:estima|os)|abra[çc]o|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend|groet(?:en|jes)?|"
    r"(?:z )?(?:powa[żz]aniem|wyrazami szacunku|pozdrowieniami)|(?:serdecznie )?pozdrawia\w+)"
)
_CLOSING_LINE = re.compile(rf"(?:^|[.!?]\s+|\n\s*)((?i:{_CLOSING}))\b[,.!:]?\s*(?=\n|$|[A-ZÀ-ÞŁŚŻ])", re.MULTILINE)
_GOES_ON = re.compile(r"[^\W\d_]{4,}[.!?](?:\s|$)")
ROLE = re.compile(
    fold_pattern(
        r"(?<!\w)(?:(?:general |restaurant |hotel |store |shop |branch |duty |guest |customer |practice |office |front |site |club |centre |center |area |assistant |deputy |night |product |project |service |account |operations |fleet |studio |salon |school |clinic |care |community |floor |regional |quality )*"
        r"(?:manager(?:in)?|manageress|owners?|co-?owner|founder|co-?founder|director(?:a|e)?|head (?:chef|of [\w ]{3,30})|chef|host(?:ess)?|supervisor|team lead(?:er)?|lead|concierge|maitre d|sommelier|landlord|landlady|proprietor|principal|head ?teacher|headmaster|ceo|coo|cto|president|partner|receptionist|coordinator|administrator|dentist|physician|practitioner|stylist|developer|support engineer|editor|guest relations(?: \w+)?|customer (?:care|relations|service|success|support)(?: \w+)?|guest (?:care|services?|experience)(?: \w+)?|reception|front desk|front office|operations|housekeeping|on behalf of [\w ]{3,60}|for the [\w ]{3,40}team)|"
        r"(?:\w*leit(?:er|erin|ung)|inhaber(?:in)?|besitzer(?:in)?|eigent[üu]mer(?:in)?|gesch[äa]ftsf[üu]hr(?:er|erin|ung)|direktor(?:in)?|direktion|k[üu]chenchef(?:in)?|chef(?:in)?|gastgeber(?:in)?|betriebsleit\w+|filialleit\w+|praxismanage\w+|praxisinhaber\w*|kundenbetreu\w+|kundenservice|g[äa]stebetreu\w+|empfang\w*|rezeption\w*|wirt(?:in)?|gr[üu]nder(?:in)?|vorstand|teamleit\w+|im namen \w+ \w+|f[üu]r das (?:ganze )?team|zahnarzt|zahn[äa]rztin|schulleit\w+)|"
        r"(?:gerente|due[ñn][oa]|propietari[oa]|director(?:a)? ?[\w ]{0,30}|encargad[oa]|responsable ?[\w ]{0,40}|jef[ea] de [\w ]{3,30}|atenci[oó]n al (?:cliente|hu[eé]sped)|recepci[oó]n|relaciones con [\w ]{3,30}|fundador[a]?|coordinador[a]?|administrador[a]?|en nombre de [\w ]{3,60}|gobernanta)|"
        r"(?:g[ée]rante?|directeur|directrice|propri[ée]taire|patron(?:ne)?|responsable ?[\w' ]{0,40}|chef(?:fe)? (?:de [\w ]{3,30}|cuisinier)|relations? client\w*|service client\w*|r[ée]ception(?:niste)?|fondat(?:eur|rice)|h[ôo]te(?:sse)?|au nom de [\w' ]{3,60}|pour (?:toute )?l'[ée]quipe)|"
        r"(?:titolare|proprietari[oa]|direttor[ei]|direttrice|direzione|gestor[ei]|responsabile ?[\w ]{0,40}|capo ?[\w ]{0,30}|servizio clienti|assistenza clienti|relazioni con [\w ]{3,30}|ricevimento|fondat(?:ore|rice)|a nome di [\w ]{3,60}|a nome (?:del|dello|della|di) [\w ]{3,60}|ristoratore|coordinat(?:ore|rice)|amministrat(?:ore|rice))|"
        r"(?:gerente|propriet[áa]ri[oa]|don[oa]|diretor[a]?|dire[çc][ãa]o|respons[áa]vel ?[\w ]{0,40}|chefe ?[\w ]{0,30}|apoio ao cliente|atendimento ao cliente|rece[pç]+[ãa]o|rela[çc][õo]es [\w ]{3,30}|fundador[a]?|coordenador[a]?|administrador[a]?|em nome d[\w ]{3,60}|s[óo]ci[oa](?:-gerente)?)|"
        r"(?:eigenaar|eigenares(?:se)?|bedrijfsleid(?:er|ster)|directeur|directrice|manager|\w*manager|chef-kok|kok|hoofd ?[\w ]{0,30}|teamleider|vestigingsmanager|klantenservice|gastvrouw|gastheer|receptie|oprichter|namens [\w ]{3,60}|praktijkhouder|co[öo]rdinator|beheerder)|"
        r"(?:w[łl]a[śs]ciciel(?:ka)?|mened[żz]er(?:ka)?|kierowni(?:k|czka) ?[\w ]{0,30}|dyrektor(?:ka)?|szef(?:owa)? ?[\w ]{0,20}|obs[łl]uga (?:klienta|go[śs]ci)|dzia[łl] [\w ]{3,30}|recepcj(?:a|onistka)|recepcja|za[łl]o[żz]yciel(?:ka)?|w imieniu [\w ]{3,60}|koordynator(?:ka)?|manager(?:ka)?|gospodarz|gospodyni))(?!\w)"
    )
)
_DEVICE = re.compile(
    fold_pattern(
        r"(?:sent from my|von meinem \w+ gesendet|enviado desde mi|envoy[ée] de mon|inviato da|enviado do meu|verzonden vanaf|wys[łl]ane z)"
    )
)
_TEAM = re.compile(
    fold_pattern(
        r"(?<!\w)(?:(?:the |your |our |das |ihr |el |su |l'|votre |il |a |o |het |uw |ihre |die )?(?:[\w' &]{0,40} )?(?:team|management|staff|crew|equip[oae]|[ée]quipe|gerencia|direcci[oó]n|direction|geschaftsleitung|leitung|personal|personale|staff|direzione|gerencia|direcao|directie|zespol|zaloga|dyrekcja|familie|family)(?: [\w' &]{0,40})?)$"
    )
)
_MOST_SIGNED = 120  # characters of a line that still is a signature
_SIGNED_NAME = re.compile(rf"(?:Dr|Prof|Mr|Mrs|Ms|dr|mgr|Dra?)?\.?\s*{_NAME}")

_SIGNATURE = re.compile(
    rf"(?:{_TITLE})?{_NAME}(?:\s+(?:(?:d[aeiou]|d[eo]s|de[rln]|van|von|vom) )?{_NAME}){{0,3}}(?:\s*[,|–-]\s*(?P<role>[^\n]+))?"
)
# "manager of the Hotel Lanterna": behind a function stand short words and names.
_WHERE = re.compile(rf"(?:\s*,?\s+(?:[a-zà-ÿ]{{1,4}}|[dl]['’]\w+|{_NAME})){{0,6}}")

_NO_PERSON = re.compile(
    r"The|Your|Our|Team|Guest|Customer|Management|Service|General|Hotel|Restaurant|Das|Ihr|Ihre|El|La|Le|Il|Het|Uw|Regards|Kind|Best|Staff"
)


def greeted_names(draft: Draft) -> list[Span]:
    """Names a greeting or a thank-you is addressed to, in text order."""
    patterns = (_GREETED, _THANKED, _CALLED, _ADDRESSED)
    found = [
        match.span(match.lastindex or 1)
        for pattern in patterns
        for match in pattern.finditer(draft.cleaned)
        if pattern not in (_CALLED, _ADDRESSED) or _is_the_guest(draft, match.span(match.lastindex or 1))
    ]
    return sorted(span for span in found if not _NO_NAMES.fullmatch(fold(draft.text[slice(*span)]).split()[0]))


def _is_the_guest(draft: Draft, name: Span) -> bool:
    """Whether who is named in a sentence is who is spoken to, and no colleague: "our manager, Mrs Rossi"."""
    start, _ = draft.sentence_at(name[0])
    before, behind = draft.folded[start : name[0]], draft.folded[name[1] :].split(",", 2)[:2]
    is_at_end = draft.cleaned[name[1] : name[1] + 1] in (".", "!")
    if ROLE.search(before) or any(ROLE.search(part) for part in behind) or name[0] >= signature_start(draft):
        return False
    return not is_at_end or bool(_KIND.search(before))


def signature_start(draft: Draft) -> int:
    """Where the signature begins; the length of the text where there is none."""
    text = draft.cleaned.rstrip()
    tail = max(0, len(text) - 300)
    for match in reversed(list(_CLOSING_LINE.finditer(text, tail))):
        rest = text[match.end() :].rstrip(".! ")
        if len(rest) <= _MOST_SIGNED and not _GOES_ON.search(rest):  # "Ihr Zimmer war kalt." closes nothing
            return match.start(1)
    line = max(text.rfind("\n"), text.rfind("\r")) + 1
    if line and len(text) - line <= _MOST_SIGNED and not re.search(r"[.!?]\W*$", text[line:]):
        return _first_signing_line(text, line)
    last = draft.sentences[-1] if draft.sentences else (len(draft.text), len(draft.text))
    words = text[last[0] : last[1]]
    if len(words) <= _MOST_SIGNED and _is_signed(words) and len(draft.sentences) > 1:
        return last[0]
    return len(draft.text)


def _first_signing_line(text: str, line: int) -> int:
    """Two short lines at the end, a name and a role, are one signature."""
    above = text.rfind("\n", 0, line - 1) + 1
    before = text[above : line - 1].strip()
    if above and 0 < len(before) <= 50 and before[-1] not in ".!?:" and len(before.split()) <= 5:
        return above
    return line


def _is_signed(words: str) -> bool:
    parts = re.split(r"[,\n|–-]", words, maxsplit=1)
    return len(parts) == 2 and bool(_SIGNED_NAME.match(words.strip())) and bool(ROLE.search(fold(parts[1])))


def has_name_and_role(draft: Draft, start: int) -> bool:
    """Whether what stands from there on names a person, and the role: a team or a function alone is none."""
    raw = draft.cleaned[start:].strip()
    words = _without_closing(raw)
    folded = fold(words)
    if not words or _DEVICE.search(folded):
        return False
    role = next(
        (match for match in ROLE.finditer(folded) if _named(words[: match.start()]) or _named(words[match.end() :])),
        None,
    )
    return role is not None


def is_courtesy(draft: Draft, span: Span) -> bool:
    """Whether a sentence is a greeting, a closing or a signature and nothing else: it claims and accuses nothing."""
    raw = draft.cleaned[slice(*span)].strip()
    words = _without_closing(raw).strip(" .!,:")
    if not words or GREETING.fullmatch(raw.rstrip(" .!,:")):
        return True
    start = signature_start(draft)
    if span[1] <= start:
        return False
    if _is_function(words):
        return True
    signed = _SIGNATURE.fullmatch(words)
    if signed is None:
        return False
    return _is_function(signed["role"]) if signed["role"] else has_name_and_role(draft, start)


def _is_function(words: str) -> bool:
    """A function, and at most the house that it is held in."""
    return any(
        not words[: role.start()] and _WHERE.fullmatch(words[role.end() :]) for role in ROLE.finditer(fold(words))
    )


def is_team(draft: Draft, start: int) -> bool:
    """Signed by a team: as good as a hint."""
    return _TEAM.search(fold(_without_closing(draft.cleaned[start:].strip())).strip(" .!,")) is not None


def _without_closing(words: str) -> str:
    closing = re.match(rf"{_CLOSING}\b[,.!:]?\s*", words, re.IGNORECASE)
    return words[closing.end() :] if closing else words


def _named(words: str) -> bool:
    """A first or full name: one to four words with capitals, none of which is a function."""
    parts = [part for part in re.findall(r"[\w'’.-]+", words) if part]
    names = [part for part in parts if part[0].isupper() and len(part) > 1 and not ROLE.fullmatch(fold(part))]
    return any(not _NO_PERSON.fullmatch(name) for name in names)
