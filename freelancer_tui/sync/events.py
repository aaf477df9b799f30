"""Events: what the engine tells while it works."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.feeds import Feed

if TYPE_CHECKING:
    from freelancer_tui.domain.intents import OutboxEntry


@dataclass(frozen=True, slots=True)
class Started:
    """A turn began."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Pulled:
    """Facts of a feed were stored."""

    feed: Feed
    changed: int
    """Rows that were new or different."""
    done: int
    total: int | None
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """An outbox entry reached another state; it comes as it now is."""

    entry: "OutboxEntry"


@dataclass(frozen=True, slots=True)
class Transferring:
    """The files of an entry are on their way; it cannot be taken back meanwhile."""

    entry_id: str
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Paused:
    """The marketplace asked to wait until a time."""

    until: datetime


@dataclass(frozen=True, slots=True)
class WentOffline:
    """The marketplace cannot be reached; the next probe is at `next_at`."""

    since: datetime
    next_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SignInNeeded:
    """The token is refused: nothing is sent or read until there is a new one."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A feed could not be read this time; the others went on."""

    feed: Feed
    reason: str


@dataclass(frozen=True, slots=True)
class Unmarked:
    """The marketplace did not take a mark on a conversation; here it stays."""

    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another window or command is syncing this account; this turn did nothing."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A turn ended; the next one is due at `next_at`."""

    at: datetime
    next_at: datetime
    pushed: int = 0
    refused: int = 0
    doubtful: int = 0
    waiting: int = 0
    pulled: tuple[tuple[str, int], ...] = ()
    """Changed rows by kind of feed."""
    requests: int = 0
    seconds: float = 0.0


Event = (
    Started
    | Pulled
    | Moved
    | Transferring
    | Paused
    | WentOffline
    | SignInNeeded
    | Failed
    | Unmarked
    | Elsewhere
    | Finished
)
