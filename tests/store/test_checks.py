"""Checks: when a project is asked for again, and what is marked as gone and found again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache import checks, facts, projects
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import NOW, a_project

HOUR = timedelta(hours=1)


def keep(cache: CacheDatabase, at: datetime, *found: Project) -> int:
    with cache.transaction() as connection:
        page = Page(found, None, False, at)
        return facts.store(connection, Feed("projects"), page)


def bury(cache: CacheDatabase, at: datetime, *ids: int) -> int:
    with cache.transaction() as connection:
        return facts.bury(connection, Feed("projects"), ids, at)


def due(cache: CacheDatabase, at: datetime, limit: int = 100) -> list[int]:
    """Give what is due once the marketplace's time has reached `at`."""
    with cache.transaction() as connection:
        facts.store(connection, Feed("threads"), Page((), None, False, at))
        return checks.due(connection, limit)


def status(cache: CacheDatabase, remote_id: int = 1) -> str:
    with cache.read() as connection:
        whole = projects.get(connection, remote_id)
        listed = projects.summaries(connection, [remote_id])[remote_id]
    assert whole is not None
    assert whole.status == listed.status
    return whole.status


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), HOUR),
        (10 * HOUR, HOUR),
        (30 * HOUR, 3 * HOUR),
        (timedelta(days=5), 12 * HOUR),
        (timedelta(days=300), timedelta(days=1)),
    ],
)
def test_the_older_a_project_the_rarer_it_is_asked_for(
    cache: CacheDatabase, age: timedelta, wait: timedelta
) -> None:
    keep(cache, NOW, a_project(1, posted_at=NOW - age, updated_at=NOW))
    assert due(cache, NOW + wait - timedelta(seconds=1)) == []
    assert due(cache, NOW + wait) == [1]


def test_those_that_wait_longest_come_first_and_only_so_many(cache: CacheDatabase) -> None:
    for hours, number in ((3, 1), (1, 2), (2, 3)):
        keep(cache, NOW + hours * HOUR, a_project(number, posted_at=NOW, updated_at=NOW))
    assert due(cache, NOW + 9 * HOUR, 2) == [2, 3]


@pytest.mark.parametrize("over", ["closed", "complete", "in_progress"])
def test_what_is_over_is_not_asked_for(cache: CacheDatabase, over: str) -> None:
    one = a_project(1, posted_at=NOW, updated_at=NOW)
    keep(cache, NOW, one)
    keep(cache, NOW, replace(one, status=over))  # type: ignore[arg-type]
    assert due(cache, NOW + 40 * HOUR) == []


def test_a_tombstone_keeps_the_row_and_is_told_once(cache: CacheDatabase) -> None:
    keep(cache, NOW, a_project(1, title="Web shop"), a_project(2))
    assert bury(cache, NOW + HOUR, 1, 999) == 1
    assert bury(cache, NOW + 2 * HOUR, 1) == 0
    assert (status(cache), status(cache, 2)) == ("removed", "open")
    with cache.read() as connection:
        assert projects.count(connection) == 2
        gone_at = connection.execute("SELECT gone_at FROM projects WHERE remote_id = 1").fetchone()
    assert gone_at[0] == int((NOW + HOUR).timestamp()) * 1_000_000


def test_the_very_same_fact_lifts_the_tombstone(cache: CacheDatabase) -> None:
    one = a_project(1)
    keep(cache, NOW, one)
    bury(cache, NOW + HOUR, 1)
    keep(cache, NOW + 2 * HOUR, one)
    assert status(cache) == "open"


def test_what_was_said_before_the_tombstone_does_not_lift_it(cache: CacheDatabase) -> None:
    one = a_project(1)
    keep(cache, NOW, one)
    bury(cache, NOW + HOUR, 1)
    keep(cache, NOW, one)
    assert status(cache) == "removed"


def test_what_failed_to_be_asked_waits_an_hour_by_their_time(cache: CacheDatabase) -> None:
    keep(cache, NOW, a_project(1, posted_at=NOW, updated_at=NOW))
    assert due(cache, NOW + 5 * HOUR) == [1]
    with cache.transaction() as connection:
        checks.later(connection, [1, 999])
    assert due(cache, NOW + 5.9 * HOUR) == []
    assert due(cache, NOW + 6 * HOUR) == [1]


def test_a_removed_job_that_comes_back_changed_is_indexed_anew(cache: CacheDatabase) -> None:
    """Only its price changed: the index still had it as removed, and the row no longer said so."""
    job = a_project(1, updated_at=NOW)
    keep(cache, NOW, job)
    bury(cache, NOW + HOUR, 1)
    keep(cache, NOW + 2 * HOUR, replace(job, bid_count=9, updated_at=NOW + HOUR))
    assert status(cache) == "open"
    with cache.transaction() as connection:
        connection.execute(
            "INSERT INTO project_words (project_words, rank) VALUES ('integrity-check', 1)"
        )
