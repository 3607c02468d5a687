"""German, with Sie; no word that needs to know whether a man or a woman reads or writes."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="de",
    conjunction=" und ",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    day="{n}. {month}",
    capitals=frozenset({"Ihre", "Ihr", "Ihren", "Ihrer", "Ihnen", "Sie"}),
    greetings=("Guten Tag {name},", "Hallo {name},"),
    plain_greetings=("Guten Tag,",),
    openings=(
        "Danke, dass Sie uns so deutlich geschildert haben, wie es war.",
        "Vielen Dank, dass Sie sich die Zeit genommen haben, das aufzuschreiben.",
        "Es ist gut, dass Sie uns das sagen, statt einfach zu gehen.",
        "Ihre Zeilen habe ich aufmerksam gelesen, und mehr als einmal.",
        "Danke für Ihre offenen Worte.",
        "Sie haben recht daran getan, uns das zu schreiben, und ich bin Ihnen dankbar dafür.",
        "Auch wenn es nicht leicht zu lesen ist: Danke, dass Sie es uns gesagt haben.",
        "So, wie Sie es beschreiben, sehe ich es vor mir, und dafür danke ich Ihnen.",
        "Für eine ehrliche Schilderung wie diese bin ich dankbar.",
        "Ihre Worte haben mich heute erreicht, und ich möchte selbst darauf antworten.",
        "Danke, dass Sie das nicht für sich behalten haben.",
        "Gut, dass wir davon wissen: Danke, dass Sie geschrieben haben.",
    ),
    openings_matter=(
        "Danke, dass Sie uns auf {matter} angesprochen haben.",
        "Was Sie über {matter} schreiben, habe ich genau gelesen.",
        "Danke für Ihre offenen Worte über {matter}.",
        "Es hilft uns, dass Sie so klar über {matter} schreiben.",
        "Vielen Dank für Ihren Hinweis auf {matter}.",
    ),
    mixed=(
        "Danke, dass Sie das Gute nennen und ebenso offen über {matter} schreiben.",
        "Vielen Dank für eine faire Schilderung, die das Gute nennt und auch auf {matter} eingeht.",
        "Für Ihre freundlichen Worte danke ich Ihnen, und ebenso für das, was Sie über {matter} schreiben.",
    ),
    mixed_praised=(
        "Ihre Worte über {praised} freuen mich, und ich danke Ihnen, dass Sie auch über {matter} schreiben.",
        "Danke für Ihre freundlichen Worte über {praised} und für Ihre Offenheit, was {matter} betrifft.",
        "Schön zu lesen, was Sie über {praised} sagen, und hilfreich, was Sie über {matter} schreiben.",
    ),
    matters={
        Topic.STAFF: "den Umgang mit Ihnen",
        Topic.WAITING: "die lange Wartezeit",
        Topic.QUALITY: "die Qualität",
        Topic.PRICE: "den Preis",
        Topic.HYGIENE: "die Sauberkeit",
        Topic.ORDER: "Ihre Bestellung",
        Topic.COMPLAINT_HANDLING: "die Antwort auf Ihre Beschwerde",
        Topic.COMFORT: "den fehlenden Komfort",
        Topic.INFORMATION: "unsere Angaben",
        Topic.OTHER: "das Geschehene",
    },
    complaints={
        Topic.STAFF: (
            "Der Ton, in dem mit Ihnen gesprochen wurde, ist nicht hinnehmbar.",
            "Sie sind auf Unfreundlichkeit gestoßen, wo Sie Hilfe hätten finden sollen.",
            "Ihnen wurde nicht mit dem Respekt begegnet, den jeder Mensch bei uns erwarten darf.",
            "Ein so unfreundlicher Ton hat bei uns keinen Platz.",
        ),
        Topic.WAITING: (
            "Sie haben viel länger gewartet, als es jemandem zuzumuten ist.",
            "Wir haben Sie viel zu lange warten lassen.",
            "Es hat viel zu lange gedauert, bis wir uns um Sie gekümmert haben.",
            "Eine Wartezeit, wie Sie sie beschreiben, nimmt allem anderen die Freude.",
        ),
        Topic.QUALITY: (
            "Die Qualität dessen, was Sie von uns bekommen haben, war einfach nicht gut genug.",
            "Sie haben gute Qualität erwartet und etwas weit darunter bekommen.",
            "Die Qualität blieb weit hinter dem zurück, wofür Sie bezahlt haben.",
            "In dieser Qualität hätte es bei Ihnen nie ankommen dürfen.",
        ),
        Topic.PRICE: (
            "Der Preis und das, was Sie dafür bekommen haben, standen in keinem Verhältnis.",
            "Verlangt wurde mehr, als Sie nach allem erwarten durften, und der Preis hat Sie zu Recht gestört.",
            "Sie haben einen Preis bezahlt, dem die Leistung nicht entsprach.",
            "Für Sie war nicht klar genug, wofür Sie diesen Preis bezahlen.",
        ),
        Topic.HYGIENE: (
            "Sauberkeit ist das Mindeste, was Sie erwarten dürfen, und Sie haben sie bei uns nicht vorgefunden.",
            "Schmutzig war, was hätte sauber sein müssen.",
            "Was Sie gesehen haben, war nicht sauber, und das hätte es sein müssen.",
            "Niemand möchte Schmutz finden, wo man Sorgfalt erwartet.",
        ),
        Topic.ORDER: (
            "Ihre Bestellung ist nicht so gelaufen, wie sie hätte laufen müssen.",
            "Sie haben sich mit Ihrer Bestellung auf uns verlassen, und es ging schief.",
            "Mit Ihrer Bestellung ist etwas schiefgegangen, und der Ärger traf Sie.",
            "Eine Bestellung muss vollständig, richtig und pünktlich ankommen, und Ihre kam nicht so an.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Sie haben ein Problem angesprochen und auf Ihre Beschwerde keine richtige Antwort bekommen.",
            "Sie haben ein Problem gemeldet, und niemand hat sich so darum gekümmert, wie es nötig war.",
            "Sie haben uns gesagt, dass etwas nicht stimmt, und unsere Antwort hat es schlimmer gemacht.",
            "Ihre Beschwerde hätte Gehör verdient, und sie hat es nicht gefunden.",
        ),
        Topic.COMFORT: (
            "Sie konnten sich bei uns nicht wohlfühlen, und das ist das Mindeste, was wir Ihnen schulden.",
            "Die Umgebung, die wir Ihnen geboten haben, war nicht angenehm genug.",
            "Was bequem hätte sein sollen, war es nicht.",
            "Der Komfort, mit dem Sie gerechnet hatten, hat gefehlt.",
        ),
        Topic.INFORMATION: (
            "Unsere Angaben und das, was Sie vorgefunden haben, passten nicht zusammen.",
            "Sie haben sich auf unsere Angaben verlassen, und es kam anders.",
            "Unsere Angaben haben Sie etwas anderes erwarten lassen.",
            "Die Angaben, die Sie von uns gelesen hatten, waren irreführend.",
        ),
        Topic.OTHER: (
            "Was Sie beschreiben, hätte nicht passieren dürfen.",
            "Sie haben von uns Besseres erwartet, und das zu Recht.",
            "So sollten Sie es bei uns nicht erleben.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Ein Essen, das kalt auf den Tisch kommt, enttäuscht vom ersten Bissen an.",
            "Ihr Essen kam kalt, und es hätte heiß sein müssen.",
        ),
        Detail.BROKEN: (
            "Sie haben etwas bekommen, das nicht funktionierte, und dafür haben Sie nicht bezahlt.",
            "Etwas, worauf Sie gezählt hatten, war defekt.",
        ),
        Detail.BILL: (
            "Was Ihnen berechnet wurde, war nicht nachvollziehbar, und eine Rechnung muss stimmen.",
            "Eine Rechnung, die nicht stimmt, kostet Vertrauen, und so war es bei Ihrer.",
        ),
        Detail.LATE_DELIVERY: (
            "Ihre Bestellung kam viel zu spät bei Ihnen an.",
            "Sie haben auf eine pünktliche Lieferung gezählt, und sie kam nicht, als sie hätte kommen sollen.",
        ),
        Detail.WRONG_ITEM: (
            "Was Sie bestellt hatten und was bei Ihnen ankam, war nicht dasselbe.",
            "Sie haben etwas anderes bekommen, als Sie bestellt hatten.",
        ),
        Detail.BOOKING: (
            "Auf Ihre Reservierung bei uns konnten Sie sich nicht verlassen.",
            "Eine Reservierung ist eine Zusage, und wir haben unsere nicht gehalten.",
        ),
        Detail.NO_ANSWER: (
            "Sie haben versucht, uns zu erreichen, und keine Antwort bekommen.",
            "Sie haben um eine Antwort gebeten, und es kam keine.",
        ),
        Detail.NOISE: (
            "Der Lärm hat Ihnen die Ruhe genommen, auf die Sie sich gefreut hatten.",
            "Es war viel zu laut, als dass Sie sich hätten wohlfühlen können.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:essen|suppe|fleisch|steak|pizza|pasta|nudeln|pommes|kaffee|gericht|schnitzel)\W+(?:\w+\W+){0,3}(?:kalt\w*|lauwarm\w*)|kalte[sn]? (?:essen|suppe|pizza|pommes)",  # noqa: E501
        Detail.BROKEN: r"sturzt (?:\w+ ){0,3}ab|abgesturzt|absturz\w*|unbrauchbar|kaputt\w*|defekt\w*|funktionier\w+ nicht|ging nicht",  # noqa: E501
        Detail.BILL: r"(?:doppelt|zweimal|zu viel|falsch) (?:berechnet|abgebucht|abgerechnet|kassiert)|rechnung (?:\w+ ){0,3}(?:falsch|stimmte nicht|nicht gestimmt)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:lieferung|paket|bestellung) (?:\w+ ){0,4}(?:zu spat|verspatet)|nie (?:angekommen|geliefert)|zu spat geliefert",  # noqa: E501
        Detail.WRONG_ITEM: r"falsche[srn]? (?:artikel|produkt|gericht|grosse|große|essen|ware|bestellung|farbe)|nicht (?:das )?bestellt",  # noqa: E501
        Detail.BOOKING: r"(?:reservierung|buchung|tisch) (?:\w+ ){0,4}(?:vergessen|storniert|nicht gefunden|weitergegeben|weg)|uberbucht",  # noqa: E501
        Detail.NO_ANSWER: r"(?:keine|nie(?:mals)? eine) (?:antwort|ruckmeldung|reaktion)|niemand (?:\w+ ){0,3}(?:geantwortet|erreich\w+|zuruckgerufen|ans telefon)|nie zuruckgerufen",  # noqa: E501
        Detail.NOISE: r"larm\w*|zu laut|sehr laut|nicht schlafen",
    },
    also=(
        "Auch was Sie über {matter} schreiben, habe ich gelesen, und es gehört in dieselbe Antwort.",
        "Sie sprechen außerdem {matter} an, und darüber möchte ich nicht hinweggehen.",
        "Ebenso ernst nehme ich, was Sie über {matter} schreiben.",
    ),
    feelings={
        Feeling.ANGER: (
            "Ich kann Ihren Ärger gut verstehen.",
            "Dass Sie verärgert sind, verstehe ich vollkommen.",
            "Ich verstehe, dass Sie allen Grund zum Ärger hatten.",
            "Ich hätte mich an Ihrer Stelle genauso geärgert.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Ich kann Ihre Enttäuschung gut verstehen.",
            "An Ihrer Stelle wäre meine Enttäuschung genauso groß gewesen.",
            "Das muss für Sie frustrierend gewesen sein.",
            "Ich verstehe, dass Sie sich auf etwas Besseres gefreut haben und nun enttäuscht sind.",
        ),
        Feeling.SLIGHTED: (
            "Ich kann gut verstehen, dass Sie sich nicht ernst genommen fühlten.",
            "Es tut weh, so behandelt zu werden, und ich verstehe Ihren Ärger.",
            "Ich verstehe, wie frustrierend es ist, wenn niemand zuhört.",
        ),
        Feeling.WORRY: (
            "Ich kann gut verstehen, dass Sie sich Sorgen gemacht haben.",
            "Das muss für Sie beunruhigend gewesen sein.",
            "Ich verstehe, dass Sie das verunsichert hat.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Es tut mir leid, wie mit Ihnen umgegangen wurde.",
            "Ich bitte Sie um Entschuldigung für den Ton, in dem mit Ihnen gesprochen wurde.",
        ),
        Topic.WAITING: (
            "Es tut mir leid, dass wir Sie so lange haben warten lassen.",
            "Ich bitte Sie um Entschuldigung für die lange Wartezeit.",
        ),
        Topic.QUALITY: (
            "Es tut mir leid, dass die Qualität nicht gestimmt hat.",
            "Ich bitte Sie um Entschuldigung für die schlechte Qualität.",
        ),
        Topic.PRICE: (
            "Es tut mir leid, dass der Preis weder klar noch angemessen war.",
            "Ich bitte Sie um Entschuldigung für das, was beim Preis schiefgelaufen ist.",
        ),
        Topic.HYGIENE: (
            "Es tut mir leid, dass es nicht sauber war.",
            "Ich bitte Sie um Entschuldigung für die mangelnde Sauberkeit.",
        ),
        Topic.ORDER: (
            "Es tut mir leid, dass Ihre Bestellung schiefgegangen ist.",
            "Ich bitte Sie um Entschuldigung für die Fehler bei Ihrer Bestellung.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Es tut mir leid, dass wir uns um Ihre Beschwerde nicht gekümmert haben.",
            "Ich bitte Sie um Entschuldigung dafür, wie wir auf Ihre Beschwerde geantwortet haben.",
        ),
        Topic.COMFORT: (
            "Es tut mir leid, dass Sie sich bei uns nicht wohlfühlen konnten.",
            "Ich bitte Sie um Entschuldigung für den fehlenden Komfort.",
        ),
        Topic.INFORMATION: (
            "Es tut mir leid, dass unsere Angaben Sie in die Irre geführt haben.",
            "Ich bitte Sie um Entschuldigung für die falschen Angaben.",
        ),
        Topic.OTHER: (
            "Es tut mir leid, dass wir Sie enttäuscht haben.",
            "Ich bitte Sie um Entschuldigung für das, was geschehen ist.",
        ),
    },
    sorry=(
        "Das tut mir leid.",
        "Dafür bitte ich Sie aufrichtig um Entschuldigung.",
        "Es tut mir wirklich leid, dass wir Sie so enttäuscht haben.",
        "Dafür möchte ich mich bei Ihnen entschuldigen.",
        "Es tut mir leid, dass Ihnen das bei uns passiert ist.",
    ),
    ownership={
        Topic.STAFF: (
            "Wir hätten Ihnen mit Respekt begegnen müssen, ganz gleich, was sonst los war.",
            "Wir haben Sie nicht so behandelt, wie es sich gehört.",
        ),
        Topic.WAITING: (
            "Wir hätten besser planen und Ihnen sagen müssen, was los ist.",
            "Wir hatten zu wenige Leute an der richtigen Stelle, und das war unser Fehler.",
        ),
        Topic.QUALITY: (
            "Wir hätten das bemerken müssen, bevor es bei Ihnen ankam.",
            "Unsere Prüfung war nicht gut genug, und das war unser Fehler.",
        ),
        Topic.PRICE: (
            "Wir hätten von Anfang an klar sein müssen.",
            "Wir hätten Ihnen erklären müssen, wofür Sie bezahlen.",
        ),
        Topic.HYGIENE: (
            "Wir hätten das vor Ihnen sehen müssen.",
            "Wir haben nicht so gereinigt und nachgesehen, wie wir es hätten tun müssen.",
        ),
        Topic.ORDER: (
            "Wir hätten das prüfen müssen, bevor es hinausging.",
            "Wir haben einen Fehler gemacht, und Sie hatten damit zu tun.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Wir hätten Ihnen zuhören und sofort handeln müssen.",
            "Wir haben nicht zugehört und es damit schlimmer gemacht.",
        ),
        Topic.COMFORT: (
            "Wir hätten das bemerken und etwas tun müssen.",
            "Wir haben nicht so auf Ihr Wohl geachtet, wie wir es hätten tun müssen.",
        ),
        Topic.INFORMATION: (
            "Wir hätten deutlicher sein müssen, und das war unser Fehler.",
            "Wir hätten Ihnen klar sagen müssen, was Sie erwartet.",
        ),
        Topic.OTHER: ("Wir hätten es besser machen müssen.", "Wir sind dem nicht gerecht geworden, und das liegt an uns."),  # noqa: E501
    },
    owned=(
        "Das war unser Fehler.",
        "Wir sind Ihnen nicht gerecht geworden, und dafür übernehme ich die Verantwortung.",
        "Das liegt an uns und an niemandem sonst.",
        "Wir hätten es besser machen müssen, und ich möchte das nicht schönreden.",
        "Ich übernehme die Verantwortung dafür.",
    ),
    done={
        StepKind.TALKED: ("Wir haben mit dem Team darüber gesprochen.", "Wir haben es im Team besprochen."),
        StepKind.LOOKED: ("Wir haben geprüft, was geschehen ist.", "Wir sind dem nachgegangen, was geschehen ist."),
        StepKind.REPAIRED: ("Wir haben repariert, was defekt war.", "Den Schaden haben wir repariert."),
        StepKind.CHANGED: (
            "Wir haben den Ablauf geändert.",
            "Wir haben an dieser Stelle unsere Arbeitsweise geändert.",
        ),
        StepKind.BILL: ("Wir haben geprüft, was Ihnen berechnet wurde.", "Wir haben die Rechnung geprüft."),
        StepKind.WROTE: (
            "Wir haben Ihnen außerdem direkt geschrieben.",
            "Wir haben Ihnen auch persönlich geschrieben.",
        ),
        StepKind.REACHED: (
            "Wir waren außerdem direkt mit Ihnen in Kontakt.",
            "Wir standen auch direkt mit Ihnen in Verbindung.",
        ),
    },
    planned={
        StepKind.TALKED: ("Wir sprechen darüber mit dem Team.",),
        StepKind.LOOKED: ("Wir prüfen gerade, was geschehen ist.",),
        StepKind.REPAIRED: ("Die Reparatur steht auf unserer Liste.",),
        StepKind.CHANGED: ("Wir arbeiten daran, wie wir das machen.",),
        StepKind.BILL: ("Wir prüfen gerade, was Ihnen berechnet wurde.",),
        StepKind.REACHED: ("Wir melden uns auch direkt bei Ihnen.",),
    },
    planned_by={
        StepKind.TALKED: ("Bis zum {day} sprechen wir darüber mit dem Team.",),
        StepKind.LOOKED: ("Bis zum {day} prüfen wir, was geschehen ist.",),
        StepKind.REPAIRED: ("Bis zum {day} kümmern wir uns um die Reparatur.",),
        StepKind.CHANGED: ("Bis zum {day} ändern wir den Ablauf.",),
        StepKind.BILL: ("Bis zum {day} prüfen wir, was Ihnen berechnet wurde.",),
        StepKind.REACHED: ("Bis zum {day} melden wir uns auch direkt bei Ihnen.",),
    },
    wants=(
        "Ich möchte genau verstehen, was schiefgelaufen ist, und mit Ihnen nach einem Weg suchen, es wiedergutzumachen.",  # noqa: E501
        "Darum möchte ich mich selbst kümmern und dafür gern von Ihnen hören.",
        "Ich würde gern den Rest von Ihnen hören und sehen, wie wir das wiedergutmachen können.",
        "Ich möchte herausfinden, wo es schiefging, und Ihre Sicht ist die, die zählt.",
        "Ich möchte das gern mit Ihnen in Ordnung bringen, von Mensch zu Mensch.",
    ),
    refund=(
        "Sie sprechen auch Ihr Geld an, und das möchte ich direkt mit Ihnen klären und nicht öffentlich.",
        "Ihre Frage nach einer Erstattung ist berechtigt, und ich möchte sie vertraulich mit Ihnen besprechen.",
        "Ihre Frage nach dem Geld verdient eine klare Antwort, und die möchte ich Ihnen direkt geben.",
    ),
    refund_policy=(
        "Sie sprechen auch Ihr Geld an; für solche Fälle haben wir eine klare Regel, und ich möchte sie vertraulich mit Ihnen anwenden.",  # noqa: E501
        "Für Fragen nach dem Geld haben wir eine klare Regel, und ich möchte sie direkt mit Ihnen durchgehen.",
    ),
    churn=(
        "Ich respektiere, dass Sie nicht wiederkommen möchten, und würde es trotzdem gern in Ordnung bringen.",
        "Ich verstehe, dass Sie danach nicht wiederkommen möchten.",
        "Ich verstehe, dass wir Ihr Vertrauen verloren haben, und würde trotzdem gern von Ihnen hören.",
    ),
    routes={
        RouteKind.MAIL: (
            "Bitte schreiben Sie an {address} und richten Sie die Nachricht an mich, damit ich mich selbst darum kümmern kann.",  # noqa: E501
            "Bitte schreiben Sie mir an {address}; ich kann darüber entscheiden und möchte es gern mit Ihnen tun.",
            "Sie erreichen mich unter {address}; bitte schreiben Sie dort ein paar Zeilen zu Händen von {person}.",
        ),
        RouteKind.PHONE: (
            "Bitte rufen Sie uns unter {address} an und fragen Sie nach {person}, damit ich mich selbst darum kümmern kann.",  # noqa: E501
            "Bitte rufen Sie unter {address} an und fragen Sie nach {person}; ich kann darüber entscheiden.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Bitte schicken Sie mir hier eine private Nachricht zu Händen von {person}, damit ich mich selbst darum kümmern kann.",  # noqa: E501
            "Bitte schreiben Sie mir hier eine private Nachricht; ich kann darüber entscheiden und möchte es gern mit Ihnen tun.",  # noqa: E501
        ),
        RouteKind.FORM: (
            "Bitte schreiben Sie mir über das Kontaktformular auf unserer Seite, zu Händen von {person}, damit ich mich selbst darum kümmern kann.",  # noqa: E501
            "Bitte schreiben Sie uns über unser Kontaktformular, zu Händen von {person}; ich kann darüber entscheiden.",
        ),
        RouteKind.DESK: (
            "Bitte fragen Sie am Empfang nach {person}; ich kenne die Sache und kann entscheiden.",
            "Bitte kommen Sie an den Empfang oder rufen Sie dort an und fragen Sie nach {person}, damit ich mich selbst darum kümmern kann.",  # noqa: E501
        ),
        RouteKind.PAGE: (
            "Bitte melden Sie sich auf dem Weg, der auf dieser Seite steht, und fragen Sie nach {person}, damit ich mich selbst darum kümmern kann.",  # noqa: E501
            "Bitte rufen Sie die Nummer auf dieser Seite an und fragen Sie nach {person}; ich kann darüber entscheiden.",  # noqa: E501
        ),
    },
    wordless=(
        "Danke, dass Sie sich einen Moment für eine Bewertung genommen haben.",
        "Ihre Bewertung hat mich erreicht, und ich möchte sie verstehen.",
        "Ihre Sterne sagen mir, dass Ihnen etwas gefehlt hat.",
        "Wenige Sterne und kein Wort: Da möchte ich nachfragen.",
        "Sie haben uns wenige Sterne gegeben, und das nehme ich ernst.",
        "Danke für eine ehrliche Bewertung.",
        "Eine solche Bewertung sagt mir, dass wir Ihre Erwartungen nicht erfüllt haben.",
        "Gern wüsste ich, was hinter Ihrer Bewertung steht.",
        "Heute habe ich Ihre Bewertung gesehen, und sie ist mir nicht gleichgültig.",
        "Ihre Bewertung gibt mir zu denken, und ich danke Ihnen dafür.",
        "Danke, dass Sie uns mit Ihren Sternen wissen lassen, dass etwas nicht gut war.",
    ),
    ask=(
        "Ich kann mir Ihre Enttäuschung vorstellen und wüsste gern, was wir hätten anders machen sollen.",
        "Ich kann gut verstehen, dass Sie sich mehr erhofft haben, und würde gern von Ihnen hören, was gefehlt hat.",
        "Ich verstehe Ihre Enttäuschung, und es würde mir helfen zu wissen, wo wir Ihnen nicht gerecht wurden.",
    ),
    invite=(
        "Ein paar Zeilen von Ihnen würden uns mehr helfen als jede Zahl von Sternen.",
        "Solche Nachrichten lese ich selbst, und am meisten lerne ich von denen, die genau hinsehen.",
    ),
    preference=(
        "Was Sie über {matter} sagen, ist ein guter Punkt, und ich nehme ihn mit.",
        "Ich verstehe gut, was Sie meinen, was {matter} betrifft.",
        "Ihr Blick auf {matter} hilft uns, denn er zeigt, was auch anderen fehlen kann.",
    ),
    understood=(
        "Ich verstehe, dass Sie es sich anders gewünscht hätten, und beim Geschmack lohnt sich das Zuhören immer.",
        "Ich kann gut verstehen, dass Sie es sich anders vorgestellt hatten.",
        "Es fällt mir leicht zu verstehen, dass Ihnen etwas anderes lieber gewesen wäre.",
    ),
    praise=(
        "Danke, damit haben Sie uns den Tag verschönert.",
        "Was für eine Freude, das zu sehen.",
        "Ganz herzlichen Dank dafür.",
        "Wie schön, dass Sie uns das wissen lassen.",
        "Sie haben uns heute ein Lächeln ins Gesicht gezaubert.",
        "Vielen lieben Dank für dieses freundliche Zeichen.",
        "Das tut gut zu sehen, danke.",
        "Es freut uns sehr, dass Sie zufrieden waren.",
        "Danke, dass Sie das mit uns und mit anderen teilen.",
        "Mit einem so freundlichen Gruß fängt ein Arbeitstag gut an.",
        "Wie nett, dass Sie an uns gedacht haben.",
        "Es bedeutet uns viel, dass Sie sich einen Moment dafür genommen haben.",
    ),
    praise_praised=(
        "Danke für Ihre Worte über {praised}.",
        "Was Sie über {praised} sagen, freut uns sehr.",
        "Schön, dass Sie {praised} erwähnen.",
    ),
    praise_more=(
        "Das ganze Team wird sich darüber freuen.",
        "Es zeigt uns, dass man merkt, wie viel Sorgfalt wir hineinlegen.",
        "Genau dafür arbeiten wir jeden Tag.",
        "Für alle, die im Hintergrund arbeiten, gibt es keine schönere Ermutigung.",
        "Gut zu wissen, dass es für Sie gestimmt hat.",
    ),
    praise_close=(
        "Wir freuen uns auf ein Wiedersehen.",
        "Sie sind uns jederzeit willkommen.",
        "Bis zum nächsten Mal und alles Gute.",
        "Es wäre uns eine Freude, wieder für Sie da zu sein.",
        "Herzliche Grüße von uns allen.",
    ),
    praised={
        Praised.PEOPLE: "unser Team",
        Praised.FOOD: "das Essen",
        Praised.ROOMS: "die Zimmer",
        Praised.PLACE: "die Atmosphäre",
        Praised.CLEANLINESS: "die Sauberkeit",
        Praised.VALUE: "das Verhältnis von Preis und Leistung",
        Praised.SPEED: "die Schnelligkeit",
        Praised.WORK: "unsere Arbeit",
    },
    praised_words={
        Praised.PEOPLE: r"personal|kellner\w*|bedienung|service|team|empfang|mitarbeiter\w*|freundlich\w*|aufmerksam\w*|herzlich\w*|beratung",  # noqa: E501
        Praised.FOOD: r"essen|speisen?|gerichte?|kuche|fruhstuck|abendessen|pizza|pasta|nachtisch|dessert|kaffee|lecker\w*|kostlich\w*",  # noqa: E501
        Praised.ROOMS: r"zimmer|betten?|suite",
        Praised.PLACE: r"atmosphare|ambiente|lage|aussicht|terrasse|garten|einrichtung|gemutlich\w*",
        Praised.CLEANLINESS: r"sauber\w*|gepflegt\w*",
        Praised.VALUE: r"preis\w*|preiswert\w*|gunstig\w*",
        Praised.SPEED: r"schnell\w*|punktlich\w*|zugig\w*",
        Praised.WORK: r"produkt\w*|qualitat|reparatur|behandlung|haarschnitt|schnitt|app",
    },
    good_words=r"gut\w*|sehr gut\w*|toll\w*|super|hervorragend\w*|ausgezeichnet\w*|wunderbar\w*|perfekt\w*|freundlich\w*|aufmerksam\w*|herzlich\w*|lecker\w*|kostlich\w*|best\w+|schon\w*|fantastisch\w*|klasse|prima|sauber\w*|gepflegt\w*|schnell\w*|punktlich\w*|gemutlich\w*|empfehl\w+|preiswert\w*|gunstig\w*|spitze|fair\w*|begeistert",  # noqa: E501
    not_words=r"nicht|kein\w*|nie|nichts|ohne|aber|leider|jedoch|obwohl|schlecht\w*|langsam\w*|schmutzig\w*|dreckig\w*|kalt\w*|teuer\w*|uberteuert|enttausch\w+|furchtbar\w*|schade|fehl\w+|zu|weniger|konnte besser|unfreundlich\w*",  # noqa: E501
    bitter_words=r"unfreundlich\w*|frech\w*|langsam\w*|dreckig\w*|schmutzig\w*|schlecht\w*|furchtbar\w*|schrecklich\w*|ekel\w*|stunden?(?: lang)? gewartet|gratulation zu\w*|gluckwunsch zu\w*|abzocke|unverschamt\w*",  # noqa: E501
    taste_words=r"nicht (?:ganz |so )?(?:mein|unser) (?:stil|geschmack|ding)|fur meinen geschmack|geschmackssache|hatte (?:ich |mir )?lieber|ware mir lieber",  # noqa: E501
    general=(
        "Danke für Ihre Zeilen.",
        "Danke, dass Sie so offen schreiben.",
        "Diese Zeilen habe ich aufmerksam gelesen.",
        "Danke für diese ehrlichen Worte.",
        "Für jedes offene Wort bin ich dankbar.",
        "Solche Worte werden hier mit Sorgfalt gelesen.",
        "Danke, dass Sie das in Worte gefasst haben.",
        "Es ist gut, wenn so etwas offen gesagt wird.",
        "Diese Worte nehme ich mir zu Herzen.",
        "Danke für eine so klare Schilderung.",
        "Offene Worte wie diese weiß ich zu schätzen.",
    ),
    general_matters={
        Topic.STAFF: "den Umgang mit Menschen",
        Topic.WAITING: "Wartezeiten",
        Topic.QUALITY: "die Qualität",
        Topic.PRICE: "Geld und Preise",
        Topic.HYGIENE: "die Sauberkeit",
        Topic.ORDER: "Bestellungen und Termine",
        Topic.COMPLAINT_HANDLING: "Antworten auf Beschwerden",
        Topic.COMFORT: "den Komfort",
        Topic.INFORMATION: "unsere Angaben",
        Topic.OTHER: "solche Fragen",
    },
    general_matter=(
        "Was über {matter} gesagt wird, nehmen wir ernst, und ich kann gut verstehen, wie frustrierend so etwas ist.",
        "Ich kann verstehen, dass so etwas enttäuscht, und Rückmeldungen über {matter} nehmen wir ernst.",
    ),
    general_private=(
        "Aus Gründen des Datenschutzes können wir hier nicht über einzelne Situationen sprechen.",
        "Der Schutz der Privatsphäre verbietet uns, öffentlich mehr über einzelne Situationen zu sagen.",
    ),
    general_route=(
        "Wer ein Anliegen hat, erreicht {person} {way}; ich möchte gern vertraulich darüber sprechen.",
        "Bitte wenden Sie sich an {person} {way}, damit wir vertraulich darüber sprechen können.",
    ),
    ways={
        RouteKind.MAIL: "unter {address}",
        RouteKind.PHONE: "unter {address}",
        RouteKind.PRIVATE_MESSAGE: "mit einer privaten Nachricht auf dieser Seite",
        RouteKind.FORM: "über das Kontaktformular auf unserer Seite",
        RouteKind.DESK: "persönlich am Empfang",
        RouteKind.PAGE: "unter der Nummer auf dieser Seite",
    },
    holding={
        Grave.HARM: (
            "Es tut mir leid, das zu lesen. Ihre Gesundheit geht vor, und ich möchte mich selbst darum kümmern.",
            "Was Sie schreiben, macht mir Sorgen, und es tut mir leid. Ich nehme mich der Sache selbst an.",
        ),
        Grave.DIGNITY: (
            "Es tut mir leid, das zu lesen. Hier soll jedem Menschen mit Respekt begegnet werden, und ich nehme mich der Sache selbst an.",  # noqa: E501
            "Danke, dass Sie uns das sagen. Ich nehme es sehr ernst und möchte mich selbst darum kümmern.",
        ),
        Grave.PRESSURE: (
            "Danke für Ihre Zeilen. Ich habe sie aufmerksam gelesen und möchte mich selbst darum kümmern.",
            "Was Sie schreiben, habe ich aufgenommen, und ich würde gern persönlich mit Ihnen darüber sprechen.",
        ),
        Grave.LIFE: (
            "Danke, dass Sie so offen schreiben. Ich würde sehr gern persönlich mit Ihnen sprechen.",
            "Was Sie schreiben, bewegt mich, und ich möchte gern für ein Gespräch da sein.",
        ),
    },
    posts={
        Post.OWNER: "Geschäftsführung",
        Post.MANAGER: "Leitung",
        Post.RESTAURANT: "Restaurantleitung",
        Post.HOTEL: "Hotelleitung",
        Post.SHOP: "Filialleitung",
        Post.PRACTICE: "Praxisleitung",
        Post.GUEST_RELATIONS: "Gästebetreuung",
        Post.CUSTOMER_CARE: "Kundenbetreuung",
    },
)  # fmt: skip
