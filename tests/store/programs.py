"""Programs: other processes that use an account's files while a test watches."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Session

from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work import meta, proposals
from freelancer_tui.store.work.database import WorkDatabase
from tests.factories import a_project, a_proposal
from tests.store.desk import keep

ROOT = Path(__file__).parents[2]


def started(name: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start one of the programs below in a process of its own."""
    command = [sys.executable, "-m", "tests.store.programs", name, *map(str, arguments)]
    # An input of its own: one that ends when we do, and not at once as an empty one of ours would.
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def count_up(folder: Path, times: int) -> None:
    """Read a number and write the next, each in one transaction."""
    work = WorkDatabase(folder)
    for _ in range(times):
        with work.transaction() as session:
            count_once(session)
    work.close()


def count_once(session: Session) -> None:
    """Read the number and write the next one."""
    meta.put(session, "count", str(int(meta.get(session, "count") or "0") + 1))


def write_until_killed(folder: Path) -> None:
    """Write to both files for ever, and print each number once it is acknowledged."""
    work, cache = WorkDatabase(folder), CacheDatabase(folder)
    number = 0
    while True:
        number += 1
        with work.transaction() as session:
            proposals.put(session, a_proposal(f"{number:06}", text="x" * 5000))
        keep(cache, *(a_project(10 * number + place) for place in range(10)))
        if number % 20 == 0:
            work.checkpoint()
            cache.checkpoint()
        print(number, flush=True)


def hold(path: Path) -> None:
    """Take the sync lock, say so, and keep it until killed or the input ends."""
    lock = SyncLock(path)
    print(lock.acquire(), flush=True)
    sys.stdin.read()
    os._exit(0)


def main(arguments: Sequence[str]) -> None:
    """Run the program that the first argument names."""
    match arguments:
        case ["count_up", folder, times]:
            count_up(Path(folder), int(times))
        case ["write_until_killed", folder]:
            write_until_killed(Path(folder))
        case ["hold", path]:
            hold(Path(path))
        case _:
            raise ValueError(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
