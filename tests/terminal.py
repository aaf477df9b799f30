"""Terminal: a real pseudo-terminal that runs a program and is watched as a user would."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte


class Terminal:
    """A program in a pseudo-terminal of a fixed size, with its screen kept by an emulator."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environ: Mapping[str, str],
        columns: int = 120,
        lines: int = 40,
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._unseen = bytearray()
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={
                **environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "COLUMNS": str(columns),
                "LINES": str(lines),
            },
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def screen(self) -> pyte.Screen:
        """The screen as it is now."""
        if self._unseen:
            self._stream.feed(bytes(self._unseen))
            self._unseen.clear()
        return self._screen

    @property
    def text(self) -> str:
        """What the screen shows, a line each."""
        return "\n".join(self.screen.display)

    def wait(self, words: str, seconds: float = 20) -> float:
        """Read until words are on the screen; give the milliseconds since the start."""
        deadline = time.perf_counter() + seconds
        while words not in self.text:
            if not self._read(deadline):
                raise TimeoutError(f"no {words!r} in:\n{self.text}")
        return (time.perf_counter() - self.started) * 1000

    def settle(self, quiet_seconds: float = 0.5, seconds: float = 10) -> None:
        """Read until nothing has been written for a while."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if not self._read(time.perf_counter() + quiet_seconds):
                return

    def drain(self, until: float) -> None:
        """Take in what is written until a moment of the performance counter, and no longer."""
        while self._read(until):
            pass
        time.sleep(max(until - time.perf_counter(), 0))

    def send(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def until_repaint(self, seconds: float = 5) -> float:
        """Read until the program has written something; give the milliseconds it took."""
        start = time.perf_counter()
        if not self._read(start + seconds):
            raise TimeoutError("nothing was painted")
        return (time.perf_counter() - start) * 1000

    def peak_memory(self) -> float:
        """Give the peak resident memory of the process so far, in MB (Linux)."""
        return self._status("VmHWM")

    def memory(self) -> float:
        """Give the resident memory of the process now, in MB (Linux)."""
        return self._status("VmRSS")

    def wait_end(self, seconds: float = 10) -> int:
        """Read until the program has ended; give its exit code."""
        deadline = time.perf_counter() + seconds
        while self.process.poll() is None and time.perf_counter() < deadline:
            self._read(time.perf_counter() + 0.05)
        return self.process.wait(0.1)

    def kill(self) -> None:
        """End the program at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _status(self, name: str) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        return 0.0

    def _read(self, deadline: float) -> bool:
        wait = deadline - time.perf_counter()
        if wait <= 0 or not select.select([self._master], [], [], wait)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self._unseen += data  # the emulator, which is slow, gets it once somebody looks
        return bool(data)
