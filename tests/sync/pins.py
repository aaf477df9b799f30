"""Pins: what the marketplace knows of stars, mutes and readings of the user's conversations."""

from collections.abc import Mapping
from dataclasses import dataclass

from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.signals import SignalAction, SignalKind
from freelancer_tui.errors import Refused
from tests.sync.values import ME

_MEANS: Mapping[SignalAction, tuple[SignalKind, bool]] = {
    "star": ("star", True),
    "unstar": ("star", False),
    "mute": ("mute", True),
    "unmute": ("mute", False),
    "read": ("read", True),
}


@dataclass(frozen=True)
class Marking:
    """A call that marks conversations."""

    action: SignalAction
    thread_ids: tuple[int, ...]


class Pins:
    """What is on, and how far each conversation counts as read."""

    def __init__(self, messages: Mapping[int, list[Message]]) -> None:
        self._messages = messages
        self.on: set[tuple[int, SignalKind]] = set()
        self.read_to: dict[int, int] = {}
        """The last message that counts as read, by thread."""
        self.late: set[tuple[int, SignalKind]] = set()
        """What a request did that came when nobody waited for it any more."""
        self.closed: set[int] = set()
        """Threads of which no mark is taken."""

    def take(self, call: Marking) -> None:
        """Mark all of them, or none."""
        if not self.closed.isdisjoint(call.thread_ids):
            raise Refused("NOT_FOUND", "There is no such thread.")
        for thread in call.thread_ids:
            self.put(thread, *_MEANS[call.action])

    def put(self, thread: int, kind: SignalKind, is_on: bool) -> None:
        """Have a mark, or not."""
        if kind == "read":
            self.read_to[thread] = max(one.remote_id for one in self._messages[thread])
        elif is_on:
            self.on.add((thread, kind))
        else:
            self.on.discard((thread, kind))
        self.late.discard((thread, kind))

    def came_late(self, call: Marking) -> None:
        """Note that it went over what was marked since."""
        self.late |= {(thread, _MEANS[call.action][0]) for thread in call.thread_ids}

    def unread(self, thread: int) -> int:
        """Count what others said since the user read it."""
        said, upto = self._messages[thread], self.read_to.get(thread, 0)
        return sum(one.from_id != ME and one.remote_id > upto for one in said)
