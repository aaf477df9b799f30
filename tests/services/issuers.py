"""Issuers: programs that issue documents on one account until they are done, or killed."""

import subprocess
import sys
from pathlib import Path
from random import Random

from tests.services.bills import a_line
from tests.services.desk import desk

ROOT = Path(__file__).parents[2]


def started(folder: Path, seed: int, count: int) -> "subprocess.Popen[str]":
    """Start a program that issues so many documents and prints each number."""
    command = [sys.executable, "-m", "tests.services.issuers", str(folder), str(seed), str(count)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def main(folder: str, seed: str, count: str) -> None:
    """Issue documents for the only client that is there."""
    with desk(Path(folder), random=Random(int(seed))) as workspace:
        client = workspace.clients.all()[0]
        for _ in range(int(count)):
            draft = workspace.invoices.new(client_id=client.id, lines=(a_line(),))
            print(workspace.invoices.issue(draft.id).number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
