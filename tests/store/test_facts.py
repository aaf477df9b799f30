"""Facts: what the marketplace said comes back equal, and is written only when it differs."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Person, Reputation
from freelancer_tui.domain.projects import Skill
from freelancer_tui.store.cache import (
    bids,
    cursors,
    facts,
    messages,
    milestones,
    people,
    projects,
    reference,
    threads,
)
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import (
    CLIENT,
    ME,
    NOW,
    a_bid,
    a_currency,
    a_message,
    a_milestone,
    a_milestone_request,
    a_page,
    a_person,
    a_profile,
    a_project,
    a_thread,
    usd,
)
from tests.store.desk import JOBS, ids_for, keep

LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(hours=1)
FULL_PERSON = a_person(
    registered_at=EARLIER,
    payment_verified=True,
    email_verified=False,
    reputation=Reputation(Decimal("4.95"), 10, 9, Decimal("0.9"), (("quality", Decimal("4.5")),)),
    employer_reputation=Reputation(),
)
FULL_BID = a_bid(
    retracted=True,
    award_status="awarded",
    awarded_at=NOW,
    accepted_at=LATER,
    shortlisted=True,
    complete=True,
    paid=usd("0.01"),
    rank=3,
)
FILE = Attachment("brief.pdf", 12, "application/pdf")
FULL_MESSAGE = a_message(client_message_id="12", attachments=(FILE, Attachment("x")))

Reading = Callable[[sqlite3.Connection], Fact | None]
ROUND_TRIPS: list[tuple[Fact, Reading]] = [
    (a_project(bid_average=usd("9.99"), traits=("NDA",)), lambda c: projects.get(c, 1)),
    (a_project(description=None, skills=()), lambda c: projects.get(c, 1)),
    (FULL_PERSON, lambda c: people.get(c, CLIENT)),
    (a_person(), lambda c: people.get(c, CLIENT)),
    (a_profile(bids_left=None), people.profile),
    (Skill(3, "PHP", "Websites"), lambda c: reference.skills(c, [3, 4])[0]),
    (a_currency(), lambda c: reference.currencies(c)[0]),
    (a_currency(usd_rate=None), lambda c: reference.currencies(c)[0]),
    (FULL_BID, lambda c: bids.of_project(c, 1)),
    (a_bid(), lambda c: bids.mine(c)[0]),
    (a_thread(unread=2), lambda c: threads.get(c, 30)),
    (a_thread(member_ids=(), project_remote_id=None), lambda c: threads.recent(c, 5)[0]),
    (FULL_MESSAGE, lambda c: messages.in_thread(c, 30, 5)[0]),
    (a_milestone(), lambda c: milestones.lines(c, 5)[0]),
    (a_milestone_request(bid_remote_id=None), lambda c: milestones.lines(c, 5)[0]),
]


@pytest.mark.parametrize(("fact", "reading"), ROUND_TRIPS)
def test_a_fact_comes_back_and_is_not_written_twice(
    cache: CacheDatabase, fact: Fact, reading: Reading
) -> None:
    keep(cache, a_profile())
    assert keep(cache, fact) >= (0 if isinstance(fact, Person) else 1)  # companions do not count
    with cache.read() as connection:
        assert reading(connection) == fact
    assert _written(cache, fact) == 0


def _written(cache: CacheDatabase, *found: Fact) -> int:
    """Give how many rows SQLite itself wrote, beside the feed's place."""
    with cache.transaction() as connection:
        before = connection.total_changes
    assert keep(cache, *found) == 0
    with cache.transaction() as connection:
        return connection.total_changes - before - 1


def test_only_what_differs_is_written(cache: CacheDatabase) -> None:
    many = [a_project(number) for number in range(1, 101)]
    assert keep(cache, *many) == 100
    many[7] = replace(many[7], bid_count=4, updated_at=LATER)
    assert keep(cache, *many) == 1


def test_an_older_fact_changes_nothing(cache: CacheDatabase) -> None:
    keep(cache, a_project(title="New", updated_at=LATER), a_thread(unread=5, updated_at=LATER))
    keep(cache, a_project(title="Old"), a_thread())
    with cache.read() as connection:
        project, thread = projects.get(connection, 1), threads.get(connection, 30)
    assert project is not None
    assert thread is not None
    assert (project.title, thread.unread) == ("New", 5)
    assert ids_for(cache, "old ") == []


def test_the_newest_of_two_in_one_page_counts(cache: CacheDatabase) -> None:
    newer = a_project(title="New", updated_at=LATER)
    keep(cache, newer, a_project(title="Old"))
    with cache.read() as connection:
        assert projects.get(connection, 1) == newer
        assert projects.count(connection) == 1


def test_a_preview_does_not_wipe_the_text(cache: CacheDatabase) -> None:
    whole = a_project(description="The whole brief")
    keep(cache, whole)
    keep(cache, replace(whole, description=None, title="Other title", updated_at=LATER))
    with cache.read() as connection:
        kept = projects.get(connection, 1)
    assert kept == replace(whole, title="Other title", updated_at=LATER)
    assert ids_for(cache, "other brief") == [1]
    assert (
        _written(cache, replace(whole, description=None, title="Other title", updated_at=LATER))
        == 0
    )


def test_what_a_fact_leaves_out_about_somebody_stays(cache: CacheDatabase) -> None:
    keep(cache, FULL_PERSON)
    keep(cache, replace(a_person(), city="", display_name="Renamed"))
    with cache.read() as connection:
        assert people.get(connection, CLIENT) == replace(FULL_PERSON, display_name="Renamed")
        assert people.names(connection, [CLIENT, 1]) == {CLIENT: "Renamed"}


def test_another_profile_takes_the_place_of_the_old_one(cache: CacheDatabase) -> None:
    keep(cache, a_profile())
    other = a_profile(person=a_person(701))
    keep(cache, other)
    with cache.read() as connection:
        assert people.profile(connection) == other


def test_only_my_bids_are_mine(cache: CacheDatabase) -> None:
    keep(cache, a_bid(1), a_bid(2, bidder_id=5, project_remote_id=2))
    with cache.read() as connection:
        assert bids.mine(connection) == []
    keep(cache, a_profile(), a_bid(3, submitted_at=LATER))
    with cache.read() as connection:
        assert [bid.remote_id for bid in bids.mine(connection)] == [3, 1]
        found = bids.of_project(connection, 1)
        assert found is not None
        assert found.remote_id == 3
        assert bids.project_ids(connection) == [1]
        assert bids.of_project(connection, 2) is None


def test_a_complete_page_keeps_what_it_lacks(cache: CacheDatabase) -> None:
    keep(cache, a_profile(), a_bid(1))
    with cache.transaction() as connection:
        facts.store(connection, Feed("bids"), a_page(a_bid(2), complete=True))
    with cache.read() as connection:
        assert {bid.remote_id for bid in bids.mine(connection)} == {1, 2}


def test_the_last_messages_oldest_first(cache: CacheDatabase) -> None:
    keep(cache, *(a_message(number) for number in range(1, 11)), a_message(99, thread_remote_id=31))
    with cache.read() as connection:
        last = messages.in_thread(connection, 30, 3)
        earlier = messages.in_thread(connection, 30, 3, before=8)
        assert messages.known(connection, [1, 2, 50]) == {1, 2}
    assert [message.remote_id for message in last] == [8, 9, 10]
    assert [message.remote_id for message in earlier] == [5, 6, 7]


def test_threads_with_unread_changes_are_stale(cache: CacheDatabase) -> None:
    keep(cache, a_thread(1), a_thread(2, updated_at=LATER), a_thread(3, updated_at=EARLIER))
    keep(cache, feed=Feed("messages", "1"))
    keep(cache, feed=Feed("messages", "3"))
    with cache.read() as connection:
        assert threads.stale(connection, 10) == [2, 1]  # 1 changed in the second we read it
    with cache.transaction() as connection:
        cursors.move(connection, Feed("messages", "1"), a_page(at=LATER))
        cursors.move(connection, Feed("messages", "2"), a_page(at=LATER + timedelta(1), more=True))
    with cache.read() as connection:
        assert threads.stale(connection, 10) == [2]


def test_a_place_moves_with_its_page(cache: CacheDatabase) -> None:
    with cache.transaction() as connection:
        cursors.move(connection, JOBS, a_page(cursor="a"))
        cursors.move(connection, JOBS, a_page(cursor="b", more=True, at=LATER))
    with cache.read() as connection:
        assert cursors.get(connection, JOBS) == cursors.FeedPlace("b", NOW, more=True)
        assert cursors.all(connection) == {JOBS: cursors.FeedPlace("b", NOW, more=True)}
        assert cursors.get(connection, Feed("bids")) is None
    with cache.transaction() as connection:
        cursors.forget(connection, JOBS)
    with cache.read() as connection:
        assert cursors.all(connection) == {}


def test_a_failed_transaction_keeps_neither_facts_nor_place(cache: CacheDatabase) -> None:
    with pytest.raises(ZeroDivisionError), cache.transaction() as connection:
        _store_and_fail(connection)
    with cache.read() as connection:
        assert cursors.all(connection) == {}
        assert projects.get(connection, 1) is None
    assert ids_for(cache, "batik") == []


def _store_and_fail(connection: sqlite3.Connection) -> None:
    facts.store(connection, JOBS, a_page(a_project()))
    raise ZeroDivisionError


TEXTS = st.sampled_from(["logo", "toko kopi", "résumé", "网站设计", "a b c", "", "shop shop"])
CHANGES = st.lists(
    st.tuples(
        st.integers(1, 4), TEXTS, st.none() | TEXTS, TEXTS, st.integers(-3, 3), st.integers(0, 2)
    ),
    max_size=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, max_size=6))
def test_the_index_never_drifts_from_the_rows(
    cache: CacheDatabase, pages: list[list[tuple[int, str, str | None, str, int, int]]]
) -> None:
    for page in pages:
        keep(
            cache,
            *(
                a_project(
                    remote_id,
                    title=title,
                    description=description,
                    preview=preview,
                    updated_at=NOW + timedelta(hours=hours),
                    bid_count=bid_count,
                )
                for remote_id, title, description, preview, hours, bid_count in page
            ),
        )
    with cache.transaction() as connection:
        connection.execute(
            "INSERT INTO project_words (project_words, rank) VALUES ('integrity-check', 1)"
        )
        counted = connection.execute("SELECT count(*) FROM projects").fetchone()[0]
        assert projects.count(connection) == counted


def test_ids_that_the_cache_has(cache: CacheDatabase) -> None:
    keep(cache, a_project(1), a_person())
    with cache.read() as connection:
        assert projects.known(connection, [1, 2]) == {1}
        assert people.known(connection, {CLIENT, ME}) == {CLIENT}
        assert set(projects.summaries(connection, [1, 2])) == {1}
