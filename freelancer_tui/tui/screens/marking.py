"""Marking: the keys that star, mute and put away a conversation, and the way back."""

from typing import TYPE_CHECKING, Final

from textual.binding import Binding, BindingType

from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.wording import who

if TYPE_CHECKING:
    from freelancer_tui.services.threads import Marked, Threads, Way

MARK_KEYS: Final[list[BindingType]] = [
    Binding("s", "mark('starred')", N_("Star"), show=False, id="messages.star",
            tooltip=N_("Star it, or take the star away")),
    Binding("m", "mark('muted')", N_("Mute"), show=False, id="messages.mute",
            tooltip=N_("No alerts for it any more, or again")),
    Binding("x", "mark('archived')", N_("Put away"), show=False, id="messages.archive",
            tooltip=N_("Put it away until somebody writes; only here, not on the website")),
    Binding("u", "unmark", N_("Undo"), show=False, id="messages.undo",
            tooltip=N_("Take back what you did last")),
]  # fmt: skip
_WORDS: Final[dict[tuple[str, bool], str]] = {
    ("starred", True): N_("Starred: {name}"),
    ("starred", False): N_("Not starred any more: {name}"),
    ("muted", True): N_("Muted: {name}"),
    ("muted", False): N_("Not muted any more: {name}"),
    ("archived", True): N_("Put away until somebody writes: {name}"),
    ("archived", False): N_("Taken out again: {name}"),
}


class Marking:
    """What the keys do; the section shows its list anew afterwards."""

    def __init__(self, section: Section, threads: "Threads") -> None:
        self._section = section
        self._threads = threads
        self._done: list[Marked] = []

    def __bool__(self) -> bool:
        """True while there is something to take back."""
        return bool(self._done)

    async def turn(self, view: ThreadView, way: "Way") -> None:
        """Keep a conversation another way."""
        marked = await self._section.ask(self._threads.turn, view.thread.remote_id, way)
        self._done.append(marked)
        await self._section.show()
        self._section.post_message(Section.Read())
        words = _(_WORDS[way, marked.is_on]).format(name=who(view))
        self._section.say(_("u undoes") + " · " + words)

    async def take_back(self) -> None:
        """Keep the last one as it was kept before."""
        if self._done:
            await self._section.ask(self._threads.take_back, self._done.pop())
            await self._section.show()
            self._section.post_message(Section.Read())
            self._section.say(_("Taken back."))
