"""Synced: words go out over a bad line, and the program that carries them is killed all the time.

Between two kills the user queues new words and the marketplace's clock moves on, as it does
when somebody comes back later. What asks for the user is settled as a user does: by looking.
"""

import json
import re
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import httpx

from tests.cli.flows.town import LETTER, ok
from tests.kills.home import LOCKED, Home, check_files, copied
from tests.kills.proxy import Proxy, running_proxy
from tests.sandbox.conftest import a_bid
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import BUDI, many_projects

FIRST_JOB = 2001
LONGEST_LIFE = 5.0
"""Seconds: a sync that waits out its line for longer is killed while it waits."""
THREADS = 4
_WORD = re.compile(r"word (\d+)")


@dataclass(slots=True)
class Market:
    """The sandbox as its website shows it: what arrived, for whom, in which order."""

    sandbox: Sandbox
    threads: list[int] = field(default_factory=list)

    def open_threads(self, count: int = THREADS) -> None:
        """Have a client write to us about some jobs that we bid on by hand."""
        for place in range(count):
            with self._hand("budi") as budi:
                ok(budi.post("projects/0.1/bids/", json=a_bid(FIRST_JOB + place)))
            said = {
                "members[]": str(BUDI),
                "context_type": "project",
                "context": str(FIRST_JOB + place),
                "message": "Can you start soon?",
            }
            with self._hand("alice") as alice:
                opened = ok(alice.post("messages/0.1/threads/", data=said))
            self.threads.append(opened["thread"]["id"])

    def words_in(self, thread: int) -> list[int]:
        """Give the numbers of our words in a thread, in the order in which they stand there."""
        rows = self.sandbox.market.database.all(
            "SELECT text FROM messages WHERE thread_id = ? AND from_id = ? ORDER BY id",
            (thread, BUDI),
        )
        return [int(found[1]) for (text,) in rows if (found := _WORD.search(text))]

    def bids_on(self, project: int) -> int:
        """Count our bids on a job."""
        row = self.sandbox.market.database.one(
            "SELECT count(*) FROM bids WHERE project_id = ? AND bidder_id = ?", (project, BUDI)
        )
        return int(row[0]) if row else 0

    def _hand(self, name: str) -> httpx.Client:
        headers = {"freelancer-oauth-v1": self.sandbox.tokens[name]}
        return httpx.Client(base_url=f"{self.sandbox.url}/api/", headers=headers, timeout=30)


@dataclass(slots=True)
class Words:
    """What the user queued: numbered words by thread, and bids by job."""

    home: Home
    market: Market
    messages: dict[int, list[int]] = field(default_factory=dict)
    bids: list[int] = field(default_factory=list)
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def are_from_both(self) -> bool:
        """True once there are words in two threads: the hand keeps to one of its own."""
        return len(self.messages) > 1

    def take_number(self, thread: int) -> int:
        """Give the next word's number; whoever takes it queues it in that thread."""
        with self.lock:
            self.count += 1
            self.messages.setdefault(thread, []).append(self.count)
            return self.count

    def say(self, thread: int) -> None:
        """Queue the next word for a thread."""
        text = f"word {self.take_number(thread)}"
        self.home.ok("messages", "send", thread, "--text-file", "-", text=text)

    def bid(self) -> None:
        """Offer for the next job."""
        project = FIRST_JOB + THREADS + len(self.bids)
        self.bids.append(project)
        words = ("proposals", "draft", project, "--amount", "150", "--days", 5)
        made = self.home.ok(*words, "--text-file", "-", text=f"{LETTER} Job {project}.")
        self.home.ok("proposals", "submit", made["id"])

    def settle(self) -> int:
        """Look on the website for all that asks, and say what was seen; give how many asked."""
        asking = [one for one in self.home.ok("outbox", "list") if one["asks"]]
        for one in asking:
            self.home.ok("outbox", "arrived" if self._is_there(one["id"]) else "retry", one["id"])
        return len(asking)

    def _is_there(self, entry_id: str) -> bool:
        with copied(self.home.account, "work.db") as connection:
            row = connection.execute("SELECT intent FROM outbox WHERE id = ?", (entry_id,))
            intent = json.loads(row.fetchone()[0])
        if intent["name"] == "place_bid":
            return self.market.bids_on(intent["project"]) > 0
        found = _WORD.search(intent["text"])
        assert found is not None
        return int(found[1]) in self.market.words_in(intent["thread"])

    def wrong(self) -> list[str]:
        """List what was lost, doubled, or came in another order than it was queued."""
        found = []
        for project in self.bids:
            if (count := self.market.bids_on(project)) != 1:
                found.append(f"the bid on {project} is there {count} times")
        for thread, queued in self.messages.items():
            there = self.market.words_in(thread)
            counts = Counter(there)
            found += [f"word {one} is lost" for one in queued if not counts[one]]
            found += [f"word {one} is there {n} times" for one, n in counts.items() if n > 1]
            if sorted(there) == sorted(queued) and there != queued:
                found.append(f"thread {thread} is out of order: {there}")
        return found


@dataclass(slots=True)
class Syncing:
    """What many kills of a sync came to."""

    kills: int = 0
    ends: int = 0
    """Syncs that ended before their kill."""
    under_way: int = 0
    """Kills that left an entry half sent: claimed, and its fate not recorded."""
    asked: int = 0
    messages: int = 0
    bids: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Syncing") -> None:
        """Take in what happened in another world."""
        self.kills += other.kills
        self.ends += other.ends
        self.under_way += other.under_way
        self.asked += other.asked
        self.messages += other.messages
        self.bids += other.bids
        self.faults += other.faults
        self.wrong += other.wrong

    def lines(self) -> list[str]:
        """Say it."""
        faults = ", ".join(f"{kind} {count}" for kind, count in sorted(self.faults.items()))
        return [
            f"{self.kills} kills of a sync, {self.under_way} of them with something half sent;"
            f" {self.ends} more ended by themselves",
            f"{self.messages} messages and {self.bids} bids queued; {self.asked} asked the user",
            f"{sum(self.faults.values())} faults on the line: {faults}",
            f"lost, doubled, out of order, or a file that is not whole: {len(self.wrong)}",
            *self.wrong[:20],
        ]


class Round:
    """One sync after the other, each with its own moment to die."""

    def __init__(self, words: Words, proxy: Proxy, seed: int) -> None:
        self.words = words
        self.proxy = proxy
        self.seed = seed
        self.done = Syncing()

    def take(self, number: int) -> None:
        """Queue something, sync, kill, look at the files, and let some time pass there."""
        dice = Random(f"{self.seed}/{number}")
        if dice.random() < 0.3:
            self.words.bid()
        else:
            for _ in range(dice.randrange(1, 3)):
                self.words.say(dice.choice(self.words.market.threads))
        self._sync(dice)
        self.done.wrong += [
            f"round {number}: {sentence}" for sentence in check_files(self.words.home.account)
        ]
        self.words.market.sandbox.market.clock_offset += dice.randrange(200)
        if number % 10 == 9:
            self.done.asked += self.words.settle()

    def _sync(self, dice: Random) -> None:
        """Kill at a moment of the clock, or a little after a request has begun."""
        before = self.proxy.exchanges
        process = self.words.home.begin("sync")
        if dice.random() < 0.3:
            time.sleep(dice.uniform(0.05, 1.2))
        else:
            self._wait(process, before + dice.choice((1, 2, 3, 3, 4, 4, 5, 6, 8, 12)))
            time.sleep(dice.choice((0.0, 0.002, 0.01, 0.03)))
        if process.poll() is None:
            self.done.kills += 1
        else:
            self.done.ends += 1
        process.kill()
        process.wait()
        with copied(self.words.home.account, "work.db") as connection:
            sending = "SELECT count(*) FROM outbox WHERE state = 'sending'"
            self.done.under_way += connection.execute(sending).fetchone()[0] > 0

    def _wait(self, process: "subprocess.Popen[bytes]", exchanges: int) -> None:
        deadline = time.monotonic() + LONGEST_LIFE
        while process.poll() is None and time.monotonic() < deadline:
            if self.proxy.wait_for(exchanges, 0.1):
                return

    def finish(self) -> Syncing:
        """Mend the line, sync until nothing waits, and compare with what was queued."""
        self.proxy.mend()
        home, done = self.words.home, self.done
        for _ in range(60):
            ran = home.run("sync")
            if ran.returncode not in (0, 3):
                done.wrong.append(f"sync over a good line: {ran.returncode} {ran.stderr}")
            done.asked += self.words.settle()
            if not home.ok("outbox", "list"):
                break
            self.words.market.sandbox.market.clock_offset += 400
        else:
            done.wrong.append(f"still waiting: {home.ok('outbox', 'list')}")
        done.wrong += self.words.wrong() + check_files(home.account)
        done.faults.update(one.plan.kind for one in self.proxy.log)
        done.messages, done.bids = self.words.count, len(self.words.bids)
        if LOCKED in home.told():
            done.wrong.append(LOCKED)
        return done


def run(
    kills: int,
    *,
    seed: int = 1,
    rate: float = 0.8,
    at_once: int = 2,
    tell: Callable[[str], None] = print,
) -> Syncing:
    """Kill so many syncs, in some worlds at a time, each with a line and a user of its own."""
    at_once = min(at_once, kills)
    shares = [kills // at_once + (place < kills % at_once) for place in range(at_once)]
    done = Syncing()
    with ThreadPoolExecutor(at_once) as pool:
        seeds = [1000 * seed + place for place in range(at_once)]
        for part in pool.map(partial(_world, rate=rate, tell=tell), shares, seeds):
            done.add(part)
    return done


def _world(kills: int, seed: int, *, rate: float, tell: Callable[[str], None]) -> Syncing:
    """Kill in one world; a few more rounds than kills, as some syncs end before theirs."""
    with (
        running_sandbox(lambda: many_projects(THREADS + 2 * kills + 10)) as sandbox,
        running_proxy(sandbox.url, seed=seed, rate=0.0) as proxy,
        tempfile.TemporaryDirectory() as folder,
    ):
        market = Market(sandbox)
        market.open_threads()
        home = Home(Path(folder), proxy.url, sandbox.tokens["budi"])
        home.ok("sync")
        proxy.rate = rate
        rounds = Round(Words(home, market), proxy, seed)
        number = 0
        while rounds.done.kills < kills and number < 3 * kills + 10:
            rounds.take(number)
            number += 1
            if number % 20 == 0:
                tell(f"world {seed}: {rounds.done.kills} of {kills} kills")
        return rounds.finish()
