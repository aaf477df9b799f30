"""Signals: marks on conversations that the marketplace is to be told of, and what it told us."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from freelancer_tui.domain.messages import Thread, ThreadMark

SignalKind = Literal["star", "mute", "read"]
SignalAction = Literal["star", "unstar", "mute", "unmute", "read"]
"""What can be told; telling it twice does no harm."""


@dataclass(frozen=True, slots=True)
class Signal:
    """The newest wish of one kind for a conversation; an older one has no effect any more."""

    thread_id: int
    kind: SignalKind
    is_on: bool
    since: datetime
    attempts: int = 0
    next_try_at: datetime | None = None

    @property
    def action(self) -> SignalAction:
        """What the marketplace is told."""
        if self.kind == "star":
            return "star" if self.is_on else "unstar"
        if self.kind == "mute":
            return "mute" if self.is_on else "unmute"
        return "read"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the user has read a conversation here."""

    upto: datetime
    told_to: datetime | None = None
    """What came until then counts as read there, perhaps by our word alone."""


def as_read(
    thread: Thread, reading: Reading | None, news_at: datetime, me: int | None, *, tells: bool
) -> Thread:
    """Lay what was read here over the marketplace's count of unread messages.

    It knows one reading of a whole conversation: what a client wrote while it was being told
    is read there as well, though nobody saw it. Here that stays unread. `news_at` is when others
    last said something, and `tells` is true while it is not known to have been told.
    """
    if reading is None:
        return thread
    if reading.upto >= news_at:
        return replace(thread, unread=0)
    is_ours = tells or (reading.told_to is not None and thread.updated_at <= reading.told_to)
    if thread.unread == 0 and is_ours and (me is None or thread.last_from_id != me):
        return replace(thread, unread=1)
    return thread


def as_marked(mark: ThreadMark, thread: Thread, *, tells: bool) -> ThreadMark:
    """Lay what the marketplace says over the user's marks, unless it was not told of the last."""
    if tells or thread.muted is None:
        return mark
    return replace(mark, muted=thread.muted)
