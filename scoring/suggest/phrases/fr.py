"""French, with vous; sentences that need no gender of the reader or of the writer."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="fr",
    conjunction=" et ",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    day="{n} {month}",
    odd_days={1: "1er {month}"},
    capitals=frozenset(),
    greetings=("Bonjour {name},", "{name}, bonjour."),
    plain_greetings=("Bonjour,",),
    openings=(
        "Merci de nous avoir raconté si clairement ce qui s'est passé.",
        "Merci d'avoir pris le temps de nous écrire.",
        "J'apprécie que vous ayez mis des mots sur ce que vous avez vécu.",
        "J'ai lu vos lignes avec attention, et plus d'une fois.",
        "Merci de nous parler avec autant de franchise.",
        "Vous avez bien fait de nous le dire, et je vous en sais gré.",
        "Votre récit n'est pas facile à lire, et il nous est utile : merci.",
        "Votre récit me permet de voir ce que vous avez vu, et je vous en remercie.",
        "Je vous remercie pour la sincérité de votre témoignage.",
        "Vos mots me sont parvenus aujourd'hui, et je tiens à y répondre en personne.",
        "Merci de ne pas avoir gardé cela pour vous.",
        "Il compte pour nous de savoir cela, et je vous remercie de l'avoir écrit.",
    ),
    openings_matter=(
        "Merci pour la clarté de vos mots sur {matter}.",
        "J'ai lu de près ce que vous écrivez sur {matter}.",
        "Je vous remercie pour vos mots francs sur {matter}.",
        "Il nous est utile que vous décriviez si clairement {matter}.",
        "Merci d'avoir évoqué {matter}.",
    ),
    mixed=(
        "Merci de dire ce qui était bien et d'évoquer avec la même franchise {matter}.",
        "Merci pour un avis aussi juste, qui reconnaît le bon et signale aussi {matter}.",
        "Je vous remercie pour vos mots aimables, et tout autant pour ce que vous dites sur {matter}.",
    ),
    mixed_praised=(
        "Je me réjouis de ce que vous dites sur {praised}, et vous remercie d'évoquer aussi {matter}.",
        "Merci pour vos mots aimables sur {praised}, et pour votre franchise sur {matter}.",
        "Il est agréable de lire ce que vous dites sur {praised}, et utile de lire ce que vous dites sur {matter}.",
    ),
    matters={
        Topic.STAFF: "l'accueil que vous avez reçu",
        Topic.WAITING: "la longue attente",
        Topic.QUALITY: "la qualité",
        Topic.PRICE: "le prix",
        Topic.HYGIENE: "la propreté",
        Topic.ORDER: "votre commande",
        Topic.COMPLAINT_HANDLING: "la réponse donnée à votre réclamation",
        Topic.COMFORT: "le manque de confort",
        Topic.INFORMATION: "les informations que nous avions données",
        Topic.OTHER: "ce qui s'est passé",
    },
    complaints={
        Topic.STAFF: (
            "La manière dont on vous a parlé n'est pas acceptable.",
            "Vous avez trouvé un accueil désagréable au lieu d'une aide.",
            "Vous n'avez pas reçu le respect que chacun peut attendre de nous.",
            "Un ton aussi désagréable n'a pas sa place dans notre service.",
        ),
        Topic.WAITING: (
            "Vous avez attendu bien plus longtemps que quiconque ne le devrait.",
            "Nous vous avons fait attendre beaucoup trop longtemps.",
            "Nous avons mis trop de temps à nous occuper de vous, et cette attente vous a coûté un temps précieux.",
            "Une attente comme celle que vous décrivez gâche tout le reste.",
        ),
        Topic.QUALITY: (
            "Ce que vous avez reçu de nous n'avait pas la qualité voulue.",
            "Vous attendiez de la qualité et avez trouvé bien moins que cela.",
            "La qualité était bien en dessous de ce que vous aviez payé.",
            "Nous n'aurions jamais dû vous remettre une telle qualité.",
        ),
        Topic.PRICE: (
            "Le prix que vous avez payé était sans rapport avec ce que vous avez reçu.",
            "Le prix demandé dépassait ce à quoi vous pouviez vous attendre.",
            "Vous avez payé un prix auquel la prestation ne répondait pas.",
            "Il n'était pas assez clair pour vous à quoi correspondait ce prix.",
        ),
        Topic.HYGIENE: (
            "La propreté est le minimum que l'on puisse attendre, et vous ne l'avez pas trouvée.",
            "Vous avez trouvé sale ce qui aurait dû être propre.",
            "Ce que vous avez vu n'était pas propre, et aurait dû l'être.",
            "Trouver de la saleté au lieu de la propreté est très désagréable.",
        ),
        Topic.ORDER: (
            "Votre commande ne s'est pas passée comme elle aurait dû.",
            "Vous comptiez sur nous pour votre commande, et elle s'est mal passée.",
            "Quelque chose n'a pas fonctionné avec votre commande, et les soucis ont été pour vous.",
            "Une commande doit arriver complète, juste et à l'heure, et la vôtre n'est pas arrivée ainsi.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Vous avez signalé un problème, et votre réclamation n'a pas reçu de vraie réponse.",
            "Vous nous avez signalé un problème, et nous n'avons pas su vous écouter.",
            "Vous nous avez dit que quelque chose n'allait pas, et notre réponse a aggravé les choses.",
            "Votre réclamation méritait que l'on vous écoute.",
        ),
        Topic.COMFORT: (
            "Le confort est le moins que nous vous devions, et il n'était pas au rendez-vous.",
            "Le cadre que nous vous avons offert n'était pas assez confortable.",
            "Ce qui aurait dû être confortable ne l'était pas.",
            "Le confort sur lequel vous comptiez a manqué.",
        ),
        Topic.INFORMATION: (
            "Ce que nous avions annoncé et ce que vous avez trouvé ne correspondaient pas.",
            "Vous comptiez sur nos informations, et la réalité était autre.",
            "Nos informations vous laissaient attendre autre chose.",
            "Les informations que vous aviez lues de nous induisaient en erreur.",
        ),
        Topic.OTHER: (
            "Ce que vous décrivez n'aurait pas dû arriver.",
            "Vous attendiez mieux de nous, et à juste titre.",
            "Une telle expérience n'a pas sa place chez nous.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Un plat qui arrive froid à table déçoit dès la première bouchée.",
            "Votre plat est arrivé froid, et il aurait dû être chaud.",
        ),
        Detail.BROKEN: (
            "Vous avez reçu quelque chose qui était en panne, et cela n'aurait pas dû arriver.",
            "Quelque chose sur quoi vous comptiez était en panne.",
        ),
        Detail.BILL: (
            "On vous a compté un montant qui ne se comprend pas, et une addition doit être juste.",
            "Une addition qui n'est pas juste coûte de la confiance, et ce fut le cas de la vôtre.",
        ),
        Detail.LATE_DELIVERY: (
            "Votre commande est arrivée beaucoup trop tard.",
            "Vous comptiez sur une livraison à l'heure, et elle n'est pas venue quand elle aurait dû.",
        ),
        Detail.WRONG_ITEM: (
            "Ce que vous aviez commandé et ce que vous avez reçu n'étaient pas la même chose.",
            "Vous avez reçu autre chose que ce que vous aviez commandé.",
        ),
        Detail.BOOKING: (
            "Vous aviez réservé chez nous et n'avez pas pu y compter.",
            "Une réservation est un engagement, et nous n'avons pas tenu le nôtre.",
        ),
        Detail.NO_ANSWER: (
            "Vous avez essayé de nous joindre et n'avez pas eu de réponse.",
            "Vous avez demandé une réponse, et aucune n'est venue.",
        ),
        Detail.NOISE: (
            "Le bruit vous a coûté le repos que vous espériez.",
            "Il y avait bien trop de bruit pour que vous puissiez être à votre aise.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:plats?|repas|soupe|viande|pizza|pates|frites|cafe|assiettes?)\W+(?:\w+\W+){0,3}(?:froide?s?|tiedes?)|mange froid",  # noqa: E501
        Detail.BROKEN: r"plante\w*|bugs?|bugue|casse\w*|en panne|ne (?:marche|fonctionne|marchait|fonctionnait)\w* pas|defectueu\w+",  # noqa: E501
        Detail.BILL: r"(?:facture|debite|preleve)\w* (?:\w+ ){0,3}(?:deux fois|double|en trop)|erreur (?:sur|dans) (?:l'addition|la facture|la note)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:livr\w+|commande|colis) (?:\w+ ){0,4}(?:retard|tard)|jamais (?:arrive|recu|livre)\w*",  # noqa: E501
        Detail.WRONG_ITEM: r"mauvais(?:e)? (?:article|produit|plat|commande|taille)|pas ce que (?:j'avais|nous avions|j'ai|nous avons) commande",  # noqa: E501
        Detail.BOOKING: r"(?:annul|perdu|oubli)\w* (?:notre|ma|la) (?:reservation|table|chambre)|pas de trace de (?:notre|ma) reservation|surbook\w*|surreserv\w*",  # noqa: E501
        Detail.NO_ANSWER: r"(?:aucune|pas de|sans) reponse|personne ne (?:repond|decroche|rappelle)\w*|jamais (?:repondu|rappele)\w*",  # noqa: E501
        Detail.NOISE: r"bruits?|bruyant\w*|(?:impossible de|pas pu) dormir",
    },
    also=(
        "J'ai lu aussi ce que vous dites sur {matter}, et cela fait partie de la même réponse.",
        "Vous évoquez également {matter}, et je ne veux pas passer là-dessus.",
        "Ce que vous écrivez sur {matter}, je le prends tout autant au sérieux.",
    ),
    feelings={
        Feeling.ANGER: (
            "Je comprends tout à fait votre colère.",
            "Vous aviez toutes les raisons d'être en colère.",
            "À votre place, n'importe qui aurait été en colère.",
            "Je comprends parfaitement votre indignation.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Je comprends très bien votre déception.",
            "À votre place, ma déception aurait été la même.",
            "Je comprends combien cela a dû être frustrant pour vous.",
            "Vous espériez mieux, et cela rend la déception d'autant plus grande.",
        ),
        Feeling.SLIGHTED: (
            "Je comprends très bien que vous n'ayez pas eu le sentiment de compter.",
            "Un tel accueil fait mal, et je comprends votre amertume.",
            "Je comprends combien il est frustrant que personne n'écoute.",
        ),
        Feeling.WORRY: (
            "Je comprends très bien votre inquiétude.",
            "Cela a dû être inquiétant pour vous.",
            "Je comprends que vous ayez eu peur.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Je vous présente mes excuses pour l'accueil que vous avez reçu.",
            "Je vous demande pardon pour la manière dont on vous a parlé.",
        ),
        Topic.WAITING: (
            "Je vous présente mes excuses pour cette longue attente.",
            "Je vous prie de m'excuser de vous avoir fait attendre si longtemps.",
        ),
        Topic.QUALITY: (
            "Je vous présente mes excuses pour cette qualité insuffisante.",
            "Je regrette que la qualité n'ait pas été bonne, et vous prie de m'en excuser.",
        ),
        Topic.PRICE: (
            "Je vous présente mes excuses pour le manque de clarté sur le prix.",
            "Je regrette que le prix n'ait été ni clair ni juste, et vous prie de m'en excuser.",
        ),
        Topic.HYGIENE: (
            "Je vous présente mes excuses pour ce manque de propreté.",
            "Je regrette que ce n'ait pas été propre, et vous prie de m'en excuser.",
        ),
        Topic.ORDER: (
            "Je vous présente mes excuses pour les erreurs de votre commande.",
            "Je regrette que votre commande se soit mal passée, et vous prie de m'en excuser.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Je vous présente mes excuses pour la réponse donnée à votre réclamation.",
            "Je regrette que nous n'ayons pas traité votre réclamation, et vous prie de m'en excuser.",
        ),
        Topic.COMFORT: (
            "Je vous présente mes excuses pour ce manque de confort.",
            "Je regrette que le confort ait manqué, et vous prie de m'en excuser.",
        ),
        Topic.INFORMATION: (
            "Je vous présente mes excuses pour ces informations fausses.",
            "Je regrette que nos informations n'aient pas été justes, et vous prie de m'en excuser.",
        ),
        Topic.OTHER: (
            "Je vous présente mes excuses pour ce qui s'est passé.",
            "Je regrette que nous n'ayons pas été à la hauteur, et vous prie de m'en excuser.",
        ),
    },
    sorry=(
        "Je vous en demande pardon.",
        "Je vous présente pour cela mes excuses.",
        "Je vous prie d'accepter mes excuses pour cela.",
        "Je regrette vraiment que cela vous soit arrivé chez nous, et vous en demande pardon.",
        "Recevez pour cela toutes mes excuses.",
    ),
    ownership={
        Topic.STAFF: (
            "Nous aurions dû vous traiter avec respect, quoi qu'il arrive.",
            "La manière dont on traite les gens ici est de ma responsabilité.",
        ),
        Topic.WAITING: (
            "Nous aurions dû mieux nous organiser et vous dire ce qui se passait.",
            "Nous n'avions pas assez de monde au bon endroit, et c'était notre erreur.",
        ),
        Topic.QUALITY: (
            "Nous aurions dû nous en apercevoir avant vous.",
            "Nous n'avons pas assez vérifié, et c'était notre erreur.",
        ),
        Topic.PRICE: (
            "Nous aurions dû être clairs dès le début.",
            "Nous aurions dû vous expliquer ce que vous alliez payer.",
        ),
        Topic.HYGIENE: (
            "Nous aurions dû le voir avant vous.",
            "Nous n'avons pas nettoyé ni vérifié comme nous l'aurions dû.",
        ),
        Topic.ORDER: (
            "Nous aurions dû vérifier avant l'envoi.",
            "Nous avons fait une erreur, et c'est vous qui en avez porté la charge.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Nous aurions dû vous écouter et agir tout de suite.",
            "Nous n'avons pas su écouter, et nous avons ainsi aggravé les choses.",
        ),
        Topic.COMFORT: (
            "Nous aurions dû le remarquer et y remédier.",
            "Nous n'avons pas veillé à votre confort comme nous l'aurions dû.",
        ),
        Topic.INFORMATION: (
            "Nous aurions dû être plus clairs, et c'était notre erreur.",
            "Nous aurions dû vous dire nettement à quoi vous attendre.",
        ),
        Topic.OTHER: ("Nous aurions dû faire mieux.", "Nous n'avons pas été à la hauteur, et nous en sommes responsables."),  # noqa: E501
    },
    owned=(
        "C'était notre erreur.",
        "Nous n'avons pas été à la hauteur, et j'en prends la responsabilité.",
        "Nous en sommes responsables.",
        "Nous aurions dû faire mieux, et je ne cherche pas d'excuse.",
        "Nous assumons la responsabilité de ce qui s'est passé.",
    ),
    done={
        StepKind.TALKED: ("Nous en avons parlé avec l'équipe.", "Nous en avons discuté avec l'équipe."),
        StepKind.LOOKED: ("Nous avons vérifié ce qui s'est passé.", "Nous avons examiné ce qui s'est passé."),
        StepKind.REPAIRED: (
            "Nous avons réparé ce qui était en panne.",
            "La panne est réparée : nous nous en sommes occupés.",
        ),
        StepKind.CHANGED: (
            "Nous avons changé notre façon de faire.",
            "Nous avons changé notre organisation sur ce point.",
        ),
        StepKind.BILL: ("Nous avons vérifié ce qui vous a été compté.", "Nous avons vérifié l'addition."),
        StepKind.WROTE: ("Nous vous avons aussi écrit directement.", "Nous vous avons également écrit en privé."),
        StepKind.REACHED: (
            "Nous avons aussi été en contact direct avec vous.",
            "Nous avons également été en contact avec vous en privé.",
        ),
    },
    planned={
        StepKind.TALKED: ("Nous allons en parler avec l'équipe.",),
        StepKind.LOOKED: ("Nous vérifions ce qui s'est passé.",),
        StepKind.REPAIRED: ("La réparation est sur notre liste.",),
        StepKind.CHANGED: ("Nous travaillons à notre façon de faire.",),
        StepKind.BILL: ("Nous vérifions ce qui vous a été compté.",),
        StepKind.REACHED: ("Nous allons vous contacter directement.",),
    },
    planned_by={
        StepKind.TALKED: ("D'ici au {day}, nous en parlerons avec l'équipe.",),
        StepKind.LOOKED: ("D'ici au {day}, nous vérifierons ce qui s'est passé.",),
        StepKind.REPAIRED: ("D'ici au {day}, nous nous occuperons de la réparation.",),
        StepKind.CHANGED: ("D'ici au {day}, nous changerons notre façon de faire.",),
        StepKind.BILL: ("D'ici au {day}, nous vérifierons ce qui vous a été compté.",),
        StepKind.REACHED: ("D'ici au {day}, nous vous contacterons directement.",),
    },
    wants=(
        "J'aimerais comprendre ce qui n'a pas marché et chercher avec vous comment réparer cela.",
        "Je veux m'en occuper en personne, et pour cela j'aimerais vous entendre.",
        "J'aimerais que vous me racontiez le reste et voir comment nous pouvons réparer cela.",
        "Je veux trouver où nous avons failli, et c'est votre regard qui compte.",
        "J'aimerais régler cela avec vous, de personne à personne.",
    ),
    refund=(
        "Vous parlez aussi de votre argent, et je souhaite en discuter directement avec vous, non en public.",
        "Votre demande de remboursement est légitime, et j'aimerais la voir avec vous en privé.",
        "Votre demande au sujet de votre argent mérite une réponse claire, et je souhaite vous la donner directement.",
    ),
    refund_policy=(
        "Vous parlez aussi de votre argent ; nous avons une règle claire pour de tels cas, et je souhaite l'appliquer avec vous en privé.",  # noqa: E501
        "Pour les questions d'argent, nous avons une règle claire, et j'aimerais la voir avec vous directement.",
    ),
    churn=(
        "Je respecte que vous ne souhaitiez pas revenir, et j'aimerais malgré tout réparer cela.",
        "Je comprends qu'après cela vous n'ayez pas envie de revenir.",
        "Je comprends que nous avons perdu votre confiance, et j'aimerais malgré tout vous entendre.",
    ),
    routes={
        RouteKind.MAIL: (
            "Merci d'écrire à {address} à mon attention, pour que je m'en occupe en personne.",
            "Écrivez-moi à {address} : je peux en décider, et j'aimerais le faire avec vous.",
            "Vous pouvez me joindre à {address} ; écrivez-y quelques lignes avec la mention {person}.",
        ),
        RouteKind.PHONE: (
            "Appelez-nous au {address} et demandez {person}, pour que je m'en occupe en personne.",
            "Appelez le {address} et demandez {person} : je peux en décider et j'aimerais vous entendre.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Envoyez-moi ici un message privé avec la mention {person}, pour que je m'en occupe en personne.",
            "Écrivez-moi par message privé sur ce site : je peux en décider, et j'aimerais le faire avec vous.",
        ),
        RouteKind.FORM: (
            "Écrivez-moi par le formulaire de contact de notre site, avec la mention {person}, pour que je m'en occupe.",  # noqa: E501
            "Écrivez-nous par notre formulaire de contact, avec la mention {person} : je peux en décider.",
        ),
        RouteKind.DESK: (
            "Demandez {person} à la réception : je connais l'affaire et je peux décider.",
            "Venez à la réception ou appelez-la et demandez {person}, pour que je m'en occupe en personne.",
        ),
        RouteKind.PAGE: (
            "Contactez-nous de la manière indiquée sur cette page et demandez {person}, pour que je m'en occupe en personne.",  # noqa: E501
            "Appelez le numéro indiqué sur cette page et demandez {person} : je peux en décider.",
        ),
    },
    wordless=(
        "Merci d'avoir pris un moment pour nous noter.",
        "Votre note m'est parvenue, et j'aimerais la comprendre.",
        "Vos étoiles me disent qu'il vous a manqué quelque chose.",
        "Peu d'étoiles et pas un mot : cela me donne envie de demander.",
        "Je vois que vous nous avez donné peu d'étoiles, et je le prends au sérieux.",
        "Merci pour une note sincère.",
        "Une telle note me dit que nous n'avons pas répondu à vos attentes.",
        "J'aimerais savoir ce que votre note veut nous dire.",
        "J'ai vu votre note aujourd'hui, et elle compte pour moi.",
        "Votre note me fait réfléchir, et je vous en remercie.",
        "Merci de nous faire savoir par vos étoiles que quelque chose n'allait pas.",
    ),
    ask=(
        "J'imagine votre déception, et j'aimerais savoir ce que nous aurions dû faire autrement.",
        "Vous espériez sans doute mieux, et j'aimerais que vous me disiez ce qui a manqué.",
        "Je comprends votre déception, et il m'aiderait de savoir où nous avons failli.",
    ),
    invite=(
        "Quelques lignes de votre part nous aideraient plus que n'importe quel nombre d'étoiles.",
        "Je lis ces messages en personne, et c'est de celles et ceux qui regardent de près que j'apprends le plus.",
    ),
    preference=(
        "Ce que vous dites sur {matter} est une remarque juste, et je la retiens.",
        "Je comprends bien votre remarque sur {matter}.",
        "Votre regard sur {matter} nous aide, car il montre ce qui peut manquer à d'autres aussi.",
    ),
    understood=(
        "Je comprends que vous l'auriez aimé autrement, et les goûts méritent que l'on écoute.",
        "Je comprends très bien que vous l'aviez imaginé autrement.",
        "Je comprends très bien que votre préférence allait à autre chose.",
    ),
    praise=(
        "Merci, vous avez illuminé notre journée.",
        "Quel plaisir de voir cela.",
        "Un grand merci pour cela.",
        "Comme c'est gentil de nous le faire savoir.",
        "Vous nous avez donné le sourire aujourd'hui.",
        "Mille mercis pour ce joli signe.",
        "Cela fait vraiment plaisir, merci.",
        "Nous nous réjouissons que tout vous ait plu.",
        "Merci de le partager avec nous et avec les autres.",
        "Un geste aussi aimable est la meilleure façon de commencer la journée.",
        "C'est très aimable de penser à nous.",
        "Cela compte beaucoup pour nous que vous ayez pris ce moment.",
    ),
    praise_praised=(
        "Merci pour vos mots sur {praised}.",
        "Ce que vous dites sur {praised} nous fait très plaisir.",
        "Quelle joie que vous ayez apprécié {praised}.",
    ),
    praise_more=(
        "Toute l'équipe sera heureuse de le voir.",
        "Nous voyons ainsi que le soin que nous y mettons se remarque.",
        "C'est pour cela que nous travaillons chaque jour.",
        "Pour celles et ceux qui travaillent en coulisse, il n'y a pas de plus bel encouragement.",
        "Il est bon de savoir que cela vous convenait.",
    ),
    praise_close=(
        "Au plaisir de vous revoir.",
        "Notre porte vous est toujours ouverte.",
        "À la prochaine fois, et tout le meilleur.",
        "Ce sera une joie de vous accueillir à nouveau.",
        "Bien à vous, de la part de toute l'équipe.",
    ),
    praised={
        Praised.PEOPLE: "notre équipe",
        Praised.FOOD: "la cuisine",
        Praised.ROOMS: "les chambres",
        Praised.PLACE: "l'ambiance",
        Praised.CLEANLINESS: "la propreté",
        Praised.VALUE: "le rapport entre qualité et prix",
        Praised.SPEED: "la rapidité",
        Praised.WORK: "notre travail",
    },
    praised_words={
        Praised.PEOPLE: r"personnel|serveu\w+|service|equipe|accueil|receptionniste|gentil\w*|attentionne\w*|souriant\w*|sympathique\w*",  # noqa: E501
        Praised.FOOD: r"cuisine|repas|plats?|carte|menu|petit[- ]dejeuner|diner|pizza|pates|desserts?|cafe|delicieu\w+|savoureu\w+",  # noqa: E501
        Praised.ROOMS: r"chambres?|lit|literie|suite",
        Praised.PLACE: r"ambiance|cadre|emplacement|vue|terrasse|jardin|decoration|chaleureu\w+",
        Praised.CLEANLINESS: r"propre\w*|proprete|impeccable\w*",
        Praised.VALUE: r"prix|rapport qualite|abordable\w*",
        Praised.SPEED: r"rapide\w*|rapidite|ponctuel\w*",
        Praised.WORK: r"produits?|reparation|soins?|coupe|application|appli",
    },
    good_words=r"bon(?:ne|nes|s)?|tres bien|excellent\w*|super|parfait\w*|merveilleu\w+|gentil\w*|attentionne\w*|souriant\w*|sympathique\w*|delicieu\w+|savoureu\w+|meilleur\w*|magnifique\w*|genial\w*|ador\w+|agreable\w*|propre\w*|impeccable\w*|rapide\w*|chaleureu\w+|recommand\w+|top|abordable\w*|ponctuel\w*",  # noqa: E501
    not_words=r"pas|ne|n'\w+|jamais|rien|aucun\w*|sans|mais|cependant|dommage|mauvais\w*|pire|lent\w*|sale\w*|froid\w*|cher\w*|decu\w*|decev\w+|horrible\w*|manqu\w+|trop|moins|pourrait",
    bitter_words=r"impoli\w*|desagreable\w*|lent(?:e|s|es|eur)?|sales?|salete|pires?|horrible\w*|degout\w+|attendu (?:\w+ ){0,3}heures?|attente|bravo pour|felicitations pour|arnaque\w*",  # noqa: E501
    taste_words=r"pas (?:mon|notre|a mon|a notre) (?:style|gout|genre)|a mon gout|question de gouts?|j'aurais prefere|nous aurions prefere",  # noqa: E501
    general=(
        "Merci d'avoir écrit.",
        "Merci de parler avec autant de franchise.",
        "J'ai lu ces lignes avec attention.",
        "Merci pour ces mots sincères.",
        "Chaque mot dit avec franchise m'est précieux, merci.",
        "De tels mots sont lus ici avec soin.",
        "Merci d'avoir mis cela en mots.",
        "Il est bon que de telles choses soient dites ouvertement.",
        "Ces mots me touchent, merci.",
        "Merci pour un récit aussi clair.",
        "J'apprécie les mots francs comme ceux-ci.",
    ),
    general_matters={
        Topic.STAFF: "l'accueil",
        Topic.WAITING: "les temps d'attente",
        Topic.QUALITY: "la qualité",
        Topic.PRICE: "l'argent et les prix",
        Topic.HYGIENE: "la propreté",
        Topic.ORDER: "les commandes et les rendez-vous",
        Topic.COMPLAINT_HANDLING: "les réponses aux réclamations",
        Topic.COMFORT: "le confort",
        Topic.INFORMATION: "les informations",
        Topic.OTHER: "de tels sujets",
    },
    general_matter=(
        "Nous prenons au sérieux ce qui est dit sur {matter}, et je comprends combien une telle chose est frustrante.",
        "Tout le monde serait déçu, et nous prenons au sérieux les remarques de ce genre sur {matter}.",
    ),
    general_private=(
        "La protection de la vie privée nous interdit de parler ici de situations particulières.",
        "Par respect de la vie privée, nous ne pouvons pas en dire davantage en public sur des situations particulières.",  # noqa: E501
    ),
    general_route=(
        "Chacun peut contacter {person} {way} ; j'aimerais en parler en privé.",
        "Merci de contacter {person} {way}, pour que nous puissions en parler en privé.",
    ),
    ways={
        RouteKind.MAIL: "à {address}",
        RouteKind.PHONE: "au {address}",
        RouteKind.PRIVATE_MESSAGE: "par message privé sur ce site",
        RouteKind.FORM: "par le formulaire de contact de notre site",
        RouteKind.DESK: "à la réception",
        RouteKind.PAGE: "au numéro indiqué sur cette page",
    },
    holding={
        Grave.HARM: (
            "Je regrette vraiment ce que je lis. La santé passe avant tout, et je veux m'en occuper en personne.",
            "Ce que vous écrivez m'inquiète, et je le regrette vraiment. Je m'en occupe en personne.",
        ),
        Grave.DIGNITY: (
            "Je regrette vraiment ce que je lis. Chacun a droit au respect ici, et je m'en occupe en personne.",
            "Merci de nous le dire. Je prends cela très au sérieux et je veux m'en occuper en personne.",
        ),
        Grave.PRESSURE: (
            "Merci d'avoir écrit. J'ai lu cela avec attention et je veux m'en occuper en personne.",
            "J'ai pris note de ce que vous écrivez, et j'aimerais en parler avec vous en personne.",
        ),
        Grave.LIFE: (
            "Merci d'écrire avec autant de franchise. J'aimerais beaucoup parler avec vous en personne.",
            "Ce que vous écrivez me touche, et j'aimerais être là pour en parler.",
        ),
    },
    posts={
        Post.OWNER: "propriétaire",
        Post.MANAGER: "responsable",
        Post.RESTAURANT: "responsable du restaurant",
        Post.HOTEL: "responsable de l'hôtel",
        Post.SHOP: "responsable du magasin",
        Post.PRACTICE: "responsable du cabinet",
        Post.GUEST_RELATIONS: "relations clients",
        Post.CUSTOMER_CARE: "service clients",
    },
)  # fmt: skip
