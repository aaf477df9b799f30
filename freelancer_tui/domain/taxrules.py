"""Tax rules: what clients withhold, what we charge, and what documents say, by date and country.

The rules are data with their legal sources: none of them is written in code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar, cast, get_args

from freelancer_tui.domain.invoices import Note, Party, Step, Tax, TaxCode, Withholding
from freelancer_tui.i18n import _

_CODES: Final = get_args(TaxCode)


@dataclass(frozen=True, slots=True)
class Span:
    """When a rule holds."""

    since: date
    until: date | None = None
    """The last day; None while nobody ended it."""

    def holds(self, on: date) -> bool:
        """Tell whether a rule holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class WithholdingRule:
    """A tax that clients keep back."""

    key: str
    name: str
    percent: Decimal
    span: Span
    source: str
    steps: tuple[Step, ...] = ()
    currency: str = ""

    def withholding(self) -> Withholding:
        """Give what a document bears of it."""
        return Withholding(self.name, self.percent, steps=self.steps, steps_currency=self.currency)


@dataclass(frozen=True, slots=True)
class ChargeRule:
    """A tax that a registered business charges, at home or on what it exports."""

    key: str
    tax: Tax
    span: Span
    source: str
    is_export: bool = False


@dataclass(frozen=True, slots=True)
class NoteRule:
    """What a document for clients of some countries says."""

    note: Note
    countries: frozenset[str]
    span: Span
    needs_tax_id: str = ""
    """Only for clients who have one of this kind, such as `VAT`."""
    never_titled: str = ""
    """What a document there may not be called."""


@dataclass(frozen=True, slots=True)
class TaxRules:
    """All rules, from the files that come with the program or the user's own."""

    withholdings: tuple[WithholdingRule, ...] = ()
    charges: tuple[ChargeRule, ...] = ()
    notes: tuple[NoteRule, ...] = ()

    def withholding(self, key: str, on: date) -> WithholdingRule | None:
        """Give the rule of a key that holds on a day."""
        return next((r for r in self.withholdings if r.key == key and r.span.holds(on)), None)

    def tax(self, is_export: bool, on: date) -> Tax:
        """Give what a registered business charges on a day; none where no rule tells."""
        fit = (r.tax for r in self.charges if r.is_export == is_export and r.span.holds(on))
        return next(fit, Tax())

    def notes_for(self, client: Party, home: str, on: date) -> tuple[Note, ...]:
        """Give what a document for a client abroad says."""
        if not client.country_code or client.country_code == home:
            return ()
        return tuple(
            rule.note
            for rule in self.notes
            if client.country_code in rule.countries
            and rule.span.holds(on)
            and (rule.note.english or rule.note.indonesian)
            and (not rule.needs_tax_id or _has(client, rule.needs_tax_id))
        )

    def never_titled(self, country: str, on: date) -> tuple[str, ...]:
        """Give what a document for a country may not be called."""
        return tuple(
            rule.never_titled
            for rule in self.notes
            if rule.never_titled and country in rule.countries and rule.span.holds(on)
        )


Tree = Mapping[str, Any]
T = TypeVar("T")


def read(taxes: Tree, notes: Tree) -> TaxRules:
    """Read both files; raise ValueError with the key that is wrong and what it should be."""
    return TaxRules(
        tuple(map(_withholding, _rows(taxes, "withholding"))),
        tuple(map(_charge, _rows(taxes, "charge"))),
        tuple(map(_note, _rows(notes, "note"))),
    )


def _rows(tree: Tree, name: str) -> Sequence[tuple[str, Tree]]:
    rows = tree.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(_("[[{key}]] must be a list of tables").format(key=name))
    return [(f"{name} {number}", row) for number, row in enumerate(rows, 1)]


def _withholding(found: tuple[str, Tree]) -> WithholdingRule:
    where, row = found
    share = _percent(where, row, "share", Decimal(100))
    steps = tuple(
        Step(
            _maybe_amount(where, one, "up_to", share), _percent(where, one, "percent") * share / 100
        )
        for _place, one in _rows(row, "step")
    )
    if steps and (steps[-1].up_to is not None or any(one.up_to is None for one in steps[:-1])):
        raise ValueError(_("{key}: only the last step is without up_to").format(key=where))
    percent = steps[0].percent if steps else _percent(where, row, "percent")
    currency = _text(where, row, "currency") if steps else ""
    key, name, source = (_text(where, row, one) for one in ("key", "name", "source"))
    return WithholdingRule(key, name, percent, _span(where, row), source, steps, currency)


def _charge(found: tuple[str, Tree]) -> ChargeRule:
    where, row = found
    code = cast(TaxCode, row.get("code"))
    if code not in _CODES:
        raise ValueError(
            _("{key}: must be one of {all}").format(key=f"{where}.code", all=", ".join(_CODES))
        )
    tax = Tax(code, _percent(where, row, "percent"))
    key, source = _text(where, row, "key"), _text(where, row, "source")
    return ChargeRule(key, tax, _span(where, row), source, row.get("export") is True)


def _note(found: tuple[str, Tree]) -> NoteRule:
    where, row = found
    countries = row.get("countries")
    if not isinstance(countries, list) or not all(_is_country(one) for one in countries):
        raise ValueError(
            _("{key}: must be a list of countries, such as DE").format(key=f"{where}.countries")
        )
    key, source = _text(where, row, "key"), _text(where, row, "source")
    note = Note(key, str(row.get("english", "")), str(row.get("indonesian", "")), source)
    return NoteRule(
        note,
        frozenset(countries),
        _span(where, row),
        str(row.get("needs_tax_id", "")),
        str(row.get("never_titled", "")),
    )


def _span(where: str, row: Tree) -> Span:
    since, until = row.get("since"), row.get("until")
    if not isinstance(since, date) or not isinstance(until, date | None):
        raise ValueError(
            _("{key}: since and until must be dates, such as 2026-11-01").format(key=where)
        )
    return Span(since, until)


def _text(where: str, row: Tree, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("{key}: must be a text").format(key=f"{where}.{key}"))
    return value


def _percent(where: str, row: Tree, key: str, usual: Decimal | None = None) -> Decimal:
    value = row.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= 100:
        raise ValueError(_("{key} must be from 0 to 100").format(key=f"{where}.{key}"))
    return Decimal(value)


def _maybe_amount(where: str, row: Tree, key: str, share: Decimal) -> Decimal | None:
    """Read up to which taxable amount a step reaches; give up to which net."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0 or not share:
        raise ValueError(_("{key}: must be an amount above zero").format(key=f"{where}.{key}"))
    return Decimal(value) * 100 / share


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()


def _has(client: Party, kind: str) -> bool:
    return any(one.upper() == kind.upper() and number for one, number in client.tax_ids)
