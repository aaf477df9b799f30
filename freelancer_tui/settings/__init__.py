"""Settings: the user's config file, their accounts, and the folders everything lives in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.errors import Unauthorized
from freelancer_tui.i18n import _, language
from freelancer_tui.settings.accounts import (
    ENVIRONMENT,
    Account,
    PutEncoding,
    SecretSource,
    account_name,
    account_named,
    read_accounts,
    write_accounts,
)
from freelancer_tui.settings.addresses import base_address
from freelancer_tui.settings.config import Config

__all__ = [
    "ENVIRONMENT",
    "Account",
    "Places",
    "PutEncoding",
    "SecretSource",
    "Settings",
    "account_name",
    "account_named",
    "base_address",
    "environment_account",
    "load",
    "places_of",
    "read_accounts",
    "write_accounts",
]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one home."""

    config: Path
    data: Path
    state: Path
    logs: Path

    @classmethod
    def under(cls, home: Path) -> Self:
        """Keep everything in one folder."""
        return cls(home / "config", home / "data", home / "state", home / "logs")

    @classmethod
    def of_platform(cls) -> Self:
        """Use the platform's own folders."""
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("freelancer-tui", appauthor=False)
        return cls(
            dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_log_path
        )

    @property
    def config_file(self) -> Path:
        """What the user writes; we only read it."""
        return self.config / "config.toml"

    @property
    def accounts_file(self) -> Path:
        """What `account add` writes."""
        return self.config / "accounts.json"

    @property
    def log_file(self) -> Path:
        """Where the program tells what it did."""
        return self.logs / "freelancer-tui.log"

    def demo(self) -> "Places":
        """Give a home of its own, apart from real accounts."""
        return Places.under(self.data / "demo")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose, and the accounts there are."""

    places: Places
    language: str = ""
    """`en` or `id`; empty follows the environment."""
    theme: str = ""
    timezone: str = ""
    """A zone of the tz database; empty follows the system."""
    currency: str = ""
    """The user's own currency, three letters; empty goes by the language."""
    working_hours: str = ""
    """When the user works, such as `09:00-17:00`; empty means just that."""
    quiet_hours: str = ""
    """When nothing rings, such as `22:00-07:00`; empty means that it always may."""
    account: str = ""
    """The account to use when none is named."""
    notify: Literal["off", "bell", "terminal"] = "off"
    downloads: str = ""
    """The folder to save files of messages in; empty is the system's own for downloads."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The user's own keys by binding id."""
    searches: Mapping[str, str] = field(default_factory=dict)
    """Saved searches: name to query."""
    accounts: tuple[Account, ...] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone to show times in; None is the system's."""
        return ZoneInfo(self.timezone) if self.timezone else None

    @property
    def own_currency(self) -> str:
        """The currency to show amounts in beside their own."""
        return self.currency.upper() or ("IDR" if language() == "id" else "USD")

    @property
    def hours(self) -> WorkingHours:
        """When the user works, in their own zone."""
        return WorkingHours.read(self.working_hours) if self.working_hours else WorkingHours()

    @property
    def downloads_folder(self) -> Path:
        """Where files of messages are saved unless another folder is named."""
        if self.downloads:
            return Path(self.downloads).expanduser()
        from platformdirs import user_downloads_path

        return user_downloads_path()

    def is_quiet(self, at: datetime) -> bool:
        """Tell whether nothing may ring at a time, by the clock in the user's zone."""
        there = at.astimezone(self.zone).time()
        return bool(self.quiet_hours) and there in WorkingHours.read(self.quiet_hours)

    def folder(self, account: Account) -> Path:
        """Give the folder that keeps an account's work and cache."""
        return self.places.data / "accounts" / account.folder

    def choose(self, name: str | None = None) -> Account:
        """Give the account named, else that of the environment, else the default."""
        if name:
            return account_named(self.accounts, name)
        first = next((one for one in self.accounts if one.name == ENVIRONMENT), None)
        if first is not None:
            return first
        if self.account:
            return account_named(self.accounts, self.account)
        if self.accounts:
            return self.accounts[0]
        raise Unauthorized(
            _("No account is set up yet."),
            hint=_("Add one with: freelancer-tui account add NAME --url URL"),
        )


def places_of(home: str | None, environ: Mapping[str, str] = os.environ) -> Places:
    """Choose the folders: `--home`, else FREELANCER_TUI_HOME, else the platform's."""
    chosen = home or environ.get("FREELANCER_TUI_HOME")
    return Places.under(Path(chosen).expanduser().absolute()) if chosen else Places.of_platform()


def load(places: Places, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the config file and the accounts; a mistake names the file, the line and the key."""
    config = Config.read(places.config_file)
    settings = Settings(places, **config.values())
    default, accounts = read_accounts(places.accounts_file)
    found = environment_account(environ)
    known = [*([found] if found else []), *accounts]
    encodings = {one.name: config.encoding(one.name) for one in known}
    return replace(
        settings,
        account=settings.account or default,
        accounts=tuple(replace(one, put_encoding=encodings[one.name]) for one in known),
    )


def environment_account(environ: Mapping[str, str]) -> Account | None:
    """Give the account of FREELANCER_TUI_URL and FREELANCER_TUI_TOKEN, if both are set."""
    url = environ.get("FREELANCER_TUI_URL", "")
    if not url or not environ.get("FREELANCER_TUI_TOKEN"):
        return None
    return Account(ENVIRONMENT, base_address(url), "environment")
