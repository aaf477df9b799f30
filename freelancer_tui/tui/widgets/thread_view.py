"""Thread view: a part of a conversation by days, which stays where one reads while more comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from freelancer_tui import wording
from freelancer_tui.domain.messages import Stretch, Utterance
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.brief_text import Target
from freelancer_tui.tui.widgets.clocks import zone_beside
from freelancer_tui.tui.widgets.stack import Block, gap
from freelancer_tui.tui.widgets.utterances import Look, block_of, is_long, links_of, rule

Side = Literal["older", "newer", "first", "last"]
_NEAR = 1.0
"""So many screens before the edge of what is here, more is asked for."""


class ThreadView(Blocks):
    """One conversation; the cursor stands on a message, long ones are folded."""

    BINDINGS = [
        Binding("enter", "choose", N_("Reply"), id="thread.reply",
                tooltip=N_("Write a reply; on a refused message, see it in the outbox")),
        Binding("greater_than_sign", "quote", N_("Quote"), id="thread.quote",
                tooltip=N_("Put this message into the reply as a quotation")),
        Binding("space", "fold", N_("Fold"), id="thread.fold",
                tooltip=N_("Show all of a long message, or only its beginning")),
        Binding("e", "take_back", N_("Edit"), id="thread.take_back",
                tooltip=N_("Do not send this message yet, go on writing it")),
        Binding("b", "follow", N_("Open link"), id="thread.open_link",
                tooltip=N_("Open the address in this message in your browser")),
        Binding("right_square_bracket", "link(1)", N_("Next link"), show=False, id="thread.link",
                tooltip=N_("Choose the next address in this message")),
        Binding("left_square_bracket", "link(-1)", N_("Link before"), show=False,
                id="thread.link_before", tooltip=N_("Choose the address before")),
        Binding("y", "copy", N_("Copy"), show=False, id="thread.copy",
                tooltip=N_("Copy this message to the clipboard")),
    ]  # fmt: skip
    stays_at_end = True
    below: reactive[int] = reactive(0)
    """How many messages came in under what is seen."""

    @dataclass
    class Copied(Message):
        """A message went to the clipboard."""

    @dataclass
    class Wanted(Message):
        """More of the conversation is to be shown in a direction, or its very end."""

        side: Side

    @dataclass
    class Quoted(Message):
        """A message is to be answered word by word."""

        said: Utterance

    @dataclass
    class TakenBack(Message):
        """A message that waits is to be written on."""

        said: Utterance

    @dataclass
    class Followed(Message):
        """The user wants to see where a link leads."""

        target: Target

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.thread_id: int | None = None
        self.zone = ""
        """The time zone of the other side."""
        self._stretch = Stretch()
        self._unfolded: set[str] = set()
        self._first_new: str | None = None
        self._goal: str | None = None
        """A message to be seen with what was said around it, once there is room for it."""
        self._link = 0
        self._marked: Target | None = None
        self._asked: Side | None = None
        self._drawn: dict[tuple[Utterance, Look, bool, Target | None], Block] = {}

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

    def draw(self, width: int) -> Sequence[Block]:
        look = Look(width, self.clock, zone_beside(self.zone, self.clock))
        blocks: list[Block] = []
        day = ""
        drawn = {}
        if older := self._stretch.older:
            text = ngettext("↑ {count} older message", "↑ {count} older messages", older)
            above = f"older-{_first(self._stretch)}"  # so that no place is kept by this line
            blocks.append(rule(above, text.format(count=number(older)), width))
        for said in self._stretch.said:
            today = wording.day(said.sent_at, self.clock.zone)
            if today != day:
                day = today
                blocks.append(rule(f"day-{said.id}", today, width))
            if said.id == self._first_new:
                blocks.append(rule("new", _("new"), width, "accent"))
            key = (said, look, said.id not in self._unfolded, self._chosen_link(said))
            drawn[key] = self._drawn.get(key) or block_of(said, look, is_folded=key[2], link=key[3])
            blocks += (drawn[key], gap(said.id))
        self._drawn = drawn
        return blocks

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

    def on_blocks_moved(self) -> None:
        said, self._link = self.utterance(), 0
        shown = self._chosen_link(said) if said is not None else None
        if shown != self._marked:
            self._marked = shown
            self.redraw()
        self.refresh_bindings()

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.chain == 1 and event.ctrl:
            self.action_follow()

    def utterance(self) -> Utterance | None:
        """Give the message under the cursor."""
        return next((one for one in self._stretch.said if one.id == self.cursor_key), None)

    def below_words(self) -> str:
        """Say how much there is to see further down."""
        text = ngettext("↓ {count} new message below", "↓ {count} new messages below", self.below)
        return text.format(count=self.below)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        said = self.utterance()
        if action == "fold":
            return said is not None and is_long(said, self.size.width)
        if action == "take_back":
            return said is not None and said.mine and said.state in ("queued", "refused")
        if action in ("follow", "link"):
            return said is not None and len(links_of(said)) > (action == "link")
        if action == "quote":
            return said is not None and bool(said.text)
        return super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        super().action_move(step)
        if step < 0 and self._stretch.older and self.cursor_key == _first(self._stretch):
            self._want("older")

    def action_edge(self, direction: int) -> None:
        rest = self._stretch.older if direction < 0 else self._stretch.newer
        if rest:
            self._want("first" if direction < 0 else "last")
        else:
            super().action_edge(direction)

    def action_fold(self) -> None:
        if self.cursor_key is not None:
            self._unfolded ^= {self.cursor_key}
            self.redraw()
            self.move_to(self.cursor_key)

    def action_copy(self) -> None:
        if said := self.utterance():
            self.app.copy_to_clipboard(said.text)
            self.post_message(self.Copied())

    def action_quote(self) -> None:
        if said := self.utterance():
            self.post_message(self.Quoted(said))

    def action_take_back(self) -> None:
        if said := self.utterance():
            self.post_message(self.TakenBack(said))

    def action_link(self, step: int) -> None:
        if said := self.utterance():
            self._link = (self._link + step) % max(len(links_of(said)), 1)
            self._marked = self._chosen_link(said)
            self.redraw()

    def action_follow(self) -> None:
        said = self.utterance()
        if said is not None and (target := self._chosen_link(said)) is not None:
            self.post_message(self.Followed(target))

    def _reach(self) -> None:
        """Bring the message that was looked for into view, with some lines above it."""
        height = self.scrollable_content_region.height
        if self._goal not in self.stack or self._goal is None:
            self._goal = None
        elif height and self._drawn_width:
            y = max(self.stack.top(self._goal) - height // 3, 0)
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
            self._goal = None

    def _chosen_link(self, said: Utterance) -> Target | None:
        """Give the link that a key would open: of the message under the cursor only."""
        if said.id != self.cursor_key:
            return None
        found = links_of(said)
        return found[self._link % len(found)] if found else None

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
        self._unfolded = set()
        self._link = 0
        self.below = 0
        self.stack = type(self.stack)()


def _first(stretch: Stretch) -> str | None:
    return stretch.said[0].id if stretch.said else None


def _last(stretch: Stretch) -> str | None:
    return stretch.said[-1].id if stretch.said else None


def _after(stretch: Stretch, key: str) -> int:
    """Count what the other side said after a message."""
    place = next(place for place, one in enumerate(stretch.said) if one.id == key)
    return stretch.newer + sum(not one.mine for one in stretch.said[place + 1 :])
