"""Happenings: what became of a job, and which earlier ones are like it."""

from datetime import timedelta

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.happenings import Happening, likeness, words_of
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.store.cache import facts, happenings, likes
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import ME, NOW, a_bid, a_page, a_profile, a_project, usd

LATER = NOW + timedelta(hours=5)


def keep(cache: CacheDatabase, *projects: Project, **page: object) -> None:
    with cache.transaction() as connection:
        facts.store(connection, Feed("projects"), a_page(*projects, **page))


def told(cache: CacheDatabase, remote_id: int = 1) -> list[tuple[str, str, str]]:
    with cache.read() as connection:
        return [(one.kind, one.was, one.now) for one in happenings.of(connection, remote_id)]


def test_what_changes_is_told_with_its_time_and_the_newest_first(cache: CacheDatabase) -> None:
    keep(cache, a_project())
    dearer = Budget("USD", usd("200"), None)
    keep(cache, a_project(budget=dearer, title="Build two shops", updated_at=LATER), at=LATER)
    keep(cache, a_project(budget=dearer, title="Build two shops", status="closed"), at=LATER)
    assert told(cache) == [
        ("budget", "fixed USD 10000 50000", "fixed USD 20000 -"),
        ("title", "Build a web shop", "Build two shops"),
    ]
    keep(cache, a_project(
        budget=dearer, title="Build two shops", status="closed", updated_at=LATER,
        description="I sell batik.",
    ))  # fmt: skip
    with cache.read() as connection:
        newest = happenings.of(connection, 1)[0]
    assert newest == Happening("status", "open", "closed", NOW)


def test_a_text_that_was_not_known_whole_is_no_change(cache: CacheDatabase) -> None:
    keep(cache, a_project(description=None))
    keep(cache, a_project(updated_at=LATER))
    assert told(cache) == []
    keep(cache, a_project(description="Three words only", updated_at=LATER + timedelta(hours=1)))
    assert told(cache) == [("text", "15", "3")]


def test_the_same_page_again_tells_nothing(cache: CacheDatabase) -> None:
    keep(cache, a_project())
    keep(cache, a_project(bid_count=9))
    keep(cache, a_project(title="Older news", updated_at=NOW - timedelta(hours=1)))
    assert told(cache) == []


def test_a_job_that_is_removed_and_comes_back(cache: CacheDatabase) -> None:
    keep(cache, a_project())
    with cache.transaction() as connection:
        facts.bury(connection, Feed("projects", "ids:1,2"), [1, 2], LATER)
        facts.bury(connection, Feed("projects", "ids:1,2"), [1, 2], LATER)
    keep(cache, a_project(), at=LATER + timedelta(hours=1))
    assert told(cache) == [("status", "removed", "open"), ("status", "open", "removed")]


def test_old_happenings_make_room(cache: CacheDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happenings, "MOST_KEPT", 3)
    for hour in range(6):
        at = NOW + timedelta(hours=hour)
        keep(cache, a_project(title=f"Shop {hour}", updated_at=at), at=at)
    assert [now for _kind, _was, now in told(cache)] == ["Shop 5", "Shop 4", "Shop 3"]


def test_similar_jobs_are_the_clients_own_and_those_with_the_same_words(
    cache: CacheDatabase,
) -> None:
    batik = "I sell batik and need a shop"
    keep(
        cache,
        a_project(1, title="Batik shop with payments", owner_id=5),
        a_project(2, title="Translate a novel"),
        a_project(3, title="Build a web shop", preview=batik, status="closed"),
        a_project(4, title="Batik catalogue shop, photographs", owner_id=6),
        a_project(5, title="Logo", owner_id=7),
        a_project(9, title="Build web shop: batik, payments", preview=batik),
        a_project(12, title="Build a web shop"),
    )
    with cache.transaction() as connection:
        facts.store(connection, Feed("self"), a_page(a_profile()))
        bid = a_bid(project_remote_id=3, bidder_id=ME, award_status="rejected")
        facts.store(connection, Feed("bids"), a_page(bid))
    with cache.read() as connection:
        found = likes.similar(connection, a_project(9, title="Build web shop: batik, payments"))
    assert [one.remote_id for one in found] == [3, 2, 1]
    assert [one.same_client for one in found] == [True, True, False]
    assert found[0].bid_status == "rejected"
    assert found[0].status == "closed"


def test_the_same_words_again_are_a_repost(cache: CacheDatabase) -> None:
    keep(cache, a_project(1, status="closed"), a_project(2, title="Proofread a thesis"))
    with cache.read() as connection:
        found = likes.similar(connection, a_project(3, title="Build a web shop!"))
    assert [(one.remote_id, one.is_repost) for one in found] == [(1, True), (2, False)]


def test_likeness_is_the_part_of_words_in_common() -> None:
    assert likeness(words_of("Logo for a warung"), words_of("warung: FOR logo")) == 1
    assert likeness(words_of("a b"), words_of("")) == 0
    assert likeness(words_of("logo warung"), words_of("logo kopi")) == pytest.approx(1 / 3)
