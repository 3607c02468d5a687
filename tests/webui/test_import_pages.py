"""Upload or paste, look, correct the columns, import: without a script."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from db.models import Review
from db.session import read_scope, session_scope
from tests.factories import make_location
from webui.jobs.importing import file_source
from webui.uploads import State, files_of, find, forget_files, keep, save

from .html import Page
from .posting import form_token

CSV = (
    b"ID,Review,Inner,Rating,Date\nx1,Cold soup,secret,2,03/04/2026\n"
    b"x2,=1+1,secret,9/5,2026-11-03\nx3,Lovely,secret,5,2026-11-04\n"
)


def send(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    """Post with the token of the form, as a browser does."""
    token = form_token(client)
    answer = client.post(address, data={"csrf_token": token, **fields}, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the client's own copy of the files
    return answer


def upload(client: FlaskClient, data: bytes = CSV, filename: str = "reviews.csv", **fields: Any) -> str:
    """Send a file and give the address of its page."""
    answer = send(client, "/import", file=(io.BytesIO(data), filename), **({"place": "Lanterna"} | fields))
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def bodies(engine: Engine) -> list[str]:
    with read_scope(engine) as session:
        return sorted(session.scalars(select(Review.body)))


def chosen(page: Page) -> dict[str, str]:
    """Select to chosen value."""
    return {
        select.attrs["name"]: option.attrs["value"]
        for select in page.all("select")
        for option in select.all("option[selected]")
    }


def test_file_is_shown_corrected_and_imported(client: FlaskClient, engine: Engine, data_dir: Path) -> None:
    """From the upload to the list of sources."""
    address = upload(client)
    page = Page(client.get(address))
    assert "1 review · 2 rows are rejected" in page.text
    assert [one.text for one in page.all(".rejected li")] == [
        "line 2 the date does not say whether day or month comes first",
        "line 3 a rating lies outside its scale",
    ]
    columns = chosen(page)
    assert columns["column-text"] == "Review"
    send(client, address, **{**columns, "column-text": "Inner", "dates": "dmy", "action": "look"})
    again = Page(client.get(address))
    assert [one.text for one in again.all(".sample-text")] == ["secret", "secret"]
    assert bodies(engine) == []
    done = send(client, address, **{**columns, "dates": "dmy", "action": "store"})
    assert done.status_code == 302
    assert "Imported: 2 new, 0 changed, 0 as before." in Page(client.get(done.headers["Location"])).text
    assert bodies(engine) == ["Cold soup", "Lovely"]
    assert list((data_dir / "imports").glob("*.bin")) == []
    assert "Cold soup" not in "".join(file.read_text() for file in (data_dir / "imports").iterdir())


def test_days_that_may_be_months_are_asked_for(client: FlaskClient, engine: Engine) -> None:
    """With a date of the file, read both ways; the answer is kept for what is imported then."""
    address = upload(client, b"Review,Rating,Date\nCold soup,2,03/04/2025\nLovely,5,05/06/2025\n")
    page = Page(client.get(address))
    assert "Which day is 03/04/2025? 2 rows wait for the answer." in page.one(".ask legend").text
    answers = {one.text: one.attrs["value"] for one in page.all(".ask button")}
    assert answers == {"3 Apr 2025": "dmy", "4 Mar 2025": "mdy"}
    send(client, address, **{**chosen(page), "order": "dmy"})
    page = Page(client.get(address))
    assert page.all(".ask") == []
    send(client, address, **{**chosen(page), "action": "store"})
    with read_scope(engine) as session:
        assert sorted(day.isoformat()[:10] for day in session.scalars(select(Review.published_at))) == [
            "2025-04-03",
            "2025-06-05",
        ]


def test_preview_counts_what_is_there_already(client: FlaskClient) -> None:
    """By a run that is taken back."""
    first = upload(client)
    send(client, first, **{**chosen(Page(client.get(first))), "dates": "mdy", "action": "store"})
    assert "0 new, 0 changed, 2 as before" in Page(client.get(upload(client))).text


def test_pasted_text_needs_no_file(client: FlaskClient, engine: Engine) -> None:
    """Into a source that is there."""
    with session_scope(engine) as session:
        source_id = file_source(session, "Lanterna", now=datetime.fromisoformat("2026-11-20T12:00:00+00:00")).id
    sent = send(client, "/import", text="★☆☆☆☆ Anna\nNever again.\n\nFine place.", source=str(source_id), place="")
    send(client, sent.headers["Location"], action="store")
    assert bodies(engine) == ["Fine place.", "Never again."]


def test_rejected_rows_come_as_csv_without_formulas(client: FlaskClient) -> None:
    """The second row begins with "="."""
    answer = client.get(f"{upload(client)}/rejected.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "\r\n3,a rating lies outside its scale,x2,'=1+1,secret,9/5,2026-11-03\r\n" in answer.text


def test_reasons_are_told_in_the_language_of_the_reader(client: FlaskClient) -> None:
    """Kept as phrase and values while nobody knows who reads them: on the page, in the CSV, and in warnings."""
    data = b"ID,Review,Rating\nx1,Cold soup,9\nx1,Again,9\nx2,Bad,12/5\n"
    address = upload(client, data)
    page = Page(client.get(f"{address}?lang=es"))
    assert [one.text for one in page.all(".rejected li")] == [
        "línea 3 es la misma reseña que otra anterior (línea 2)",
        "línea 4 una puntuación está fuera de su escala",
    ]
    assert "Las puntuaciones llegan hasta 9 y se leen como puntuaciones sobre 10." in page.text
    assert not page.all("main [lang=en]")
    rows = list(csv.reader(io.StringIO(client.get(f"{address}/rejected.csv?lang=es").data.decode("utf-8-sig"))))
    assert rows[0] == ["línea", "motivo", "ID", "Review", "Rating"]
    assert rows[1] == ["3", "es la misma reseña que otra anterior (línea 2)", "x1", "Again", "9"]
    english = client.get(f"{address}/rejected.csv?lang=en").data.decode("utf-8-sig")
    assert "3,it is the same review as in line 2,x1" in english


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": "Lanterna"}, "Choose a file, or paste the reviews."),
        ({"text": "Fine."}, "Say which place the reviews are about."),
        ({"file": b"%PDF-1.7", "place": "L"}, "This is a PDF."),
        ({"file": b"", "place": "L"}, "The file is empty."),
        ({"file": b"\x89PNG\r\n", "place": "L"}, "This is a picture."),
        ({"text": "Fine.", "source": "999"}, "The source has been removed."),
    ],
)
def test_faults_are_told_on_the_form(client: FlaskClient, fields: dict[str, Any], words: str) -> None:
    """In words, with what was entered kept."""
    files = {name: (io.BytesIO(data), "x.csv") for name, data in fields.items() if isinstance(data, bytes)}
    page = Page(send(client, "/import", **(fields | files)), status=422)
    assert words in page.one("[role=alert]").text
    assert page.one("#text").text == fields.get("text", "")


def test_too_large_is_told(client: FlaskClient) -> None:
    """More than 20 MB here; other pages still take 64 kB and no more."""
    answer = send(client, "/import", file=(io.BytesIO(b"x" * (23 * 1024 * 1024)), "x.csv"), place="L")
    assert "20 MB is the most for files" in Page(answer, status=413).one("[role=alert]").text
    assert send(client, "/sources/new", url="x" * 70_000).status_code == 413


def test_form_of_another_site_is_refused(client: FlaskClient, engine: Engine) -> None:
    """Without the token nothing is kept."""
    answer = client.post("/import", data={"text": "Fine.", "place": "L"})
    assert answer.status_code == 400
    assert bodies(engine) == []


def test_upload_is_kept_for_an_hour_under_a_name_nobody_guesses(data_dir: Path, now: datetime) -> None:
    """For its owner alone, and swept when the next one comes; one that waits for a worker has a day."""
    kept = keep(data_dir, [("a.csv", b"x"), ("b.csv", b"y")], source_id=None, place="L", now=now)
    assert files_of(data_dir, kept) == [("a.csv", b"x"), ("b.csv", b"y")]
    assert find(data_dir, kept.id, now=now + timedelta(hours=23)) == kept
    assert find(data_dir, kept.id, now=now + timedelta(hours=25)) is None
    save(data_dir, replace(kept, state=State.READY))
    assert find(data_dir, kept.id, now=now + timedelta(minutes=61)) is None
    for name in ("../secret", "x" * 24, "", f"{kept.id}.json"):
        assert find(data_dir, name, now=now) is None
    assert {file.stat().st_mode & 0o077 for file in (data_dir / "imports").iterdir()} == {0}
    later = keep(data_dir, [("", b"z")], source_id=None, place="L", now=now + timedelta(minutes=61))
    assert {file.name.partition(".")[0] for file in (data_dir / "imports").iterdir()} == {later.id}
    forget_files(data_dir, later)
    assert list((data_dir / "imports").glob("*.bin")) == []


def test_page_of_no_upload_is_not_found(client: FlaskClient) -> None:
    """As after the hour."""
    assert client.get("/import/AAAAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_hostile_texts_stay_texts(client: FlaskClient, engine: Engine) -> None:
    """Headers, cells, names of files and places."""
    with session_scope(engine) as session:
        make_location(session, name="\"><script>alert('x')</script>")
    evil = b'"Review""><script>alert(\'x\')</script>","Rating"\n"<img src=x onerror=alert(1)>{{7*7}} bad place",4\n'
    page = Page(client.get(upload(client, evil, filename="<script>alert('x').csv")))
    assert page.all("body script, img, [onerror]") == []
    assert "{{7*7}}" in page.text
    assert Page(client.get("/import")).all("body script") == []
