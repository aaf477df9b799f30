"""Writing: the text area for what the user writes, calm and without colours of a language."""

from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.text import clean
from freelancer_tui.i18n import N_


class Writing(TextArea):
    """A text area with a still cursor that takes in nothing a terminal could obey."""

    BINDINGS = [
        Binding("f4", "outside", N_("Editor"), id="writing.outside",
                tooltip=N_("Go on in your own editor ($VISUAL or $EDITOR), then come back")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Writing {
        border: none; padding: 0 1; background: $surface; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-background: $surface;
        &:focus { border: none; background: $panel; }
        & .text-area--placeholder { color: $foreground 50%; }
    }
    """

    @dataclass
    class Outside(Message):
        """The user wants to go on in an editor of their own."""

        writing: "Writing"

    def __init__(
        self, *, placeholder: str = "", id: str | None = None, first_letters: int = 0
    ) -> None:
        """With `first_letters` the beginning that others see first is marked."""
        super().__init__(
            id=id, language=None, highlight_cursor_line=False, placeholder=Content(placeholder)
        )
        self.cursor_blink = False
        self._first_letters = first_letters

    def put(self, text: str) -> None:
        """Show a text, the cursor at its end; the same text keeps cursor and undo history."""
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)

    def take(self, text: str) -> None:
        """Replace the text as one change that can be undone, the cursor at its end."""
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)

    def action_outside(self) -> None:
        self.post_message(self.Outside(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "outside" or not self.read_only

    def get_line(self, line_index: int) -> Text:
        """Give a line as it is drawn, underlined as far as it is seen first."""
        line = super().get_line(line_index)
        if line_index < self._first_letters:
            before = sum(len(one) + 1 for one in self.document.lines[:line_index])
            line.stylize("underline", 0, max(self._first_letters - before, 0))
        return line

    def render_line(self, y: int) -> Strip:
        """Draw a line; Textual's cannot where there is no room at all, as before the first size."""
        return super().render_line(y) if self.content_size.width else Strip.blank(self.size.width)

    @property
    def place(self) -> Place:
        """Where the cursor stands, and the first line in view."""
        line, letter = self.cursor_location
        return Place(line, letter, round(self.scroll_y))

    def go_to(self, place: Place) -> None:
        """Put the cursor and the view where they were, as far as the text still reaches."""
        line = min(place.line, self.document.line_count - 1)
        self.move_cursor((line, min(place.letter, len(self.document[line]))))
        self.call_after_refresh(self._look_at, place.top)

    def _look_at(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self.scroll_cursor_visible()

    def on_resize(self) -> None:
        """Keep what is written in view: what is told below the text can take lines from it."""
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor into view, once it stands in the text.

        While an undo shrinks the text, Textual's scrollbars ask for it with the cursor still
        where the text ended before, and fail; the undo asks again when it has set the cursor.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
