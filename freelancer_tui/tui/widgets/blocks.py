"""Blocks: a scrolling list that draws only what is seen; the base of every list and table here."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.lines import TONES, Line
from freelancer_tui.tui.widgets.stack import Block, Stack

_LOOK = """
Blocks {
    overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable;
    background: $background; color: $foreground;
    & > .blocks--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    & > .blocks--held { background: $block-cursor-blurred-background; }
    & > .blocks--strong { text-style: bold; }
    & > .blocks--quiet { color: $foreground-muted; }
    & > .blocks--good { color: $success; }
    & > .blocks--warn { color: $warning; }
    & > .blocks--bad { color: $error; }
    & > .blocks--accent { color: $primary; text-style: bold; }
    & > .blocks--link { text-style: underline; }
    & > .blocks--here { color: $primary; text-style: bold underline reverse; }
    & > .blocks--rule { color: $foreground-muted 70%; }
}
"""
_SOME_WIDTH = 80


def pointed(line: Line, *, is_loud: bool) -> Line:
    """Give a line with the cursor's bar in place of its first blank, and nothing faint on it."""
    (first, tone), *rest = line or ((" ", ""),)
    spans = ((first[1:], tone), *rest)
    if is_loud:
        spans = tuple((text, "" if tone == "quiet" else tone) for text, tone in spans)
    return (("▌", "accent"), *spans)


class Blocks(ScrollView, can_focus=True):
    """Rows of any height, a cursor kept by key, and a place kept when rows come and go.

    A subclass gives `draw(width)`; after a change of its values it calls `redraw()`.
    """

    ALLOW_SELECT = True
    COMPONENT_CLASSES = {f"blocks--{tone}" for tone in TONES} | {"blocks--cursor", "blocks--held"}
    BINDINGS = [
        Binding("down,j", "move(1)", N_("Next"), show=False, id="list.next"),
        Binding("up,k", "move(-1)", N_("Previous"), show=False, id="list.previous"),
        Binding("pagedown,ctrl+d", "page(1)", N_("Page down"), show=False, id="list.page_down"),
        Binding("pageup,ctrl+u", "page(-1)", N_("Page up"), show=False, id="list.page_up"),
        Binding("home,g", "edge(-1)", N_("First"), show=False, id="list.first"),
        Binding("end,G", "edge(1)", N_("Last"), show=False, id="list.last"),
        Binding("enter", "choose", N_("Open"), id="list.open", tooltip=N_("Open this one")),
    ]
    DEFAULT_CSS = _LOOK

    @dataclass
    class Moved(Message):
        """The cursor stands on another block."""

        blocks: "Blocks"
        key: str

        @property
        def control(self) -> "Blocks":
            return self.blocks

    @dataclass
    class Chosen(Message):
        """The user wants to open a block: Enter, or a double click."""

        blocks: "Blocks"
        key: str

        @property
        def control(self) -> "Blocks":
            return self.blocks

    stays_at_end = False
    """True for conversations: who reads the last line keeps seeing the last line."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.stack = Stack()
        self.cursor_key: str | None = None
        self._drawn_width = 0
        self._seen_height = 0

    @property
    def is_at_end(self) -> bool:
        """True while the last line is in view, or was before the room for it changed."""
        return round(self.scroll_y) + self._seen_height >= self.virtual_size.height

    def draw(self, width: int) -> Sequence[Block]:
        """Give the blocks for a width; the subclass says what they are."""
        return ()

    def stacked(self, width: int) -> Stack:
        """Give the blocks one below another; a subclass with very many makes them when seen."""
        return Stack(self.draw(width))

    def redraw(self) -> None:
        """Draw anew, keeping the cursor on its block and the view on what it showed."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return self._redraw_unseen()
        at_end = self.stays_at_end and (not self.stack.blocks or self.is_at_end)
        view = round(self.scroll_y), self.scrollable_content_region.height
        anchors, place = self.stack.seen(*view), self.stack.place(self.cursor_key)
        self.stack = self.stacked(width)
        self._drawn_width = width
        self.virtual_size = Size(width, self.stack.height)
        self._keep_cursor(place)
        if at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)
        else:
            self._keep_place(anchors)
        self.refresh()

    def move_to(self, key: str | None) -> None:
        """Put the cursor on a block and bring it into view."""
        if key is None or key not in self.stack:
            return
        changed, self.cursor_key = key != self.cursor_key, key
        self._reveal(key)
        self.refresh()
        if changed:
            self.post_message(self.Moved(self, key))

    def render_line(self, y: int) -> Strip:
        row = round(self.scroll_y) + y
        width, base = self.size.width, self.rich_style
        found = self.stack.line(row)
        if found is None:
            return Strip.blank(width, base)
        key, line = found
        if key == self.cursor_key:
            look = "blocks--cursor" if self.has_focus else "blocks--held"
            base += self.get_component_rich_style(look, partial=True)
            line = pointed(line, is_loud=self.has_focus)
        strip = Strip(Segment(text, base + self._tone(tone)) for text, tone in line)
        strip = strip.adjust_cell_length(width, base)
        if self.text_selection is not None and (span := self.text_selection.get_span(row)):
            strip = self._selected(strip, *span)
        return strip.apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        rows = (line for block in self.stack.blocks for line in block.lines)
        text = "\n".join("".join(part for part, _tone in row).rstrip() for row in rows)
        return selection.extract(text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        if not self.scrollable_content_region:
            return
        was_at_end = self.is_at_end
        self._seen_height = self.scrollable_content_region.height
        if self.scrollable_content_region.width != self._drawn_width:
            self.redraw()
        if self.stays_at_end and was_at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        block = self.stack.at(round(self.scroll_y) + offset.y) if offset else None
        if block is None or not block.can_choose:
            return
        self.move_to(block.key)
        if event.chain == 2:
            self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.cursor_key is not None if action == "choose" else True

    def action_move(self, step: int) -> None:
        self.move_to(self.stack.beside(self.cursor_key, step))

    def action_page(self, direction: int) -> None:
        if self.cursor_key not in self.stack or self.cursor_key is None:
            return self.action_move(direction)
        reach = max(self.scrollable_content_region.height - 1, 1)
        row = self.stack.top(self.cursor_key) + direction * reach
        block = self.stack.at(min(max(row, 0), self.stack.height - 1))
        key = self.stack.nearest(self.stack.place(block.key)) if block else None
        self.move_to(key)

    def action_edge(self, direction: int) -> None:
        self.move_to(self.stack.last() if direction > 0 else self.stack.first())

    def action_choose(self) -> None:
        if self.cursor_key is not None:
            self.post_message(self.Chosen(self, self.cursor_key))

    def _redraw_unseen(self) -> None:
        """Take in what changed while hidden, so that the cursor is right; shown, it is drawn."""
        place = self.stack.place(self.cursor_key)
        self.stack = self.stacked(self._drawn_width or _SOME_WIDTH)
        self._drawn_width = 0
        self._keep_cursor(place)

    def _tone(self, tone: str) -> Style:
        look = f"blocks--{tone}"
        return self.get_component_rich_style(look, partial=True) if tone else Style.null()

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        chosen = self.screen.get_component_rich_style("screen--selection")
        cuts = strip.index_to_cell_position(start), strip.index_to_cell_position(end)
        last = strip.cell_length
        before, middle, after = strip.divide([cuts[0], last if end == -1 else cuts[1], last])
        return Strip.join([before, middle.apply_style(chosen), after])

    def _reveal(self, key: str) -> None:
        y = self.stack.shown(key, round(self.scroll_y), self.scrollable_content_region.height)
        if y != round(self.scroll_y):
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def _keep_cursor(self, place: int) -> None:
        if self.cursor_key not in self.stack:
            fresh = self.cursor_key is None and self.stays_at_end
            self.cursor_key = self.stack.last() if fresh else self.stack.nearest(place)
            if self.cursor_key is not None:
                self.post_message(self.Moved(self, self.cursor_key))

    def _keep_place(self, anchors: list[tuple[str, int]]) -> None:
        mine = [anchor for anchor in anchors if anchor[0] == self.cursor_key]
        for key, distance in (*mine, *anchors):
            if key in self.stack:
                y = max(0, self.stack.top(key) - distance)
                return self.scroll_to(y=y, animate=False, force=True, immediate=True)
