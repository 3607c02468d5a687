"""What is older than we keep it is pseudonymised: every word of a customer goes, every figure stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db import audit
from db.acting import Actor, undo
from db.attachments import NewAttachment, attach
from db.case_acts import ask_not_to_pursue, refuse_not_to_pursue
from db.complaint_links import link
from db.complaints import Noted, take_complaint
from db.contacts import log_contact, promise
from db.erasing import erase_at_request
from db.errors import BadValue
from db.gists import save_gist
from db.holds import lift_hold, place_hold
from db.ingest import ingest
from db.keeping import (
    NOTICE,
    is_run_due,
    look_ahead,
    months_before,
    note_run,
    pseudonymise_some,
    set_keeping,
    set_source_keeping,
    tidy,
)
from db.messages import Typed, save_message
from db.models import (
    AttachmentKind,
    Base,
    Case,
    Channel,
    OfferState,
    PracticeAttempt,
    Promise,
    Reply,
    ReplyState,
    Review,
    Source,
    UndoStep,
)
from db.note_drafts import keep_draft
from db.notes import write_note
from db.offers import propose, step
from db.personal import HARMLESS, HELD, OF_STAFF
from db.practising import keep_attempt
from db.queries.offers import ledger
from db.replies import save_words
from db.reply_flow import submit
from db.roles import Role
from db.session import read_scope, session_scope
from db.source_changes import remove_source
from db.vault import Vault
from tests.db.offer_hands import USUAL_ONE
from tests.db.rows import dump
from tests.factories import NOW, an_item, make_case, make_person, make_reply, make_review, make_score, make_source

DAY = timedelta(days=1)
VAULT = Vault("a key of sixteen characters")
WORD = "Quillfeather"  # in whatever anybody writes of a customer: a name that stands nowhere else
OLD = months_before(NOW, 24) - DAY


@pytest.fixture
def ana(session: Session) -> Actor:
    return Actor(person_id=make_person(session).id, name="Ana", now=OLD)


def _worked_on(session: Session, by: Actor) -> Case:
    """An old review with everything that staff can write about it: each through the act that pages call."""
    source = make_source(session)
    said = {"author_ref": WORD, "url": f"https://a.example/{WORD}", "negative": WORD, "positive": WORD}
    reply = OwnerReply(body=f"Sorry, {WORD}", author_name=WORD)
    shown = an_item(WORD, author_name=WORD, title=WORD, published_at=OLD, **said, reply=reply)
    for item in (replace(shown, body=f"{WORD} waited"), replace(shown, body=f"{WORD} waited for long")):
        ingest(session, source.id, [item], run_id=None, now=OLD)
    review, case = session.scalars(select(Review)).one(), session.scalars(select(Case)).one()
    make_score(
        session,
        review,
        reasons=[WORD],
        risks=[{"risk": "legal", "probability": 1.0, "origin": "rule", "evidence": WORD}],
    )
    save_gist(session, review.id, facts=WORD, feeling=WORD, seen_hash=review.content_hash, seen=0, by=by)
    write_note(session, case.id, f"{WORD} called.", [], by=by)
    keep_draft(session, case.id, WORD, seen=0, page="p", by=by)
    log_contact(session, case.id, channel=Channel.PHONE, happened_at=OLD, said=WORD, agreed=WORD, by=by)
    promise(session, case.id, WORD, owner_id=by.person_id, due_on=OLD.date(), today=OLD.date(), by=by)
    save_message(session, case.id, Typed(address=f"{WORD}@a.example", subject=WORD, body=WORD), seen=0, by=by)
    picture = NewAttachment(kind=AttachmentKind.MAIL, media_type="text/plain", name=f"{WORD}.txt", data=WORD.encode())
    attach(session, review.id, [picture], by=by)
    saved = save_words(session, case.id, f"Dear {WORD}", seen=0, by=by)
    finding = {"check": "B01", "severity": "block", "override": "owner", "outcome": "failed"}
    submit(session, case.id, seen=saved.version, findings=[finding], lift_reason=f"{WORD} asked", by=by)
    ask_not_to_pursue(session, case.id, f"{WORD} is content", by=by)
    refuse_not_to_pursue(session, case.id, f"{WORD} is not", by=by)
    changes = {"reason": WORD, "description": f"Wine for {WORD}", "price_minor": 4_000}
    offer = propose(session, case.id, replace(USUAL_ONE, **changes), by=by, role=Role.OWNER, is_unconditional=True)  # type: ignore[arg-type]
    step(session, offer.id, OfferState.CANCELLED, seen=offer.version, reason=f"{WORD} wants none", by=by)
    session.flush()
    return case


def _figures(session: Session, place_id: int) -> dict[str, Any]:
    """What reports count: stars, anger, topics, causes, states, offers with their costs, answers, work done."""
    rows = ledger(session, place_id, None)
    tables = ("score_label", "verdict", "case_tag")
    figures: dict[str, Any] = dump(session, *tables)
    figures |= dump(
        session,
        "review",
        without=frozenset(
            set(_words_of("review"))
            | {"external_id", "content_hash", "reply_hash", "erased_at", "erased_for", "scored_with"}
        ),
    )
    figures |= dump(session, "score", without=frozenset({"content_hash", "sentences", "reasons", "risks"}))
    figures |= {"offers": [(row.kind, row.state, row.cost_minor, row.month, row.cause_id) for row in rows]}
    steps = session.execute(sa.text("SELECT count(*) FROM offer_step")).scalar()
    counts = {
        name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
        for name in ("case", "case_event", "note", "contact", "promise", "reply", "reply_version")
    }
    of_case = session.execute(select(Case.state, Case.stage, Case.cause_id, Case.is_flagged, Case.priority)).all()
    return figures | counts | {"steps": steps, "of_case": [tuple(row) for row in of_case]}


def _words_of(table: str) -> list[str]:
    return [name for held in HELD if held.table.__tablename__ == table for name in held.columns]


def _where(session: Session, word: str) -> set[str]:
    """Every column of every table in which a word stands, bytes and JSON as well."""
    found = set()
    for table, rows in dump(session).items():
        for row in rows:
            for column, value in row.items():
                text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
                if word in text:
                    found.add(f"{table}.{column}")
    return found


def test_every_column_of_words_is_known() -> None:
    """Text, JSON and bytes of a new table cannot be forgotten: they are of customers, or harmless with a reason."""
    there = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            kind = getattr(column.type, "impl", column.type)
            if isinstance(kind, (sa.String, sa.JSON, sa.LargeBinary)) and not isinstance(column.type, sa.Enum):
                there.add(f"{table.name}.{column.name}")
    known = [f"{held.table.__tablename__}.{name}" for held in HELD for name in held.columns]
    known += [f"{held.table.__tablename__}.facts" for held in HELD if held.has_typed_facts]
    known += [f"{table.__tablename__}.{name}" for table, names in OF_STAFF.items() for name in names]
    known += [f"{table}.{name}" for table, why in HARMLESS.items() for names in why.values() for name in names.split()]
    assert there - set(known) == set(), "add them to HELD or HARMLESS in db/personal.py"
    assert set(known) - there == set()
    assert len(known) == len(set(known)), "a column is in both"


def test_every_word_goes_and_every_figure_stays(session: Session, ana: Actor) -> None:
    """Whatever staff wrote through the program about an old review: nothing names its customer any more, anywhere."""
    case = _worked_on(session, ana)
    place_id = session.scalars(select(Source.location_id)).one()
    kept = _where(session, WORD)
    assert {
        "review.body",
        "revision.body",
        "note.body",
        "case_event.facts",
        "offer_step.facts",
        "attachment.data",
    } <= kept
    assert not [name for name in kept if name.startswith("audit_entry")]
    assert pseudonymise_some(session, now=NOW) == (), "a promise is open: work that is under way waits"
    session.scalars(select(Promise)).one().done_at = NOW
    session.scalars(select(Reply)).one().state = ReplyState.LIVE
    session.flush()
    before = _figures(session, place_id)
    assert list(pseudonymise_some(session, now=NOW)) == [session.scalars(select(Source.id)).one()]
    session.expire_all()
    assert _where(session, WORD) == set()
    assert _figures(session, place_id) == before
    assert pseudonymise_some(session, now=NOW) == (), "once"
    token = session.scalars(select(UndoStep.token).order_by(UndoStep.id.desc())).first()
    undone = undo(session, token or "", by=replace(ana, now=OLD))
    assert undone is None or undone.changed == 0, "no way back brings the words in"
    assert audit.verify(session).broken_at is None
    review = session.get_one(Review, case.review_id)
    again = an_item(WORD, author_name=WORD, author_ref=WORD, url=f"https://a.example/{WORD}", body=f"{WORD} anew")
    counts = ingest(session, review.source_id, [again], run_id=None, now=NOW + DAY)
    assert (counts.new, counts.unchanged, _where(session, WORD)) == (0, 1, set()), "no crawl brings it back"


def test_complaint_counts_from_the_day_it_was_taken(session: Session, ana: Actor) -> None:
    """With its contact, and the link to what the same customer wrote in public."""
    source = make_source(session)
    noted = Noted(channel=Channel.PHONE, words=f"{WORD} is cross", name=WORD, contact="+39 06 1234")
    taken = take_complaint(session, source.location_id, noted, by=replace(ana, now=OLD + 3 * DAY))
    public = make_review(session, source, published_at=NOW)
    make_case(session, public)
    link(session, taken, public.id, goes_on=public.id, by=ana)
    assert pseudonymise_some(session, now=NOW) == ()
    assert len(pseudonymise_some(session, now=NOW + 4 * DAY)) == 1
    session.expire_all()
    assert _where(session, WORD) == _where(session, "+39 06 1234") == set()
    assert dump(session, "complaint_link")["complaint_link"] == []
    assert session.get_one(Review, public.id).body


def test_own_months_of_a_source_and_a_look_ahead(session: Session, ana: Actor) -> None:
    """The look says what the runs then do; a source may keep for less, a hold keeps, and lifting it lets go."""
    short, usual = make_source(session), make_source(session)
    cases = [make_case(session, make_review(session, short, published_at=months_before(NOW, 7))) for _ in range(3)]
    make_case(session, make_review(session, usual, published_at=OLD))
    make_case(session, make_review(session, usual, published_at=months_before(NOW, 24) + 40 * DAY))
    set_source_keeping(session, short.id, 6, by=ana)
    place_hold(session, cases[0].id, "Their lawyer wrote", by=ana)
    assert not is_run_due(session, now=NOW), "the first run only begins the notice"
    ahead = look_ahead(session, now=NOW)
    assert (ahead.next_on, ahead.next_count, ahead.held, ahead.waiting) == ((NOW + NOTICE).date(), 3, 1, 0)
    assert [count for _, count in ahead.months] == [1]
    assert not is_run_due(session, now=NOW + NOTICE - DAY)
    at = NOW + NOTICE
    assert is_run_due(session, now=at)
    runs = [pseudonymise_some(session, now=at, limit=2) for _ in range(3)]  # killed after any of them, it goes on
    assert [len(run) > 0 for run in runs] == [True, True, False]
    note_run(session, now=at)
    assert (is_run_due(session, now=at), is_run_due(session, now=at + DAY)) == (False, True)
    erased = select(func.count()).select_from(Review).where(Review.erased_for == "aged")
    assert session.scalar(erased) == 3
    with pytest.raises(BadValue):
        erase_at_request(session, cases[0].review_id, now=at, vault=VAULT)
    assert lift_hold(session, cases[0].id, by=ana)
    assert not lift_hold(session, cases[0].id, by=ana)
    pseudonymise_some(session, now=at)
    assert session.scalar(erased) == 4
    kinds = [entry.kind for entry in audit.lines(session)]
    assert [kind for kind in kinds if kind.startswith("hold")] == ["hold_placed", "hold_lifted"]
    with pytest.raises(BadValue):
        set_keeping(session, 0, by=ana)


def test_answer_that_waits_is_posted_by_nobody_once_its_words_are_gone(session: Session, now: datetime) -> None:
    """Erased at its writer's wish while it was held: it goes back to an empty draft. On its way out, it is refused."""
    reply = make_reply(session)
    review_id = session.get_one(Case, reply.case_id).review_id
    reply.state = ReplyState.POSTING
    session.flush()
    with pytest.raises(BadValue):
        erase_at_request(session, review_id, now=now, vault=VAULT)
    reply.state = ReplyState.HELD
    session.flush()
    assert erase_at_request(session, review_id, now=now, vault=VAULT)
    session.expire_all()
    assert (reply.state, reply.body, reply.post_at) == (ReplyState.DRAFT, "", None)
    assert session.get_one(Case, reply.case_id).reply_state is ReplyState.DRAFT


def test_words_of_the_practice_room_age_as_well(session: Session, ana: Actor) -> None:
    """They go, and what was found in them still counts."""
    keep_attempt(session, "garage-1", WORD, seen=0, by=ana)
    tidy(session, now=NOW)
    attempt = session.scalars(select(PracticeAttempt).execution_options(populate_existing=True)).one()
    assert (attempt.body, attempt.number) == ("", 1)


def test_a_source_does_not_take_what_must_be_kept_with_it(session: Session, ana: Actor) -> None:
    """Not with its reviews; it may go and leave them, and once the hold is lifted it may take them."""
    source = make_source(session)
    held = make_case(session, make_review(session, source)).id
    place_hold(session, held, "Their lawyer wrote", by=ana)
    with pytest.raises(BadValue, match="legal reason"):
        remove_source(session, source, with_reviews=True, now=NOW)
    remove_source(session, source, with_reviews=False, now=NOW)
    assert session.get(Case, held) is not None
    lift_hold(session, held, by=ana)
    remove_source(session, source, with_reviews=True, now=NOW)
    assert session.get(Case, held) is None


def test_a_hold_is_seen_by_a_removal_at_the_same_moment(engine: Engine) -> None:
    """Placed and not committed yet: the removal waits for it, then leaves everything as it is."""
    with session_scope(engine) as session:
        ana = Actor(person_id=make_person(session).id, name="Ana", now=NOW)
        source = make_source(session)
        source_id, held = source.id, make_case(session, make_review(session, source)).id

    def remove() -> None:
        with session_scope(engine) as session:
            remove_source(session, session.get_one(Source, source_id), with_reviews=True, now=NOW)

    with ThreadPoolExecutor(1) as pool:
        with session_scope(engine) as session:
            place_hold(session, held, "Their lawyer wrote", by=ana)
            removal = pool.submit(remove)
            with pytest.raises(TimeoutError):
                removal.result(0.5)
        with pytest.raises(BadValue, match="legal reason"):
            removal.result(300)
    with read_scope(engine) as session:
        assert session.get(Case, held) is not None
