"""Shell: running the command line as a user does, in this process or in one of its own."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from freelancer_tui.cli import run
from tests.house.measure import ROOT


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error on standard error."""
        return json.loads(self.err)["error"]


@contextmanager
def _own_log() -> Iterator[None]:
    """Log as a fresh process does: pytest's own handlers look like a log file."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    try:
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers = before
        root.setLevel(level)


@dataclass
class Shell:
    """Commands on one home; the account comes from the environment."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    environ: dict[str, str] = field(default_factory=dict)

    def sign_in(self, url: str, token: str) -> None:
        self.environ |= {"FREELANCER_TUI_URL": url, "FREELANCER_TUI_TOKEN": token}

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Done:
        """Run a command in this process: quick."""
        self.capsys.readouterr()
        with self.monkeypatch.context() as patch:
            for name, value in self._environ().items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            with _own_log():
                code = run(list(arguments))
        told = self.capsys.readouterr()
        return Done(code, told.out, told.err)

    def ok(self, *arguments: str, stdin: bytes = b"") -> Any:
        """Run a command that succeeds, and give its document."""
        done = self(*arguments, "--json", stdin=stdin)
        assert done.code == 0, done.err
        return done.json

    def process(self, *arguments: str, stdin: str = "") -> Done:
        """Run a command in a process of its own: the real thing."""
        done = subprocess.run(
            [sys.executable, "-m", "freelancer_tui", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=os.environ | self._environ(),
            cwd=ROOT,
            timeout=50,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "freelancer_tui", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | self._environ(),
            cwd=ROOT,
        )

    def _environ(self) -> dict[str, str]:
        return {"FREELANCER_TUI_HOME": str(self.home), **self.environ}
