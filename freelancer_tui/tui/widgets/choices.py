"""Choices: a line of filters with counts, of which one is on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_ON: Final = "bold $block-cursor-foreground on $block-cursor-background"
_OFF: Final = "$foreground-muted"


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter."""

    key: str
    label: str
    count: int | None = None
    """None where there is nothing to count."""

    @property
    def text(self) -> str:
        """The words on the screen."""
        return f" {self.label} " if self.count is None else f" {self.label} {self.count} "


class Choices(Widget):
    """Filters side by side; the one in use is kept in sight."""

    DEFAULT_CSS = "Choices { height: 1; }"
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """Another filter was picked."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices: tuple[Choice, ...] = ()
        self.current = ""

    def show(self, choices: Sequence[Choice], current: str) -> None:
        """Show filters and which of them is on."""
        self.choices, self.current = tuple(choices), current
        self.refresh()

    def step(self, direction: int) -> None:
        """Pick the next filter in a direction, round the ends."""
        keys = [choice.key for choice in self.choices]
        if keys:
            place = keys.index(self.current) if self.current in keys else 0
            self._pick(keys[(place + direction) % len(keys)])

    def render(self) -> Content:
        shown = self._visible()
        parts = [(choice.text, _ON if choice.key == self.current else _OFF) for choice in shown]
        less = "‹" if self._hides_first(shown) else ""
        more = "›" if shown and shown[-1] != self.choices[-1] else ""
        spaced = [part for pair in parts for part in (pair, " ")]
        return Content.assemble((less, _OFF), *spaced, (more, _OFF))

    def on_click(self, event: events.Click) -> None:
        shown = self._visible()
        edge = 1 if self._hides_first(shown) else 0
        for choice in shown:
            edge += cell_len(choice.text) + 1
            if event.x < edge:
                return self._pick(choice.key)

    def _visible(self) -> tuple[Choice, ...]:
        """Leave out as many as it takes to see the one that is on, from the left, then right."""
        keys = [choice.key for choice in self.choices]
        last = keys.index(self.current) if self.current in keys else 0
        first, room = 0, self.size.width - 2  # beside the signs that there are more
        while first < last and self._width(first, last) > room:
            first += 1
        while last + 1 < len(keys) and self._width(first, last + 1) <= room:
            last += 1
        return self.choices[first : last + 1]

    def _hides_first(self, shown: Sequence[Choice]) -> bool:
        return bool(shown) and shown[0] != self.choices[0]

    def _width(self, first: int, last: int) -> int:
        return sum(cell_len(choice.text) + 1 for choice in self.choices[first : last + 1])

    def _pick(self, key: str) -> None:
        if key != self.current:
            self.current = key
            self.refresh()
            self.post_message(self.Picked(key))
