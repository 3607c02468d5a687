"""Headers in thirteen languages are understood; what a header cannot tell, the cells do."""

from __future__ import annotations

import pytest

from crawlers.errors import ParseError
from crawlers.imports.columns import Columns, guess

from .expected import planned

ROW = ["4", "The soup was cold and nobody came to ask.", "Anna", "2026-11-03", "Thank you for telling us about it."]


@pytest.mark.parametrize(
    "headers",
    [
        ["Rating", "Review", "Reviewer", "Date", "Owner response"],
        ["Sterne", "Bewertung", "Verfasser", "Datum", "Antwort des Inhabers"],
        ["Étoiles", "Avis", "Auteur", "Date de publication", "Réponse"],
        ["Puntuación", "Reseña", "Usuario", "Fecha", "Respuesta del propietario"],
        ["Voto", "Recensione", "Autore", "Data", "Risposta"],
        ["Classificação", "Avaliação", "Autor", "Data da avaliação", "Resposta"],
        ["Sterren", "Beoordeling", "Klant", "Datum", "Reactie"],
        ["Ocena", "Treść", "Użytkownik", "Data opinii", "Odpowiedź"],
        ["Počet hvězd", "Recenze", "Jméno", "Datum hodnocení", "Odpověď"],
        ["Stjerner", "Anmeldelse", "Forfatter", "Dato", "Svar"],
        ["Betyg", "Recension", "Författare", "Datum", "Svar"],
        ["Stele", "Recenzie", "Nume", "Data", "Răspuns"],
        ["Yıldız", "Yorum", "Müşteri", "Tarih", "Yanıt"],
    ],
    ids=["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "da", "sv", "ro", "tr"],
)
def test_thirteen_languages(headers: list[str]) -> None:
    """Rating, text, author, date and reply in each of them."""
    found = guess(headers, [ROW])
    assert found.fields == dict(zip(("stars", "text", "author", "date", "reply"), headers, strict=True)) | {}


def test_one_word_for_a_review_and_its_rating() -> None:
    """ "Bewertung" is the text where texts stand in it and the rating where figures do."""
    assert guess(["Bewertung", "Kommentar"], [["4,5", "Alles sehr gut und freundlich."]]).fields["stars"] == "Bewertung"
    assert guess(["Bewertung", "Sterne"], [["Alles sehr gut und freundlich.", "4"]]).fields["text"] == "Bewertung"


def test_row_numbers_are_no_ids() -> None:
    """1, 2, 3 would overwrite the reviews of the next file; anything else under "id" is one."""
    assert "external_id" not in guess(["ID", "Text"], [["1", "a"], ["2", "b"], ["3", "c"]]).fields
    assert guess(["ID", "Text"], [["77", "a"], ["12", "b"]]).fields["external_id"] == "ID"


def test_longest_column_is_the_text_where_no_header_tells() -> None:
    """Nothing but the cells is left to go by."""
    rows = [["Anna", "It rained into the room all night.", "https://x.example/a b c d e f g h i j k l m n o p"]]
    assert guess(["A", "B", "C"], rows).fields == {"text": "B"}


def test_other_peoples_columns_are_left_alone() -> None:
    """An e-mail address is no name and the number of photos no rating."""
    assert guess(["Reviewer e-mail", "Review count", "Text"], [["a@b.example", "7", "Fine."]]).fields == {
        "text": "Text"
    }


def test_people_have_the_last_word() -> None:
    """A column that they name counts, whatever its header says; one that is not there is told."""
    text = "Comment,Inner note\nFine place,do not show\n"
    assert planned(text).items[0].body == "Fine place"
    assert planned(text, fields={"text": "Inner note"}).items[0].body == "do not show"
    with pytest.raises(ParseError, match=r'no column "Remark". It has: Comment, Inner note'):
        planned(text, fields={"text": "Remark"})


def test_unknown_field_is_told_with_those_there_are() -> None:
    """A misspelt field is no silent loss."""
    with pytest.raises(ParseError, match=r"There is no field txet. Those there are: text, title"):
        Columns.from_json({"fields": {"txet": "Comment"}})


def test_same_header_twice() -> None:
    """Each column can be named."""
    assert planned("Text,Text,\na,b,c\n").headers == ("Text", "Text (2)")


def test_title_above_the_headers() -> None:
    """Some exports begin with a name and an empty line."""
    plan = planned("Report of November,,\n,,\nRating,Review,Date\n4,Nice,2026-11-03\n", "x.csv")
    assert plan.headers == ("Rating", "Review", "Date")
    assert [item.body for item in plan.items] == ["Nice"]
