"""Arrival: from a message on the wire to the screen, and scrolling through fifty thousand."""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx

from freelancer_tui.cli.showing import LOOK_SECONDS
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.sync.policy import Policy
from tests.bench.homes import account_folder, environ
from tests.bench.table import Row, against, at_most, median
from tests.bench.wire import Wire, wired
from tests.sandbox.conftest import a_bid
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import BUDI, LOGO
from tests.terminal import Terminal

PROGRAM = (sys.executable, "-m", "freelancer_tui")
ROUNDS = 5
LONG, SHORT = 50_000, 50
FRAME_MS = 1000 / 60
PAGE_UP, PAGE_DOWN, HOME, END = "\x1b[5~", "\x1b[6~", "g", "G"
SCROLL = (PAGE_UP,) * 25 + (HOME,) + (PAGE_DOWN,) * 15 + (END,)
_ME, _CLIENT = 1, 2
_START = datetime(2024, 1, 1, tzinfo=UTC)


def run(rounds: int = ROUNDS) -> list[Row]:
    """Let messages come in while a conversation is open; then scroll a long and a short one."""
    interval = Policy().intervals["threads"].total_seconds() * 1000
    with running_sandbox() as sandbox, wired(sandbox.url) as wire:
        waited, shown = _arrivals(sandbox, wire, rounds)
    short, long = _scrolled(SHORT), _scrolled(LONG)
    return [
        at_most("posted just after a poll until on screen", max(waited), interval + FRAME_MS, "ms"),
        Row("  of which from the answer that brought it", median(shown), "ms", FRAME_MS),
        against(f"memory, {LONG:,} messages (floor: {SHORT})", long[0], short[0], "MB", 1.05),
        against(
            "  after scrolling to the beginning and back, 5 times", long[1], long[0], "MB", 1.1
        ),
        against("  after 5 times more", long[2], long[1], "MB", 1.02),
    ]


def _arrivals(sandbox: Sandbox, wire: Wire, rounds: int) -> tuple[list[float], list[float]]:
    """Give how long each message took since it was posted, and since the program had it."""
    budi, alice = (_caller(sandbox, name) for name in ("budi", "alice"))
    budi.post("projects/0.1/bids/", json=a_bid()).raise_for_status()
    about = {"members[]": BUDI, "context_type": "project", "context": LOGO, "message": "Hello"}
    thread = alice.post("messages/0.1/threads/", data=about).raise_for_status().json()
    number = thread["result"]["id"]
    waited, shown = [], []
    with tempfile.TemporaryDirectory() as folder:
        home = environ(Path(folder), wire.url, sandbox.tokens["budi"])
        with Terminal(PROGRAM, environ=home) as terminal:
            terminal.wait("Jobs", 60)
            terminal.send("3")
            terminal.wait("Hello", 60)
            terminal.send("\r")
            terminal.settle(2.0)
            for turn in range(rounds):
                words = f"arrival{turn}"
                wire.wait_for(b'"threads"', 60)
                terminal.settle(0.3)
                posted = time.perf_counter()
                said = alice.post(
                    f"messages/0.1/threads/{number}/messages/", data={"message": words}
                )
                said.raise_for_status()
                terminal.wait(words, 90)
                seen = time.perf_counter()
                waited.append((seen - posted) * 1000)
                shown.append((seen - wire.last(words.encode())) * 1000)
    return waited, shown


def _caller(sandbox: Sandbox, name: str) -> httpx.Client:
    headers = {"freelancer-oauth-v1": sandbox.tokens[name]}
    return httpx.Client(base_url=f"{sandbox.url}/api/", headers=headers, timeout=10)


def _scrolled(count: int) -> tuple[float, float, float]:
    """Give the memory with a conversation open, after scrolling in it, and after as much again.

    Each is taken after a pause: old garbage waits for one.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = environ(Path(folder))
        _fill(account_folder(Path(folder)), count)
        with Terminal(PROGRAM, environ=home) as terminal:
            terminal.wait("Jobs", 60)
            terminal.send("3")
            terminal.wait("client", 60)
            terminal.send("\r")
            found = []
            for times in (1, 5, 5):  # the first few let the allocator settle
                _press(terminal, SCROLL * times)
                terminal.drain(time.perf_counter() + 2 * LOOK_SECONDS + 1)
                found.append(terminal.memory())
    opened, once, again = found
    return opened, once, again


def _press(terminal: Terminal, keys: tuple[str, ...]) -> None:
    for key in keys:
        terminal.send(key)
        terminal.settle(0.05, 1)


def _fill(folder: Path, count: int) -> None:
    cache, random = CacheDatabase(folder), Random(1)
    words = "draft page logo shop invoice please friday file design colour price hours".split()
    people = (Profile(Person(_ME, "me")), Person(_CLIENT, "client"))
    last = _START + timedelta(minutes=count)
    thread = Thread(1, last, (_ME, _CLIENT))
    with cache.transaction() as connection:
        facts.store(connection, Feed("threads"), Page((*people, thread), None, False, last))
    said = [
        Message(
            number, 1, random.choice((_ME, _CLIENT)),
            " ".join(random.choices(words, k=random.randint(3, 60))),
            _START + timedelta(minutes=number),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    for start in range(0, count, 5_000):
        with cache.transaction() as connection:
            page = Page(tuple(said[start : start + 5_000]), None, False, last)
            facts.store(connection, Feed("messages", "1"), page)
    cache.checkpoint()
    cache.close()
