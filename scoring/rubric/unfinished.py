"""B09: nothing shows that a template, a note or a machine was at work."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Iterator

from ..folding import fold, fold_pattern
from ..text import Span
from .draft import Draft
from .naming import GREETING, greeted_names

_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|\$\{[^{}\n]{0,80}\}|\{[^{}\n]{0,60}\}|<<[^<>\n]{1,60}>>|%[A-Za-z_]{3,30}%|<[A-Za-z_ ]{2,30}>|\bM[rs]s?/M[rs]s?\b|"
    r"\$[A-Z_]{3,30}\b|%\([a-z_]{1,30}\)s|%s\b|##[A-Z_ ]{2,30}##|__{1,}[A-Za-z ]{0,30}__|_{3,}|\[\[[^\[\]\n]{0,80}\]\]|"
    r"\[[^\[\]\n]{1,60}\]|\bX{2,}[- ]?X{2,}\b|\bXX+\b|\bxxx+\b|\blorem ipsum\b|\b(?:First|Last|Guest|Customer)[ _]?Name\b|"
    r"\b(?:NAME|NACHNAME|VORNAME|NOMBRE|NOM|NOME|NAAM|IMIE|IMIĘ|DATUM|DATE|FECHA) ?(?:HERE|EINFUEGEN|EINFÜGEN|AQUÍ|ICI)?(?=[,.!:;]|$)"
    r"|\b[a-z]{2,20}_(?:name|id|date|email|phone|city|location|manager)\b|…{2,}|\.{5,}|\?{3,}"
)
# A quotation with its own omission, "[...]", is no placeholder.
_OMISSION = re.compile(r"\[(?:\.\.\.|…|sic)\]")
_MARKUP = re.compile(
    r"</?(?:p|br|b|i|a|div|span|strong|em|ul|ol|li|h[1-6]|html|body|font|u|img|table|script|hr)\b[^<>\n]{0,200}/?>|&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,5});|"
    r"\*\*[^*\n]{1,200}\*\*|^#{1,6} \S|```|\[[^\[\]\n]{1,80}\]\([^()\n]{1,200}\)|\\n|\\u[0-9a-f]{4}",
    re.IGNORECASE | re.MULTILINE,
)
_NOTE = re.compile(
    r"\b(?:TODO|TO DO:|FIXME|TBD|TBC|WIP|N\.?B\.? for|INTERNAL|INTERN:|INTERNO|INTERNE|CONFIDENTIAL|DRAFT\b|ENTWURF\b|BORRADOR|BROUILLON|"
    r"BOZZA|RASCUNHO|CONCEPT:|SZKIC|ASAP:|FYI)\b|"
    r"(?i:\b(?:not for publication|to confirm the wording|(?:can|could) (?:you|u|someone|somebody) (?:please )?(?:check|read|look over|approve|sign off) (?:this|it)|before (?:it|this) goes (?:up|live)|before this goes out|not sure about the (?:bit|part|wording)|\((?:add|insert|fill in|mention|check|name|ask|todo|say something)\b[^()\n]{0,80}\)|^draft \d|internal(?:ly)? (?:note|only|use|comment)|note to (?:self|team|staff|ana|manager|editor|reviewer)|do not (?:post|publish|send) (?:yet|this|before|until)|"
    r"for internal use|before (?:posting|publishing|sending)[,:]|check with \w+ (?:before|first|if|whether)|ask \w+ (?:before posting|whether we)|"
    r"insert (?:\w+ ){0,3}(?:here|name|date|apology|detail|reason|contact)|add (?:\w+ ){0,3}here\b|fill in(?: \w+){0,3} here|delete (?:this|as (?:appropriate|applicable))|"
    r"(?:choose|pick|select) (?:one(?! up\b| of\b)|as appropriate)|copy(?: and)? paste (?:this|the|below)|template \w*\d|vorlage \d|plantilla \d|mod[eè]le \d|option [ab12]:|version [ab12]:|"
    r"interne notiz|nur intern|bitte (?:vor dem posten|hier einf[üu]gen|erg[äa]nzen)|hier (?:\w+ ){0,2}einf[üu]gen|(?:name|datum) (?:einf[üu]gen|einsetzen)|nicht ver[öo]ffentlichen|mit \w+ abkl[äa]ren|noch (?:kl[äa]ren|pr[üu]fen)[:!]|"
    r"nota interna|uso interno|no publicar|insertar (?:aqu[ií]|nombre|\w+ aqu[ií])|rellenar(?= ?(?:[)\]:]|aqu[ií]|nombre|fecha|datos)|$)|consultar con \w+ antes|revisar antes de publicar|poner (?:el )?nombre|"
    r"note interne|[àa] usage interne|ne pas publier|ins[ée]rer (?:ici|le|la|un|votre)|[àa] compl[ée]ter(?= ?(?:[)\]:]|ici|avant)|$)|voir avec \w+ avant|"
    r"nota interna|non pubblicare|inserire (?:qui|il|la|nome|data)|da completare(?= ?(?:[)\]:]|qui|prima)|$)|verificare con \w+ prima|"
    r"n[aã]o publicar|inserir (?:aqui|o|a|nome|data)|a completar(?= ?(?:[)\]:]|aqui|antes)|$)|confirmar com \w+ antes|preencher(?= ?(?:[)\]:]|aqui|nome|data|antes)|$)|"
    r"interne notitie|niet plaatsen|hier invullen|naam invullen|invoegen|in te vullen(?= ?(?:[)\]:]|hier|voor)|$)|overleg(?:gen)? met \w+ voor|"
    r"notatka wewn[ęe]trzna|nie publikowa[ćc]|wstawi?[ćc]? (?:tu|tutaj|imi[ęe]|dat[ęe])|uzupe[łl]ni[ćc](?= ?(?:[)\]:]|tu|imi|dat|przed)|$)|sprawdzi[ćc] z \w+))"
)
_TICKET = re.compile(
    r"\b[A-Z]{2,8}-\d{2,8}\b|(?i:\b(?:ticket|jira|case id|crm|zendesk|vorgang|sprawa nr|incident|incidencia|expediente)"
    r"(?: (?:no|nr|number|id|#))?[.:# ]{1,3}\d{2,})|#\d{3,}\b"
)
_NO_TICKET = re.compile(r"^(?:COVID|UTF|ISO|EN|DIN|RFC|MP|WPA|USB|HDMI|PCR|PM|CO|FFP|GTC|IPX|IP|FR|DE|UK|US|EU)-\d")
_MACHINE = re.compile(
    fold_pattern(
        r"(?:sure|certainly|of course|absolutely|great|okay|ok|here you go|no problem)[,!.:]{1,2} (?:here(?:'s| is| are| you)|this is an?|below is|i can (?:help|write)|i'd be happy to (?:help|write)|let me (?:write|draft))\b|"
        r"here(?:'s| is| are) (?:a|an|the|your|my|one|some|two|three|another) (?:\w+ ){0,6}?(?:repl(?:y|ies)|response|answer|draft|version|rewrite|text|template|options?)|"
        r"as an? (?:ai\b|artificial intelligence|large language model)|"
        r"i (?:am|'m) (?:just |only )?an? (?:ai|language model|virtual assistant|chatbot)|chatgpt|"
        r"(?:feel free to|you (?:can|could|may|might want to)) (?:adjust|edit|adapt|customi[sz]e|tweak|personali[sz]e|modify|replace) (?:this|the|it|as)|"
        r"let me know if you(?:'d| would)? (?:like|want|need) (?:me to|any (?:changes|adjustments|edits)|a (?:shorter|longer|different)|it )|"
        r"(?:write|rewrite|draft|generate|make) (?:me )?(?:a|an|this|the|it) (?:\w+ ){0,4}?(?:reply|response|answer|shorter|friendlier|polite|professional|formal)\b(?! to you)|"
        r"(?:prompt|instruction|system|user|assistant|output|input|antwort|respuesta|r[ée]ponse|risposta|resposta|antwoord|odpowiedz|draft|reply|response|subject|betreff|asunto|objet|oggetto|assunto|onderwerp|temat)(?: \d)?:(?=\s|$)|"
        r"(?:gerne|nat[üu]rlich|klar|selbstverst[äa]ndlich)[,!]? (?:hier (?:ist|kommt|w[äa]re|finden sie)|hier ein)|hier (?:ist|w[äa]re|kommt) (?:ein|eine|der|die|dein|ihr|mein)\w* (?:\w+ ){0,5}?(?:antwort|entwurf|vorschlag|text|formulierung)\w*|"
        r"(?:claro|por supuesto|desde luego)[,!.:]{1,2} (?:aqu[ií]|esta)|aqu[ií] (?:tienes?|tiene|est[aá]|va) (?:una?|la|tu|su|el|un) (?:\w+ ){0,5}?(?:respuesta|borrador|texto|propuesta|version)|"
        r"(?:bien s[uû]r|certainement|voici)[,!: ]{1,3}(?:voici |une? |la |votre |le )(?:\w+ ){0,5}?(?:r[ée]ponse|proposition|texte|brouillon|version|message)|"
        r"(?:certo|certamente|ecco)[,!: ]{1,3}(?:ecco |una? |la |il )(?:\w+ ){0,5}?(?:risposta|bozza|testo|proposta|versione)|"
        r"(?:claro|com certeza|aqui est[aá]|segue)[,!: ]{1,3}(?:aqui est[aá] |uma? |a |o )(?:\w+ ){0,5}?(?:resposta|rascunho|texto|sugest[aã]o|proposta|versao)|"
        r"(?:natuurlijk|zeker|hier is|hierbij)[,!: ]{1,3}(?:hier is |een )(?:\w+ ){0,5}?(?:antwoord|reactie|concept|tekst|voorstel|versie)|"
        r"(?:oczywi[sś]cie|jasne|oto)[,!: ]{1,3}(?:oto )?(?:\w+ ){0,5}?(?:odpowied[zź]|wersja|propozycja|tekst|szkic)\w*"
    )
)
_LABEL = re.compile(r"^(?:re|aw|fw|fwd|wg|sv): ", re.MULTILINE)


def check_b09(draft: Draft) -> list[Span]:
    return [*_remains(draft), *_notes(draft), *_greetings(draft)]


def _remains(draft: Draft) -> Iterator[Span]:
    for match in _PLACEHOLDER.finditer(draft.cleaned):
        if not _OMISSION.fullmatch(match.group()):
            yield match.span()
    yield from (match.span() for match in _MARKUP.finditer(draft.cleaned))
    for match in _TICKET.finditer(draft.cleaned):
        if not _NO_TICKET.match(match.group()):
            yield match.span()


def _notes(draft: Draft) -> Iterator[Span]:
    yield from (match.span() for match in _NOTE.finditer(draft.cleaned))
    yield from (match.span() for match in _LABEL.finditer(draft.folded))
    for match in _MACHINE.finditer(draft.folded):
        at_start = match.start() == draft.sentence_at(match.start())[0]
        if at_start or not draft.folded[match.start() : match.end()].rstrip().endswith(":"):
            yield match.span()


def _greetings(draft: Draft) -> Iterator[Span]:
    """Two greetings, two names, or another name than the one the reviewer chose."""
    greetings = [match.span() for match in GREETING.finditer(draft.cleaned)]
    if len(greetings) > 1:
        yield from greetings[1:]
    names = greeted_names(draft)
    distinct = {_plain(draft.text[slice(*name)]) for name in names}
    if len(distinct) > 1:
        yield from names[1:]
        return
    shown = _plain(draft.context.review.author_name)
    for span in names:
        if shown and not _is_of(_plain(draft.text[slice(*span)]), shown):
            yield span


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _is_of(greeted: str, shown: str) -> bool:
    """Part of the display name, or a case form of it: "Marku" for Marek."""
    words = shown.split()
    joined = shown.replace(" ", "")
    return all(
        word in joined or any(word[:3] == other[:3] and abs(len(word) - len(other)) <= 3 for other in words)
        for word in greeted.split()
    )
