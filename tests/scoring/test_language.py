"""The language of a text, or the admission that it is too short."""

from __future__ import annotations

import pytest

from scoring.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The room was clean and breakfast was lovely, we will come again.", "en"),
        ("Das Zimmer war sauber und das Frühstück sehr gut, wir kommen gerne wieder.", "de"),
        ("La chambre était propre et le petit déjeuner délicieux, nous reviendrons.", "fr"),
        ("La habitación estaba limpia y el desayuno muy rico, volveremos seguro.", "es"),
        ("La camera era pulita e la colazione ottima, torneremo volentieri.", "it"),
        ("O quarto estava limpo e o pequeno-almoço muito bom, vamos voltar.", "pt"),
        ("De kamer was schoon en het ontbijt heerlijk, we komen zeker terug.", "nl"),
        ("Pokój był czysty, a śniadanie pyszne, na pewno wrócimy.", "pl"),
        ("الغرفة كانت نظيفة والفطور لذيذ جدا", "ar"),
        ("החדר היה נקי וארוחת הבוקר טעימה", "he"),
        ("Το δωμάτιο ήταν καθαρό", "el"),
        ("部屋はとてもきれいでした", "ja"),
        ("방이 깨끗했어요", "ko"),
    ],
)
def test_language_of_a_sentence(text: str, language: str) -> None:
    """One plain sentence is enough."""
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "   ", "ok", "👍👍", "5/5 !!!", "12345", "\ud800\x00"])
def test_too_short_is_undetermined(text: str) -> None:
    """No letters, or only a few, tell nothing."""
    assert detect_language(text) == "und"
