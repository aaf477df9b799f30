"""Accounts: the ways to be signed in, and the file that `account add` keeps them in."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from freelancer_tui.errors import NotFound, SettingsError
from freelancer_tui.i18n import _
from freelancer_tui.settings.addresses import base_address

PutEncoding = Literal["json", "query", "form"]
SecretSource = Literal["environment", "command", "keyring", "session"]
ENVIRONMENT: Final = "env"
"""The name of the account that comes from the environment."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TAKEN: Final = frozenset({ENVIRONMENT, "con", "prn", "aux", "nul"})


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


def account_name(name: str) -> str:
    """Check the name of a new account."""
    if _NAME.fullmatch(name) and name not in _TAKEN:
        return name
    raise SettingsError(
        _("{name} cannot be the name of an account.").format(name=name),
        hint=_("Use small letters, digits, - and _; the name env is taken."),
    )


def account_named(known: Iterable[Account], name: str) -> Account:
    """Give the account of a name."""
    for account in known:
        if account.name == name:
            return account
    raise NotFound(
        _("There is no account named {name}.").format(name=name),
        hint=_("See them with: freelancer-tui account list"),
    )


def read_accounts(file: Path) -> tuple[str, tuple[Account, ...]]:
    """Give the default account's name, or an empty one, and all accounts in order."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        default, rows = kept.get("default", ""), kept["accounts"].items()
    except FileNotFoundError:
        return "", ()
    except KeyError as error:
        raise _unreadable(file, _("{key} is missing").format(key=error.args[0])) from error
    except AttributeError as error:
        raise _unreadable(file, _("it holds no table of accounts")) from error
    except (OSError, ValueError) as error:
        raise _unreadable(file, str(error)) from error
    return str(default), tuple(_account(file, name, row) for name, row in rows)


def write_accounts(file: Path, default: str, accounts: tuple[Account, ...]) -> None:
    """Replace the list of accounts in one step; only the user may read it."""
    rows = {one.name: _row(one) for one in accounts if one.name != ENVIRONMENT}
    text = json.dumps({"default": default, "accounts": rows}, indent=2) + "\n"
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)  # one left by a crash may have other rights
        fresh.touch(mode=0o600, exist_ok=False)
        with fresh.open("w", encoding="utf-8") as writer:
            writer.write(text)
            writer.flush()
            os.fsync(writer.fileno())
        os.replace(fresh, file)
    except OSError as error:
        raise SettingsError(
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror),
            hint=_("See that the folder is yours and the disk has room."),
        ) from error


def _row(account: Account) -> dict[str, object]:
    kept = asdict(account)
    return {key: kept[key] for key in kept if key not in ("name", "put_encoding") and kept[key]}


def _account(file: Path, name: str, row: object) -> Account:
    """Read one account; a folder is named after it, so its name is checked like a new one's."""
    if not isinstance(row, dict):
        raise _unreadable(file, _("{key} must be a table").format(key=f"accounts.{name}"))
    for key, fits in _ACCOUNT.items():
        if not fits(row.get(key, _DEFAULTS.get(key))):
            told = _("{key} is missing or wrong").format(key=f"accounts.{name}.{key}")
            raise _unreadable(file, told)
    try:
        checked, url = account_name(name), base_address(row["url"])
    except SettingsError as error:
        raise _unreadable(file, f"accounts.{name}: {error}") from error
    return Account(
        checked,
        url,
        row["secret_source"],
        tuple(row.get("secret_command", ())),
        row.get("keyring_backend", ""),
        row.get("user", ""),
    )


def _unreadable(file: Path, reason: str) -> SettingsError:
    return SettingsError(
        _("{file} cannot be read: {reason}").format(file=file, reason=reason),
        hint=_("Repair it, or move it away and add the accounts again."),
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_DEFAULTS: Final[Mapping[str, object]] = {"secret_command": [], "keyring_backend": "", "user": ""}
_ACCOUNT: Final[Mapping[str, Callable[[object], bool]]] = {
    "url": _is_text,
    "secret_source": lambda value: value in get_args(SecretSource),
    "secret_command": _are_texts,
    "keyring_backend": _is_text,
    "user": _is_text,
}
"""What may stand under each key of an account."""
