"""Notice: what a list shows while it has nothing: why, and what to do about it."""

from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

_PATIENCE_SECONDS: Final = 0.2
"""Most lists are there before; a word that flashes would only disturb."""


class Notice(Widget):
    """A title and some advice in the middle of the room where a list would be."""

    DEFAULT_CSS = """
    Notice {
        display: none; width: 1fr; height: 1fr; padding: 1 4;
        content-align: center middle; text-align: center;
        &.-shown { display: block; }
    }
    """
    words: reactive[tuple[str, ...]] = reactive(())
    """The title, then a line of advice each."""

    def __init__(self, waiting: tuple[str, ...] = (), *, id: str | None = None) -> None:
        """`waiting` is shown when nobody has told anything after a moment."""
        super().__init__(id=id)
        self._waiting = waiting
        self._timer: Timer | None = None
        self._is_told = False

    def on_mount(self) -> None:
        if self._waiting and not self._is_told:
            self._timer = self.set_timer(_PATIENCE_SECONDS, self._wait)

    def tell(self, words: tuple[str, ...]) -> None:
        """Show a title and advice; nothing hides this and shows the list below."""
        if self._timer is not None:
            self._timer.stop()
        self._is_told = True
        self.words = words

    def _wait(self) -> None:
        """Ask for patience, unless something was told while this was on its way."""
        if not self._is_told:
            self.words = self._waiting

    def watch_words(self, words: tuple[str, ...]) -> None:
        self.set_class(bool(words), "-shown")

    def render(self) -> Content:
        if not self.words:
            return Content("")
        title, *advice = self.words
        lines = [Content.styled(title, "bold $foreground")]
        lines += [Content.styled(line, "$foreground-muted") for line in advice]
        return Content("\n").join(lines)
