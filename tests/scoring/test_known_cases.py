"""Easy cases in every language we claim, written for these tests: rage must be seen, praise must not be flagged."""

# ruff: noqa: E501 - one language a line
from __future__ import annotations

import pytest

from scoring.model import OnnxScorer
from scoring.types import AngerLevel

FURIOUS = {
    "en": "Absolute crooks!!! You stole my deposit, you lying scum, and LAUGHED in my face. My lawyer will hear of this!",
    "de": "Ihr seid Betrüger und Lügner!!! Ihr habt mir das Geld gestohlen und mich ausgelacht. Mein Anwalt meldet sich, ihr Verbrecher!",
    "fr": "Bande de voleurs et de menteurs !!! Vous m'avez volé mon argent et ri au nez. Honte à vous, je porte plainte !",
    "es": "¡¡¡Sinvergüenzas y ladrones!!! Me han robado el dinero y encima se ríen en mi cara. ¡Nos vemos en el juzgado, estafadores!",
    "it": "Ladri e bugiardi!!! Mi avete rubato i soldi e riso in faccia. Vergognatevi, vi denuncio, delinquenti!",
    "pt": "Ladrões e mentirosos!!! Roubaram o meu dinheiro e riram na minha cara. Que vergonha, vemo-nos em tribunal, vigaristas!",
    "nl": "Oplichters en leugenaars!!! Jullie hebben mijn geld gestolen en me uitgelachen. Schaam je, ik doe aangifte, stelletje dieven!",
    "pl": "Złodzieje i kłamcy!!! Ukradliście mi pieniądze i śmialiście się w twarz. Wstyd, spotkamy się w sądzie, oszuści!",
    "sv": "Tjuvar och lögnare!!! Ni stal mina pengar och skrattade mig i ansiktet. Skäms, jag polisanmäler er, bedragare!",
    "da": "Tyve og løgnere!!! I stjal mine penge og grinede mig op i ansigtet. Skam jer, jeg melder jer til politiet, svindlere!",
    "cs": "Zloději a lháři!!! Ukradli jste mi peníze a smáli se mi do očí. Styďte se, uvidíme se u soudu, podvodníci!",
    "ro": "Hoți și mincinoși!!! Mi-ați furat banii și mi-ați râs în față. Rușine să vă fie, ne vedem la tribunal, escrocilor!",
    "tr": "Hırsızlar, yalancılar!!! Paramı çaldınız ve yüzüme güldünüz. Utanın, sizi mahkemeye vereceğim dolandırıcılar!",
}
PRAISE = {
    "en": "Wonderful evening, kind staff, the best soup I have had in years. Thank you!",
    "de": "Ein wunderbarer Abend, freundliches Personal, die beste Suppe seit Jahren. Vielen Dank!",
    "fr": "Une soirée merveilleuse, un personnel adorable, la meilleure soupe depuis des années. Merci !",
    "es": "Una velada maravillosa, personal amable, la mejor sopa en años. ¡Gracias!",
    "it": "Serata meravigliosa, personale gentile, la zuppa più buona da anni. Grazie!",
    "pt": "Noite maravilhosa, pessoal simpático, a melhor sopa em anos. Obrigado!",
    "nl": "Heerlijke avond, vriendelijk personeel, de lekkerste soep in jaren. Bedankt!",
    "pl": "Cudowny wieczór, miła obsługa, najlepsza zupa od lat. Dziękujemy!",
    "sv": "En underbar kväll, vänlig personal, den godaste soppan på flera år. Tack!",
    "da": "En dejlig aften, venligt personale, den bedste suppe i årevis. Tak!",
    "cs": "Nádherný večer, milý personál, nejlepší polévka za poslední roky. Děkujeme!",
    "ro": "O seară minunată, personal amabil, cea mai bună supă din ultimii ani. Mulțumim!",
    "tr": "Harika bir akşamdı, personel çok nazik, yıllardır içtiğim en güzel çorba. Teşekkürler!",
}
CALM_COMPLAINTS = [
    "The room was a little small and the breakfast rather plain. One star because it was not for us.",
    "Die Suppe war lauwarm und das Lokal etwas laut. Für uns leider nicht das Richtige.",
    "La chambre donnait sur la rue, un peu bruyant la nuit. Dommage.",
    "La comida estaba algo fría y tardaron un poco.",
]


@pytest.mark.parametrize("language", FURIOUS)
def test_rage_is_flagged(scorer: OnnxScorer, language: str) -> None:
    """Insults, accusation and threat in one text are at least angry, and read like few stars."""
    (score,) = scorer.predict([FURIOUS[language]])
    assert score.anger_level.rank >= AngerLevel.ANGRY.rank
    assert score.sentiment < 2.5
    assert score.language == language


@pytest.mark.parametrize("language", PRAISE)
def test_praise_is_calm(scorer: OnnxScorer, language: str) -> None:
    """Plain praise is calm, has no topic to complain about and no risk, and reads like many stars."""
    (score,) = scorer.predict([PRAISE[language]])
    assert score.anger_level is AngerLevel.CALM
    assert (score.topics, score.risks, score.reasons) == ((), (), ())
    assert score.sentiment > 4


@pytest.mark.parametrize("text", CALM_COMPLAINTS)
def test_flat_criticism_is_not_flagged(scorer: OnnxScorer, text: str) -> None:
    """Faults listed without heat are no anger, however few stars they get."""
    (score,) = scorer.predict([text])
    assert score.anger_level.rank < AngerLevel.ANGRY.rank


def test_four_star_rage_is_flagged(scorer: OnnxScorer) -> None:
    """The text decides: praise for the cook does not hide an accusation."""
    text = (
        "The food is great, honestly. But that fat liar at the till put two extra drinks on our bill, swore at my "
        "mother and threw us out when we asked. Thieves. Shame on you, disgusting behaviour!"
    )
    (score,) = scorer.predict([text])
    assert score.anger_level.rank >= AngerLevel.ANGRY.rank
    calm, angry = score.sentences[0], max(score.sentences, key=lambda sentence: sentence.anger)
    assert calm.anger < 0.5 < angry.anger


def test_levels_never_contradict_the_probability(scorer: OnnxScorer) -> None:
    """Every flagged text has a higher anger than every text that is not."""
    scores = scorer.predict([*FURIOUS.values(), *PRAISE.values(), *CALM_COMPLAINTS])
    flagged = [score.anger for score in scores if score.anger_level.rank >= AngerLevel.ANGRY.rank]
    others = [score.anger for score in scores if score.anger_level.rank < AngerLevel.ANGRY.rank]
    assert min(flagged) > max(others)
