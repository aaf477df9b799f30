"""Versions: what a text said before, against what stands there now, and the key to restore it."""

from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.drafts import Version, says_something, thread_of
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.comparison import Comparison
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.sides import Cell, Column, cells_of
from freelancer_tui.tui.widgets.version_list import VersionList

if TYPE_CHECKING:
    from freelancer_tui.services.history import History

DISCARDED: Final = "discarded"
"""The target that stands for all drafts that were thrown away, instead of one text."""
_WIDE: Final = 100


class VersionsScreen(Section):
    """The versions of one text, or the drafts thrown away; Escape goes back to the writing."""

    NAME = "versions"
    AUTO_FOCUS = "#kept"
    CSS_PATH = "versions.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="versions.back",
                tooltip=N_("Go back to the text; nothing is changed by looking")),
    ]  # fmt: skip
    kept = getters.query_one(VersionList)
    words = getters.query_one(Comparison)

    def __init__(self, history: "History", *, clock: Clock) -> None:
        super().__init__(clock)
        self.history = history
        self._subject_id: str | None = None
        self._present: Offering | None = None
        self._compare = Folded(self, self._compared, "reload")
        self._shown: Version | None = None

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        with Container(id="desk"):
            with Vertical(id="before"):
                yield VersionList(self.clock, id="kept")
                yield Notice(id="nothing")
            yield Comparison(id="words")

    def on_mount(self) -> None:
        self._say_instead((_("Opening what was written before…"),))

    async def show(self) -> None:
        subject_id = self._subject_id
        if subject_id is None:
            return
        about, present, found = await self.ask(self._found, subject_id)
        if subject_id != self._subject_id:
            return
        self._present = present
        self.query_one("#about", Static).update(_head(subject_id, about))
        self._say_instead(() if found else _nothing(subject_id))
        self.kept.show(found, present)
        if found and self.focused is None:
            self.kept.focus()
        await self._compared()

    async def open(self, target: Target) -> None:
        """Show the versions of a text by its name in the history, or the drafts thrown away."""
        self._subject_id, self._present, self._shown = str(target), None, None
        self.set_focus(None)  # the list takes it again once it is there
        self._say_instead((_("Opening what was written before…"),))
        self.kept.begin()
        self.reload()

    def follows(self, event: Event) -> bool:
        return False  # the sync changes nothing that was written before

    def fail(self, error: FreelancerError) -> None:
        self._present = None
        self.kept.begin()
        # its hint would be a command: here a key does it
        hint = _("Esc goes back.") if isinstance(error, NotFound) else error.hint
        self._say_instead((_("What was written before cannot be read now"), str(error), hint))

    @on(VersionList.Moved, "#kept")
    def _moved(self) -> None:
        self._compare()

    @on(VersionList.Chosen, "#kept")
    def _chosen(self) -> None:
        if version := self.kept.version:
            self.act(self._restore(version))

    def action_back(self) -> None:
        subject_id = self._subject_id or DISCARDED
        thread_id = thread_of(subject_id)
        if thread_id is not None:
            self.post_message(self.Go("messages", str(thread_id)))
        else:  # a draft that is thrown away has no sheet to go back to
            sheet = subject_id if self._present is not None else None
            self.post_message(self.Go("proposals", sheet))

    def _found(self, subject_id: str) -> tuple[str, Offering | None, tuple[Version, ...]]:
        """Ask what a text is about, what it says, and what it said; runs on a thread."""
        if subject_id == DISCARDED:
            return "", None, self.history.discarded()
        past = self.history.of(subject_id)
        return self.history.about(subject_id), past.present, past.versions

    async def _compared(self) -> None:
        """Lay the version under the cursor on the screen, marked against what stands there."""
        version, present = self.kept.version, self._present
        if version is None:
            self.words.show(())
            return
        column = await self.ask(_column, version.said, present)
        is_other, self._shown = version != self._shown, version
        self.words.show((column,), anew=is_other)

    async def _restore(self, version: Version) -> None:
        if self._subject_id == DISCARDED:
            await self.ask(self.history.restore, version.subject_id)
            self.post_message(self.Go("proposals", version.subject_id))
            return
        before = self._present
        if version.said == before:
            self.say(_("This is what stands there now."))
            return
        await self.ask(self.history.restore, version.subject_id, version.number)
        await self.show()
        if before is None:
            self.say(_("The draft is back, with these words."))
        elif says_something(before):
            self.say(_("Restored. What stood there is kept too, as the newest version."))
        else:
            self.say(_("Restored. Nothing stood there before."))

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.kept.display = not words
        self.set_class(bool(words), "-empty")


def _column(said: Offering, present: Offering | None) -> Column:
    """Lay a version out: its text, and what else it has; comparing long texts takes a moment.

    Beside what stands there, only a price, days or milestones that differ are worth a line.
    """
    if present is None:
        cells = cells_of(said, said, plans=True)
        return Column(_("What it said"), tuple(cell for cell in cells if cell.pieces))
    cells = cells_of(said, present, plans=True)
    _price, _days, text, *_plan = cells
    shown = tuple(cell for cell in cells if cell is text or _is_changed(cell))
    is_present = said == present
    title = _("This is what stands there now") if is_present else _("What restoring would change")
    return Column(title, shown)


def _is_changed(cell: Cell) -> bool:
    return any(piece.change != "same" for piece in cell.pieces)


def _head(subject_id: str, about: str) -> Content:
    if subject_id == DISCARDED:
        title, told = _("Drafts thrown away"), _("Enter puts one back on the board and opens it.")
    else:
        title = _("Written before")
        told = _("Enter puts a version there; what stands there now is kept as a version too.")
    return Content.assemble(
        (title, "bold $primary"),
        (f"  {tame(about)}" if about else "", "bold $foreground"),
        ("\n" + told, "$foreground-muted"),
    )


def _nothing(subject_id: str) -> tuple[str, ...]:
    if subject_id == DISCARDED:
        return _("No draft was thrown away"), _("What you discard waits here to be brought back.")
    return (
        _("No earlier version is kept yet"),
        _("One is kept when you write on after a pause, take most of a text away,"),
        _("or submit it. Esc goes back to the text."),
    )
