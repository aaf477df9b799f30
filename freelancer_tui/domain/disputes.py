"""Disputes: all that is known of one piece of work, put together for somebody who was not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.domain.messages import MessageState
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Project

EventKind = Literal[
    "job_posted", "job_title", "job_text", "job_budget", "job_status",
    "bid_placed", "bid_changed", "bid_withdrawn", "awarded", "accepted", "declined",
    "requested", "milestone", "money_moved", "request_moved", "release_asked", "request_withdrawn",
]  # fmt: skip
Role = Literal["freelancer", "client", "other"]
Source = Literal["marketplace", "program"]
"""Who says so: the marketplace's own record, or what this program wrote down when it acted."""
PackStep = Literal["reading", "writing", "printing"]
"""What takes its time."""
FileState = Literal["included", "changed", "not_downloaded", "gone", "sent"]
"""`changed`: other bytes than when it was saved; `gone`: not where it was saved; `sent`: ours."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a pack is about: a project, with its threads, or a thread about no project."""

    project_remote_id: int | None
    thread_remote_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who are in it."""

    person: Person
    role: Role
    zone: str = ""
    """A zone of the tz database, where it is known."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the user offered from a moment on."""

    at: datetime
    amount: Money
    days: int
    text: str
    source: Source
    is_standing: bool = False
    """True for what the marketplace has now."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at the time that its source gives."""

    at: datetime
    kind: EventKind
    source: Source
    amount: Money | None = None
    state: str = ""
    """Where the money, the job or the document stands, in our word for it."""
    text: str = ""
    remote_id: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that went with a message."""

    message_remote_id: int | None
    name: str
    """As the message calls it."""
    state: FileState
    size: int | None = None
    content_type: str = ""
    checksum: str = ""
    """SHA-256 of what is in the pack, else of what was sent or saved; empty where unknown."""
    recorded: str = ""
    """SHA-256 as it was when the file was sent or saved."""
    path: str = ""
    """Where it lies in the pack, with slashes; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a thread, or a reply of the user's that did not arrive."""

    thread_remote_id: int
    remote_id: int | None
    """None for a reply that is not on the marketplace."""
    from_id: int | None
    from_name: str
    mine: bool
    text: str
    at: datetime
    state: MessageState = "sent"
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All of it."""

    matter: Matter
    title: str
    made_at: datetime
    marketplace: str
    """Its address."""
    parties: tuple[Party, ...]
    project: Project | None = None
    """None where the job is not here any more; then `title` and `brief` are what was kept."""
    brief: str = ""
    bid_remote_id: int | None = None
    bid_status: str = ""
    offers: tuple[Offer, ...] = ()
    """Oldest first."""
    events: tuple[Event, ...] = ()
    """Oldest first."""
    said: tuple[Said, ...] = ()
    """By thread, oldest first in each."""
    unsent: tuple[Said, ...] = ()
    invoices: tuple[Invoice, ...] = ()

    @property
    def me(self) -> Party | None:
        """The user."""
        return next((one for one in self.parties if one.role == "freelancer"), None)

    @property
    def client(self) -> Party | None:
        """The other side."""
        return next((one for one in self.parties if one.role == "client"), None)

    @property
    def files(self) -> tuple[Evidence, ...]:
        """The files of all messages, in order."""
        return tuple(file for one in (*self.said, *self.unsent) for file in one.files)


class Packed(NamedTuple):
    """What came of it."""

    folder: str
    files: tuple[str, ...]
    """Names within the folder, with slashes."""
    messages: int
    lacking: int
    """Files of messages that are listed and not included."""
    trouble: str = ""
    """Why there is no PDF, in a sentence; empty where there is one."""
