"""Wire: a line between the program and the sandbox that notes when words pass on it."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import SHUT_WR, create_connection, create_server, socket
from urllib.parse import urlsplit

_CHUNK = 1 << 16
_ZIPPED, _PLAIN = b"gzip, deflate", b"identity     "


@dataclass
class Wire:
    """Carries bytes both ways; answers come unzipped, so that they can be read."""

    target: tuple[str, int]
    url: str = ""
    passed: threading.Condition = field(default_factory=threading.Condition)
    _answers: list[tuple[float, bytes]] = field(default_factory=list)

    def wait_for(self, words: bytes, seconds: float) -> float:
        """Wait for an answer with words in it that comes from now on; give when it passed."""
        with self.passed:
            self._answers.clear()
            self.passed.wait_for(lambda: self._last(words) is not None, seconds)
        return self.last(words)

    def last(self, words: bytes) -> float:
        """Give when an answer with words in it passed last."""
        found = self._last(words)
        if found is None:
            raise TimeoutError(f"no answer with {words!r}")
        return found

    def _last(self, words: bytes) -> float | None:
        return next((at for at, data in reversed(self._answers) if words in data), None)

    def carry(self, client: socket) -> None:
        """Carry one connection until either side is done with it."""
        with client, create_connection(self.target) as server:
            answers = threading.Thread(target=self._pump, args=(server, client), daemon=True)
            answers.start()
            with suppress(OSError):
                while data := client.recv(_CHUNK):
                    server.sendall(data.replace(_ZIPPED, _PLAIN))
            with suppress(OSError):
                server.shutdown(SHUT_WR)
            answers.join()

    def _pump(self, server: socket, client: socket) -> None:
        with suppress(OSError):
            while data := server.recv(_CHUNK):
                client.sendall(data)
                with self.passed:
                    self._answers.append((time.perf_counter(), data))
                    self.passed.notify_all()


@contextmanager
def wired(url: str) -> Generator[Wire]:
    """Lend a line to a server until the block ends."""
    parts = urlsplit(url)
    wire = Wire((parts.hostname or "", parts.port or 0))
    with create_server(("127.0.0.1", 0)) as listener:
        wire.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _address = listener.accept()
                    threading.Thread(target=wire.carry, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield wire
