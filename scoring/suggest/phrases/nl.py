"""Dutch, with u."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="nl",
    conjunction=" en ",
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    day="{n} {month}",
    capitals=frozenset(),
    greetings=("Beste {name},", "Dag {name},"),
    plain_greetings=("Goedendag,",),
    openings=(
        "Dank u wel dat u ons zo duidelijk vertelt hoe het is gegaan.",
        "Dank u wel dat u de tijd hebt genomen om dit op te schrijven.",
        "Ik waardeer het dat u dit onder woorden hebt gebracht in plaats van gewoon weg te gaan.",
        "Uw woorden heb ik aandachtig gelezen, en meer dan eens.",
        "Dank u wel voor uw openhartigheid.",
        "Het was goed om ons dit te vertellen, en ik ben u er dankbaar voor.",
        "Ook al leest het niet gemakkelijk: dank u wel dat u het ons hebt gezegd.",
        "Zoals u het beschrijft, zie ik het voor me, en daar dank ik u voor.",
        "Voor een eerlijk verhaal als dit ben ik dankbaar.",
        "Uw woorden bereikten mij vandaag, en ik wil er zelf op antwoorden.",
        "Dank u wel dat u dit niet voor uzelf hebt gehouden.",
        "Goed dat wij dit weten, en dank u wel dat u het hebt geschreven.",
    ),
    openings_matter=(
        "Dank u wel dat u ons hebt geschreven over {matter}.",
        "Wat u schrijft over {matter} heb ik nauwkeurig gelezen.",
        "Dank u wel voor uw open woorden over {matter}.",
        "Het helpt ons dat u zo duidelijk schrijft over {matter}.",
        "Ik ben u dankbaar voor wat u ons vertelt over {matter}.",
    ),
    mixed=(
        "Dank u wel dat u het goede noemt en even openhartig schrijft over {matter}.",
        "Dank u wel voor een eerlijk verhaal, dat het goede noemt en ook ingaat op {matter}.",
        "Ik dank u voor uw vriendelijke woorden, en evenzeer voor wat u schrijft over {matter}.",
    ),
    mixed_praised=(
        "Wat u zegt over {praised} doet mij plezier, en ik dank u dat u ook schrijft over {matter}.",
        "Dank u wel voor uw vriendelijke woorden over {praised}, en voor uw openhartigheid over {matter}.",
        "Het is fijn om te lezen wat u zegt over {praised}, en nuttig wat u schrijft over {matter}.",
    ),
    matters={
        Topic.STAFF: "de manier waarop u bent behandeld",
        Topic.WAITING: "de lange wachttijd",
        Topic.QUALITY: "de kwaliteit",
        Topic.PRICE: "de prijs",
        Topic.HYGIENE: "de hygiëne",
        Topic.ORDER: "uw bestelling",
        Topic.COMPLAINT_HANDLING: "het antwoord op uw klacht",
        Topic.COMFORT: "het gebrek aan comfort",
        Topic.INFORMATION: "de informatie die wij gaven",
        Topic.OTHER: "wat er is gebeurd",
    },
    complaints={
        Topic.STAFF: (
            "De toon waarop u bent aangesproken, is niet aanvaardbaar.",
            "U stuitte op onvriendelijkheid waar u hulp had moeten vinden.",
            "U bent niet behandeld met het respect dat iedereen van ons mag verwachten.",
            "Zo'n onvriendelijke toon hoort bij ons niet thuis.",
        ),
        Topic.WAITING: (
            "U hebt veel langer gewacht dan iemand zou moeten wachten.",
            "Wij hebben u veel te lang laten wachten.",
            "Het duurde veel te lang voordat wij er voor u waren, en dat wachten was niet nodig.",
            "Een wachttijd zoals u die beschrijft, bederft al het andere.",
        ),
        Topic.QUALITY: (
            "De kwaliteit van wat u van ons kreeg, was niet goed genoeg.",
            "U verwachtte goede kwaliteit en kreeg iets dat daar ver onder bleef.",
            "De kwaliteit bleef ver achter bij wat u had betaald.",
            "In deze kwaliteit had het nooit bij u terecht mogen komen.",
        ),
        Topic.PRICE: (
            "De prijs die u betaalde, stond niet in verhouding tot wat u kreeg.",
            "De gevraagde prijs was hoger dan u kon verwachten.",
            "U betaalde een prijs waar niet genoeg tegenover stond.",
            "Het was voor u niet duidelijk genoeg waar die prijs voor stond.",
        ),
        Topic.HYGIENE: (
            "Dat het schoon is, is het minste wat u mag verwachten, en dat was het niet.",
            "U vond vuil wat schoon had moeten zijn.",
            "Wat u zag, was niet schoon, en dat had het wel moeten zijn.",
            "Niemand wil vuil aantreffen waar men zorg verwacht.",
        ),
        Topic.ORDER: (
            "Uw bestelling is niet gegaan zoals het had gemoeten.",
            "U rekende met uw bestelling op ons, en het ging mis.",
            "Er ging iets mis met uw bestelling, en u had er de last van.",
            "Een bestelling moet compleet, juist en op tijd aankomen, en dat was de uwe niet.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "U kaartte een probleem aan en kreeg geen goed antwoord op uw klacht.",
            "U vertelde ons over een probleem, en niemand reageerde zoals het hoort.",
            "U zei ons dat er iets mis was, en ons antwoord maakte het erger.",
            "Uw klacht verdiende gehoor, en kreeg dat niet.",
        ),
        Topic.COMFORT: (
            "U kon zich bij ons niet op uw gemak voelen, en dat is het minste wat wij u verschuldigd zijn.",
            "De omgeving die wij u boden, was niet comfortabel genoeg.",
            "Wat comfortabel had moeten zijn, was dat niet.",
            "Het comfort waarop u rekende, ontbrak.",
        ),
        Topic.INFORMATION: (
            "De informatie van ons en wat u aantrof, kwamen niet overeen.",
            "U vertrouwde de informatie die wij gaven, en het bleek anders.",
            "Onze informatie liet u iets anders verwachten.",
            "De informatie die u van ons had gelezen, was misleidend.",
        ),
        Topic.OTHER: (
            "Wat u beschrijft, had niet mogen gebeuren.",
            "U verwachtte iets beters van ons, en terecht.",
            "Zoiets hoort bij ons niet te gebeuren.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Eten dat koud op tafel komt, stelt vanaf de eerste hap teleur.",
            "Uw eten kwam koud, en het had warm moeten zijn.",
        ),
        Detail.BROKEN: (
            "U kreeg iets dat kapot was, en dat had niet mogen gebeuren.",
            "Iets waarop u rekende, was kapot.",
        ),
        Detail.BILL: (
            "Wat u in rekening werd gebracht, was niet te volgen, en een rekening moet kloppen.",
            "Een rekening die niet klopt, kost vertrouwen, en zo ging het met de uwe.",
        ),
        Detail.LATE_DELIVERY: (
            "Uw bestelling kwam veel te laat bij u aan.",
            "Uw bestelling kwam niet op het moment waarop u rekende.",
        ),
        Detail.WRONG_ITEM: (
            "Wat u had besteld en wat u kreeg, was niet hetzelfde.",
            "Wat bij u aankwam, was niet uw bestelling.",
        ),
        Detail.BOOKING: (
            "U kon niet rekenen op uw reservering bij ons.",
            "Een reservering is een afspraak, en wij hebben ons er niet aan gehouden.",
        ),
        Detail.NO_ANSWER: (
            "U probeerde ons te bereiken en kreeg geen antwoord.",
            "U vroeg om een antwoord, en er kwam er geen.",
        ),
        Detail.NOISE: (
            "Het lawaai nam u de rust af waarnaar u uitkeek.",
            "Er was veel te veel lawaai om u op uw gemak te voelen.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:eten|soep|vlees|biefstuk|pizza|pasta|friet|patat|koffie|gerecht)\W+(?:\w+\W+){0,3}(?:koud|lauw)|koude? (?:eten|soep|pizza|friet|koffie)",  # noqa: E501
        Detail.BROKEN: r"crasht\w*|loopt vast|kapot\w*|stuk|defect\w*|werkte? niet|deed het niet",
        Detail.BILL: r"(?:dubbel|twee keer|te veel) (?:afgerekend|berekend|betaald|in rekening)|rekening (?:\w+ ){0,3}(?:klopte niet|fout|verkeerd)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:levering|pakket|bestelling|bezorg\w+) (?:\w+ ){0,4}te laat|nooit (?:aangekomen|geleverd|bezorgd)|te laat (?:geleverd|bezorgd)",  # noqa: E501
        Detail.WRONG_ITEM: r"verkeerde? (?:artikel|product|gerecht|maat|bestelling|kleur)|niet wat (?:ik|we|wij) (?:had|hadden) besteld",  # noqa: E501
        Detail.BOOKING: r"(?:reservering|boeking|tafel) (?:\w+ ){0,4}(?:vergeten|geannuleerd|niet gevonden|kwijt|weggegeven)|overboekt",  # noqa: E501
        Detail.NO_ANSWER: r"geen (?:antwoord|reactie)|niemand (?:\w+ ){0,2}(?:antwoord\w*|reageer\w*|neemt op|nam op|belde terug)|nooit (?:teruggebeld|geantwoord|gereageerd)",  # noqa: E501
        Detail.NOISE: r"lawaai\w*|herrie|te luid|niet (?:kunnen )?slapen",
    },
    also=(
        "Ook wat u zegt over {matter} heb ik gelezen, en het hoort in hetzelfde antwoord.",
        "U noemt daarnaast {matter}, en daar wil ik niet aan voorbijgaan.",
        "Wat u schrijft over {matter} neem ik even serieus.",
    ),
    feelings={
        Feeling.ANGER: (
            "Ik begrijp uw boosheid heel goed.",
            "U had alle reden om boos te zijn.",
            "In uw plaats was iedereen boos geweest.",
            "Dat u verontwaardigd bent, begrijp ik volkomen.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Ik begrijp uw teleurstelling heel goed.",
            "Ik was in uw plaats net zo teleurgesteld geweest.",
            "Dat moet voor u frustrerend zijn geweest.",
            "Ik begrijp dat u uitkeek naar iets beters, en dat maakt de teleurstelling groter.",
        ),
        Feeling.SLIGHTED: (
            "Ik begrijp heel goed dat u zich niet serieus genomen voelde.",
            "Het doet pijn om zo behandeld te worden, en ik begrijp uw boosheid.",
            "Ik begrijp hoe frustrerend het is als niemand luistert.",
        ),
        Feeling.WORRY: (
            "Ik begrijp heel goed dat u zich zorgen maakte.",
            "Ik begrijp dat dit voor u verontrustend was.",
            "Ik begrijp dat dit u ongerust maakte.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Het spijt mij dat u zo bent behandeld.",
            "Ik bied u mijn excuses aan voor de toon waarop u bent aangesproken.",
        ),
        Topic.WAITING: (
            "Het spijt mij dat wij u zo lang hebben laten wachten.",
            "Ik bied u mijn excuses aan voor de lange wachttijd.",
        ),
        Topic.QUALITY: (
            "Het spijt mij dat de kwaliteit niet goed was.",
            "Ik bied u mijn excuses aan voor de slechte kwaliteit.",
        ),
        Topic.PRICE: (
            "Het spijt mij dat de prijs niet duidelijk en niet redelijk was.",
            "Ik bied u mijn excuses aan voor de ergernis over de prijs.",
        ),
        Topic.HYGIENE: (
            "Het spijt mij dat het niet schoon was.",
            "Ik bied u mijn excuses aan voor de gebrekkige hygiëne.",
        ),
        Topic.ORDER: (
            "Het spijt mij dat uw bestelling mis is gegaan.",
            "Ik bied u mijn excuses aan voor de fouten in uw bestelling.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Het spijt mij dat wij uw klacht niet hebben opgepakt.",
            "Ik bied u mijn excuses aan voor ons antwoord op uw klacht.",
        ),
        Topic.COMFORT: (
            "Het spijt mij dat het comfort ontbrak.",
            "Ik bied u mijn excuses aan voor het gebrek aan comfort.",
        ),
        Topic.INFORMATION: (
            "Het spijt mij dat onze informatie misleidend was.",
            "Ik bied u mijn excuses aan voor de verkeerde informatie.",
        ),
        Topic.OTHER: (
            "Het spijt mij dat wij u hebben teleurgesteld.",
            "Ik bied u mijn excuses aan voor wat er is gebeurd.",
        ),
    },
    sorry=(
        "Dat spijt mij.",
        "Daarvoor bied ik u oprecht mijn excuses aan.",
        "Het spijt mij echt dat wij u zo hebben teleurgesteld.",
        "Daarvoor wil ik u mijn verontschuldigingen aanbieden.",
        "Het spijt mij dat dit u bij ons is overkomen.",
    ),
    ownership={
        Topic.STAFF: (
            "Wij hadden u met respect moeten behandelen, wat er verder ook speelde.",
            "Hoe mensen hier worden behandeld, is mijn verantwoordelijkheid.",
        ),
        Topic.WAITING: (
            "Wij hadden beter moeten plannen en u moeten zeggen wat er aan de hand was.",
            "Wij hadden te weinig mensen op de juiste plek, en dat was onze fout.",
        ),
        Topic.QUALITY: (
            "Wij hadden dit moeten merken voordat het bij u kwam.",
            "Onze controle was niet goed genoeg, en dat was onze fout.",
        ),
        Topic.PRICE: (
            "Wij hadden vanaf het begin duidelijk moeten zijn.",
            "Wij hadden u moeten uitleggen waar u voor betaalde.",
        ),
        Topic.HYGIENE: (
            "Wij hadden dit eerder moeten zien dan u.",
            "Wij hebben niet schoongemaakt en gecontroleerd zoals het hoort.",
        ),
        Topic.ORDER: (
            "Wij hadden het moeten controleren voordat het de deur uitging.",
            "Wij hebben een fout gemaakt, en u had er de last van.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Wij hadden naar u moeten luisteren en meteen moeten handelen.",
            "Wij hebben niet geluisterd, en daarmee maakten wij het erger.",
        ),
        Topic.COMFORT: (
            "Wij hadden dit moeten merken en er iets aan moeten doen.",
            "Wij hebben niet voor uw comfort gezorgd zoals het hoort.",
        ),
        Topic.INFORMATION: (
            "Wij hadden duidelijker moeten zijn, en dat was onze fout.",
            "Wij hadden u helder moeten zeggen wat u kon verwachten.",
        ),
        Topic.OTHER: ("Wij hadden het beter moeten doen.", "Wij zijn tekortgeschoten, en dat ligt aan ons."),
    },
    owned=(
        "Dat was onze fout.",
        "Wij zijn tekortgeschoten, en daar neem ik de verantwoordelijkheid voor.",
        "Dat ligt aan ons.",
        "Wij hadden het beter moeten doen, en ik wil het niet goedpraten.",
        "Ik neem daar de verantwoordelijkheid voor.",
    ),
    done={
        StepKind.TALKED: ("Wij hebben er met het team over gesproken.", "Wij hebben het met het team besproken."),
        StepKind.LOOKED: ("Wij hebben nagekeken wat er is gebeurd.", "Wij hebben onderzocht wat er is gebeurd."),
        StepKind.REPAIRED: ("Wij hebben gerepareerd wat kapot was.", "Wat kapot was, hebben wij gerepareerd."),
        StepKind.CHANGED: ("Wij hebben onze werkwijze gewijzigd.", "Wij hebben op dit punt onze aanpak gewijzigd."),
        StepKind.BILL: ("Wij hebben nagekeken wat u in rekening is gebracht.", "Wij hebben de rekening nagekeken."),
        StepKind.WROTE: ("Wij hebben u ook rechtstreeks geschreven.", "Wij hebben u daarnaast persoonlijk geschreven."),
        StepKind.REACHED: (
            "Wij hebben ook rechtstreeks contact met u gehad.",
            "Wij hebben daarnaast rechtstreeks contact met u gehad.",
        ),
    },
    planned={
        StepKind.TALKED: ("Wij gaan er met het team over spreken.",),
        StepKind.LOOKED: ("Wij kijken na wat er is gebeurd.",),
        StepKind.REPAIRED: ("De reparatie staat gepland.",),
        StepKind.CHANGED: ("Wij werken aan onze werkwijze.",),
        StepKind.BILL: ("Wij kijken na wat u in rekening is gebracht.",),
        StepKind.REACHED: ("Wij nemen ook rechtstreeks contact met u op.",),
    },
    planned_by={
        StepKind.TALKED: ("Uiterlijk {day} bespreken wij dit met het team.",),
        StepKind.LOOKED: ("Uiterlijk {day} zoeken wij uit wat er is gebeurd.",),
        StepKind.REPAIRED: ("Uiterlijk {day} zorgen wij voor de reparatie.",),
        StepKind.CHANGED: ("Uiterlijk {day} wijzigen wij onze werkwijze.",),
        StepKind.BILL: ("Uiterlijk {day} kijken wij na wat u in rekening is gebracht.",),
        StepKind.REACHED: ("Uiterlijk {day} nemen wij rechtstreeks contact met u op.",),
    },
    wants=(
        "Ik wil precies begrijpen wat er misging en met u zoeken naar een manier om het goed te maken.",
        "Ik wil dit zelf uitzoeken, en daarvoor hoor ik graag van u.",
        "Ik hoor graag de rest van u, om te zien hoe wij dit kunnen goedmaken.",
        "Ik wil weten waar het misging, en het is uw blik die telt.",
        "Ik wil dit graag met u in orde brengen, van mens tot mens.",
    ),
    refund=(
        "U vraagt ook naar uw geld, en dat wil ik rechtstreeks met u bespreken en niet in het openbaar.",
        "Uw vraag over uw geld is terecht, en ik wil die graag onder vier ogen met u bespreken.",
        "Uw vraag naar een terugbetaling verdient een helder antwoord, en dat wil ik u rechtstreeks geven.",
    ),
    refund_policy=(
        "U vraagt ook naar uw geld; voor zulke gevallen hebben wij een duidelijke regel, en die wil ik onder vier ogen met u toepassen.",  # noqa: E501
        "Voor vragen over geld hebben wij een duidelijke regel, en die wil ik rechtstreeks met u doornemen.",
    ),
    churn=(
        "Ik respecteer dat u niet terug wilt komen, en toch wil ik dit graag in orde brengen.",
        "Ik begrijp dat u na dit alles niet terug wilt komen.",
        "Ik begrijp dat wij uw vertrouwen kwijt zijn, en toch hoor ik graag van u.",
    ),
    routes={
        RouteKind.MAIL: (
            "Schrijf alstublieft naar {address} en zet erbij dat het voor mij is, zodat ik er zelf voor kan zorgen.",
            "Schrijf mij alstublieft op {address}; ik kan erover beslissen en doe dat graag samen met u.",
            "U bereikt mij op {address}; schrijf daar alstublieft een paar regels, gericht aan {person}.",
        ),
        RouteKind.PHONE: (
            "Bel ons alstublieft op {address} en vraag naar {person}, zodat ik er zelf voor kan zorgen.",
            "Bel alstublieft {address} en vraag naar {person}; ik kan erover beslissen en hoor graag van u.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Stuur mij hier alstublieft een privébericht, gericht aan {person}, zodat ik er zelf voor kan zorgen.",
            "Schrijf mij alstublieft via een privébericht op deze site; ik kan erover beslissen en doe dat graag samen met u.",  # noqa: E501
        ),
        RouteKind.FORM: (
            "Schrijf mij alstublieft via ons contactformulier, gericht aan {person}, zodat ik er zelf voor kan zorgen.",
            "Neem alstublieft contact op via het contactformulier, gericht aan {person}; ik kan erover beslissen.",
        ),
        RouteKind.DESK: (
            "Vraag alstublieft aan de receptie naar {person}; ik ken de zaak en kan beslissen.",
            "Kom alstublieft naar de receptie of bel daarheen en vraag naar {person}, zodat ik er zelf voor kan zorgen.",  # noqa: E501
        ),
        RouteKind.PAGE: (
            "Neem alstublieft contact met ons op via de gegevens op deze pagina en vraag naar {person}, zodat ik er zelf voor kan zorgen.",  # noqa: E501
            "Bel alstublieft het nummer op deze pagina en vraag naar {person}; ik kan erover beslissen.",
        ),
    },
    wordless=(
        "Dank u wel dat u even de tijd nam voor een beoordeling.",
        "Uw beoordeling heeft mij bereikt, en ik wil die graag begrijpen.",
        "Uw sterren zeggen mij dat u iets hebt gemist.",
        "Weinig sterren en geen woord: dan wil ik graag vragen.",
        "Ik zie dat u ons weinig sterren gaf, en dat neem ik serieus.",
        "Dank u wel voor een eerlijke beoordeling.",
        "Zo'n beoordeling zegt mij dat wij niet aan uw verwachtingen hebben voldaan.",
        "Ik wil graag weten wat er achter uw beoordeling zit.",
        "Vandaag zag ik uw beoordeling, en die doet er voor mij toe.",
        "Uw beoordeling zet mij aan het denken, en daar dank ik u voor.",
        "Dank u wel dat u ons met uw sterren laat weten dat er iets niet goed was.",
    ),
    ask=(
        "Ik kan mij uw teleurstelling voorstellen en wil graag weten wat wij anders hadden moeten doen.",
        "Ik begrijp dat u op meer had gehoopt, en ik hoor graag van u wat er ontbrak.",
        "Ik begrijp uw teleurstelling, en het zou mij helpen te weten waarin wij tekortschoten.",
    ),
    invite=(
        "Een paar regels van u zouden ons meer helpen dan welk aantal sterren ook.",
        "Zulke berichten lees ik zelf, en ik leer het meest van wie goed kijkt.",
    ),
    preference=(
        "Wat u zegt over {matter} is een goed punt, en ik neem het mee.",
        "Ik begrijp goed wat u bedoelt over {matter}.",
        "Uw blik op {matter} helpt ons, want die laat zien wat ook anderen kunnen missen.",
    ),
    understood=(
        "Ik begrijp dat u het liever anders had gehad, en over smaak valt altijd iets te leren.",
        "Ik begrijp heel goed dat u het zich anders had voorgesteld.",
        "Ik kan goed begrijpen dat iets anders u liever was geweest.",
    ),
    praise=(
        "Dank u wel, dit maakt onze dag goed.",
        "Wat een plezier om dit te zien.",
        "Heel hartelijk dank hiervoor.",
        "Wat lief dat u ons dit laat weten.",
        "U hebt vandaag een glimlach op ons gezicht getoverd.",
        "Veel dank voor dit vriendelijke gebaar.",
        "Het doet ons goed om dit te zien, dank u wel.",
        "Wij zijn blij dat alles naar uw zin was.",
        "Dank u wel dat u dit met ons en met anderen deelt.",
        "Met zo'n vriendelijke groet begint een werkdag goed.",
        "Wat aardig dat u aan ons dacht.",
        "Het betekent veel voor ons dat u hier even de tijd voor nam.",
    ),
    praise_praised=(
        "Dank u wel voor uw woorden over {praised}.",
        "Wat u zegt over {praised} maakt ons blij.",
        "Wat fijn dat u iets zegt over {praised}.",
    ),
    praise_more=(
        "Het hele team zal blij zijn om dit te zien.",
        "Zo zien wij dat de zorg die wij erin leggen, wordt opgemerkt.",
        "Hier doen wij het elke dag voor.",
        "Voor wie achter de schermen werken, is er geen mooiere aanmoediging.",
        "Goed om te weten dat het voor u klopte.",
    ),
    praise_close=(
        "Graag tot ziens.",
        "Bij ons staat de deur altijd voor u open.",
        "Tot de volgende keer, en alle goeds.",
        "Wij zijn er graag weer voor u.",
        "Een hartelijke groet van ons allemaal.",
    ),
    praised={
        Praised.PEOPLE: "ons team",
        Praised.FOOD: "het eten",
        Praised.ROOMS: "de kamers",
        Praised.PLACE: "de sfeer",
        Praised.CLEANLINESS: "de hygiëne",
        Praised.VALUE: "de verhouding tussen prijs en kwaliteit",
        Praised.SPEED: "de snelheid",
        Praised.WORK: "ons werk",
    },
    praised_words={
        Praised.PEOPLE: r"personeel|ober\w*|bediening|service|team|ontvangst|receptie|medewerker\w*|vriendelijk\w*|attent\w*|behulpzaam",  # noqa: E501
        Praised.FOOD: r"eten|gerecht\w*|keuken|ontbijt|diner|pizza|pasta|toetje|dessert|koffie|lekker\w*|heerlijk\w*",
        Praised.ROOMS: r"kamers?|bed|bedden|suite",
        Praised.PLACE: r"sfeer\w*|ambiance|ligging|locatie|uitzicht|terras|tuin|inrichting|gezellig\w*",
        Praised.CLEANLINESS: r"schoon|schone|netjes|nette",
        Praised.VALUE: r"prijs\w*|betaalbaar\w*",
        Praised.SPEED: r"snel\w*|vlot\w*|op tijd",
        Praised.WORK: r"product\w*|kwaliteit|reparatie|behandeling|kapsel|app",
    },
    good_words=r"goed\w*|heel goed|geweldig\w*|fantastisch\w*|uitstekend\w*|prachtig\w*|perfect\w*|vriendelijk\w*|attent\w*|behulpzaam|lekker\w*|heerlijk\w*|best\w*|mooi\w*|super|top|fijn\w*|schoon|schone|netjes|snel\w*|vlot\w*|gezellig\w*|aanrader|betaalbaar\w*",  # noqa: E501
    not_words=r"niet|geen|nooit|niets|zonder|maar|helaas|echter|hoewel|slecht\w*|traag|trage|vies|vieze|vuil|koud\w*|duur|dure|teleurstell\w+|teleurgesteld|vreselijk\w*|jammer|ontbrak\w*|te|minder|onvriendelijk\w*|kon beter",  # noqa: E501
    bitter_words=r"onbeschoft\w*|onvriendelijk\w*|traag|trage|traagste|vies|vieze|smerig\w*|slechtst\w*|vreselijk\w*|walgelijk\w*|uur (?:lang )?gewacht|gefeliciteerd met|oplicht\w+",  # noqa: E501
    taste_words=r"niet (?:echt |helemaal )?(?:mijn|onze) (?:stijl|smaak|ding)|naar mijn smaak|kwestie van smaak|had (?:ik )?liever|zou liever",  # noqa: E501
    general=(
        "Dank u wel voor uw bericht.",
        "Dank u wel dat u zo openhartig schrijft.",
        "Deze regels heb ik aandachtig gelezen.",
        "Dank u wel voor deze eerlijke woorden.",
        "Voor elk open woord ben ik dankbaar.",
        "Zulke woorden worden hier met zorg gelezen.",
        "Dank u wel dat u dit onder woorden brengt.",
        "Het is goed dat zulke dingen openlijk worden gezegd.",
        "Deze woorden neem ik ter harte.",
        "Dank u wel voor een zo helder verhaal.",
        "Open woorden zoals deze waardeer ik.",
    ),
    general_matters={
        Topic.STAFF: "de behandeling van mensen",
        Topic.WAITING: "wachttijden",
        Topic.QUALITY: "kwaliteit",
        Topic.PRICE: "geld en prijzen",
        Topic.HYGIENE: "hygiëne",
        Topic.ORDER: "bestellingen en afspraken",
        Topic.COMPLAINT_HANDLING: "antwoorden op klachten",
        Topic.COMFORT: "comfort",
        Topic.INFORMATION: "informatie",
        Topic.OTHER: "zulke zaken",
    },
    general_matter=(
        "Wat er wordt gezegd over {matter} nemen wij serieus, en ik begrijp heel goed hoe frustrerend zoiets is.",
        "Iedereen zou daarover teleurgesteld zijn, en opmerkingen van deze aard over {matter} nemen wij serieus.",
    ),
    general_private=(
        "De bescherming van de privacy staat ons niet toe hier over afzonderlijke situaties te spreken.",
        "Uit respect voor de privacy kunnen wij in het openbaar niet meer zeggen over afzonderlijke situaties.",
    ),
    general_route=(
        "Wie een zorg heeft, bereikt {person} {way}; ik wil er graag in vertrouwen over spreken.",
        "Neem alstublieft contact op met {person} {way}, zodat wij er in vertrouwen over kunnen spreken.",
    ),
    ways={
        RouteKind.MAIL: "op {address}",
        RouteKind.PHONE: "op {address}",
        RouteKind.PRIVATE_MESSAGE: "via een privébericht op deze site",
        RouteKind.FORM: "via ons contactformulier",
        RouteKind.DESK: "aan de receptie",
        RouteKind.PAGE: "op het nummer op deze pagina",
    },
    holding={
        Grave.HARM: (
            "Het spijt mij dit te lezen. Uw gezondheid gaat voor, en ik wil dit zelf uitzoeken.",
            "Wat u schrijft, baart mij zorgen, en het spijt mij. Ik trek mij dit persoonlijk aan.",
        ),
        Grave.DIGNITY: (
            "Het spijt mij dit te lezen. Iedereen verdient hier respect, en ik trek mij dit persoonlijk aan.",
            "Dank u wel dat u het ons vertelt. Ik neem dit zeer serieus en wil het zelf uitzoeken.",
        ),
        Grave.PRESSURE: (
            "Dank u wel voor uw bericht. Ik heb het aandachtig gelezen en wil dit zelf uitzoeken.",
            "Ik heb kennisgenomen van wat u schrijft, en wil er graag persoonlijk met u over spreken.",
        ),
        Grave.LIFE: (
            "Dank u wel dat u zo openhartig schrijft. Ik wil heel graag persoonlijk met u spreken.",
            "Wat u schrijft, raakt mij, en ik wil er graag zijn om te praten.",
        ),
    },
    posts={
        Post.OWNER: "eigenaar",
        Post.MANAGER: "manager",
        Post.RESTAURANT: "restaurantmanager",
        Post.HOTEL: "hotelmanager",
        Post.SHOP: "vestigingsmanager",
        Post.PRACTICE: "praktijkmanager",
        Post.GUEST_RELATIONS: "hoofd gastenservice",
        Post.CUSTOMER_CARE: "klantenservice",
    },
)  # fmt: skip
