"""NoteEditor: some lines about one job or person, below the list; it tells each change."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.writing import Writing


class NoteEditor(Vertical):
    """Hidden until a note is opened; Esc closes it, and nothing has to be saved by hand."""

    BINDINGS = [
        Binding("escape", "leave", N_("Back"), id="note.leave",
                tooltip=N_("Back to the list; the note is kept")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    NoteEditor {
        display: none; dock: bottom; height: auto; background: $panel;
        &.-open { display: block; }
        & Static { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & Writing { height: auto; min-height: 3; max-height: 8; }
    }
    """

    @dataclass
    class Edited(Message):
        """The note changed."""

        remote_id: int
        text: str

    @dataclass
    class Left(Message):
        """The user is done; `before` is what the note was when it was opened."""

        remote_id: int
        text: str
        before: str
        by_key: bool
        """False when the focus went elsewhere."""

    def __init__(self, invitation: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._invitation = invitation or _("A note on this job, only for you. Esc goes back.")
        self.remote_id: int | None = None
        self._before = ""
        self._known = ""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Writing(placeholder=self._invitation)

    @property
    def writing(self) -> Writing:
        """The text area."""
        return self.query_one(Writing)

    @property
    def is_open(self) -> bool:
        """True while a note is being written."""
        return self.remote_id is not None

    def open(self, remote_id: int, title: str, text: str) -> None:
        """Write a note under a title."""
        self.remote_id, self._before, self._known = remote_id, text, text
        label = (_("Note"), "bold $primary")
        self.query_one(Static).update(Content.assemble(label, "  ", (tame(title), "")))
        self.add_class("-open")
        self.writing.put(text)
        self.writing.focus()

    def action_leave(self) -> None:
        self._leave(by_key=True)

    def on_descendant_blur(self) -> None:
        if self.app.app_focus:  # not when the user only looks at another window
            self._leave(by_key=False)

    def _leave(self, *, by_key: bool) -> None:
        if self.remote_id is not None:
            remote_id, self.remote_id = self.remote_id, None
            self.post_message(self.Left(remote_id, self.writing.text, self._before, by_key))
            self.remove_class("-open")

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = self.writing.text
        if self.remote_id is not None and text != self._known:
            self._known = text
            self.post_message(self.Edited(self.remote_id, text))
