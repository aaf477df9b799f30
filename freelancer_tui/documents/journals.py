"""Journals: what was billed and paid as double entries, for hledger and for beancount."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from freelancer_tui.domain.invoices import Invoice, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.text import one_line

Account = tuple[str, ...]
BANK: Final[Account] = ("Assets", "Bank")
INCOME: Final[Account] = ("Income", "Services")
TAX: Final[Account] = ("Liabilities", "Tax")
_FIRST_DAY: Final = "1970-01-01"
_EDGE: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened on a day; its postings come to nothing."""

    on: date
    code: str
    payee: str
    postings: tuple[tuple[Account, Money], ...]


def entries(found: Iterable[Invoice]) -> list[Entry]:
    """Give what was issued and what was paid, the earliest first; drafts and void ones not.

    What a credit note took off an invoice needs no entry: both stand on the client's account.
    """
    made = [entry for one in found if one.state == "issued" for entry in _of(one)]
    return sorted(made, key=lambda entry: (entry.on, entry.code))


def hledger(found: Iterable[Entry]) -> bytes:
    """Write a journal for hledger (and ledger)."""
    blocks = ["decimal-mark .\n"]
    for one in found:
        lines = [f"{one.on} * ({_bare(one.code, '()')}) {_bare(one.payee, ';|')}".rstrip()]
        for account, money in one.postings:
            name = ":".join(_bare(part, ":;()[]|") or "?" for part in account)
            lines.append(f"    {name}  {money.amount:f} {money.currency}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks).encode("utf-8", "replace")


def beancount(found: Iterable[Entry]) -> bytes:
    """Write a journal for beancount, with the accounts that it opens."""
    found = list(found)
    accounts = sorted({_strict(account) for one in found for account, _money in one.postings})
    first = found[0].on.isoformat() if found else _FIRST_DAY
    blocks = ["".join(f"{first} open {account}\n" for account in accounts)]
    for one in found:
        lines = [f"{one.on} * {_quoted(one.payee)} {_quoted(one.code)}"]
        for account, money in one.postings:
            lines.append(f"  {_strict(account)}  {money.amount:f} {money.currency}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(block for block in blocks if block).encode("utf-8", "replace")


def _of(one: Invoice) -> Iterator[Entry]:
    sums = totals(one)
    way = 1 if one.kind == "invoice" else -1
    owed: Account = ("Assets", "Receivable", one.client.name or "?")
    postings = [(owed, _times(sums.payable, way))]
    for kept in one.withholdings:
        account = ("Assets", "Withheld", kept.name or "?")
        postings.append((account, _times(kept.of(sums.net), way)))
    postings.append((INCOME, _times(sums.net, -way)))
    if sums.tax.amount:
        postings.append((TAX, _times(sums.tax, -way)))
    if one.issued_on is not None:
        yield Entry(one.issued_on, one.number, one.client.name, tuple(postings))
    for payment in one.payments:
        moved = _times(payment.amount, way)
        both = ((BANK, moved), (owed, _times(moved, -1)))
        yield Entry(payment.on, one.number, one.client.name, both)


def _times(money: Money, way: int) -> Money:
    return Money(money.amount * way, money.currency)


def _bare(text: str, refused: str) -> str:
    """Give a text that ends where hledger thinks it ends: two blanks would end an account."""
    plain = "".join(" " if sign in refused else sign for sign in one_line(text))
    return " ".join(plain.split())


def _strict(account: Account) -> str:
    """Give an account as beancount takes it: capitals or digits first, letters, digits, dashes."""
    root, *parts = account
    return ":".join((root, *map(_component, parts)))


def _component(text: str) -> str:
    signs = (sign if _is_letter(sign) else "-" for sign in unicodedata.normalize("NFC", text))
    plain = re.sub("-+", "-", "".join(signs)).strip("-")[:_EDGE].strip("-")
    if not plain:
        return "X"
    return plain if plain[0].isdecimal() or plain[0].isupper() else _capital(plain)


def _is_letter(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category.startswith("L") or category == "Nd"


def _capital(plain: str) -> str:
    """Begin with a capital; letters of a script without any get one put before them."""
    first = plain[0].upper()
    return first + plain[1:] if len(first) == 1 and first.isupper() else f"X{plain}"


def _quoted(text: str) -> str:
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
