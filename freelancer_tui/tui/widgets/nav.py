"""Nav: the top line with the five sections, their counts, and whose desk this is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from freelancer_tui.domain.counts import counted
from freelancer_tui.i18n import N_, _

SECTIONS: Final = (
    ("jobs", N_("Jobs")),
    ("proposals", N_("Proposals")),
    ("messages", N_("Messages")),
    ("invoices", N_("Invoices")),
    ("outbox", N_("Outbox")),
)
"""The sections in the order of their keys, 1 to 5."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What waits for the user's eye, as the tabs show it."""

    unread: int = 0
    waiting: int = 0
    needs_user: int = 0
    conflicts: int = 0
    matches: int = 0
    """New matches of saved searches."""


class Nav(Widget):
    """Tabs that can be clicked; the one we are on stands out."""

    DEFAULT_CSS = """
    Nav { height: 1; text-wrap: nowrap; background: $panel; color: $foreground; }
    """
    ALLOW_SELECT = False
    tally: reactive[Tally] = reactive(Tally())
    whose: reactive[str] = reactive("")
    NAME: ClassVar[str] = "freelancer"

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, section: str) -> None:
            super().__init__()
            self.section = section

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = current
        self._tabs: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        self._tabs = []
        brand = f" {self.NAME} "
        parts: list[tuple[str, str]] = [(brand, "bold $primary")]
        x = cell_len(brand)
        for number, (section, label) in enumerate(SECTIONS, 1):
            start = x
            for text, style in self._tab(number, section, _(label)):
                parts.append((text, style))
                x += cell_len(text)
            self._tabs.append((start, x, section))
        room = self.size.width - x - 1
        if self.whose and cell_len(self.whose) < room:
            parts.append((" " * (room - cell_len(self.whose)) + self.whose, "$foreground-muted"))
        return Content.assemble(*parts)

    def _tab(self, number: int, section: str, label: str) -> Iterator[tuple[str, str]]:
        here = section == self.current
        tone = "bold $background on $primary" if here else ""
        narrow = self.size.width < 72
        yield f" {number}", tone or "bold $primary"
        if not narrow or here:
            yield f" {label}", tone or "$foreground-muted"
        if count := self._count(section):
            yield f" {count}", tone or "bold $foreground"
        yield " ", tone

    def _count(self, section: str) -> str:
        if section == "messages" and self.tally.unread:
            return f"({self.tally.unread})"
        if section == "jobs" and self.tally.matches:
            return f"(+{counted(self.tally.matches)})"
        if section == "proposals" and self.tally.conflicts:
            return f"({self.tally.conflicts}!)"
        if section == "outbox" and self.tally.waiting + self.tally.needs_user:
            mark = "!" if self.tally.needs_user else ""
            return f"({self.tally.waiting + self.tally.needs_user}{mark})"
        return ""

    def on_click(self, event: events.Click) -> None:
        for start, end, section in self._tabs:
            if start <= event.x < end:
                self.post_message(self.Chosen(section))
