"""PathLine: one line to name a file or a folder in, completed from what lies on the disk."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from freelancer_tui.domain.text import clean
from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.completing import Completing
from freelancer_tui.tui.widgets.completions import Completions


class PathLine(Completing):
    """Hidden until it asks; Enter names the path, Esc puts the line away."""

    BINDINGS = [
        Binding("tab", "take", N_("Fill in"), id="path.take", priority=True,
                tooltip=N_("Take the name that is offered")),
        Binding("enter", "name", N_("Take it"), id="path.name", priority=True,
                tooltip=N_("Take the file or folder of this name")),
        Binding("escape", "leave", N_("Back"), id="path.leave", priority=True,
                tooltip=N_("Put this line away; nothing is changed")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    PathLine {
        display: none; background: $panel;
        &.-asking { display: block; }
        & Horizontal { height: 1; padding: 0 1; }
        & #path-words { width: auto; height: 1; color: $primary; padding-right: 1; }
        & Input { width: 1fr; background: $panel; padding: 0; }
    }
    """

    @dataclass
    class Typed(Message):
        """Another text stands there: it wants completions."""

        text: str

    @dataclass
    class Named(Message):
        """The user wants this path."""

        text: str

    @dataclass
    class Left(Message):
        """The user does not want one after all."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.last = "~/"
        """Where the user looked last; the line begins there."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="path-words", markup=False)
            yield Input(compact=True, select_on_focus=False, max_length=4096)
        yield Completions()

    def on_mount(self) -> None:
        self.field.cursor_blink = False
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    @property
    def is_asking(self) -> bool:
        """True while a path is wanted."""
        return self.has_class("-asking")

    def ask(self, words: str, text: str | None = None) -> None:
        """Take the keys until a path is named; it begins where the user looked last."""
        self.query_one("#path-words", Static).update(Content(words))
        self.add_class("-asking")
        self.field.focus()
        text = self.last if text is None else text
        self.field.value = text
        self.field.cursor_position = len(text)
        self.post_message(self.Typed(text))

    def close(self) -> None:
        """Put the line away."""
        self.remove_class("-asking")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Tab stay here also when nothing is offered: it would leave, and close the line."""
        return action == "take" or super().check_action(action, parameters)

    def action_name(self) -> None:
        if self.check_action("take_chosen", ()):
            self.action_take()
        elif self.field.value.strip():
            self.post_message(self.Named(self.field.value))

    def action_leave(self) -> None:
        self.close()
        self.post_message(self.Left())

    def _focus_moved(self, focused: Widget | None) -> None:
        """Close once another part has the keys; with none, only the terminal looked away."""
        if focused is not None and focused is not self.field:
            self.close()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if (tame := clean(event.value)) != event.value:  # what was pasted tells another again
            self.field.value = tame
        else:
            self.post_message(self.Typed(event.value))
