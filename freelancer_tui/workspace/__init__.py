"""Workspace: everything that lives as long as the program, each part built when first needed."""

import contextlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Profile
from freelancer_tui.errors import StoreError, Unauthorized, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.settings import Account as AccountSettings
from freelancer_tui.settings import Settings
from freelancer_tui.workspace.desk import Desk
from freelancer_tui.workspace.parts import Part

if TYPE_CHECKING:
    from freelancer_tui.credentials import Redactor, Token
    from freelancer_tui.services.disputes import Disputes
    from freelancer_tui.sync.downloads import Downloads
    from freelancer_tui.sync.engine import Engine
    from freelancer_tui.sync.journal import Journal
    from freelancer_tui.sync.marketplace import Marketplace

MarketplaceMaker = Callable[[AccountSettings, Callable[[], str]], "Marketplace"]
"""Builds the adapter for an account, given what tells the token."""
SWITCH_SECONDS = 0.001
"""How long the sync's threads may hold up the screen's; Python's own five times as long shows."""


def utc_now() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


class Workspace(Desk):
    """One account's desk, with its marketplace and the engine between the two."""

    def __init__(
        self,
        settings: Settings,
        account: AccountSettings,
        clock: Callable[[], datetime],
        random: Random,
        open_marketplace: MarketplaceMaker,
    ) -> None:
        super().__init__(settings, settings.folder(account), clock, random)
        self.account_settings = account
        self._make_marketplace = open_marketplace

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

    def bring_back(self) -> None:
        """Lay the jobs that concern the user into a cache that began anew, before any sync does."""
        from freelancer_tui.sync.keeping import keep

        with contextlib.suppress(StoreError):  # then the sync does it, or says why it cannot
            keep(self.cache, self.work)

    @Part
    def redactor(self) -> "Redactor":
        """What takes the token out of logs and errors."""
        from freelancer_tui.credentials import Redactor

        return Redactor()

    @Part
    def token(self) -> "Token":
        """The account's token; it is read at its first use."""
        from freelancer_tui.credentials import Source, Token

        account = self.account_settings
        source = Source(account.name, account.url, account.secret_command, account.keyring_backend)
        return Token(source, self.redactor)

    @Part
    def journal(self) -> "Journal":
        """What writes down the events of the sync; that the cache began anew is its first line."""
        from freelancer_tui.sync.journal import Journal

        journal = Journal(self.log_file, self.clock, self.settings.zone)
        if self.rebuilt:
            journal.rebuilt(self.rebuilt)
        return journal

    @Part
    def engine(self) -> "Engine":
        """The sync engine. Build it on a thread: it reads the token, which can take seconds."""
        from freelancer_tui.store.lock import SyncLock
        from freelancer_tui.sync.engine import Engine

        sys.setswitchinterval(SWITCH_SECONDS)
        self.searches.tell_sync()
        return Engine(
            self.open_marketplace(),
            self.cache,
            self.work,
            SyncLock(self.folder / "sync.lock"),
            clock=self.clock,
            random=self.random,
            looked=self.projects.looked,
            listening=self.listening,
        )

    @Part
    def disputes(self) -> "Disputes":
        """Everything about a piece of work as a folder for somebody who was not there."""
        from freelancer_tui.services.cases import Cases
        from freelancer_tui.services.disputes import Disputes

        url = self.account_settings.url
        cases = Cases(self.cache, self.work, self.pad, self.clock, url)
        return Disputes(cases, self.settings.zone)

    @Part
    def downloads(self) -> "Downloads":
        """Saving the files of messages; it waits for the network, so ask it on a thread."""
        from freelancer_tui.sync.downloads import Downloads

        return Downloads(self.open_marketplace, self.work, self.clock)

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
