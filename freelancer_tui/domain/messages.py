"""Messages: conversations with clients, and what we say in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from freelancer_tui.domain.attachments import Attachment, Enclosed, Transfer
from freelancer_tui.domain.projects import ProjectStatus

Turn = Literal["mine", "theirs", ""]
"""Who is to answer; nobody where nothing was said, or ours is on its way."""
MessageState = Literal["queued", "sending", "sent", "refused", "doubtful"]
MOST_LETTERS = 10_000
"""The longest reply we queue; the marketplace's own limit is not documented."""

REPLY_WITHIN = timedelta(days=1)
"""Clients go elsewhere when they hear nothing for longer."""
MOST_COUNTED = 1_000
"""Older messages are counted so far and no further."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation, about a project or about nothing in particular."""

    remote_id: int
    updated_at: datetime
    member_ids: tuple[int, ...] = ()
    project_remote_id: int | None = None
    unread: int = 0
    last_text: str = ""
    last_from_id: int | None = None
    muted: bool | None = None
    """None where the marketplace does not tell."""


@dataclass(frozen=True, slots=True)
class ThreadMark:
    """How the user keeps a conversation; of putting it away the marketplace is not told."""

    starred: bool = False
    muted: bool = False
    """Nothing rings for it."""
    archived_at: datetime | None = None
    """Up to which change of the thread it was put away; what comes later brings it back."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said in a thread, as the marketplace keeps it."""

    remote_id: int
    thread_remote_id: int
    from_id: int
    text: str
    sent_at: datetime
    client_message_id: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as the list shows it: with names instead of ids."""

    thread: Thread
    with_names: tuple[str, ...]
    project_title: str = ""
    waiting: int = 0
    """Our replies in it that are not sent yet."""
    stuck: int = 0
    """Our replies in it that stand still until the user decides."""
    draft: str = ""
    """What the user began to write there."""
    has_files: bool = False
    """True when something is attached to what they began."""
    project_status: ProjectStatus | None = None
    is_lost: bool = False
    """True where the work went to somebody else."""
    turn: Turn = ""
    since: datetime | None = None
    """When the one who spoke last began to wait for an answer."""
    zone: str = ""
    """The time zone of the other side, where it is known."""
    mark: ThreadMark = ThreadMark()

    @property
    def is_archived(self) -> bool:
        """True while it is put away: a message brings it back, unless it is muted."""
        until = self.mark.archived_at
        return until is not None and (self.mark.muted or self.thread.updated_at <= until)

    def is_due(self, now: datetime) -> bool:
        """Tell whether the other side waits too long for an answer, while there is work."""
        is_over = self.is_lost or self.project_status in ("complete", "closed", "removed")
        is_late = self.since is not None and now - self.since >= REPLY_WITHIN
        return self.turn == "mine" and is_late and not is_over

    @property
    def calls(self) -> bool:
        """True while something in it is unread that the user wants to hear of."""
        return self.thread.unread > 0 and not self.mark.muted


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line of a conversation: a message of theirs or ours, or a reply of ours on its way."""

    id: str
    """The outbox entry's id, or the message's remote id as text."""
    remote_id: int | None
    from_name: str
    mine: bool
    text: str
    sent_at: datetime
    state: MessageState
    attachments: tuple[Enclosed, ...] = ()
    reason: str = ""
    """Why it was refused or is in doubt, in words."""
    transfer: Transfer | None = None
    """How far it got while it is being sent."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a conversation, oldest first, and how much there is on either side of it."""

    said: tuple[Utterance, ...] = ()
    older: int = 0
    """At most `MOST_COUNTED`, which then means as many or more."""
    newer: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was looked for, and where it was said."""

    said: Utterance
    view: ThreadView


def quoted(text: str) -> str:
    """Give a text as a quotation, with a line below it to answer on."""
    lines = (f"> {line}".rstrip() for line in text.strip().split("\n"))
    return "\n".join(lines) + "\n\n"
