"""Keys: what every key does on the screen it was asked from."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import fit

_KEY_WIDTH = 16
_NAME_WIDTH = 18


class KeysScreen(ModalScreen[None]):
    """A list of keys, from the same bindings as the bottom line and the palette."""

    CSS = """
    KeysScreen { align: center middle; background: $background 60%; }
    KeysScreen VerticalScroll {
        width: 76; max-width: 96%; height: auto; max-height: 90%;
        background: $surface; border: round $primary; border-title-color: $primary;
        padding: 1 2;
    }
    KeysScreen Static { width: 1fr; height: auto; }
    """
    BINDINGS = [
        Binding("escape,q,question_mark,f1", "dismiss", N_("Back"), id="keys.back",
                tooltip=N_("Close this list")),
    ]  # fmt: skip

    def __init__(self, active: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self.active = list(active)

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            box.border_title = _("Keys of this screen")
            yield Static(self._lines(), markup=False)

    def _lines(self) -> Content:
        lines = []
        for keys, binding in self._grouped():
            lines.append(
                Content.assemble(
                    (fit(keys, _KEY_WIDTH), "bold $primary"),
                    (fit(binding.description, _NAME_WIDTH) + " ", "$foreground"),
                    (binding.tooltip, "$foreground-muted"),
                )
            )
        return Content("\n").join(lines)

    def _grouped(self) -> list[tuple[str, Binding]]:
        """Give one line for each action, with all its keys."""
        groups: dict[tuple[object, str], tuple[list[str], Binding]] = {}
        for active in self.active:
            binding = active.binding
            if binding.system or not binding.description:
                continue
            keys, _first = groups.setdefault((active.node, binding.action), ([], binding))
            keys.append(self.app.get_key_display(binding))
        return [("  ".join(dict.fromkeys(keys)), binding) for keys, binding in groups.values()]
