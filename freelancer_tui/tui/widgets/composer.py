"""Composer: where a reply is written; it tells each change and never empties itself unasked."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.messages import MOST_LETTERS
from freelancer_tui.domain.text import clean
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import number
from freelancer_tui.tui.widgets.path_line import PathLine
from freelancer_tui.tui.widgets.reply_files import ReplyFiles
from freelancer_tui.tui.widgets.writing import Writing


class Composer(Vertical):
    """Several lines for one thread; Enter makes a new line, `ctrl+s` sends."""

    BINDINGS = [
        Binding("ctrl+s,ctrl+enter", "send", N_("Send"), id="reply.send", priority=True,
                tooltip=N_("Queue this reply: it goes out as soon as there is a line")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Composer {
        height: auto;
        & Writing { height: auto; min-height: 3; max-height: 10; }
        & Horizontal { height: 1; padding: 0 1; }
        & #reply-problem { width: 1fr; color: $error; }
        & #reply-saved { width: auto; color: $foreground-muted; }
        &.-unsaved Horizontal { height: auto; max-height: 4; }
        &.-unsaved #reply-problem { display: none; }
        &.-unsaved #reply-saved { width: 1fr; height: auto; color: $warning; }
    }
    """

    @dataclass
    class Edited(Message):
        """The reply changed."""

        thread_id: int
        text: str
        place: Place
        """Where in the text the user is."""

    @dataclass
    class Sent(Message):
        """The user wants this said."""

        thread_id: int
        text: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.thread_id: int | None = None
        self._known = ""

    def compose(self) -> ComposeResult:
        yield ReplyFiles(id="reply-files")
        yield PathLine(id="path")
        yield Writing(
            id="reply",
            placeholder=_("Write a reply. Ctrl+S sends it, Enter begins a new line."),
        )
        with Horizontal():
            yield Static(id="reply-problem", markup=False)
            yield Static(id="reply-saved", markup=False)

    @property
    def writing(self) -> Writing:
        """The text area."""
        return self.query_one(Writing)

    @property
    def files(self) -> ReplyFiles:
        """What is attached."""
        return self.query_one(ReplyFiles)

    def show(self, thread_id: int, draft: str | None) -> None:
        """Show the draft of a thread; None leaves what is being written in it as it is."""
        is_other = thread_id != self.thread_id
        self.thread_id = thread_id
        if is_other or (draft is not None and draft != clean(self.writing.text)):
            self.put(draft or "")

    def put(self, text: str) -> None:
        """Replace what is written by something that is kept already."""
        self._known = text
        self.writing.put(text)
        self.note("")

    def put_back(self, text: str) -> None:
        """Show a text again that could not be sent, before what was typed since."""
        typed = self.writing.text
        self.writing.put(f"{text}\n\n{typed}" if typed else text)

    def note(self, words: str, *, is_warning: bool = False) -> None:
        """Say whether what is typed is saved; a warning takes the whole line, and more."""
        self.set_class(is_warning, "-unsaved")
        self.query_one("#reply-saved", Static).update(Content(words))

    def action_send(self) -> None:
        text = self.writing.text
        says_something = text.strip() or self.files.files
        if self.thread_id is not None and says_something and len(text) <= MOST_LETTERS:
            self.post_message(self.Sent(self.thread_id, text))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = self.writing.text
        self.query_one("#reply-problem", Static).update(Content(_too_long(text)))
        if self.thread_id is not None and text != self._known:
            self._known = text
            self.post_message(self.Edited(self.thread_id, text, self.writing.place))


def _too_long(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return ""
    words = _("! {count} of at most {most} characters: shorten it.")
    return words.format(count=number(len(text)), most=number(MOST_LETTERS))
