"""Settings: the user's config file, their accounts, and the folders everything lives in."""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from freelancer_tui.errors import NotFound, SettingsError, Unauthorized
from freelancer_tui.i18n import LANGUAGES, _

PutEncoding = Literal["json", "query", "form"]
SecretSource = Literal["environment", "command", "keyring", "session"]
ENVIRONMENT: Final = "env"
"""The name of the account that comes from the environment."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TAKEN: Final = frozenset({ENVIRONMENT, "con", "prn", "aux", "nul"})


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
class Account:
    """One way to be signed in at one marketplace; the token itself is never here."""

    name: str
    url: str
    """The base address, without `/api`."""
    secret_source: SecretSource
    secret_command: tuple[str, ...] = ()
    keyring_backend: str = ""
    """The keyring that answered when the account was added."""
    user: str = ""
    """The user name there, as last told."""
    put_encoding: PutEncoding = "json"

    @property
    def folder(self) -> str:
        """The name of its folder; accounts from the environment are kept apart by address."""
        if self.name != ENVIRONMENT:
            return self.name
        return f"{ENVIRONMENT}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose, and the accounts there are."""

    places: Places
    language: str = ""
    """`en` or `id`; empty follows the environment."""
    theme: str = ""
    timezone: str = ""
    """A zone of the tz database; empty follows the system."""
    account: str = ""
    """The account to use when none is named."""
    notify: Literal["off", "bell", "terminal"] = "off"
    keys: Mapping[str, str] = field(default_factory=dict)
    """The user's own keys by binding id."""
    searches: Mapping[str, str] = field(default_factory=dict)
    """Saved searches: name to query."""
    accounts: tuple[Account, ...] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone to show times in; None is the system's."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def folder(self, account: Account) -> Path:
        """Give the folder that keeps an account's work and cache."""
        return self.places.data / "accounts" / account.folder

    def choose(self, name: str | None = None) -> Account:
        """Give the account named, else that of the environment, else the default."""
        if name:
            return self._named(name)
        first = next((one for one in self.accounts if one.name == ENVIRONMENT), None)
        if first is not None:
            return first
        if self.account:
            return self._named(self.account)
        if self.accounts:
            return self.accounts[0]
        raise Unauthorized(
            _("No account is set up yet."),
            hint=_("Add one with: freelancer-tui account add NAME --url URL"),
        )

    def _named(self, name: str) -> Account:
        for account in self.accounts:
            if account.name == name:
                return account
        raise NotFound(
            _("There is no account named {name}.").format(name=name),
            hint=_("See them with: freelancer-tui account list"),
        )


def places_of(home: str | None, environ: Mapping[str, str] = os.environ) -> Places:
    """Choose the folders: `--home`, else FREELANCER_TUI_HOME, else the platform's."""
    chosen = home or environ.get("FREELANCER_TUI_HOME")
    return Places.under(Path(chosen).expanduser().absolute()) if chosen else Places.of_platform()


def load(places: Places, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the config file and the accounts; a mistake names the file, the line and the key."""
    config = _Config.read(places.config_file)
    default, accounts = read_accounts(places.accounts_file)
    found = environment_account(environ)
    known = [*([found] if found else []), *accounts]
    encodings = {one.name: config.encoding(one.name) for one in known}
    settings = config.settings(places)
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


def base_address(url: str) -> str:
    """Check a marketplace's address and give it without `/api` and slashes at its end."""
    trimmed = url.strip().rstrip("/").removesuffix("/api").rstrip("/")
    parts = urlsplit(trimmed)
    wrong = _("{url} is not the address of a marketplace.").format(url=_without_user(url))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise SettingsError(wrong, hint=_("It looks like https://www.freelancer.com"))
    if parts.username is not None:
        raise SettingsError(wrong, hint=_("Leave user name and password out of it."))
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise SettingsError(
            _("{url} would send the token unencrypted.").format(url=trimmed),
            hint=_("Use https; plain http is only for a sandbox on this machine."),
        )
    return trimmed


def account_name(name: str) -> str:
    """Check the name of a new account."""
    if _NAME.fullmatch(name) and name not in _TAKEN:
        return name
    raise SettingsError(
        _("{name} cannot be the name of an account.").format(name=name),
        hint=_("Use small letters, digits, - and _; the name env is taken."),
    )


def read_accounts(file: Path) -> tuple[str, tuple[Account, ...]]:
    """Give the default account's name, or an empty one, and all accounts in order."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        accounts = tuple(_account(name, row) for name, row in kept["accounts"].items())
        return str(kept.get("default", "")), accounts
    except FileNotFoundError:
        return "", ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            _("{file} cannot be read: {reason}").format(file=file, reason=error),
            hint=_("Repair it, or move it away and add the accounts again."),
        ) from error


def write_accounts(file: Path, default: str, accounts: tuple[Account, ...]) -> None:
    """Replace the list of accounts in one step; only the user may read it."""
    rows = {one.name: _row(one) for one in accounts if one.name != ENVIRONMENT}
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({"default": default, "accounts": rows}, indent=2) + "\n", "utf-8")
    os.replace(fresh, file)


def _row(account: Account) -> dict[str, object]:
    kept = asdict(account)
    return {key: kept[key] for key in kept if key not in ("name", "put_encoding") and kept[key]}


def _account(name: str, row: dict[str, Any]) -> Account:
    return Account(
        name,
        base_address(row["url"]),
        row["secret_source"],
        tuple(str(part) for part in row.get("secret_command", ())),
        str(row.get("keyring_backend", "")),
        str(row.get("user", "")),
    )


def _without_user(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//", url)


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


@dataclass(frozen=True, slots=True)
class _Config:
    """The config file as read, with what is needed to point at a mistake in it."""

    file: Path
    text: str
    tree: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> Self:
        try:
            text = file.read_text("utf-8")
            return cls(file, text, tomllib.loads(text))
        except FileNotFoundError:
            return cls(file, "", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(
                _("{file}: {reason}").format(file=file, reason=error),
                hint=_("Correct the file; the rest of the program does not need it."),
            ) from error

    def settings(self, places: Places) -> Settings:
        for key in self.tree:
            if key not in _CHECKS:
                raise self._mistake(
                    (key,), _("there is no such setting; known: {keys}").format(keys=_KNOWN)
                )
        values = {key: self._checked(key, value) for key, value in self.tree.items()}
        values.pop("accounts", None)
        return Settings(places, **values)

    def encoding(self, name: str) -> PutEncoding:
        found: PutEncoding = self.tree.get("accounts", {}).get(name, {}).get("put_encoding", "json")
        return found

    def _checked(self, key: str, value: object) -> Any:
        if key == "accounts":
            return self._check_accounts(value)
        if key in ("keys", "searches"):
            return self._texts(key, value)
        if reason := _CHECKS[key](value):
            raise self._mistake((key,), reason)
        return value

    def _texts(self, key: str, value: object) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self._mistake((key,), _("must be a table"))
        for name, text in value.items():
            if not isinstance(text, str):
                raise self._mistake((key, name), _("must be a text"))
        return value

    def _check_accounts(self, value: object) -> None:
        if not isinstance(value, dict):
            raise self._mistake(("accounts",), _("must be a table"))
        for name, row in value.items():
            if not isinstance(row, dict):
                raise self._mistake(("accounts", name), _("must be a table"))
            for key, text in row.items():
                if key != "put_encoding":
                    known = _("there is no such setting; known: {keys}").format(keys="put_encoding")
                    raise self._mistake(("accounts", name, key), known)
                if text not in ("json", "query", "form"):
                    reason = _one_of("json", "query", "form")(text)
                    raise self._mistake(("accounts", name, key), reason)

    def _mistake(self, path: tuple[str, ...], reason: str) -> SettingsError:
        return SettingsError(
            _("{file}, line {line}: {key}: {reason}.").format(
                file=self.file, line=_line_of(self.text, path), key=".".join(path), reason=reason
            ),
            hint=_("Correct the line, or remove it to use what comes with the program."),
        )


def _line_of(text: str, path: tuple[str, ...]) -> int:
    """Find where a key is set; its table's line where it stands inside a value."""
    wanted, table, nearest = ".".join(path), "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            table = re.sub(r"[\"'\s]", "", header[1])
            here = table
        elif key := re.match(r"\s*([\w\"'.\- ]+?)\s*=", line):
            here = f"{table}.{key[1]}".lstrip(".").replace('"', "").replace("'", "")
        else:
            continue
        if here == wanted:
            return number
        if wanted.startswith(f"{here}."):
            nearest = number
    return nearest


def _text(value: object) -> str:
    return "" if isinstance(value, str) else _("must be a text")


def _one_of(*allowed: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        return "" if value in allowed else _("must be one of {all}").format(all=", ".join(allowed))

    return check


def _zone(value: object) -> str:
    try:
        ZoneInfo(str(value))
    except (ValueError, OSError, LookupError):
        return _("is no time zone; an example: Asia/Makassar")
    return "" if value else _("is no time zone; an example: Asia/Makassar")


_CHECKS: Final[Mapping[str, Callable[[object], str]]] = {
    "language": _one_of(*LANGUAGES),
    "theme": _text,
    "timezone": _zone,
    "account": _text,
    "notify": _one_of("off", "bell", "terminal"),
    "keys": _text,
    "searches": _text,
    "accounts": _text,
}
_KNOWN: Final = ", ".join(_CHECKS)
