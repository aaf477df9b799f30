"""Notice: what a list shows while it has nothing: why, and what to do about it."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


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

    def watch_words(self, words: tuple[str, ...]) -> None:
        self.set_class(bool(words), "-shown")

    def render(self) -> Content:
        if not self.words:
            return Content("")
        title, *advice = self.words
        lines = [Content.styled(title, "bold $foreground")]
        lines += [Content.styled(line, "$foreground-muted") for line in advice]
        return Content("\n").join(lines)
