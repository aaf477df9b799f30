"""Formats: amounts, numbers and dates as a document prints them, whatever the screen speaks."""

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain.invoices import DocumentLanguage
from freelancer_tui.domain.money import Money, minor_digits

Language = Literal["en", "id"]
_MONTHS: Final[dict[Language, list[str]]] = {
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
    "id": (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    ).split(),
}
_MINUS: Final = "\u2212"


def languages(language: DocumentLanguage) -> tuple[Language, ...]:
    """Give the languages of a document, the leading one first."""
    return ("en", "id") if language == "both" else (language,)


def marks(language: DocumentLanguage, currency: str) -> Language:
    """Tell whose points and commas a document uses; one of both languages goes by its money."""
    if language == "both":
        return "id" if currency == "IDR" else "en"
    return language


def money(value: Money, style: Language) -> str:
    """Write an amount: `Rp1.250.000`, `USD 1.250,00`; in English `IDR 1,250,000`."""
    sign = _MINUS if value.amount < 0 else ""
    shown = amount(Money(abs(value.amount), value.currency), style)
    if style == "id" and value.currency == "IDR":
        return f"{sign}Rp{shown}"
    return f"{sign}{value.currency}\u00a0{shown}"


def amount(value: Money, style: Language) -> str:
    """Write an amount without its currency; whole rupiah have no sen."""
    return price(value.amount, value.currency, style)


def price(value: Decimal, currency: str, style: Language) -> str:
    """Write a price of one unit, which may have more digits than its currency."""
    digits = max(minor_digits(currency), _digits(value))
    if currency == "IDR" and value == value.to_integral_value():
        digits = 0
    return _number(value, digits, style)


def number(value: Decimal, style: Language) -> str:
    """Write a quantity or a share with the digits it has and no more."""
    return _number(value, _digits(value), style)


def day(value: date, language: Language) -> str:
    """Write a date: `24 November 2026`, in Indonesian `17 Agustus 2026`."""
    return f"{value.day} {_MONTHS[language][value.month - 1]} {value.year}"


def _digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number(value: Decimal, digits: int, style: Language) -> str:
    text = f"{value:,.{digits}f}".replace("-", _MINUS)
    return text.translate(str.maketrans(",.", ".,")) if style == "id" else text
