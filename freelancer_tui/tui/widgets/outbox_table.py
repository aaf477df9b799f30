"""Outbox table: everything that is not sent yet, how far it came, and why."""

from collections.abc import Sequence
from dataclasses import replace

from freelancer_tui import wording
from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.outbox import OutboxView
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets import outbox_words
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart, cut
from freelancer_tui.tui.widgets.stack import Block, gap


class OutboxTable(Blocks):
    """Entries in the order in which they go out, three lines each."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._views: dict[str, OutboxView] = {}
        self._far: dict[str, Transfer] = {}
        self.is_dense = False
        """Two lines each and nothing between them, where there is little room."""
        self._drawn: dict[tuple[OutboxView, str, int, bool], Block] = {}

    def show(self, views: Sequence[OutboxView]) -> None:
        """Show entries in the given order; the cursor stays on its own."""
        self._views = {view.entry.id: self._with_far(view) for view in views}
        self._far = {key: far for key, far in self._far.items() if key in self._views}
        self.redraw()

    def tell_far(self, entry_id: str, far: Transfer) -> None:
        """Show how far the files of an entry are that is being sent."""
        self._far[entry_id] = far
        self.show(tuple(self._views.values()))

    @property
    def view(self) -> OutboxView | None:
        """The entry under the cursor."""
        return self._views.get(self.cursor_key or "")

    def draw(self, width: int) -> Sequence[Block]:
        now = self.clock.now()
        blocks: list[Block] = []
        drawn = {}
        for key, view in self._views.items():  # several hundred: only what changed is laid out
            age = wording.age(view.entry.queued_at, now)
            look = view, age, width, self.is_dense
            drawn[look] = self._drawn.get(look) or Block(key, self._row(view, age, width))
            blocks += (drawn[look],) if self.is_dense else (drawn[look], gap(key))
        self._drawn = drawn
        return blocks

    def _with_far(self, view: OutboxView) -> OutboxView:
        is_under_way = view.entry.state == "sending"
        return replace(view, transfer=self._far.get(view.entry.id) if is_under_way else None)

    def _row(self, view: OutboxView, age: str, width: int) -> tuple[Line, ...]:
        entry = view.entry
        sign, tone = outbox_words.sign(view)
        kind = wording.intent(entry.name)
        head: tuple[Span, ...] = (
            (f" {sign} ", tone), (fit(kind, 10) + " ", "quiet"), (entry.about, "strong"),
        )  # fmt: skip
        parts = "".join(f" · {part}" for part in outbox_words.tries(entry, self.clock.zone))
        under: tuple[Span, ...] = (("   " + outbox_words.state(view), tone), (parts, "quiet"))
        lines = [apart(head, ((age + " ", "quiet"),), width), apart(under, (), width)]
        if not self.is_dense:
            words, look = self._third(view)
            lines.append((("   ", ""), (cut(words, width - 4), look)))
        return tuple(lines)

    def _third(self, view: OutboxView) -> Span:
        """Give the one thing more that tells most: what it waits for, why, or its words."""
        entry = view.entry
        if view.waits_for is not None:
            return outbox_words.waits(view.waits_for), "quiet"
        if entry.reason:
            return _(entry.reason), "bad" if entry.state == "refused" else "warn"
        return outbox_words.preview(entry), "quiet"
