"""Commands: how long a quick command takes as a whole process, above what Python itself takes."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.homes import environ, filled_home
from tests.bench.table import Row, median, milliseconds

ROUNDS = 15
PROGRAM = (sys.executable, "-m", "freelancer_tui")


def run() -> list[Row]:
    """Run each command and its floor in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = environ(filled_home(Path(folder), 10_000))
        return [
            _beside("--version", ["--version"], "pass", 60, home),
            _beside(
                "jobs search --json logo, 10,000 jobs",
                ["jobs", "search", "--json", "logo"],
                "import sqlite3, json",
                150,
                home,
            ),
        ]


def _beside(
    what: str, arguments: Sequence[str], floor: str, most: float, home: Mapping[str, str]
) -> Row:
    values, floors = [], []
    for _ in range(ROUNDS):
        floors.append(_time([sys.executable, "-c", floor], home))
        values.append(_time([*PROGRAM, *arguments], home))
    value, bottom = median(values), median(floors)
    return Row(what, value, "ms", bottom, f"≤ + {most:g} ms", value <= bottom + most)


def _time(command: Sequence[str], home: Mapping[str, str]) -> float:
    return milliseconds(lambda: subprocess.run(command, env=home, check=True, capture_output=True))
