"""Hit list: messages that were found, with who said them, when, about what, the words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.excerpts import Sought, excerpt
from freelancer_tui.domain.messages import Hit
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, apart
from freelancer_tui.tui.widgets.stack import Block, Rows, Stack
from freelancer_tui.tui.widgets.thread_list import WIDE
from freelancer_tui.wording import who

_NEAR_END = 10


class HitList(Blocks):
    """Found messages, the newest first; a row is made when it is seen."""

    @dataclass
    class More(Message):
        """The cursor comes near the end of what is here."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.hits: tuple[Hit, ...] = ()
        self._wanted: tuple[Sought, ...] = ()

    def show(self, hits: Sequence[Hit], wanted: tuple[Sought, ...]) -> None:
        """Show found messages; other words begin at the top again."""
        if wanted != self._wanted:
            self.cursor_key = None
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.hits, self._wanted = tuple(hits), wanted
        self.redraw()

    @property
    def current(self) -> Hit | None:
        """The message under the cursor."""
        if self.cursor_key not in self.stack or not self.hits:
            return None
        return self.hits[self.stack.place(self.cursor_key)]

    def stacked(self, width: int) -> Stack:
        keys = [hit.said.id for hit in self.hits]
        return Rows(keys, 2 if width >= WIDE else 3, lambda place: self._block(place, width))

    def on_blocks_moved(self) -> None:
        if self.stack.place(self.cursor_key) >= len(self.hits) - _NEAR_END:
            self.post_message(self.More())

    def _block(self, place: int, width: int) -> Block:
        hit = self.hits[place]
        said, view = hit.said, hit.view
        name = _("You → {name}").format(name=who(view)) if said.mine else said.from_name
        when = wording.short_day(said.sent_at, self.clock.zone)
        right: Line = ((f"{when} ", "quiet"),)
        words: Line = (
            ("   ", ""),
            *(
                (text, "accent" if is_marked else "")
                for text, is_marked in excerpt(said.text, self._wanted, width)
            ),
        )
        if width >= WIDE:
            head = (("   ", ""), (name, "strong"), (f"  {view.project_title}", "quiet"))
            return Block(said.id, (apart(head, right, width), apart(words, (), width)))
        about = apart((("   ", ""), (view.project_title, "quiet")), (), width)
        head = (("   ", ""), (name, "strong"), ("", ""))
        return Block(said.id, (apart(head, right, width), about, apart(words, (), width)))
