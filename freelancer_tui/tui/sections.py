"""Sections: which screen shows each section, loaded with its services when first visited."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.projects import ProjectsScreen
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.nav import Tally

if TYPE_CHECKING:
    from freelancer_tui.workspace import Workspace


def load(name: str, workspace: "Workspace", clock: Clock) -> Callable[[], Section]:
    """Import a section's screen, open its services, and give what builds the screen.

    This takes a quarter of a second the first time, so it is called on a thread; what it
    gives is called on the event loop. Imports stand here, not on top: nobody waits for the
    editor of proposals to see the jobs.
    """
    match name:
        case "proposals":
            from freelancer_tui.tui.screens.proposals import ProposalsScreen

            proposals, projects, decks = workspace.proposals, workspace.projects, workspace.decks
            return lambda: ProposalsScreen(proposals, projects, decks, clock=clock)
        case "messages":
            from freelancer_tui.tui.screens.messages import MessagesScreen

            messages = workspace.messages
            return lambda: MessagesScreen(messages, clock=clock)
        case "invoices":
            from freelancer_tui.tui.screens.invoices import InvoicesScreen

            milestones = workspace.milestones
            return lambda: InvoicesScreen(milestones, clock=clock)
        case "outbox":
            from freelancer_tui.tui.screens.outbox import OutboxScreen

            outbox = workspace.outbox
            return lambda: OutboxScreen(outbox, clock=clock)
        case "log":
            from freelancer_tui.tui.screens.log import LogScreen

            log = workspace.sync_log
            return lambda: LogScreen(log, clock=clock)
        case "conflicts":
            from freelancer_tui.tui.screens.conflicts import ConflictsScreen

            conflicts = workspace.conflicts
            return lambda: ConflictsScreen(conflicts, clock=clock)
        case "versions":
            from freelancer_tui.tui.screens.versions import VersionsScreen

            history = workspace.history
            return lambda: VersionsScreen(history, clock=clock)
        case _:
            return lambda: ProjectsScreen(workspace, clock=clock)


def tally(workspace: "Workspace") -> Tally:
    """Count what the tabs show; it opens the work file, so it is called on a thread."""
    counts = workspace.outbox.counts()
    unread = sum(1 for view in workspace.messages.threads() if view.thread.unread)
    conflicts = workspace.conflicts.count()
    return Tally(unread, counts.waiting, counts.needs_user, conflicts)


async def offer_rescue(app: App[None], workspace: "Workspace", clock: Clock) -> None:
    """Show what became of a damaged file, once after the start or the mending."""
    found = await asyncio.to_thread(lambda: workspace.rescue.unasked())
    if found is None:
        return
    from freelancer_tui.tui.screens.rescue import RescueScreen

    def ended(words: str | None) -> None:
        base = app.screen_stack[0]
        if isinstance(base, Section):
            base.reload()
            if words:
                base.say(words)

    app.push_screen(RescueScreen(workspace.rescue, found, clock), ended)
