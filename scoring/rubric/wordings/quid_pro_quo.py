"""B01: an edit or removal asked for, a good review asked for, or anything given for a review."""

# ruff: noqa: E501 - one construction a line: a pattern broken over lines cannot be searched
from __future__ import annotations

from ..wording import Rules, found

# What takes the condition away, or says that the choice is the writer's.
_FREE = {
    "en": r"whatever you|whether or not|either way|regardless|no strings|nothing (?:is |at all )?(?:expected|asked|wanted)|expect nothing|ask(?:ing)? (?:for )?nothing|not (?:ask|asking|expect|expecting|tied|linked|connected|depend|depending|conditional|want|about)\w*|no need to|never ask|would never|without (?:any )?(?:condition|asking|expect)\w*|up to you|your (?:own )?(?:choice|decision)|entirely yours|exactly as|independent\w*|do not (?:need|have) to|don't (?:need|have) to|free to|no obligation|as it is|stands|(?:do not|don't|no) (?:expect|want)|leave yours up|we don't do that|told (?:him|her|them)|asked you for",
    "es": r"sin (?:condici|pedir|esperar|compromiso|nada a cambio|que)\w*|no (?:le|te|les|os)? ?(?:pedimos|pido|esperamos|pediremos|hace falta|es necesario|tiene que|depende|necesita)|independientemente|en cualquier caso|escriba lo que escriba|tal (?:y )?como|libre de|decisi[oó]n (?:es )?(?:suya|tuya)|haga lo que haga|pase lo que pase|nada a cambio",
    "fr": r"d[ée]sol[ée]\w* d'avoir|sans (?:condition|contrepartie|rien (?:attendre|demander)|vous demander|attendre)\w*|ne (?:vous )?(?:demandons|demande|attendons|attends) (?:rien|pas)|rien en retour|ind[ée]pendamment|quoi que vous|quel que soit|libre de|tel quel|inchang[ée]|vous appartient|n'avez pas (?:besoin )?[àa]|dans tous les cas|pas besoin",
    "de": r"unabh[äa]ngig|bedingungslos|ohne (?:bedingung|gegenleistung|erwartung|etwas|dass)\w*|egal,? (?:was|wie|ob)|ob sie|ganz gleich|nichts (?:daf[üu]r|zur[üu]ck|als gegenleistung)|erwarten (?:wir )?(?:daf[üu]r )?(?:nichts|keine)|nicht (?:darum|verlangen|erwarten|bitten|l[öo]schen oder)|m[üu]ssen (?:\w+ ){0,3}nicht|bleibt ihnen|ihre entscheidung|ihnen [üu]berlassen|so stehen|in jedem fall|keine sorge um",
    "it": r"senza (?:condizion|chieder|contropartit|nulla|alcun|vincol)\w*|non (?:le |ti |vi )?(?:chiediamo|chiedo|aspettiamo|serve|deve|dipende)|indipendentemente|in ogni caso|qualunque cosa|cos[iì] com'?[eè]|liber[oai] di|scelta [eè] sua|nulla in cambio|niente in cambio|a prescindere",
    "pt": r"sem (?:condi[cç]|pedir|esperar|compromisso|nada em troca|qualquer)\w*|n[aã]o (?:lhe )?(?:pedimos|pe[cç]o|esperamos|precisa|tem de|tem que|depende)|independentemente|em qualquer caso|escreva o que|tal como|livre (?:de|para)|decis[aã]o [eé] sua|nada em troca",
    "nl": r"ongeacht|onvoorwaardelijk|zonder (?:voorwaard|tegenprestatie|iets|dat|verplichting)\w*|vragen (?:u |wij |we )?(?:daar )?niets|niets (?:voor )?terug|verwachten (?:wij |we )?niets|(?:hoeft|hoeven) (?:\w+ ){0,3}niet|staat los|los van|uw (?:eigen )?keuze|zoals (?:het|hij|die) (?:is|staat)|wat u ook|vrij om|in elk geval",
    "pl": r"niezależnie|bez (?:żadn|warunk|względu|oczekiw|zobowiąz|proś)\w*|nie (?:prosimy|proszę|oczekujemy|musi|muszą|trzeba|wymagamy|zależy)|niczego (?:w zamian|nie)|nic w zamian|bezwarunkow\w+|pozostaje (?:pana|pani|państwa)|decyzja należy|w każdym (?:razie|przypadku)|cokolwiek",
}  # fmt: skip
# "We changed ...": the business acts, not the writer.
_WE = {
    "en": r"(?:we|i|us|team|chef|manager|helps?|help us|colleagues?|staff)(?: (?!you\b|your\b|if\b)\w+){0,4}|(?<!you )to|by",
    "es": r"(?:hemos|vamos a|queremos|quiero|podamos|podemos|estamos|ayuda\w* a|nos|me|para)(?: (?!usted\b|si\b|que\b)\w+){0,2}",
    "fr": r"(?:nous|j'ai|je|on|[ée]quipe|pour|afin de|de quoi)(?: (?!vous\b|si\b|que\b)\w+){0,3}",
    "de": r"(?:wir|ich|uns|team)(?: (?!sie\b|wenn\b|ihre\b|du\b)\w+){0,5}",
    "it": r"(?:abbiamo|vogliamo|stiamo|possiamo|ci|per|a)(?: (?!lei\b|se\b|che\b)\w+){0,2}",
    "pt": r"(?:vamos|queremos|estamos|podemos|nos|para|a)(?: (?!se\b|que\b)\w+){0,2}",
    "nl": r"(?:wij|we|ik|ons|team)(?: (?!u\b|uw\b|als\b|je\b)\w+){0,4}",
    "pl": r"(?:będziemy|chcemy|chcę|możemy|nam|aby|żeby)(?: (?!pan\b|pani\b|państwo\b|jeśli\b)\w+){0,2}",
}  # fmt: skip

RULES: Rules = {
    "en": (
        found(r"<change> (?:to )?(?:your|the|this|that|its|those|these|a) (?:\w+ ){0,3}?<review>", unless=_FREE["en"], before=_WE["en"]),
        found(r"(?:ask|asks|asking|request\w*|urge\w*|invite\w*|beg|appreciat\w+|grateful|love|hope|hoping|glad|happy|kind enough|consider\w*|mind|ready|able|willing|encourage\w*) ~~ <change> ~ (?:your|the|this|that|those) (?:\w+ ){0,2}?<review>", unless=_FREE["en"]),
        found(r"(?:your|the|this|that|those|a) (?:\w+ ){0,2}?<review> (?:(?:is|are|was|were|be|being|gets?|has been|have been|has gone|have gone|has come|has|have|goes|go|could be|to be|can be|comes?|came|disappears?|should) ){1,2}(?:\w+ ){0,2}?(?:<change>|down|gone|up|higher|better|off|positive|offline|five|four|away)|(?:your|this|that) <review> (?:disappear\w*|go(?:es)? (?:up|away)|come(?:s)? down|reflect\w* (?:that|this|our|the (?:solution|refund|gesture)))", unless=_FREE["en"] + r"|(?:was|were|been) (?:removed|deleted|hidden) by|lift(?:ed|s) (?:us|our)|(?:pinned|hung|hangs|put|stuck) up(?! by you)"),
        found(r"(?:removal|deletion|withdrawal|an? (?:edit|update|change|correction|adjustment|revision)|updates?|edits?|changes?) (?:of|to) (?:your|the|this|that) (?:\w+ )?<review>", unless=_FREE["en"]),
        found(r"(?:take|taking|bring|pull|pulling) (?:it|this|that|your \w+|the \w+|this \w+|that \w+) (?:\w+ )?(?:down|offline)|(?:remove|delete|withdraw|retract|edit) (?:this|it|that)(?= (?:or|and|so|then|first|before|now|today|please|we)|$|[.,;!])", unless=_FREE["en"], before=_WE["en"]),
        found(r"(?:(?:if|once|when|after|as soon as|provided|should|until|unless|before|in case|where) (?:that )?you (?:\w+ ){0,3}|(?:for|by|in return for|in exchange for|upon) )(?:<change>|reconsider\w*|writ(?:e|ing)|post(?:ing)?|leav(?:e|ing)|giv(?:e|ing)|rat(?:e|ing)|shar(?:e|ing)|add(?:ing)?|mark(?:ing)?|put(?:ting)?) ~ (?:<review>)", r"<benefit>|(?:make|making) it worth|sort (?:this|it) out|be glad to help", unless=_FREE["en"] + r"|thank(?:s| you)"),
        found(r"(?:in return|in exchange|exchange|trade|swap|reward\w*|thank you with|our thanks|worth your while|make it worth)", r"<review>", unless=_FREE["en"]),
        found(r"(?:a|an|another|more|leave|leaving|give|giving|post|posting|write|writing|want|need|deserve|get) (?:us )?(?:a |an )?(?:\w+ )?(?:five|5|four|4|positive|good|better|nice|kind|glowing|higher|great|favou?rable|happy)[- ]?(?:star|stars)? ?(?:<review>|stars)", unless=_FREE["en"] + r"|thank(?:s| you) (?:so much |very much )?for|deserve|earn|(?:wonderful|pleasure|great|happy|lovely) to read|(?:is|are|was) (?:a |not )?worth (?:nothing|little|less)|(?:it|that|this|yours)(?: is|'s| was) (?:a|an) (?:\w+ )?(?:good|kind|nice|fair|great|better) <review>(?! (?:you|we|that|which|from)(?!\w))"),
        found(r"<benefit>", r"(?:for|against|after|with) (?:your|a|the|every|each|any) (?:new |honest |fresh |kind |positive |good )?(?:<review>)", r"(?:get|receive|claim|enjoy|earn|win|collect|await\w*|waiting|yours|in return|offer\w*|send|give)", unless=_FREE["en"] + r"|thank(?:s| you)|sorry|after (?:reading )?your"),
        found(r"(?:reconsider|rethink|revisit|another look at|second look at|think again about|have a rethink) ~ (?:stars?|rating|score|review|what you (?:wrote|posted))", unless=_FREE["en"]),
    ),
    "es": (
        found(r"<change> (?:de )?(?:su|tu|vuestra|esta?|esa?|la|las|el|los|sus|tus) (?:\w+ ){0,2}?<review>", unless=_FREE["es"] + r"|gracias (?:por|a) (?:su|tu|esta?)", before=_WE["es"]),
        found(r"(?:agradecer\w+|ped\w+|pid\w+|rog\w+|ruego|gustar[ií]a|encantar[ií]a|si (?:pudiera|puede|puedes|quiere)|le importar[ií]a|podr[ií]a|considere|animamos|invitamos|dispuest\w+) ~~ <change> ~ (?:su|tu|la|esta|esa|el|este) (?:\w+ ){0,2}?<review>", unless=_FREE["es"]),
        found(r"(?:si|cuando|en cuanto|una vez(?: que)?|tan pronto como|siempre que|despu[eé]s de|al|a cambio de|por|tras|antes de|hasta que) (?:\w+ ){0,4}?(?:<change>|escrib\w+|publi\w+|dej\w+|pon\w+|d[eé]\w*|comparti\w+) (?:\w+ ){0,4}?<review>", r"<benefit>", unless=_FREE["es"] + r"|gracias"),
        found(r"(?:a cambio|recompens\w+|premi\w+)", r"<review>", unless=_FREE["es"]),
        found(r"(?:una|otra|de|dejar\w*|con) (?:\w+ )?(?:(?:cinco|5|cuatro|4) estrellas|<review> (?:positiv|mejor|buen|favorable|de (?:cinco|5))\w*|(?:buena|mejor|positiva) <review>)", r"ayud\w+|agradec\w+|regal\w+|<benefit>|encantar\w+|d[eé]j\w+|ponga|escrib\w+", unless=_FREE["es"] + r"|gracias por (?:su|tu|la|sus|esta)|hotel|habitaci"),
        found(r"(?:su|tu|la|esta) <review> (?:\w+ ){0,3}?(?:desapare\w+|suba\w*|(?:est[eé]|sea|haya sido|quede) (?:\w+ )?(?:modific|cambi|actuali|elimin|borr|retir|correg)\w*)", unless=_FREE["es"]),
    ),
    "fr": (
        found(r"<change> (?:de )?(?:votre|vos|cet|cette|ce|l'|la|le|les|ton) ?(?:\w+ ){0,2}?<review>", unless=_FREE["fr"] + r"|merci (?:de|pour) (?:votre|cet)", before=_WE["fr"]),
        found(r"(?:reconnaissant\w*|demand\w+|pri(?:ons|e)|souhait\w+|aimer\w+|appr[ée]ci\w+|si vous (?:pouviez|pouvez|vouliez|acceptez)|pourriez|pouvez|accepteriez|envisag\w+|invit\w+|pr[êe]ts?|heureux|ravis) ~~ <change> ~ (?:votre|cet|cette|ce|l'|la|le|vos) ?(?:\w+ ){0,2}?<review>", unless=_FREE["fr"]),
        found(r"(?:si|d[èe]s (?:que|lors)|une fois|quand|lorsque|apr[èe]s|en [ée]change|contre|[àa] condition|pourvu|d[èe]s|avant|pour) (?:[\w']+ ){0,5}?(?:<change>|[ée]cri\w+|publi\w+|laiss\w+|mett\w+|donn\w+|poste\w*|partag\w+) (?:[\w']+ ){0,4}?<review>", r"<benefit>", unless=_FREE["fr"] + r"|merci"),
        found(r"(?:en [ée]change|en contrepartie|r[ée]compens\w+|en retour)", r"<review>", unless=_FREE["fr"]),
        found(r"(?:un|une|de|avec|laiss\w+|mett\w+) (?:\w+ )?(?:(?:cinq|5|quatre|4) [ée]toiles|<review> (?:positi|favorable|[àa] (?:cinq|5)|plus)\w*|(?:bon|bonne|meilleure?|bel) <review>)", r"aider\w*|appr[ée]ci\w+|remerci\w+|<benefit>|laiss\w+|mettez|[ée]cri\w+", unless=_FREE["fr"] + r"|merci (?:pour|de)|h[ôo]tel"),
        found(r"(?:votre|cet|l') ?<review> (?:\w+ ){0,3}?(?:dispara\w+|(?:sera|soit|est|aura [ée]t[ée]) (?:\w+ )?(?:modifi|chang|supprim|retir|corrig|effac|mis)\w*)", unless=_FREE["fr"]),
    ),
    "de": (
        found(r"(?:ihre|ihrer|diese|dieser|die|der|den|diesen|ihren|deine|eure|ihr|das) (?:\w+ ){0,2}?<review> ~ (?:<change>)", unless=_FREE["de"] + r"|(?:danke|dank) f[üu]r", before=_WE["de"]),
        found(r"(?:<change>) (?:sie |bitte |doch |jetzt )*(?:ihre|ihrer|diese|dieser|die|den|diesen|ihren|deine|ihr) (?:\w+ ){0,2}?<review>", unless=_FREE["de"], before=_WE["de"]),
        found(r"(?:bitten|freuen|dankbar|w[üu]rden|k[öo]nnten|m[öo]chten|m[öo]chte|w[äa]re|bereit|gerne?|vielleicht|erw[äa]gen|hoffen|lie(?:ß|ss)en) ~~ <review> ~~ (?:<change>)", unless=_FREE["de"] + r"|(?:danke|dank) f[üu]r|(?:ihre|die) <review> (?:\w+ )?(?:mit|im team|zum anlass)", before=r"(?:wir|ich) haben|nehmen wir"),
        found(r"(?:wenn|falls|sobald|sofern|nachdem|vorausgesetzt|gegen|f[üu]r|im gegenzug|sollten|bevor|erst) (?:\w+ ){0,6}?<review> (?:\w+ ){0,4}?(?:<change>|schreib\w+|abgeb\w+|geben|hinterlass\w+|posten|ver[öo]ffentlich\w+|teilen)", r"<benefit>", unless=_FREE["de"] + r"|dank"),
        found(r"(?:im gegenzug|als gegenleistung|belohn\w+|als dank(?:esch[öo]n)?)", r"<review>", unless=_FREE["de"]),
        found(r"(?:eine|mit|um|f[üu]r eine) (?:\w+ )?(?:(?:f[üu]nf|5|vier|4)[- ]?sterne\w*|(?:positive|gute|bessere|nette|sch[öo]ne)n? <review>)", r"helf\w+|hilft|freuen|danken|<benefit>|w[üu]rde", unless=_FREE["de"] + r"|(?:danke|dank) f[üu]r|hotel"),
    ),
    "it": (
        found(r"<change> (?:della |di )?(?:la sua|la tua|la vostra|la|sua|questa?|quest'|quel\w*|il suo|il tuo|il|le|i|l') ?(?:\w+ ){0,2}?<review>", unless=_FREE["it"] + r"|grazie (?:per|della)", before=_WE["it"]),
        found(r"(?:grat\w+|chied\w+|preg\w+|piacerebbe|apprezz\w+|se (?:potesse|puoi|pu[oò]|volesse|potete)|potrebbe|potreste|consider\w+|invit\w+|dispost\w+|liet\w+|felic\w+) ~~ <change> ~ (?:la|sua|questa|il|suo|l'|questo|le) ?(?:\w+ ){0,2}?<review>", unless=_FREE["it"]),
        found(r"(?:se|quando|appena|non appena|una volta|dopo|in cambio|purch[eé]|a patto|a condizione|per|prima) (?:\w+ ){0,5}?(?:<change>|scriv\w+|pubblic\w+|lasci\w+|mett\w+|d[aà]\w*|condivid\w+) (?:\w+ ){0,4}?<review>", r"<benefit>", unless=_FREE["it"] + r"|grazie"),
        found(r"(?:in cambio|ricompens\w+|premi(?:are|amo|eremo)|a fronte)", r"<review>", unless=_FREE["it"]),
        found(r"(?:una|con|di|lasci\w+) (?:\w+ )?(?:(?:cinque|5|quattro|4) stelle|<review> (?:positiv|miglior|buon|a (?:cinque|5))\w*|(?:buona|bella|migliore) <review>)", r"aiut\w+|apprezz\w+|<benefit>|piacere\w*|grat\w+|lasci\w+|scriv\w+", unless=_FREE["it"] + r"|grazie (?:per|della)|hotel|albergo"),
        found(r"(?:la sua|sua|la tua|questa|la) <review> (?:\w+ ){0,3}?(?:sparis\w+|(?:sar[aà]|sia|viene|verr[aà]|venisse) (?:\w+ )?(?:modific|cambiat|cancell|rimoss|aggiornat|eliminat|corrett|tolt)\w*)", unless=_FREE["it"]),
    ),
    "pt": (
        found(r"<change> (?:d)?(?:a sua|a tua|sua|esta|essa|a|o seu|seu|o|este|as) (?:\w+ ){0,2}?<review>", unless=_FREE["pt"] + r"|obrigad[oa] (?:por|pel)", before=_WE["pt"]),
        found(r"(?:agrade[cç]\w+|grat\w+|ped\w+|pe[cç]\w+|gostar\w+|se (?:pudesse|puder|quiser|aceitar)|poderia|podia|pode|considere|considerar|convidamos|dispost\w+|felizes) ~~ <change> ~ (?:a|sua|esta|essa|o|seu|este) (?:\w+ ){0,2}?<review>", unless=_FREE["pt"]),
        found(r"(?:se|quando|assim que|logo que|uma vez|depois de|ap[oó]s|em troca|desde que|caso|ao|por|antes) (?:\w+ ){0,5}?(?:<change>|escrev\w+|public\w+|deix\w+|d[eê]r?\w*|coloc\w+|partilh\w+|compartilh\w+) (?:\w+ ){0,4}?<review>", r"<benefit>", unless=_FREE["pt"] + r"|obrigad"),
        found(r"(?:em troca|recompens\w+|em contrapartida)", r"<review>", unless=_FREE["pt"]),
        found(r"(?:uma|com|de|deix\w+) (?:\w+ )?(?:(?:cinco|5|quatro|4) estrelas|<review> (?:positiv|melhor|de (?:cinco|5)|favor)\w*|(?:boa|melhor) <review>)", r"ajud\w+|agrade\w+|<benefit>|gost\w+|deix\w+|escrev\w+", unless=_FREE["pt"] + r"|obrigad[oa] p|agradecemos (?:a sua|as)|hotel"),
        found(r"(?:a sua|sua|esta|a|essa) <review> (?:\w+ ){0,3}?(?:desapare\w+|(?:for|seja|estiver|esteja|ficar) (?:\w+ )?(?:alterad|modific|apagad|removid|atualizad|eliminad|corrigid|retirad|exclu)\w*)", unless=_FREE["pt"]),
    ),
    "nl": (
        found(r"(?:uw|deze|die|je|jouw|de|dit|het) (?:\w+ ){0,2}?<review> ~ (?:<change>)", unless=_FREE["nl"] + r"|(?:bedankt|dank) (?:u |je )?(?:wel )?voor", before=_WE["nl"]),
        found(r"(?:<change>) (?:u |dan |alstublieft )?(?:uw|deze|die|je|jouw|de|dit) (?:\w+ ){0,2}?<review>", unless=_FREE["nl"], before=_WE["nl"]),
        found(r"(?:vragen|verzoeken|zou(?:den)?|kunt|kun|wilt|wil|waarderen|dankbaar|fijn|bereid|graag|overweeg\w*|hopen) ~~ <review> ~~ (?:<change>)", unless=_FREE["nl"] + r"|(?:bedankt|dank) (?:u )?voor", before=r"(?:wij|we|ik) hebben"),
        found(r"(?:als|wanneer|zodra|indien|nadat|mits|in ruil|voor|op voorwaarde|na) (?:\w+ ){0,6}?<review> (?:\w+ ){0,4}?(?:<change>|schrijf\w*|plaats\w*|geeft|achterla\w+|deelt)", r"<benefit>", unless=_FREE["nl"] + r"|bedankt|dank"),
        found(r"(?:in ruil|beloon\w*|belon\w+|als dank|tegenprestatie)", r"<review>", unless=_FREE["nl"]),
        found(r"(?:een|met|om) (?:\w+ )?(?:(?:vijf|5|vier|4)[- ]?sterren\w*|(?:positieve|goede|betere|mooie|leuke) <review>)", r"help\w*|waarder\w+|<benefit>|zou|blij|graag", unless=_FREE["nl"] + r"|(?:bedankt|dank) (?:u |je )?(?:wel )?voor|hotel"),
    ),
    "pl": (
        found(r"<change> (?:swoj\w+|tę|tej|ten|tą|pani|pana|państwa|waszej|twoj\w+) (?:\w+ ){0,2}?<review>", unless=_FREE["pl"] + r"|dziękuj\w+ za", before=_WE["pl"]),
        found(r"(?:prosi\w+|proszę|prośb\w+|wdzięczn\w+|chciel\w+|gdyby|czy (?:mógł|mogła|mogliby|zechc)\w*|może|rozważ\w+|zachęca\w+|gotow\w+|chętnie|liczymy|doceni\w+) ~~ <change> ~ <review>", unless=_FREE["pl"] + r"|dziękuj\w+ za"),
        found(r"(?:jeśli|jeżeli|gdy|kiedy|po|w zamian|pod warunkiem|o ile|za|jak tylko|zanim) (?:\w+ ){0,5}?(?:<change>|napis\w+|wystaw\w+|zostawi\w+|doda\w+|opublik\w+) (?:\w+ ){0,4}?<review>", r"<benefit>", unless=_FREE["pl"] + r"|dziękuj"),
        found(r"(?:w zamian|nagrodz\w+|w podziękowaniu|odwdzięcz\w+)", r"<review>", unless=_FREE["pl"]),
        found(r"(?:pięć gwiazdek|5 gwiazdek|(?:pozytywn|dobr|lepsz|pięciogwiazdkow|wyższ)\w+ <review>)", r"pomo\w+|pomóg\w*|wdzięczn\w+|<benefit>|proszę|prosimy|wystaw\w+|zostaw\w+", unless=_FREE["pl"] + r"|dziękuj\w+ za"),
    ),
}  # fmt: skip

# Speaking of a review, but not to say that nothing depends on it. No fault by itself: it says what an offer that the
# model finds fault with could be tied to.
_TOLD = {
    "en": r"<review>|words? (?:about|of) us|(?:say|said|write|wrote|writing|speak|spoke) (?:\w+ ){0,2}?(?:about|of) us",
    "es": r"<review>|palabras sobre nosotros|(?:diga|digas|dice|escriba|escribas|escribe|hable|hables) (?:\w+ ){0,2}?(?:de|sobre) nosotros",
    "fr": r"<review>|mots sur nous|(?:dites|direz|[ée]crivez|[ée]crirez|parlez|parlerez) (?:\w+ ){0,2}?(?:de|sur) nous",
    "de": r"<review>|worte [üu]ber uns|[üu]ber uns (?:\w+ ){0,2}?(?:schreib\w*|geschrieben|sag\w*|sprech\w*)",
    "it": r"<review>|parole su di noi|(?:dica|dice|scriva|scrive|parli|parla) (?:\w+ ){0,2}?(?:di|su di) noi",
    "pt": r"<review>|palavras sobre n[oó]s|(?:diga|diz|escreva|escreve|fale|fala) (?:\w+ ){0,2}?(?:de|sobre) n[oó]s",
    "nl": r"<review>|woorden over ons|over ons (?:\w+ ){0,2}?(?:schrijf\w*|schrijven|geschreven|zegt?|zeggen|spreekt)",
    "pl": r"<review>|s[łl]ow\w* o nas|(?:pisz\w*|napisz\w*|m[óo]wi\w*|powie\w*) (?:\w+ ){0,2}?o nas",
}  # fmt: skip
OF_REVIEWS: Rules = {tag: (found(told, unless=_FREE[tag]),) for tag, told in _TOLD.items()}
