"""Field: a short input with its name before it and, behind it, how it was understood."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static


class Field(Horizontal):
    """One line: name, input, and the value read back or what is wrong with it."""

    DEFAULT_CSS = """
    Field {
        height: auto; max-height: 2;
        & .label { width: 8; }
        & Input { width: 16; background: $surface; }
        & Input:focus { background: $panel; }
        & .reading { width: 1fr; height: auto; max-height: 2; padding: 0 0 0 2; }
        & .reading { color: $foreground-muted; }
        & .reading.-wrong { color: $error; }
    }
    """

    def __init__(self, name: str, *, id: str, most: int = 40) -> None:
        super().__init__(id=id)
        self._label = name
        self._most = most

    def compose(self) -> ComposeResult:
        yield Static(self._label, classes="label", markup=False)
        entry = Input(compact=True, select_on_focus=False, max_length=self._most)
        entry.cursor_blink = False
        yield entry
        yield Static(classes="reading", markup=False)

    def call(self, name: str) -> None:
        """Give the field another name."""
        self._label = name
        self.query_one(".label", Static).update(Content(name))

    @property
    def entry(self) -> Input:
        """The input itself."""
        return self.query_one(Input)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.entry.value

    def put(self, value: str) -> None:
        """Show a value, the cursor behind it."""
        if value != self.value:
            self.entry.value = value
            self.entry.cursor_position = len(value)

    def tell(self, words: str, *, is_wrong: bool = False) -> None:
        """Say how the value was read, or what is wrong."""
        reading = self.query_one(".reading", Static)
        reading.update(Content(f"! {words}" if is_wrong else words))
        reading.set_class(is_wrong, "-wrong")
