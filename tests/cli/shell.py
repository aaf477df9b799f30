"""Shell: running the program as a user does, in this process or in one of its own."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from freelancer_tui.cli import run

LETTER = (
    "I have read your brief with care and I can start this week. Here is how I would go about it, "
    "step by step, with a first draft in three days and two rounds of changes."
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The one JSON error on standard error; nothing may be on standard output."""
        assert self.out == ""
        told = json.loads(self.err)
        assert set(told) == {"error"}
        error: dict[str, Any] = told["error"]
        assert {"code", "message", "hint"} <= set(error)
        assert error["message"]
        return error


class Shell:
    """A terminal of a user with a home folder of their own."""

    def __init__(
        self, home: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.home = home
        self.patch = patch
        self._capsys = capsys
        patch.setenv("FREELANCER_TUI_HOME", str(home))

    def __call__(self, *arguments: object, text: str = "") -> Ran:
        """Run a command in this process."""
        self._capsys.readouterr()
        with self.patch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            code = run([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)

    def ok(self, *arguments: object, text: str = "") -> Any:
        """Run a command with `--json` that succeeds quietly, and give its document."""
        ran = self(*arguments, "--json", text=text)
        assert (ran.code, ran.err) == (0, ""), ran
        return ran.document

    def sign_in(self, url: str, token: str) -> None:
        """Use an account from the environment from here on."""
        self.patch.setenv("FREELANCER_TUI_URL", url)
        self.patch.setenv("FREELANCER_TUI_TOKEN", token)

    def folder(self) -> Path:
        """The folder of the only account that was used."""
        found = list((self.home / "data" / "accounts").iterdir())
        assert len(found) == 1
        return found[0]

    def draft(self, remote_id: int, amount: str) -> Any:
        """A draft that could be submitted."""
        words = ("proposals", "draft", remote_id, "--amount", amount, "--days", 5)
        return self.ok(*words, "--text-file", "-", text=LETTER)


@contextmanager
def started(*arguments: object) -> Generator["subprocess.Popen[str]"]:
    """A command in a process of its own, which does not outlive the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "freelancer_tui", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_ctrl_c if os.name == "posix" else None,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _hear_ctrl_c() -> None:
    """Let Ctrl-C through even where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def ready_line(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """Wait for a sandbox to tell its address."""
    assert process.stdout is not None
    document: dict[str, Any] = json.loads(process.stdout.readline())
    return document


def first(rows: list[dict[str, Any]], fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first row that fits."""
    return next(row for row in rows if fits(row))
