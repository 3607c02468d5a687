"""S09 and S10: thanks for something concrete, and words that stand between people: jargon and legal formulae."""

# ruff: noqa: E501 - one construction a line: a pattern broken over lines cannot be searched
from __future__ import annotations

from ..wording import Rules, found

THANKS: Rules = {
    "en": (found(r"thank(?:s| you)|(?:cheers|good on you|fair play to you) for \w+|grateful|appreciate[sd]?|glad (?:that )?you|good of you|it helps (?:us )?that|we value that you|pleased (?:that )?you|you (?:waited|asked|came|trusted|booked|described|told|wrote|were|deserved|expected|did|found|had)|your (?:point|comment|words|message|note|account|description|evening|visit) (?:about|on|of|is|was|deserve\w*|matter\w*)|(?:i|we)(?:'ve| have)? (?:\w+ )?read (?:\w+ ){0,2}?(?:your (?:\w+ )?(?:words|account|message|lines|post|note)|what you|every (?:word|line)|it (?:twice|all|through))"),),
    "es": (found(r"gracias|agradec\w+|agradezco|le agrad\w+|valoramos que|usted (?:esper|pidi|vino|confi|merec)\w+|tiene (?:usted )?raz[oó]n|(?:he|hemos) le[ií]do|le[ií] (?:con atenci[oó]n|sus|su|lo que)|le[ií]mos"),),
    "fr": (found(r"merci|remerci\w+|reconnaissant\w*|appr[ée]ci(?:e|ons)|vous (?:avez|aviez|[êe]tes) (?:\w+ )?(?:attendu|raison|demand|d[ée]crit|pris)|(?:j'ai|nous avons|avons) (?:bien |\w+ment )?lu"),),
    "de": (found(r"danke|dank|bedank\w+|dankbar|sch[äa]tzen|wei(?:ß|ss) es zu sch[äa]tzen|gut,? dass sie|sie (?:haben|mussten|warteten|h[äa]tten)|(?:habe|haben) (?:\w+ ){0,6}?gelesen"),),
    "it": (found(r"grazie|ringrazi\w+|grat[oi]|apprezz\w+|lei (?:ha|aveva)|ha (?:atteso|aspettato|ragione)|(?:ho|abbiamo) letto"),),
    "pt": (found(r"obrigad\w+|agrade[cç]\w+|grat[oa]s?|apreci\w+|tem raz[aã]o|esperou|o senhor|a senhora|\bli (?:\w+ ){0,3}?(?:palavras|que escreveu|relato|aten[cç][aã]o)|lemos (?:\w+ ){0,3}?(?:palavras|que escreveu|relato|aten[cç][aã]o)"),),
    "nl": (found(r"dank\w*|bedankt|bedanken|waarderen|waardeer|dankbaar|fijn dat u|goed dat u|u (?:heeft|hebt|had|moest)|(?:heb|hebben) (?:\w+ ){0,6}?gelezen"),),
    "pl": (found(r"dzięk\w+|wdzięczn\w+|doceni\w+|cieszymy się|(?:pan|pani|państwo) (?:czeka|ma rację|musia)\w*|przeczyta(?:łem|łam|liśmy|łyśmy)"),),
}  # fmt: skip

# Said by rote: a thank-you for "your feedback" and nothing more.
GENERIC_THANKS: Rules = {
    "en": (found(r"(?:valued|valuable|kind|recent|honest|important) (?:feedback|comments?|review|opinion|input)|thank(?:s| you)(?: very much| so much| a lot)? for (?:the|your|leaving (?:us )?(?:a|your)|sharing (?:your|the)|taking the time to (?:leave|share|write|review|provide)) ?(?:\w+ )?(?:feedback|review|comments?|opinion|input|rating)"),),
    "es": (found(r"gracias por (?:su|tu|el|sus|dejarnos|compartir) ?(?:\w+ )?(?:\w+ )?(?:opini[oó]n|comentarios?|reseña|feedback|valoraci[oó]n)"),),
    "fr": (found(r"merci (?:beaucoup )?(?:pour|de|d'avoir) ?(?:[\w']+ ){0,4}?(?:avis|retour|commentaires?|[ée]valuation|feedback)"),),
    "de": (found(r"(?:danke|dank) (?:sch[öo]n |sehr )?f[üu]r (?:ihr|ihre|das|die|ihren) ?(?:\w+ )?(?:feedback|bewertung|r[üu]ckmeldung|rezension|kommentar|meinung)"),),
    "it": (found(r"grazie (?:mille )?(?:per|della) ?(?:\w+ ){0,3}?(?:recensione|feedback|commento|opinione|valutazione)"),),
    "pt": (found(r"obrigad\w+ (?:pel[oa]s?|por) ?(?:\w+ ){0,3}?(?:avalia[cç][aã]o|coment[aá]rio|opini[aã]o|feedback)"),),
    "nl": (found(r"(?:bedankt|dank (?:u|je)(?: wel)?) voor ?(?:\w+ ){0,3}?(?:recensie|feedback|reactie|beoordeling|review|mening)"),),
    "pl": (found(r"dzięk\w+ za ?(?:\w+ ){0,3}?(?:opini\w+|recenzj\w+|feedback|komentarz\w*|ocen\w+)"),),
}  # fmt: skip

JARGON: Rules = {
    "en": (found(r"sops?|ops|kpis?|slas?|pos|f&b|f & b|pax|ooo|eod|asap|fyi|tat|nps|csat|rma|sku|otas?|no-?show|touch ?points?|stakeholders?|synerg\w+|leverag\w+|escalation matrix|per (?:section|clause|paragraph|article)|pursuant to|herein\w*|hereby|hereto|aforementioned|notwithstanding|without prejudice|liability (?:is|can)|no liability|gtcs?|t&cs?|terms and conditions apply|force majeure|at our sole discretion|adhered to|non-compliance|in accordance with (?:section|clause|our)|the undersigned|heretofore|ur|u|r|2 us|4 u|thx|pls|plz|gonna|wanna|omg|oops|our bad|my bad|soz|cuz|coz|lol|btw|imo|tbh|ticket (?:was|has)|actioned|learnings|going forward|bandwidth|circle back|deep dive|root cause analysis|corrective action plan|service recovery protocol|internal stakeholders|guest journey|service delivery|upsell|front of house operations"),),
    "es": (found(r"seg[uú]n (?:la cl[aá]usula|el art[ií]culo|el apartado)|en virtud de|por la presente|el abajo firmante|condiciones generales|fuerza mayor|sin perjuicio|queda exenta|no se acepta responsabilidad|protocolo interno|kpis?|sop|sla|asap|feedback loop|xq|tb|tmb|salu2|ups|jaja"),),
    "fr": (found(r"conform[ée]ment [àa] (?:l'article|la clause|nos)|en vertu de|par la pr[ée]sente|le soussign[ée]|nous soussign|conditions g[ée]n[ée]rales|cgv|force majeure|sous r[ée]serve|d[ée]clin\w+ toute responsabilit[ée]|sans pr[ée]judice|kpis?|sop|sla|asap|process interne|mdr|lol|dsl|oups|bcp|svp"),),
    "de": (found(r"gem[äa](?:ß|ss) (?:§|ziffer|abschnitt|paragraf|artikel|unseren agb|punkt)|laut agb|agb|hiermit|h[öo]here gewalt|haftung\w*|ohne anerkennung|unterfertigt\w*|unterzeichner\w*|vorbehaltlich|diesbez[üu]glich\w*|seitens|zwecks|bez[üu]gl\w*|i\.?d\.?r|kpis?|sop|sla|asap|lg|vg|mfg|ups|sry|lol|prozessoptimierung|qualit[äa]tsmanagementprozess"),),
    "it": (found(r"ai sensi (?:del|dell)|in virt[uù] di|con la presente|il sottoscritto|condizioni generali|forza maggiore|si declina|nessuna responsabilit[aà]|fatto salvo|kpi|sop|sla|asap|cmq|nn|xk[eè]?|ops"),),
    "pt": (found(r"nos termos d|ao abrigo d|pela presente|o abaixo assinado|condi[cç][oõ]es gerais|for[cç]a maior|sem preju[ií]zo|n[aã]o nos responsabilizamos|declinamos|kpis?|sop|sla|asap|vc|tb|tbm|pq|obg|ops"),),
    "nl": (found(r"conform (?:artikel|onze voorwaarden|punt)|krachtens|hierbij (?:delen|deel)|ondergetekende|algemene voorwaarden|overmacht|aansprakelijkheid|onder voorbehoud|kpi\w*|sop|sla|asap|oeps|mvg|gr"),),
    "pl": (found(r"zgodnie z (?:§|paragraf|punkt|art|regulamin)\w*|na podstawie (?:§|art|regulamin)\w*|niniejszym|niżej podpisan\w+|siła wyższa|siły wyższej|nie ponosi\w* odpowiedzialności|z zastrzeżeniem|ogóln\w+ warunk\w+|kpi|sop|sla|asap|ups|nara|pozdro|wgl"),),
}  # fmt: skip
