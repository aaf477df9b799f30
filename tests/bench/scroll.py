"""Scroll: keys in a very long list of jobs, and what the list costs in memory."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.homes import environ, filled_home
from tests.bench.table import Row, against, median
from tests.terminal import Terminal

JOBS = 100_000
"""`scroll=1000000` asks for as many as the house promises; filling it takes minutes."""
ROUNDS = 3
KEYS = 15
DOWN, PAGE, END, HOME = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H"
FLOOR = (sys.executable, "-m", "tests.bench.floor_app")
PROGRAM = (sys.executable, "-m", "freelancer_tui")


def run(jobs: int = JOBS) -> list[Row]:
    """Fill a cache, which takes minutes, and scroll in it."""
    with tempfile.TemporaryDirectory() as folder:
        full = environ(filled_home(Path(folder) / "full", jobs))
        empty = environ(filled_home(Path(folder) / "empty", 0))
        return measure(full, empty, jobs)


def measure(full: Mapping[str, str], empty: Mapping[str, str], jobs: int) -> list[Row]:
    """Scroll the floor, the full list and nothing in turn."""
    floors: list[tuple[float, float]] = []
    values: list[tuple[float, float, float, float]] = []
    nothing: list[float] = []
    for _ in range(ROUNDS):
        with _started(FLOOR, full, "Job number 3") as floor:
            floors.append((_keys(floor, DOWN), _keys(floor, PAGE)))
        with _started(PROGRAM, empty, "No jobs") as bare:
            nothing.append(bare.peak_memory())
        with _started(PROGRAM, full, "IDR") as terminal:
            memory = terminal.peak_memory()
            _pressed(terminal, END)
            _pressed(terminal, HOME)
            keys = _keys(terminal, DOWN), _keys(terminal, PAGE)
            values.append((*keys, memory, terminal.peak_memory()))
    down, page, memory, scrolled = map(median, zip(*values, strict=True))
    floor_down, floor_page = map(median, zip(*floors, strict=True))
    without = median(nothing)
    return [
        against(f"key, {jobs:,} jobs", down, floor_down, "ms", 1.3),
        against("page, the same", page, floor_page, "ms", 1.3),
        against("peak memory after start, beside none", memory, without, "MB", 1.3),
        Row("after scrolling to the end and back", scrolled, "MB", without),
    ]


@contextmanager
def _started(command: Sequence[str], home: Mapping[str, str], ready: str) -> Iterator[Terminal]:
    with Terminal(command, environ=home) as terminal:
        terminal.wait(ready, 60)
        terminal.settle(2.0)
        yield terminal


def _keys(terminal: Terminal, key: str) -> float:
    return median([_pressed(terminal, key) for _ in range(KEYS)])


def _pressed(terminal: Terminal, key: str) -> float:
    terminal.send(key)
    taken = terminal.until_repaint()
    terminal.settle(0.15)
    return taken
