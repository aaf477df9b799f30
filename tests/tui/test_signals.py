"""Signals: a real process on a real terminal, and what is saved when either goes away."""

import errno
import io
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import pytest
from textual.drivers._writer_thread import WriterThread

from freelancer_tui.tui.driver import Fading
from freelancer_tui.tui.typing import PatientApp
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


def keep(file):
    file.with_name("half").write_text("kept")
    file.with_name("half").rename(file)


class App(FreelancerApp):
    CSS_PATH = Path(app.__file__).with_name("app.tcss")

    def on_mount(self):
        self.call_after_refresh(self.type)

    def type(self):
        self.section.save_soon("text", lambda: keep(folder / "saved"))
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
        stderr=user,  # it is what the screen is drawn on
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
    for number in (signal.SIGHUP, signal.SIGCONT):  # what a system sends when a window closes
        terminal.process.send_signal(number)
    deadline = time.monotonic() + 8
    while not (tmp_path / "saved").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (tmp_path / "saved").read_text() == "kept"
    terminal.process.wait(8)


def test_the_screen_is_drawn_on_though_its_terminal_is_gone() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, text)

        def flush(self) -> None:
            self.write("")

    assert PatientApp().driver_class.__name__ == "LastingDriver"
    writer = WriterThread(cast(TextIO, Fading(Gone())))
    writer.start()

    def draw() -> None:
        for _ in range(100):
            writer.write("row")

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    drawing.join(5)
    assert not drawing.is_alive()
    writer.stop()


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
