"""The notice of GDPR, Art. 14, for the website of the business, in four languages: to begin with, no legal advice.

Written here and not in the catalogues: whoever reads it is a customer, in a language that the page around it need not
have, and a lawyer may want to see the four beside each other. Checked against Art. 14(1) and (2) on 2026-11-28.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NOTICES: Final = {
    "en": (
        "Information under Article 14 GDPR on public reviews\n\n"
        "We, {business}, read what is written in public about us on: {sources}.\n"
        "What we process: the name or account shown with a review, its text, rating, date and language, our answer, "
        "and what we note to put a complaint right. A program on our own machines judges how angry a review is, and "
        "what it is about; a person decides what is done. No decision about you is made by a program alone.\n"
        "Why: to answer, to put right what went wrong, and to improve. Legal basis: our legitimate interest in "
        "handling feedback about ourselves (Art. 6(1)(f) GDPR); where we owe you something, the contract "
        "(Art. 6(1)(b)).\n"
        "Who receives it: those who work with us on complaints, and whoever runs our machines for us. We do not look "
        "for you on other sites, and we sell nothing.\n"
        "How long: {months} months after publication, in single cases longer where the law obliges us to. Then name "
        "and text are taken out; what is counted stays.\n"
        "Your rights: access, rectification, erasure, restriction, and objection at any time (Art. 15 to 18 and 21 "
        "GDPR), and a complaint to a supervisory authority (Art. 77). Write to: {contact}."
    ),
    "de": (
        "Informationen nach Artikel 14 DSGVO zu öffentlichen Bewertungen\n\n"
        "Wir, {business}, lesen, was öffentlich über uns geschrieben wird, und zwar auf: {sources}.\n"
        "Was wir verarbeiten: den Namen oder das Konto, die bei einer Bewertung stehen, ihren Text, die Note, Datum "
        "und Sprache, unsere Antwort, und was wir notieren, um eine Beschwerde zu lösen. Ein Programm auf unseren "
        "eigenen Rechnern schätzt ein, wie verärgert eine Bewertung ist und worum es geht; was geschieht, entscheidet "
        "ein Mensch. Kein Programm entscheidet allein über Sie.\n"
        "Wozu: um zu antworten, Fehler wiedergutzumachen und besser zu werden. Rechtsgrundlage: unser berechtigtes "
        "Interesse am Umgang mit Rückmeldungen über uns (Art. 6 Abs. 1 lit. f DSGVO); wo wir Ihnen etwas schulden, der "
        "Vertrag (Art. 6 Abs. 1 lit. b).\n"
        "Wer es erhält: wer bei uns Beschwerden bearbeitet, und wer unsere Rechner für uns betreibt. Wir suchen Sie "
        "nicht auf anderen Seiten und verkaufen nichts.\n"
        "Wie lange: {months} Monate nach der Veröffentlichung, in einzelnen Fällen länger, wo das Gesetz uns "
        "verpflichtet. Danach werden Name und Text entfernt; gezählt bleibt, was gezählt war.\n"
        "Ihre Rechte: Auskunft, Berichtigung, Löschung, Einschränkung und jederzeit Widerspruch (Art. 15 bis 18 und 21 "
        "DSGVO) sowie Beschwerde bei einer Aufsichtsbehörde (Art. 77). Schreiben Sie an: {contact}."
    ),
    "fr": (
        "Informations au titre de l’article 14 du RGPD sur les avis publics\n\n"
        "Nous, {business}, lisons ce qui est écrit publiquement à notre sujet sur : {sources}.\n"
        "Ce que nous traitons : le nom ou le compte affiché avec un avis, son texte, sa note, sa date et sa langue, "
        "notre réponse, et ce que nous notons pour résoudre une réclamation. Un programme, sur nos propres machines, "
        "estime la colère exprimée dans un avis et son sujet ; une personne décide de la suite. Aucune décision à "
        "votre sujet n’est prise par un programme seul.\n"
        "Pourquoi : pour répondre, réparer ce qui n’a pas été et nous améliorer. Base légale : notre intérêt légitime "
        "à traiter les retours qui nous concernent (art. 6, § 1, point f, du RGPD) ; lorsque nous vous devons quelque "
        "chose, le contrat (art. 6, § 1, point b).\n"
        "Qui le reçoit : les personnes qui traitent les réclamations chez nous, et celles qui exploitent nos machines "
        "pour nous. Nous ne vous cherchons pas sur d’autres sites et ne vendons rien.\n"
        "Combien de temps : {months} mois après la publication, plus longtemps dans certains cas où la loi nous y "
        "oblige. Ensuite, le nom et le texte sont retirés ; les chiffres restent.\n"
        "Vos droits : accès, rectification, effacement, limitation, et opposition à tout moment (art. 15 à 18 et 21 du "
        "RGPD), ainsi qu’une réclamation auprès d’une autorité de contrôle (art. 77). Écrivez à : {contact}."
    ),
    "es": (
        "Información según el artículo 14 del RGPD sobre las opiniones públicas\n\n"
        "Nosotros, {business}, leemos lo que se escribe en público sobre nosotros en: {sources}.\n"
        "Qué tratamos: el nombre o la cuenta que figura con una opinión, su texto, su puntuación, su fecha y su "
        "idioma, nuestra respuesta, y lo que anotamos para resolver una queja. Un programa, en nuestros equipos, "
        "estima el enfado de una opinión y de qué trata; una persona decide qué se hace. Ningún programa decide por sí "
        "solo sobre usted.\n"
        "Para qué: para responder, reparar lo que salió mal y mejorar. Base jurídica: nuestro interés legítimo en "
        "atender los comentarios sobre nosotros (art. 6.1.f del RGPD); cuando le debemos algo, el contrato (art. "
        "6.1.b).\n"
        "Quién lo recibe: quienes atienden las quejas en nuestra casa y quienes mantienen nuestros equipos. No le "
        "buscamos en otros sitios, y no vendemos nada.\n"
        "Cuánto tiempo: {months} meses desde la publicación, y más en casos concretos en que la ley nos obliga. "
        "Después se quitan el nombre y el texto; las cifras quedan.\n"
        "Sus derechos: acceso, rectificación, supresión, limitación y, en todo momento, oposición (arts. 15 a 18 y 21 "
        "del RGPD), así como reclamación ante una autoridad de control (art. 77). Escriba a: {contact}."
    ),
}


def notice(language: str, *, business: Sequence[str], sources: Sequence[str], months: int, contact: str) -> str:
    """The notice in one of the four languages, with what is set here; `contact` may be empty."""
    return NOTICES[language].format(
        business=", ".join(business) or "…",
        sources=", ".join(sources) or "…",
        months=months,
        contact=contact or "…",
    )
