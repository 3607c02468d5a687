"""Words that prove something: what a rule may say about a text without a model. Data only.

Each entry is a regular expression, matched without regard to case at a word's start. `\\w*` stands for endings.
Written for the languages named at each line; a missing language costs a plain reason or a rule's certainty, never
the model's judgement. Forms that also mean something harmless were left out ("court", German "Gericht", French "avocat"
alone): false alarms teach people to ignore the banner.
"""

# ruff: noqa: E501 - one language a line: a pattern broken over lines cannot be searched
from __future__ import annotations

# -- injury, illness, food poisoning, allergy, danger ------------------------------------------------------------------
SAFETY = (
    r"food[ -]poison\w*|salmonell?\w*|e\.? ?coli\b|norovirus|listeri\w+|anaphyla\w+|epi-?pens?\b|carbon monoxide",
    r"(?:was|were|got|getting|fell|been|became|made (?:me|us|him|her|them)|violently|feeling|felt) (?:so |very |really |all |both |extremely |violently |physically )?(?:sick|ill)\b(?! (?:of|and tired))",
    r"vomit\w*|threw up|throwing up|diarrh?oea|diarrhea|stomach (?:bug|cramps|pains?)|allergic reaction",
    r"(?:ended up|went|taken|rushed|sent|trip|straight) (?:in|to|at) (?:the )?(?:hospital|a&e|er\b|emergency)",
    r"ambulance|paramedics?\b|electric shock|electrocuted|gas leak|death ?trap|(?:safety|fire|trip) hazard|concuss\w+",
    r"(?:broke|broken|fractured|cut|burnt|burned|scalded|injured|hurt|twisted|chipped) (?:my|his|her|our|their|a) (?:\w+ )?(?:ankle|leg|arm|wrist|foot|hand|finger|thumb|head|back|knee|tooth|teeth|mouth|tongue|face|eye|skin|scalp|ear)",
    r"(?:glass|metal|blade|screw|needle|bone) in (?:my|his|her|our|the) (?:\w+ )?(?:food|soup|salad|meal|burger|drink|mouth)",
    r"injured\b|(?<!insult to )(?<!on top of )(?<!on top of the )injury\b|bed ?bugs?\b|chemical burns?\b|burns? on (?:my|his|her|our)\b|\bbitten\b|unconscious|bruis(?:ed|es)\b|(?:got|became|is|was) infected|infected \w+|on antibiotics|(?:highly |extremely |so |very |really )(?:dangerous|unsafe)\b|(?:needed|had|got|\d+) stitches\b|(?:started|was|were|is|still) bleeding\b|food allerg\w+ (?:ignored|not)",
    # de
    r"lebensmittelvergiftung\w*|vergiftet\b(?! geschmeckt)|erbrochen|brechdurchfall|durchfall\b|magen-?darm\w*|notaufnahme|notarzt",
    r"(?:mir|uns|ihm|ihr) (?:war|wurde|ist) (?:\w+ )?(?:schlecht|übel)\b|(?:ins|im) krankenhaus|krankenwagen|rettungswagen",
    r"allergische\w* (?:reaktion|schock)\w*|glas(?:splitter|scherbe)\w*|verletzt\b|verletzung\w*|lebensgefährlich\w*|stromschlag|bewusstlos\w*|kohlenmonoxid\w*|bettwanzen|platzwunde\w*|entzündet\b|ausgerutscht|antibiotik\w*",
    # fr
    r"intoxication|intoxiqué\w*|(?<!envie de )vomi(?:t|ssements?)?\b|diarrhées?\b|(?:rendu|tombé)e?s? malades?|aux urgences",
    r"(?:à l'|l’)h[oô]pital|réaction allergique|choc anaphyla\w+|blessée?s?\b|blessures?\b|bouts? de verre|morceaux? de verre|mis\w* en danger|punaises? de lit|monoxyde|antibiotiques|infectée?s?\b|perdu connaissance",
    # es
    r"intoxic(?:ación|ad\w+|amos|ó|é)|vomit(?:ando|ar|é|ó|amos)\w*|v[óo]mitos?\b|diarrea|gastroenteritis|urgencias\b",
    r"al hospital|reacción alérgica|anafil\w+|chinches?\b|antibióticos?\b|inconsciente\b|infectad[oa]s?\b|heridas?\b|(?:muy |realmente )peligros\w+|(?:trozos?|pedazos?) de (?:vidrio|cristal)",
    # it
    r"intossica\w+|vomitat\w*|vomito\b|pronto soccorso|in ospedale|reazione allergica|shock anafil\w+|pezz\w+ di vetro|cimici|antibiotic[io]\b|svenut[oa]\b|percevejos|antibiótico\w*|desmai\w+|stat[oaie] malissimo",
    # pt
    r"passei (?:muito )?mal|pass(?:ou|ámos|amos|aram) (?:muito )?mal|pronto[- ]socorro|reação alérgica|diarreia|cacos? de vidro|vomit\w+|ferimentos?\b",
    # nl
    r"voedselvergiftiging|overgegeven|gebraakt|doodziek|diarree|ziekenhuis|spoedeisende|allergische reactie|gewond\b|stuk glas|bewusteloos|koolmonoxide\w*|bedwantsen|ontstoken\b|uitgegleden|antibiotica|levensgevaarlijk\w*",
    # pl
    r"zatruci\w+|zatru(?:ł|li|ły)\w*|wymiot\w+|biegunk\w+|w szpitalu|do szpitala|pogotowi\w+|reakcj\w+ alergiczn\w+|wstrząs\w* anafil\w+|poparz\w+",
    # sv, da, cs, ro, tr
    r"matförgift\w+|kräktes|magsjuk\w*|till akuten|allergisk reaktion\w*|madforgift\w+|kastede op|skadestuen",
    r"otrav(?:a|u|y|il)\w*|zvrace\w+|průj(?:em|my)?\b|do nemocnice|alergick\w+ reakc\w+|pohotovost\w*",
    r"intoxicați\w+|toxiinfecți\w+|vomit(?:at|ând)|diaree|la urgenț\w+|reacție alergică|zehirlen\w+|ishal\b|hastanelik\w*|alerjik reaksiyon",
    # ar, he, el, ru, uk
    r"تسمم\w*|إسعاف|الطوارئ|إسهال|הרעלת מזון|הורעל\w*|אמבולנס|למיון|τροφική δηλητηρίαση|δηλητηριά\w+|στο νοσοκομείο",
    r"отрави\w+|отравлен\w+|рвот\w+|в больниц\w+|скорую|отруї\w+|отруєн\w+",
)

# -- legal action, police, authority, press as a step ------------------------------------------------------------------
LEGAL = (
    r"lawyers?\b|solicitors?\b|attorneys?\b|legal (?:action|advice|proceedings)|su(?:e|ing) (?:you|them|this|the|for)|lawsuits?\b",
    r"small claims|(?:see you in|take (?:you|them|this) to|go(?:ing)? to|taken to|in) court\b|trading standards|ombudsman",
    r"(?:call(?:ed|ing)?|to|with|from|the|contact(?:ed|ing)?|filed a) police|police report|crime (?:reference|number)",
    r"better business bureau|\bbbb\b|\bftc\b|consumer (?:protection|court|forum)|attorney general|environmental health",
    r"health (?:department|inspect\w+|board|authority)|report(?:ed|ing)? (?:you|them|this|it) to (?:the|my)|food standards",
    r"(?:to|in|contact\w*|call\w*) the (?:press|papers|newspapers?|media)|local (?:press|newspaper|paper)",
    # de
    r"(?:rechts)?anw[aä]lt\w*|rechtliche\w* schritte|straf?anzeige\w*|anzeige (?:erstatt\w+|ist raus|gegen|bei)|(?:hab\w*|werd\w*|wird|wurde\w*) (?:\w+ ){0,3}angezeigt|zeige? (?:ich )?(?:euch|sie|die|den laden) an\b|morgen anzeige|verklag\w+",
    r"polizei\w*|verbraucherzentrale\w*|verbraucherschutz\w*|gesundheitsamt\w*|ordnungsamt\w*|gewerbeaufsicht\w*|amtsgericht|vor gericht|mahnbescheid|an die presse",
    # fr
    r"(?:mon|notre|un|mes|nos) avocate?s?\b(?! (?:crevette|toast))|(?:port|dépos)\w+ (?:une )?plainte|plainte (?:a été )?déposée|au tribunal|en justice",
    r"(?:la|à la) police|gendarmerie|gendarmes|dgccrf|répression des fraudes|ufc[- ]que choisir|huissiers?\b|poursuites|médiateur|services? d'hygiène",
    # es
    r"abogad[oa]s?\b|denunci(?:a|ar|aré|aremos|o|ado|as)\b|juzgados?\b|a juicio|(?:a|con) la (?:policía|guardia civil)|llam\w+ a la policía|policía local|hojas? de reclamaci\w+|omic\b|profeco|a la prensa|demandar\w*",
    # it
    r"avvocat\w+|denunci\w+|querel\w+|tribunale|polizia|carabinieri|vie legali|guardia di finanza|\basl\b|\bnas\b|altroconsumo|codacons|ai giornali",
    # pt
    r"advogad\w+|processar|em tribunal|polícia|\bprocon\b|\bdeco\b|livro de reclamaç\w+|\basae\b|denúncias?\b|denunciar|na justiça|à imprensa|psp\b|gnr\b",
    # nl
    r"advoca(?:at|ten)|aangifte|politie\b|rechtbank|rechtszaak|naar de rechter|juridische stappen|consumentenbond|geschillencommissie|nvwa\b",
    # pl
    r"prawnik\w*|adwokat\w*|policj\w+|s[ąa]d(?:u|zie|em|ach)\b|do sądu|pozew|pozw\w+|prokuratur\w+|uokik\w*|sanepid\w*|rzecznik\w* (?:praw )?konsument\w*",
    # sv, da, cs, ro, tr
    r"polisanmäl\w+|polisen\b|advokat\w*|konsumentverket|rättsliga|politianmeld\w*|politiet\b|forbrugerklage\w*|fødevarestyrelsen",
    r"právník\w*|advokát\w*|polici[ei]\b|k soudu|soudn[íě]\w*|žalob\w*|\bčoi\b|\banpc\b|protecția consumator\w+|poliți\w+|în judecată|în instanță|avocat(?:ul|ului)\b",
    r"avukat\w*|polis(?:e|i|ler)?\b|mahkeme\w*|dava (?:aç\w+|ed\w+)|savcılı\w+|tüketici (?:hakem|hak|mahkeme)\w*|suç duyurusu",
    # ar, he, el, ru, uk
    r"محامي?\w*|الشرطة|المحكمة|حماية المستهلك|עורך דין|עורכת דין|למשטרה|אתבע|תביעה|הגנת הצרכן|δικηγόρ\w+|αστυνομία|δικαστήρι\w+|καταγγελία",
    r"адвокат\w*|юрист\w*|полици\w+|в суд\b|роспотребнадзор\w*|прокуратур\w+|поліці\w+|до суду",
)

# -- discrimination, harassment ----------------------------------------------------------------------------------------
DISCRIMINATION = (
    r"racis[mt]\w*|racially|discriminat\w+|homophob\w+|transphob\w+|sexis[mt]\w*|misogyn\w+|xenophob\w+|antisemit\w+|islamophob\w+|ableis\w+",
    r"sexual(?:ly)? (?:harass|assault|comment)\w*|harass(?:ed|ment|ing)\b|groped|(?:skin|because of (?:my|his|her|our)) colou?r",
    r"because (?:i am|i'm|i’m|we are|we're|he is|he's|she is|she's|they are|they're) (?:a )?(?:black|asian|gay|lesbian|muslim|jewish|foreign\w*|disabled|deaf|blind|trans|woman|in a wheelchair)",
    r"rassis\w+|diskriminier\w+|(?:ausländer|fremden|frauen)feindlich\w*|belästig(?:t|ung)\w*|hautfarbe|kopftuch\w*",
    r"harcel\w+|harcèle\w*|xénophob\w+|couleur de (?:ma |sa |la |leur )?peau|attouchement\w*|racisme|raciste\w*|discrimin\w+",
    r"hom[óo]fob\w+|machista\w*|acos(?:o|ó|aron|ada)\b|xen[óo]fob\w+|color de (?:mi |la |su )?piel",
    r"razzis\w+|omofob\w+|sessis\w+|molesti\w+|colore della (?:mia |sua )?pelle|assédio|assedia\w+|cor da (?:minha )?pele",
    r"seksis\w+|lastiggevallen|aangerand|huidskleur|hoofddoek|rasis[tm]\w*|rasizm\w*|dyskrymin\w+|molestow\w+|kolor\w* skóry",
    r"trakasser\w+|diskriminer\w+|chikaner\w+|obtěžov\w+|hărțui\w+|ırkç\w+|ayrımcı\w+|taciz\b|tacize\b",
    r"عنصري\w*|تحرش\w*|גזענ\w+|אפליה|הטרדה|ρατσισ\w+|расис\w+|дискримин\w+|домогат\w+",
)

# -- demands money back ------------------------------------------------------------------------------------------------
REFUND = (
    r"(?:want|wants|wanted|want to get|demand\w*|need|expect\w*|owe\w*|give|refus\w+|request\w*|asked for|asking for|wait\w* (?:for|on)|denied)(?: (?:me|us|you|a|an|any|my|our|the|full|to|for|of|some|back|give|issue|partial|\w+))?(?: (?:me|us|a|any|my|our|the|full|partial))? (?:refund\w*|money back|reimburse\w*|compensation|deposit back)",
    r"refund (?:me|us|my|our|please|now|immediately)|(?:give|hand|send|pay) (?:me |us )?(?:back )?(?:my|our) (?:money|deposit)|where(?:'s| is|s) (?:my|our) (?:money|refund)|chargeback",
    r"geld (?:sofort )?zurück\w*|geld her\b|wo ist mein geld|(?:\d+ euro|geld) zurück|rückerstatt\w+|entschädig\w+|schadens?ersatz\w*|(?:nicht|keine?|wollen|will|verlange\w*|fordere?) (?:\w+ ){0,3}erstatt\w+",
    r"(?:je (?:veux|demande|exige|réclame)|j'(?:exige|attends)|refus\w+|toujours pas|jamais|aucun|non|demande de|exig\w+|réclam\w+|pas) (?:\w+ ){0,3}rembours\w+|remboursez[- ](?:moi|nous)|dédommag\w+|indemnis\w+|rendez[- ](?:moi|nous)",
    r"(?:quiero|exijo|exig\w+|pido|pedí|solicit\w+|reclam\w+|niegan?|sin|ningún|no|esperando|quero|exijo|peço) (?:\w+ ){0,4}(?:reembols\w+|devoluci\w+)|devoluci\w+ (?:de |del )(?:mi )?dinero|devuelv\w+ (?:el |mi |nuestro )?dinero|me devuelv\w+|indemniza\w+",
    r"rimbors\w+|risarciment\w*|ridate(?:mi|ci)|(?:miei|nostri) soldi indietro|restitui\w+ i soldi|indietro i (?:miei )?soldi",
    r"estorn\w+|devolv\w+ (?:o )?(?:meu |nosso )?dinheiro|dinheiro de volta|inden?mniza\w+|indeniza\w+|ressarci\w+",
    r"geld terug\w*|terugbeta\w+|restitutie|schadevergoeding|zwrot\w* (?:pieniędzy|kosztów|kasy|za)|odszkodowani\w+|oddajcie|pieniądze z powrotem",
    r"pengarna tillbaka|återbetal\w+|pengene tilbage|refunder\w+|erstatning|tilbagebetal\w+|vrácení peněz|vraťte|peníze zpět|odškodn\w+",
    r"banii înapoi|ramburs\w+|despăgub\w+|paramı (?:geri|iade)\w*|para iadesi|tazminat\w*",
    r"استرداد|أعيدوا|تعويض\w*|החזר כספי|תחזירו|פיצוי\w*|επιστροφή χρημάτων|αποζημίωση|верн(?:ите|уть) деньги|возврат\w* денег|компенсаци\w+|поверніть",
)

# -- plain reasons for anger -------------------------------------------------------------------------------------------
INSULT = (
    r"idiots?\b|morons?\b|imbeciles?\b|scum(?:bags?)?\b|clowns?\b|crooks?\b|lowlifes?\b|vultures?\b|parasites?\b|pathetic excuse|bastards?\b|assholes?\b|arseholes?\b|wankers?\b|pigs\b|trash people|incompetent (?:idiots|fools|clowns)",
    r"idioten?\b|trottel\w*|vollidiot\w*|arschl[oö]ch\w*|penner\b|pack\b(?=[ !.,])|drecksladen|saftladen|verbrecher\w*|gauner\w*|abschaum|schweine\b|unverschämte?\w* (?:person|kerl|gesindel)",
    r"connards?\b|connasse\w*|cons\b|abrutis?\b|incapables\b|minables\b|ordures\b|crétins?\b|bouffons?\b|guignols?\b|charlots?\b|bande de \w+|crapules?\b",
    r"imbéciles?\b|idiotas?\b|sinvergüenzas?\b|gentuza|payasos?\b|inútiles\b|cabron\w*|gilipollas|ratas\b|caraduras?\b|delincuentes\b|basura de (?:gente|empresa)|chorizos\b",
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
    r"truff\w+|ladri?\b|ladro\b|furt[oi]\b|rubat\w+|bugiard\w+|mentit\w*|disonest\w+|imbrogl\w+|raggir\w+|fregat\w+",
    r"burl(?:a|ões|ão|ado|ona)\w*|ladr(?:ão|ões)\b|roub\w+|mentiros\w+|mentir\w*|engan(?:ar|ado|ada|aram|adores?)\b|golpe\b|golpistas?\b|vigari\w+|desonest\w+",
    r"oplicht\w+|bedrog\b|bedrieg\w+|dieven\b|diefstal|gestolen|leugen\w*|gelogen|liegen\b|afzet\w+|oszu(?:st|k)\w+|złodziej\w*|kłam\w+|okrad\w+|ukrad\w+|naciąg\w+|krętacz\w*",
    r"bedräg\w+|lurad\w*|ljög|ljuger|lögn\w*|tjuv\w*|stulit|svindel|bedrag\w*|løgn\w*|løj|tyv(?:e|eri)?\b|snyd\w*|podvod\w*|zloděj\w*|lhá(?:ř|t|l)\w*|okradl\w*|ukradl\w*|escroc\w*|hoț(?:i|ii|ie)?\b|mincino\w+|țeap\w+|furat\w*|înșel\w+|dolandır\w+|hırsız\w*|yalan\w*|sahtekar\w*|kazık\w*|üçkağıt\w*",
    r"نصاب\w*|نصب\b|احتيال|لصوص|حرامي\w*|كذاب\w*|كذب\w*|סרקה|גנב\w*|נוכל\w*|שקרנ\w*|עוקץ|רמאי\w*|απάτη|απατεών\w*|κλέφτ\w+|ψεύτ\w+|мошенни\w+|обман\w*|вор(?:ы|ов|ьё)\b|лжец\w*|врут\b|шахрай\w*|шахраї|брех\w+",
)
PROFANITY = (
    r"fuck\w*|shit\w*|bullshit|f\*+k\w*|s\*+t\b|crap\b|bloody (?:hell|idiots?|joke)|piss(?:ed)? (?:off|take)|damn(?:ed)?\b|arse\b|\bass\b|wtf\b|scheiß\w*|scheiss\w*|verdammt\w*|verfickt\w*|kack\w*|putain|merd(?:e|ique|ier)\w*|foutre|foutage|chier\b|mierda\w*|joder\b|coño\b|puta\b|puto\b|cazzo|merda\w*|schifo\b|vaffa\w*|porra\b|caralho|foda\w*|kut\b|klote\w*|godverdomme|tering\w*|kurwa\w*|gówn\w+|cholern\w+|jeban\w+|skit\b|jävla|fan\b(?= vad)|lort\w*|sgu\b|kurva\b|hovno|prdel\w*|căcat\w*|rahat\b|lanet\b|bok gibi|сука|дерьм\w+|хрен\w*",
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

# -- guards and contrasts ----------------------------------------------------------------------------------------------
# Shortly before the words, in the same sentence: it did not happen ("no injuries, luckily").
DENIAL = (
    r"no|not|never|without|nobody|niemand|personne|nadie|ninguém|nikt|isn't|wasn't|aren't|weren't|didn't|don't|instead of|rather than|kein\w*|nicht|ohne|nie",
    r"pas|aucune?|sans|jamais|ningun[oa]?|ningún|sin|nunca|nessun\w*|senza|non|nenhum\w*|sem|não|geen|niet|zonder|nooit",
    r"bez|żadn\w+|ingen|inga|inget|ikke|utan|uden|žádn\w+|fără|nicio?|hiçbir|بدون|ללא|без",
)
# What is denied here is help or a limit, not harm: "never been so ill", "not only was I ill".
NO_DENIAL = (r"only|so|been so|nur|seulement|solo|só|alleen|tylko|before",)
# A refund that was given, or a matter that was handled well, is praise.
SETTLED = (
    r"gave|given|got|received|offered|refunded|issued|processed|without (?:any )?(?:fuss|quibble|question)|no quibble|promptly|straight ?away",
    r"sofort (?:erstattet|zurück)|problemlos|kulant\w*|anstandslos|sans (?:discuter|problème)|sin problemas?|senza problemi|sem problemas|zonder (?:gedoe|problemen)|bez problem\w*",
)
PRAISE = (
    r"congratulations|bravo|well done|wonderful|fantastic|brilliant|best \w+ ever|great (?:job|service)|amazing|lovely|thank you so much|charming",
    r"glückwunsch|herzlichen dank|toll\w*|super\b|großartig\w*|prima\b|félicitations|merci (?:beaucoup|bien)|génial\w*|formidable|magnifique",
    r"enhorabuena|felicidades|maravillos\w+|genial\w*|complimenti|fantastic\w+|meraviglios\w+|parabéns|maravilh\w+|ótimo|gefeliciteerd|geweldig\w*",
    r"prachtig\w*|gratul\w+|brawo|świetn\w+|wspanial\w+|grattis|fantastisk\w*|tillykke|gratulujeme?|skvěl\w+|felicitări|minunat\w*|tebrikler|harika\w*",
)
