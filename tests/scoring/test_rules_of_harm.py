"""Injury, illness, allergy and self-harm are found in every language we claim, and look-alikes are not."""

from __future__ import annotations

import pytest

from scoring.risks import find_risks
from scoring.types import Risk

from .claimed import CLAIMED_LANGUAGES

SAFETY = {
    "en": ["Nice evening, but two of us ended up in hospital.", "We were up all night being ill after the mussels."],
    "de": ["Meine Tochter musste ins Krankenhaus.", "Nach dem Essen war uns allen übel.", "Ich bin ausgerutscht."],
    "fr": ["Nous avons été malades toute la nuit.", "Mon père s'est cassé le bras dans l'escalier : ambulance."],
    "es": ["Acabamos en urgencias con una gastroenteritis.", "Un trozo de cristal en la ensalada."],
    "it": ["Siamo stati malissimo tutta la notte.", "Mio figlio è finito in ospedale."],
    "pt": ["A minha filha passou mal a noite toda.", "Fui parar às urgências com uma intoxicação."],
    "nl": ["We zijn allemaal ziek geworden.", "Mijn man ligt in het ziekenhuis."],
    "pl": ["Cała rodzina wymiotowała.", "Skończyło się w szpitalu, syn złamał rękę."],
    "sv": [
        "Vi blev matförgiftade allihop.",
        "Vi blev dåliga efter räkorna.",
        "Barnen blev sjuka och fick åka till akuten.",
    ],
    "da": ["Vi blev dårlige af muslingerne.", "Min søn kom på skadestuen.", "Vi blev alle sammen syge af østersene."],
    "cs": ["Celou noc nám bylo špatně.", "Manžel skončil v nemocnici s otravou."],
    "ro": ["Ni s-a făcut rău la toți.", "Am ajuns la urgențe cu toxiinfecție."],
    "tr": ["Ailece zehirlendik.", "Kızım hastaneye kaldırıldı."],
}
ALLERGY = {
    "en": [
        "I told them about my peanut allergy and still got satay.",
        "My son needed his EpiPen.",
        "They did not take my allergy seriously.",
    ],
    "de": ["Ich hatte meine Nussallergie angegeben.", "Meine Allergie wurde einfach ignoriert."],
    "fr": ["J'avais signalé mon allergie aux noix.", "Notre fille est cœliaque, le serveur n'avait aucune idée."],
    "es": ["Avisé de mi alergia a los frutos secos.", "Soy celíaca y nadie supo decirme qué llevaba."],
    "it": ["Avevo avvisato della mia allergia alle noci.", "Sono celiaca e nessuno sapeva niente."],
    "pt": ["Avisei que sou alérgica ao marisco.", "Sou celíaco e ninguém sabia o que o prato continha."],
    "nl": ["Ik had mijn notenallergie doorgegeven.", "Mijn allergie werd niet serieus genomen."],
    "pl": ["Mówiłam o alergii na orzechy.", "Moje uczulenie zignorowano."],
    "sv": ["Jag sade att jag är allergisk mot nötter.", "Allergin togs inte på allvar."],
    "da": ["Jeg sagde at jeg er allergisk over for nødder.", "Min nøddeallergi blev ignoreret."],
    "cs": ["Říkala jsem, že mám alergii na ořechy.", "Syn je celiak a číšník nevěděl nic."],
    "ro": ["Le-am spus că am alergie la nuci.", "Am intoleranță la gluten și nimeni nu știa nimic."],
    "tr": ["Fıstık alerjim olduğunu söyledim.", "Alerjimi ciddiye almadılar."],
}
SELF_HARM = {
    "en": ["I have thought about suicide.", "Some days I just want to end my life.", "She does not want to live."],
    "de": ["Ich habe Suizidgedanken.", "Mein Bruder sagte, dass er nicht mehr leben will."],
    "fr": ["J'ai pensé au suicide.", "Elle n'a plus envie de vivre."],
    "es": ["He pensado en el suicidio.", "Mi madre dice que no quiere vivir."],
    "it": ["Ho pensato al suicidio.", "Non voglio più vivere."],
    "pt": ["Pensei em suicídio.", "Já não quero viver."],
    "nl": ["Ik loop rond met zelfmoordgedachten.", "Ik wil niet meer leven."],
    "pl": ["Mam myśli samobójcze.", "Nie chce mi się już żyć."],
    "sv": ["Jag har självmordstankar.", "Jag orkar inte leva längre."],
    "da": ["Jeg går med selvmordstanker.", "Jeg vil ikke leve mere."],
    "cs": ["Mám sebevražedné myšlenky.", "Už se mi nechce žít, chtěla jsem spáchat sebevraždu."],
    "ro": ["Am gânduri suicidare.", "Nu mai vreau să trăiesc."],
    "tr": ["İntihar etmeyi düşündüm.", "Artık yaşamak istemiyorum."],
}  # fmt: skip
FOUND = [
    (risk, language, text)
    for risk, by_language in ((Risk.SAFETY, SAFETY), (Risk.ALLERGY, ALLERGY), (Risk.SELF_HARM, SELF_HARM))
    for language, texts in by_language.items()
    for text in texts
]
HARMLESS = [
    (Risk.SAFETY, "Luckily there was no need for an ambulance."),
    (Risk.SAFETY, "Sick of waiting, but the food is great."),
    (Risk.SAFETY, "My dog was vomiting and the pet insurance paid within a week."),
    (Risk.SAFETY, "I nearly died laughing when the waiter sang."),
    (Risk.SAFETY, "Eine Bombenstimmung, krank gut."),
    (Risk.SAFETY, "Niemand wurde verletzt."),
    (Risk.SAFETY, "La crème brûlée sur la terrasse, un délice."),
    (Risk.SAFETY, "Me cortaron las puntas y quedé encantada."),
    (Risk.SAFETY, "Feriți-vă de rândul de sâmbătă, altfel totul minunat."),
    (Risk.SAFETY, "Mig i min 71 års ålder passade det utmärkt."),
    (Risk.SAFETY, "The ribs fell off the bone and flavours exploded in my mouth."),
    (Risk.SAFETY, "They passed out samples of the cheese, and the soup came with Listerine in the bathroom."),
    (Risk.SAFETY, "Zufällig über das Lokal gestolpert, alle haben sich auf das Buffet gestürzt."),
    (Risk.SAFETY, "Mir ist der Service zu schlecht, uns wurde schlecht geholfen."),
    (Risk.SAFETY, "Am Abend wurde das Feuer entzündet und wir haben uns fast tot gelacht."),
    (Risk.SAFETY, "Uns ging es nicht schlecht, im Gegenteil."),
    (Risk.SAFETY, "Un vrai resto gastro, on était pliés en deux de rire, et le sorbet à l'orange sanguine."),
    (Risk.SAFETY, "El conductor es un inconsciente, casi me muero de risa, y las ancas de rana ricas."),
    (Risk.SAFETY, "Siamo stati trattati male e consigliati male, sono stato servito male."),
    (Risk.SAFETY, "La scelta è caduta sulla pizza, ottimo il gelato del venditore ambulante."),
    (Risk.SAFETY, "O hotel perde pontos na limpeza, e o forno queimou a pizza."),
    (Risk.SAFETY, "Pizza verbrand aan de onderkant, maar we zijn gehecht aan deze zaak."),
    (Risk.SAFETY, "We hebben ons overgegeven aan de chef, ze hadden kaarsjes ontstoken."),
    (Risk.SAFETY, "Czynne od rana, od rana pachnie chlebem, czad!"),
    (Risk.SAFETY, "Det blev en dålig upplevelse, paketet var skadat i ena hörnet."),
    (Risk.SAFETY, "Vi blev inte sjuka, och vi halkade in här av en slump."),
    (Risk.SAFETY, "Det blev en dårlig oplevelse, men kjolen blev syet om."),
    (Risk.SAFETY, "Vi blev ikke syge, og maden gled ned."),
    (Risk.SAFETY, "Otrávená servírka, zlomený zip na kabelce a tři stehýnka."),
    (Risk.SAFETY, "M-am lovit de refuzul lor, m-am ars cu firma asta."),
    (Risk.SAFETY, "Tost yanık, haşlanmış yumurta ve tavuk kanadı güzeldi."),
    (Risk.SAFETY, "Gülmekten ölüyorduk, yemeğe bayıldık ve yine geleceğiz, bir soru sorduk."),
    (Risk.ALLERGY, "They took my daughter's nut allergy very seriously and checked every dish."),
    (Risk.ALLERGY, "Told them about my coeliac disease and the chef was brilliant, separate menu and all."),
    (Risk.ALLERGY, "Plenty of gluten free cakes, all clearly labelled."),
    (Risk.ALLERGY, "I am allergic to people who say it is too loud."),
    (Risk.ALLERGY, "Auf meine Nussallergie wurde problemlos Rücksicht genommen, ich hatte sie angegeben."),
    (Risk.ALLERGY, "J'avais signalé mon allergie : parfait, le chef est venu à table."),
    (Risk.ALLERGY, "Avisé de mi alergia y fueron muy atentos."),
    (Risk.ALLERGY, "Powiedziałam o alergii i wszystko było świetnie, osobne menu."),
    (Risk.SELF_HARM, "The suicide wings are hot, try the suicide sauce."),
    (Risk.SELF_HARM, "These stairs are killing me, and the queue was suicide for my feet."),
    (Risk.SELF_HARM, "Ich sterbe vor Lachen, so gut war der Abend."),
    (Risk.SELF_HARM, "Do not go there unless you want to die of boredom."),
    (Risk.SELF_HARM, "Mourir de rire, une soirée géniale."),
    (Risk.SELF_HARM, "Quiero morirme de gusto con ese postre."),
    (Risk.SELF_HARM, "Voglio morire dal ridere."),
    (Risk.SELF_HARM, "Można się zabić na tych schodach."),
    (Risk.SELF_HARM, "Undertakers after my uncle's suicide: kind and discreet."),
    (Risk.SELF_HARM, "I don't want to live next to that noise, nor to wake up at five."),
    (Risk.SELF_HARM, "It took my life savings, and they took my life jacket."),
    (Risk.SELF_HARM, "We stood on the bridge at night, what a view."),
    (Risk.SELF_HARM, "The kids were jumping off the bridge into the lake."),
    (Risk.SELF_HARM, "Ich will hier nicht mehr leben, so laut ist es."),
    (Risk.SELF_HARM, "Wer hier isst, muss lebensmüde sein."),
    (Risk.SELF_HARM, "J'ai tenté de me faire rembourser."),
    (Risk.SELF_HARM, "Je ne veux plus vivre ici, trop de bruit."),
    (Risk.SELF_HARM, "No quiero vivir otra experiencia así."),
    (Risk.SELF_HARM, "Non voglio vivere accanto a un cantiere."),
    (Risk.SELF_HARM, "Não quero viver isto outra vez."),
    (Risk.SELF_HARM, "Ik wil niet meer verder met dit bedrijf, het is hier niet meer te leven."),
    (Risk.SELF_HARM, "Nie chcę żyć obok takiego hałasu."),
    (Risk.SELF_HARM, "Vi vill inte leva nära flygplatsen, de kan inte leva upp till det."),
    (Risk.SELF_HARM, "De vil ikke leve op til deres løfter."),
    (Risk.SELF_HARM, "Nechci žít vedle takového hluku a chtěl jsem si něco udělat k obědu."),
    (Risk.SELF_HARM, "Nu vreau să trăiesc lângă șantier."),
    (Risk.SELF_HARM, "Bir daha aynı şeyi yaşamak istemiyorum."),
    (Risk.SAFETY, "No need for an ambulance, just a plaster."),
    (Risk.SAFETY, "Luckily no ambulance was needed."),
    (Risk.SAFETY, "There was no need to call an ambulance."),
    (Risk.SAFETY, "Pas besoin d'appeler une ambulance."),
    (Risk.SAFETY, "No hizo falta llamar a una ambulancia."),
    (Risk.SAFETY, "Não foi preciso chamar uma ambulância."),
    (Risk.SELF_HARM, "He took his life into his hands on that road."),
    (Risk.SELF_HARM, "Ik wil hier niet meer leven."),
    (Risk.SELF_HARM, "Böyle bir şey yaşamak istemem."),
    (Risk.SELF_HARM, "Artık burada yaşamak istemiyorum."),
    (Risk.SELF_HARM, "Nu mai vreau să trăiesc asta."),
    (Risk.SAFETY, "Zum Glück musste kein Krankenwagen gerufen werden."),
    (Risk.SAFETY, "Gelukkig hoefde er geen ambulance gebeld te worden."),
]
DANGEROUS_TWINS = [
    (Risk.SELF_HARM, "I don't want to live."),
    (Risk.SELF_HARM, "I don't want to live in this world any more."),
    (Risk.SELF_HARM, "He took his own life."),
    (Risk.SELF_HARM, "I was on the bridge that night, ready to jump."),
    (Risk.SELF_HARM, "I wanted to jump off the bridge."),
    (Risk.SELF_HARM, "Ich will nicht mehr leben."),
    (Risk.SELF_HARM, "Ich bin lebensmüde."),
    (Risk.SELF_HARM, "J'ai tenté de me tuer."),
    (Risk.SELF_HARM, "Je ne veux plus vivre."),
    (Risk.SELF_HARM, "No quiero vivir esta vida."),
    (Risk.SELF_HARM, "Non voglio vivere più."),
    (Risk.SELF_HARM, "Não quero viver."),
    (Risk.SELF_HARM, "Ik wil niet meer verder."),
    (Risk.SELF_HARM, "Nie chcę żyć."),
    (Risk.SELF_HARM, "Jag vill inte leva."),
    (Risk.SELF_HARM, "Jeg vil ikke leve."),
    (Risk.SELF_HARM, "Nechci žít."),
    (Risk.SELF_HARM, "Bojím se, že si něco udělá."),
    (Risk.SELF_HARM, "Nu vreau să trăiesc."),
    (Risk.SELF_HARM, "Yaşamak istemiyorum."),
    (Risk.SELF_HARM, "Annem yaşamak istemiyor."),
    (Risk.SAFETY, "No ambulance was called."),
    (Risk.SAFETY, "No ambulance came."),
    (Risk.SAFETY, "Es wurde kein Krankenwagen gerufen."),
    (Risk.SAFETY, "Aucune ambulance n'a été appelée."),
    (Risk.SAFETY, "No llamaron a ninguna ambulancia."),
    (Risk.SAFETY, "Nessuna ambulanza è stata chiamata."),
    (Risk.SAFETY, "Nenhuma ambulância foi chamada."),
    (Risk.SAFETY, "Er werd geen ambulance gebeld."),
    (Risk.SAFETY, "Nie wezwano karetki."),
    (Risk.SAFETY, "Ingen ambulans tillkallades."),
    (Risk.SAFETY, "Ingen ambulance blev tilkaldt."),
    (Risk.SAFETY, "Žádnou záchranku nezavolali."),
    (Risk.SAFETY, "Nicio ambulanță nu a fost chemată."),
    (Risk.SAFETY, "Hiçbir ambulans çağrılmadı."),
]


@pytest.mark.parametrize(("risk", "language", "text"), FOUND)
def test_harm_is_found_in_every_language(risk: Risk, language: str, text: str) -> None:
    """Calm and indirect wordings too."""
    assert risk in {score.risk for score in find_risks(text)}, language


@pytest.mark.parametrize("risk", [SAFETY, ALLERGY, SELF_HARM])
def test_no_language_is_left_out(risk: dict[str, list[str]]) -> None:
    """Each risk has its words in all of them."""
    assert set(risk) == CLAIMED_LANGUAGES


@pytest.mark.parametrize(("risk", "text"), HARMLESS)
def test_look_alike_of_harm_stays_quiet(risk: Risk, text: str) -> None:
    """Praise, figures of speech, other people's pets, and words that mean something else next door."""
    assert risk not in {score.risk for score in find_risks(text)}


@pytest.mark.parametrize(("risk", "text"), DANGEROUS_TWINS)
def test_dangerous_twin_of_a_look_alike_is_found(risk: Risk, text: str) -> None:
    """Nearly the same words, meant in earnest."""
    assert risk in {score.risk for score in find_risks(text)}


def test_allergic_reaction_is_both_a_danger_and_an_allergy() -> None:
    """Both instructions are shown."""
    found = {score.risk for score in find_risks("She had an allergic reaction to the dessert.")}
    assert {Risk.SAFETY, Risk.ALLERGY} <= found


def test_allergy_and_illness_far_apart_belong_together() -> None:
    """The allergy at the beginning, the night in hospital at the end."""
    text = "Told them about my peanut allergy when booking. Lovely terrace. Spent the night in hospital."
    assert {Risk.SAFETY, Risk.ALLERGY} <= {score.risk for score in find_risks(text)}
