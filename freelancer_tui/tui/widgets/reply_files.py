"""ReplyFiles: what is attached to the reply that is being written, and the key to take it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding
from textual.message import Message

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.file_kinds import told
from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import apart
from freelancer_tui.tui.widgets.stack import Block

_MOST_LINES: Final = 4


class ReplyFiles(Blocks):
    """A line for each file above the text; hidden while there is none."""

    BINDINGS = [
        Binding("x,delete", "take_off", N_("Leave out"), id="reply.take_off",
                tooltip=N_("Do not send this file with the reply")),
    ]  # fmt: skip
    DEFAULT_CSS = "ReplyFiles { display: none; background: $surface; }"

    @dataclass
    class TakenOff(Message):
        """The user does not want to send a file after all."""

        upload: Upload

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.files: tuple[Upload, ...] = ()

    def show(self, files: Sequence[Upload]) -> None:
        """Show what is attached."""
        if tuple(files) == self.files:
            return
        self.files = tuple(files)
        self.styles.height = min(len(files), _MOST_LINES)
        self.display = bool(files)
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        return [
            Block(one.name, (apart((("  + ", "accent"), (one.name, "strong")),
                                   ((told(one.name, one.size, one.content_type) + " ", "quiet"),),
                                   width),))
            for one in self.files
        ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "choose" else super().check_action(action, parameters)

    def action_take_off(self) -> None:
        for one in self.files:
            if one.name == self.cursor_key:
                self.post_message(self.TakenOff(one))
