"""World: one user, one marketplace and a bad line between them, all drawn from a seed."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import cast

from freelancer_tui.errors import RateLimited, StoreError
from freelancer_tui.store.work import outbox
from freelancer_tui.sync.events import Event, Finished, Moved, Paused, WentOffline
from tests.sync import faults
from tests.sync.checks import Checks
from tests.sync.market import ME, Clock, Fault, Market
from tests.sync.people import THREADS, People
from tests.sync.programs import Disk, Moment, PowerCut, Program, Which

_LONG_CALM = 80
"""Turns after which what has not come to its end never will."""

_MOST_CALLS = 3000


class PowerLoss(PowerCut):
    """The whole machine stops: every program ends, and the disk has what it has."""


class World:
    """A run: everything that happens in it follows from its seed."""

    def __init__(self, folder: Path, seed: int, engines: int | None = None) -> None:
        self.seed = seed
        self.random = random = Random(seed)
        self.folder = folder
        self.disk = Disk(folder)
        self.clock = Clock()
        self.market = Market(self.clock)
        self.versions: dict[Which, int] = {"work": 0, "cache": 0}
        self.trace: list[str] = []
        self.figures: Counter[str] = Counter()
        self.fault_rate = random.uniform(0, 0.5)
        self.crash_rate = random.choice([0, 0.02, 0.08])
        self.loses_power = random.random() < 0.5
        self.sweeps = random.random() < 0.2
        self.jump_rate = random.choice([0, 0, 0.5])
        self.cache_loss_rate = random.choice([0, 0, 0, 0, 0.15])
        self.is_calm = True
        self.is_hurt = False
        self.is_turning = False
        self.quiet_until = self.clock.now
        """Until when they asked us not to call."""
        self.programs: list[Program] = []
        self._current: Program | None = None
        self._taking_turns: dict[Program, asyncio.Task[bool]] = {}
        self.crash_at: tuple[int, str] | None = None
        """A commit, by its number, and what happens at it: for runs that crash everywhere."""
        self._draw_market()
        engines = engines or random.choice([1, 1, 2])
        self.programs += [Program(self, number, seed) for number in range(engines)]
        self.people = People(self)
        self.people.answers.begin()
        self.people.payers.begin()
        self.checks = Checks(self)

    def _draw_market(self) -> None:
        market, random = self.market, self.random
        market.page_size = random.choice([1, 3, 100])
        market.echoes = random.random() < 0.5
        market.tells_sizes = random.random() < 0.5
        market.drops_repeats = market.echoes and random.random() < 0.5
        market.on_call = self._weather
        market.posts(random.randrange(2, 6))

    @property
    def may_crash(self) -> bool:
        return bool(self.crash_rate) or self.crash_at is not None

    def close(self) -> None:
        self.checks.close()
        for program in self.programs:
            program.close()
        self.disk.remove()

    async def run(self) -> None:
        """Let a whole life pass; most users have talked with somebody before."""
        if self.random.random() < 0.7:
            for thread in THREADS:
                self.market.says(thread, "hello")
                if self.random.random() < 0.6:
                    self.market.says(thread, "ok", ME)  # words that ours will often equal
            await self._turn(self.programs[0])
        await self.storm(self.random.randrange(3, 7))
        await self.calm()
        self.checks.end()

    async def storm(self, rounds: int) -> None:
        """Let everything go wrong, and check that nothing is broken by it."""
        self.is_calm = False
        for _ in range(rounds):
            for _ in range(self.random.randrange(4)):
                self.people.act()
            if self.random.random() < 0.3:
                self.people.answer_what_asks()
            if self.random.random() < 0.5:
                self.people.answers.act()
            if self.random.random() < 0.5:
                self.people.payers.act()
            for _ in range(self.random.randrange(3)):
                self.people.markers.act()
            if self.random.random() < 0.3:
                self.people.act_on_money()
            if self.random.random() < 0.3:
                self.people.act_on_a_job()
            await self._turns()
            self.checks.always()
            self._move_a_clock(0.5)
            if self.random.random() < self.cache_loss_rate:
                self._lose_the_cache()
        self.is_calm = True

    async def calm(self) -> None:
        """Let everything work; all that waits has to come to its end."""
        self.note("calm")
        for n in range(_LONG_CALM):
            program = self.programs[n % len(self.programs)]
            await self._turn(program, by_hand=n % 3 == 2)
            self.clock.pass_(90 if n < 30 else 3600)
            asked = self.people.answer_what_asks() + self.people.settle_all()
            rests = self.people.markers.is_quiet() and not self.market.lingering
            if not asked and not self.live() and rests:
                break
        for _ in range(9):  # a pause named in the storm may still last
            self.clock.pass_(400)
            if await self._turn(self.programs[0], by_hand=True) and self.people.markers.is_quiet():
                break
        if self.sweeps:
            await self._sweep()
            self.people.settle_all()
            await self._turn(self.programs[0], by_hand=True)
        self.checks.always()

    async def _sweep(self) -> None:
        """Let so much time pass that whatever no list tells about is asked for."""
        self.clock.pass_(2 * 3600)
        asked = 1
        for _ in range(20):
            before = len(self.market.calls)
            await self._turn(self.programs[0])
            asked = sum("projects:ids:" in one for one in self.market.calls[before:])
            self.clock.pass_(20)
            if not asked:
                break

    def live(self) -> bool:
        with self.programs[0].work.read() as session:
            return bool(outbox.live(session))

    # Turns

    async def _turns(self) -> None:
        """Let programs take a turn, step by step as the seed has it."""
        by_hand = self.random.random() < 0.2
        if len(self.programs) == 1 or self.random.random() < 0.3:
            await self._turn(self.random.choice(self.programs), by_hand=by_hand)
            return
        self._taking_turns = {
            one: asyncio.ensure_future(self._turn(one, by_hand=by_hand)) for one in self.programs
        }
        for program in self.programs:
            program.stopped = asyncio.get_running_loop().create_future()
        for program in self.programs:
            assert program.stopped is not None
            await program.stopped
        while parked := [one for one in self.programs if one.parked is not None]:
            await self._go_on(self.random.choice(parked))
        turns, self._taking_turns = list(self._taking_turns.values()), {}
        await asyncio.gather(*turns)

    async def _go_on(self, program: Program, error: Exception | None = None) -> None:
        """Let a program that stands still take its next step, or end there."""
        parked, program.parked = program.parked, None
        assert parked is not None
        program.stopped = asyncio.get_running_loop().create_future()
        if error is None:
            parked.set_result(None)
        else:
            parked.set_exception(error)
        await program.stopped

    async def step(self, program: Program) -> None:
        """Stand still where the program would wait for a disk or a line; others act meanwhile."""
        if self._taking_turns:
            program.parked = asyncio.get_running_loop().create_future()
            self._stop(program)
            await program.parked
        elif not self.is_calm and self.random.random() < 0.03:
            self.people.act()
        self._current = program
        if not self.is_calm and self.random.random() < 0.01:
            self._move_a_clock(1)

    def _stop(self, program: Program) -> None:
        if program.stopped is not None and not program.stopped.done():
            program.stopped.set_result(None)

    async def _turn(self, program: Program, *, by_hand: bool = False) -> bool:
        """Take a turn; tell whether it came to its end, with nothing in its way."""
        self.is_turning = self.is_hurt = True
        finished, last = False, cast(Event | None, None)
        self.figures["turns"] += 1
        try:
            async for event in program.engine.turn(by_hand=by_hand):
                self.note(f"{program.number} {_words(event)}")
                if isinstance(event, Finished | WentOffline | Paused) and not self._taking_turns:
                    self._wait_until_due(event)
                finished = isinstance(event, Finished) and not isinstance(last, Paused)
                last = event
        except PowerLoss:
            await self._lose_power(program)
        except PowerCut:
            self.reopen(program)
        except StoreError as error:
            if not self.cache_loss_rate:
                raise
            self.note(f"{program.number} {error}")
        finally:
            self.is_turning = self.is_hurt = False
            self._stop(program)
        return finished

    def _wait_until_due(self, event: Finished | WentOffline | Paused) -> None:
        due = event.until if isinstance(event, Paused) else event.next_at
        soon = self.random.random() < 0.1 and not self.is_calm
        if not soon and due > self.clock.now:
            self.clock.now = due

    # Ends of programs

    @contextmanager
    def unhurt(self) -> Iterator[None]:
        """Let an act of the user's come to its end."""
        before, self.is_hurt = self.is_hurt, False
        yield
        self.is_hurt = before

    def commits(self, program: Program, which: Which, moment: Moment) -> None:
        """End the program before or after a commit, where the seed has it so."""
        if which == "cache" and moment == "after" and self.loses_power:
            self.disk.committed()
        if not self.is_hurt:
            return
        self.figures["commits"] += moment == "before"
        if self.crash_at is not None:
            number, what = self.crash_at
            if self.figures["commits"] == number and moment in (what, "after"):
                if moment == what:
                    raise PowerCut
                if what == "power loss":
                    raise PowerLoss
        elif not self.is_calm and self.random.random() < self.crash_rate / 2:
            raise PowerLoss if self.loses_power and self.random.random() < 0.4 else PowerCut

    def checkpointed(self) -> None:
        if self.loses_power:
            self.disk.durable()

    def reopen(self, program: Program) -> None:
        self.figures["crashes"] += 1
        self.note(f"{program.number} is killed")
        self.quiet_until = self.clock.now  # it may have come before the wish was kept
        self.people.reopen(program)
        program.close()
        self.disk.closed()
        program.open()

    async def _lose_power(self, program: Program) -> None:
        """End all programs, and leave on the disk what it had at some moment."""
        for other in self.programs:
            if other is not program and other.parked is not None:
                await self._go_on(other, PowerCut())
        self.end_all()

    def _lose_the_cache(self) -> None:
        """Delete the cache under the programs that have it open; whoever reads begins another."""
        self.figures["lost caches"] += 1
        self.note("the cache is deleted")
        self.checks.close()
        for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        for one in self.programs:
            with one.cache.read():
                pass
        self.checks.open()
        self.versions["cache"] += 1
        self.disk.durable()

    def end_all(self) -> None:
        self.figures["power losses"] += 1
        self.checks.close()
        for one in self.programs:
            self.people.reopen(one)
            one.close()
        self.note(f"power is lost, and {self.disk.lose(self.random)} commits of the cache")
        self.versions["cache"] += 1
        for one in self.programs:
            one.open()
        self.checks.open()
        self.disk.durable()
        self.quiet_until = self.clock.now

    # The line and the clock

    def _weather(self, name: str) -> Fault | None:
        program, random = self._current, self.random
        number = program.number if program else 0
        self.note(f"{number} {self.clock.now:%d %H:%M:%S.%f} {self.market.calls[-1]}")
        self.figures["calls"] += 1
        assert self.clock.now >= self.quiet_until, "called in a pause"
        assert self.figures["calls"] < _MOST_CALLS, "it never comes to rest"
        if name == "push":
            self.checks.pushes()
        if name == "mark" and not self.is_calm and random.random() < 0.4:
            self.people.markers.meanwhile()
        if self.is_calm or self.crash_at is not None:
            return None
        if random.random() < self.crash_rate / 2:
            self.note("killed in a call")
            return faults.killed(random)
        if random.random() >= self.fault_rate:
            return None
        kind = faults.draw(random)
        if kind == "doubled" and not faults.may_double(self.market.doing, self.market):
            return None
        self.figures["faults"] += 1
        self.figures[f"fault {kind}"] += 1
        self.note(kind)
        fault = faults.KINDS[kind](random)
        if isinstance(fault.error, RateLimited):
            self.quiet_until = self.clock.now + timedelta(seconds=fault.error.wait_seconds)
        return fault

    def _move_a_clock(self, chance: float) -> None:
        """Ours jumps, theirs does not."""
        if self.random.random() >= self.jump_rate * chance:
            return
        hours = self.random.uniform(-48, 48)
        self.clock.now += timedelta(hours=hours)
        self.quiet_until = self.clock.now
        self.market.skew -= timedelta(hours=hours)
        self.market.lingering = [
            (when + timedelta(hours=hours), intent) for when, intent in self.market.lingering
        ]
        self.figures["jumps"] += 1
        self.note(f"our clock jumps {hours:.2f} hours")

    def note(self, words: str) -> None:
        self.trace.append(words)


def _words(event: Event) -> str:
    words = type(event).__name__
    if isinstance(event, Moved):
        words += f" {event.entry.id} {event.entry.state} {event.entry.attempts}"
    return words
