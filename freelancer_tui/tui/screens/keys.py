"""Keys: what every key does on the screen it was asked from."""

from collections.abc import Iterable, Iterator

from textual import events
from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.lines import wrap

_WIDTH = 84
_EDGES = 8
"""What the borders and the bar for scrolling take."""
_KEY_WIDTH = 14
_NAME_WIDTH = 20
_BEFORE = _KEY_WIDTH + 1 + _NAME_WIDTH + 1
"""Where the words begin that say what a key does; they go on below, as far as they need."""


class KeysScreen(ModalScreen[None]):
    """A list of keys, from the same bindings as the bottom line and the palette."""

    CSS = """
    KeysScreen { align: center middle; background: $background 60%; }
    KeysScreen VerticalScroll {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; padding: 1 3;
    }
    KeysScreen Static { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS = [
        Binding("escape,q,question_mark,f1", "dismiss", N_("Back"), id="keys.back",
                tooltip=N_("Close this list")),
        Binding("j", "down", show=False, id="keys.down"),
        Binding("k", "up", show=False, id="keys.up"),
    ]  # fmt: skip

    def __init__(self, active: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self.active = [one for one in active if one.binding.id is not None]

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._list(self.app.size.width), markup=False)

    def on_resize(self, event: events.Resize) -> None:
        for one in self.query(Static):
            one.update(self._list(event.size.width))

    def action_down(self) -> None:
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def action_up(self) -> None:
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def _list(self, width: int) -> Content:
        room = max(min(width, _WIDTH) - _EDGES - _BEFORE, 10)
        return Content("\n").join(self._lines(room))

    def _lines(self, room: int) -> Iterator[Content]:
        here = [one for one in self.active if isinstance(one.node, Screen)]
        everywhere = [one for one in self.active if isinstance(one.node, App)]
        moving = [one for one in self.active if one not in here and one not in everywhere]
        groups = (_("On this screen"), here), (_("Where you are"), moving)
        for title, group in (*groups, (_("Everywhere"), everywhere)):
            if group:
                yield Content.styled(title, "$foreground-muted")
                for keys, binding in self._grouped(group):
                    yield self._line(keys, binding, room)
                yield Content("")
        yield Content.styled(_("Esc closes this list."), "$foreground-muted")

    def _line(self, keys: str, binding: Binding, room: int) -> Content:
        told = f"\n{' ' * _BEFORE}".join(wrap(binding.tooltip, room))
        return Content.assemble(
            (fit(keys, _KEY_WIDTH) + " ", "bold $primary"),
            (fit(binding.description, _NAME_WIDTH) + " ", "$foreground"),
            (told, "$foreground-muted"),
        )

    def _grouped(self, group: list[ActiveBinding]) -> list[tuple[str, Binding]]:
        """Give one line for each action, with all its keys; plain moves come last."""
        found: dict[str, tuple[list[str], Binding]] = {}
        for active in group:
            binding = active.binding
            keys, _first = found.setdefault(binding.action, ([], binding))
            keys.append(self.app.get_key_display(binding))
        lines = [("  ".join(dict.fromkeys(keys)), binding) for keys, binding in found.values()]
        return sorted(lines, key=lambda line: not line[1].tooltip)
