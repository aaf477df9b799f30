"""Workspace: everything that lives as long as the program, each part built when first needed."""

import contextlib
import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.people import Profile
from freelancer_tui.errors import StoreError, Unauthorized, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Projects
from freelancer_tui.settings import Account as AccountSettings
from freelancer_tui.settings import Settings
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.work.marks import Marks

if TYPE_CHECKING:
    from freelancer_tui.credentials import Redactor, Token
    from freelancer_tui.services.account import Account
    from freelancer_tui.services.conflicts import Conflicts
    from freelancer_tui.services.history import History
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.milestones import Milestones
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.proposals import Proposals
    from freelancer_tui.services.rescue import Rescue
    from freelancer_tui.services.sync_log import SyncLog
    from freelancer_tui.store.sync_log import SyncLogFile
    from freelancer_tui.store.work.database import WorkDatabase
    from freelancer_tui.sync.engine import Engine
    from freelancer_tui.sync.journal import Journal
    from freelancer_tui.sync.marketplace import Marketplace

_LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")
MarketplaceMaker = Callable[[AccountSettings, Callable[[], str]], "Marketplace"]
"""Builds the adapter for an account, given what tells the token."""
_SWITCH_SECONDS = 0.001
"""How long the sync's threads may hold up the screen's; Python's own five times as long shows."""


def utc_now() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


class _Part(Generic[T]):
    """A part of the workspace: built by its function at the first look, by one thread only."""

    def __init__(self, build: Callable[["Workspace"], T]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, workspace: "Workspace", owner: type) -> T:
        parts = workspace.parts
        if self._name not in parts:
            with workspace.locks[self._name]:
                if self._name not in parts:
                    parts[self._name] = self._build(workspace)
        return cast(T, parts[self._name])


class Workspace:
    """One account's desk: the services, the files under them, and the engine."""

    def __init__(
        self,
        settings: Settings,
        account: AccountSettings,
        clock: Callable[[], datetime],
        random: Random,
        open_marketplace: MarketplaceMaker,
    ) -> None:
        self.settings = settings
        self.account_settings = account
        self.clock = clock
        self.random = random
        self.parts: dict[str, object] = {}
        self.locks = {name: threading.Lock() for name in _parts_of(type(self))}
        """A lock for each part: the engine's can be held for as long as a keyring thinks."""
        self.stops_at_damage = False
        """True for commands: the first that meets a damaged work file is told and ends."""
        self._mint_lock = threading.Lock()
        self._make_marketplace = open_marketplace
        self.folder = settings.folder(account)
        self.cache = CacheDatabase(self.folder)
        prepared(self.folder, "work.db")  # told at once, not at the first word that is lost
        self.marks = Marks(self.folder)
        self.projects = Projects(self.cache, self.marks, clock)

    @property
    def account_name(self) -> str:
        """The account's name, and whose it is where that is known."""
        user = self.account_settings.user
        name = self.account_settings.name
        return f"{name} ({user})" if user and user != name else name

    @property
    def rebuilt(self) -> str | None:
        """A sentence when what the marketplace said has to be read anew."""
        return self.cache.rebuilt

    @_Part
    def redactor(self) -> "Redactor":
        """What takes the token out of logs and errors."""
        from freelancer_tui.credentials import Redactor

        return Redactor()

    @_Part
    def token(self) -> "Token":
        """The account's token; it is read at its first use."""
        from freelancer_tui.credentials import Source, Token

        account = self.account_settings
        source = Source(account.name, account.url, account.secret_command, account.keyring_backend)
        return Token(source, self.redactor)

    @_Part
    def work(self) -> "WorkDatabase":
        """What the user made; today's backup is taken when it is opened."""
        return _open_work(self)

    @property
    def mended(self) -> bool:
        """True once the user's file was found damaged here and its rows were brought over."""
        return self.marks.mended or ("work" in self.parts and self.work.mended)

    @_Part
    def rescue(self) -> "Rescue":
        """The user's verbs for files that failed, and for copies of them."""
        from freelancer_tui.services.rescue import Rescue

        return Rescue(self.folder, lambda: self.work)

    @_Part
    def proposals(self) -> "Proposals":
        """The user's verbs for offers."""
        from freelancer_tui.services.proposals import Proposals

        return Proposals(self.cache, self.work, self.clock, self.mint)

    @_Part
    def conflicts(self) -> "Conflicts":
        """The user's verbs for what two hands changed."""
        from freelancer_tui.services.conflicts import Conflicts

        return Conflicts(self.cache, self.work, self.clock, self.mint)

    @_Part
    def messages(self) -> "Messages":
        """The user's verbs for conversations."""
        from freelancer_tui.services.messages import Messages

        return Messages(self.cache, self.work, self.clock, self.mint, self.folder / "files")

    @_Part
    def milestones(self) -> "Milestones":
        """Where the money is, and asking for it."""
        from freelancer_tui.services.milestones import Milestones

        return Milestones(self.cache, self.work, self.clock, self.mint)

    @_Part
    def outbox(self) -> "Outbox":
        """The user's verbs for what waits to be sent."""
        from freelancer_tui.services.outbox import Outbox

        return Outbox(self.work, self.clock, self.log_file)

    @_Part
    def log_file(self) -> "SyncLogFile":
        """The lines about what the sync did."""
        from freelancer_tui.store.sync_log import SyncLogFile

        return SyncLogFile(self.folder)

    @_Part
    def sync_log(self) -> "SyncLog":
        """The user's way to what the sync did."""
        from freelancer_tui.services.sync_log import SyncLog

        return SyncLog(self.log_file)

    @_Part
    def journal(self) -> "Journal":
        """What writes down the events of the sync; that the cache began anew is its first line."""
        from freelancer_tui.sync.journal import Journal

        journal = Journal(self.log_file, self.clock, self.settings.zone)
        if self.rebuilt:
            journal.rebuilt(self.rebuilt)
        return journal

    @_Part
    def account(self) -> "Account":
        """Who the user is on the marketplace."""
        from freelancer_tui.services.account import Account

        return Account(self.cache)

    @_Part
    def engine(self) -> "Engine":
        """The sync engine. Build it on a thread: it reads the token, which can take seconds."""
        from freelancer_tui.store.lock import SyncLock
        from freelancer_tui.sync.engine import Engine

        sys.setswitchinterval(_SWITCH_SECONDS)
        self._tell_searches()
        return Engine(
            self.open_marketplace(),
            self.cache,
            self.work,
            SyncLock(self.folder / "sync.lock"),
            clock=self.clock,
            random=self.random,
            looked=self.projects.looked,
        )

    def _tell_searches(self) -> None:
        """Leave the saved searches of the settings where the sync looks for what to follow."""
        from freelancer_tui.store.work import meta

        searches = json.dumps(list(self.settings.searches.values()))
        with self.work.transaction() as session:
            if meta.get(session, "saved_searches") != searches:
                meta.put(session, "saved_searches", searches)

    def open_marketplace(self) -> "Marketplace":
        """Build an adapter for this account; whoever asked for it closes it."""
        with contextlib.suppress(Unauthorized):  # told by the first call that needs it
            self.token()
        return self._make_marketplace(self.account_settings, self.token)

    async def check(self) -> tuple[Profile, datetime]:
        """Ask the marketplace who we are, and what time it has."""
        marketplace = self.open_marketplace()
        try:
            page = await marketplace.pull(Feed("self"), None)
        finally:
            await marketplace.close()
        profile = next((fact for fact in page.facts if isinstance(fact, Profile)), None)
        if profile is None:
            raise WireMismatch(_("The marketplace did not say whose account this is."))
        return profile, page.at

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


def _open_work(workspace: Workspace) -> "WorkDatabase":
    from freelancer_tui.store.backups import back_up
    from freelancer_tui.store.work.database import WorkDatabase

    work = WorkDatabase(workspace.folder)
    if work.mended and workspace.stops_at_damage:
        work.close()
        raise StoreError(
            _("Your file {name} was damaged; what could be read was brought over.").format(
                name=work.path.name
            ),
            hint=_("See what is there with: freelancer-tui doctor. Then run the command again."),
        )
    try:
        back_up(work.path, workspace.clock())
    except StoreError as error:  # a full disk must not keep the user from what is there
        _LOG.warning("no backup was taken: %s", error)
    return work


def _parts_of(kind: type[Workspace]) -> list[str]:
    return [name for name, part in vars(kind).items() if isinstance(part, _Part)]


def history_of(workspace: Workspace) -> "History":
    """Give the user's verbs for what was written before."""
    from freelancer_tui.services.history import History

    return History(workspace.proposals, workspace.messages, workspace.work, workspace.clock)


def open_workspace(
    settings: Settings,
    account_name: str | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    random: Random | None = None,
    open_marketplace: MarketplaceMaker | None = None,
) -> Workspace:
    """Open the desk of an account: the one named, that of the environment, or the default."""
    account = settings.choose(account_name)
    make = open_marketplace or freelancer_marketplace
    return Workspace(settings, account, clock, random or SystemRandom(), make)


def freelancer_marketplace(account: AccountSettings, token: Callable[[], str]) -> "Marketplace":
    """Build the adapter for Freelancer.com and its look-alikes."""
    from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace

    return FreelancerMarketplace(account.url, token, put_encoding=account.put_encoding)
