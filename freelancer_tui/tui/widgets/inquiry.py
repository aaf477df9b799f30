"""Inquiry: a few fields at the bottom that ask for what a verb needs, such as amount and day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.field import Field

Read = Callable[[str], tuple[str, bool]]
"""Tells how a field was understood, and whether that is wrong."""


def unread(_typed: str) -> tuple[str, bool]:
    """Take a field as it is typed."""
    return "", False


@dataclass(frozen=True, slots=True)
class Blank:
    """A field to fill in."""

    key: str
    label: str
    value: str = ""
    read: Read = field(default=unread)
    hint: str = ""
    """What to tell while nothing is typed."""


class Inquiry(Vertical):
    """Hidden until it asks; Enter goes through the fields and ends it, Esc puts it away."""

    BINDINGS = [
        Binding("escape", "leave", N_("Back"), id="inquiry.leave",
                tooltip=N_("Put these fields away; nothing is done")),
        Binding("ctrl+s", "fill", N_("Done"), id="inquiry.done",
                tooltip=N_("Take what stands in the fields")),
        Binding("tab", "turn(1)", N_("Next part"), show=False, id="inquiry.next"),
        Binding("shift+tab", "turn(-1)", N_("Part before"), show=False, id="inquiry.before"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Inquiry {
        display: none; height: auto; max-height: 12; background: $panel;
        padding: 0 1;
        &.-open { display: block; }
        & #asked { height: auto; max-height: 3; }
        & Field { max-height: 3; }
        & Field .label { width: 12; }
        & Field .reading { max-height: 3; }
        & Field Input { width: 34; }
        & Field Input:focus { background: $surface; }
    }
    """

    @dataclass
    class Filled(Message):
        """All is filled in; nothing in it was read as wrong."""

        about: str
        values: dict[str, str]

    @dataclass
    class Left(Message):
        """The user wants it no more."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._about = ""
        self._blanks: tuple[Blank, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="asked", markup=False)

    @property
    def is_open(self) -> bool:
        """True while it asks."""
        return self.has_class("-open")

    async def ask(self, about: str, words: str, blanks: Sequence[Blank]) -> None:
        """Ask about something, which the answer names again."""
        self._about, self._blanks = about, tuple(blanks)
        await self.query(Field).remove()
        self.query_one("#asked", Static).update(Content.styled(tame(words), "bold $foreground"))
        await self.mount(*(Field(one.label, id=f"ask-{one.key}", most=200) for one in blanks))
        for one, entry in zip(blanks, self.query(Field), strict=True):
            entry.put(one.value)
        self._tell()
        self.add_class("-open")
        self._go(0)

    def close(self) -> None:
        """Ask no longer."""
        self.remove_class("-open")

    def action_leave(self) -> None:
        self.close()
        self.post_message(self.Left())

    def action_fill(self) -> None:
        wrong = [place for place, told in enumerate(self._told()) if told[1]]
        if wrong:
            return self._complain(wrong[0])
        self.close()
        values = {
            one.key: entry.value.strip()
            for one, entry in zip(self._blanks, self._entries, strict=True)
        }
        self.post_message(self.Filled(self._about, values))

    def action_turn(self, step: int) -> None:
        """Go round the fields: in what lies behind, what one types would be keys."""
        place = next((at for at, one in enumerate(self._entries) if one.has_focus), -step)
        self._go((place + step) % len(self._entries))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        place = self._entries.index(event.input)
        if place + 1 < len(self._entries):
            self._go(place + 1)
        else:
            self.action_fill()

    def _complain(self, place: int) -> None:
        """Go to a field that is wrong; an empty one says only now that it is needed."""
        self._go(place)
        if not self._entries[place].value.strip():
            words = _("Fill this in, or leave with Esc.")
            self.query(Field)[place].tell(words, is_wrong=True)

    def _go(self, place: int) -> None:
        """Go to a field; what one types there replaces what was proposed."""
        self._entries[place].focus().select_all()

    @property
    def _entries(self) -> list[Input]:
        return [one.entry for one in self.query(Field)]

    def _told(self) -> list[tuple[str, bool]]:
        return [
            one.read(entry.value) for one, entry in zip(self._blanks, self._entries, strict=False)
        ]

    def _tell(self) -> None:
        for one, entry, told in zip(self._blanks, self.query(Field), self._told(), strict=False):
            words, is_wrong = told
            is_empty = not entry.value.strip()
            entry.tell(one.hint if is_empty else words, is_wrong=is_wrong and not is_empty)
