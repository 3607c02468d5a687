"""Real processes that race for the same rows: each row is theirs once, and nobody meets an error."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import chain

from sqlalchemy import Engine, select

from db.models import Case, Review, Revision, Source
from db.session import read_scope, session_scope
from tests.factories import NOW, make_case, make_review, make_source

from .racers import race, race_mixed


def _source(engine: Engine) -> int:
    with session_scope(engine) as session:
        return make_source(session).id


def test_two_crawls_of_one_source_store_each_review_once(engine: Engine, database_url: str) -> None:
    """Both hand over the same 300 reviews; one of them finds them new."""
    source_id = _source(engine)
    counts = race("ingest", database_url, [f"{source_id}:first:1"] * 3)
    assert sorted(counts) == [[[0, 0, 300]], [[0, 0, 300]], [[300, 0, 0]]]
    with read_scope(engine) as session:
        assert len(session.scalars(select(Review.id)).all()) == 300
        assert len(session.scalars(select(Case.id)).all()) == 300


def test_two_crawls_that_find_the_same_edit_keep_one_revision(engine: Engine, database_url: str) -> None:
    """The old wording is kept once, whoever comes first."""
    source_id = _source(engine)
    race("ingest", database_url, [f"{source_id}:first:1"])
    counts = race("ingest", database_url, [f"{source_id}:second:1"] * 3)
    assert sorted(counts) == [[[0, 0, 300]], [[0, 0, 300]], [[0, 300, 0]]]
    with read_scope(engine) as session:
        assert set(session.scalars(select(Revision.number))) == {1}
        assert len(session.scalars(select(Revision.id)).all()) == 300


def test_crawls_that_disagree_lose_no_wording(engine: Engine, database_url: str) -> None:
    """Two processes show other wordings in turn, ten times each: the history has no gap and no double."""
    source_id = _source(engine)
    race("ingest", database_url, [f"{source_id}:first:10", f"{source_id}:second:10"])
    with read_scope(engine) as session:
        numbers: dict[int, list[int]] = {}
        for review_id, number in session.execute(select(Revision.review_id, Revision.number).order_by(Revision.number)):
            numbers.setdefault(review_id, []).append(number)
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
        assert len(numbers) == 300


def test_each_due_source_is_claimed_once(engine: Engine, database_url: str) -> None:
    """Four workers share out forty due sources; a source that is not due, off or taken stays."""
    with session_scope(engine) as session:
        due = {make_source(session, next_crawl_at=NOW - timedelta(minutes=number)).id for number in range(40)}
        make_source(session, next_crawl_at=NOW + timedelta(seconds=1))
        make_source(session, next_crawl_at=None)
        make_source(session, is_enabled=False)
        make_source(session, claim="other", claimed_until=NOW + timedelta(seconds=1))
    taken = Counter(chain.from_iterable(race("claim_due", database_url, [""] * 4)))
    assert taken == Counter(dict.fromkeys(due, 1))


def test_a_host_is_read_by_one_at_a_time(engine: Engine, database_url: str) -> None:
    """Four workers share out sixty sources of five hosts: each once, and never two of one host at a time."""
    with session_scope(engine) as session:
        due = {make_source(session, next_crawl_at=NOW, host=f"host-{number % 5}:443").id for number in range(60)}
    turns = race("take_turns", database_url, ["1"] * 4)
    assert Counter(chain.from_iterable(taken for taken, _ in turns)) == Counter(dict.fromkeys(due, 1))
    assert sum(clashes for _, clashes in turns) == 0


def test_one_of_a_host_is_had_when_all_want_another(engine: Engine, database_url: str) -> None:
    """Five workers each want a source of their own, all of one host: one gets it."""
    with session_scope(engine) as session:
        ids = [make_source(session, host="reviews.example:443").id for _ in range(5)]
    assert len([token for token in race("claim_one", database_url, [str(one) for one in ids]) if token]) == 1


def test_one_source_is_claimed_by_one(engine: Engine, database_url: str) -> None:
    """Of five who want this one, one gets it; the database names the same token."""
    source_id = _source(engine)
    tokens = [token for token in race("claim_one", database_url, [str(source_id)] * 5) if token]
    assert len(tokens) == 1
    with read_scope(engine) as session:
        assert session.scalars(select(Source.claim)).one() == tokens[0]


def test_each_unscored_review_is_claimed_once(engine: Engine, database_url: str) -> None:
    """Four workers take batches of seven until nothing is left: all 300, none twice."""
    with session_scope(engine) as session:
        source = make_source(session)
        wanted = set()
        for number in range(300):
            review = make_review(session, source, published_at=NOW - timedelta(hours=number % 50))
            make_case(session, review)
            wanted.add(review.id)
    taken = race("claim_unscored", database_url, ["7"] * 4)
    assert Counter(chain.from_iterable(taken)) == Counter(dict.fromkeys(wanted, 1))


def test_crawlers_and_scorers_do_not_wait_in_a_circle(engine: Engine, database_url: str) -> None:
    """Two crawls that edit the same reviews, two scorers that score them and renew priorities: nobody is cut off."""
    source_id = _source(engine)
    race("ingest", database_url, [f"{source_id}:first:1"])
    entries = [("ingest", f"{source_id}:{wording}:12") for wording in ("second", "third")] + [("score", "12")] * 2
    *crawled, first, second = race_mixed(database_url, entries)
    assert all(sum(counts) == 300 for rounds in crawled for counts in rounds)
    assert first + second > 0
    with read_scope(engine) as session:
        assert len(session.scalars(select(Case.id)).all()) == 300


def test_four_starts_at_once_migrate_once(empty_url: str) -> None:
    """Web and worker start together on an empty database: each ends with a sound one."""
    assert race("upgrade", empty_url, [""] * 4) == [[]] * 4
