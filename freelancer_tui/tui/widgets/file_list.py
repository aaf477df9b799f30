"""FileList: the files of a conversation, each with what it is and where it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding

from freelancer_tui import wording
from freelancer_tui.domain.attachments import Enclosed, Transfer
from freelancer_tui.domain.file_kinds import size_of, told
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file and the message that it belongs to."""

    key: str
    said: Utterance
    file: Enclosed


def lines_of(said: Sequence[Utterance]) -> tuple[FileLine, ...]:
    """Give a line for each file of each message."""
    return tuple(
        FileLine(f"{one.id}/{place}", one, file)
        for one in said
        for place, file in enumerate(one.attachments)
    )


class FileList(Blocks):
    """Two lines for each file, the newest first."""

    BINDINGS = [
        Binding("enter", "choose", N_("Save, open"), id="files.choose",
                tooltip=N_("Save this file; one that is saved is opened")),
    ]  # fmt: skip

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._lines: tuple[FileLine, ...] = ()
        self._wanted: Mapping[str, Transfer | None] = {}

    @property
    def current(self) -> FileLine | None:
        """The file under the cursor."""
        return next((one for one in self._lines if one.key == self.cursor_key), None)

    def show(self, lines: Sequence[FileLine], wanted: Mapping[str, Transfer | None]) -> None:
        """Show files, and how far those are that are being saved; None is for one that waits."""
        self._lines, self._wanted = tuple(lines), dict(wanted)
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        return [Block(one.key, self._row(one, width)) for one in self._lines]

    def _row(self, one: FileLine, width: int) -> tuple[Line, ...]:
        file = one.file.attachment
        name = _("You") if one.said.mine else one.said.from_name
        at = wording.short_day(one.said.sent_at, self.clock.zone)
        right: Line = ((told(file.name, file.size, file.content_type) + " ", "quiet"),)
        sign, state = self._state(one)
        head = apart(((f" {sign[0]} ", sign[1]), (file.name, "strong")), right, width)
        below = apart((("   ", ""), state), ((f"{name}, {at} ", "quiet"),), width)
        return (head, below)

    def _state(self, one: FileLine) -> tuple[Span, Span]:
        """Say where a file lies, or how far it is."""
        if one.key in self._wanted:
            far = self._wanted[one.key]
            if far is None:
                return ("↓", "warn"), (_("waits to be saved"), "warn")
            done = f"{far.percent} %" if far.total else size_of(far.done)
            return ("↓", "warn"), (_("saving: {done}").format(done=done), "warn")
        if one.file.saved is not None:
            return ("✓", "good"), (one.file.saved.path, "")
        if one.file.attachment.is_shadowed:
            return ("!", "warn"), (_("cannot come: one before it has this name"), "warn")
        return ("○", ""), (_("not saved yet"), "quiet")
