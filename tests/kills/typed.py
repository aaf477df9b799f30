"""Typed: somebody writes a proposal in the real program, which is killed between two keys.

What is measured is the age, at the kill, of the oldest key that is not in the file: the time
from the write of the key to the pseudo-terminal to the return of the kill. Both ends are on
the side of the larger loss. In every fifth life the cache is gone, so that the program reads
the whole marketplace anew while somebody types.
"""

import os
import signal
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kills.home import PROGRAM, Home, check_files, copied, percentile, sandbox_apart
from tests.terminal import Terminal

MOST_LOSS = 300.0
"""Milliseconds: what the program promises."""
ENTER, END = "\r", "\x1b[1;5F"
START_SECONDS = 60
OPENING = "I begin. "


@dataclass(frozen=True, slots=True)
class Kill:
    """One life of the program: what was typed in it, and what of that was in the file."""

    typed: int
    kept: int
    loss: float
    """Milliseconds; 0 when every key was in the file."""
    late: float
    """Milliseconds that a busy machine kept the typist, or the program, waiting for a processor."""
    wrong: tuple[str, ...] = ()


@dataclass(slots=True)
class Typing:
    """What many kills came to."""

    kills: list[Kill] = field(default_factory=list)

    @property
    def losses(self) -> list[float]:
        return [kill.loss for kill in self.kills]

    @property
    def wrong(self) -> list[str]:
        return [sentence for kill in self.kills for sentence in kill.wrong]

    @property
    def good(self) -> bool:
        return not self.wrong and max(self.losses, default=0.0) <= MOST_LOSS

    def lines(self) -> list[str]:
        """Say it."""
        losses = self.losses
        keys = sum(kill.typed for kill in self.kills)
        return [
            f"{len(self.kills)} kills while typing, {keys} keys",
            f"loss: largest {max(losses, default=0):.0f} ms, p95 {percentile(losses, 0.95):.0f} ms,"
            f" median {percentile(losses, 0.5):.0f} ms (at most {MOST_LOSS:.0f})",
            f"kept waiting for a processor: {max((one.late for one in self.kills), default=0):.0f}"
            " ms in the worst life (the figures count on a quiet machine only)",
            f"files or texts that were wrong: {len(self.wrong)}",
            *self.wrong[:20],
        ]


class Writer:
    """Somebody with a draft that grows from life to life; every word has a number."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home = home
        self.seed = seed
        self.words = 0
        home.ok("sync")
        job = home.ok("jobs", "search", "--limit", 1)[0]["remote_id"]
        words = ("proposals", "draft", job, "--amount", "150", "--days", 5)
        self.proposal = home.ok(*words, "--text-file", "-", text=OPENING)["id"]

    def life(self, number: int) -> Kill:
        """Start, see what was kept, write on, and be killed."""
        dice = Random(f"{self.seed}/{number}")
        before = self.text()
        if number % 5 == 2:
            for file in self.home.account.glob("cache.db*"):
                file.unlink()
        with Terminal([*PROGRAM], environ=self.home.environ()) as terminal:
            self._open_editor(terminal, before)
            idle = _without_processor(terminal.process.pid)
            sent, late = self._type(terminal, dice)
            rest = time.perf_counter() + dice.choice((0.0, dice.uniform(0, 0.4)))
            terminal.drain(rest)
            late = max(late, _without_processor(terminal.process.pid) - idle)
            os.kill(terminal.process.pid, signal.SIGKILL)
            killed = time.perf_counter()
            terminal.process.wait()
        return self._measured(before, sent, killed, late * 1000)

    def text(self) -> str:
        """The draft as the file has it."""
        with copied(self.home.account, "work.db") as connection:
            row = connection.execute("SELECT text FROM proposals WHERE id = ?", (self.proposal,))
            text: str = row.fetchone()[0]
            return text

    def _open_editor(self, terminal: Terminal, text: str) -> None:
        """Go to the draft; its last words are on the screen, as they are in the file."""
        terminal.wait("1 Jobs", START_SECONDS)
        terminal.send("2")
        terminal.wait("Draft 1", START_SECONDS)
        terminal.send("]]")  # past what was awarded, to the drafts
        terminal.wait("Discard", START_SECONDS)
        terminal.settle(0.1)
        terminal.send(ENTER)
        for word in text.split()[-2:]:
            terminal.wait(word, START_SECONDS)
        terminal.settle(0.1)
        terminal.send(END)

    def _type(self, terminal: Terminal, dice: Random) -> tuple[list[tuple[str, float]], float]:
        """Type some words, quick but as a hand does; give when, and how late we were."""
        sent: list[tuple[str, float]] = []
        late = 0.0
        keys = ""
        for _ in range(dice.randrange(2, 5)):
            self.words += 1
            keys += f"w{self.words:05} "
        for key in keys[: -dice.randrange(1, 6)] + " ":
            at = time.perf_counter()
            terminal.send(key)
            sent.append((key, at))
            due = at + dice.choice((0.03, 0.05, 0.08, 0.14))
            terminal.drain(due)
            late = max(late, time.perf_counter() - due)
        return sent, late

    def _measured(
        self, before: str, sent: list[tuple[str, float]], killed: float, late: float
    ) -> Kill:
        wrong = check_files(self.home.account)
        after = self.text()
        typed = "".join(key for key, _ in sent)
        kept = len(after) - len(before)
        if not (before + typed).startswith(after) or kept < 0:
            wrong.append(f"{before[-40:]!r} and then {typed!r} became {after[-80:]!r}")
            return Kill(len(sent), 0, (killed - sent[0][1]) * 1000, late, tuple(wrong))
        loss = (killed - sent[kept][1]) * 1000 if kept < len(sent) else 0.0
        return Kill(len(sent), kept, loss, late, tuple(wrong))


def _without_processor(pid: int) -> float:
    """Give the seconds that a program's threads were ready to run and could not (Linux)."""
    kept = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[1]) for one in kept) / 1e9


def run(
    kills: int,
    *,
    seed: int = 1,
    at_once: int = 2,
    jobs: int = 12_000,
    tell: Callable[[str], None] = print,
) -> Typing:
    """Kill so many times, some writers at a time, each at a home of their own."""
    done = Typing()
    with (
        sandbox_apart(jobs) as (url, token),
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(at_once) as pool,
    ):

        def write(place: int) -> list[Kill]:
            home = Home(Path(folder) / str(place), url, token)
            writer = Writer(home, seed)
            lives = []
            for number in range(place, kills, at_once):
                lives.append(writer.life(number))
                if lives[-1].loss > MOST_LOSS or lives[-1].wrong:
                    tell(f"seed {seed}, life {number}: {lives[-1]}")
            return lives

        for lives in pool.map(write, range(min(at_once, kills))):
            done.kills += lives
    return done
