"""SearchLine: the field to search with, and how much there is."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from freelancer_tui.i18n import _
from freelancer_tui.tui.widgets.search_field import SearchField


class Count(Widget):
    """A few words at the right edge."""

    DEFAULT_CSS = """
    Count { width: auto; height: 1; color: $foreground-muted; padding-left: 2; }
    """
    words: reactive[str] = reactive("", layout=True)

    def render(self) -> Content:
        return Content(self.words)


class Slash(Widget):
    """The key that leads to the field, in front of it."""

    DEFAULT_CSS = """
    Slash { width: 2; height: 1; color: $primary; text-style: bold; }
    """

    def render(self) -> Content:
        return Content("/")


class SearchLine(Horizontal):
    """One line: the key, the field, the count."""

    DEFAULT_CSS = """
    SearchLine {
        height: 1; padding: 0 1;
        SearchField {
            width: 1fr; background: $background; color: $foreground; padding: 0;
            &:focus { background: $surface; }
        }
    }
    """

    def __init__(self, placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._triage, self._count = Count(id="triage"), Count(id="count")
        self._placeholder = placeholder or _("Search all jobs")

    def compose(self) -> ComposeResult:
        field = SearchField()
        field.placeholder = self._placeholder
        yield Slash()
        yield field
        yield self._triage
        yield self._count

    def tell(self, count: str) -> None:
        """Say how much there is."""
        self._count.words = count

    def tell_triage(self, words: str) -> None:
        """Say how many are selected and new."""
        self._triage.words = words
