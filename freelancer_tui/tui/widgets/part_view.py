"""Part view: a part of a long conversation, which asks for more as one comes near its edges."""

from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.message import Message
from textual.reactive import reactive

from freelancer_tui.domain.messages import Stretch, Utterance
from freelancer_tui.i18n import ngettext
from freelancer_tui.tui.widgets.blocks import Blocks

Side = Literal["older", "newer", "first", "last"]
_NEAR = 1.0
"""So many screens before the edge of what is here, more is asked for."""


class PartView(Blocks):
    """Stays where one reads while more is said, or follows at the end; a subclass draws it."""

    stays_at_end = True
    below: reactive[int] = reactive(0)
    """How many messages came in under what is seen."""

    @dataclass
    class Wanted(Message):
        """More of the conversation is to be shown in a direction, or its very end."""

        side: Side

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.thread_id: int | None = None
        self._stretch = Stretch()
        self._first_new: str | None = None
        self._goal: str | None = None
        """A message to be seen with what was said around it, once there is room for it."""
        self._asked: Side | None = None

    def show(
        self, thread_id: int | None, stretch: Stretch, unread: int = 0, at: str | None = None
    ) -> None:
        """Show a conversation; `unread` of the last ones from the others get a mark when opened.

        The cursor goes to the message `at`, or stays; in another conversation it stands at
        the end.
        """
        is_other = thread_id != self.thread_id
        said = stretch.said
        if is_other:
            self._forget(thread_id)
            theirs = [one.id for one in said if not one.mine]
            self._first_new = theirs[-unread:][0] if unread and theirs else None
        was_at_end, before = self.is_at_end and not self._stretch.newer, self._stretch
        followed = _last(before) is not None and self.cursor_key == _last(before) and was_at_end
        self._stretch, self._asked = stretch, None
        self.stays_at_end = not stretch.newer and (was_at_end or is_other)
        self.redraw()
        self.stays_at_end = not stretch.newer
        if at is not None:
            self.move_to(at)
            self._goal = at
            self._reach()
        elif said and not stretch.newer and (is_other or followed):
            self.move_to(said[-1].id)
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)
        if not is_other:
            self._count_below(before)

    def jump_to_end(self) -> None:
        """Go to the last message, where new ones will be seen as they come."""
        self.action_edge(1)
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_at_end and not self._stretch.newer:
            self.below = 0
        reach = self.scrollable_content_region.height * _NEAR
        if new_value < old_value and new_value <= reach and self._stretch.older:
            self._want("older")
        elif self._stretch.newer and old_value < new_value >= self.max_scroll_y - reach:
            self._want("newer")

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        if self._goal is not None:
            self._reach()

    def utterance(self) -> Utterance | None:
        """Give the message under the cursor."""
        return next((one for one in self._stretch.said if one.id == self.cursor_key), None)

    def below_words(self) -> str:
        """Say how much there is to see further down."""
        text = ngettext("↓ {count} new message below", "↓ {count} new messages below", self.below)
        return text.format(count=self.below)

    def action_move(self, step: int) -> None:
        super().action_move(step)
        if step < 0 and self._stretch.older and self.cursor_key == first(self._stretch):
            self._want("older")

    def action_edge(self, direction: int) -> None:
        rest = self._stretch.older if direction < 0 else self._stretch.newer
        if rest:
            self._want("first" if direction < 0 else "last")
        else:
            super().action_edge(direction)

    def _reach(self) -> None:
        """Bring the message that was looked for into view, with some lines above it."""
        height = self.scrollable_content_region.height
        if self._goal not in self.stack or self._goal is None:
            self._goal = None
        elif height and self._drawn_width:
            y = max(self.stack.top(self._goal) - height // 3, 0)
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
            self._goal = None

    def _want(self, side: Side) -> None:
        if self._asked != side:
            self._asked = side
            self.post_message(self.Wanted(side))

    def _count_below(self, before: Stretch) -> None:
        """Count what came in meanwhile, unless one reads at the end."""
        if self.is_at_end and not self._stretch.newer:
            self.below = 0
            return
        here = {one.id for one in self._stretch.said}
        same = next((one.id for one in reversed(before.said) if one.id in here), None)
        if same is not None:
            self.below += max(_after(self._stretch, same) - _after(before, same), 0)

    def _forget(self, thread_id: int | None) -> None:
        self.thread_id = thread_id
        self.cursor_key = None
        self._stretch = Stretch()
        self.below = 0
        self.stack = type(self.stack)()


def first(stretch: Stretch) -> str | None:
    """Give the key of the first message of a part."""
    return stretch.said[0].id if stretch.said else None


def _last(stretch: Stretch) -> str | None:
    return stretch.said[-1].id if stretch.said else None


def _after(stretch: Stretch, key: str) -> int:
    """Count what the other side said after a message."""
    place = next(place for place, one in enumerate(stretch.said) if one.id == key)
    return stretch.newer + sum(not one.mine for one in stretch.said[place + 1 :])
