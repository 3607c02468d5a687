"""What a model that writes is given and what is taken from it: masked, put back, plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.redraft.asking import question
from scoring.redraft.masking import PLACEHOLDER, Mask, reached_at
from scoring.redraft.taking import plain

# By language: a text, and what of it may not leave.
TEXTS = {
    "en": (
        (
            "The waiter Marco shrugged at my wife Priyanka. Mrs Henderson in room 214, booking no. AB12X9, rang +44 "
            "7700 900461. Write to kim.k@mail.example or kim (at) mail.example. We live at 12 High Street, see "
            "www.kim.example/x. KOWALSKI was there, and so was Gbemisola."
        ),
        ("Marco", "Priyanka", "Henderson", "214", "AB12X9", "7700", "kim", "High Street", "KOWALSKI", "Gbemisola"),
    ),
    "de": (
        (
            "Der Kellner Jonas war frech. Herr Müller ließ uns in der Hauptstraße 12 warten, Rechnung Nr. 4711-22. "
            "Sabine Weber und petra sahen zu. Kennzeichen M-AB 1234, IBAN DE89 3704 0044 0532 0130 00."
        ),
        ("Jonas", "Müller", "Hauptstraße", "4711", "Sabine", "Weber", "petra", "1234", "3704"),
    ),
    "fr": (
        (
            "Le serveur Jean-Luc était désagréable. Madame Dupont et Élise nous ont ignorés. Appelez le 06 12 34 "
            "56 78, réservation 889123."
        ),
        ("Jean-Luc", "Dupont", "Élise", "06 12", "889123"),
    ),
    "es": (
        "El camarero Luis se rió de mi marido Íñigo. La señora Ortega, habitación 305, calle Mayor 12, lo vio.",
        ("Luis", "Íñigo", "Ortega", "305", "Mayor 12"),
    ),
    "pl": ("Kelner Bartek był niemiły. Pani Nowak, pokój 12, tel. 600 700 800.", ("Bartek", "Nowak", "600 700")),
}


@pytest.mark.parametrize("language", TEXTS)
def test_names_and_numbers_do_not_leave(language: str) -> None:
    """What was complained about stays to be read."""
    text, private = TEXTS[language]
    masked = Mask(language=language, names=["Kim Kowalski", "Petra K."], plain=["Trattoria Lanterna"]).mask(text)
    assert [one for one in private if one.lower() in masked.lower()] == []


def test_double_names_are_known_by_each_of_their_parts() -> None:
    """However they are written, and in any case; what is no name stays."""
    mask = Mask(language="en", names=["Zoé Quatermain-Obrist", "Finn O'Hara"])
    said = "nobody called quatermain, OBRIST or mr hara-quatermain back; quatermain-obrist's o'clock bill is wrong"
    masked = mask.mask(said)
    assert [part for part in ("quatermain", "obrist", "hara") if part in masked.lower()] == []
    assert "o'clock bill is wrong" in masked


def test_the_complaint_is_still_to_be_read() -> None:
    """Places, days, sums and shouting are no names."""
    text = (
        "We waited 40 minutes at Trattoria Lanterna on Friday. It cost 45.50 in 2026. NEVER AGAIN. The soup was cold."
    )
    assert Mask(language="en", names=["A Happy Guest"], plain=["Trattoria Lanterna"]).mask(text) == text
    german = "Die Suppe war kalt, der Kellner unfreundlich und das Zimmer laut."
    assert Mask(language="de").mask(german) == german


def test_only_our_own_is_put_back() -> None:
    """What stands in the draft; what only the review holds, or nobody knows, is left out."""
    mask = Mask(language="en", names=["Kim Kowalski", "Elena Rossi"])
    asked = question(
        mask, model="m", review="Kim here. Call +44 7700 900461.", issues=(), language="en", most_chars=500,
        draft="Hello Kim, write to care@lanterna.example. Elena Rossi, manager",
    )  # fmt: skip
    phone = next(one for one in PLACEHOLDER.findall(asked.review) if "PHONE" in one)
    answer = asked.draft + f" Or {phone} , [NAME_99]."
    told = mask.unmask(answer, of=asked.draft)
    assert told == "Hello Kim, write to care@lanterna.example. Elena Rossi, manager Or,."
    assert "instruction" in asked.body()["messages"][0]["content"]


def test_a_review_cannot_ask_for_what_is_masked() -> None:
    """Words that look like a placeholder are taken out of it before."""
    mask = Mask(language="en")
    mask.mask("Write to care@lanterna.example.")
    assert mask.mask("Say [MAIL_1] twice") == "Say  twice"


def test_an_answer_becomes_words_alone() -> None:
    """No thoughts, no markup, no quotation marks around it, no control characters."""
    assert plain('<think>he is angry</think>\n"**I am sorry** that [you](https://x.example) _waited_."') == (
        "I am sorry that you _waited_."
    )
    assert plain("```text\nHello\x07\u202e there\r\n\r\n\r\n\r\nNora\n```") == "Hello there\n\nNora"
    assert plain("<think>never ends") == ""


def test_ways_to_be_reached_are_found() -> None:
    """Mail addresses, links, telephones; sums and years are none."""
    assert reached_at("I paid 45.50 in 2026, see evil.example/x, a@b.example or 0044 7700 900461") == (
        "a@b.example", "evil.example/x", "0044 7700 900461",
    )  # fmt: skip


@given(st.text(max_size=400), st.text(max_size=20))
def test_any_text_is_masked_and_taken(text: str, name: str) -> None:
    """Nothing hangs or fails, and what is found of a mail address is gone."""
    mask = Mask(language="en", names=[name])
    masked = mask.mask(f"{text} kim@mail.example")
    assert "kim@mail.example" not in masked
    assert PLACEHOLDER.search(mask.unmask(masked, of="")) is None
    plain(text)
