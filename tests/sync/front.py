"""Front: a door before the sandbox that passes every request on but one, which it spoils."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.marketplaces.raw_server import Request, serving

Spoil = Callable[[Request, bytes], Awaitable[None]]
"""Answers a write; given what the sandbox answered, or nothing where it was not asked."""


@dataclass(slots=True)
class Front:
    """A fault for the next write, and whether the sandbox hears of that write."""

    target: str
    url: str = ""
    spoil: Spoil | None = None
    arrives: bool = False
    spoiled: list[str] = field(default_factory=list)

    async def behave(self, request: Request) -> None:
        """Pass a request on, or spoil it once."""
        spoil = self.spoil
        if spoil is None or not _is_write(request.line):
            request.send(await self._passed_on(request))
            return
        self.spoil = None
        self.spoiled.append(request.line)
        await spoil(request, await self._passed_on(request) if self.arrives else b"")

    async def _passed_on(self, request: Request) -> bytes:
        place = urlsplit(self.target)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        head = request.head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1)
        lines = [line for line in head.split("\r\n") if line.lower() != "connection: keep-alive"]
        writer.write("\r\n".join(lines).encode() + request.body)
        answer = await reader.read()
        writer.close()
        return answer


def _is_write(line: str) -> bool:
    return line.startswith(("POST ", "PUT "))


@asynccontextmanager
async def standing_before(url: str) -> AsyncIterator[Front]:
    """Stand before the sandbox at an address until the block ends."""
    front = Front(url)
    async with serving(front.behave) as server:
        front.url = server.url
        yield front
