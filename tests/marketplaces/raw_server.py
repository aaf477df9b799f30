"""Raw server: a loopback server that answers each request with the bytes it is told to."""

import asyncio
import gzip
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from socket import SO_LINGER, SOL_SOCKET, socket

Behave = Callable[["Request"], Awaitable[None]]
DATE = 1_700_000_000


@dataclass(slots=True)
class Request:
    """One request as it came, and the line it came on."""

    head: str
    body: bytes
    writer: asyncio.StreamWriter

    @property
    def line(self) -> str:
        return self.head.split("\r\n")[0]

    def header(self, name: str) -> str:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    def reset(self) -> None:
        """Hang up with a reset instead of a goodbye."""
        line: socket = self.writer.get_extra_info("socket")
        line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass(slots=True)
class RawServer:
    """What came in, and where it listens."""

    url: str
    requests: list[Request] = field(default_factory=list)


def reply(
    body: bytes,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    zipped: bool = False,
    length: int | None = None,
) -> bytes:
    if zipped:
        body = gzip.compress(body)
    lines = {
        "Date": formatdate(DATE, usegmt=True),
        "Content-Type": "application/json",
        "Content-Length": str(len(body) if length is None else length),
        **({"Content-Encoding": "gzip"} if zipped else {}),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body


@asynccontextmanager
async def serving(behave: Behave) -> AsyncIterator[RawServer]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                request = Request(head, b"", writer)
                length = int(request.header("content-length") or 0)
                request.body = await reader.readexactly(length)
                known.requests.append(request)
                await behave(request)
                await writer.drain()
        with suppress(ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    known = RawServer(f"http://127.0.0.1:{port}")
    try:
        yield known
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def free_port() -> int:
    with socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
