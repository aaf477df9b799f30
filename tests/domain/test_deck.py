"""Deck: words, standings and orders decide which cards lie where."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.deck import ORDERS, STANDINGS, Card, Deck, DeckWish, Order, Picked
from freelancer_tui.domain.proposals import ProposalView, Standing
from tests.factories import NOW, a_proposal

DAY = timedelta(days=1)


def a_card(name: str, standing: Standing = "placed", **other: Any) -> Card:
    found = f"{name}\n{other.get('client', '')}".casefold()
    return Card(ProposalView(a_proposal(name), standing), title=name, found_by=found, **other)


def names(picked: Picked) -> str:
    return " ".join(card.title for card in picked.cards)


DECK = Deck(
    [
        a_card("b", "lost", since=NOW - DAY, worth=Decimal(5), client="Zoe"),
        a_card("C", "awarded", since=NOW - 3 * DAY, due=NOW + DAY, worth=Decimal(90)),
        a_card("a", "draft", since=NOW, due=NOW, client="adi"),
        a_card("d", "placed", since=NOW - 2 * DAY, worth=Decimal(40), client="Budi"),
    ]
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("state", "C a d b"),
        ("time", "a b d C"),
        ("price", "C d b a"),
        ("client", "a d b C"),
        ("title", "a b C d"),
        ("deadline", "a C b d"),
    ],
)
def test_each_order(order: Order, expected: str) -> None:
    assert names(DECK.pick(DeckWish(order=order))) == expected
    turned = DECK.pick(DeckWish(order=order, is_reversed=True))
    assert names(turned) == " ".join(reversed(expected.split()))


def test_every_word_has_to_be_there_in_any_case() -> None:
    picked = DECK.pick(DeckWish(words="ZO b"))
    assert names(picked) == "b"
    assert (dict(picked.counts), picked.total) == ({"lost": 1}, 4)


def test_the_wished_standing_is_counted_also_without_cards() -> None:
    picked = DECK.pick(DeckWish("draft", words="zoe"))
    assert (names(picked), dict(picked.counts)) == ("", {"lost": 1, "draft": 0})


@given(st.lists(st.sampled_from(STANDINGS)), st.sampled_from(ORDERS), st.booleans())
def test_no_card_is_lost_or_doubled(standings: list[Standing], order: Order, turned: bool) -> None:
    deck = Deck([a_card(f"n{place}", one) for place, one in enumerate(standings)])
    everything = deck.pick(DeckWish(order=order, is_reversed=turned))
    assert len({card.title for card in everything.cards}) == len(standings)
    parts = [deck.pick(DeckWish(one, order=order)).cards for one in set(standings)]
    assert sum(map(len, parts)) == sum(everything.counts.values()) == len(standings)
