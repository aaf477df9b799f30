"""Messages: conversations with clients, and what we say in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MessageState = Literal["queued", "sending", "sent", "refused", "doubtful"]
MOST_LETTERS = 10_000
"""The longest reply we queue; the marketplace's own limit is not documented."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; it is downloaded by message id and name."""

    name: str
    size: int | None = None
    content_type: str = ""


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
    draft: str = ""
    """What the user began to write there."""


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
    attachments: tuple[str, ...] = ()
    reason: str = ""
    """Why it was refused or is in doubt, in words."""
