"""Config: the file that the user writes, read with an eye for every mistake in it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import LANGUAGES, _
from freelancer_tui.settings.accounts import PutEncoding


@dataclass(frozen=True, slots=True)
class Config:
    """The config file as read, with what is needed to point at a mistake in it."""

    file: Path
    text: str
    tree: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read the file; an absent one sets nothing."""
        try:
            text = file.read_text("utf-8-sig")  # some editors put a mark in front
            return cls(file, text, tomllib.loads(text))
        except FileNotFoundError:
            return cls(file, "", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(
                _("{file}: {reason}").format(file=file, reason=error),
                hint=_("Correct the file, or move it away to use what comes with the program."),
            ) from error

    def values(self) -> dict[str, Any]:
        """Give what is set, each value checked."""
        for key in self.tree:
            if key not in _CHECKS:
                raise self._mistake(
                    (key,), _("there is no such setting; known: {keys}").format(keys=_KNOWN)
                )
        values = {key: self._checked(key, value) for key, value in self.tree.items()}
        values.pop("accounts", None)
        return values

    def encoding(self, name: str) -> PutEncoding:
        """Give how an account's marketplace wants the arguments of a change."""
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


def _folder(value: object) -> str:
    is_whole = isinstance(value, str) and Path(re.sub(r"^~(?=[/\\])", "/", value)).is_absolute()
    return "" if is_whole else _("must be the whole path of a folder, such as ~/Downloads")


def _currency(value: object) -> str:
    is_code = isinstance(value, str) and re.fullmatch(r"[A-Za-z]{3}", value)
    return "" if is_code else _("must be three letters, such as IDR or USD")


def _hours(value: object) -> str:
    try:
        WorkingHours.read(value if isinstance(value, str) else "")
    except ValueError:
        return _("must be a span of hours, such as 09:00-17:00")
    return ""


_CHECKS: Final[Mapping[str, Callable[[object], str]]] = {
    "language": _one_of(*LANGUAGES),
    "theme": _text,
    "timezone": _zone,
    "currency": _currency,
    "working_hours": _hours,
    "quiet_hours": _hours,
    "account": _text,
    "notify": _one_of("off", "bell", "terminal"),
    "downloads": _folder,
    "keys": _text,
    "searches": _text,
    "accounts": _text,
}
_KNOWN: Final = ", ".join(_CHECKS)
