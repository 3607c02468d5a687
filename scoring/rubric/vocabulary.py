"""Words that several checks share, by language: what `<name>` stands for in a rule. Data only.

Regular expressions for folded texts (written with their accents, which `fold` takes off); `\\w*` stands for endings.
"""

# ruff: noqa: E501 - one word list a line: a pattern broken over lines cannot be searched
from __future__ import annotations

VOCABULARY: dict[str, dict[str, str]] = {
    "en": {
        "review": r"reviews?|ratings?|stars?|scores?|posts?|posting|comments?|feedback|opinions?|write-?ups?|assessments?|testimonials?|what you (?:wrote|posted|published|put online)",
        "change": r"chang(?:e|es|ed|ing)|edit\w*|updat(?:e|es|ed|ing)|revis(?:e|es|ed|ing)|amend\w*|alter(?:ed|ing)?|rais(?:e|ed|ing)|rewrit\w+|reword\w*|adjust\w*|correct(?:ed|ing)?|improv(?:e|ed|ing)|upgrad(?:e|ed|ing)|bump(?:ed|ing)?|lift(?:ed|ing)?|remov(?:e|ed|ing)|delet(?:e|ed|ing)|withdraw\w*|retract\w*|eras(?:e|ed|ing)|tak(?:e|ing|en) down|tak(?:e|ing) off|reconsider\w*|rethink\w*|revisit\w*|soften\w*|hid(?:e|ing)|unpublish\w*|modif\w+|pull(?:ed|ing)?|drop(?:ped|ping)?|replac(?:e|ed|ing)|fix(?:ed|ing)?|boost(?:ed|ing)?|increas(?:e|ed|ing)|swap(?:ped|ping)?|turn(?:ed|ing)?",
        "benefit": r"refund\w*|money back|reimburs\w+|compensat\w+|vouchers?|discounts?|gift ?cards?|gifts?|coupons?|credit|free|complimentary|on us|on the house|bottles?|dinner|lunch|breakfast|dessert|drinks?|meal|night|upgrade|treat|reward\w*|\d+ ?%|percent|something (?:nice|special|extra)|little something|thank[- ]you (?:gift|present)|surprise|cash|points|goodwill|half price|waive\w*|cover (?:the|your)|[€£$] ?\d+|\d+ ?(?:[€£$]|euros?|pounds|dollars)",
        "sorry": r"sorry|apolog(?:y|ies|i[sz]e|i[sz]es|i[sz]ing)|regrets?|pardon",
        "lawyer": r"lawyers?|solicitors?|attorneys?|legal (?:team|department|counsel|advis[eo]rs?|representatives?|people)|counsel|barristers?|law firm",
        "weekday": r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?",
        "month": r"january|february|march|april|may|june|july|august|september|october|november|december",
        "relative": r"husband|wife|spouse|partner|boyfriend|girlfriend|fianc[eé]e?|son|sons|daughters?|child|children|kids?|baby|toddler|twins|mother|father|mum|mom|dad|parents|grandmother|grandfather|grandparents|gran|grandma|grandpa|sister|brother|aunt|uncle|niece|nephew|mother-in-law|father-in-law|in-laws|friends?|companions?|colleagues?|boss|family member|neighbou?r",
    },
    "es": {
        "review": r"reseñas?|opini[oó]n(?:es)?|valoraci[oó]n(?:es)?|calificaci[oó]n(?:es)?|puntuaci[oó]n(?:es)?|comentarios?|estrellas?|cr[ií]ticas?|publicaci[oó]n(?:es)?|evaluaci[oó]n(?:es)?|nota|lo que (?:ha|has|hab[eé]is|han) (?:escrito|publicado)",
        "change": r"cambi\w+|modifi\w+|edit\w+|actuali\w+|correg\w+|corrij\w+|rectifi\w+|mejor(?:ar|a|e|as|es|en|ase|ara|arla)|sub(?:ir|a|e|as|irla)\w*|borr\w+|elimin\w+|quit(?:ar|e|a|es|arla|en)|retir\w+|suprim\w+|reconsider\w+|revis(?:ar|e|a|es|arla|en)|replante\w+|aument\w+|ajust(?:ar|e|es|a)|elev(?:ar|e)|reescrib\w+",
        "benefit": r"reembols\w+|devol(?:v|u)\w+|devoluci[oó]n|indemniz\w+|compens\w+|vales?|bonos?|descuentos?|cup[oó]n\w*|regal\w+|obsequi\w+|gratis|gratuit\w+|invit\w+|cortes[ií]a|botellas?|cena|comida|desayuno|postre|copas?|noche|mejora de|detalle|sorpresa|\d+ ?%|por ciento|abono|abonar\w*|dinero|puntos|corre por nuestra cuenta|a nuestro cargo|\d+ ?(?:€|euros?|pesos)",
        "sorry": r"lament\w+|sentimos|siento|disculp\w+|perd[oó]n\w*|pesar",
        "lawyer": r"abogad[oa]s?|gabinete jur[ií]dico|equipo (?:legal|jur[ií]dico)|departamento (?:legal|jur[ií]dico)|asesor[ií]a jur[ií]dica|asesores (?:legales|jur[ií]dicos)|servicios jur[ií]dicos|letrados?",
        "weekday": r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?",
        "month": r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        "relative": r"marido|esposo|esposa|mujer|pareja|novio|novia|hij[oa]s?|beb[eé]|niñ[oa]s?|gemelos|mellizos|madre|padre|padres|abuel[oa]s?|herman[oa]s?|t[ií][oa]|sobrin[oa]s?|suegr[oa]s?|amig[oa]s?|acompañantes?|compañer[oa]s?|jefe",
    },
    "fr": {
        "review": r"avis|notes?|notations?|[ée]toiles?|commentaires?|[ée]valuations?|publications?|posts?|critiques?|t[ée]moignage|appr[ée]ciation|message en ligne|ce que vous avez (?:[ée]crit|publi[ée])",
        "change": r"chang\w+|modifi\w+|edit\w+|actualis\w+|mettr?e? [àa] jour|mis(?:e)? [àa] jour|mettiez [àa] jour|corrig\w+|rectifi\w+|am[ée]lior\w+|augment\w+|remont\w+|relev(?:er|ez|iez)|supprim\w+|effac\w+|retir\w+|enlev\w+|reconsid[ée]r\w+|r[ée]vis\w+|revoir|revo(?:yez|yiez)|r[ée]vis(?:er|ez)|r[ée][ée]valu\w+|ajout\w+|suppression|retrait|modification",
        "benefit": r"rembours\w+|d[ée]dommag\w+|indemnis\w+|compens\w+|bons? (?:d'achat|cadeau|de r[ée]duction)|avoirs?|remises?|r[ée]ductions?|cadeaux?|offr(?:e|ir|ons|irons|ert|erte|ez)|offert\w*|gratuit\w*|invit\w+|coupons?|bouteilles?|d[iî]ner|d[ée]jeuner|dessert|verres?|nuit|surclass\w+|geste commercial|petit geste|petite attention|surprise|\d+ ?%|pour cent|r[ée]gler votre|\d+ ?(?:€|euros?)",
        "sorry": r"d[ée]sol[ée]e?s?|excus\w+|regrett\w+|navr[ée]e?s?|pardon",
        "lawyer": r"avocat\w*|service juridique|conseil juridique|[ée]quipe juridique|juristes?|d[ée]partement juridique|cabinet d'avocats",
        "weekday": r"lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?",
        "month": r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre",
        "relative": r"mari|[ée]poux|[ée]pouse|femme|conjointe?|compagn(?:on|e)|petit ami|petite amie|copain|copine|fianc[ée]e?|fils|filles?|enfants?|b[ée]b[ée]|jumeaux|jumelles|m[èe]re|p[èe]re|parents|grand-m[èe]re|grand-p[èe]re|grands-parents|fr[èe]res?|s(?:œ|oe)urs?|tante|oncle|ni[èe]ce|neveu|belle-m[èe]re|beau-p[èe]re|amie?s?|coll[èe]gues?|accompagnant\w*",
    },
    "de": {
        "review": r"bewertung(?:en)?|rezension(?:en)?|sterne?n?|beitrag|beitr[äa]ge|kommentare?s?|feedback|kritik|eintrag|einsch[äa]tzung|beurteilung|post|was sie (?:geschrieben|ver[öo]ffentlicht) haben",
        "change": r"[äa]nder\w*|ge[äa]ndert\w*|ab[äa]nder\w*|abzu[äa]ndern|um[äa]ndern|bearbeit\w+|aktualisier\w+|anpass\w+|anzupassen|angepasst\w*|korrigier\w+|verbesser\w+|erh[öo]h\w+|anheb\w+|anzuheben|hochsetz\w+|hochzusetzen|l[öo]sch\w+|gel[öo]scht\w*|entfern\w+|zur[üu]ckzieh\w+|zur[üu]ckzuziehen|zur[üu]ckgezogen|zur[üu]cknehm\w+|zur[üu]ckzunehmen|herunternehm\w+|offline|[üu]berdenk\w*|[üu]berarbeit\w+|[üu]berpr[üu]f\w+|umschreib\w+|umzuschreiben|nachbesser\w*|aufwert\w+|revidier\w+|streich\w*|l[öo]schung",
        "benefit": r"erstatt\w+|r[üu]ckerstatt\w+|zur[üu]ckerstatt\w+|geld zur[üu]ck|entsch[äa]dig\w+|gutschein\w*|rabatt\w*|gutschrift\w*|geschenk\w*|schenken|kostenlos\w*|gratis|umsonst|einladen|laden (?:wir|ich)|einladung|aufs haus|auf uns|auf unsere kosten|flasche\w*|abendessen|essen|fr[üu]hst[üu]ck|dessert|getr[äa]nk\w*|drink|nacht|[üu]bernachtung|upgrade|aufmerksamkeit|[üu]berraschung|\d+ ?%|prozent|nachlass|bonus|punkte|\d+ ?(?:€|euro)",
        "sorry": r"leid|entschuldig\w+|verzeih\w+|bedauer\w+|pardon|sorry",
        "lawyer": r"anw[äa]lt\w*|rechtsanw[äa]lt\w*|rechtsabteilung|rechtsbeistand|kanzlei|juristen?|rechtsvertret\w+|justiziar\w*",
        "weekday": r"montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonnabends?|sonntags?",
        "month": r"januar|februar|m[äa]rz|april|mai|juni|juli|august|september|oktober|november|dezember",
        "relative": r"mann|ehemann|gatten?|frau|ehefrau|gattin|partner(?:in)?|freund(?:in|e|innen)?|verlobte[rn]?|sohn|s[öo]hne|tochter|t[öo]chter|kind(?:er|es|ern)?|baby|zwillinge|mutter|vater|eltern|oma|opa|gro(?:ß|ss)mutter|gro(?:ß|ss)vater|gro(?:ß|ss)eltern|bruder|schwester|tante|onkel|nichte|neffe|schwiegermutter|schwiegervater|schwiegereltern|begleit(?:ung|er|erin)|kolleg(?:e|en|in)|chef",
    },
    "it": {
        "review": r"recension[ei]|valutazion[ei]|giudizi?o?|stell[ae]|commenti?o?|vot[oi]|punteggi?o?|opinion[ei]|post|critic[ah]e?|ci[oò] che (?:ha|hai|avete) scritto|quanto (?:ha|hai|avete) scritto",
        "change": r"cambi\w+|modific\w+|edit\w+|aggiorn\w+|corregg\w+|rettific\w+|miglior(?:are|i|a|asse|arla|ando|iate)|alz(?:are|i|a|arla|asse|iate|ando)|aument\w+|cancell\w+|elimin\w+|rimuov\w+|rimoss\w+|rimozione|togli\w*|toglier\w+|tolga|tolta|ritir\w+|riconsider\w+|rived\w+|ripens\w+|riscriv\w+|ritocc\w+",
        "benefit": r"rimbors\w+|risarc\w+|indenniz\w+|compens\w+|buon[oi]|scont[oi]|omagg\w+|regal\w+|gratis|gratuit\w+|offr\w+|offert\w+|coupon|bottigli\w+|cena|pranzo|colazione|dolce|dessert|calice|notte|upgrade|pensierino|sorpresa|\d+ ?%|per cento|credito|punti|a nostro carico|a nostre spese|\d+ ?(?:€|euro)",
        "sorry": r"dispiac\w+|spiac\w+|scus\w+|rammaric\w+|rincresc\w+|perdon\w+",
        "lawyer": r"avvocat\w+|legali|ufficio legale|studio legale|consulente legale|nostro legale",
        "weekday": r"luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabat[oi]|domenic\w+",
        "month": r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        "relative": r"marito|moglie|compagn[oa]|partner|fidanzat[oa]|coniuge|figli[oae]?|bambin[oaie]|neonato|gemell[ie]|madre|padre|mamma|pap[aà]|genitori|nonn[oaie]|fratell[oi]|sorell[ae]|zi[oa]|nipot[ei]|suocer[oa]|amic[oaih]+e?|accompagnat\w+|colleg[ah]+[ie]?|capo",
    },
    "pt": {
        "review": r"avalia[cç](?:[aã]o|[oõ]es)|coment[aá]rios?|opini(?:[aã]o|[oõ]es)|cr[ií]ticas?|estrelas?|nota|classifica[cç](?:[aã]o|[oõ]es)|pontua[cç][aã]o|publica[cç][aã]o|post|resenhas?|o que (?:escreveu|publicou)",
        "change": r"alter\w+|mud(?:ar|e|a|asse|ou|ando|em|ada)|modific\w+|edit\w+|atualiz\w+|actualiz\w+|corrig\w+|retific\w+|melhor(?:ar|e|asse|ada|ando|em)|subir|suba|subisse|aument\w+|elev(?:ar|e)|apag\w+|elimin\w+|remov\w+|remo[cç][aã]o|exclu\w+|retir\w+|reconsider\w+|rev(?:er|ir|eja|ej|isse|ê)|repens\w+|reescrev\w+|ajust(?:ar|e|asse)",
        "benefit": r"reembols\w+|devol(?:v|u)\w+|devolu[cç][aã]o|indemniz\w+|indeniz\w+|compens\w+|vales?|vouchers?|descontos?|cup(?:[aã]o|om|ons|[oõ]es)|oferec\w+|ofert\w+|oferta|brindes?|presentes?|gr[aá]tis|gratuit\w+|cortesia|garrafas?|jantar|almo[cç]o|pequeno-almo[cç]o|sobremesa|noite|upgrade|mimo|surpresa|\d+ ?%|por cento|cr[eé]dito|pontos|por nossa conta|por conta da casa|\d+ ?(?:€|euros?|reais)|r\$ ?\d+|convid\w+",
        "sorry": r"lament\w+|desculp\w+|sent(?:imos|e) muito|sinto muito|pesar|perd[aã]o|pedimos perd[aã]o",
        "lawyer": r"advogad[oa]s?|departamento jur[ií]dico|equipa jur[ií]dica|equipe jur[ií]dica|gabinete jur[ií]dico|assessoria jur[ií]dica|jur[ií]dico",
        "weekday": r"segundas?(?:-feiras?)?|ter[cç]as?(?:-feiras?)?|quartas?(?:-feiras?)?|quintas?(?:-feiras?)?|sextas?(?:-feiras?)?|s[aá]bados?|domingos?",
        "month": r"janeiro|fevereiro|mar[cç]o|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        "relative": r"marido|esposo|esposa|mulher|companheir[oa]|namorad[oa]|noiv[oa]|parceir[oa]|filh[oa]s?|beb[eéê]|crian[cç]as?|g[eéê]meos|m[aã]e|pai|pais|av[oóô]s?|irm[aã]o?s?|ti[oa]|sobrinh[oa]s?|sogr[oa]s?|amig[oa]s?|acompanhantes?|colegas?|chefe",
    },
    "nl": {
        "review": r"recensies?|reviews?|beoordeling(?:en)?|sterren|reacties?|bericht|waardering|commentaar|score|feedback|opmerking(?:en)?|wat u (?:hebt|heeft) geschreven|wat je (?:hebt|schreef)",
        "change": r"wijzig\w*|gewijzigd\w*|aanpass\w*|aan te passen|aangepast\w*|verander\w*|bewerk\w*|bijwerk\w*|corriger\w+|gecorrigeerd|verbeter\w*|verhog\w*|verhoogt|verwijder\w*|weg te halen|weghal\w*|haalt|intrek\w*|in te trekken|ingetrokken|heroverweeg\w*|heroverweg\w*|herzie\w*|herschrijf\w*|herschrijv\w*|omzet\w*|offline|schrap\w*|wis(?:sen|t)?",
        "benefit": r"terugbeta\w+|geld terug|vergoed\w*|compens\w+|bon(?:nen)?|tegoedbon\w*|cadeaubon\w*|waardebon\w*|vouchers?|korting\w*|cadeau\w*|geschenk\w*|gratis|kosteloos|trakt\w+|uitnodig\w*|nodigen|fles|diner|lunch|ontbijt|dessert|drankje|nacht|overnachting|upgrade|attentie|verrassing|\d+ ?%|procent|tegoed|punten|van het huis|van ons|op onze kosten|(?:€|eur) ?\d+|\d+ ?(?:€|euro)|restitutie|restitueren|schadevergoeding",
        "sorry": r"sorry|spijt\w*|excus\w+|verontschuldig\w+|betreur\w*|vergeving|jammer",
        "lawyer": r"advoca(?:at|ten)|jurist(?:en)?|juridische afdeling|juridisch (?:team|adviseur)|raadsman|advocatenkantoor|rechtsbijstand",
        "weekday": r"maandag(?:en)?|dinsdag(?:en)?|woensdag(?:en)?|donderdag(?:en)?|vrijdag(?:en)?|zaterdag(?:en)?|zondag(?:en)?",
        "month": r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        "relative": r"man|echtgenoot|echtgenote|vrouw|partner|vriend(?:in|en)?|verloofde|zoon|zonen|dochters?|kind(?:eren|je)?|baby|tweeling|moeder|vader|ouders|oma|opa|grootouders|broer|zus|tante|oom|nicht|neef|schoonmoeder|schoonvader|schoonouders|gezelschap|collega'?s?|baas",
    },
    "pl": {
        "review": r"opini\w*|recenzj\w*|ocen(?:a|y|ę|e|ie|ą|)|gwiazd\w+|komentarz\w*|wpis\w*|post\w{0,3}|not(?:a|ę|y)|to,? co (?:pan|pani|państwo) napisa\w+",
        "change": r"zmien\w+|zmian\w+|zmieni\w+|edyt\w+|edycj\w+|zaktualiz\w+|aktualiz\w+|popraw\w+|skoryg\w+|korekt\w+|podnie\w+|podwyższ\w+|usun\w+|usuń\w*|usuwa\w*|skasow\w+|skasuj\w*|wycof\w+|przemyśl\w+|rozważ\w+|zrewid\w+|cofn\w+|zdją\w+|zdjęci\w+|ukry\w+",
        "benefit": r"zwrot\w*|zwróc\w+|zwracamy|rekompens\w+|odszkodowa\w+|bon(?:u|y|em|ik)?|voucher\w*|kupon\w*|zniżk\w+|rabat\w*|prezent\w*|upomin\w+|gratis\w*|bezpłatn\w+|darmow\w+|za darmo|zaprosi\w+|zaprasza\w+|butelk\w+|kolacj\w+|obiad\w*|śniadani\w+|deser\w*|drink\w*|noc(?:leg)?\w*|niespodziank\w+|\d+ ?%|procent|punkt\w*|na nasz koszt|\d+ ?(?:zł\w*|euro|pln)",
        "sorry": r"przepraszam\w*|przeprosi\w+|przykro|żałuj\w+|ubolewa\w+|wybacz\w+",
        "lawyer": r"adwoka\w+|prawnik\w*|prawnic\w+|radc\w+ prawn\w+|kancelari\w+|dział\w* prawn\w+|mecenas\w*|pełnomocnik\w*",
        "weekday": r"poniedział\w+|wtor\w+|środ(?:a|y|ę)|czwart\w+|piąt\w+|sobot\w+|niedziel\w+",
        "month": r"stycz\w+|lut(?:y|ego|ym)|mar(?:zec|ca|cu)|kwie(?:cień|tnia|tniu)|maj(?:a|u)?|czerw(?:iec|ca|cu)|lip(?:iec|ca|cu)|sierp\w+|wrze\w+|październik\w*|listopad\w*|grud\w+",
        "relative": r"mąż|męża|mężem|mężowi|żon(?:a|y|ę|ą|ie)|partner\w*|chłopak\w*|dziewczyn\w+|narzeczon\w+|syn(?:a|em|owi|ek|ka|kiem)?|cór\w+|dzie(?:cko|cka|ci|ćmi|ckiem)|niemowl\w+|bliźni\w+|matk\w+|mama|mamę|ojc\w+|ojciec|tata|rodzic\w+|babci\w+|dziad\w+|brat\w*|siostr\w+|cioci\w+|ciotk\w+|wuj\w*|teściow\w+|teść|teści\w+|przyjaci\w+|znajom\w+|koleg\w+|koleżank\w+|towarzysz\w+|szef\w*",
    },
}  # fmt: skip
