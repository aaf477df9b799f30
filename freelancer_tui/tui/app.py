"""App: the five sections, the keys that work everywhere, and the one sync worker."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.command import CommandPalette, Provider

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.alerts import alerting
from freelancer_tui.tui.demo import DemoControl
from freelancer_tui.tui.faults import TellingApp
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.keys import GLOBAL_KEYS
from freelancer_tui.tui.leaving import flush_all, leave_texts, save_now, warning
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.keys import KeysScreen
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.sections import load, look_after, tally
from freelancer_tui.tui.signals import when_ended, when_stopped
from freelancer_tui.tui.themes import wear
from freelancer_tui.tui.title import show_title
from freelancer_tui.tui.turns import changes_tally, turns_of
from freelancer_tui.tui.widgets.nav import Tally

if TYPE_CHECKING:
    from freelancer_tui.workspace import Workspace


def _actions() -> type[Provider]:
    from freelancer_tui.tui.screens.palette import Actions

    return Actions


class FreelancerApp(TellingApp):
    """The desk: it switches sections, gives the sync its turns, and leaves nothing unsaved."""

    TITLE = "freelancer"
    CSS_PATH = "app.tcss"
    DEFAULT_MODE = "jobs"
    COMMANDS = {_actions}
    BINDINGS = GLOBAL_KEYS

    def __init__(
        self,
        workspace: "Workspace",
        *,
        demo: DemoControl | None = None,
        start_sync: bool = True,
    ) -> None:
        super().__init__(workspace.settings.places.log_file)
        self.workspace, self.demo = workspace, demo
        self.clock = Clock(workspace.clock, workspace.settings.zone)
        self.turns = turns_of(workspace, alerting(self, workspace, self._told))
        self._syncs, self._tally = start_sync, Tally()
        self._recount = Folded(self, self._count, "count")
        self._warned = self._has_begun = False
        self.add_mode("jobs", load("jobs", workspace, self.clock))
        wear(self, workspace.settings.theme)

    def on_mount(self) -> None:
        self.set_keymap(dict(self.workspace.settings.keys))
        self.set_interval(60, lambda: self.section.minute())
        when_ended(self._ended)
        when_stopped(lambda: save_now(self))

    @on(Section.Shown)
    def _begin(self) -> None:
        """Start what the first painted screen did not need."""
        if self._has_begun:
            return
        self._has_begun = True
        self._recount()
        if self.workspace.rebuilt:
            self.section.say(self.workspace.rebuilt)
        if self._syncs:
            self.turns.start()

    @property
    def section(self) -> Section:
        """The section on the screen, also while something is shown above it."""
        base = self.screen_stack[0]
        assert isinstance(base, Section)
        return base

    async def settled(self) -> None:
        await super().settled()
        await self.section.settled()

    # Where we are

    async def action_go(self, name: str, target: Target = None) -> None:
        left = self.section
        await left.flush()
        try:
            if name not in self._modes:
                build = await asyncio.to_thread(load, name, self.workspace, self.clock)
                self.add_mode(name, build)
        except FreelancerError as error:
            left.complain(error)
            return
        await self.switch_mode(name)
        self._stand()
        if target is not None:
            self.section.came_from = left.NAME
            await self.section.open(target)

    @on(Section.Go)
    async def _go(self, event: Section.Go) -> None:
        await self.action_go(event.section, event.target)

    def action_keys(self) -> None:
        self.push_screen(KeysScreen(self.screen.active_bindings.values()))

    def action_help_quit(self) -> None:  # Ctrl+C, which is too easily pressed to end anything
        self.section.say(_("q leaves; what you wrote is kept."))

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Find an action")))

    # Where we stand

    @on(Section.Read)
    def _read(self) -> None:
        self._recount()

    @on(Section.Queued)
    def _queued(self, event: Section.Queued) -> None:
        self.turns.wake(by_hand=event.by_hand)
        self._recount()

    def action_sync_now(self) -> None:
        self.turns.wake(by_hand=True)

    def _told(self, event: Event | None) -> None:
        """Take in what the sync worker tells."""
        self._stand()
        if event is not None:
            self.section.on_sync_event(event)
            if changes_tally(event):
                self._recount()

    async def _count(self) -> None:
        with suppress(FreelancerError):  # the sync bar tells what is wrong with the files
            self._tally = await asyncio.to_thread(tally, self.workspace)
            await look_after(self, self.workspace, self.clock)
        self._stand()

    def _stand(self) -> None:
        section, whose = self.section, self.workspace.account_name
        section.status, section.tally, section.whose = self.turns.status, self._tally, whose
        show_title(self, self._tally.unread)

    # The demo

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("cut_line", "mend_line"):
            return self.demo is not None and self.demo.running == (action == "cut_line")
        return super().check_action(action, parameters)

    def action_cut_line(self) -> None:
        if self.demo is not None:
            words = _("The line is cut. Go on working: nothing is lost.")
            self.section.act(self._change_line(self.demo.stop, words))

    def action_mend_line(self) -> None:
        if self.demo is not None:
            self.section.act(self._change_line(self.demo.start, _("The line is mended.")))

    async def _change_line(self, change: Callable[[], None], words: str) -> None:
        await asyncio.to_thread(change)
        self.section.say(words)
        self.refresh_bindings()
        self.turns.wake(by_hand=True)

    # Leaving

    async def action_quit(self) -> None:
        texts = await flush_all(self)
        if texts and not self._warned:
            self._warned = True
            return self.section.warn(warning())
        await self.turns.stop()
        self.exit(message=await asyncio.to_thread(leave_texts, texts, self.clock.now()))

    def _ended(self) -> None:
        self._warned = True
        self.run_worker(self.action_quit())
