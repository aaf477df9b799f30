"""Pair: two real programs sync one account while words are queued beside them, from both.

One is the workspace on a pseudo-terminal, where somebody writes messages and rests in turn; the
other is `sync --watch`, beside which commands queue messages and bids, and sync now and then.
"""

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kills.home import LOCKED, PROGRAM, Home, check_files
from tests.kills.synced import Market, Words
from tests.sandbox.server import running_sandbox
from tests.sandbox.worlds import many_projects
from tests.terminal import Terminal

END_SECONDS = 2.0
"""How long a program may take to end once it is asked to."""
START_SECONDS = 60
ENTER, ESCAPE, CTRL_S = "\r", "\x1b", "\x13"
MOST_BIDS = 400
ELSEWHERE = 7
"""The exit code of a command that finds another program syncing."""
WRITES, RESTS = 3.0, 7.0
"""Seconds that the hand writes, and then leaves the sending to others."""


@dataclass(slots=True)
class Pairing:
    """What came of it."""

    by_hand: int = 0
    """Messages written in the workspace."""
    by_command: int = 0
    bids: int = 0
    sent_by_watch: int = 0
    sent_by_command: int = 0
    ends: dict[str, float] = field(default_factory=dict)
    """Seconds that each program took to end."""
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it."""
        beside = self.sent_by_watch + self.sent_by_command
        total = self.by_hand + self.by_command + self.bids
        ends = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self.ends.items())
        return [
            f"{self.by_hand} messages written in the workspace, {self.by_command} and"
            f" {self.bids} bids queued by commands",
            f"sent by the workspace {total - beside}, by sync --watch {self.sent_by_watch}, by"
            f" sync {self.sent_by_command}",
            f"ended after SIGTERM: {ends}",
            f"lost, doubled, locked, late, or a file that is not whole: {len(self.wrong)}",
            *self.wrong[:20],
        ]


class Hand:
    """Somebody who writes to one client in the workspace, message by message."""

    def __init__(self, terminal: Terminal, words: Words, thread: int) -> None:
        self.terminal = terminal
        self.words = words
        self.thread = thread

    def sit_down(self) -> None:
        """Open the conversation, which is the first of the list."""
        self.terminal.wait("1 Jobs", START_SECONDS)
        self.terminal.send("3")
        self.terminal.wait("Can you start soon?", START_SECONDS)
        self.terminal.settle(0.3)
        self.terminal.send(ENTER)
        self.terminal.settle(0.3)

    def say(self) -> None:
        """Write the next word and send it."""
        number = self.words.take_number(self.thread)
        self.terminal.send("i")
        self.terminal.settle(0.1, 1.0)
        self.terminal.send(f"word {number} by hand")
        self.terminal.wait(f"word {number}", START_SECONDS)
        self.terminal.send(CTRL_S)
        self.terminal.settle(0.1, 1.0)


class Commands:
    """A shell beside the programs that queues words until it is told to stop."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words = words
        self.dice = Random(f"{seed}/commands")
        self.over = threading.Event()
        self.failed: list[str] = []
        self.sent = 0
        self.thread = threading.Thread(target=self._go, name="commands")

    def _go(self) -> None:
        try:
            while not self.over.wait(self.dice.uniform(0.05, 0.4)):
                if self.dice.random() < 0.25:
                    self._sync()
                elif self.dice.random() < 0.3 and len(self.words.bids) < MOST_BIDS:
                    self.words.bid()
                else:
                    self.words.say(self.dice.choice(self.words.market.threads[:-1]))
        except AssertionError as error:
            self.failed.append(str(error))

    def _sync(self) -> None:
        """Sync as a timer of the system's would; it may find that another program does."""
        ran = self.words.home.run("sync")
        assert ran.returncode in (0, ELSEWHERE), ran
        self.sent += _sent(ran.stdout)


def run(seconds: float, *, seed: int = 1, tell: Callable[[str], None] = print) -> Pairing:
    """Let both work for a while, end them, and compare what is there with what was queued."""
    with (
        running_sandbox(lambda: many_projects(MOST_BIDS + 20)) as sandbox,
        tempfile.TemporaryDirectory() as folder,
    ):
        market = Market(sandbox)
        market.open_threads()
        home = Home(Path(folder), sandbox.url, sandbox.tokens["budi"])
        home.ok("sync")
        words = Words(home, market)
        done = _work(home, words, seconds, seed)
        _finish(home, words, done)
        return done


def _work(home: Home, words: Words, seconds: float, seed: int) -> Pairing:
    done = Pairing()
    commands = Commands(words, seed)
    watch = home.begin("sync", "--watch")
    with Terminal([*PROGRAM], environ=home.environ()) as terminal:
        hand = Hand(terminal, words, words.market.threads[-1])
        hand.sit_down()
        commands.thread.start()
        began = time.monotonic()
        end, latest = began + seconds, began + seconds + START_SECONDS
        while time.monotonic() < end or (not words.are_from_both and time.monotonic() < latest):
            hand.say()
            rested = time.monotonic() - began > WRITES
            terminal.drain(time.perf_counter() + min(RESTS if rested else 0.3, seconds / 2))
            began = time.monotonic() if rested else began
        commands.over.set()
        commands.thread.join()
        done.wrong += commands.failed
        done.sent_by_command = commands.sent
        done.ends["the workspace"] = _end(terminal.process, terminal)
        done.ends["sync --watch"] = _end(watch, terminal)
    done.wrong += [
        f"{name} took {taken:.1f} s to end"
        for name, taken in done.ends.items()
        if taken > END_SECONDS
    ]
    return done


def _end(process: "subprocess.Popen[bytes]", terminal: Terminal) -> float:
    """Ask a program to end; give how long it took."""
    began = time.perf_counter()
    os.kill(process.pid, signal.SIGTERM)
    while process.poll() is None and time.perf_counter() < began + 10:
        terminal.drain(time.perf_counter() + 0.01)
    process.kill()
    process.wait()
    return time.perf_counter() - began


def _sent(said: str) -> int:
    """Count what syncs say that they sent."""
    return sum(map(int, re.findall(r"^Sent (\d+)", said, re.MULTILINE)))


def _finish(home: Home, words: Words, done: Pairing) -> None:
    for _ in range(20):
        home.ok("sync")
        words.settle()
        if not home.ok("outbox", "list"):
            break
    else:
        done.wrong.append(f"still waiting: {home.ok('outbox', 'list')}")
    by_hand = words.messages[words.market.threads[-1]]
    done.by_hand, done.by_command = len(by_hand), words.count - len(by_hand)
    done.bids = len(words.bids)
    done.sent_by_watch = _sent(home.said())
    done.wrong += words.wrong() + check_files(home.account)
    told = home.told()
    done.wrong += [line for line in told.splitlines() if LOCKED in line or "Traceback" in line]
