"""Sections: which screen shows each section, loaded with its services when first visited."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.app import App

from freelancer_tui.i18n import ngettext
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.projects import ProjectsScreen
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.nav import Tally

if TYPE_CHECKING:
    from freelancer_tui.workspace import Workspace

Build = Callable[[], Section]


def load(name: str, workspace: "Workspace", clock: Clock) -> Build:
    """Import a section's screen, open its services, and give what builds the screen.

    This takes a quarter of a second the first time, so it is called on a thread; what it
    gives is called on the event loop. Imports stand inside, not on top: nobody waits for the
    editor of proposals to see the jobs.
    """
    return _LOADERS.get(name, _jobs)(workspace, clock)


def tally(workspace: "Workspace") -> Tally:
    """Count what the tabs show; it opens the work file, so it is called on a thread."""
    counts = workspace.outbox.counts()
    unread = sum(view.calls for view in workspace.messages.threads())
    conflicts = workspace.conflicts.count()
    matches = workspace.searches.waiting()
    return Tally(unread, counts.waiting, counts.needs_user, conflicts, matches)


async def look_after(app: App[None], workspace: "Workspace", clock: Clock) -> None:
    """Do what is due: offer the rescue of a damaged file, and make the drafts that come again."""
    await offer_rescue(app, workspace, clock)
    made = await asyncio.to_thread(workspace.upkeep)
    base = app.screen_stack[0]
    if made and isinstance(base, Section):
        told = ngettext(
            "{count} invoice came again as a draft: see your invoices (4).",
            "{count} invoices came again as drafts: see your invoices (4).",
            made,
        )
        base.say(told.format(count=made))
        base.reload()


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


def _jobs(workspace: "Workspace", clock: Clock) -> Build:
    return lambda: ProjectsScreen(workspace, clock=clock)


def _proposals(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.aids import Aids
    from freelancer_tui.tui.screens.proposals import ProposalsScreen

    proposals, projects, decks = workspace.proposals, workspace.projects, workspace.decks
    aids = Aids(workspace.templates, workspace.outside, workspace.means)
    return lambda: ProposalsScreen(proposals, projects, decks, aids, clock=clock)


def _messages(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.messages import MessagesScreen

    messages, outbox, outside = workspace.messages, workspace.outbox, workspace.outside
    return lambda: MessagesScreen(messages, outbox, outside, clock=clock)


def _files(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.files import FilesScreen

    messages, attachments = workspace.messages, workspace.attachments
    fetch, folder = workspace.downloads.fetch, workspace.settings.downloads_folder
    return lambda: FilesScreen(messages, attachments, fetch, folder, clock=clock)


def _invoices(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.invoices import InvoicesScreen

    milestones, invoices = workspace.milestones, workspace.invoices
    quotes, payouts = workspace.quotes, workspace.payouts
    return lambda: InvoicesScreen(milestones, invoices, quotes, payouts, clock=clock)


def _invoice(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.ahead import Around
    from freelancer_tui.tui.screens.invoice import InvoiceScreen

    invoices, papers = workspace.invoices, workspace.papers
    around = Around(workspace.quotes, workspace.deposits, workspace.recurring, workspace.reminders)
    return lambda: InvoiceScreen(invoices, papers, around, clock=clock)


def _rates(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.rates import RatesScreen

    rates = workspace.rate_table
    return lambda: RatesScreen(rates, clock=clock)


def _clients(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.clients import ClientsScreen

    clients, invoices = workspace.clients, workspace.invoices
    return lambda: ClientsScreen(clients, invoices, clock=clock)


def _contact(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.contact import ContactScreen

    contacts = workspace.contacts
    return lambda: ContactScreen(contacts, clock=clock)


def _outbox(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.outbox import OutboxScreen

    outbox = workspace.outbox
    return lambda: OutboxScreen(outbox, clock=clock)


def _log(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.log import LogScreen

    log = workspace.sync_log
    return lambda: LogScreen(log, clock=clock)


def _conflicts(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.conflicts import ConflictsScreen

    conflicts = workspace.conflicts
    return lambda: ConflictsScreen(conflicts, clock=clock)


def _pack(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.pack import PackScreen

    disputes = workspace.disputes
    return lambda: PackScreen(disputes, clock=clock)


def _versions(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.versions import VersionsScreen

    history = workspace.history
    return lambda: VersionsScreen(history, clock=clock)


def _templates(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.aids import Aids
    from freelancer_tui.tui.screens.templates import TemplatesScreen

    proposals, messages = workspace.proposals, workspace.messages
    aids = Aids(workspace.templates, workspace.outside, workspace.means)
    return lambda: TemplatesScreen(aids, proposals, messages, clock=clock)


def _learning(workspace: "Workspace", clock: Clock) -> Build:
    from freelancer_tui.tui.screens.learning import LearningScreen

    learning = workspace.learning
    return lambda: LearningScreen(learning, clock=clock)


_LOADERS: Final[dict[str, Callable[["Workspace", Clock], Build]]] = {
    "proposals": _proposals,
    "messages": _messages,
    "files": _files,
    "invoices": _invoices,
    "invoice": _invoice,
    "clients": _clients,
    "rates": _rates,
    "contact": _contact,
    "outbox": _outbox,
    "log": _log,
    "conflicts": _conflicts,
    "versions": _versions,
    "pack": _pack,
    "templates": _templates,
    "learning": _learning,
}
