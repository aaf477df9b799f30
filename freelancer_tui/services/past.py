"""Past: what the user's own bids tell about prices and about winning (pure)."""

from collections.abc import Iterable

from freelancer_tui.domain.match import Record
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.domain.rates import Rates
from freelancer_tui.store.cache.archive import Outcome


def prices_of(outcomes: Iterable[Outcome], rates: Rates, own: str) -> dict[ProjectKind, Money]:
    """Give the price in the middle of the user's bids, in one currency, by kind of pay."""
    asked: dict[ProjectKind, list[Money]] = {}
    for one in outcomes:
        if price := rates.convert(one.price, own):
            asked.setdefault(one.kind, []).append(price)
    middles = {kind: sorted(found, key=lambda one: one.amount) for kind, found in asked.items()}
    return {kind: found[(len(found) - 1) // 2] for kind, found in middles.items()}


def records_of(outcomes: Iterable[Outcome]) -> dict[str, Record]:
    """Give by skill, in small letters, how many bids were decided and how many were won."""
    records: dict[str, Record] = {}
    for one in outcomes:
        if one.is_won is None:
            continue
        for skill in dict.fromkeys(name.lower() for name in one.skills):
            before = records.get(skill, Record())
            records[skill] = Record(before.decided + 1, before.won + one.is_won)
    return records
