"""Home: a user's folder and commands of the real program, and a look into its files."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.house.measure import ROOT

PROGRAM = (sys.executable, "-m", "freelancer_tui")
PATIENCE = 120
"""Seconds for a command that ends by itself, on a machine that is busy with other things."""
LOCKED = "database is locked"


@dataclass
class Home:
    """Where one user's words are; the account comes from the environment."""

    folder: Path
    url: str
    token: str
    errors: list[str] = field(default_factory=list)
    """What commands said on standard error."""

    def environ(self) -> dict[str, str]:
        """What every process of this user is started with."""
        own = {
            "FREELANCER_TUI_HOME": str(self.folder),
            "FREELANCER_TUI_URL": self.url,
            "FREELANCER_TUI_TOKEN": self.token,
            "LANG": "en_US.UTF-8",
        }
        return {**os.environ, **own}

    def begin(self, *words: object) -> "subprocess.Popen[bytes]":
        """Start a command and leave it running; what it says goes into a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(
                [*PROGRAM, *map(str, words)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=self.environ(),
                cwd=ROOT,
            )

    def run(self, *words: object, text: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        done = subprocess.run(
            [*PROGRAM, *map(str, words)],
            input=text,
            capture_output=True,
            text=True,
            env=self.environ(),
            cwd=ROOT,
            timeout=PATIENCE,
        )
        self.errors.append(done.stderr)
        return done

    def ok(self, *words: object, text: str = "") -> Any:
        """Run a command that succeeds; give its document."""
        done = self.run(*words, "--json", text=text)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)

    @property
    def account(self) -> Path:
        """The folder of the only account."""
        (found,) = (self.folder / "data" / "accounts").iterdir()
        return found

    def said(self) -> str:
        """What the programs that were left running said."""
        said = self.folder / "said"
        return said.read_text(errors="replace") if said.exists() else ""

    def told(self) -> str:
        """Everything that logs and standard error hold."""
        logs = [one.read_text(errors="replace") for one in self.folder.rglob("*.log*")]
        return "\n".join((self.said(), *logs, *self.errors))


@contextmanager
def sandbox_apart(projects: int) -> Generator[tuple[str, str]]:
    """Serve a generated world from a process of its own; give its address and a token."""
    words = ("sandbox", "--until-closed", "--no-clients", "--projects", str(projects))
    with subprocess.Popen(
        [*PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            yield ready["url"], ready["users"][0]["token"]
        finally:
            process.kill()


@contextmanager
def copied(account: Path, name: str) -> Generator[sqlite3.Connection]:
    """Open a copy of a file as it lies there, so that looking heals and hides nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for end in ("", "-wal"):
            if (account / f"{name}{end}").exists():
                shutil.copy(account / f"{name}{end}", folder)
        with closing(sqlite3.connect(Path(folder) / name)) as connection:
            yield connection


def check_files(account: Path) -> list[str]:
    """List what is wrong with an account's two files; nothing may be."""
    wrong = []
    for name in ("work.db", "cache.db"):
        try:
            with copied(account, name) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchone()[0]
                broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.Error as error:
            wrong.append(f"{name}: {error}")
        else:
            wrong += [f"{name}: {found}"] * (found != "ok")
            wrong += [f"{name}: {len(broken)} rows without their parent"] * bool(broken)
    return wrong


def percentile(values: list[float], share: float) -> float:
    """Give the value below which a share of the values lies; 0 of none."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
