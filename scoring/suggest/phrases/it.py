"""Italian, with Lei; sentences that need no gender of the reader or of the writer."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="it",
    conjunction=" e ",
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ),
    day="il {n} {month}",
    odd_days={1: "il 1° {month}", 8: "l'8 {month}", 11: "l'11 {month}"},
    capitals=frozenset({"La", "Lei"}),
    greetings=("Buongiorno {name},", "Salve {name},"),
    plain_greetings=("Buongiorno,",),
    openings=(
        "Grazie per averci raccontato con tanta chiarezza com'è andata.",
        "Grazie per aver trovato il tempo di scriverci.",
        "Apprezzo che abbia messo in parole ciò che ha vissuto.",
        "Ho letto le Sue righe con attenzione, e più di una volta.",
        "Grazie per averci parlato con tanta franchezza.",
        "Ha fatto bene a dircelo, e gliene sono riconoscente.",
        "Non è facile leggere il Suo racconto, e proprio per questo La ringrazio.",
        "Il Suo racconto mi fa vedere ciò che ha visto Lei, e per questo La ringrazio.",
        "La ringrazio per la sincerità della Sua testimonianza.",
        "Le Sue parole mi sono arrivate oggi, e desidero rispondere di persona.",
        "Grazie per non aver tenuto tutto questo per sé.",
        "Per noi è importante saperlo, e La ringrazio di averlo scritto.",
    ),
    openings_matter=(
        "Grazie per averci scritto riguardo a un punto preciso, {matter}.",
        "Ho letto con attenzione le Sue parole, in particolare su un punto: {matter}.",
        "Grazie per aver parlato apertamente, citando {matter}.",
        "Ci aiuta che abbia descritto con tanta chiarezza {matter}.",
        "Grazie per averci segnalato {matter}.",
    ),
    mixed=(
        "Grazie per aver detto ciò che andava bene e per averci segnalato con la stessa franchezza {matter}.",
        "Grazie per un giudizio così equo, che riconosce il buono e segnala anche {matter}.",
        "La ringrazio per le parole gentili, e altrettanto per averci descritto {matter}.",
    ),
    mixed_praised=(
        "Mi fa piacere che abbia apprezzato {praised}, e La ringrazio per averci segnalato anche {matter}.",
        "Grazie per aver ricordato {praised}, e per averci descritto con la stessa franchezza {matter}.",
        "È bello leggere che ha gradito {praised}, e utile che ci abbia segnalato {matter}.",
    ),
    matters={
        Topic.STAFF: "la scortesia che ha incontrato",
        Topic.WAITING: "la lunga attesa",
        Topic.QUALITY: "la qualità",
        Topic.PRICE: "il prezzo",
        Topic.HYGIENE: "la pulizia",
        Topic.ORDER: "il Suo ordine",
        Topic.COMPLAINT_HANDLING: "la risposta al Suo reclamo",
        Topic.COMFORT: "la mancanza di comodità",
        Topic.INFORMATION: "le nostre informazioni",
        Topic.OTHER: "quanto è accaduto",
    },
    complaints={
        Topic.STAFF: (
            "Il tono che ha incontrato non è accettabile.",
            "Ha trovato scortesia dove avrebbe dovuto trovare aiuto.",
            "Non ha ricevuto il rispetto che chiunque può aspettarsi da noi.",
            "Un tono così scortese non ha posto nel nostro servizio.",
        ),
        Topic.WAITING: (
            "Ha aspettato molto più di quanto chiunque dovrebbe.",
            "Le abbiamo imposto un'attesa davvero troppo lunga.",
            "Ci abbiamo messo troppo a occuparci di Lei, e l'attesa Le è costata tempo prezioso.",
            "Un'attesa come quella che descrive rovina tutto il resto.",
        ),
        Topic.QUALITY: (
            "Ciò che ha ricevuto da noi non aveva la qualità dovuta.",
            "Si aspettava buona qualità e ha trovato qualcosa di molto inferiore.",
            "La qualità era ben al di sotto di ciò che aveva pagato.",
            "Con una qualità così, nulla doveva uscire dalle nostre mani.",
        ),
        Topic.PRICE: (
            "Il prezzo che ha pagato non era proporzionato a ciò che ha ricevuto.",
            "Il prezzo richiesto superava ciò che era ragionevole attendersi.",
            "Ha pagato un prezzo a cui la prestazione non corrispondeva.",
            "Non era abbastanza chiaro a che cosa corrispondesse quel prezzo.",
        ),
        Topic.HYGIENE: (
            "La pulizia è il minimo che ci si possa aspettare, e da noi non l'ha trovata.",
            "Ha trovato sporco ciò che doveva essere pulito.",
            "Ciò che ha visto non era pulito, e doveva esserlo.",
            "Nessuno vuole trovare sporcizia dove si aspetta cura.",
        ),
        Topic.ORDER: (
            "Il Suo ordine non è andato come doveva.",
            "Ha contato su di noi per il Suo ordine, ed è andato male.",
            "Qualcosa è andato storto con il Suo ordine, e i disagi sono toccati a Lei.",
            "Un ordine deve arrivare completo, corretto e puntuale, e il Suo non è arrivato così.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Ha segnalato un problema e il Suo reclamo non ha avuto una vera risposta.",
            "Ci ha segnalato un problema, e non abbiamo saputo ascoltare.",
            "Ci ha detto che qualcosa non andava, e la nostra risposta ha peggiorato le cose.",
            "Il Suo reclamo meritava ascolto, e non lo ha avuto.",
        ),
        Topic.COMFORT: (
            "Stare comodi è il minimo che dobbiamo offrire, e da noi è mancato.",
            "Gli ambienti che Le abbiamo offerto non erano abbastanza comodi.",
            "Ciò che doveva essere comodo non lo era.",
            "È mancata la comodità su cui contava.",
        ),
        Topic.INFORMATION: (
            "Le nostre informazioni e ciò che ha trovato non coincidevano.",
            "Ha contato sulle nostre informazioni, e la realtà era diversa.",
            "Le nostre informazioni facevano attendere altro.",
            "Le informazioni che aveva letto da noi erano fuorvianti.",
        ),
        Topic.OTHER: (
            "Ciò che descrive non sarebbe dovuto accadere.",
            "Si aspettava di meglio da noi, e a ragione.",
            "Non è l'esperienza che doveva vivere da noi.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Un piatto che arriva freddo in tavola delude dal primo boccone.",
            "Il Suo piatto è arrivato freddo, e doveva essere caldo.",
        ),
        Detail.BROKEN: (
            "Ha ricevuto qualcosa che non funzionava, e non è ciò per cui ha pagato.",
            "Qualcosa su cui contava era guasto.",
        ),
        Detail.BILL: (
            "Le è stato addebitato un importo che non si comprende, e un conto deve essere giusto.",
            "Un conto che non torna costa fiducia, e così è stato per il Suo.",
        ),
        Detail.LATE_DELIVERY: (
            "Il Suo ordine è arrivato davvero troppo tardi.",
            "Contava su una consegna puntuale, e non è arrivata quando doveva.",
        ),
        Detail.WRONG_ITEM: (
            "Ciò che aveva ordinato e ciò che Le è arrivato non erano la stessa cosa.",
            "Ha ricevuto qualcosa di diverso da ciò che aveva ordinato.",
        ),
        Detail.BOOKING: (
            "Aveva prenotato da noi e non ha potuto contarci.",
            "Una prenotazione è un impegno, e non abbiamo mantenuto il nostro.",
        ),
        Detail.NO_ANSWER: (
            "Ha cercato di contattarci e non ha avuto risposta.",
            "Ha chiesto una risposta, e non ne è arrivata nessuna.",
        ),
        Detail.NOISE: (
            "Il rumore Le ha tolto il riposo che desiderava.",
            "C'era troppo rumore per stare bene.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:cibo|piatt[oi]|zuppa|carne|pizza|pasta|patatine|caffe|cena)\W+(?:\w+\W+){0,3}(?:fredd[oaie]|tiepid[oaie])",  # noqa: E501
        Detail.BROKEN: r"si blocca|crash\w*|rott[oaie]|guast[oaie]|non funziona\w*|difettos\w+",
        Detail.BILL: r"(?:addebitat|fatto pagar|conteggiat)\w* (?:\w+ ){0,3}(?:due volte|doppio|in piu)|conto (?:\w+ ){0,2}(?:sbagliato|errato)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:consegn\w+|ordine|pacco) (?:\w+ ){0,4}(?:ritardo|tardi)|mai arrivat\w+|arrivat\w+ (?:\w+ ){0,3}(?:tardi|in ritardo)",  # noqa: E501
        Detail.WRONG_ITEM: r"(?:ordine|prodotto|piatto|articolo|taglia) sbagliat\w+|non (?:era )?(?:quello|cio) che (?:avevo|avevamo|ho|abbiamo) ordinato",  # noqa: E501
        Detail.BOOKING: r"(?:pers|annullat|cancellat|dimenticat)\w* (?:la )?(?:nostra |mia )?prenotazione|prenotazione (?:\w+ ){0,3}(?:persa|annullata|cancellata|non risulta\w*)|overbooking",  # noqa: E501
        Detail.NO_ANSWER: r"nessuna risposta|nessuno (?:\w+ )?(?:rispond|richiam)\w*|mai (?:risposto|richiamat)\w*|non (?:hanno|ha) (?:mai )?risposto",  # noqa: E501
        Detail.NOISE: r"rumor\w+|impossibile dormire|non (?:si riesce a|abbiamo potuto|ho potuto) dormire",
    },
    also=(
        "Ho letto anche quanto scrive riguardo ad altri punti, {matter}, e fa parte della stessa risposta.",
        "Cita inoltre {matter}, e non voglio passarci sopra.",
        "Prendo altrettanto sul serio un altro punto che segnala: {matter}.",
    ),
    feelings={
        Feeling.ANGER: (
            "Capisco benissimo la Sua rabbia.",
            "Aveva tutte le ragioni per arrabbiarsi.",
            "Al Suo posto chiunque si sarebbe arrabbiato.",
            "Capisco pienamente la Sua indignazione.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Capisco molto bene la Sua delusione.",
            "Al Suo posto la mia delusione sarebbe stata la stessa.",
            "Capisco quanto dev'essere stato frustrante per Lei.",
            "Si aspettava qualcosa di meglio, e questo rende la delusione ancora più grande.",
        ),
        Feeling.SLIGHTED: (
            "Capisco molto bene la sensazione di non contare nulla.",
            "Un trattamento così fa male, e capisco la Sua amarezza.",
            "Capisco quanto è frustrante quando nessuno ascolta.",
        ),
        Feeling.WORRY: (
            "Capisco molto bene la Sua preoccupazione.",
            "Dev'essere stato inquietante per Lei.",
            "Capisco che questo Le abbia messo paura.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Mi dispiace per il tono che ha incontrato.",
            "Le chiedo scusa per il trattamento che ha ricevuto.",
        ),
        Topic.WAITING: ("Mi dispiace per la lunga attesa.", "Le chiedo scusa per averle imposto un'attesa così lunga."),
        Topic.QUALITY: (
            "Mi dispiace che la qualità non fosse all'altezza.",
            "Le chiedo scusa per la scarsa qualità di ciò che ha ricevuto.",
        ),
        Topic.PRICE: (
            "Mi dispiace che il prezzo non fosse né chiaro né giusto.",
            "Le chiedo scusa per quanto è accaduto con il prezzo.",
        ),
        Topic.HYGIENE: ("Mi dispiace che non fosse pulito.", "Le chiedo scusa per la scarsa pulizia."),
        Topic.ORDER: (
            "Mi dispiace che il Suo ordine sia andato male.",
            "Le chiedo scusa per gli errori nel Suo ordine.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Mi dispiace che non ci siamo occupati del Suo reclamo.",
            "Le chiedo scusa per come abbiamo risposto al Suo reclamo.",
        ),
        Topic.COMFORT: ("Mi dispiace per la mancanza di comodità.", "Le chiedo scusa per la scarsa comodità."),
        Topic.INFORMATION: (
            "Mi dispiace che le nostre informazioni fossero fuorvianti.",
            "Le chiedo scusa per le informazioni sbagliate.",
        ),
        Topic.OTHER: ("Mi dispiace che non siamo stati all'altezza.", "Le chiedo scusa per quanto è accaduto."),
    },
    sorry=(
        "Mi dispiace molto.",
        "Le chiedo sinceramente scusa per questo.",
        "Mi dispiace davvero che Le sia accaduto da noi.",
        "La prego di accettare le mie scuse per questo.",
        "Le porgo per questo le mie scuse.",
    ),
    ownership={
        Topic.STAFF: (
            "Avremmo dovuto trattarla con rispetto, qualunque cosa accadesse.",
            "Mi assumo la responsabilità di come si trattano qui le persone.",
        ),
        Topic.WAITING: (
            "Avremmo dovuto organizzarci meglio e dirle che cosa stava succedendo.",
            "Non avevamo abbastanza persone dove servivano, ed è stato un nostro errore.",
        ),
        Topic.QUALITY: (
            "Avremmo dovuto accorgercene prima di Lei.",
            "Non abbiamo controllato abbastanza, ed è stato un nostro errore.",
        ),
        Topic.PRICE: (
            "Avremmo dovuto essere chiari fin dall'inizio.",
            "Avremmo dovuto spiegarle che cosa stava pagando.",
        ),
        Topic.HYGIENE: (
            "Avremmo dovuto vederlo prima di Lei.",
            "Non abbiamo pulito e controllato come avremmo dovuto.",
        ),
        Topic.ORDER: (
            "Avremmo dovuto controllare prima della consegna.",
            "Abbiamo commesso un errore, ed è toccato a Lei subirlo.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Avremmo dovuto ascoltarla e agire subito.",
            "Non abbiamo saputo ascoltare, e così abbiamo peggiorato le cose.",
        ),
        Topic.COMFORT: (
            "Avremmo dovuto accorgercene e fare qualcosa.",
            "Non abbiamo curato la Sua comodità come avremmo dovuto.",
        ),
        Topic.INFORMATION: (
            "Avremmo dovuto essere più chiari, ed è stato un nostro errore.",
            "Avremmo dovuto dirle con chiarezza che cosa attendersi.",
        ),
        Topic.OTHER: ("Avremmo dovuto fare meglio.", "Non siamo stati all'altezza, e la responsabilità è nostra."),
    },
    owned=(
        "È stato un nostro errore.",
        "Non siamo stati all'altezza, e me ne assumo la responsabilità.",
        "La responsabilità è nostra.",
        "Avremmo dovuto fare meglio, e non cerco scuse.",
        "Mi assumo la responsabilità di quanto è accaduto.",
    ),
    done={
        StepKind.TALKED: ("Ne abbiamo parlato con la squadra.", "Ne abbiamo discusso con la squadra."),
        StepKind.LOOKED: ("Abbiamo verificato che cosa è accaduto.", "Abbiamo esaminato che cosa è accaduto."),
        StepKind.REPAIRED: ("Abbiamo riparato ciò che era guasto.", "Il guasto è riparato: ce ne siamo occupati."),
        StepKind.CHANGED: (
            "Abbiamo cambiato il nostro modo di procedere.",
            "Abbiamo cambiato l'organizzazione su questo punto.",
        ),
        StepKind.BILL: ("Abbiamo controllato ciò che Le è stato addebitato.", "Abbiamo controllato il conto."),
        StepKind.WROTE: ("Le abbiamo anche scritto direttamente.", "Le abbiamo scritto inoltre in privato."),
        StepKind.REACHED: (
            "Abbiamo avuto anche un contatto diretto con Lei.",
            "Abbiamo avuto inoltre un contatto con Lei in privato.",
        ),
    },
    planned={
        StepKind.TALKED: ("Ne parleremo con la squadra.",),
        StepKind.LOOKED: ("Stiamo verificando che cosa è accaduto.",),
        StepKind.REPAIRED: ("La riparazione è nella nostra lista.",),
        StepKind.CHANGED: ("Stiamo lavorando al nostro modo di procedere.",),
        StepKind.BILL: ("Stiamo controllando ciò che Le è stato addebitato.",),
        StepKind.REACHED: ("La contatteremo direttamente.",),
    },
    planned_by={
        StepKind.TALKED: ("Entro {day} ne parleremo con la squadra.",),
        StepKind.LOOKED: ("Entro {day} verificheremo che cosa è accaduto.",),
        StepKind.REPAIRED: ("Entro {day} ci occuperemo della riparazione.",),
        StepKind.CHANGED: ("Entro {day} cambieremo modo di procedere.",),
        StepKind.BILL: ("Entro {day} controlleremo ciò che Le è stato addebitato.",),
        StepKind.REACHED: ("Entro {day} La contatteremo direttamente.",),
    },
    wants=(
        "Vorrei capire che cosa non ha funzionato e cercare con Lei il modo di rimediare.",
        "Voglio occuparmene di persona, e per questo vorrei sentire Lei.",
        "Vorrei che mi raccontasse il resto e vedere come possiamo rimediare.",
        "Voglio scoprire dove abbiamo sbagliato, ed è il Suo punto di vista che conta.",
        "Vorrei sistemare le cose con Lei, da persona a persona.",
    ),
    refund=(
        "Chiede anche dei Suoi soldi, e desidero parlarne direttamente con Lei e non in pubblico.",
        "La Sua richiesta di rimborso è legittima, e vorrei vederla con Lei in privato.",
        "La Sua domanda sui soldi merita una risposta chiara, e desidero dargliela direttamente.",
    ),
    refund_policy=(
        "Chiede anche dei Suoi soldi; per casi simili abbiamo una regola chiara, e desidero applicarla con Lei in privato.",  # noqa: E501
        "Per le domande sui soldi abbiamo una regola chiara, e vorrei vederla con Lei direttamente.",
    ),
    churn=(
        "Rispetto che non desideri tornare, e vorrei comunque rimediare.",
        "Capisco che dopo questo non abbia voglia di tornare.",
        "Capisco che abbiamo perso la Sua fiducia, e vorrei comunque sentire Lei.",
    ),
    routes={
        RouteKind.MAIL: (
            "La prego di scrivere a {address} alla mia attenzione, così che me ne occupi di persona.",
            "Mi scriva a {address}: posso decidere, e vorrei farlo con Lei.",
            "Mi trova a {address}; scriva lì due righe all'attenzione di {person}.",
        ),
        RouteKind.PHONE: (
            "La prego di chiamarci al {address} e di chiedere di {person}, così che me ne occupi di persona.",
            "Chiami il {address} e chieda di {person}: posso decidere e vorrei sentire Lei.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "La prego di mandarmi qui un messaggio privato all'attenzione di {person}, così che me ne occupi di persona.",  # noqa: E501
            "Mi scriva un messaggio privato su questo sito: posso decidere, e vorrei farlo con Lei.",
        ),
        RouteKind.FORM: (
            "La prego di scrivermi con il modulo di contatto del nostro sito, all'attenzione di {person}, così che me ne occupi.",  # noqa: E501
            "Usi il nostro modulo di contatto, all'attenzione di {person}: posso decidere.",
        ),
        RouteKind.DESK: (
            "Chieda di {person} alla reception: conosco la questione e posso decidere.",
            "Venga alla reception o la chiami, e chieda di {person}, così che me ne occupi di persona.",
        ),
        RouteKind.PAGE: (
            "La prego di contattarci per la via che trova in questa pagina e di chiedere di {person}, così che me ne occupi di persona.",  # noqa: E501
            "Chiami il numero indicato in questa pagina e chieda di {person}: posso decidere.",
        ),
    },
    wordless=(
        "Grazie per aver dedicato un momento a valutarci.",
        "Ho ricevuto la Sua valutazione, e vorrei capirla.",
        "Le Sue stelle mi dicono che è mancato qualcosa.",
        "Poche stelle e nessuna parola: questo mi spinge a chiedere.",
        "Vedo che ci ha dato poche stelle, e lo prendo sul serio.",
        "Grazie per una valutazione sincera.",
        "Una valutazione così mi dice che non abbiamo risposto alle Sue attese.",
        "Vorrei sapere che cosa c'è dietro la Sua valutazione.",
        "Oggi ho visto la Sua valutazione, e per me conta.",
        "Questa Sua valutazione mi fa riflettere, e La ringrazio.",
        "Grazie per averci fatto sapere con le stelle che qualcosa non andava.",
    ),
    ask=(
        "Immagino la Sua delusione, e vorrei sapere che cosa avremmo dovuto fare diversamente.",
        "Capisco che sperava in qualcosa di più, e vorrei sentire da Lei che cosa è mancato.",
        "Capisco la Sua delusione, e mi aiuterebbe sapere dove non siamo stati all'altezza.",
    ),
    invite=(
        "Due righe da parte Sua ci aiuterebbero più di qualunque numero di stelle.",
        "Leggo di persona messaggi come questi, ed è da chi guarda con attenzione che imparo di più.",
    ),
    preference=(
        "La Sua osservazione è giusta, e la porto con me: {matter}.",
        "Vedo bene che cosa intende, parlando di questo punto: {matter}.",
        "Il Suo sguardo su un punto come questo, {matter}, ci aiuta, perché mostra che cosa può mancare anche ad altri.",  # noqa: E501
    ),
    understood=(
        "Capisco che lo avrebbe voluto diverso, e sui gusti vale sempre la pena di ascoltare.",
        "Capisco molto bene che lo immaginava in un altro modo.",
        "Capisco molto bene che avrebbe preferito altro.",
    ),
    praise=(
        "Grazie, ci ha rallegrato la giornata.",
        "Che piacere vedere questo.",
        "Grazie davvero di cuore.",
        "Che gentilezza farcelo sapere.",
        "Oggi ci ha fatto sorridere.",
        "Mille grazie per questo bel segno.",
        "Fa davvero piacere vederlo, grazie.",
        "Siamo felici che tutto sia stato di Suo gradimento.",
        "Grazie per averlo condiviso con noi e con gli altri.",
        "Un gesto così gentile è il modo migliore di cominciare la giornata.",
        "Che bello che abbia pensato a noi.",
        "Per noi significa molto questo Suo momento di attenzione.",
    ),
    praise_praised=(
        "Grazie per aver ricordato {praised}.",
        "Ci rende felici che abbia apprezzato {praised}.",
        "Che bello che citi {praised}.",
    ),
    praise_more=(
        "Tutta la squadra sarà felice di vederlo.",
        "Così vediamo che la cura che ci mettiamo si nota.",
        "È per questo che lavoriamo ogni giorno.",
        "Per chi lavora dietro le quinte non c'è incoraggiamento più bello.",
        "È bello sapere che ha trovato ciò che cercava.",
    ),
    praise_close=(
        "A presto, con piacere.",
        "La nostra porta è sempre aperta.",
        "Alla prossima, e ogni bene.",
        "Sarà una gioia averla di nuovo con noi.",
        "Un caro saluto da tutti noi.",
    ),
    praised={
        Praised.PEOPLE: "la nostra squadra",
        Praised.FOOD: "la cucina",
        Praised.ROOMS: "le camere",
        Praised.PLACE: "l'atmosfera",
        Praised.CLEANLINESS: "la pulizia",
        Praised.VALUE: "il rapporto tra qualità e prezzo",
        Praised.SPEED: "la rapidità",
        Praised.WORK: "il nostro lavoro",
    },
    praised_words={
        Praised.PEOPLE: r"personale|camerier\w+|servizio|staff|accoglienza|reception|gentil\w+|cortes\w+|disponibil\w+|simpatic\w+",  # noqa: E501
        Praised.FOOD: r"cibo|piatt\w+|cucina|menu|colazione|cena|pizza|pasta|dolc\w+|caffe|delizios\w+|squisit\w+",
        Praised.ROOMS: r"camer[ae]|stanz[ae]|lett[oi]|suite",
        Praised.PLACE: r"atmosfera|ambiente|posizione|vista|terrazza|giardino|arredamento|accoglient\w+",
        Praised.CLEANLINESS: r"pulit\w+|pulizia",
        Praised.VALUE: r"prezz\w+|rapporto qualita|convenient\w+",
        Praised.SPEED: r"veloc\w+|rapid\w+|puntual\w+",
        Praised.WORK: r"prodott\w+|riparazione|trattamento|taglio|app|applicazione",
    },
    good_words=r"buon\w*|bene|ottim\w+|eccellent\w+|fantastic\w+|meraviglios\w+|perfett\w+|gentil\w+|cortes\w+|disponibil\w+|simpatic\w+|delizios\w+|squisit\w+|miglior\w*|bell\w+|stupend\w+|splendid\w+|pulit\w+|rapid\w+|veloc\w+|accoglient\w+|consigli\w+|super|convenient\w+|puntual\w+",
    not_words=r"non|mai|niente|nulla|senza|ma|pero|purtroppo|peccato|cattiv\w+|pessim\w+|peggio\w*|lent\w+|sporc\w+|fredd\w+|car[oaie]|delus\w+|orribil\w+|manc\w+|tropp\w+|meno|scortes\w+",
    bitter_words=r"scortes\w+|maleducat\w+|lent[aeio]|lentissim\w+|sporc\w+|peggior\w*|orribil\w+|schif\w+|aspettat\w+ (?:\w+ ){0,3}or[ae]|complimenti per (?:la lentezza|l'attesa|la scortesia)|truff\w+",  # noqa: E501
    taste_words=r"non (?:e|era) (?:il )?(?:mio|nostro) (?:stile|gusto|genere)|per i miei gusti|questione di gusti|avrei preferito|avremmo preferito",  # noqa: E501
    general=(
        "Grazie per aver scritto.",
        "Grazie per aver parlato con tanta franchezza.",
        "Ho letto queste righe con attenzione.",
        "Grazie per queste parole sincere.",
        "Ogni parola detta con franchezza è preziosa, grazie.",
        "Parole così qui si leggono con cura.",
        "Grazie per averlo messo in parole.",
        "È bene che cose simili si dicano apertamente.",
        "Prendo a cuore queste parole.",
        "Grazie per un racconto così chiaro.",
        "Apprezzo le parole franche come queste.",
    ),
    general_matters={
        Topic.STAFF: "l'accoglienza",
        Topic.WAITING: "i tempi di attesa",
        Topic.QUALITY: "la qualità",
        Topic.PRICE: "i soldi e i prezzi",
        Topic.HYGIENE: "la pulizia",
        Topic.ORDER: "gli ordini e gli appuntamenti",
        Topic.COMPLAINT_HANDLING: "le risposte ai reclami",
        Topic.COMFORT: "la comodità",
        Topic.INFORMATION: "le informazioni",
        Topic.OTHER: "temi simili",
    },
    general_matter=(
        "Prendiamo sul serio le osservazioni su punti come questo, {matter}, e capisco quanto una cosa simile sia frustrante.",  # noqa: E501
        "Chiunque ne sarebbe deluso, e prendiamo sul serio osservazioni di questo tipo: {matter}.",
    ),
    general_private=(
        "La tutela della riservatezza ci impedisce di parlare qui di situazioni particolari.",
        "Per riservatezza non possiamo dire di più in pubblico su situazioni particolari.",
    ),
    general_route=(
        "Chiunque può contattare {person} {way}; vorrei parlarne in privato.",
        "La prego di contattare {person} {way}, così che possiamo parlarne in privato.",
    ),
    ways={
        RouteKind.MAIL: "a {address}",
        RouteKind.PHONE: "al {address}",
        RouteKind.PRIVATE_MESSAGE: "con un messaggio privato su questo sito",
        RouteKind.FORM: "con il modulo di contatto del nostro sito",
        RouteKind.DESK: "alla reception",
        RouteKind.PAGE: "al numero indicato in questa pagina",
    },
    holding={
        Grave.HARM: (
            "Mi dispiace molto leggere questo. La salute viene prima di tutto, e voglio occuparmene di persona.",
            "Ciò che scrive mi preoccupa, e mi dispiace molto. Me ne occupo di persona.",
        ),
        Grave.DIGNITY: (
            "Mi dispiace molto leggere questo. Qui ogni persona merita rispetto, e me ne occupo di persona.",
            "Grazie per avercelo detto. Lo prendo molto sul serio e voglio occuparmene di persona.",
        ),
        Grave.PRESSURE: (
            "Grazie per aver scritto. Ho letto con attenzione e voglio occuparmene di persona.",
            "Ho preso nota di ciò che scrive, e vorrei parlarne con Lei di persona.",
        ),
        Grave.LIFE: (
            "Grazie per aver scritto con tanta franchezza. Vorrei davvero parlare con Lei di persona.",
            "Ciò che scrive mi tocca, e vorrei esserci per parlarne.",
        ),
    },
    posts={
        Post.OWNER: "titolare",
        Post.MANAGER: "responsabile",
        Post.RESTAURANT: "responsabile del ristorante",
        Post.HOTEL: "responsabile dell'hotel",
        Post.SHOP: "responsabile del negozio",
        Post.PRACTICE: "responsabile dello studio",
        Post.GUEST_RELATIONS: "relazioni con gli ospiti",
        Post.CUSTOMER_CARE: "assistenza clienti",
    },
)  # fmt: skip
