"""Ledger: all documents of ours, of which a list shows those that are wished for, in order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.wishes import Wish

Shelf = Literal[
    "overdue", "draft", "issued", "part-paid", "paid", "accepted", "declined", "expired", "void"
]
SHELVES: Final[tuple[Shelf, ...]] = get_args(Shelf)
"""Where a document lies: its state, but what is overdue lies by itself, on top."""
LedgerOrder = Literal["time", "due", "client", "amount", "number"]
LEDGER_ORDERS: Final[tuple[LedgerOrder, ...]] = ("time", "due", "client", "amount", "number")


@dataclass(frozen=True, slots=True)
class LedgerWish(Wish[Shelf]):
    """Which documents to show, and how they lie."""

    order: LedgerOrder = "time"


@dataclass(frozen=True, slots=True)
class LedgerPicked:
    """The documents that answer a wish."""

    wish: LedgerWish = LedgerWish()
    documents: tuple[Summary, ...] = ()
    counts: Mapping[Shelf, int] = field(default_factory=dict)
    """How many have the words, by shelf; the wished shelf is among them."""
    total: int = 0
    """How many there are at all."""
    open: tuple[Money, ...] = ()
    """What is still to come of all that are owed, by currency."""
    overdue: tuple[Money, ...] = ()


class Ledger:
    """The documents, newest first; picking looks at each of them, so it is done on a thread."""

    def __init__(self, documents: Sequence[Summary], today: date) -> None:
        self._documents = tuple(documents)
        self._today = today

    def pick(self, wish: LedgerWish) -> LedgerPicked:
        """Give the documents that have every word, in order."""
        words = wish.words.casefold().split()
        found = [one for one in self._documents if _has(one, words)] if words else self._documents
        shelves = [shelf_of(one, self._today) for one in found]
        counts = Counter(shelves)
        late = [one for one, shelf in zip(found, shelves, strict=True) if shelf == "overdue"]
        owed = [one for one, shelf in zip(found, shelves, strict=True) if shelf in _OWED]
        if wish.group is not None:
            counts.setdefault(wish.group, 0)
            found = [o for o, shelf in zip(found, shelves, strict=True) if shelf == wish.group]
        laid = _laid(found, wish.order)
        documents = tuple(reversed(laid) if wish.is_reversed else laid)
        total = len(self._documents)
        return LedgerPicked(wish, documents, counts, total, _purses(owed), _purses(late))


_OWED: Final[frozenset[Shelf]] = frozenset({"overdue", "issued", "part-paid"})


def shelf_of(document: Summary, today: date) -> Shelf:
    """Tell where a document lies on a day."""
    if document.is_overdue(today):
        return "overdue"
    return "expired" if document.has_expired(today) else document.state


def _has(document: Summary, words: Iterable[str]) -> bool:
    text = f"{document.number}\n{document.client_name}".casefold()
    return all(word in text for word in words)


def _laid(documents: Sequence[Summary], order: LedgerOrder) -> Sequence[Summary]:
    match order:
        case "time":
            return documents
        case "due":
            return sorted(documents, key=lambda one: one.due_on or date.max)
        case "client":
            return sorted(documents, key=lambda one: one.client_name.casefold() or "\U0010ffff")
        case "amount":
            return sorted(documents, key=lambda one: -(one.own or one.payable).amount)
        case "number":
            return sorted(documents, key=lambda one: one.number or "\U0010ffff")


def _purses(documents: Iterable[Summary]) -> tuple[Money, ...]:
    """Add up what is open, each currency by itself; what we owe back is taken off."""
    sums: dict[str, Money] = {}
    for one in documents:
        part = one.open
        if one.kind == "credit_note":
            part = Money(-part.amount, part.currency)
        before = sums.get(part.currency)
        sums[part.currency] = part if before is None else before + part
    return tuple(sums[code] for code in sorted(sums))
