"""Thread view: a part of a conversation by days, which stays where one reads while more comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.binding import Binding
from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.messages import MOST_COUNTED, Utterance
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets.brief_text import Target
from freelancer_tui.tui.widgets.clocks import zone_beside
from freelancer_tui.tui.widgets.part_view import PartView, first
from freelancer_tui.tui.widgets.stack import Block, gap
from freelancer_tui.tui.widgets.utterances import Look, block_of, is_long, links_of, rule


class ThreadView(PartView):
    """One conversation; the cursor stands on a message, long ones are folded."""

    BINDINGS = [
        Binding("enter", "choose", N_("Reply"), id="thread.reply",
                tooltip=N_("Write a reply; on a refused message, see it in the outbox")),
        Binding("greater_than_sign", "quote", N_("Quote it"), id="thread.quote",
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

    @dataclass
    class Copied(Message):
        """A message went to the clipboard."""

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
        self.zone = ""
        """The time zone of the other side."""
        self._unfolded: set[str] = set()
        self._link = 0
        self._marked: Target | None = None
        self._far: dict[str, Transfer] = {}
        """How far those messages are that are being sent, by their ids."""
        self._drawn: dict[tuple[Utterance, Look, bool, Target | None], Block] = {}

    def draw(self, width: int) -> Sequence[Block]:
        look = Look(width, self.clock, zone_beside(self.zone, self.clock))
        blocks: list[Block] = []
        day = ""
        drawn = {}
        if older := self._stretch.older:
            text = ngettext("↑ {count} older message", "↑ {count} older messages", older)
            above = f"older-{first(self._stretch)}"  # so that no place is kept by this line
            count = number(older) + ("+" if older >= MOST_COUNTED else "")
            blocks.append(rule(above, text.format(count=count), width))
        for said in self._stretch.said:
            today = wording.day(said.sent_at, self.clock.zone)
            if today != day:
                day = today
                blocks.append(rule(f"day-{said.id}", today, width))
            if said.id == self._first_new:
                blocks.append(rule("new", _("new"), width, "accent"))
            if said.state == "sending":
                said = replace(said, transfer=self._far.get(said.id))
            key = (said, look, said.id not in self._unfolded, self._chosen_link(said))
            drawn[key] = self._drawn.get(key) or block_of(said, look, is_folded=key[2], link=key[3])
            blocks += (drawn[key], gap(said.id))
        self._drawn = drawn
        return blocks

    def tell_far(self, message_id: str, far: Transfer) -> None:
        """Show how far a message with files is that is being sent."""
        self._far[message_id] = far
        self.redraw()

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

    def _chosen_link(self, said: Utterance) -> Target | None:
        """Give the link that a key would open: of the message under the cursor only."""
        if said.id != self.cursor_key:
            return None
        found = links_of(said)
        return found[self._link % len(found)] if found else None

    def _forget(self, thread_id: int | None) -> None:
        super()._forget(thread_id)
        self._unfolded = set()
        self._far = {}
        self._link = 0
