"""B09: what templates, notes to colleagues and machines leave in a text. Patterns only: see `unfinished.py`."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re

from ...folding import fold_pattern

# Where a note to somebody begins: the text, a sentence, a bracket.
BEGINS = r"(?:^|(?<=[.!?] )|(?<=\())"

PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|\$\{[^{}\n]{0,80}\}|\{[^{}\n]{0,60}\}|<<[^<>\n]{1,60}>>|%[A-Za-z_]{3,30}%|<[A-Za-z_ ]{2,30}>|\bM[rs]s?/M[rs]s?\b|"
    r"\$[A-Za-z_]{3,30}\b|\*\|[^|\n]{1,40}\|\*|%\([a-z_]{1,30}\)s|%s\b|##[A-Z_ ]{2,30}##|__{1,}[A-Za-z ]{0,30}__|_{3,}|\[\[[^\[\]\n]{0,80}\]\]|"
    r"\[[^\[\]\n]{1,60}\]|\bX{2,}[- ]?X{2,}\b|\bXX+\b|\bxxx+\b|\b[Ll]orem ipsum\b|\b(?:VOORNAAM|ACHTERNAAM|APELLIDOS?|PR[ÉE]NOM|COGNOME|SOBRENOME|NAZWISKO|IMIĘ|VORNAME|NACHNAME)\b|\b(?:First|Last|Guest|Customer)[ _]?Name\b|"
    r"\b(?:NAME|NACHNAME|VORNAME|NOMBRE|NOM|NOME|NAAM|IMIE|IMIĘ|DATUM|DATE|FECHA) ?(?:HERE|EINFUEGEN|EINFÜGEN|AQUÍ|ICI)?(?=[,.!:;]|$)"
    r"|\b[a-z]{2,20}_(?:name|id|date|email|phone|city|location|manager)\b|…{2,}|\.{5,}|\?{3,}"
)
# A quotation with its own omission, "[...]", is no placeholder.
# What a merge leaves behind, dummies for dates and names, and choices that nobody made.
DUMMY = re.compile(
    r"\b[A-ZÀ-Þ]+_(?:NAME|NOMBRE|NOM|NOME|NAAM|CLIENTE|CUSTOMER|DATE|DATUM|FECHA)\b|\b(?:NAME|NOMBRE|NOM|NOME|NAAM|CUSTOMER|REVIEWER|DATE|DATUM|FECHA)_[A-ZÀ-Þ]+\b|#(?:N/?[ADV]+|REF!?|NV)(?!\w)|\bNaN\b|\b(?:undefined|null)-\w+|"
    r"(?i:\b(?:dear|hello|hi|hallo|liebe[rs]?|bonjour|hola|estimad[oa]|ciao|gentile|ol[áa]|prezad[oa]|beste|witaj)\s+(?:null|undefined|none|nan)\b)|"
    r"(?i:\b(?:your|our)\s+(?:null|undefined)(?=[\s,.!]))(?![\s,]+(?:error|value|field|message|fehler|wert|pointer))|"
    r"(?<![\w/])(?:TT|DD|JJ|GG|MM|dd|jj|gg)[./-](?:MM|mm)(?:[./-](?:JJJJ|YYYY|AAAA|RRRR|yyyy|aaaa|jjjj|JJ|YY|AA))?(?![\w/])|\bHH:MM\b|"
    r"\b(?:Frau|Herrn?|M[rs]s?\.?|Mme|Sra?\.?|Sig\.?(?:ra)?|Dhr\.?|Mevr\.?|Pani?) (?:XYZ?|X\.?|NN|N\.N\.)(?![\w.])|\bXYZ\b|"
    r"\((?i:(?:the |your )?(?:customer|guest|client|reviewer|kunden|gast|nombre|nom|nome|naam|imi[ęe])[\w' _-]{0,24}(?:name|nombre|cliente?|nom|nome|naam|klanta)|name|nombre|nom|nome|naam|imi[ęe]|"
    r"(?:explain|describe|state|apologi[sz]e|mention|name) (?:\w+ ){0,5}here|(?:problem|grund|motivo|raison|reason|datum|date|fecha|data) (?:here|hier|aqu[ií]|ici|qui|tu))\)(?=[,.:;!?]|\s|$)|"
    r"(?:^|\n|[.!?,] )(?:Your [Nn]ame|Vorname Nachname|Ihr Name|Pr[ée]nom(?: et)? [Nn]om|Votre [Nn]om|Nombre(?: y)? [Aa]pellidos?|Su [Nn]ombre|Nome(?: e)? [Cc]ognome|Il tuo nome|Nome(?: e)? [Ss]obrenome|O seu nome|"
    r"Voornaam Achternaam|Uw naam|Imi[ęe](?: i)? [Nn]azwisko|First[Nn]ame Last[Nn]ame|First and [Ll]ast [Nn]ame)(?=\s*(?:[,\n]|$))|"
    r"(?i:(?:^|(?<=[.!?] ))(?:option|variante?|opci[oó]n|opzione|op[çc][ãa]o|optie|opcja|version|versi[oó]n) [1-3ab]\b(?: ?\([^()\n]{1,30}\))? ?:)|"
    r"\b(?i:dear|hello|hi|hallo|liebe[rs]?|sehr geehrte[rs]?|hola|estimad[oa]|gentile|ciao|ol[áa]|prezad[oa]|beste|geachte|szanown[ay]) (?:(?:M[rs]s?|Herr|Frau|Mme|Sra?|Sig|Pan|Pani)\.? )?,|"
    r"\b\w+\([ao]s?\) S(?:r|ra)\(a\)|"
    # An instruction in brackets, which begins or in German ends with what is to be done.
    r"\((?i:explicar|poner|a[ñn]adir|expliquer|ajouter|spiegare|aggiungere|acrescentar|uitleggen|opisa[ćc]|wyja[śs]ni[ćc]|doda[ćc])\b[^()\n]{0,60}\)|"
    r"\([^()\n]{0,60}(?i:einf[üu]gen|einsetzen|invullen|aanvullen)\)",
    re.MULTILINE,
)
OMISSION = re.compile(r"\[(?:\.\.\.|…|sic)\]")
MARKUP = re.compile(
    r"</?(?:p|br|b|i|a|div|span|strong|em|ul|ol|li|h[1-6]|html|body|font|u|img|table|script|hr)\b[^<>\n]{0,200}/?>|&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,5});|"
    r"\*\*[^*\n]{1,200}\*\*|^#{1,6} \S|```|\[[^\[\]\n]{1,80}\]\([^()\n]{1,200}\)|\\n|\\u[0-9a-f]{4}",
    re.IGNORECASE | re.MULTILINE,
)
NOTE = re.compile(
    r"\b(?:TODO|TO DO:|FIXME|TBD|TBC|WIP|N\.?B\.? for|INTERNAL|INTERN:|INTERNO|INTERNE|CONFIDENTIAL|DRAFT\b|ENTWURF\b|BORRADOR|BROUILLON|"
    r"BOZZA|RASCUNHO|CONCEPT:|SZKIC|ASAP:|FYI)\b|"
    r"(?i:\b(?:not for publication|to confirm the wording|(?:can|could) (?:you|u|someone|somebody) (?:please )?(?:check|read|look over|approve|sign off) (?:this|it)|before (?:it|this) goes (?:up|live)|before this goes out|\([^()\n]{0,80}before it goes out\W{0,2}\)|not sure about the (?:bit|part|wording)|\((?:add|insert|fill in|mention|check|name|ask|todo|say something)\b[^()\n]{0,80}\)|^draft \d|internal(?:ly)? (?:note|only|use|comment)|note to (?:self|team|staff|ana|manager|editor|reviewer)|do not (?:post|publish|send) (?:yet|this|before|until)|"
    r"for internal use|before (?:posting|publishing)[,:]|(?:^|(?<=[.!?(] )|(?<=\())check with \w+ (?:before|first|if|whether)|ask \w+ (?:before posting|whether we)|"
    r"insert (?:\w+ ){0,3}(?:here|name|date|apology|detail|reason|contact)|(?:^|(?<=[.!?] )|(?<=[(\[]))add (?:\w+ ){0,3}here\b|fill in(?: \w+){0,3} here|delete (?:this|as (?:appropriate|applicable))|"
    r"(?:choose|pick|select) (?:one(?! up\b| of\b)|as appropriate)|copy(?: and)? paste (?:this|the|below)|template \w*\d|vorlage \d|textbaustein \d|szablon \d|sjabloon \d|plantilla \d|mod[eè]le \d|option [ab12]:|version [ab12]:|"
    r"interne notiz|"
    rf"{BEGINS}"
    r"nur intern\b(?!,? sondern)|bitte (?:noch )?(?:vor (?:de[mr] )?(?:posten|freigabe|ver[öo]ffentlich\w+)|hier einf[üu]gen|erg[äa]nzen(?! sie\b))|hier (?:\w+ ){0,2}einf[üu]gen|(?:name|datum) (?:einf[üu]gen|einsetzen)|nicht ver[öo]ffentlichen|"
    rf"{BEGINS}"
    r"(?:noch )?mit \w+ abkl[äa]ren|noch (?:kl[äa]ren|pr[üu]fen)[:!]|"
    r"nota interna|uso interno|no publicar|insertar (?:aqu[ií]|nombre|\w+ aqu[ií])|rellenar(?= ?(?:[)\]:]|aqu[ií]|nombre|fecha|datos)|$)|consultar con \w+ antes|revisar antes de publicar|poner (?:el )?nombre|"
    r"note interne|[àa] usage interne|ne pas publier|ins[ée]rer (?:ici|(?:le |la |un |votre )?(?:nom|pr[ée]nom|date|motif|excuse|d[ée]tail))|[àa] compl[ée]ter(?= ?(?:[)\]:]|ici|avant)|$)|voir avec \w+ avant|"
    r"nota interna|non pubblicare|inserire (?:qui|(?:il |la )?(?:nome|data|motivo|dettagl))|da completare(?= ?(?:[)\]:]|qui|prima)|$)|verificare con \w+ prima|"
    r"n[aã]o publicar|inserir (?:aqui|(?:o |a )?(?:nome|data|motivo|detalhe))|a completar(?= ?(?:[)\]:]|aqui|antes)|$)|confirmar com \w+ antes|preencher(?= ?(?:[)\]:]|aqui|nome|data|antes)|$)|"
    r"interne notitie|niet plaatsen|hier invullen|naam invullen|invoegen|in te vullen(?= ?(?:[)\]:]|hier|voor)|$)|"
    rf"{BEGINS}"
    r"(?:nog )?overleggen met \w+ voor|"
    r"notatka wewn[ęe]trzna|nie publikowa[ćc]|wstawi?[ćc]? (?:tu|tutaj|imi[ęe]|dat[ęe])|uzupe[łl]ni[ćc](?= ?(?:[)\]:]|tu|imi|dat|przed)|$)|"
    rf"{BEGINS}"
    r"sprawdzi[ćc] z \w+))"
)
TICKET = re.compile(
    r"\b[A-Z]{2,8}-\d{2,8}\b|(?i:\b(?:ticket|jira|case id|crm|zendesk|vorgang|sprawa nr|incident|incidencia|expediente)"
    r"(?: (?:no|nr|number|id|#))?[.:# ]{1,3}\d{2,})|#\d{3,}\b"
)
NO_TICKET = re.compile(r"^(?:COVID|UTF|ISO|EN|DIN|RFC|MP|WPA|USB|HDMI|PCR|PM|CO|FFP|GTC|IPX|IP|FR|DE|UK|US|EU)-\d")
MACHINE = re.compile(
    fold_pattern(
        r"(?:sure|certainly|of course|absolutely|great|okay|ok|here you go|no problem)[,!.:]{1,2} (?:here(?:'s| is| are| you)|this is an?|below is|i can (?:help|write)|i'd be happy to (?:help|write)|let me (?:write|draft))\b|"
        r"here(?:'s| is| are) (?:a|an|the|your|my|one|some|two|three|another) (?:\w+ ){0,6}?(?:repl(?:y|ies)|response|answer|draft|version|rewrite|text|template|options?)|"
        r"as an? (?:ai\b|artificial intelligence|large language model)|"
        r"i (?:am|'m) (?:just |only )?an? (?:ai|language model|virtual assistant|chatbot)|chatgpt|"
        r"(?:feel free to|you (?:can|could|may|might want to)) (?:adjust|edit|adapt|customi[sz]e|tweak|personali[sz]e|modify|replace) (?:this|it\b|as\b|the (?:text|reply|response|draft|wording|tone|placeholder|name|bracket))|"
        r"let me know if you(?:'d| would)? (?:like|want|need) (?:me to (?:rewrite|rephrase|shorten|adjust|translate|make it)|any (?:changes|adjustments|edits)|a (?:\w+ )?(?:shorter|longer|different) (?:version|reply|response|text|tone)|it (?:shorter|longer|rewritten))|"
        r"(?:would you like me to|do you want me to|shall i|should i) (?:make|rewrite|shorten|rephrase) (?:this|it)\b|(?:^|(?<=[.!?] ))(?:please )?(?:write|rewrite|draft|generate|make) (?:me )?(?:(?:a|an|this|the) (?:\w+ ){0,4}?(?:reply|response|answer)|(?:this|it) (?:\w+ ){0,2}?(?:shorter|friendlier|polite|professional|formal))\b(?! to you)|"
        r"(?:prompt|instruction|system|user|assistant|output|input|antwort|respuesta|r[ée]ponse|risposta|resposta|antwoord|odpowiedz|draft|reply|response|subject|betreff|asunto|objet|oggetto|assunto|onderwerp|temat)(?: \d)?:(?=\s|$)|"
        r"(?:gerne|nat[üu]rlich|klar|selbstverst[äa]ndlich)[,!]? (?:hier (?:ist|kommt|w[äa]re|finden sie)|hier ein)|hier (?:ist|w[äa]re|kommt) (?:ein|eine|der|die|dein|ihr|mein)\w* (?:\w+ ){0,5}?(?:antwort|entwurf|vorschlag|text|formulierung)\w*|"
        r"(?:claro|por supuesto|desde luego)[,!.:]{1,2} (?:aqu[ií]|esta)|aqu[ií] (?:tienes?|tiene|est[aá]|va) (?:una?|la|tu|su|el|un) (?:\w+ ){0,5}?(?:respuesta|borrador|texto|propuesta|version)|"
        r"(?:bien s[uû]r|certainement|voici)[,!: ]{1,3}(?:voici |une? |la |votre |le )(?:\w+ ){0,5}?(?:r[ée]ponse|proposition|texte|brouillon|version|message)|"
        r"(?:certo|certamente|ecco)[,!: ]{1,3}(?:ecco |una? |la |il )(?:\w+ ){0,5}?(?:risposta|bozza|testo|proposta|versione)|"
        r"(?:claro|com certeza|aqui est[aá]|segue)[,!: ]{1,3}(?:aqui est[aá] |uma? |a |o )(?:\w+ ){0,5}?(?:resposta|rascunho|texto|sugest[aã]o|proposta|versao)|"
        r"(?:hieronder|onderstaand) (?:vind|staat|volgt) (?:je |u )?een (?:\w+ ){0,3}?(?:antwoord|reactie|concept|tekst|voorstel|versie)|(?:unten|nachfolgend) (?:findest du|finden sie|steht) eine?n? (?:\w+ ){0,3}?(?:antwort|entwurf|vorschlag)|"
        r"(?:a continuaci[oó]n|aqu[ií] abajo) (?:tienes?|encontrar[aá]s?|te dejo|va) una? (?:\w+ ){0,3}?(?:respuesta|borrador|propuesta)|ci-dessous une? (?:\w+ ){0,3}?(?:r[ée]ponse|proposition|brouillon)|di seguito (?:trovi|trova|ecco) una? (?:\w+ ){0,3}?(?:risposta|bozza|proposta)|"
        r"(?:abaixo|a seguir) (?:est[aá]|segue|encontra) uma? (?:\w+ ){0,3}?(?:resposta|rascunho|sugest[aã]o)|below (?:is|you(?:'ll| will) find) (?:an?|the|your) (?:\w+ ){0,4}?(?:reply|response|draft)|"
        r"(?:dites-moi|n'h[ée]sitez pas [àa] me dire) si vous (?:souhaitez|voulez|pr[ée]f[ée]rez) (?:une version|un ton)|(?:sag|sagen sie|melde dich|gib) (?:\w+ ){0,2}(?:bescheid|gern),? (?:wenn|ob|falls) (?:du|sie) (?:eine? (?:\w+ )?(?:version|fassung|ton)|[äa]nderungen)|"
        r"(?:av[ií]s[ae]me|d[ií]me|ind[ií]queme) si (?:quieres?|prefieres?) (?:una versi[oó]n|otro tono)|(?:fammi|mi faccia) sapere se (?:vuoi|vuole|preferisc[ie]) (?:una versione|un tono)|(?:diga|avise)(?:-me)? se (?:quiser|quer|prefer\w+) (?:uma vers|outro tom)|"
        r"laat (?:het )?(?:me |mij )?weten (?:of|als) (?:je|u) een (?:kortere|langere|andere|formelere) (?:versie|toon)|daj (?:mi )?zna[ćc],? (?:czy|jesli) (?:chcesz|wolisz) (?:kr[óo]tsz|d[łl]u[żz]sz|inn)|"
        r"(?:natuurlijk|zeker|hier is|hierbij)[,!: ]{1,3}(?:hier is |een )(?:\w+ ){0,5}?(?:antwoord|reactie|concept|tekst|voorstel|versie)|"
        r"(?:oczywi[sś]cie|jasne|oto)[,!: ]{1,3}(?:oto )?(?:\w+ ){0,5}?(?:odpowied[zź]|wersja|propozycja|tekst|szkic)\w*"
    )
)
QUOTES = re.compile(r"[\"“”„«»]")
LABEL = re.compile(r"^(?:re|aw|fw|fwd|wg|sv): ", re.MULTILINE)
# What was meant for a colleague, or for a machine, in words of its own.
ASIDE = re.compile(
    fold_pattern(
        rf"{BEGINS}"
        r"(?:pendiente|por completar|por confirmar|noch (?:offen|einf[üu]gen|erg[äa]nzen|zu kl[äa]ren)|nachtragen|[àa] (?:compl[ée]ter|v[ée]rifier|confirmer|ajouter)|da (?:completare|verificare|confermare|aggiungere)|"
        r"a (?:completar|preencher|confirmar)|por preencher|nog (?:invullen|aanvullen|checken|navragen|toevoegen)|do (?:uzupe[łl]nienia|sprawdzenia|potwierdzenia|dopisania)|still (?:to (?:add|confirm|fill in|check)|missing)|to (?:add|confirm|check|be completed)) ?:|"
        rf"{BEGINS}"
        r"(?:v\d+,? )?(?:not (?:yet )?approved(?: yet)?\b|awaiting (?:approval|sign-?off)|noch nicht (?:freigegeben|genehmigt)|pas encore valid[ée]|sin aprobar|non ancora approvat[oa]|ainda n[ãa]o aprovad[oa]|nog niet goedgekeurd|jeszcze nie zatwierdzon\w+)|"
        r"(?:before i publish (?:it|this)|bevor ich (?:das |es |die antwort )?(?:poste|ver[öo]ffentliche)|avant que je (?:publie|poste)|antes de que (?:lo |la )?publique|prima che (?:lo |la )?pubblichi|antes (?:de|que) eu publi\w+|voordat ik (?:dit |het )?plaats|zanim (?:to )?opublikuj[ęe])(?!\w)|"
        r"(?:before you publish (?:it|this)\b|bevor (?:du|sie) (?:das |es |dies )(?:postest|posten|ver[öo]ffentlich\w+|online stell\w+)|avant de (?:le |la |l')(?:publier|poster|mettre en ligne)|antes de (?:subirl[oa]|publicarl[oa]|colgarl[oa])|prima di (?:pubblicarl[oa]|postarl[oa])|antes de (?:public[áa]-l[oa]|post[áa]-l[oa])|voordat je (?:het |dit )(?:plaatst|post)|zanim (?:to )?(?:wrzuc|opublikuj)(?:isz|esz))(?! (?:votre|un|une|ton)\b)|"
        r"(?:^|(?<=[.!?\n] ))@[a-zà-ÿ][\w.-]{1,30},? (?:(?:can|could|would|please|check|do) |tu |t'|peux|pouvez|kannst|k[öo]nntest|bitte|puedes|mira|revisa|puoi|guarda|podes|pode |v[êe] |kun |wil |kijk|mo[żz]esz|sprawd[źz]|zerknij)|"
        rf"{BEGINS}"
        r"(?:tone|word count|length|register|tonfall|wortzahl|ton|nombre de mots|tono|n[úu]mero de palabras|numero di parole|tom|n[úu]mero de palavras|toon|aantal woorden|liczba s[łl][óo]w) ?: ?(?:\w+|\d+)(?=[.,;\n]|$)|"
        r"(?:^|(?<=[.!?\n] ))(?:tags?|labels?|assigned to|assignee|priority|status|category|escalate to|zugewiesen an|zust[äa]ndig|priorit[äa]t|kategorie|assign[ée] [àa]|priorit[ée]|cat[ée]gorie|asignado a|prioridad|categor[ií]a|etiquetas?|assegnato a|priorit[àa]|categoria|atribu[ií]do a|prioridade|toegewezen aan|prioriteit|categorie|przypisan[eoy] do|priorytet|kategoria) ?: |"
        rf"{BEGINS}"
        r"(?:answer|reply|respond|write|keep it|antworte\w*|schreib\w*|r[ée]pond\w*|r[ée]dige\w*|responda?|responde|escrib[ea]|escrev[ea]|rispond[ia]|scriv[ia]|antwoord|schrijf|odpowiedz|napisz)\b[^.!?\n]{0,40}?\b\d{2,3} (?:words|w[öo]rter\w*|mots|palabras|parole|palavras|woorden|s[łl][óo]w\w*)\b|"
        rf"{BEGINS}"
        r"\d{2,3} (?:words|w[öo]rter|mots|palabras|parole|palavras|woorden|s[łl][óo]w)[.)]?(?:$|\n)"
    ),
    re.MULTILINE,
)
CASE = re.compile(
    fold_pattern(
        r"(?<!\w)(?:(?:\w*vorgang\w*|\w*ticket\w*|\w*fallnummer|aktenzeichen|\w*meldung(?:snummer)?|beschwerdenummer|dossier|r[ée]clamation|signalement|incidencia|expediente|reclamaci[óo]n|caso|pratica|segnalazione|protocollo|reclamo|"
        r"protocolo|ocorr[êe]ncia|chamado|reclama[çc][ãa]o|processo|zaaknummer|meldingsnummer|klachtnummer|dossiernummer|melding|zaak|zg[łl]oszeni[aeu]|reklamacj[aięe]|spraw[aęy]|case|complaint|incident|report|enquiry|reference|ref)"
        r"[ .,:]{1,2}(?=\S))(?:(?:n[.º°]{1,2}|nr\.?|num(?:ber|ero|[ée]ro|mer)\w*|no\.|numer\w*|#) ?[:#]? ?(?=\S))(?:\w{1,4}[-/])?\d[\d/.-]{2,}(?:[-/]?\w{1,4})?(?!\w)|"
        r"(?<!\w)(?:protocolo|protocollo|chamado|ticket|expediente|dossier|vorgang|zaak|sprawa) \d{6,}(?!\w)|"
        r"(?<!\w)(?:meldingsnummer|zaaknummer|klachtnummer|dossiernummer|fallnummer|vorgangsnummer|ticketnummer|beschwerdenummer|aktenzeichen|case (?:number|no|ref)|numer (?:zg[łl]oszenia|sprawy|reklamacji)|num[ée]ro de (?:dossier|r[ée]clamation)|"
        r"n[úu]mero de (?:caso|incidencia|expediente|protocolo|processo)|numero di (?:pratica|segnalazione|protocollo))[ .:#]{1,3}(?:\w{1,4}[-/])?\d[\d/.-]{2,}(?:[-/]?\w{1,4})?(?!\w)"
    )
)
