"""Desk: the user's verbs on an account's files, each service built when first needed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from freelancer_tui.services.listening import Listening
from freelancer_tui.services.projects import Projects
from freelancer_tui.settings import Settings
from freelancer_tui.workspace.office import Office
from freelancer_tui.workspace.parts import Part

if TYPE_CHECKING:
    from freelancer_tui.services.account import Account
    from freelancer_tui.services.attachments import Attachments
    from freelancer_tui.services.conflicts import Conflicts
    from freelancer_tui.services.contacts import Contacts
    from freelancer_tui.services.deck import Decks
    from freelancer_tui.services.dossiers import Dossiers
    from freelancer_tui.services.exports import Exports
    from freelancer_tui.services.history import History
    from freelancer_tui.services.judging import Judging
    from freelancer_tui.services.layout import Layout
    from freelancer_tui.services.learning import Learning
    from freelancer_tui.services.means import Means
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.milestones import Milestones
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.outside import Outside
    from freelancer_tui.services.proposals import Proposals
    from freelancer_tui.services.reminders import Reminders
    from freelancer_tui.services.searches import Searches
    from freelancer_tui.services.sync_log import SyncLog
    from freelancer_tui.services.templates import Templates
    from freelancer_tui.services.triage import Triage


class Desk(Office):
    """The services of one account, and the files under them."""

    def __init__(
        self, settings: Settings, folder: Path, clock: Callable[[], datetime], random: Random
    ) -> None:
        super().__init__(settings, folder, clock, random)
        self.projects = Projects(self.cache, self.marks, clock, lambda: settings.own_currency)
        self.listening = Listening()
        self.projects.scores = lambda rows: self.judging.scores(rows)

    @Part
    def triage(self) -> "Triage":
        """The user's verbs for sorting jobs out."""
        from freelancer_tui.services.triage import Triage

        return Triage(self.cache, self.marks.pad, self.clock)

    @Part
    def searches(self) -> "Searches":
        """The user's verbs for saved searches."""
        from freelancer_tui.services.searches import Searches

        return Searches(self.marks.pad, self.projects, self.settings.searches, self.mint)

    @Part
    def dossiers(self) -> "Dossiers":
        """What the archive knows around a job."""
        from freelancer_tui.services.dossiers import Dossiers

        return Dossiers(self.cache, self.exchange, self.settings.hours)

    @Part
    def layout(self) -> "Layout":
        """How the user arranged the lists."""
        from freelancer_tui.services.layout import Layout

        return Layout(self.cache, self.marks.pad)

    @Part
    def proposals(self) -> "Proposals":
        """The user's verbs for offers."""
        from freelancer_tui.services.proposals import Proposals

        return Proposals(self.cache, self.work, self.clock, self.mint)

    @Part
    def history(self) -> "History":
        """The user's verbs for what was written before."""
        from freelancer_tui.services.history import History

        return History(self.proposals, self.messages, self.work, self.clock)

    @Part
    def conflicts(self) -> "Conflicts":
        """The user's verbs for what two hands changed."""
        from freelancer_tui.services.conflicts import Conflicts

        return Conflicts(self.cache, self.work, self.clock, self.mint)

    @Part
    def messages(self) -> "Messages":
        """The user's verbs for conversations."""
        from freelancer_tui.services.messages import Messages

        folder, listening = self.folder / "files", self.listening
        return Messages(self.cache, self.work, self.clock, self.mint, folder, listening=listening)

    @Part
    def attachments(self) -> "Attachments":
        """The files of conversations, and where those lie that were saved."""
        from freelancer_tui.services.attachments import Attachments

        return Attachments(self.cache, self.work)

    @Part
    def milestones(self) -> "Milestones":
        """Where the money is, and asking for it."""
        from freelancer_tui.services.milestones import Milestones

        return Milestones(self.cache, self.work, self.clock, self.mint)

    @Part
    def contacts(self) -> "Contacts":
        """The cards of clients."""
        from freelancer_tui.services.contacts import Contacts, Shelves

        talks, clients = self.messages.threads_kept, self.clients
        shelves = Shelves(self.cache, self.pad, talks, clients, self.exchange)
        return Contacts(shelves, self.settings.hours, self.clock)

    @Part
    def reminders(self) -> "Reminders":
        """The user's verbs for what is overdue."""
        from freelancer_tui.services.reminders import Reminders

        return Reminders(self.invoices, self.clients, self.messages, self.today)

    @Part
    def exports(self) -> "Exports":
        """All that the user made as plain files."""
        from freelancer_tui.services.exports import Billing, Exports

        billing = Billing(self.clients, self.invoices, self.rate_table, self.recurring)
        return Exports(self.proposals, self.messages, self.templates, billing, self.pad)

    @Part
    def outbox(self) -> "Outbox":
        """The user's verbs for what waits to be sent."""
        from freelancer_tui.services.outbox import Outbox

        return Outbox(self.work, self.clock, self.log_file)

    @Part
    def sync_log(self) -> "SyncLog":
        """The user's way to what the sync did."""
        from freelancer_tui.services.sync_log import SyncLog

        return SyncLog(self.log_file)

    @Part
    def account(self) -> "Account":
        """Who the user is on the marketplace."""
        from freelancer_tui.services.account import Account

        return Account(self.cache)

    @Part
    def judging(self) -> "Judging":
        """How well jobs match the user, and what to be wary of in them."""
        from freelancer_tui.services.judging import Judging, Yardstick

        yardstick = Yardstick.of(self.settings)
        return Judging(self.cache, self.exchange, yardstick, self.clock)

    @Part
    def means(self) -> "Means":
        """What a price comes to, and how many bids are left."""
        from freelancer_tui.services.means import Means

        return Means(self.charges.fees, self.exchange, self.account)

    @Part
    def templates(self) -> "Templates":
        """The user's verbs for templates and snippets."""
        from freelancer_tui.services.templates import Templates

        return Templates(self.cache, self.work, self.proposals, self.clock, self.mint)

    @Part
    def outside(self) -> "Outside":
        """The user's own editor."""
        from freelancer_tui.services.outside import Outside
        from freelancer_tui.settings.editor import editor_command

        return Outside(self.folder, editor_command)

    @Part
    def decks(self) -> "Decks":
        """All proposals as the board shows them."""
        from freelancer_tui.services.deck import Decks

        return Decks(self.cache, self.proposals, self.exchange, self.charges)

    @Part
    def learning(self) -> "Learning":
        """What came of the user's own bids."""
        from freelancer_tui.services.learning import Learning

        return Learning(self.cache, self.proposals, self.exchange, self.charges, self.clock)
