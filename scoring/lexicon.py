"""Words that prove something: what a rule may say about a text without a model. Data only.

Each entry is a regular expression, matched without regard to case at a word's start. `\\w*` stands for endings.
Written for the languages named at each line; a missing language costs a plain reason, never the model's judgement.
The words of the risks are in `lexicon_risks`.
"""

# ruff: noqa: E501 - one language a line: a pattern broken over lines cannot be searched
from __future__ import annotations

# -- plain reasons for anger -------------------------------------------------------------------------------------------
INSULT = (
    r"idiots?\b|morons?\b|imbeciles?\b|scum(?:bags?)?\b|clowns?\b|crooks?\b|lowlifes?\b|vultures?\b|parasites?\b|pathetic excuse|bastards?\b|assholes?\b|arseholes?\b|wankers?\b|pigs\b|trash people|incompetent (?:idiots|fools|clowns)",
    r"idioten?\b|trottel\w*|vollidiot\w*|arschl[oö]ch\w*|penner\b|drecksladen|saftladen|verbrecher\w*|gauner\w*|abschaum|schweine\b|unverschämte?\w* (?:person|kerl|gesindel)",
    r"connards?\b|connasse\w*|(?:bande de|sales|gros|quels) cons\b|abrutis?\b|incapables\b|minables\b|ordures\b|crétins?\b|bouffons?\b|guignols?\b|charlots?\b|bande de \w+|crapules?\b",
    r"imbéciles?\b|idiotas?\b|sinvergüenzas?\b|gentuza|payasos?\b|inútiles\b|cabron\w*|gilipollas|ratas\b|caraduras?\b|delincuentes\b|basura de (?:gente|empresa)|(?:unos|sois|son|panda de) chorizos\b",
    r"idiot[ai]\b|imbecill\w+|cafon[ei]\b|buffon[ei]\b|pagliacc\w+|delinquent\w+|incapaci\b|vergognos[ie] individu\w+|bastard[oi]\b|stronz\w+|pezzent\w+",
    r"imbecis\b|palhaç\w+|canalhas?\b|bandidos?\b|vagabund\w+|cafajestes?\b|burros\b|gatunos?\b|nojentos?\b",
    r"klootzak\w*|eikels?\b|sukkels?\b|tuig\b|schoften?\b|debiel\w*|boeven\b|chamy?\b|chamów|kretyn\w*|debil\w*|banda \w+|bydł\w+|złodziejsk\w+",
    r"idioter\b|svin\b|avskum|bluffmakar\w*|skurkar\w*|skurke\w*|svindlere?\b|grebci|zmetci|kreténi?\w*|nesimți\w+|ticăloși\w*|bou(?:lor|ii)\b|şerefsiz\w*|şerefsiz\w*|şarlatan\w*|terbiyesiz\w*|ahlaksız\w*|gerizekal\w+|aptal\w*",
    r"حقير\w*|أغبياء|كلاب|טיפשים|אידיוט\w*|חצופים|ηλίθι\w+|идиот\w*|хам(?:ы|ка|ло)?\b|уроды|придурк\w+",
)
BAD_FAITH = (
    r"scam\w*|fraud\w*|thie(?:f|ves)\b|thieving|liars?\b|lied\b|lying\b|lies\b|stole\b|stealing|steals?\b|robb(?:ed|ery|ers)\b|con (?:artists?|men|man|job)|rip[- ]?off\w*|ripped (?:me|us|off)|swindl\w+|cheat(?:ed|ers?|ing)?\b|extort\w+|bait and switch|daylight robbery|dishonest\w*|deceiv\w+|deceit\w*|deceptive|fake reviews",
    r"betrug\w*|betr[üu]g\w*|abzock\w*|verarsch\w+|lügner\w*|gelogen|angelogen|belogen|dieb(?:e|stahl)?\b|geklaut|gestohlen|halsabschneider\w*|wucher\w*|arglistig\w*|unseriös\w*",
    r"arnaqu\w+|voleurs?\b|volés?\b|escro\w+|menteurs?\b|menteuse\w*|menti\b|mensong\w+|malhonnêt\w+|truand\w*",
    r"estaf\w+|ladron\w+|ladrón\w*|rob(?:o|ado|aron|an|ar)\b|timo\b|timador\w*|mentiros\w+|mienten|mintieron|engañ\w+|fraude\w*|tomadura de pelo",
    r"truff(?:a|at[oaie]|atori|atore)\b|ladri?\b|ladro\b|furt[oi]\b|rubat\w+|bugiard\w+|mentit\w*|disonest\w+|imbrogl\w+|raggir\w+|fregat\w+",
    r"burl(?:a|ões|ão|ado|ona)\w*|ladr(?:ão|ões)\b|roub\w+|mentiros\w+|mentir\w*|engan(?:ar|ado|ada|aram|adores?)\b|golpe\b|golpistas?\b|vigari\w+|desonest\w+",
    r"oplicht\w+|bedrog\b|bedrieg\w+|dieven\b|diefstal|gestolen|leugen\w*|gelogen|afzet\w+|oszu(?:st|k)\w+|złodziej\w*|kłam\w+|okrad\w+|ukrad\w+|naciąg\w+|krętacz\w*",
    r"bedräg\w+|lurad\w*|ljög|ljuger|lögn\w*|tjuv\w*|stulit|svindel|bedrag\w*|løgn\w*|løj|tyv(?:e|eri)?\b|snyd\w*|podvod\w*|zloděj\w*|lhá(?:ř|t|l)\w*|okradl\w*|ukradl\w*|escroc\w*|hoț(?:i|ii|ie)?\b|mincino\w+|țeap\w+|furat\w*|înșel\w+|dolandır\w+|hırsız\w*|yalan\w*|sahtekar\w*|kazık\w*|üçkağıt\w*",
    r"نصاب\w*|نصب\b|احتيال|لصوص|حرامي\w*|كذاب\w*|كذب\w*|סרקה|גנב\w*|נוכל\w*|שקרנ\w*|עוקץ|רמאי\w*|απάτη|απατεών\w*|κλέφτ\w+|ψεύτ\w+|мошенни\w+|обман\w*|вор(?:ы|ов|ьё)\b|лжец\w*|врут\b|шахрай\w*|шахраї|брех\w+",
)
PROFANITY = (
    r"fuck\w*|shit\w*|bullshit|f\*+k\w*|s\*+t\b|crap\b|bloody (?:hell|idiots?|joke)|piss(?:ed)? (?:off|take)|damn(?:ed)?\b|arse\b|\bass\b|wtf\b|scheiß\w*|scheiss\w*|verdammt\w*|verfickt\w*|kack\w*|putain|merd(?:e|ique|ier)\w*|foutre|foutage|chier\b|mierda\w*|joder\b|coño\b|puta\b|puto\b|cazzo|merda\w*|schifo\b|vaffa\w*|porra\b|caralho|foda\w*|kut\b|klote\w*|godverdomme|tering\w*|kurwa\w*|gówn\w+|cholern\w+|jeban\w+|skit\b|jävla|fan\b(?= vad)|lort\w*|sgu\b|kurva\b|hovno|prdel\w*|căcat\w*|lanet\b|bok gibi|сука|дерьм\w+|хрен\w*",
)
THREAT = (
    r"you(?:'ll| will) (?:be hearing|hear|regret|pay|be sorry)|(?:shut|close)d? (?:it |this |them |you )?down|(?:put|go|went|be) out of business|see you in court|in jail\b|behind bars|going after|i will make sure|expect a (?:letter|call|visit)",
    r"das (?:wird|hat) (?:ein nachspiel|konsequenzen|folgen)|(?:gehört|gehören) (?:\w+ )?(?:geschlossen|verboten|zugesperrt|eingesperrt|in den knast|angezeigt)|ihr (?:hört|werdet) (?:von|noch)|dicht ?mach\w*",
    r"vous (?:aurez|allez) (?:de mes nouvelles|entendre|le regretter|payer)|à fermer\b|devrait (?:être )?fermé|ça (?:ne )?(?:va|restera) pas (?:en rester|s'arrêter)|en prison",
    r"tendr[áa]n noticias|van a (?:pagar|arrepentirse)|deber[ií]an cerrar\w*|cerrar(?:los|les)|a la cárcel|no (?:va|voy) a parar|va chiuso|da chiudere|dovrebbero chiudere|in galera|ve la faccio|vi faccio|na cadeia|deviam fechar|devia ser fechad\w+|vão pagar",
    r"dit krijgt (?:een )?(?:staartje|vervolg)|sluiten die tent|moeten ze sluiten|zamknąć (?:ten|to|was|ich)|powinni (?:to )?zamknąć|pożałujecie|do więzienia|spotkamy się w|borde stängas|burde lukkes|zavřít (?:to|je|vás)|ar trebui închis\w*|kapatılmalı|peşini(?:zi)? bırakma\w+|закрыть (?:эту|этот|вас)|пожалеете",
)
WARNS_OTHERS = (
    r"(?:stay|keep|steer|run) (?:well |far )?(?:away|clear)|avoid\b|be ?ware\b|warn(?:ing|ed)? (?:others|everyone|people|you|to)|don'?t (?:go|book|buy|use|waste|order|eat|stay|bother)\b|do not (?:go|book|buy|use|waste|order|eat|stay|recommend)",
    r"finger weg|hände weg|warne\w* (?:vor|alle|jeden)|vorsicht\b|meide[nt]?\b|nicht (?:zu )?empfehl\w+|macht (?:einen )?(?:großen )?bogen|à éviter|évitez|fuyez|n'y allez|méfiez|passez votre chemin|eviten|evitad|no vay\w+|huyan|huid\b|alejaos|cuidado\b|evitate|statene? (?:alla larga|lontani)|lasciate perdere|non andat\w+|evitem|fujam|não (?:vão|recomendo|comprem)",
    r"blijf weg|vermijd\w*|niet aan te raden|omijajcie|omijać|unikajcie|nie polecam|odradzam|uważajcie|undvik\w*|varnar?\b|undgå|hold jer væk|vyhněte|nedoporuč\w+|varuj\w+|evitați|feriți\w*|nu recomand|uzak dur\w*|sakın\b|tavsiye etm\w+|احذر\w*|لا أنصح|ابتعد\w*|תתרחקו|לא ממליץ|μακριά\b|обходите|не рекомендую|не раджу",
)
LEAVES_FOR_GOOD = (
    r"never (?:again|ever|going|coming|return|go|use|book|order|come|set foot)\b|won'?t (?:be (?:back|returning|going back|coming back)|go back|come back|return|use|order|bother)|will not (?:be (?:back|returning)|return|go back|come back)|last time\b|lost (?:a|our|my|another) (?:\w+ )?(?:customer|business|custom)|cancel(?:led|ling|ed|ing) (?:my|our) (?:\w+ )?(?:membership|account|subscription|contract)",
    r"nie wieder|nie mehr|einmal und nie|plus jamais|jamais (?:plus|de la vie)|dernière fois|nunca m[áa]s|no (?:volver|vuelv)\w*|mai più|non (?:ci )?(?:torn|mettero|rimetter)\w*|nunca mais|não (?:volt|regress)\w*|nooit meer|nooit weer|niet meer terug|nigdy więcej|więcej (?:tu )?nie|aldrig (?:mer|mere|igen|mera)|už nikdy|nikdy víc\w*|nu mai (?:calc|revin|cump|vin)\w*|niciodată|bir daha (?:asla|gelme|gitme|alma)\w*|لن أعود|לא נחזור|לא אחזור|ποτέ ξανά|больше (?:никогда|не прид|ни ногой)\w*|ніколи більше",
)
TOLD_TO_CALM_DOWN = (
    r"(?:told|asked|tells|telling) (?:me|us|him|her|my \w+) to (?:calm|relax|chill|settle|lower)|(?:\"|“|')?calm down\b|beruhigen sie sich|ich soll\w* mich beruhigen|(?:de )?(?:vous )?calmer\b|calmez[- ]vous|que me (?:calme|tranquilice|relaje)|cálmese|di calmar\w+|si calmi|stia calm\w+|para (?:me )?acalmar|acalme-se|rustig (?:aan|maar|worden|te blijven)|proszę się uspokoić|się uspokoił\w*|lugna (?:ner )?mig|rolig(?:e)? ned|uklidn\w+|să mă calmez|calmați-vă|sakin ol\w*|успокойтесь",
)
CONTEMPT = (
    r"shame on (?:you|them)|(?:should|ought to) be ashamed|disgusting (?:behaviou?r|treatment|people|company|attitude)|disgrace\w*|despicable|appalling|outrag\w+|unacceptable|treated (?:me |us |him |her )?like (?:dirt|rubbish|garbage|trash|criminals?|animals?|cattle|a criminal|an idiot|shit)|how dare",
    r"schäm\w*|schande\b|unverschämt\w*|frechheit\w*|unfassbar\w*|inakzeptabel|wie (?:dreck|der letzte dreck|vieh|verbrecher|abschaum)|menschenverachtend|honte\w*|scandale\w*|inadmissible\w*|inacceptable\w*|indigne\w*|comme (?:des chiens|du bétail|de la merde|des moins que rien)|vergüenza|verguenza|vergonzos\w*|indignante|inaceptable|como (?:perros|basura|animales|ganado|delincuentes)|vergogn\w+|inaccettabil\w+|indecente|come (?:bestie|animali|pezze|criminali|cani)|vergonha|vergonhos\w+|inaceitável|inadmiss\w+|absurdo|como (?:lixo|animais|cães|bichos)",
    r"schaam je|schandalig\w*|schande|onacceptabel|onbeschoft\w*|walgelijk\w*|als (?:vuil|honden|beesten|criminelen)|wstyd\w*|skandal\w*|hańba|żenad\w+|bezczeln\w+|jak (?:śmieci\w*|psa|bydło|złodzie\w+|przestępc\w+)|skäms|skam\b|skandal\w*|oacceptabelt|skammelig\w*|uacceptabel\w*|hanb\w+|ostud\w+|drzost\w*|nestydat\w+|rușin\w*|inadmisibil\w*|inacceptabil\w*|bătaie de joc|utan(?:ın|maz|ç)\w*|rezalet|rezil\w*|skandal|ayıp\b|kabul edilemez|عيب|مخزي|فضيحة|وقاحة|בושה|חרפה|חוצפה|ντροπή|αίσχος|позор\w*|стыд\w*|безобрази\w+|хамств\w+|наглос\w+|ганьба",
)

# -- contrasts ----------------------------------------------------------------------------------------------------------
# Words of praise: in an unhappy text they are meant the other way round.
PRAISE = (
    r"congratulations|bravo|well done|wonderful|fantastic|brilliant|best \w+ ever|great (?:job|service)|amazing|lovely|thank you so much|charming",
    r"glückwunsch|herzlichen dank|toll\w*|super\b|großartig\w*|prima\b|félicitations|merci (?:beaucoup|bien)|génial\w*|formidable|magnifique",
    r"enhorabuena|felicidades|maravillos\w+|genial\w*|complimenti|fantastic\w+|meraviglios\w+|parabéns|maravilh\w+|ótimo|gefeliciteerd|geweldig\w*",
    r"prachtig\w*|gratul\w+|brawo|świetn\w+|wspanial\w+|grattis|fantastisk\w*|tillykke|gratulujeme?|skvěl\w+|felicitări|minunat\w*|tebrikler|harika\w*",
)
