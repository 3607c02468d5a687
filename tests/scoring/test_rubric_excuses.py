"""Words of an insult or a threat in sentences that say the opposite: reported, refused, denied, owned, or a right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scoring.rubric.checking import check_one, check_reply
from scoring.rubric.types import Context, Finding, Origin, Outcome, Review
from scoring.rubric.whole import Highest, raise_thresholds

Twins = dict[str, tuple[str, str]]  # by language: what is excused, and its twin that is not

REPORTED: Twins = {
    "en": ("You are no idiot for believing the person at the desk.", "Only an idiot would believe that."),
    "de": ("Dass Sie uns Lügner nennen, verstehe ich.", "Sie nennen uns so, aber der Lügner sind Sie."),
    "fr": ("Vous n'êtes pas une menteuse.", "Vous êtes une menteuse."),
    "es": ("Entiendo que nos llame mentirosos.", "Que nos llame así no quita que usted sea un mentiroso."),
    "it": ("In più si è sentito dare del bugiardo davanti a tutti.", "Lei è un bugiardo davanti a tutti."),
    "pt": ("Percebo que nos chame mentirosos.", "É mentiroso, e toda a gente o vê."),
    "nl": ("Dat u ons leugenaars noemt, begrijp ik.", "Leugenaars zoals u begrijp ik niet."),
    "pl": ("Rozumiem, że nazywa nas Pan kłamcami.", "Kłamców takich jak Pan znamy dobrze."),
}
RIGHTS: Twins = {
    "en": ("Whether you see our solicitor or yours is your right.", "It is your right, but our solicitor will answer."),
    "de": ("Ob Sie zu einem Anwalt gehen, entscheiden Sie.", "Das entscheiden Sie, aber unser Anwalt liest mit."),
    "fr": ("Porter plainte est votre droit.", "C'est votre droit, mais nous allons porter plainte."),
    "it": ("Rivolgersi a un avvocato è un suo diritto.", "Il nostro avvocato la contatterà."),
    "pt": ("Fez bem em procurar um advogado.", "Fez bem, mas o nosso advogado responderá."),
    "nl": ("Een advocaat nemen is uw goed recht.", "Dat is uw goed recht, maar onze advocaat leest mee."),
    "pl": ("Pójście do prawnika to Pana prawo.", "To Pana prawo, ale nasz prawnik odpowie."),
}
FRAUD: Twins = {
    "de": ("Ich verstehe, dass Sie von Betrug sprechen.", "Ihre Bewertung ist Betrug."),
    "es": ("Comprendo que hable de fraude.", "Su reseña es un fraude."),
    "it": ("Capisco che parli di frode.", "La sua recensione è una frode."),
    "pt": ("Compreendo que fale em fraude.", "A sua avaliação é uma fraude."),
    "nl": ("Bordje en pagina wijzigt dezelfde persoon.", "Beide recensies schreef dezelfde persoon."),
    "fr": ("L'affiche et la page sont à la même personne.", "Les deux avis viennent de la même personne."),
    "pl": ("Rozumiem, że mówi Pani o oszustwie.", "Obie opinie napisała ta sama osoba."),
}
ARGUED: Twins = {
    "fr": ("Vous n'avez pas à faire la queue, demandez Claire.", "Vous avez tort, demandez Claire."),
    "es": ("Llame al número que figura en nuestra página.", "Se equivoca, y figura en nuestra página."),
}
LEISURE: Twins = {
    "es": ("Quiero hablar con usted con calma.", "Cálmese, por favor."),
    "it": ("Vorrei parlarne con lei con calma.", "Si calmi, per favore."),
    "pt": ("Gostava de falar consigo com calma.", "Tenha calma, por favor."),
}
DAYS: Twins = {
    "en": ("The chair was brought to you on 6 May.", "You stayed with us on 6 May."),
    "fr": ("Les mensualités vous ont été remboursées le 23 avril.", "Vous avez séjourné chez nous le 23 avril."),
}
MAILBOXES: Twins = {
    "en": (
        "I would like to go through it with you: signing@example-desk.test, ask for Hedda.",
        "You gave us this address: nora.hollis@mail.test.",
    ),
    "de": (
        "Ich möchte mit Ihnen sprechen: werkstatt@beispiel.test.",
        "Wir haben Ihnen an nora.hollis@mail.test geschrieben.",
    ),
    "fr": ("Je voudrais vous entendre : atelier@exemple.test.", "Nous vous avons écrit à nora.hollis@mail.test."),
    "es": ("Quiero hablarlo con usted: taller@ejemplo.test.", "Le escribimos a nora.hollis@mail.test."),
    "it": ("Se le va di sentirmi, forno@esempio.test, leggo io.", "Le abbiamo scritto a nora.hollis@mail.test."),
    "pt": ("Gostava de vos ouvir: quinta@exemplo.test.", "Escrevemos-lhe para nora.hollis@mail.test."),
    "nl": (
        "Wij bellen u graag, meldt u zich via beheer@voorbeeld.test.",
        "Wij hebben u op nora.hollis@mail.test gemaild.",
    ),
    "pl": ("Chętnie porozmawiam z Panią: warsztat@przyklad.test.", "Pisaliśmy do Pani na nora.hollis@mail.test."),
}
HOUSES: Twins = {
    "nl": ("Meldt u zich via beheer@camping-eik.test.", "U bent beter af op een camping."),
    "es": ("Escríbame usted a hola@camping-roble.test.", "Usted estará mejor en un camping."),
}
CLAUSES: Twins = {
    "es": ("Lo del nivel lo corregimos el lunes; su opinión es suya.", "Si cambia su opinión, la cena es gratis."),
    "en": ("We are changing the locks; the review stays as you wrote it.", "We ask you to change the review."),
}
ASKED: Twins = {
    "en": ("My colleague had no business asking you to take this down.", "May I ask you to take this down?"),
    "de": (
        "Niemand hätte Sie um eine positive Bewertung bitten dürfen, auch nicht gegen einen Gutschein.",
        "Für eine positive Bewertung würden wir uns mit einem Gutschein bedanken.",
    ),
    "es": ("Nadie debe pedir que cambie su opinión.", "Le pedimos que cambie su opinión."),
    "it": ("Nessuno dovrebbe chiedere di cambiare la sua recensione.", "Le chiediamo di cambiare la sua recensione."),
    "pt": ("Ninguém devia pedir que alterasse a sua avaliação.", "Pedimos que altere a sua avaliação."),
    "nl": ("Niemand hoort u te vragen uw recensie aan te passen.", "Wij vragen u uw recensie aan te passen."),
    "pl": (
        "Nikt nie powinien prosić o zmianę Pani opinii, usunięcie opinii to Pani sprawa.",
        "Prosimy o usunięcie tej opinii.",
    ),
}
OWN_FACTS: Twins = {
    "en": ("I brought it back to you on the 13th.", "You stayed with us on the 13th."),
    "es": ("La propina la tenía cargada yo en el sistema.", "Su llegada consta en nuestro sistema."),
    "nl": ("Ons systeem laat zien dat de doos vier keer is omgeladen.", "Volgens ons systeem kwam u om elf uur aan."),
    "pl": ("Cieszyć się mógł Pan z ciepłej pizzy.", "Pamiętamy Państwa dobrze, ten pan z psem przy oknie."),
}
LAWFUL: Twins = {
    "en": ("People would think twice before picking up the phone.", "Think twice before posting this again."),
    "es": ("Hable con el abogado que quiera, hace bien.", "Hablaremos con el abogado de la empresa."),
    "pl": ("To, że regulamin nam na to pozwala, nie wystarcza.", "Pozwiemy Panią za ten wpis."),
    "it": ("Fa bene a rivolgersi a un avvocato.", "Ci rivolgeremo a un avvocato."),
    "pt": ("Faz bem em procurar um advogado.", "Vamos procurar um advogado."),
}
QUOTED: Twins = {
    "en": ("'You people' has no place on my counter.", "You people have no place here."),
    "de": ("„Dumme Frage“ ist keine Antwort auf eine Beschwerde.", "Das ist eine dumme Frage, und hier die Antwort."),
    "es": (
        "El «tranqui, jefe» le cae como una patada a cualquiera.",
        'Lamentamos que nuestro "horrible" servicio le amargara la tarde.',
    ),
    "pl": (
        'Odpisaliśmy Panu "dostarczono prawidłowo", choć telefonu nie było.',
        'Szkoda, że nasz "okropny" hotel popsuł Pani dzień.',
    ),
}
OUR_TRADE: Twins = {
    "es": ("Usted llegó de noche al camping y no había nadie.", "Quizás le convenga más un camping."),
    "fr": ("Vous êtes arrivée au camping de nuit, sans personne.", "Un camping vous conviendrait mieux."),
    "de": ("Sie kamen nachts am Campingplatz an.", "Vielleicht sind Sie auf einem Campingplatz besser aufgehoben."),
    "it": ("Lei è arrivata in campeggio di notte.", "Forse un campeggio fa più per lei."),
    "pt": ("Para a próxima época há tenda contratada.", "Na próxima vez leve a sua tenda."),
    "nl": ("Vraag naar de opticien, dat ben ik.", "U mag eens langs de opticien."),
    "pl": ("Do schroniska dotarła Pani nocą.", "Może lepiej Pani wybrać schronisko."),
    "en": ("You'd paid for breakfast and I should have gone to the shop.", "You should have gone to the optician."),
}
WORDS_OF_OTHERS: Twins = {
    "de": (
        "Dass Sie dann hören mussten, Sie seien selbst schuld, ist eine Unverschämtheit.",
        "Ihre Bewertung ist eine Unverschämtheit.",
    ),
    "es": ("Da rabia que a una la tomen por tonta.", "Hay que ser tonta para escribir esto."),
    "it": ("Capisco che non le abbia fatto ridere.", "Ci ha fatto ridere, grazie."),
    "pl": ("Odsłuchałem nagranie i nie znalazłem nic śmiesznego.", "Śmieszna jest ta skarga."),
    "pt": ("Seis protocolos para descobrir isso é um absurdo.", "A sua queixa é absurda."),
    "en": ("I don't suppose it was hilarious from where you sat.", "Your list of complaints is hilarious."),
}
CALM: Twins = {
    "en": ("You should have been able to breathe easy in that room.", "You should breathe and let it go."),
    "it": ("La misura la rifaremo con calma, da parte mia.", "Calma, è solo un paio di lenti."),
    "pt": ("Reli a conta com calma e achei o erro.", "Calma, foi só um atraso."),
    "es": ("Usted mantuvo la cabeza fría, nosotros la perdimos.", "Mírelo con la cabeza más fría."),
    "de": ("Sie haben einen kühlen Kopf bewahrt, wir nicht.", "Lesen Sie das mit kühlem Kopf noch einmal."),
}
AGAINST_OURSELVES: Twins = {
    "en": ("Our log shows that none went out.", "Our log shows that you never rang."),
    "de": ("Unser System zeigt, dass keine Erinnerung verschickt wurde.", "Unser System zeigt etwas anderes."),
    "fr": ("Notre système montre que personne ne vous a prévenue.", "Notre système montre autre chose."),
    "es": ("Nuestro sistema muestra que nadie le avisó.", "Nuestro sistema muestra otra cosa."),
    "it": ("Il nostro sistema mostra che nessuno l'ha avvisata.", "Il nostro sistema mostra altro."),
    "pt": ("O nosso sistema mostra que ninguém o avisou.", "O nosso sistema mostra outra coisa."),
    "nl": ("Ons systeem laat zien dat niemand u heeft gebeld.", "Ons systeem laat iets anders zien."),
    "pl": ("Nasz system pokazuje, że nikt do Pani nie zadzwonił.", "Nasz system pokazuje coś innego."),
}
TRUTHS: Twins = {
    "en": ("The truth is duller: nobody told you.", "The truth is that the room was spotless."),
    "fr": ("La vérité est bête, un réveil n'a pas sonné.", "La vérité est que la chambre était propre."),
    "es": ("La verdad es que fallamos nosotros.", "La verdad es que la habitación estaba limpia."),
    "nl": ("De waarheid is dat ik het nog niet weet.", "De waarheid is dat de kamer schoon was."),
    "pl": ("Cztery godziny w umowie i trzy dni w rzeczywistości.", "W rzeczywistości pokój był czysty."),
    "de": ("In Wahrheit haben wir es vergessen.", "In Wahrheit war das Zimmer sauber."),
    "it": ("Un'ora sulla carta, tre in realtà.", "In realtà la camera era pulita."),
    "pt": ("Uma hora no papel, três na realidade.", "Na realidade o quarto estava limpo."),
}
TAKEN_BACK: Twins = {
    "en": (
        "We told you that all was well; that was not true.",
        "You say we told you that all was well; that is not true.",
    ),
    "de": (
        "Bei der Abholung haben wir gesagt, alles sei bestens gewesen; das war es nicht.",
        "Sie schreiben, niemand sei gekommen; das stimmt nicht.",
    ),
    "fr": ("Nous vous avons dit que tout allait bien, c'est faux.", "Vous dites que personne n'est venu, c'est faux."),
    "es": ("Le dijimos que todo iba bien, y eso no era verdad.", "Dice que nadie vino, y eso no es verdad."),
    "it": ("Le abbiamo detto che andava tutto bene, e non è vero.", "Dice che nessuno è venuto, e non è vero."),
    "pt": ("Dissemos que estava tudo bem, e isso é falso.", "Diz que ninguém veio, e isso é falso."),
    "nl": (
        "Wij hebben u gezegd dat alles goed was, en dat klopt niet.",
        "U zegt dat er niemand kwam, en dat klopt niet.",
    ),
    "pl": ("Powiedzieliśmy, że wszystko w porządku, to nieprawda.", "Pisze Pani, że nikt nie przyszedł, to nieprawda."),
}
MINE: Twins = {
    "en": ("That was a wrong decision and it was mine.", "What you write is wrong."),
    "nl": ("Dat is mijn fout en het spijt me.", "Wat u schrijft is fout."),
    "it": (
        "Non poteva sembrare altro, e questo è colpa nostra.",
        "Poteva leggere il cartello, era scritto chiaramente.",
    ),
    "de": ("Das war falsch gedacht, und ich bitte um Entschuldigung.", "Das ist schlicht falsch."),
    "fr": ("On vous a réclamé la preuve que vous aviez payé.", "Apportez-nous la preuve que vous aviez payé."),
}
NAMES: Twins = {
    "de": ("Ein falscher Name auf der Torte, und bemerkt erst am Tisch.", "Sie schreiben hier unter falschem Namen."),
    "es": ("Cuando un sistema se cae, quien está en la cola ha de saberlo.", "Sé quién es usted."),
    "nl": (
        "Wij hebben de remmen niet apart laten controleren, en dat gebeurt nu wel.",
        "Het is wel apart dat uw profiel nieuw is.",
    ),
    "en": ("I'm the landlord, so there's no one to hide behind.", "You hide behind a nickname."),
}
ADMITTED: Twins = {
    "en": ("I am sorry that I answered you like that.", "I am sorry, and we have replaced the mattress."),
    "de": ("Ihr Schreiben haben wir nicht weitergeleitet.", "Ihr Schreiben haben wir weitergeleitet."),
    "fr": ("Personne n'a vérifié la chambre.", "Nous avons vérifié la chambre."),
    "es": ("Debimos hablar con el camarero.", "Hemos hablado con el camarero."),
    "it": ("Nessuno ha parlato con il cameriere.", "Abbiamo parlato con il cameriere."),
    "pt": ("Ninguém falou com o empregado.", "Já falámos com o empregado."),
    "nl": ("Wij hadden de kok moeten informeren.", "Wij hebben de kok geïnformeerd."),
    "pl": ("Nikt nie rozmawiał z kelnerem.", "Rozmawialiśmy z kelnerem."),
}
AS_THOUGH: Twins = {
    "en": ("I am sorry that we sold you a glimpse as though it were a view.", "I am sorry, though we were full."),
    "de": (
        "Es tut mir leid, dass Sie in diesem Zimmer schlafen sollten und niemand kam.",
        "Es tut mir leid, sollten Sie sich gestört gefühlt haben.",
    ),
    "fr": (
        "Je suis désolée que vous ayez trouvé porte close et la réception vide.",
        "Je suis désolée que vous ayez trouvé cela désagréable.",
    ),
    "nl": (
        "Het spijt me dat wij uw melding als gewone klus hebben ingedeeld.",
        "Het spijt me als u zich niet welkom voelde.",
    ),
    "pt": (
        "Peço desculpas: a um hóspede que reclama não se responde assim.",
        "Peço desculpas se a sua noite foi difícil.",
    ),
}
SILENT: Twins = {
    "de": ("Die anwaltliche Verschwiegenheit bindet uns.", "Die Anwältin unseres Hauses liest hier mit."),
    "es": ("El error estaba en los envíos a juzgados.", "Esto acabará en los juzgados."),
}
GRANTED: Twins = {
    "de": (
        "Dass der große Versender schneller war, kann ich nicht bestreiten.",
        "Ich bestreite, dass der Versender schneller war.",
    ),
}
OUR_POST: Twins = {
    "de": ("Eine private Nachricht haben Sie am 24. November bekommen.", "Sie waren am 24. November bei uns."),
}


@pytest.mark.parametrize(
    ("check", "twins"),
    [
        ("B05", REPORTED),
        ("B04", RIGHTS),
        ("B08", FRAUD),
        ("B07", ARGUED),
        ("B06", LEISURE),
        ("B02", DAYS),
        ("B02", MAILBOXES),
        ("B05", HOUSES),
        ("B01", CLAUSES),
        ("B01", ASKED),
        ("B02", OWN_FACTS),
        ("B04", LAWFUL),
        ("B05", QUOTED),
        ("B05", OUR_TRADE),
        ("B05", WORDS_OF_OTHERS),
        ("B06", CALM),
        ("B07", AGAINST_OURSELVES),
        ("B07", TRUTHS),
        ("B07", TAKEN_BACK),
        ("B07", MINE),
        ("B08", NAMES),
        ("W06", ADMITTED),
        ("W01", AS_THOUGH),
        ("B04", SILENT),
        ("B07", GRANTED),
        ("B02", OUR_POST),
    ],
)
def test_the_grammar_around_a_word_excuses_it_and_its_twin_fails(check: str, twins: Twins) -> None:
    """Each pair has the same words, once said of the reader or to them, and once not."""
    wrong = [
        (tag, words)
        for tag, (innocent, guilty) in twins.items()
        for words, fails in ((innocent, False), (guilty, True))
        if (check_one(check, words, Context(language=tag)).outcome is Outcome.FAILED) is not fails
    ]
    assert wrong == []


def test_a_day_that_stands_in_the_review_gives_nothing_away() -> None:
    """The day alone: with a room beside it, or another day, it is told again."""
    review = Review(text="Waited two hours on 16 July for a room.", language="en")
    context = Context(review=review, language="en")

    def outcome(words: str) -> Outcome:
        return check_one("B02", words, context).outcome

    assert outcome("You came to us on 16 July and waited far too long.") is Outcome.PASSED
    assert outcome("You came to us on 17 July with a large suitcase.") is Outcome.FAILED
    assert outcome("You stayed in room 214 on 16 July.") is Outcome.FAILED


def test_a_signature_with_a_title_names_nobody_else() -> None:
    """ "Dona" in front of one's own name, with the function behind it."""
    text = "Lamento que o quarto estivesse frio. Escreva-me, por favor.\nDona Célia, proprietária"
    assert check_one("B02", text, Context(language="pt")).outcome is Outcome.PASSED


class Nervous:
    """A reader that is sure of one sentence alone, and says of two together what it is told to."""

    languages = frozenset({"en"})

    def __init__(self, together: float) -> None:
        self.together = together

    def thresholds(self, sentences: int) -> dict[str, float]:  # noqa: ARG002 - of a protocol
        return {"B05": 0.9}

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        def of(text: str) -> float:
            return (self.together if "sign" in text else 0.97) if "shelf" in text else 0.01

        return [{"B05": of(text)} for text in sentences]


@pytest.mark.parametrize(("together", "outcome"), [(0.05, Outcome.PASSED), (0.95, Outcome.FAILED)])
def test_what_the_model_marks_alone_is_read_again_in_its_place(together: float, outcome: Outcome) -> None:
    """Beside its neighbours a sentence may turn out to be harmless."""
    text = "The loaves lay on the shelf. There was no sign on it, which was our mistake."
    found = found_by(text, Nervous(together))
    assert (found.outcome, found.origin) == (outcome, Origin.RULE if outcome is Outcome.PASSED else Origin.MODEL)


def found_by(text: str, reader: Nervous) -> Finding:
    findings = check_reply(text, Context(language="en"), reader=reader)
    return next(one for one in findings if one.check == "B05")


def test_thresholds_rise_until_all_but_one_good_answer_in_a_hundred_passes() -> None:
    """Of checks that block, from four sentences on, and never down."""
    answers = [Highest(6, {"B05": float(at), "W01": 9.0}) for at in range(-150, 0)] + [Highest(2, {"B05": 9.0})]
    told = {"checks": [{"check": "B05", "thresholds": [0.1, 0.2, 0.05, 0.9]}, {"check": "W01", "thresholds": [0.1]}]}
    raise_thresholds(told, answers)
    assert told["checks"][0]["thresholds"] == [0.1, 0.2, 0.1213, 0.9]
    assert told["checks"][1]["thresholds"] == [0.1]
