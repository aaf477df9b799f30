"""Completions: what the last word of a field could become, in a small list below it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from freelancer_tui.tui.format import fit, tame

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Completion

_GAP: Final = 2
_MOST_CELLS: Final = 72


class Completions(Widget):
    """Floats above what lies below; it never has the focus, the field beside it keeps the keys."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Completions {
        display: none; overlay: screen; constrain: none inside; width: auto; height: auto;
        margin-left: 3; background: $panel; color: $foreground;
        &.-open { display: block; }
    }
    """

    class Picked(Message):
        """Somebody clicked on one."""

        def __init__(self, completion: "Completion") -> None:
            super().__init__()
            self.completion = completion

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: tuple[Completion, ...] = ()
        self.place: int | None = None
        """Which one the user moved to; None before they did."""

    @property
    def current(self) -> "Completion | None":
        """The one that Tab takes: where the user moved to, else the first."""
        return self.found[self.place or 0] if self.found else None

    def show(self, found: "Sequence[Completion]") -> None:
        """Show others; an empty list hides this."""
        if tuple(found) != self.found:
            self.found, self.place = tuple(found), None
            self.set_class(bool(found), "-open")
            self.refresh(layout=True)

    def step(self, direction: int) -> None:
        """Move to the next one in a direction, round the ends."""
        if self.found:
            start = -1 if self.place is None and direction > 0 else self.place or 0
            self.place = (start + direction) % len(self.found)
            self.refresh()

    def render(self) -> Content:
        room = min(self.app.size.width - 6, _MOST_CELLS)
        words = min(_widest(one.word for one in self.found), room - 2)
        about = min(_widest(one.about for one in self.found), room - words - 4)
        return Content("\n").join(
            self._line(one, words, about, is_on=place == self.place)
            for place, one in enumerate(self.found)
        )

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self.found):
            self.post_message(self.Picked(self.found[event.y]))

    def _line(self, one: "Completion", words: int, about: int, *, is_on: bool) -> Content:
        cursor = "bold $block-cursor-foreground on $block-cursor-background"
        parts = [(f" {fit(one.word, words)} ", cursor if is_on else "bold")]
        if about > 0:
            parts.append((f"{' ' * (_GAP - 1)}{fit(one.about, about)} ", "$foreground-muted"))
        return Content.assemble(*parts)


def _widest(texts: Iterable[str]) -> int:
    return max((cell_len(tame(text)) for text in texts), default=0)
