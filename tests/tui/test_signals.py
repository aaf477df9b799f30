"""Signals: a real process on a real terminal, and what is saved when either goes away."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.measure import ROOT

PROGRAM = """
import sys
from pathlib import Path
from freelancer_tui.tui import app
from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.screens import autosave
from tests.tui.town import a_workspace

folder = Path(sys.argv[1])
autosave.PAUSE_SECONDS = 60  # so that nothing but the signal can save


class App(FreelancerApp):
    CSS_PATH = Path(app.__file__).with_name("app.tcss")

    def on_mount(self):
        self.call_after_refresh(self.type)

    def type(self):
        self.section.save_soon("text", lambda: (folder / "saved").write_text("kept"))
        (folder / "ready").touch()


workspace = a_workspace(folder)
App(workspace, start_sync=False).run()
workspace.close()
"""


@dataclass
class Terminal:
    """A process, and the terminal it runs on."""

    process: subprocess.Popen[bytes]
    controller: int


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    controller, user = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdin=user,
        stdout=user,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(user)
    os.set_blocking(controller, False)
    try:
        wait_for(tmp_path / "ready", controller)
        yield Terminal(process, controller)
    finally:
        process.kill()
        process.wait(5)


def drain(controller: int) -> None:
    try:
        while os.read(controller, 65536):
            pass
    except OSError:
        pass


def wait_for(path: Path, controller: int) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        drain(controller)
        assert time.monotonic() < deadline, f"no {path.name}"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_ends(terminal: Terminal, tmp_path: Path, number: int) -> None:
    terminal.process.send_signal(number)
    wait_for(tmp_path / "saved", terminal.controller)
    deadline = time.monotonic() + 5
    while terminal.process.poll() is None and time.monotonic() < deadline:
        drain(terminal.controller)
        time.sleep(0.02)
    assert terminal.process.returncode == 0
    assert (tmp_path / "saved").read_text() == "kept"
    os.close(terminal.controller)


def test_a_terminal_that_goes_away_loses_nothing(terminal: Terminal, tmp_path: Path) -> None:
    os.close(terminal.controller)
    terminal.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 8
    while not (tmp_path / "saved").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (tmp_path / "saved").read_text() == "kept"
    terminal.process.wait(8)


def test_a_shell_that_stops_the_program_finds_all_saved(terminal: Terminal, tmp_path: Path) -> None:
    os.write(terminal.controller, b"\x1a")  # Ctrl+Z sends what a shell sends: SIGTSTP
    drain(terminal.controller)
    deadline, status = time.monotonic() + 10, 0
    while not os.WIFSTOPPED(status) and time.monotonic() < deadline:
        status = os.waitpid(terminal.process.pid, os.WUNTRACED | os.WNOHANG)[1]
        drain(terminal.controller)
        time.sleep(0.02)
    assert os.WIFSTOPPED(status)
    assert (tmp_path / "saved").read_text() == "kept"
    terminal.process.send_signal(signal.SIGCONT)
    os.close(terminal.controller)
