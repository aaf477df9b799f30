"""Invoice fields: how currency, dates, withholding and the like are typed, read and told."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal, get_args

from freelancer_tui.domain import currencies
from freelancer_tui.domain.billing import is_percent
from freelancer_tui.domain.invoices import DocumentKind, DocumentLanguage, Invoice, Withholding
from freelancer_tui.domain.taxrules import WithholdingRule
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.widgets import invoice_words

FieldName = Literal["currency", "due", "period", "po", "kept", "language", "note"]
FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)
_LABELS: Final[dict[FieldName, str]] = {
    "currency": N_("Currency"),
    "due": N_("Due"),
    "period": N_("Period"),
    "po": N_("PO"),
    "kept": N_("Withheld"),
    "language": N_("Language"),
    "note": N_("Note"),
}
_LANGUAGES: Final[dict[DocumentLanguage, str]] = {
    "en": N_("English"),
    "id": N_("Indonesian"),
    "both": N_("English and Indonesian"),
}
_MOST_DAYS: Final = 3_650
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_APART: Final = re.compile(r"\s*(?:\.\.|–|\s)\s*")
_OWN: Final = re.compile(r"(.*?)\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%?")
Rules = Sequence[WithholdingRule]


def label(name: FieldName, kind: DocumentKind = "invoice") -> str:
    """Give what a field is called; a quote is not due, it holds so long."""
    return _("Holds") if kind == "quote" and name == "due" else _(_LABELS[name])


def typed(invoice: Invoice, name: FieldName) -> str:
    """Write a field as one would type it, so that reading it gives the same again."""
    match name:
        case "currency":
            return invoice.currency
        case "due":
            return invoice.due_on.isoformat() if invoice.due_on else str(invoice.terms_days)
        case "period":
            return " ".join(one.isoformat() for one in invoice.period) if invoice.period else ""
        case "po":
            return invoice.po_number
        case "kept":
            return " + ".join(map(_typed_kept, invoice.withholdings))
        case "language":
            return invoice.language
        case "note":
            return invoice.note.replace("\n", " ")


def read(invoice: Invoice, name: FieldName, body: str, rules: Rules) -> Invoice:
    """Give a draft with a field as it was typed; raise ValueError with what is wrong."""
    body = body.strip()
    match name:
        case "currency":
            return replace(invoice, currency=_currency(body))
        case "due":
            return _due(invoice, body)
        case "period":
            return replace(invoice, period=_period(body) if body else None)
        case "po":
            return replace(invoice, po_number=body)
        case "kept":
            parts = [one.strip() for one in body.split("+") if one.strip()]
            return replace(invoice, withholdings=tuple(_kept(one, rules) for one in parts))
        case "language":
            return replace(invoice, language=_language(body))
        case "note":
            same = body == typed(invoice, "note")
            return invoice if same else replace(invoice, note=body)


def told(invoice: Invoice, name: FieldName, today: date) -> str:
    """Say how a field was understood."""
    match name:
        case "due":
            return invoice_words.day(invoice.due_on or today + timedelta(days=invoice.terms_days))
        case "period":
            if invoice.period is None:
                return ""
            return " – ".join(map(invoice_words.day, invoice.period))
        case "kept":
            shares = [f"{one.name} {one.percent.normalize():f} %" for one in invoice.withholdings]
            return ", ".join(shares) or _("nothing")
        case "language":
            return _(_LANGUAGES[invoice.language])
        case _:
            return ""


def read_day(body: str) -> date:
    """Read a day: `2026-12-24`, `24.12.2026`; raise ValueError with what is wrong."""
    body = body.strip()
    iso, local = _ISO.fullmatch(body), _LOCAL.fullmatch(body)
    parts = iso.groups() if iso else local.groups()[::-1] if local else None
    if parts is None:
        raise ValueError(_("Write a day like 2026-12-24."))
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no such day.")) from None


def _currency(body: str) -> str:
    code = body.upper()
    if not currencies.is_known(code):
        raise ValueError(_("Three letters, such as IDR or USD."))
    return code


def _due(invoice: Invoice, body: str) -> Invoice:
    days = body.removeprefix("+").strip()
    if not days:
        return replace(invoice, due_on=None)
    if days.isdecimal():
        if len(days) > 4 or int(days) > _MOST_DAYS:
            raise ValueError(_("That is more days than anybody waits."))
        return replace(invoice, due_on=None, terms_days=int(days))
    return replace(invoice, due_on=read_day(body))


def _period(body: str) -> tuple[date, date]:
    if found := _MONTH.fullmatch(body):
        year, month = int(found[1]), int(found[2])
        if not 1 <= month <= 12 or year < 1900:
            raise ValueError(_("There is no such month."))
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    days = [read_day(one) for one in _APART.split(body) if one]
    if len(days) not in (1, 2):
        raise ValueError(_("Write a month like 2026-11, or its first and last day."))
    return days[0], days[-1]


def _kept(body: str, rules: Rules) -> Withholding:
    for rule in rules:
        if _bare(body) in (_bare(rule.key), _bare(rule.name)):
            return rule.withholding()
    own = _OWN.fullmatch(body)
    percent = Decimal(own[2].replace(",", ".")) if own else Decimal(-1)
    if own is None or not is_percent(percent):
        known = ", ".join(rule.name for rule in rules)
        raise ValueError(_("One of: {names}; or a name and a percentage.").format(names=known))
    return Withholding(own[1] or _("Withholding tax"), percent)


def _typed_kept(kept: Withholding) -> str:
    return kept.name if kept.steps else f"{kept.name} {kept.percent.normalize():f} %"


def _language(body: str) -> DocumentLanguage:
    for code in get_args(DocumentLanguage):
        if body.casefold() == code:
            found: DocumentLanguage = code
            return found
    raise ValueError(_("One of: en, id, both."))


def _bare(text: str) -> str:
    return "".join(text.casefold().split())
