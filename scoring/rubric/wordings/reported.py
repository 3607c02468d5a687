"""Sentences in which a word that would be a fault is none: reported, refused, denied, owned, or a right.

What a reader calls us, what staff should not have called the reader, what nobody is, and the step to a lawyer that is
the reader's to take: the words are those of an insult or of a threat, the sentence is the opposite of one.
"""

# ruff: noqa: E501 - one construction a line: a pattern broken over lines cannot be searched
from __future__ import annotations

from typing import Final

# The reader calls us so, or anybody would: "I understand why you call us liars".
NAMED_BY_READER: Final = {
    "en": r"(?:you|anyone|anybody|everyone|everybody|one|who) (?:\w+ )?(?:call(?:s|ed)? (?:us|me|it|this|our)|(?:speak|spoke|speaks|talk|think|thinks|thought) of)|fair (?:summary|word|description)|the word you (?:use|chose)",
    "de": r"(?:dass|wenn|warum|weshalb|wieso) (?:sie|jemand|man) (?:\w+ ){0,4}?(?:nennen|bezeichnen|sprechen|reden|denken|nennt|spricht|denkt)|(?:denkt|d[äa]chte) (?:\w+ ){0,2}?(?:jeder|jede|man)|(?:jeder|jede|man) (?:\w+ )?(?:denkt|d[äa]chte)",
    "fr": r"(?:que|pourquoi|si) (?:vous|l'on|on) (?:\w+ )?(?:nous (?:trait|appel|qualifi)\w+|parl(?:iez|ez|e) (?:de|d')|pens(?:iez|ez|e) [àa])|on (?:\w+ )?pense(?:rait)? (?:\w+ )?[àa]|le mot que vous",
    "es": r"(?:que|por qu[eé]|qui[eé]n|si) (?:usted |ustedes )?(?:nos|me) (?:llam|tild|tach|trat)\w+|que (?:usted )?(?:habl[ae]|piens[ae])n? (?:de|en)|cualquiera (?:\w+ )?(?:pensar[ií]a|hablar[ií]a)|la palabra que usa",
    "it": r"(?:che|perch[eé]|se|chi) (?:lei )?(?:ci|mi) (?:chiam\w+|d[aà]|dia|dica|definis\w+)|(?:che|se|perch[eé]) (?:lei )?(?:parl|pens)(?:a|i|ano|ino) (?:di|a|al|alla)|(?:normale|chiunque|naturale|tutti) (?:\w+ )?pens\w+",
    "pt": r"que (?:o senhor |a senhora |voc[eê] )?(?:nos|me) cham\w+|que (?:o senhor |a senhora |voc[eê] )?(?:fal[ae]|pens[ae])m? (?:em|de|num\w*)|(?:qualquer pessoa|qualquer um|toda a gente) (?:\w+ )?pens\w+",
    "nl": r"(?:dat|waarom|als|wanneer) u (?:\w+ ){0,5}?(?:noemt|noemde|spreekt|sprak|denkt)|denkt (?:iedereen|men|je)|iedereen (?:\w+ )?denkt",
    "pl": r"(?:nazywa|mówi)\w* (?:nas |mnie )?(?:pan|pani|państwo)|każdy (?:by )?pomyśla\w+|(?:pan|pani|państwo) (?:nas |mnie )?(?:nazywa|mówi)\w*",
}  # fmt: skip

# Somebody of ours called or treated the reader so, which is what is apologised for.
SAID_TO_READER: Final = {
    "en": r"(?:be|being|been|get|getting|were|was|are) (?:\w+ )?(?:called|branded|labelled|treated (?:as|like)|taken for|made (?:out )?to (?:be|feel)|told|asked)|(?:asks|asked|tells|told|advises|advised) you to (?:\w+ )?(?:calm|relax|stay|remain|be)|had to (?:hear|listen to|be told)",
    "de": r"(?:genannt|bezeichnet|beschimpft|hingestellt|bloßgestellt|ausgelacht) (?:zu )?(?:werden|wurden|worden)|(?:sie|ihnen) (?:\w+ ){0,5}?(?:zu nennen|hinzustellen|nachgesagt|unterstellt)|und dann (?:\w+ )?ausgelacht|(?:h[öo]ren|anh[öo]ren|lesen|gefallen lassen) (?:zu )?m[üu]ss\w*|(?:unser|ein|mein)\w* (?:\w+ ){0,2}?ihnen (?:empfohlen|geraten|gesagt)|(?:rät|riet|sagt|sagte|geraten|empfiehlt),? (?:ihnen|sie)? ?(?:\w+ ){0,2}?(?:ruhig|geduldig)",
    "fr": r"vous (?:a|ait|avait|ont|aient) (?:\w+ )?(?:trait|qualifi|lanc|demand)[ée]\w*|[êe]tre trait[ée]\w*|vous traiter|s'entendre (?:dire|r[ée]pondre)|d[ûu] entendre|vous (?:demande|conseille|dit|disait|traite) (?:\w+ )?(?:de|d'|la)",
    "es": r"(?:le|la|lo|les|las|los) (?:\w+ )?(?:llam|trat|tach|tild)(?:aran|aron|asen|en)|(?:le|les) (?:pidi|dij)(?:eran|eron|esen)|llamarl[aoe]s?|llamarle|tuvo que (?:o[ií]r|escuchar)|se r[ií]an de (?:un[ao]|usted)",
    "it": r"(?:dar\w*|dato|danno|d[aà]|dia|desse|dessero) (?:del|della|dell|dei|degli|delle)|sentirsi (?:dare|dire|chiedere)|sentit[oa] (?:dare|dire)|trattat[oa] da",
    "pt": r"(?:ter|terem|tenham|tivessem|foi|ser) chamad\w+|(?:o|a|os|as) trat\w+ por|lhe cham\w+|chamaram lhe|(?:ouvir|ouviu|ainda ouviu)|(?:aconselhou|mandou|pediu|dizia)(?: \w+){0,3} (?:para|a)",
    "nl": r"u (?:\w+ ){0,4}?(?:genoemd|uitgemaakt|weggezet|mogen noemen)|(?:genoemd|uitgemaakt|afgesnauwd|uitgelachen) (?:te )?word\w*|dat (?:dat )?woord (?:\w+ )?viel|te horen krijgen",
    "pl": r"(?:robi|robią|zrobił|zrobiła|zrobili) z (?:pana|pani|państwa)|nazwa(?:ć|ł|ła|li|no) (?:pan\w*|państw\w+|kogoś)|nazwan\w+|usłyszeć|to słowo padło",
}  # fmt: skip

# What must not happen to anybody: "Nobody should be told to get a life", "Kein Kind soll …".
REFUSED: Final = {
    "en": r"(?:no ?(?:body|one)|no \w+|none) (?:\w+ ){0,5}?(?:should|must|may|ought|deserves?|needs? to|has to|had any)|does not make (?:anyone|anybody|you)",
    "de": r"(?:niemand\w*|keiner|kein \w+|keine \w+) (?:\w+ ){0,6}?(?:soll\w*|darf|d[üu]rfte\w*|muss|hat|h[äa]tte|geh[öo]rt|zu)|(?:soll\w*|darf|d[üu]rfte\w*|hat|h[äa]tte|macht) (?:\w+ ){0,4}?niemand\w*|(?:h[äa]tte|h[äa]tten) (?:\w+ ){0,4}?(?:nie|niemals|nicht) (?:\w+ ){0,4}?d[üu]rfen",
    "fr": r"(?:personne|aucun\w* \w+|nul) (?:\w+ )?(?:n'|ne )(?:\w+ )?(?:aurait|devrait|doit|a|avait|m[ée]rite)|n'?aur(?:ait|iez|aient) (?:jamais|pas) d[ûu]|ne fait de personne",
    "es": r"(?:nadie|ning[uú]n\w* \w+) (?:\w+ ){0,3}?(?:deb|merec|tiene|ten[ií]a|puede|pod[ií]a)\w*|no convierte a nadie|no (?:debi[oó]|deber[ií]a) (?:\w+ )?(?:nunca|jam[aá]s)?",
    "it": r"nessun\w* (?:\w+ ){0,3}?(?:dov\w+|deve|pu[oò]|poteva|merita)|non (?:doveva|avrebbe dovuto)",
    "pt": r"(?:ningu[eé]m|nenhum\w* \w+) (?:\w+ ){0,3}?(?:dev\w+|merece|tem|tinha|pode|podia)|faz de ningu[eé]m|nunca devia",
    "nl": r"(?:niemand|geen \w+) (?:\w+ ){0,4}?(?:hoort|hoefde|hoeft|mag|mocht|moet|verdient|had)|had(?:den)? (?:\w+ ){0,3}?(?:nooit|niet) (?:\w+ ){0,4}?mogen",
    "pl": r"(?:nikt|żad\w+ \w+) (?:\w+ ){0,2}?nie (?:powin\w+|może|ma|miał\w*|zasługuje|musi)|nigdy nie powin\w+",
}  # fmt: skip

# Just in front of the word: "you are no idiot".
DENIED: Final = {
    "en": r"(?:no|nothing|(?:not|never|hardly|(?:is|are|was|were)n't)(?: an?)?)",
    "de": r"(?:kein\w*|niemand\w* (?:zum|zur)|nicht)",
    "fr": r"(?:n'?[êe]tes pas|n'?est pas|n'?[ée]tait pas|rien|pas|de personne)(?: une?| d| de)?",
    "es": r"(?:nada|no (?:es|era|son|est[aá])|ning[uú]n|ninguna|nadie en)(?: una?)?",
    "it": r"(?:niente di|nulla di|non (?:[eè]|era|sono|siete)|nessun)(?: un[oa]?)?",
    "pt": r"(?:nada de|n[aã]o (?:[eé]|era|s[aã]o|foi)|de ningu[eé]m)(?: uma?)?",
    "nl": r"(?:geen|niet(?: een)?)",
    "pl": r"(?:nic|nie(?: jest| są| był\w*)?(?: pan\w*| państwo)?|żad\w+)",
}  # fmt: skip

# The word is for what we did: "a stupid idea of mine".
OWNED: Final = {
    "en": r"of (?:mine|ours)|(?:was|were|is) (?:mine|ours)|my own|our own (?:mistake|fault|doing|idea|making)|(?:came|comes) (?:from|out of) (?:me|us|my|our)|on my part|on our part",
    "de": r"(?:kam|war|kommt|stammt|zwar) von (?:mir|uns)|(?:kam|kommt|stammt) aus (?:mein|unser)\w*|mein\w* (?:eigene\w*|idee|fehler)|unsererseits|meinerseits",
    "fr": r"(?:venait|vient|c'est|c'[ée]tait) de (?:moi|nous)|ma faute|mon id[ée]e|de (?:ma|notre) part",
    "es": r"l[ao] dije yo|(?:fue|es|era) m[ií][oa]|(?:idea|error|culpa) m[ií][oa]|culpa nuestra|por (?:mi|nuestra) parte",
    "it": r"(?:uscit|venut)[oa] da (?:me|noi)|(?:idea|colpa) mia|errore (?:mio|nostro)|da parte (?:mia|nostra)|(?:roba|cosa|[eè]) da maleducati",
    "pt": r"saiu da minha|(?:foi|era|[eé]) minha|(?:ideia|culpa) minha|erro meu|da (?:minha|nossa) parte",
    "nl": r"(?:kwam|was|komt) van (?:mij|ons)|mijn (?:eigen )?(?:idee|fout)|van mijn kant|van onze kant",
    "pl": r"wyszł\w+ ode mnie|(?:mój|moja|moje) (?:własn\w+|błąd|pomysł|wina)|z (?:mojej|naszej) strony",
}  # fmt: skip

# Nobody is to ask for what our staff asked for: "My colleague had no business asking you to take it down".
ASKED_WRONGLY: Final = {
    "en": r"(?:no ?(?:body|one)|no (?:colleague|manager|member)) (?:\w+ ){0,5}?(?:may|should|must|is (?:allowed|supposed) to|has any right to) (?:\w+ )?(?:ask|beg|press|push|pay|offer|bribe)|(?:no (?:business|right)|(?:wrong|out of order)(?: of \w+)? to|should (?:not|never)|ought (?:not|never) to) (?:\w+ ){0,3}?(?:ask|beg|press|push|offer|brib)\w*|(?:offer|ask|press|push|begg)\w* you (?:\w+ ){0,12}?(?:was|were) (?:\w+ )?(?:wrong|out of order|indefensible)|(?:will|shall|would)(?: not| never|n't) ask you|won't ask you",
    "de": r"(?:niemand|keiner) (?:\w+ ){0,5}?(?:darf|soll\w*|hat|h[äa]tte) (?:\w+ ){0,9}?(?:bitten|dr[äa]ngen|anbieten|verlangen|fordern)|(?:h[äa]tte|h[äa]tten|durfte|darf) (?:\w+ ){0,9}?(?:nie|niemals|nicht) (?:\w+ ){0,4}?(?:bitten|dr[äa]ngen|anbieten|verlangen|fordern)",
    "fr": r"(?:personne|aucun\w* \w+) (?:\w+ ){0,3}?n(?:e|') ?(?:\w+ ){0,3}?(?:demander|r[ée]clamer|exiger|proposer|faire pression)|n'(?:avait|aurait|avions) (?:pas|jamais) (?:d[ûu]|[àa]|le droit de) (?:\w+ ){0,3}?(?:demander|r[ée]clamer|exiger|proposer)",
    "es": r"(?:nadie|ning[uú]n\w* \w+) (?:\w+ ){0,3}?(?:debe|deber[ií]a|debi[oó]|puede|tiene derecho a) (?:\w+ )?(?:pedir|exigir|ofrecer|presionar)\w*|no (?:debi[oó]|debimos|ten[ií]a\w* (?:que|derecho a)) (?:\w+ ){0,2}?(?:pedir|exigir|ofrecer|presionar)\w*",
    "it": r"nessun\w* (?:\w+ ){0,3}?(?:deve|dovrebbe|doveva|pu[oò]|poteva) (?:\w+ )?(?:chieder|pretender|offrir|insister)\w*|non (?:doveva\w*|dovevamo|avrebbe dovuto|aveva (?:il )?diritto di) (?:\w+ ){0,2}?(?:chieder|pretender|offrir|insister)\w*",
    "pt": r"(?:ningu[eé]m|nenhum\w* \w+) (?:\w+ ){0,3}?(?:deve|devia|deveria|pode|podia) (?:\w+ )?(?:pedir|exigir|oferecer|pressionar)\w*|n[aã]o (?:devia|deveria|dev[ií]amos|tinha (?:o direito de|que)) (?:\w+ ){0,2}?(?:pedir|exigir|oferecer|pressionar)\w*",
    "nl": r"(?:niemand|geen \w+) (?:\w+ ){0,4}?(?:hoort|mag|mocht|moet) (?:\w+ ){0,9}?(?:te )?(?:vragen|eisen|aanbieden|dringen)|had(?:den)? (?:\w+ ){0,9}?(?:nooit|niet) (?:\w+ ){0,9}?mogen (?:vragen|eisen|aanbieden)",
    "pl": r"nikt (?:\w+ ){0,2}?nie (?:powin\w+|może|ma prawa) (?:\w+ ){0,3}?(?:prosić|żądać|proponować|namawiać)|nie (?:powin\w+|miał\w* prawa) (?:\w+ ){0,4}?(?:prosić|żądać|proponować|namawiać)",
}  # fmt: skip

# Words in quotation marks are ours or a colleague's, and the answer says that they were out of place.
QUOTE: Final = r"\"[^\"\n]{1,80}\"|(?<!\w)'[^'\n]{2,60}'(?!\w)"
DISOWNED: Final = {
    "en": r"has no place|(?:is|was)(?: not|n't| no| never)? (?:an? |the )?(?:answer|excuse|explanation|way to|thing to say|reply)|is (?:nothing|not something) to say|(?:we|i|my \w+|our \w+|colleague|he|she|they) (?:\w+ )?(?:wrote|said|told|answered|replied)|(?:no business|no right|should (?:never|not)) (?:\w+ )?(?:say|saying|have)",
    "de": r"hat (?:\w+ ){0,5}?(?:keinen platz|nichts (?:verloren|zu suchen))|(?:ist|war) (?:\w+ )?keine (?:antwort|entschuldigung|art|erkl[äa]rung)|(?:haben|hat|habe) (?:\w+ ){0,6}?(?:gesagt|geschrieben|geantwortet)|(?:schrieben|sagten|antworteten) wir|h[äa]tten? (?:\w+ ){0,4}?(?:nie|nicht) (?:\w+ ){0,3}?(?:sagen|fallen|d[üu]rfen)",
    "fr": r"n'a (?:rien [àa]|pas sa place|aucune place)|n'est pas une (?:r[ée]ponse|excuse|fa[çc]on)|n'avait pas [àa]|(?:avons|a|ai|ont) (?:\w+ )?(?:dit|r[ée]pondu|[ée]crit|lanc[ée])",
    "es": r"(?:cae|sienta|sent[oó]|cay[oó]) (?:como|fatal|mal)|no (?:es|era) (?:una )?(?:respuesta|excusa|forma|manera)|no (?:tiene|ten[ií]a) (?:lugar|cabida|sitio)|(?:le|les|te) (?:dij|respond|contest|solt|escrib)\w+|(?:nunca|no) debi\w+",
    "it": r"non (?:[eè]|era) una (?:risposta|scusa|maniera)|non (?:ha|deve avere) posto|(?:le|gli|vi) (?:abbiamo|ha|hanno|ho) (?:\w+ )?(?:dett|rispost|scritt)\w*|non (?:doveva|andava|si dice)",
    "pt": r"n[aã]o (?:[eé]|era) (?:uma )?(?:resposta|desculpa|maneira)|n[aã]o tem lugar|(?:dissemos|respondemos|escrevemos|disseram|responderam|foi dito)|n[aã]o devia",
    "nl": r"heeft (?:\w+ ){0,4}?(?:geen plaats|niets te zoeken)|is geen (?:antwoord|excuus|manier)|(?:hebben|heeft|heb) (?:\w+ ){0,6}?(?:gezegd|geschreven|geantwoord)|(?:schreven|zeiden|antwoordden) (?:wij|we)|had(?:den)? (?:\w+ ){0,3}?(?:nooit|niet) (?:\w+ ){0,3}?mogen",
    "pl": r"nie ma (?:\w+ )?miejsca|nie jest (?:odpowiedzią|wytłumaczeniem)|to (?:żadna|nie) (?:odpowiedź|wymówka)|(?:odpisa|napisa|powiedzie|odpowiedzie)\w*(?:liśmy|łem|łam|no)|nie powin\w+ paść",
}  # fmt: skip

# A fault of ours that is told claims no step: "I am sorry that we sent you away", "nobody had been booked to clean".
ADMITTED: Final = {
    "en": r"<sorry> (?:\w+ ){0,3}?(?:that )?(?:i|we|our \w+|my \w+) ",
    "de": r"(?:<sorry>|leid),? (?:\w+ ){0,3}?dass (?:ich|wir|unser\w* \w+|mein\w* \w+) ",
    "fr": r"<sorry> (?:\w+ ){0,3}?(?:que (?:nous|je|j'|notre \w+|mon \w+|ma \w+)|de vous|d'avoir|de ne) ?",
    "es": r"<sorry> (?:\w+ ){0,3}?(?:que (?:no |le |les )*|haber)(?:le|les)? ?",
    "it": r"<sorry> (?:\w+ ){0,3}?(?:che (?:noi |non |le )*|di (?:non )?aver)",
    "pt": r"<sorry> (?:\w+ ){0,3}?(?:que (?:n[aã]o |o |a |lhe )*|por (?:n[aã]o )?(?:lhe )?ter)",
    "nl": r"(?:<sorry>|spijt) (?:\w+ ){0,3}?dat (?:ik|wij|we|onze \w+|mijn \w+) ",
    "pl": r"<sorry>,? (?:\w+ ){0,3}?(?:że|iż) ",
}  # fmt: skip
NOT_DONE: Final = {
    "en": r"(?:no ?body|no one|nothing|none of us)(?! (?:less|but|else matters))|(?:(?:could|should|would|might|ought to|must) (?:\w+ )?|'d )have |had been (?:told|given|promised) nothing",
    "de": r"(?:niemand\w*|keiner|h[äa]tten?|nicht(?! nur| allein| l[äa]nger| mehr))",
    "fr": r"personne|aucun\w*|(?:aurions|aurais|aurait|devions|devrions) |n'(?:ai|a|avons|ont) (?:pas|rien|jamais) ",
    "es": r"nadie|ning[uú]n\w*|(?:debimos|deb[ií]|deber[ií]a(?:mos)?|tendr[ií]amos|podr[ií]amos) ",
    "it": r"nessun\w*|(?:avremmo|avrei|dovevamo|dovevo|avrebbe) ",
    "pt": r"ningu[eé]m|nenhum\w*|(?:dev[ií]amos|devia|dever[ií]amos|deveria|pod[ií]amos|podia) ",
    "nl": r"niemand|geen enkele|(?:hadden|had) (?:\w+ ){0,6}?(?:moeten|kunnen|mogen)|niet(?! alleen| langer| meer)",
    "pl": r"nikt|żad\w+|(?:powin\w+|mieliśmy|miałem|miałam|można było) ",
}  # fmt: skip

# Who says that the fault is theirs contradicts nobody: "That was a wrong decision and it was mine".
FAULT_OURS: Final = {
    "en": r"(?:it|that|this|which) (?:is|was) (?:mine|ours|on (?:me|us)|(?:my|our) (?:\w+ )?(?:mistake|fault|doing|error|decision))",
    "de": r"(?:ist|war|bleibt) (?:\w+ )?(?<!nicht )(?<!kein )(?:mein|unser)\w* (?:\w+ )?(?:fehler|schuld|vers[äa]umnis|entscheidung)",
    "fr": r"(?:c'est|c'[ée]tait|est|reste) (?:enti[èe]rement |bien |aussi )?(?:ma|notre) (?:faute|erreur)",
    "es": r"(?<!no )(?:es|fue|era) (?:una? )?(?:culpa|error|fallo) (?:m[ií][oa]|nuestr[oa])",
    "it": r"(?<!non )(?:[eè]|era) (?:tutta )?(?:una? )?(?:colpa|errore|sbaglio) (?:mi[oa]|nostr[oa])",
    "pt": r"(?<!nao )(?:[eé]|foi|era) (?:uma? )?(?:culpa|erro|falha) (?:minha|meu|noss[oa])",
    "nl": r"(?:is|was) (?:helemaal )?(?:mijn|onze) (?:\w+ )?(?:fout|schuld)(?! niet)",
    "pl": r"(?:to|jest) (?:był\w* |jest )?(?:mój|moja|nasz|nasza) (?:\w+ )?(?:błąd|wina)",
}  # fmt: skip

# The reader may go to a lawyer, to the police, to an office, and loses nothing by it.
RIGHT: Final = {
    "en": r"(?:your|their|anyone's|everyone's) (?:\w+ )?right|(?:you are|you're) (?:\w+ )?(?:free|entitled) to|up to you|you decide|(?:was|were|are) right to (?:take|seek|ask)|(?:a|any) (?:lawyer|solicitor) (?:of your choice|you (?:like|choose|trust))",
    "de": r"(?:ihr|sein) (?:gutes )?recht|entscheiden sie|steht ihnen (?:\w+ )?(?:frei|zu|offen)",
    "fr": r"votre (?:bon |plein )?droit|le droit de l'envoyer|n'ai pas [àa] vous en|vous (?:[êe]tes|restez) (?:\w+ )?libre|vous avez bien fait|(?:mise en demeure|lettre|courrier) (?:\w+ ){0,6}?(?:jamais d[ûu]|annul[ée]\w*|retir[ée]\w*)",
    "es": r"(?:su|el) (?:\w+ )?derecho|tiene (?:todo )?(?:el |su )?derecho|(?:ha hecho|hace|har[aá]|hizo) (?:muy )?bien|abogad[oa] que (?:quiera|prefiera|desee)|es (?:usted )?libre de",
    "it": r"(?:suo|pieno|ogni) diritto|(?:ha fatto|fa|far[aà]) (?:molto )?bene|liber[oa] di",
    "pt": r"direito seu|seu direito|(?:todo o )direito|tem direito|(?:fez|faz|far[aá]) (?:muito )?bem|n[aã]o levamos a mal|o seu advogado pode",
    "nl": r"(?:uw|hun) (?:\w+ )?recht|goed recht|staat u vrij|begrijp(?:en)? (?:wij|we|ik)",
    "pl": r"(?:pana|pani|państwa) (?:\w+ )?prawo|(?:pan|pani|państwo) (?:\w+ )?prawo|dobrze,? że|rozumiem,? że (?:poszedł|poszła|poszli)",
}  # fmt: skip

# What turns the sentence round again: "It is your right, but ours …".
TURNED: Final = {
    "en": r"but|yet|however|though|ours|likewise|equally|as long as|provided",
    "de": r"aber|doch|jedoch|allerdings|unserer|ebenso|genauso|solange|sofern",
    "fr": r"mais|cependant|toutefois|pourtant|le n[ôo]tre|tant que|sachez",
    "es": r"pero|sin embargo|aunque|el nuestro|ahora bien|no quita|siempre que|mientras",
    "it": r"ma|per[oò]|tuttavia|il nostro|purch[eé]|finch[eé]",
    "pt": r"mas|por[eé]m|contudo|no entanto|o nosso|desde que",
    "nl": r"maar|echter|wel|de onze|zolang|mits",
    "pl": r"ale|jednak|lecz|natomiast|nasz|o ile|dopóki",
}  # fmt: skip

# The wish to talk at leisure tells nobody to calm down, and a third person's noise is not the reader's.
AT_LEISURE: Final = {
    "en": r"(?:would|should|'d) (?:like|love|be glad) to (?:talk|speak|sit)",
    "de": r"(?<!das )(?<!es )(?<!dies )\w+ (?:ist|war|sind|waren) kein grund|(?:m[öo]chte|w[üu]rde|will) (?:\w+ ){0,4}?ruhe",
    "fr": r"(?:aimerais|voudrais|souhaite) (?:\w+ )?(?:vous )?parler",
    "es": r"(?:gustar[ií]a|quiero|quisiera|querr[ií]a|encantar[ií]a) (?:\w+ ){0,3}?(?:habl|convers|coment|trat)\w+ (?:\w+ ){0,4}?calma",
    "it": r"(?:vorrei|voglio|piacerebbe|vorremmo) (?:\w+ ){0,3}?parl\w+ (?:\w+ ){0,4}?calma",
    "pt": r"(?:gost\w+|quero|queria|queremos) (?:\w+ ){0,4}?(?:fal|convers)\w+ (?:\w+ ){0,4}?calma",
    "nl": r"(?:wil|zou) (?:\w+ ){0,4}?rustig (?:\w+ ){0,3}?(?:praten|spreken)",
    "pl": r"(?:chciał\w+|chcę) (?:\w+ ){0,3}?(?:porozmawiać|pomówić) (?:\w+ )?spokojnie",
}  # fmt: skip

# Nothing is asked of the reader, or where a number stands: neither contradicts anything.
NOT_NEEDED: Final = {
    "en": r"you (?:do not|don't|need not|needn't) (?:have to|need to)? ?(?:queue|wait|ask|ring|call|book|bring|explain|prove|announce|change)",
    "de": r"sie (?:m[üu]ssen|brauchen) (?:\w+ ){0,4}?(?:nicht|nichts|kein\w*) (?:\w+ ){0,2}?(?:warten|anstehen|beweisen|erkl[äa]ren|mitbringen|anmelden)",
    "fr": r"vous n'avez (?:pas|plus|rien) (?:[àa]|besoin)|n'avez rien [àa] prouver|ensemble",
    "es": r"(?:n[uú]mero|tel[eé]fono|correo|direcci[oó]n) que (?:figura|aparece|consta|est[aá])|no (?:tiene|tendr[aá]) que (?:esperar|hacer cola|demostrar|avisar|explicar)",
    "it": r"(?:numero|telefono|indirizzo) (?:indicato|che (?:trova|[eè]|compare|figura))|non (?:serve|occorre|deve) (?:fare la fila|dimostrare|avvisare|spiegare)",
    "pt": r"(?:n[uú]mero|telefone|endere[cç]o) (?:indicado|que (?:est[aá]|consta|figura))|n[aã]o precisa de (?:esperar|provar|avisar|explicar)",
    "nl": r"u (?:hoeft|hoefde) (?:\w+ ){0,4}?(?:niet|niets|geen)|het nummer (?:\w+ )?(?:dat|op)|(?:wij|we) u (?:\w+ )?(?:afgenomen|ontnomen)",
    "pl": r"nie (?:musi|musiał|musiała|muszą) (?:pan|pani|państwo)|numer\w* (?:podan\w+|jest|na)",
}  # fmt: skip

# One person of ours does two things; of reviews it would be a charge.
SAME_PERSON: Final = r"same (?:person|author|hand)|dieselbe\w* person|derselbe\w* (?:person|autor)|m[êe]me (?:personne|auteur)|(?:misma persona|mismo autor)|stess[oa] (?:persona|autore)|mesm[oa] (?:pessoa|autor)|dezelfde (?:persoon|auteur|hand)|t\w+ sam\w+ osob\w+"
WRITING: Final = {
    "en": r"<review>|profiles?|accounts?|wrote|written|writes|writing|posts?",
    "de": r"<review>|profil\w*|kont(?:o|en)|account\w*|schr(?:eib|ieb)\w*|geschrieben|verfasst\w*",
    "fr": r"<review>|profils?|comptes?|[ée]cri\w+|pseudonymes?",
    "es": r"<review>|perfil\w*|cuentas?|escri\w+|publica\w*",
    "it": r"<review>|profil\w+|account|scri\w+|pubblica\w*",
    "pt": r"<review>|perf\w+|contas?|escre\w+|publica\w*",
    "nl": r"<review>|profiel\w*|accounts?|schr(?:ijf|eef|even)\w*|geschreven",
    "pl": r"<review>|profil\w*|kont\w*|pisz\w+|pisał\w*|napisa\w*",
}  # fmt: skip

# What is still to come claims nothing that is done: "I am talking it through with the stylist on Tuesday".
TO_COME: Final = {
    "en": r"(?:i|we)(?:'ll| will| shall|(?:'m|'re| am| are) going to)|(?:i am|i'm|we are|we're) (?:\w+ )?\w+ing (?:\w+ ){0,8}?(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|this (?:week|afternoon|evening)|next (?:week|month))",
    "es": r"(?:voy|vamos) a|\w{2,}(?:ar|er|ir)(?:é|emos)",
    "fr": r"(?:je|nous) (?:\w+ ){0,2}?\w+r(?:ai|ons)|(?:je vais|nous allons) \w+(?:er|ir|re)",
    "de": r"(?:ich werde|wir werden|werde ich|werden wir)|(?:morgen|(?:am|bis) \w+tag|n[äa]chste (?:woche|tage)|heute noch) (?:\w+ ){0,2}?(?:ich|wir)|bis zum \d+\W+\w+ (?!habe)\w+ (?:ich|wir)",
    "it": r"(?:domani|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|in settimana) \w+|\w{2,}(?:er|ir|ar)(?:ò|emo)",
    "pt": r"(?:vou|vamos) \w+r|\w{2,}(?:ar|er|ir)(?:ei|emos)",
    "nl": r"(?:ik zal|wij zullen|we zullen|zal ik|zullen we)|(?:ik ga|we gaan|ga ik|gaan we)|(?:morgen|komende week|deze week) (?:\w+ )?(?:ik|we|wij)|uiterlijk (?:op )?\d+ \w+ (?!heb)\w+ (?:ik|we|wij)",
    "pl": r"(?:b[ęe]d[ęe]|będziemy)|(?:jutro|w tym tygodniu|w przyszłym tygodniu) (?:poprosz|sprawdz|zadzwoni|napisz|porozmawi|omówi|przejrz|ustal)\w+|do \d+ \w+ (?!\w+l[iy]śmy)\w+(?:my|ę)",
}  # fmt: skip
