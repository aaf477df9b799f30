"""Calls: what goes out and what comes back, and what a client takes from the world."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import BinaryIO, Final, Protocol, TypeVar

import msgspec

T = TypeVar("T")
NOTHING: Final = msgspec.Raw()
"""The result of a call whose answer is a file."""


class Offload(Protocol):
    """Runs a function where it does not hold up the event loop."""

    async def __call__(self, function: Callable[..., T], /, *arguments: object) -> T:
        """Give what the function gives."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait for what, in seconds."""

    connect: float = 10.0
    read: float = 20.0
    pool: float = 10.0
    deadline: float = 30.0
    """For a whole request: a server that drips bytes passes every read timeout."""
    own_pause: float = 10.0
    """The longest wait for our own allowance; beyond it the caller is told to wait."""
    tries: int = 3
    """For reads only."""


def utc_now() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outside:
    """What a client takes from the world around it, so that a test can be that world."""

    clock: Callable[[], datetime] = utc_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Random = field(default_factory=Random)
    offload: Offload = asyncio.to_thread
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file part of a multipart body."""

    field: str
    name: str
    content: bytes | BinaryIO
    """An open file is read as it is sent."""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One request of ours."""

    method: str
    path: str
    family: str
    """Calls of one family share an allowance."""
    query: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    content_type: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    """Text parts of a multipart body; used only with `files`."""
    files: tuple["FilePart", ...] = ()

    @property
    def writes(self) -> bool:
        """True when the call can change something there."""
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever it is."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    """The server's own time (`Date` header), else ours."""
    is_dated: bool = True
    """False where it is ours, which may be wrong by days."""
    was_taken: bool = False
    """True when the body was the file that was asked for: there is nothing to judge."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A good reply's result, not yet decoded."""

    result: msgspec.Raw
    at: datetime
    tries: int = 1
    is_dated: bool = True


Judge = Callable[[Reply, bool], msgspec.Raw]
"""Gives the result of a good reply; raises for any other, knowing whether the call writes."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the marketplace is, what opens its door, and how its replies are judged."""

    base_url: str
    token_header: str
    token: Callable[[], str]
    """Asked for each request, on the event loop: it must answer at once."""
    judge: Judge
