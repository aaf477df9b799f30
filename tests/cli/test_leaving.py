"""Leaving: the real program ends within two seconds while a request of it hangs."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.house.measure import ROOT

if sys.platform == "win32":
    pytest.skip("a terminal and signals of Unix", allow_module_level=True)

from tests.terminal import Terminal

WITHIN_SECONDS = 2.0


class Mute:
    """A marketplace that takes every request and never answers."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def environ(self) -> dict[str, str]:
        """What signs a program in here."""
        port = self._server.getsockname()[1]
        return {
            "FREELANCER_TUI_URL": f"http://127.0.0.1:{port}",
            "FREELANCER_TUI_TOKEN": "some-token-1234567890",
            "LANG": "en_US.UTF-8",
        }

    def close(self) -> None:
        self._server.close()
        for line in self._lines:
            line.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _address = self._server.accept()
                self._lines.append(line)
                line.recv(1 << 16)
                self.asked.set()


@pytest.fixture
def mute() -> Iterator[Mute]:
    mute = Mute()
    yield mute
    mute.close()


@pytest.fixture
def environ(tmp_path: Path, mute: Mute) -> dict[str, str]:
    home = {"FREELANCER_TUI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    return {**os.environ, **home, **mute.environ}


@pytest.mark.parametrize("by", ["q", "SIGTERM"])
def test_the_screens_are_left_while_a_request_hangs(
    mute: Mute, environ: dict[str, str], by: str
) -> None:
    program = [sys.executable, "-m", "freelancer_tui"]
    with Terminal(program, environ=environ) as terminal:
        terminal.wait("Syncing")
        assert mute.asked.wait(10)
        began = time.perf_counter()
        if by == "q":
            terminal.send("q")
        else:
            terminal.process.send_signal(signal.SIGTERM)
        code = terminal.wait_end(20)
        took = time.perf_counter() - began
        assert (code, "Traceback" in terminal.text) == (0, False)
        assert took < WITHIN_SECONDS


def test_sync_is_left_while_a_request_hangs(mute: Mute, environ: dict[str, str]) -> None:
    with Terminal([sys.executable, "-m", "freelancer_tui", "sync"], environ=environ) as terminal:
        assert mute.asked.wait(20)
        began = time.perf_counter()
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.wait_end(20) == 130
        assert time.perf_counter() - began < WITHIN_SECONDS
        assert "Traceback" not in terminal.text
