"""Outbox detail: one entry with its whole text, to be read and scrolled."""

from collections.abc import Sequence

from freelancer_tui.domain.outbox import OutboxView
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.outbox_words import lines_of
from freelancer_tui.tui.widgets.stack import Block


class OutboxDetail(Blocks):
    """All about the entry under the cursor; the arrows scroll it."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._view: OutboxView | None = None

    def show(self, view: OutboxView | None) -> None:
        """Show an entry; only another one starts at the top."""
        is_other = self._view is None or view is None or view.entry.id != self._view.entry.id
        self._view = view
        self.redraw()
        if is_other:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def draw(self, width: int) -> Sequence[Block]:
        if self._view is None:
            return ()
        lines = lines_of(self._view, self.clock, max(width - 2, 10))
        block = tuple(((" ", ""), *line) for line in lines)
        return (Block(self._view.entry.id, block, can_choose=False),)

    def action_move(self, step: int) -> None:
        self.scroll_relative(y=step, animate=False)

    def action_page(self, direction: int) -> None:
        self.scroll_relative(y=direction * max(self.size.height - 1, 1), animate=False)

    def action_edge(self, direction: int) -> None:
        self.scroll_to(y=0 if direction < 0 else self.max_scroll_y, animate=False)
