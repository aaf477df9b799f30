"""Proxy: a bad line between a client and the sandbox; it spoils bytes by a seed, and keeps a log.

    with running_proxy(sandbox.url, seed=1, rate=0.5) as proxy:
        proxy.url, proxy.log, proxy.exchanges, proxy.mend()

What happens to a connection depends on the seed and on its number alone.
"""

import asyncio
import struct
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from socket import AF_INET, SO_LINGER, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket
from typing import Literal, get_args
from urllib.parse import urlsplit

Kind = Literal[
    "refuse",
    "hang_up",
    "cut_request",
    "cut_reply",
    "stall",
    "delay",
    "drip",
    "reset",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_CHUNK = 1 << 16
_MOST_DRIPS = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong on one connection."""

    kind: Kind
    exchange: int
    """Which request on the connection it strikes; the first is 0."""
    after: int
    """How many bytes of that request, or of its reply, are let through before."""
    seconds: float

    @property
    def spoils_reply(self) -> bool:
        """True where the request arrives whole and the answer suffers."""
        return self.kind in ("cut_reply", "drip") or (self.kind == "reset" and self.after % 2 == 0)


def planned(seed: int, connection: int, rate: float) -> Plan | None:
    """Give what goes wrong on a connection, the same for the same seed; None is a good line."""
    dice = Random(f"{seed}/{connection}")
    if dice.random() >= rate:
        return None
    kind = dice.choice(KINDS)
    exchange = 0 if kind in ("refuse", "hang_up") else dice.randrange(6)
    after = dice.choice((0, dice.randrange(40), dice.randrange(700)))
    return Plan(kind, exchange, after, round(dice.uniform(0.02, 0.6), 3))


@dataclass(frozen=True, slots=True)
class Struck:
    """A line of the log: a fault that happened, and to which connection."""

    connection: int
    plan: Plan


class _End(Exception):
    """The connection is over."""


@dataclass(slots=True)
class _Line:
    """One client's connection, the one to the server for it, and how far they are."""

    number: int
    plan: Plan | None
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    exchange: int = -1
    replying: bool = True
    """True until the next byte of the client, which begins an exchange."""
    passed: int = 0
    """Bytes of the present direction and exchange."""

    def close(self, *, hard: bool = False) -> None:
        for writer in (self.client, self.server):
            if hard:
                _reset(writer)
            with suppress(ConnectionError, RuntimeError):
                writer.close()


@dataclass
class Proxy:
    """A line to a server that goes wrong as planned."""

    target: tuple[str, int]
    seed: int
    rate: float
    log: list[Struck] = field(default_factory=list)
    exchanges: int = 0
    """Requests that began, over all connections."""
    connections: int = 0
    url: str = ""
    _plan: Plan | None = None
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _moved: threading.Condition = field(default_factory=threading.Condition)

    def mend(self) -> None:
        """Let everything pass from now on, also on the connections there are."""
        self.rate = 0.0
        self._plan = None

    def always(self, plan: Plan) -> None:
        """Do this to every connection from now on."""
        self._plan = plan

    def wait_for(self, exchanges: int, seconds: float) -> bool:
        """Wait until so many requests began since the start; tell whether they did."""
        with self._moved:
            return self._moved.wait_for(lambda: self.exchanges >= exchanges, seconds)

    async def listen(self, port: int = 0) -> int:
        """Take connections; give the port."""
        line = socket(AF_INET, SOCK_STREAM)
        line.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        line.bind(("127.0.0.1", port))
        self._server = await asyncio.start_server(self._accept, sock=line)
        port = line.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return port

    async def end(self) -> None:
        """Hang up on everybody."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, _End, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._tasks.discard(task)

    def _next_plan(self) -> tuple[int, Plan | None]:
        number = self.connections
        self.connections += 1
        return number, self._plan or planned(self.seed, number, self.rate)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, plan = self._next_plan()
        if plan and plan.kind in ("hang_up", "refuse"):
            self.log.append(Struck(number, plan))
            writer.close()
            if plan.kind == "refuse":
                await self._refuse(plan.seconds)
            return
        answers, server = await asyncio.open_connection(*self.target)
        line = _Line(number, plan, writer, server)
        try:
            ways = [
                asyncio.create_task(self._pump(reader, line, replies=False)),
                asyncio.create_task(self._pump(answers, line, replies=True)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        finally:
            line.close()

    async def _refuse(self, seconds: float) -> None:
        """Be not there for a while: the system itself refuses who knocks."""
        server = self._server
        if server is None or not server.is_serving():
            return
        port = server.sockets[0].getsockname()[1]
        server.close()
        await asyncio.sleep(seconds)
        await self.listen(port)

    async def _pump(self, reader: asyncio.StreamReader, line: _Line, *, replies: bool) -> None:
        """Carry bytes one way until either end, or the plan, is done with it."""
        writer = line.client if replies else line.server
        with suppress(OSError, _End):
            while data := await reader.read(_CHUNK):
                self._note(line, replies=replies)
                plan = line.plan
                if plan and self._is_due(line, plan, replies=replies):
                    data = await self._spoil(line, plan, data)
                line.passed += len(data)
                writer.write(data)
                await writer.drain()

    def _note(self, line: _Line, *, replies: bool) -> None:
        if replies != line.replying:
            line.replying, line.passed = replies, 0
            if not replies:
                line.exchange += 1
                with self._moved:
                    self.exchanges += 1
                    self._moved.notify_all()

    def _is_due(self, line: _Line, plan: Plan, *, replies: bool) -> bool:
        mended = self.rate == 0.0 and self._plan is None
        return not mended and line.exchange == plan.exchange and replies == plan.spoils_reply

    async def _spoil(self, line: _Line, plan: Plan, data: bytes) -> bytes:
        """Do what is planned to some bytes; give those that are still to be passed on."""
        writer = line.client if plan.spoils_reply else line.server
        if plan.kind in ("delay", "drip"):
            self.log.append(Struck(line.number, plan))
            line.plan = None
            if plan.kind == "delay":
                await asyncio.sleep(plan.seconds)
                return data
            return await _drip(writer, data, plan.seconds)
        room = plan.after - line.passed
        if len(data) < room:
            return data
        self.log.append(Struck(line.number, plan))
        writer.write(data[: max(room, 0)])
        with suppress(OSError):
            await writer.drain()
        if plan.kind == "stall":
            await asyncio.sleep(plan.seconds)
        line.close(hard=plan.kind == "reset")
        raise _End


async def _drip(writer: asyncio.StreamWriter, data: bytes, seconds: float) -> bytes:
    """Pass the first bytes one by one; give the rest."""
    count = min(len(data), _MOST_DRIPS)
    for place in range(count):
        writer.write(data[place : place + 1])
        await writer.drain()
        await asyncio.sleep(seconds / count)
    return data[count:]


def _reset(writer: asyncio.StreamWriter) -> None:
    """Hang up with a reset instead of a goodbye."""
    line: socket | None = writer.get_extra_info("socket")
    if line is not None:
        with suppress(OSError):
            line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def running_proxy(url: str, *, seed: int = 1, rate: float = 0.5) -> Generator[Proxy]:
    """Stand between a client and the server at an address until the block ends."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    proxy = Proxy((parts.hostname, parts.port), seed, rate)
    started = threading.Event()
    ended: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def run() -> None:
        await proxy.listen()
        over = asyncio.Event()
        ended.append((asyncio.get_running_loop(), over))
        started.set()
        await over.wait()
        await proxy.end()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="proxy")
    thread.start()
    assert started.wait(10)
    try:
        yield proxy
    finally:
        loop, over = ended[0]
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        assert not thread.is_alive()
