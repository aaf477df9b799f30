"""Section: what the five sections share: bars, reloading, saving, and the way to each other."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Transferring
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.hints import point_at_keys
from freelancer_tui.tui.screens.autosave import Autosave, Save
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.widgets.key_bar import KeyBar
from freelancer_tui.tui.widgets.nav import Nav, Tally
from freelancer_tui.tui.widgets.sync_bar import SyncBar, SyncStatus

if TYPE_CHECKING:
    from freelancer_tui.tui.widgets.project_detail import ProjectDetail

Target = int | str | None
"""What to open in a section: an int is the marketplace's id, a str is ours."""
P = ParamSpec("P")
T = TypeVar("T")


def translated(bindings: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Give bindings with their words in the user's language; classes keep the English ones."""
    found = {}
    for key, active in bindings.items():
        words, tooltip = _(active.binding.description), _(active.binding.tooltip)
        binding = replace(active.binding, description=words, tooltip=tooltip)
        found[key] = active._replace(binding=binding, tooltip=tooltip)
    return found


class Section(Screen[None]):
    """A screen of the desk. A subclass names itself, lays out its body, and shows its values."""

    BINDINGS = [
        Binding("tab", "app.focus_next", N_("Next part"), show=False, id="screen.next"),
        Binding("shift+tab", "app.focus_previous", N_("Part before"), show=False, id="screen.back"),
    ]
    NAME: ClassVar[str] = ""
    RELOAD_SECONDS: ClassVar[float] = 0.3
    """How long events of the sync are gathered before the services are asked again."""

    status: reactive[SyncStatus] = reactive(SyncStatus())
    tally: reactive[Tally] = reactive(Tally())
    whose: reactive[str] = reactive("")

    class Go(Message):
        """The user wants another section, perhaps at something in it."""

        def __init__(self, section: str, target: Target = None) -> None:
            super().__init__()
            self.section = section
            self.target = target

    class Queued(Message):
        """Something waits to be sent: the sync should have a turn now."""

        def __init__(self, *, by_hand: bool = False) -> None:
            """By hand means that the user will not wait out a back-off."""
            super().__init__()
            self.by_hand = by_hand

    class Read(Message):
        """Something was read or settled here: the tabs count anew, nothing has to be sent."""

    class Shown(Message):
        """The section is on the screen with its values, for the first time."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.is_painted = False
        """True once its values were on the screen: what is asked for before can wait till then."""
        self.came_from = ""  # the section from which something was opened here last
        self.autosave = Autosave(self.complain)
        self._acts = asyncio.Lock()
        self._acting = 0
        self._idle = asyncio.Event()
        self._reload = Folded(self, self._show, "reload")
        self._reload_timer: Timer | None = None

    # What a section fills in

    def body(self) -> ComposeResult:
        """Lay out what stands between the top line and the two bottom lines."""
        yield from ()

    async def show(self) -> None:
        """Ask the services and feed the widgets; runs when shown and after changes."""

    async def open(self, target: Target) -> None:
        """Show one thing, coming from another section."""

    def follows(self, event: Event) -> bool:
        """Tell whether an event of the sync changes what is shown here."""
        return True

    def hurries(self, event: Event) -> bool:
        """Tell whether an event changes what the user looks at, so that nothing is gathered."""
        return False

    def fail(self, error: FreelancerError) -> None:
        """Show that the services could not answer; by default in the bottom line."""
        self.complain(error)

    def minute(self) -> None:
        """A minute passed: redraw what tells an age."""
        self.reload()

    # What a section uses

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service's call on a thread and give its answer; the screen stays alive."""
        try:
            return await asyncio.to_thread(call, *args, **kwargs)
        except FreelancerError as error:
            point_at_keys(error, self.NAME, self.app)
            raise

    def act(self, verb: Coroutine[None, None, None]) -> None:
        """Carry out what the user asked, in order, in the background; failures are told."""
        self._acting += 1
        self._idle.clear()
        self.run_worker(self._acted(verb), group="acts")

    async def settled(self) -> None:
        """Wait until all that the user asked for is carried out."""
        if self._acting:
            await self._idle.wait()

    def reload(self) -> None:
        """Show again, now; calls during a show are folded into one more show after it."""
        if self.is_mounted:
            self._reload()

    def say(self, text: str) -> None:
        """Tell something in the bottom line for a few seconds."""
        self.query_one(KeyBar).say(text)

    def warn(self, text: str) -> None:
        """Tell something in the bottom line that should not be missed."""
        self.query_one(KeyBar).say(text, is_warning=True)

    def complain(self, error: FreelancerError) -> None:
        """Tell in the bottom line what went wrong and what to do."""
        point_at_keys(error, self.NAME, self.app)
        self.warn(f"{error} {error.hint}" if error.hint else str(error))

    async def browse(self, url: str) -> None:
        """Open an address in the browser."""
        if not await open_link(url, self.app.suspend):
            self.say(_("There is no browser here; y copies the link."))

    def save_soon(self, name: str, save: Save, text: str = "") -> None:
        """Write something the user types, within 150 ms; `name` tells one sheet from another."""
        self.autosave.soon(name, save, text)

    async def flush(self) -> bool:
        """Write what is not saved yet; False when that failed and it is still only here."""
        return await self.autosave.flush()

    # How it works

    def compose(self) -> ComposeResult:
        breaks = [one for one in self.HORIZONTAL_BREAKPOINTS or () if one[0] <= self.app.size.width]
        if breaks:  # Textual sets it with the first resize: after it has been painted otherwise
            self.add_class(max(breaks)[1])
        yield Nav(self.NAME).data_bind(tally=Section.tally, whose=Section.whose)
        yield from self.body()
        yield SyncBar(self.clock).data_bind(status=Section.status, tally=Section.tally)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.reload()

    def on_screen_suspend(self) -> None:
        self.autosave.hurry()

    def on_descendant_blur(self) -> None:
        self.autosave.hurry()

    def on_project_detail_followed(self, event: "ProjectDetail.Followed") -> None:
        """Go where a link in a job's text leads."""
        if isinstance(event.target, int):
            self.post_message(self.Go("jobs", event.target))
        else:
            self.act(self.browse(event.target))

    def on_nav_chosen(self, event: Nav.Chosen) -> None:
        self.post_message(self.Go(event.section))

    def on_sync_event(self, event: Event) -> None:
        """Take in an event of the sync; many in a row lead to one reload."""
        if isinstance(event, Transferring):
            return  # it changes nothing that is kept
        if self.hurries(event):
            self.reload()
        elif self.follows(event) and self._reload_timer is None:
            self._reload_timer = self.set_timer(self.RELOAD_SECONDS, self._reload_gathered)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        return translated(super().active_bindings)

    def _reload_gathered(self) -> None:
        self._reload_timer = None
        self.reload()

    async def _show(self) -> None:
        try:
            await self.show()
        except FreelancerError as error:
            self.fail(error)
        if not self.is_painted:
            self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        if not self.is_painted:
            self.is_painted = True
            self.post_message(self.Shown())

    async def _acted(self, verb: Coroutine[None, None, None]) -> None:
        try:
            async with self._acts:
                await verb
        except FreelancerError as error:
            self.complain(error)
        finally:
            self._acting -= 1
            if not self._acting:
                self._idle.set()
