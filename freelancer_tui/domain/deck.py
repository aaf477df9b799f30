"""Deck: all proposals as cards, of which the board shows those that are wished for, in order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain.proposals import ProposalView, Standing
from freelancer_tui.domain.wishes import Wish

Order = Literal["state", "time", "price", "client", "title", "deadline"]
ORDERS: Final[tuple[Order, ...]] = ("state", "time", "price", "client", "title", "deadline")
STANDINGS: Final[tuple[Standing, ...]] = (
    "awarded", "refused", "draft", "queued", "accepted",
    "shortlisted", "placed", "declined", "lost", "withdrawn",
)  # fmt: skip
"""First what waits for the user, last what is over."""
_RANKS: Final = {standing: rank for rank, standing in enumerate(STANDINGS)}
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal with what the board tells beside it and sorts by."""

    view: ProposalView
    title: str = ""
    client: str = ""
    since: datetime | None = None
    """Since when it stands where it stands."""
    due: datetime | None = None
    """The next date that counts: to bid, to answer an award, or to deliver."""
    worth: Decimal | None = None
    """The price in the user's own currency."""
    found_by: str = ""
    """Title, client and text without regard to capitals."""


@dataclass(frozen=True, slots=True)
class DeckWish(Wish[Standing]):
    """Which cards to show, and how they lie."""

    order: Order = "state"


@dataclass(frozen=True, slots=True)
class Picked:
    """The cards that answer a wish."""

    wish: DeckWish = DeckWish()
    cards: tuple[Card, ...] = ()
    counts: Mapping[Standing, int] = field(default_factory=dict)
    """How many have the words, by standing; the wished standing is among them."""
    total: int = 0
    """How many there are at all."""


class Deck:
    """The cards, newest first; picking looks at each of them, so it is done on a thread."""

    def __init__(self, cards: Sequence[Card] = ()) -> None:
        self._cards = sorted(cards, key=lambda card: card.since or _FIRST, reverse=True)

    def pick(self, wish: DeckWish) -> Picked:
        """Give the cards that have every word, in order; of equal ones the newest comes first."""
        words = wish.words.casefold().split()
        found = [card for card in self._cards if all(word in card.found_by for word in words)]
        counts = Counter(card.view.standing for card in found)
        if wish.group is not None:
            counts.setdefault(wish.group, 0)
            found = [card for card in found if card.view.standing == wish.group]
        laid = _laid(found, wish.order)
        cards = tuple(reversed(laid) if wish.is_reversed else laid)
        return Picked(wish, cards, counts, len(self._cards))


def since(view: ProposalView) -> datetime | None:
    """Give since when a proposal stands where it stands, as far as that is known."""
    if view.bid is not None:
        return view.bid.submitted_at
    if view.entry is not None:
        return view.entry.queued_at
    return view.proposal.updated_at or view.proposal.created_at


def _laid(cards: list[Card], order: Order) -> list[Card]:
    match order:
        case "state":
            return sorted(cards, key=lambda card: _RANKS[card.view.standing])
        case "time":
            return cards
        case "price":
            return sorted(cards, key=lambda card: -(card.worth if card.worth is not None else -1))
        case "client":
            return sorted(cards, key=lambda card: (not card.client, card.client.casefold()))
        case "title":
            return sorted(cards, key=lambda card: card.title.casefold())
        case "deadline":
            return sorted(cards, key=lambda card: card.due or _LAST)
