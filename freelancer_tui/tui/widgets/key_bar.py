"""KeyBar: the bottom line with the keys that do something here, and short words in between."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.lines import wrap

if TYPE_CHECKING:
    from textual.screen import Screen

Shown = tuple[str, str, str]
"""A key, its sign and its words."""
_GAP: Final = 2
_NOTE_SECONDS: Final = 5
_WARNING_SECONDS: Final = 10
_MOST_LINES: Final = 3
"""Of a sentence: what to do stands at its end, and must not be cut off."""


class KeyBar(Widget):
    """Keys from the bindings of the focused widget, the screen and the app, as many as fit.

    Drawn as one line: Textual's own footer builds a widget for each key, each time. Only a
    sentence that is longer takes more for its while.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; text-wrap: nowrap; background: $panel; padding: 0 1; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._spots: list[tuple[int, int, str]] = []
        self._note = ""
        self._is_warning = False
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def say(self, text: str, *, is_warning: bool = False) -> None:
        """Show a sentence in place of the keys for a while; nothing has to be pressed."""
        self._note, self._is_warning = text, is_warning
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(
            _WARNING_SECONDS if is_warning else _NOTE_SECONDS, self._fall_silent
        )
        self._make_room()

    def on_resize(self) -> None:
        self._make_room()

    def render(self) -> Content:
        if self._note:
            tone = "bold $warning" if self._is_warning else "$foreground"
            sign = "! " if self._is_warning else "› "
            return Content.assemble((sign, "bold $primary"), ("\n  ".join(self._lines()), tone))
        return Content.assemble(*self._keys(self.size.width))

    def _make_room(self) -> None:
        self.styles.height = max(1, len(self._lines()))
        self.refresh()

    def _lines(self) -> list[str]:
        """Give the sentence in lines; of one without end the last is cut."""
        room = max(1, self.size.width - 2)
        lines = wrap(self._note, room) if self._note else []
        rest = " ".join(lines[_MOST_LINES - 1 :])
        return [fit(line, room) for line in (*lines[: _MOST_LINES - 1], rest) if line]

    def _keys(self, width: int) -> Iterator[tuple[str, str]]:
        self._spots = []
        x = 0
        for key, shown, description in self._fitting(width):
            room = cell_len(shown) + cell_len(description) + 1
            self._spots.append((x, x + room, key))
            yield shown, "bold $primary"
            yield f" {description}  ", "$foreground-muted"
            x += room + _GAP

    def _fitting(self, width: int) -> Iterator[Shown]:
        """Give as many as there is room for; the one that tells of all the others always fits."""
        keys = dict(self._shown())
        room, kept = width + _GAP, keys.get("keys")
        for one in keys.values():
            kept = None if one is kept else kept
            if _room(one) + (_room(kept) if kept else 0) > room:
                break
            room -= _room(one)
            yield one
        if kept:
            yield kept

    def _shown(self) -> Iterator[tuple[str, Shown]]:
        """Give action, key, its sign and its words; an action with several keys comes once."""
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                shown = self.app.get_key_display(binding)
                yield binding.action, (binding.key, shown, binding.description)

    def on_click(self, event: events.Click) -> None:
        for start, end, key in self._spots:
            if start <= event.x - 1 < end:
                self.app.simulate_key(key)

    def _bindings_changed(self, _screen: "Screen[object]") -> None:
        self.refresh()

    def _fall_silent(self) -> None:
        self._note = ""
        self._make_room()


def _room(one: Shown) -> int:
    return cell_len(one[1]) + 1 + cell_len(one[2]) + _GAP
