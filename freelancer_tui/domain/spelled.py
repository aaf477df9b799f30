"""Spelled: amounts in words, in Indonesian (terbilang) and English."""

from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain.money import Money, minor_digits

MOST: Final = 10**15
"""Amounts from here on are not spelled."""
_SATUAN: Final = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_RIBUAN: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_THOUSANDS: Final = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
)
_NAMES: Final[dict[str, tuple[str, str, str, str]]] = {
    "IDR": ("rupiah", "sen", "rupiah", "sen"),
    "USD": ("dolar Amerika", "sen", "US dollars", "cents"),
    "EUR": ("euro", "sen", "euros", "cents"),
    "GBP": ("pound sterling", "penny", "pounds sterling", "pence"),
    "AUD": ("dolar Australia", "sen", "Australian dollars", "cents"),
    "SGD": ("dolar Singapura", "sen", "Singapore dollars", "cents"),
    "JPY": ("yen", "", "yen", ""),
}
"""Whole and part, in Indonesian and in English; other currencies are told by their code."""


def number(value: int, language: Literal["en", "id"]) -> str:
    """Spell a whole number from zero up to, but not including, `MOST`."""
    if not 0 <= value < MOST:
        raise ValueError(value)
    return _indonesian(value) if language == "id" else _english(value)


def amount(money: Money, language: Literal["en", "id"]) -> str:
    """Spell an amount with its currency; raise ValueError for one that is negative or too large."""
    digits = minor_digits(money.currency)
    whole = int(money.amount)
    part = int((money.amount - whole).scaleb(digits))
    if money.amount < 0 or whole >= MOST:
        raise ValueError(money)
    names = _NAMES.get(money.currency)
    name, part_name = (
        (names[:2] if language == "id" else names[2:]) if names else (money.currency, "")
    )
    spelled = f"{number(whole, language)} {name}"
    if not part:
        return spelled
    if not part_name:
        return f"{spelled} {part}/{Decimal(10) ** digits:f}"
    joined = "" if language == "id" else "and "
    return f"{spelled} {joined}{number(part, language)} {part_name}"


def _indonesian(value: int) -> str:
    for size, name in _RIBUAN:
        if value >= size:
            count, rest = divmod(value, size)
            head = "seribu" if (size, count) == (1000, 1) else f"{_indonesian(count)} {name}"
            return f"{head} {_indonesian(rest)}" if rest else head
    if value >= 100:
        count, rest = divmod(value, 100)
        head = "seratus" if count == 1 else f"{_SATUAN[count]} ratus"
        return f"{head} {_indonesian(rest)}" if rest else head
    if value < 12:
        return _SATUAN[value]
    if value < 20:
        return f"{_SATUAN[value - 10]} belas"
    count, rest = divmod(value, 10)
    return f"{_SATUAN[count]} puluh" + (f" {_SATUAN[rest]}" if rest else "")


def _english(value: int) -> str:
    for size, name in _THOUSANDS:
        if value >= size:
            count, rest = divmod(value, size)
            head = f"{_english(count)} {name}"
            return f"{head} {_english(rest)}" if rest else head
    if value >= 100:
        count, rest = divmod(value, 100)
        head = f"{_ONES[count]} hundred"
        return f"{head} {_english(rest)}" if rest else head
    if value < 20:
        return _ONES[value]
    count, rest = divmod(value, 10)
    return _TENS[count] + (f"-{_ONES[rest]}" if rest else "")
