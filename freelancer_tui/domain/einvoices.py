"""E-invoices: what EN 16931 asks of a document, and the numbers and units it takes from ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from freelancer_tui.domain.billing import has_digits
from freelancer_tui.domain.invoices import Invoice, Party, TaxCode, totals
from freelancer_tui.domain.places import country_name

DIGITS: Final = 2
"""Decimal digits that the norm gives to amounts, whatever the currency has."""
Form = Literal["factur-x", "ubl", "cii"]
"""A PDF with CII inside, or bare XML in one of the two syntaxes."""
FORMS: Final[tuple[Form, ...]] = get_args(Form)
LackCode = Literal[
    "draft", "quote", "void", "seller_country", "client_country", "seller_id", "seller_vat",
    "client_vat", "tax_mixed", "tax_zero", "tax_none", "digits", "tax_digits",
    "currency",
]  # fmt: skip
_VAT: Final = "VAT"
_REGISTERED: Final = ("NPWP", "NIB", "NIK")
"""What a seller or client is best known by, where they have several numbers."""
_NEED_VAT: Final = frozenset({"S", "Z", "E", "AE", "G"})
_OTHER_PREFIXES: Final = frozenset({"EL", "XI"})
"""Greece and Northern Ireland, whose VAT numbers begin with other letters."""
_UNITS: Final = {
    "HUR": "hour hours hr hrs h jam",
    "MIN": "minute minutes min menit",
    "DAY": "day days d hari",
    "WEE": "week weeks minggu pekan",
    "MON": "month months mo bulan bln",
    "ANN": "year years yr tahun thn",
    "H87": "piece pieces pc pcs item items buah potong",
    "D68": "word words kata",
    "ZP": "page pages halaman hlm",
    "LS": "lot lump lumpsum project projects proyek paket",
    "KMT": "km kilometer kilometre",
}
"""UN/ECE recommendation 20, by what people write."""
_CODES: Final = {word: code for code, words in _UNITS.items() for word in words.split()}
_NO_CURRENCIES: Final = frozenset({"BGN", "STN"})
"""Of ISO 4217, but not on the norm's list: the lev, gone in 2026, and the dobra."""
_OTHER_COUNTRIES: Final = {"XK": "1A"}
"""What the norm calls a country otherwise than everybody does."""
ONE: Final = "C62"
"""The unit of what is only counted."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a document cannot be an e-invoice."""

    code: LackCode
    line: int = 0
    """Which line it is about, from one."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a party, each where the norm has it; what is empty is left out."""

    vat: str = ""
    registered: str = ""
    """In the register of businesses or of taxpayers."""
    other: str = ""
    """A VAT number on a document that may bear none as such."""


def lacks(invoice: Invoice) -> tuple[Lack, ...]:
    """List why a document cannot be an invoice by EN 16931; an empty list can be one."""
    return (*_of_state(invoice), *_of_parties(invoice), *_of_lines(invoice))


def numbers_of(party: Party, *, is_taxed: bool, is_seller: bool) -> Numbers:
    """Give a party's numbers: none of them as VAT number where nothing is taxed.

    A business that charges tax without a VAT number is known by its taxpayer's number.
    """
    ids = {kind.upper(): "".join(number.split()) for kind, number in party.tax_ids if number}
    named = vat = _prefixed(ids.pop(_VAT, ""), party.country_code)
    registered = next((ids[kind] for kind in _REGISTERED if kind in ids), "")
    registered = registered or next(iter(ids.values()), "")
    if not is_taxed:
        return Numbers("", registered, vat)
    if is_seller and not vat and "NPWP" in ids:
        digits = "".join(sign for sign in ids["NPWP"] if sign.isalnum())
        named = _prefixed(digits, party.country_code)
    return Numbers(named, registered)


def form_of(name: str) -> Form | None:
    """Give the form that a file's name asks for: `.pdf`, `.cii.xml`, or `.xml` for UBL."""
    low = name.casefold()
    if low.endswith(".pdf"):
        return "factur-x"
    if low.endswith(".xml"):
        return "cii" if low.endswith(".cii.xml") else "ubl"
    return None


def unit_code(unit: str) -> str:
    """Give the code of a unit as the user writes it; empty where it has none."""
    word = unit.strip().rstrip(".").casefold()
    return _CODES.get(word, "") if word else ONE


def country_letters(code: str) -> str:
    """Give the letters of a country as the norm has them."""
    return _OTHER_COUNTRIES.get(code, code)


def is_taxed(invoice: Invoice) -> bool:
    """Tell whether any line is within the scope of VAT, though it may be at nothing."""
    return any(line.tax.code != "O" for line in invoice.lines)


def _of_state(invoice: Invoice) -> Iterator[Lack]:
    if invoice.kind == "quote":
        yield Lack("quote", detail=invoice.number)
    elif invoice.state == "draft":
        yield Lack("draft", detail=invoice.id)
    elif invoice.state == "void":
        yield Lack("void", detail=invoice.number)


def _of_parties(invoice: Invoice) -> Iterator[Lack]:
    taxed = is_taxed(invoice)
    seller = numbers_of(invoice.seller, is_taxed=taxed, is_seller=True)
    client = numbers_of(invoice.client, is_taxed=taxed, is_seller=False)
    if not country_name(invoice.seller.country_code, "en"):
        yield Lack("seller_country", detail=invoice.seller.country_code)
    if not country_name(invoice.client.country_code, "en"):
        yield Lack("client_country", detail=invoice.client.country_code)
    if not any((seller.vat, seller.registered, seller.other)):
        yield Lack("seller_id")
    elif taxed and not seller.vat:
        yield Lack("seller_vat")
    is_reversed = any(line.tax.code == "AE" for line in invoice.lines)
    if is_reversed and not client.vat and not client.registered:
        yield Lack("client_vat")


def _of_lines(invoice: Invoice) -> Iterator[Lack]:
    if invoice.currency in _NO_CURRENCIES:
        yield Lack("currency", detail=invoice.currency)
    codes: set[TaxCode] = {line.tax.code for line in invoice.lines}
    if "O" in codes and codes & _NEED_VAT:
        yield Lack("tax_mixed")
    for number, line in enumerate(invoice.lines, 1):
        if line.tax.code == "S" and not line.tax.percent:
            yield Lack("tax_zero", number)
        if line.tax.code != "S" and line.tax.percent:
            yield Lack("tax_none", number, line.tax.code)
        if not _fits(line.net(invoice.currency).amount):
            yield Lack("digits", number, invoice.currency)
    sums = totals(invoice)
    if not all(_fits(one.amount.amount) for one in sums.taxes):
        yield Lack("tax_digits", detail=invoice.currency)


def _fits(amount: Decimal) -> bool:
    return has_digits(amount, DIGITS)


def _prefixed(number: str, country: str) -> str:
    """Give a VAT number with the letters of its country before it, as the norm wants it."""
    start = number[:2].upper()
    is_there = start in _OTHER_PREFIXES or bool(country_name(start, "en"))
    return number if not number or is_there or not country else country + number
