"""Rescue: told at the start after damage to the user's file; the backup's rest is offered."""

import asyncio
from typing import Final

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.services.rescue import Rescue, Rescued, told
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import translated
from freelancer_tui.tui.widgets.key_bar import KeyBar

_TAKES: Final = "take"


class RescueScreen(ModalScreen[str]):
    """Tells what was brought over and what only the backup has; gives a sentence at its end."""

    CSS = """
    RescueScreen { align: center middle; background: $background 60%; }
    RescueScreen VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; padding: 1 3;
    }
    RescueScreen VerticalScroll Static { width: 1fr; height: auto; margin-bottom: 1; }
    RescueScreen KeyBar { dock: bottom; }
    """
    BINDINGS = [
        Binding("y,enter", _TAKES, N_("Take them in"), id="rescue.take",
                tooltip=N_("Add what only the backup has; nothing here is changed")),
        Binding("n,escape", "leave", N_("Go on"), id="rescue.leave",
                tooltip=N_("Go on with what is here; the backup and the damaged file stay")),
    ]  # fmt: skip

    def __init__(self, rescue: Rescue, found: Rescued, clock: Clock) -> None:
        super().__init__()
        self.rescue = rescue
        self.found = found
        self.clock = clock

    def compose(self) -> ComposeResult:
        first, *others = told(self.found)
        with VerticalScroll():
            yield Static(Content.styled(first, "bold $warning"))
            for line in (*others, self._offer()):
                yield Static(line, markup=False)
            yield Static(id="problem", markup=False)
        yield KeyBar()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        return translated(super().active_bindings)

    def on_mount(self) -> None:
        self.query_one("#problem").display = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != _TAKES or self.found.more > 0

    async def action_take(self) -> None:
        try:
            count = await asyncio.to_thread(self.rescue.take)
        except FreelancerError as error:
            self._complain(error)
            return
        added = ngettext("{count} thing was added.", "{count} things were added.", count)
        self.dismiss(added.format(count=count))

    async def action_leave(self) -> None:
        try:
            await asyncio.to_thread(self.rescue.leave)
        except FreelancerError as error:
            self._complain(error)
            return
        self.dismiss("")

    def _complain(self, error: FreelancerError) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(f"{error} {error.hint}".strip())
        problem.display = True

    def _offer(self) -> str:
        """Say what the last backup has beyond what is here."""
        found = self.found
        if found.taken_at is None:
            return _("There is no backup to look into.")
        taken = wording.moment(found.taken_at, self.clock.zone)
        if not found.more:
            return _("The backup of {time} has nothing more.").format(time=taken)
        sheets = ngettext("{count} proposal", "{count} proposals", found.more_proposals)
        entries = ngettext(
            "{count} entry of the outbox", "{count} entries of the outbox", found.more_outbox
        )
        others = ngettext("{count} other thing", "{count} other things", found.more_others)
        return _("The backup of {time} has more: {proposals}, {entries}, {others}.").format(
            time=taken,
            proposals=sheets.format(count=found.more_proposals),
            entries=entries.format(count=found.more_outbox),
            others=others.format(count=found.more_others),
        )
