"""Desk: an account's files, and the user's verbs on them, each service built when first needed."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.ids import new_id
from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Projects
from freelancer_tui.settings import Settings
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.workspace.parts import Part, Parted

if TYPE_CHECKING:
    from freelancer_tui.services.account import Account
    from freelancer_tui.services.conflicts import Conflicts
    from freelancer_tui.services.deck import Decks
    from freelancer_tui.services.dossiers import Dossiers
    from freelancer_tui.services.exchange import Exchange
    from freelancer_tui.services.fees import Charges
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
    from freelancer_tui.services.rescue import Rescue
    from freelancer_tui.services.searches import Searches
    from freelancer_tui.services.sync_log import SyncLog
    from freelancer_tui.services.templates import Templates
    from freelancer_tui.services.triage import Triage
    from freelancer_tui.store.sync_log import SyncLogFile
    from freelancer_tui.store.work.database import WorkDatabase

_LOG: Final = logging.getLogger(__name__)


class Desk(Parted):
    """The services of one account, and the files under them."""

    def __init__(
        self, settings: Settings, folder: Path, clock: Callable[[], datetime], random: Random
    ) -> None:
        super().__init__()
        self.settings = settings
        self.folder = folder
        self.clock = clock
        self.random = random
        self.stops_at_damage = False
        """True for commands: the first that meets a damaged work file is told and ends."""
        self._mint_lock = threading.Lock()
        self.cache = CacheDatabase(folder)
        prepared(folder, "work.db")  # told at once, not at the first word that is lost
        self.marks = Marks(folder)
        self.projects = Projects(self.cache, self.marks, clock, lambda: settings.own_currency)
        self.projects.scores = lambda rows: self.judging.scores(rows)

    @Part
    def work(self) -> "WorkDatabase":
        """What the user made; today's backup is taken when it is opened."""
        return _open_work(self)

    @property
    def mended(self) -> bool:
        """True once the user's file was found damaged here and its rows were brought over."""
        return self.marks.mended or ("work" in self.parts and self.work.mended)

    @Part
    def rescue(self) -> "Rescue":
        """The user's verbs for files that failed, and for copies of them."""
        from freelancer_tui.services.rescue import Rescue

        return Rescue(self.folder, lambda: self.work)

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

        return Messages(self.cache, self.work, self.clock, self.mint, self.folder / "files")

    @Part
    def milestones(self) -> "Milestones":
        """Where the money is, and asking for it."""
        from freelancer_tui.services.milestones import Milestones

        return Milestones(self.cache, self.work, self.clock, self.mint)

    @Part
    def outbox(self) -> "Outbox":
        """The user's verbs for what waits to be sent."""
        from freelancer_tui.services.outbox import Outbox

        return Outbox(self.work, self.clock, self.log_file)

    @Part
    def log_file(self) -> "SyncLogFile":
        """The lines about what the sync did."""
        from freelancer_tui.store.sync_log import SyncLogFile

        return SyncLogFile(self.folder)

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
    def exchange(self) -> "Exchange":
        """Amounts in the user's own currency, at dated rates."""
        from freelancer_tui.services.exchange import Exchange

        return Exchange(self.cache, self.settings.own_currency)

    @Part
    def judging(self) -> "Judging":
        """How well jobs match the user, and what to be wary of in them."""
        from freelancer_tui.services.judging import Judging, Yardstick

        yardstick = Yardstick.of(self.settings)
        return Judging(self.cache, self.exchange, yardstick, self.clock)

    @Part
    def charges(self) -> "Charges":
        """What the marketplace keeps of a price, by dated rules."""
        from freelancer_tui.services.fees import Charges
        from freelancer_tui.settings.fees import read_fees

        return Charges(read_fees(self.settings.places.config), self.exchange)

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

    def mint(self) -> str:
        """Make an id for something of ours."""
        with self._mint_lock:
            return new_id(self.clock(), self.random)

    def close(self) -> None:
        """Close the files; the engine, if it was built, is closed before by who drives it."""
        self.marks.close()
        self.cache.close()
        if "log_file" in self.parts:
            self.log_file.close()
        if "work" in self.parts:
            self.work.close()


def _open_work(desk: Desk) -> "WorkDatabase":
    from freelancer_tui.store.backups import back_up
    from freelancer_tui.store.work.database import WorkDatabase

    work = WorkDatabase(desk.folder)
    if work.mended and desk.stops_at_damage:
        work.close()
        raise StoreError(
            _("Your file {name} was damaged; what could be read was brought over.").format(
                name=work.path.name
            ),
            hint=_("See what is there with: freelancer-tui doctor. Then run the command again."),
        )
    try:
        back_up(work.path, desk.clock())
    except StoreError as error:  # a full disk must not keep the user from what is there
        _LOG.warning("no backup was taken: %s", error)
    return work
