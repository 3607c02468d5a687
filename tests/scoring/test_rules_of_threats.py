"""Legal steps, press and extortion are found in every language we claim, and look-alikes are not."""

from __future__ import annotations

import pytest

from scoring.risks import find_risks
from scoring.types import Risk

from .claimed import CLAIMED_LANGUAGES

LEGAL = {
    "en": ["My solicitor will be in touch.", "This goes to small claims court.", "I have told the council."],
    "de": ["Ich schalte die Verbraucherzentrale ein.", "Dann eben mit Anwalt."],
    "fr": ["J'ai saisi la DGCCRF.", "Nous irons au tribunal."],
    "es": ["Pedí la hoja de reclamaciones.", "Mi abogado ya lo tiene todo."],
    "it": ["Ho sporto denuncia ai carabinieri.", "Si vedrà in tribunale."],
    "pt": ["Escrevi no livro de reclamações.", "O meu advogado vai tratar disto."],
    "nl": ["Ik doe aangifte bij de politie.", "De geschillencommissie beslist nu."],
    "pl": ["Sprawa trafiła do sądu.", "Zgłaszam to do rzecznika konsumentów."],
    "sv": ["Jag har polisanmält er.", "Ärendet ligger hos Allmänna reklamationsnämnden."],
    "da": ["Sagen er meldt til politiet.", "Jeg klager til Forbrugerklagenævnet."],
    "cs": ["Obrátím se na Českou obchodní inspekci.", "Můj právník vám napíše."],
    "ro": ["Am depus plângere la ANPC.", "Ne vedem în instanță."],
    "tr": ["Tüketici hakem heyetine başvurdum.", "Avukatım sizinle görüşecek."],
}
PRESS = {
    "en": ["I have contacted the local newspaper.", "The BBC has been in touch.", "I will make this go viral."],
    "de": ["Ich wende mich an die Presse.", "Das geht viral, versprochen."],
    "fr": ["J'ai alerté la presse locale.", "Une journaliste est prévenue."],
    "es": ["Voy a contactar con la prensa.", "Lo voy a hacer viral."],
    "it": ["Scriverò ai giornali.", "Ho contattato Striscia la notizia."],
    "pt": ["Vou falar com a comunicação social.", "Já enviei tudo para um jornal."],
    "nl": ["Ik stap naar de krant.", "Dit meld ik bij Radar; ik ga naar de pers."],
    "pl": ["Idę z tym do telewizji.", "Dziennikarze już wiedzą."],
    "sv": ["Jag har kontaktat tidningen.", "Det här ska bli viralt."],
    "da": ["Jeg har kontaktet pressen.", "Jeg sender det til Ekstra Bladet."],
    "cs": ["Napsala jsem do novin.", "Půjdu s tím do televize."],
    "ro": ["Am scris la presă.", "Merg la televiziune cu asta."],
    "tr": ["Basına vereceğim.", "Gazetecilere anlattım."],
}
EXTORTION = {
    "en": ["Pay up or I post one star everywhere.", "Free dinner or a bad review, your choice.",
           "The owner offered me £50 to delete my review.", "They asked for five stars in exchange for a dessert.",
           "Send the refund and I will take this review down."],
    "de": ["Gutschein für eine 5-Sterne-Bewertung.", "Man bot mir Geld, wenn ich die Bewertung lösche."],
    "fr": ["Un café offert si on met 5 étoiles.", "Remboursez-moi et je supprime mon avis."],
    "es": ["Nos ofrecieron un postre gratis por poner cinco estrellas.", "Me ofrecieron dinero para borrar la reseña."],
    "it": ["Sconto in cambio di una recensione positiva.", "Mi hanno offerto soldi per cancellare la recensione."],
    "pt": ["Ofereceram desconto em troca de cinco estrelas.", "Devolvem o dinheiro se eu apagar a avaliação."],
    "nl": ["Korting in ruil voor een goede review.", "Ze boden geld aan om mijn beoordeling te verwijderen."],
    "pl": ["Rabat w zamian za pięć gwiazdek.", "Zaproponowali zwrot, jeśli usunę opinię."],
    "sv": ["Rabatt i utbyte mot fem stjärnor.", "De erbjöd pengar om jag tar bort recensionen."],
    "da": ["Rabat til gengæld for en god anmeldelse.", "De tilbød penge, hvis jeg sletter anmeldelsen."],
    "cs": ["Sleva výměnou za pět hvězdiček.", "Nabídli mi peníze, když smažu recenzi."],
    "ro": ["Reducere în schimbul unei recenzii bune.", "Mi-au oferit bani ca să șterg recenzia."],
    "tr": ["Beş yıldız karşılığında indirim teklif ettiler.", "Yorumu silersem paramı iade edeceklermiş."],
}  # fmt: skip
FOUND = [
    (risk, language, text)
    for risk, by_language in ((Risk.LEGAL, LEGAL), (Risk.PRESS, PRESS), (Risk.EXTORTION, EXTORTION))
    for language, texts in by_language.items()
    for text in texts
]
HARMLESS = [
    (Risk.LEGAL, "The food court was busy, and a chargeback from my bank settled it."),
    (Risk.LEGAL, "Power of attorney done in one visit."),
    (Risk.LEGAL, "Das Gericht kam schnell und der Anruf auch."),
    (Risk.LEGAL, "Salade d'avocat délicieuse."),
    (Risk.LEGAL, "'sta carbonara è da denuncia da quanto è buona"),
    (Risk.LEGAL, "O cão meteu o nariz nas patinhas dele, e nós nas nossas."),
    (Risk.LEGAL, "Zaskoczyli nas miło, dziękujemy."),
    (Risk.LEGAL, "Ochrona ubezpieczenia: polisę dostałem w pięć minut, po żałobie bez pytań."),
    (Risk.LEGAL, "Thanks to Sue for a lovely evening, we asked Sue the way."),
    (Risk.LEGAL, "Der Wein passte zum Gericht, und in der App wurde der Preis falsch angezeigt."),
    (Risk.LEGAL, "La main courante de l'escalier est belle, la médiation culturelle aussi."),
    (Risk.LEGAL, "Nunca me sentí juzgado, y el consumo de la carta es justo."),
    (Risk.LEGAL, "Menù esposto fuori, prezzo non esposto, e c'era l'ora legale."),
    (Risk.LEGAL, "O meu provedor de internet garante um bom serviço e demorou a processar o pedido."),
    (Risk.LEGAL, "Obsługa pozwala na psy i nas to cieszy; dostałem zawiadomienie o paczce."),
    (Risk.LEGAL, "Stämningen är härlig och Ivo var en bra guide."),
    (Risk.LEGAL, "Krydderierne i retten var gode, prisen for retten også."),
    (Risk.LEGAL, "Zgârieturi la parchet, în rest bine."),
    (Risk.PRESS, "An article in the paper brought us here."),
    (Risk.PRESS, "The local paper wrote them up and they deserve it!"),
    (Risk.PRESS, "Press coffee superb, free newspaper at breakfast."),
    (Risk.PRESS, "Shared it on social media because the cakes are lovely."),
    (Risk.PRESS, "Wir haben die Zeitung beim Frühstück gelesen."),
    (Risk.PRESS, "La tele de la habitación no iba, media hora de espera."),
    (Risk.PRESS, "Prezzo sotto la media, in media un'ora di attesa."),
    (Risk.PRESS, "TV på rummet och tidning till frukost."),
    (Risk.EXTORTION, "Five stars, and the waiter gave us a free dessert."),
    (Risk.EXTORTION, "I changed my review to four stars after they sent the refund."),
    (Risk.EXTORTION, "J'enlève une étoile pour le prix du vin chaud."),
    (Risk.EXTORTION, "Tolgo una stella per il corriere, ma lo sconto era buono."),
    (Risk.EXTORTION, "Alles andere als gut, drei Sterne, dafür 20 Euro."),
    (Risk.EXTORTION, "Cambiaron la carta una vez, cuatro estrellas y 30 euros."),
    (Risk.EXTORTION, "They offered to take it back and refund me, four stars."),
    (Risk.PRESS, "We stonden een kwartier aan de kassa te wachten."),
    (Risk.PRESS, "Een kamer met televisie en bad."),
    (Risk.PRESS, "We waren met 4 pers. en kregen één tafel."),
    (Risk.PRESS, "Ik zat met een krant te wachten."),
    (Risk.PRESS, "La presa della doccia era rotta, la presa va cambiata."),
    (Risk.PRESS, "Andava la tv solo a volte."),
    (Risk.PRESS, "Ho chiamato la reception per la tv."),
    (Risk.PRESS, "Impossible d'allumer la télé, j'ai dû aller voir la télé au bar."),
    (Risk.PRESS, "Fui ligar a tv e nada."),
    (Risk.PRESS, "Wir hatten ein Zimmer ohne Fernsehen gebucht."),
    (Risk.PRESS, "Das gebuchte Zimmer war ohne Fernsehen."),
    (Risk.PRESS, "W telewizji w pokoju nic nie działało, brak dostępu do telewizji."),
    (Risk.PRESS, "Nagłośnienie na weselu było świetne."),
    (Risk.PRESS, "Kişi başına verilen su yetmedi."),
    (Risk.PRESS, "Vi satt med avisen og ventet."),
    (Risk.PRESS, "Kun betaling med kontant."),
    (Risk.PRESS, "Han satt med tidningen och väntade."),
    (Risk.PRESS, "Photos all over Instagram look better."),
    (Risk.PRESS, "The telly is tiny, the telly has no Netflix."),
    (Risk.PRESS, "We called reception about the TV in the room."),
    (Risk.PRESS, "Went to the leg press at the gym."),
    (Risk.PRESS, "Only cartoons on channel 5."),
    (Risk.PRESS, "Voy a diario a desayunar y estoy aquí con la tele puesta."),
    (Risk.PRESS, "Pokoj do rohu, s televizí."),
    (Risk.LEGAL, "Jabłka rosły w sadzie obok hotelu, śniadanie w sadzie."),
    (Risk.LEGAL, "J'ai demandé un avocat bien mûr dans la salade."),
    (Risk.LEGAL, "Une tartine avec avocat, l'avocat était trop dur."),
    (Risk.LEGAL, "The GMC truck was loud, we drove a GMC."),
    (Risk.LEGAL, "Lekker ijs met advocaat en advocaat met slagroom."),
    (Risk.LEGAL, "I reported it to the receptionist."),
    (Risk.LEGAL, "A juicio de mi mujer, lo mejor."),
    (Risk.PRESS, "They told us to bring the papers and sent the wrong paper."),
    (Risk.PRESS, "I was told to sign the papers, so I took the paper."),
    (Risk.PRESS, "We sat with a newspaper, then went to get a newspaper."),
    (Risk.PRESS, "She called to tell me the news."),
    (Risk.PRESS, "Man kann in der Lobby die Zeitung lesen."),
    (Risk.PRESS, "Die Zeitung kommt jeden Tag zu spät."),
    (Risk.PRESS, "Restaurant vu à la télé, je suis allé chercher le journal."),
    (Risk.PRESS, "Fui a ver el partido en la tele."),
    (Risk.PRESS, "Café a la prensa francesa."),
    (Risk.PRESS, "Siamo andati a letto con la tv accesa."),
    (Risk.PRESS, "Mandaram a tv errada."),
    (Risk.PRESS, "We gingen naar de krant kijken."),
    (Risk.PRESS, "Belangrijk nieuws: lekker eten."),
    (Risk.PRESS, "Telewizja już nie działała, opłaty za media i z mediami był problem."),
    (Risk.PRESS, "Tidningen kommer alltid för sent."),
    (Risk.PRESS, "Vores tv har fået en fejl."),
    (Risk.PRESS, "Zabalené do novin."),
    (Risk.PRESS, "Televize už nefungovala, televize má malou obrazovku."),
    (Risk.PRESS, "Tek başına verdi."),
    (Risk.PRESS, "Tüm kanallara ulaşamadık."),
    (Risk.LEGAL, "Poszliśmy do sadu po jabłka."),
    (Risk.LEGAL, "My GMC was towed."),
    (Risk.LEGAL, "Un avocat par personne."),
]
DANGEROUS_TWINS = [
    (Risk.PRESS, "Ik ga naar de krant en naar de televisie."),
    (Risk.PRESS, "Ik heb contact met de pers."),
    (Risk.PRESS, "Andrò in televisione e scriverò alla stampa."),
    (Risk.PRESS, "Ho chiamato la tv locale."),
    (Risk.PRESS, "Je vais appeler la télé."),
    (Risk.PRESS, "J'ai contacté la télévision."),
    (Risk.PRESS, "Vou à televisão."),
    (Risk.PRESS, "Vou ligar para a televisão."),
    (Risk.PRESS, "Ich gehe zum Fernsehen."),
    (Risk.PRESS, "Ich informiere das Fernsehen."),
    (Risk.PRESS, "Pójdę z tym do telewizji."),
    (Risk.PRESS, "Basına vereceğim."),
    (Risk.PRESS, "Jeg går til avisen."),
    (Risk.PRESS, "Jag går till tidningen."),
    (Risk.PRESS, "This will be all over Instagram tomorrow."),
    (Risk.PRESS, "I will tell the telly."),
    (Risk.PRESS, "I am calling Channel 5."),
    (Risk.PRESS, "Voy a llamar a la tele."),
    (Risk.PRESS, "Merg la presă."),
    (Risk.PRESS, "J'irai voir la presse."),
    (Risk.PRESS, "Andiamo dai giornali."),
    (Risk.PRESS, "Powiem mediom."),
    (Risk.PRESS, "Ik ga met mijn verhaal naar Kassa."),
    (Risk.PRESS, "Wij zijn in gesprek met de krant."),
    (Risk.PRESS, "Będzie o was w mediach."),
    (Risk.PRESS, "Wystąpię w telewizji."),
    (Risk.PRESS, "Jag hänger ut er i tidningen."),
    (Risk.PRESS, "Jeg har fat i Kontant."),
    (Risk.PRESS, "Jeg snakker med avisen."),
    (Risk.PRESS, "Jeg kontakter TV 2."),
    (Risk.PRESS, "Zavolám do televize."),
    (Risk.PRESS, "Bu olay basına yansıyacak."),
    (Risk.PRESS, "Bugün basına vereceğim."),
    (Risk.PRESS, "Ik bel de krant."),
    (Risk.PRESS, "I called television channel 5."),
    (Risk.PRESS, "They told the papers."),
    (Risk.LEGAL, "A complaint via GMC is on its way."),
    (Risk.LEGAL, "Spotkamy się w sądzie."),
    (Risk.LEGAL, "Idę do sądu."),
    (Risk.LEGAL, "Widzimy się w sadzie."),
    (Risk.LEGAL, "J'ai pris un avocat."),
    (Risk.LEGAL, "Je viens avec mon avocat."),
    (Risk.LEGAL, "I reported the doctor to the GMC."),
    (Risk.LEGAL, "Ik kom met een advocaat."),
    (Risk.LEGAL, "I reported it to the authorities."),
]


@pytest.mark.parametrize(("risk", "language", "text"), FOUND)
def test_threat_is_found_in_every_language(risk: Risk, language: str, text: str) -> None:
    """Whoever speaks it, and however calmly."""
    assert risk in {score.risk for score in find_risks(text)}, language


@pytest.mark.parametrize("risk", [LEGAL, PRESS, EXTORTION])
def test_no_language_is_left_out(risk: dict[str, list[str]]) -> None:
    """Each risk has its words in all of them."""
    assert set(risk) == CLAIMED_LANGUAGES


@pytest.mark.parametrize(("risk", "text"), HARMLESS)
def test_look_alike_of_a_threat_stays_quiet(risk: Risk, text: str) -> None:
    """Reading a newspaper, taking a star off, and words that mean something else next door."""
    assert risk not in {score.risk for score in find_risks(text)}


@pytest.mark.parametrize(("risk", "text"), DANGEROUS_TWINS)
def test_dangerous_twin_of_a_look_alike_is_found(risk: Risk, text: str) -> None:
    """Nearly the same words, meant in earnest."""
    assert risk in {score.risk for score in find_risks(text)}


def test_press_is_no_legal_step() -> None:
    """Each has its own instruction."""
    assert {score.risk for score in find_risks("I have contacted the local newspaper.")} == {Risk.PRESS}
