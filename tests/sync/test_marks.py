"""Marks: stars, mutes and readings are told once, in their turn, and what comes back is shown."""

from datetime import timedelta

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.services.messages import Messages
from freelancer_tui.store.cache import facts
from freelancer_tui.store.work import thread_signals
from freelancer_tui.sync.events import Finished, Unmarked
from freelancer_tui.sync.policy import Policy
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault


class Talker:
    """A user with two conversations in which a client wrote."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.market = desk, desk.market
        mint = iter(range(1000)).__next__
        folder = desk.folder / "files"
        self.messages = Messages(desk.cache, desk.work, desk.clock, lambda: str(mint()), folder)
        self.keep = self.messages.threads_kept

    async def turn(self) -> list[str]:
        """Let a turn pass; give what was told by it."""
        before = len(self.market.calls)
        self.desk.clock.pass_(30)
        await self.desk.turn()
        return [one for one in self.market.calls[before:] if one.startswith("mark")]

    def view(self, thread: int = 34) -> ThreadView:
        return self.messages.thread(thread)

    def untold(self) -> set[tuple[int, str]]:
        with self.desk.work.read() as session:
            return {(thread, kind) for thread, kind in thread_signals.untold(session)}


@pytest.fixture
async def user(desk: Desk) -> Talker:
    talker = Talker(desk)
    for thread in (34, 35):
        desk.market.says(thread, "hello")
    await talker.turn()
    return talker


async def test_marks_are_told_once_those_of_one_action_in_one_call(user: Talker) -> None:
    for thread in (34, 35):
        user.keep.turn(thread, "starred")
        user.messages.mark_read(thread)
    user.keep.turn(34, "muted")
    user.keep.turn(34, "archived")
    user.desk.says("Hi", 34)
    told = await user.turn()
    assert told == ["mark star (34, 35)", "mark read (34, 35)", "mark mute (34,)"]
    names = [one.split()[0] for one in user.market.calls]
    assert names.index("push") < names.index("mark"), "a message waited for a mark"
    assert (await user.turn(), user.untold()) == ([], set())
    assert user.market.pins.on == {(34, "star"), (35, "star"), (34, "mute")}
    assert user.market.pins.unread(35) == 0


async def test_what_is_taken_back_is_told_as_its_opposite(user: Talker) -> None:
    marked = user.keep.turn(34, "starred")
    user.keep.take_back(marked)
    assert await user.turn() == ["mark unstar (34,)"]
    assert user.market.pins.on == set()


async def test_a_wish_made_while_another_is_told_stays(user: Talker) -> None:
    def meanwhile(name: str) -> Fault | None:
        if name == "mark" and not user.view().mark.muted:
            raise AssertionError
        if name == "mark":
            user.market.on_call = lambda _: None
            user.keep.turn(34, "muted")
        return None

    user.keep.turn(34, "muted")
    user.market.on_call = meanwhile
    assert await user.turn() == ["mark mute (34,)", "mark unmute (34,)"]
    assert (user.market.pins.on, user.view().mark.muted) == (set(), False)


@pytest.mark.parametrize(
    "error",
    [Offline("no line"), Unauthorized("sign in"), RateLimited("slow", wait_seconds=20)],
    ids=lambda one: type(one).__name__,
)
async def test_what_ends_the_turn_leaves_the_mark_for_the_next(
    user: Talker, error: MarketplaceError
) -> None:
    user.keep.turn(34, "starred")
    user.market.fail("mark", error)
    assert await user.turn() == ["mark star (34,)"]
    assert user.market.pins.on == set()
    assert await user.turn() == ["mark star (34,)"]
    assert user.market.pins.on == {(34, "star")}


@pytest.mark.parametrize("error", [OutcomeUnknown("?"), WireMismatch("<html>")])
async def test_a_lost_answer_is_tried_again_one_by_one_and_not_for_ever(
    user: Talker, error: MarketplaceError
) -> None:
    user.desk.policy = Policy(most_attempts=4)
    user.desk.engine = user.desk.an_engine()
    for thread in (34, 35):
        user.keep.turn(thread, "starred")
    user.market.fail("mark", *[error] * 100, lands=True)
    told = []
    for _ in range(6):
        told += await user.turn()
    assert told[0] == "mark star (34, 35)"
    assert [told.count(f"mark star ({thread},)") for thread in (34, 35)] == [3, 3]
    assert user.view().mark.starred


async def test_a_refused_one_takes_no_other_along_and_stays_here(user: Talker) -> None:
    for thread in (34, 35):
        user.keep.turn(thread, "muted")
    user.market.pins.closed.add(34)
    user.desk.clock.pass_(30)
    events = await user.desk.turn()
    assert [one.reason for one in events if isinstance(one, Unmarked)] == [
        "There is no such thread."
    ]
    assert user.market.pins.on == {(35, "mute")}
    await user.turn()
    assert [user.view(thread).mark.muted for thread in (34, 35)] == [True, True]
    assert await user.turn() == []
    user.market.pins.closed.clear()
    user.keep.turn(34, "muted")
    assert await user.turn() == ["mark unmute (34,)"]


async def test_a_mute_of_the_website_is_seen_here_unless_ours_waits(user: Talker) -> None:
    user.market.pins.put(34, "mute", True)
    await user.turn()
    assert (user.view().mark.muted, user.view(35).mark.muted) == (True, False)
    user.keep.turn(34, "muted")
    assert not user.view().mark.muted
    user.market.fail("mark", OutcomeUnknown("?"))
    await user.turn()
    assert not user.view().mark.muted
    while (34, "mute") in user.untold():
        await user.turn()
    assert not user.view().mark.muted
    assert user.market.pins.on == set()


async def test_what_nobody_saw_is_not_told_as_read(user: Talker) -> None:
    """It is read as far as it is here; another word comes before that was told."""
    user.messages.mark_read(34)
    user.desk.clock.pass_(30)
    user.market.says(34, "and another thing")
    user.market.fail("mark", OutcomeUnknown("?"))
    assert await user.turn() == ["mark read (34,)"]
    assert await user.turn() == [], "it was told, though something in it is unseen"
    assert user.view().thread.unread == 2
    user.messages.mark_read(34)
    assert user.view().thread.unread == 0
    assert await user.turn() == ["mark read (34,)"]
    assert user.market.pins.unread(34) == 0


@pytest.mark.parametrize("lands", ["told", "lost", "late"])
async def test_what_comes_while_it_is_told_stays_unread(user: Talker, lands: str) -> None:
    """There it counts as read by our word, though nobody saw it."""
    user.messages.mark_read(34)
    user.desk.clock.pass_(30)
    user.market.says(34, "and another thing")
    if lands == "lost":
        user.market.fail("mark", OutcomeUnknown("?"), lands=True)
    if lands == "late":
        user.market.scripted["mark"].append(Fault(OutcomeUnknown("?"), lands_later=0))
    await user.turn()
    assert (user.market.pins.unread(34), user.view().thread.unread) == (0, 1)
    assert [one.thread.remote_id for one in user.keep.news()] == []
    user.messages.mark_read(34)
    await user.turn()
    assert user.view().thread.unread == 0


async def test_what_is_read_here_stays_read_and_there_too(user: Talker) -> None:
    user.messages.mark_read(34)
    assert user.view().thread.unread == 0
    user.market.fail("mark", Offline("no line"))
    await user.turn()
    assert user.view().thread.unread == 0
    await user.turn()
    user.market.pins.put(35, "read", is_on=True)
    await user.turn()
    assert [user.view(thread).thread.unread for thread in (34, 35)] == [0, 0]
    user.messages.mark_read(35)
    assert await user.turn() == [], "nothing was unread there"
    user.market.says(34, "my own words", ME)
    await user.turn()
    assert user.view().thread.unread == 0


async def test_an_answer_of_ones_own_is_no_news(user: Talker) -> None:
    """It moves the conversation while the reading still waits, here and there."""
    user.messages.mark_read(34)
    user.market.fail("mark", OutcomeUnknown("?"), Offline("no line"))
    await user.turn()
    user.desk.says("Yes", 34)
    user.desk.clock.pass_(5)
    await user.desk.turn()
    for _ in range(3):
        assert user.view().thread.unread == 0
        await user.turn()
    assert (user.market.pins.unread(34), user.untold()) == (0, set())


async def test_words_that_came_after_the_list_do_not_make_it_unread(user: Talker) -> None:
    """The messages of a conversation can be newer here than what the list tells of it."""
    user.desk.clock.pass_(30)
    user.market.says(34, "my own words", ME)
    await user.turn()
    user.desk.clock.pass_(30)
    said = user.market.says(34, "and one more")
    page = Page((said,), None, False, user.market.time())
    with user.desk.cache.transaction() as connection:
        facts.store(connection, Feed("messages", "34"), page)
    user.messages.mark_read(34)
    assert user.view().thread.unread == 0


async def test_a_turn_by_hand_waits_for_no_back_off(user: Talker) -> None:
    user.keep.turn(34, "starred")
    user.market.fail("mark", *[OutcomeUnknown("?")] * 3)
    user.desk.random.seed(3)
    end = (await user.desk.turn())[-1]
    assert isinstance(end, Finished)
    assert end.next_at - user.desk.clock.now < timedelta(seconds=10)
    while (34, "star") in user.untold():
        await user.desk.turn(by_hand=True)
    assert user.market.pins.on == {(34, "star")}
