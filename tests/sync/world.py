"""World: one user, one marketplace and a bad line between them, all drawn from a seed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import ParamSpec, TypeVar

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import Intent, OutboxEntry, PlaceBid, SendMessage
from freelancer_tui.errors import Offline, OutcomeUnknown, RateLimited, WireMismatch
from freelancer_tui.store.cache import bids, cursors, messages, projects, threads
from freelancer_tui.store.work import outbox
from freelancer_tui.sync.events import Event, Finished, Moved, WentOffline
from tests.sync.desk import Desk
from tests.sync.market import Fault

P = ParamSpec("P")
T = TypeVar("T")

THREADS = (34, 35)
PROJECTS = range(12, 18)
WORDS = ("ok", "ok", "yes", "NO way", "I will look at it tomorrow.")


class PowerCut(Exception):
    """The program ends here; what is on disk is all that stays."""


class World:
    """A run: everything that happens in it follows from its seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.desk = Desk(folder, seed)
        self.market = self.desk.market
        self.fault_rate = self.random.uniform(0, 0.5)
        self.crash_rate = self.random.choice([0, 0.005, 0.03])
        self.market.page_size = self.random.choice([1, 3, 100])
        self.market.echoes = self.random.random() < 0.5
        self.market.on_call = self._weather
        self.desk.offload = self._offload
        self.market.posts(self.random.randrange(8))
        self.intents: dict[str, Intent] = {}
        """What the user queued, by the entry's id, in that order."""
        self.free = list(PROJECTS)
        self.settled_by_hand: set[str] = set()
        self.trace: list[str] = []
        self.figures: Counter[str] = Counter()
        self.is_calm = False
        self.quiet_until = self.desk.clock.now
        """Until when they asked us not to call."""

    async def storm(self, turns: int) -> None:
        """Let everything go wrong, and check after each turn that nothing is broken by it."""
        for _ in range(turns):
            self._people_act()
            await self._turn(by_hand=self.random.random() < 0.2)
            self._check_always()
            self._move_a_clock()

    async def calm(self) -> None:
        """Let everything work; all that waits has to come to its end."""
        self.is_calm = True
        for _ in range(120):
            await self._turn()
            self.desk.clock.pass_(60)
            self._check_always()
            if self._answer_what_asks() == 0 and not self._live():
                break
        for _ in range(2):  # a pause named in the storm may still last
            self.desk.clock.pass_(120)
            await self._turn(by_hand=True)

    # What happens

    def _people_act(self) -> None:
        act = self.random.random
        for _ in range(self.random.randrange(3)):
            self._queued(self.desk.says(self.random.choice(WORDS), self.random.choice(THREADS)))
        if self.free and act() < 0.3:
            words = self.random.choice(["I can do this.", "NO way"])
            self._queued(self.desk.bids(self.free.pop(), words))
        if act() < 0.3:
            self.market.says(self.random.choice(THREADS), self.random.choice(WORDS))
        if act() < 0.2:
            self.market.posts(self.random.randrange(4))
        self._answer_what_asks()

    def _queued(self, entry_id: str) -> None:
        self.intents[entry_id] = self.desk.entry(entry_id).intent

    async def _turn(self, *, by_hand: bool = False) -> None:
        try:
            async for event in self.desk.engine.turn(by_hand=by_hand):
                self._note(event)
                if isinstance(event, Finished | WentOffline):
                    self._wait_until_due(event)
        except PowerCut:
            self.figures["crashes"] += 1
            self.trace.append("power cut")
            self.quiet_until = self.desk.clock.now  # it may have come before the wish was kept
            self.desk.reopen()
        self.figures["turns"] += 1

    def _wait_until_due(self, event: Finished | WentOffline) -> None:
        soon = self.random.random() < 0.1 and not self.is_calm
        if not soon and event.next_at > self.desk.clock.now:
            self.desk.clock.now = event.next_at

    def _move_a_clock(self) -> None:
        """Ours jumps, theirs does not; only forward while something waits in the queue."""
        if self.random.random() < 0.05:
            hours = self.random.uniform(-48 if not self._live() else 0, 48)
            self.desk.clock.now += timedelta(hours=hours)
            self.quiet_until = self.desk.clock.now
            self.market.skew -= timedelta(hours=hours)
            self.market.lingering = [
                (when + timedelta(hours=hours), intent) for when, intent in self.market.lingering
            ]
            self.figures["jumps"] += 1

    def _answer_what_asks(self) -> int:
        """The user looks at the website: what is there is settled, what is not goes out again."""
        asking = [entry for entry in self._live() if entry.asks]
        for entry in asking:
            there = entry.intent in self.market.landed
            self.figures["asked"] += 1
            assert self.crash_rate or entry.intent in self.market.doubted, "asks without need"
            if there:
                self.settled_by_hand.add(entry.id)
                self.desk.put(entry.state, replace(entry, state="refused", asks=False))
            else:
                self.desk.put(entry.state, replace(entry, state="queued", asks=False))
        return len(asking)

    # What goes wrong

    def _weather(self, name: str) -> Fault | None:
        self.trace.append(f"{self.desk.clock.now:%d %H:%M:%S.%f} {self.market.calls[-1]}")
        self.figures["calls"] += 1
        assert self.desk.clock.now >= self.quiet_until, "called in a pause"
        if self.is_calm:
            return None
        if self._strikes():
            return Fault(PowerCut(), lands=self.random.random() < 0.5)
        if self.random.random() >= self.fault_rate:
            return None
        self.figures["faults"] += 1
        return self._a_fault(name)

    def _a_fault(self, name: str) -> Fault:
        cut = OutcomeUnknown("cut")
        match self.random.randrange(8):
            case 0:
                return Fault(Offline("no route"))
            case 1:
                wait = round(self.random.uniform(0, 90), 3)
                self.quiet_until = self.desk.clock.now + timedelta(seconds=wait)
                return Fault(RateLimited("slow down", wait_seconds=wait))
            case 2:
                return Fault(cut, lands=True)
            case 3:
                return Fault(cut, lands_later=self.random.uniform(0, 90))
            case 4:
                return Fault(WireMismatch("odd"), lands=self.random.random() < 0.5)
            case 5 if self.crash_rate:
                return Fault(PowerCut(), lands=self.random.random() < 0.5)
            case _:
                return Fault(cut)

    async def _offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._strikes():
            raise PowerCut
        result = function(*args, **kwargs)
        if self._strikes():
            raise PowerCut
        return result

    def _strikes(self) -> bool:
        return not self.is_calm and self.random.random() < self.crash_rate

    # What must be true

    def _check_always(self) -> None:
        landed = Counter(self.market.landed)
        assert not [intent for intent, times in landed.items() if times > 1], "sent twice"
        with self.desk.work.read() as session:
            connection = session.connection()
            kept = {row[0] for row in connection.exec_driver_sql("SELECT id FROM outbox")}
            texts = connection.exec_driver_sql("SELECT text FROM proposals ORDER BY id").all()
        assert kept == self.intents.keys(), "an entry is gone"
        bids_made = [one for one in self.intents.values() if isinstance(one, PlaceBid)]
        assert [one.text for one in bids_made] == [row[0] for row in texts], "a text is gone"
        order = {intent: n for n, intent in enumerate(self.intents.values())}
        for thread in THREADS:
            said = [
                order[one]
                for one in self.market.landed
                if isinstance(one, SendMessage) and one.thread_remote_id == thread
            ]
            assert said == sorted(said), "out of order"
        self._check_places()

    def _check_places(self) -> None:
        with self.desk.cache.read() as connection:
            for feed, place in cursors.all(connection).items():
                behind = int(place.cursor) if place.cursor and place.cursor.isdecimal() else 0
                if feed == Feed("projects"):
                    ids = {one.remote_id for one in self.market.projects[:behind]}
                    assert projects.known(connection, ids) == ids, "a place without its rows"
                if feed.kind == "messages":
                    words = self.market.messages[int(feed.key)][:behind]
                    ids = {one.remote_id for one in words}
                    assert messages.known(connection, ids) == ids, "a place without its rows"

    def check_end(self) -> None:
        """After the calm: everything came to its end, and we know all that they know."""
        assert self._live() == []
        landed = Counter(self.market.landed)
        for entry_id in self.intents:
            entry = self.desk.entry(entry_id)
            there = entry.state == "sent" or entry_id in self.settled_by_hand
            assert landed[entry.intent] == there, f"{entry.state}, landed {landed[entry.intent]}"
            by_them = entry.intent.text.startswith("NO") or entry_id in self.settled_by_hand
            assert entry.state != "refused" or by_them, "refused by nobody"
            self.figures[entry.state] += 1
            if not isinstance(entry.intent, SendMessage) and entry_id not in self.settled_by_hand:
                placed = {"sent": "placed", "refused": "refused"}
                assert self.desk.proposal(entry_id).state == placed[entry.state]
        with self.desk.cache.read() as connection:
            for thread in THREADS:
                ours = messages.in_thread(connection, thread, 1000)
                assert ours == self.market.messages[thread]
            assert projects.count(connection) == len(self.market.projects)
            mine = {bid.project_remote_id: bid for bid in bids.mine(connection)}
            assert mine == self.market.bids
            talks = [one for one in THREADS if self.market.messages[one]]
            assert {one.remote_id for one in threads.recent(connection, 10)} == set(talks)

    def _note(self, event: Event) -> None:
        words = type(event).__name__
        if isinstance(event, Moved):
            words += f" {event.entry.id} {event.entry.state} {event.entry.attempts}"
        self.trace.append(words)

    def _live(self) -> list[OutboxEntry]:
        with self.desk.work.read() as session:
            return outbox.live(session)
