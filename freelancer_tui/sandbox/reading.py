"""Reading: parameters and bodies, from bytes that may be nonsense to values that are not."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header

from freelancer_tui.sandbox.market.amounts import hundredths
from freelancer_tui.sandbox.market.messages import File
from freelancer_tui.sandbox.refusals import bad_form

T = TypeVar("T")
MOST_VALUES = 1000
MOST_INTEGER = 2**63 - 1
TRUE = ("true", "1", "yes", "on")
FALSE = ("false", "0", "no", "off", "")


class Given:
    """What a caller gave under each name: a query, a form or a JSON object."""

    def __init__(self, values: Mapping[str, list[Any]]) -> None:
        self._values = values

    def flag(self, name: str) -> bool:
        """Tell whether a projection is asked for: it is when present, whatever its value."""
        return name in self._values

    def over(self, other: "Given") -> "Given":
        """Give what both say; where both say something, what this one says."""
        return Given({**other._values, **self._values})

    def names(self) -> Iterable[str]:
        """Give all names."""
        return self._values.keys()

    def number(self, name: str) -> int | None:
        """Give a whole number within 64 bits; None when there is none."""
        value = self._one(name)
        return None if value is None else _number(name, value)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Give the whole numbers of a list, with or without brackets in its name."""
        return tuple(_number(name, value) for value in self._all(name))

    def ids(self, name: str, key: str = "id") -> tuple[int, ...]:
        """Give the ids of a list of objects such as `[{"id": 7}]`, or of plain ids."""
        return tuple(
            _number(name, value.get(key) if isinstance(value, dict) else value)
            for value in self._all(name)
        )

    def text(self, name: str) -> str | None:
        """Give a text; None when there is none."""
        value = self._one(name)
        return None if value is None else _text(name, value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the texts of a list, with or without brackets in its name."""
        return tuple(_text(name, value) for value in self._all(name))

    def choice(self, name: str, choices: Iterable[str]) -> str | None:
        """Give a lower-case word out of some; None when there is none."""
        value = self.text(name)
        if value is None:
            return None
        if value.lower() not in choices:
            raise bad_form(f"{name} cannot be {value[:40]}")
        return value.lower()

    def boolean(self, name: str) -> bool | None:
        """Give a boolean whose value matters; None when there is none."""
        value = self._one(name)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).lower()
        if word not in TRUE + FALSE:
            raise bad_form(f"{name} must be true or false")
        return word in TRUE

    def money(self, name: str) -> int | None:
        """Give an amount in hundredths; None when there is none."""
        value = self._one(name)
        if value is None:
            return None
        amount = hundredths(_decimal(name, value))
        if amount is None:
            raise bad_form(f"{name} must be an amount with at most two decimals")
        return amount

    def part(self, name: str) -> "Given":
        """Give an object inside this one; an empty one when there is none."""
        value = self._one(name)
        if value is None:
            return Given({})
        if not isinstance(value, dict):
            raise bad_form(f"{name} must be an object")
        return given_object(value)

    def files(self, name: str) -> tuple[File, ...]:
        """Give the files of a multipart form."""
        return tuple(value for value in self._all(name) if isinstance(value, File))

    def _one(self, name: str) -> Any:
        values = self._values.get(name) or [None]
        return values[0]

    def _all(self, name: str) -> list[Any]:
        values = [*self._values.get(f"{name}[]", ()), *self._values.get(name, ())]
        if len(values) > MOST_VALUES:
            raise bad_form(f"{name} has too many values")
        return [value for value in values if value is not None]


def needed(name: str, value: T | None) -> T:
    """Give a value that must be there, or refuse."""
    if value is None:
        raise bad_form(f"{name} is missing")
    return value


def _number(name: str, value: object) -> int:
    if isinstance(value, str):
        digits = value.strip()
        if not digits.removeprefix("-").isdecimal() or len(digits) > 20:
            raise bad_form(f"{name} must be a whole number")
        value = int(digits)
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 20:
        value = int(value) if value == value.to_integral_value() else value
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_form(f"{name} must be a whole number")
    if abs(value) > MOST_INTEGER:
        raise bad_form(f"{name} is too large")
    return value


def _decimal(name: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise bad_form(f"{name} must be a number")
    try:
        return Decimal(value)
    except ArithmeticError:
        raise bad_form(f"{name} must be a number") from None


def _text(name: str, value: object) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise bad_form(f"{name} must be text")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise bad_form(f"{name} has letters that are none")
    return value


def given_query(query: bytes) -> Given:
    """Give what a query string says."""
    return _pairs(query.decode("latin-1"))


def _pairs(text: str) -> Given:
    values: dict[str, list[Any]] = {}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_VALUES):
            values.setdefault(name, []).append(value)
    except ValueError:
        raise bad_form("Too many parameters") from None
    return Given(values)


def given_object(value: Mapping[str, Any]) -> Given:
    """Give what a JSON object says."""
    return Given({key: item if isinstance(item, list) else [item] for key, item in value.items()})


def given_body(content_type: str, body: bytes) -> tuple[Given, str]:
    """Give what a body says, and its kind: `json`, `form` or `none`."""
    if not body:
        return Given({}), "none"
    kind, options = parse_options_header(content_type)
    match kind.lower():
        case b"application/x-www-form-urlencoded":
            return _pairs(body.decode("utf-8", "replace")), "form"
        case b"multipart/form-data":
            return _multipart(options.get(b"boundary", b""), body), "form"
    return _json(body), "json"


def _json(body: bytes) -> Given:
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        raise bad_form("The body is no JSON") from None
    if not isinstance(value, dict):
        raise bad_form("The body must be a JSON object")
    return given_object(value)


def _no_number(name: str) -> None:
    raise ValueError(name)


def _multipart(boundary: bytes, body: bytes) -> Given:
    """Split a multipart form; the whole body is here already, so no parser with state is needed."""
    if not boundary or len(boundary) > 200:
        raise bad_form("The form has no boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > MOST_VALUES:
        raise bad_form("The form is cut short")
    values: dict[str, list[Any]] = {}
    for piece in pieces[1:-1]:
        head, gap, content = piece.partition(b"\r\n\r\n")
        if not gap:
            raise bad_form("A part of the form has no content")
        name, value = _form_part(head, content)
        values.setdefault(name, []).append(value)
    return Given(values)


def _form_part(head: bytes, content: bytes) -> tuple[str, str | File]:
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n"))
    }
    _, options = parse_options_header(headers.get(b"content-disposition", b""))
    name = options.get(b"name", b"").decode("utf-8", "replace")
    if not name:
        raise bad_form("A part of the form has no name")
    if b"filename" not in options:
        return name, content.decode("utf-8", "replace")
    filename = options[b"filename"].decode("utf-8", "replace")
    kind = headers.get(b"content-type", b"application/octet-stream").decode("latin-1")
    return name, File(_text("filename", filename.replace("\\", "/").split("/")[-1]), kind, content)
