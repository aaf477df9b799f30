"""Start: from a new process to the first painted jobs, and from a key to the next picture."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.homes import environ, filled_home
from tests.bench.table import Row, against, median
from tests.terminal import Terminal

ROUNDS = 7
FLOOR = (sys.executable, "-m", "tests.bench.floor_app")
PROGRAM = (sys.executable, "-m", "freelancer_tui")
COUNTS = (10_000, 100_000)


def run() -> list[Row]:
    """Start the floor and the program in turn, with a small and a large cache."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {count: environ(filled_home(Path(folder) / str(count), count)) for count in COUNTS}
        floors: list[tuple[float, float, float]] = []
        values: dict[int, list[tuple[float, float, float]]] = {count: [] for count in COUNTS}
        for _ in range(ROUNDS):
            floors.append(_measure(FLOOR, homes[COUNTS[0]], "Job number 3"))
            for count in COUNTS:
                values[count].append(_measure(PROGRAM, homes[count], "IDR"))
    names = (("start to painted jobs", "ms", 1.5), ("peak memory", "MB", 1.5), ("key", "ms", 1.2))
    return [
        against(
            f"{what}, {count:,} jobs",
            median([one[place] for one in values[count]]),
            median([one[place] for one in floors]),
            unit,
            most,
        )
        for count in COUNTS
        for place, (what, unit, most) in enumerate(names)
    ]


def _measure(
    command: Sequence[str], home: Mapping[str, str], ready: str
) -> tuple[float, float, float]:
    with Terminal(command, environ=home) as terminal:
        start = terminal.wait(ready)
        terminal.settle(1.0)
        keys = []
        for _ in range(9):
            terminal.send("\x1b[B")
            keys.append(terminal.until_repaint())
            terminal.settle(0.1)
        return start, terminal.peak_memory(), median(keys)
