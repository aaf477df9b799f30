"""Intents: what the user wants done on the marketplace, and how far each came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class PlaceBid:
    """Offer to do a project."""

    project_remote_id: int
    amount: Money
    days: int
    text: str
    milestone_percentage: int = 100
    """The first milestone's share, 20 to 100."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send: its bytes were copied into the store when the message was queued."""

    name: str
    path: str
    """Where the copy lies."""
    size: int


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Say something in a thread."""

    thread_remote_id: int
    text: str
    client_message_id: str
    """At most 15 decimal digits, unique for this user: the marketplace may echo it."""
    uploads: tuple[Upload, ...] = ()


Intent = PlaceBid | SendMessage
IntentName = Literal["place_bid", "send_message"]
OutboxState = Literal["queued", "sending", "doubtful", "refused", "sent"]
LIVE: tuple[OutboxState, ...] = ("queued", "sending", "doubtful")
"""States in which an entry can still change something on the marketplace."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An intent and how far it came."""

    id: str
    intent: Intent
    subject_id: str
    """The proposal or reply of ours that it carries."""
    entity: str
    """Entries of one entity (`project:12`, `thread:34`) go out one at a time, in order."""
    about: str
    """What it is about, in words: a project's title, a person's name."""
    state: OutboxState
    queued_at: datetime
    attempts: int = 0
    next_try_at: datetime | None = None
    """Not before this time; None means as soon as there is a turn."""
    watermark: int | None = None
    """The highest id there just before the last attempt: only newer ones can be ours."""
    looked_first_at: datetime | None = None
    """The marketplace's own time at the first look that did not find it."""
    asks: bool = False
    """True when looking cannot tell and the user has to decide."""
    reason_code: str = ""
    reason: str = ""
    remote_id: int | None = None

    @property
    def name(self) -> IntentName:
        """The kind of intent, as the command line and the log write it."""
        return "place_bid" if isinstance(self.intent, PlaceBid) else "send_message"

    @property
    def needs_user(self) -> bool:
        """True when nothing more happens until the user decides."""
        return self.state == "refused" or self.asks


@dataclass(frozen=True, slots=True)
class Receipt:
    """The marketplace's word that an intent landed."""

    remote_id: int
    at: datetime
    differs: bool = False
    """True when what is there is not what this intent would have put there."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look for an intent brought: its receipt if it is there, and when we looked."""

    receipt: Receipt | None
    at: datetime
    """The marketplace's own clock (`Date` header), never ours."""
    proves_absence: bool = False
    """True when not finding it proves that it is not there, so sending again is safe."""
