"""Thread view: a conversation by days, which stays where one reads while more comes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from freelancer_tui import wording
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.stack import Block, gap
from freelancer_tui.tui.widgets.utterances import block_of, is_long, rule


class ThreadView(Blocks):
    """One conversation; the cursor stands on a message, long ones are folded."""

    BINDINGS = [
        Binding("enter", "choose", N_("Reply"), id="thread.reply",
                tooltip=N_("Write a reply; on a refused message, see it in the outbox")),
        Binding("space", "fold", N_("Fold"), id="thread.fold",
                tooltip=N_("Show all of a long message, or only its beginning")),
        Binding("y", "copy", N_("Copy"), show=False, id="thread.copy",
                tooltip=N_("Copy this message to the clipboard")),
    ]  # fmt: skip
    stays_at_end = True
    below: reactive[int] = reactive(0)
    """How many messages came in under what is seen."""

    @dataclass
    class Copied(Message):
        """A message went to the clipboard."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.thread_id: int | None = None
        self._said: tuple[Utterance, ...] = ()
        self._unfolded: set[str] = set()
        self._first_new: str | None = None
        self._drawn: dict[tuple[Utterance, int, bool], Block] = {}

    def show(self, thread_id: int | None, said: Sequence[Utterance], unread: int = 0) -> None:
        """Show a conversation; `unread` of the last ones from the others get a mark when opened."""
        is_other = thread_id != self.thread_id
        if is_other:
            self._forget(thread_id)
            theirs = [one.id for one in said if not one.mine]
            self._first_new = theirs[-unread:][0] if unread and theirs else None
        known = {one.id for one in self._said}
        was_at_end = self.is_at_end
        fresh = [one for one in said if one.id not in known and not one.mine]
        followed = bool(self._said) and self.cursor_key == self._said[-1].id and was_at_end
        self._said = tuple(said)
        self.redraw()
        if said and (is_other or followed):
            self.move_to(said[-1].id)
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)
        if not is_other:
            self.below = 0 if self.is_at_end else self.below + len(fresh)

    def jump_to_end(self) -> None:
        """Go to the last message, where new ones will be seen as they come."""
        self.action_edge(1)
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def draw(self, width: int) -> Sequence[Block]:
        blocks: list[Block] = []
        day = ""
        drawn = {}
        for said in self._said:
            today = wording.day(said.sent_at, self.clock.zone)
            if today != day:
                day = today
                blocks.append(rule(f"day-{said.id}", today, width))
            if said.id == self._first_new:
                blocks.append(rule("new", _("new"), width, "accent"))
            key = (said, width, said.id not in self._unfolded)
            drawn[key] = self._drawn.get(key) or block_of(said, width, self.clock, is_folded=key[2])
            blocks += (drawn[key], gap(said.id))
        self._drawn = drawn
        return blocks

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_at_end:
            self.below = 0

    def utterance(self) -> Utterance | None:
        """Give the message under the cursor."""
        return next((one for one in self._said if one.id == self.cursor_key), None)

    def below_words(self) -> str:
        """Say how much there is to see further down."""
        text = ngettext("↓ {count} new message below", "↓ {count} new messages below", self.below)
        return text.format(count=self.below)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "fold":
            said = self.utterance()
            return said is not None and is_long(said, self.size.width)
        return super().check_action(action, parameters)

    def action_fold(self) -> None:
        if self.cursor_key is not None:
            self._unfolded ^= {self.cursor_key}
            self.redraw()
            self.move_to(self.cursor_key)

    def action_copy(self) -> None:
        said = self.utterance()
        if said is not None:
            self.app.copy_to_clipboard(said.text)
            self.post_message(self.Copied())

    def _forget(self, thread_id: int | None) -> None:
        self.thread_id = thread_id
        self.cursor_key = None
        self._said = ()
        self._unfolded = set()
        self.below = 0
        self.stack = type(self.stack)()
