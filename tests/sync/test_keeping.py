"""Keeping: the jobs that concern the user outlive the cache, with their history."""

from datetime import timedelta

from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.happenings import Happening
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.store.cache import facts, happenings, projects
from freelancer_tui.store.work import notes
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.sync.keeping import keep
from tests.factories import NOW, a_bid, a_page, a_profile, a_project, usd
from tests.sync.desk import Desk

LATER = NOW + timedelta(hours=5)
FILES = ("cache.db", "cache.db-wal", "cache.db-shm")


def tell(desk: Desk, *told: Fact, at: object = NOW) -> None:
    with desk.cache.transaction() as connection:
        facts.store(connection, Feed("projects"), a_page(*told, at=at, cursor=None))


def lose_the_cache(desk: Desk) -> None:
    desk.close()
    for name in FILES:
        (desk.folder / name).unlink(missing_ok=True)
    desk.open()


def known(desk: Desk, remote_id: int) -> tuple[Project | None, tuple[Happening, ...]]:
    with desk.cache.read() as connection:
        return projects.get(connection, remote_id), happenings.of(connection, remote_id)


def concern(desk: Desk) -> None:
    """Star job 1, jot something down about job 2, and bid on job 3; job 4 is none of ours."""
    jobs = [a_project(one) for one in (1, 2, 3, 4)]
    tell(desk, *jobs, a_profile(), a_bid(30, project_remote_id=3))
    dearer = Budget("USD", usd("200"), None)
    tell(desk, a_project(1, budget=dearer, status="awarded", updated_at=LATER), at=LATER)
    marks = Marks(desk.folder)
    marks.put(1, "star", NOW)
    with marks.pad.transaction() as connection:
        notes.put(connection, 2, "call them", NOW)
    marks.close()


def test_what_concerns_me_is_there_again_after_the_cache_was_deleted(desk: Desk) -> None:
    concern(desk)
    with desk.cache.transaction() as connection:
        facts.bury(connection, Feed("projects"), [2], LATER)
    keep(desk.cache, desk.work)
    before = [known(desk, one) for one in (1, 2, 3)]
    assert [len(history) for _job, history in before] == [2, 1, 0]

    lose_the_cache(desk)
    assert known(desk, 1) == (None, ())
    keep(desk.cache, desk.work)

    assert [known(desk, one) for one in (1, 2, 3)] == before
    assert before[1][0] is not None
    assert before[1][0].status == "removed"
    assert known(desk, 4) == (None, ())


async def test_each_turn_keeps_and_brings_back(desk: Desk) -> None:
    concern(desk)
    await desk.turn()
    _job, history = known(desk, 1)
    lose_the_cache(desk)
    await desk.turn()
    _job, told = known(desk, 1)
    assert set(history) <= set(told)


def test_a_job_that_came_back_by_itself_gets_its_history_once(desk: Desk) -> None:
    concern(desk)
    keep(desk.cache, desk.work)
    _job, history = known(desk, 1)

    lose_the_cache(desk)
    tell(desk, a_project(1, title="Other words", updated_at=LATER + timedelta(hours=1)))
    for _ in range(2):
        keep(desk.cache, desk.work)
        again, told = known(desk, 1)
        assert again is not None
        assert again.title == "Other words"
        assert told == history


def test_nothing_is_written_where_nothing_changed(desk: Desk) -> None:
    concern(desk)
    keep(desk.cache, desk.work)
    with desk.work.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA data_version").scalar()
        keep(desk.cache, desk.work)
        assert session.connection().exec_driver_sql("PRAGMA data_version").scalar() == pages
