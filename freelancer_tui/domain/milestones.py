"""Milestones: money held for part of a project, its release, and what we ask to be held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.money import Money

MilestoneStatus = Literal[
    "frozen", "requested_release", "cleared", "pending", "disputed", "canceled"
]
"""The marketplace's words; `frozen` is funded and held, `cleared` is paid out."""
RequestStatus = Literal["pending", "created", "rejected", "deleted"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Money that the client put aside for part of the work."""

    remote_id: int
    project_remote_id: int
    bid_remote_id: int | None
    bidder_id: int | None
    amount: Money
    text: str
    status: MilestoneStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneRequest:
    """A freelancer's wish that the client fund something."""

    remote_id: int
    project_remote_id: int
    bid_remote_id: int | None
    bidder_id: int | None
    amount: Money
    text: str
    status: RequestStatus
    requested_at: datetime


EscrowState = Literal[
    "queued",
    "refused",
    "requested",
    "funded",
    "release_asked",
    "released",
    "disputed",
    "canceled",
]
"""The first two are ours: a request that still is in the outbox."""


@dataclass(frozen=True, slots=True)
class EscrowLine:
    """A milestone or a request for one, as the list shows both."""

    remote_id: int | None
    """None while it is in the outbox."""
    is_request: bool
    project_remote_id: int
    project_title: str
    client: str
    amount: Money
    text: str
    state: EscrowState
    at: datetime
    entry_id: str = ""
    """The outbox entry that carries it, while it is not sent."""
    entry: OutboxEntry | None = None
    """What is in the outbox about it: the request itself, or what is to be done to it."""

    @property
    def can_be_asked_for(self) -> bool:
        """True where money is held, and nobody was asked to pay it out yet."""
        return not self.is_request and self.state == "funded" and not self._waits

    @property
    def can_be_withdrawn(self) -> bool:
        """True where the client has not answered a request that they have."""
        return self.is_request and self.state == "requested" and not self._waits

    @property
    def _waits(self) -> bool:
        return self.entry is not None and self.entry.state != "refused"


@dataclass(frozen=True, slots=True)
class Work:
    """Work that we bid for, and what its client put aside for it."""

    bid_remote_id: int
    project_remote_id: int
    project_title: str
    client: str
    price: Money
    held: Money
    """Put aside and not paid out yet."""
    paid: Money
    asked: Money
    """Asked for by us, and not put aside."""
    is_running: bool
    """True from the moment we took it until it is complete."""

    @property
    def is_unfunded(self) -> bool:
        """True where work is still owed for which nothing is held."""
        return self.is_running and self.held.minor <= 0 and self.paid < self.price


def state_of(status: MilestoneStatus | RequestStatus) -> EscrowState:
    """Say in the user's words where the money is."""
    states: dict[MilestoneStatus | RequestStatus, EscrowState] = {
        "frozen": "funded",
        "requested_release": "release_asked",
        "cleared": "released",
        "disputed": "disputed",
        "canceled": "canceled",
        "pending": "requested",
        "created": "funded",
        "rejected": "canceled",
        "deleted": "canceled",
    }
    return states[status]
