"""Exchange: amounts in the user's own currency."""

from decimal import Decimal

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace
from tests.factories import NOW


def test_rates_are_those_of_the_list_and_its_time(workspace: Workspace) -> None:
    assert workspace.exchange.rates().at is None
    assert workspace.exchange.in_own(Money(Decimal(1), "EUR")) is None
    listed = (
        Currency(1, "USD", "US Dollar", "$", Decimal(1)),
        Currency(2, "EUR", "Euro", "EUR", Decimal("1.25")),
        Currency(3, "XXX", "Nobody's", "", None),
        Currency(4, "ZZZ", "Worthless", "", Decimal(0)),
    )
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("currencies"), Page(listed, None, False, NOW))
    assert workspace.exchange.rates().at == NOW
    assert workspace.exchange.own == "USD"
    assert workspace.exchange.in_own(Money(Decimal(4), "EUR")) == Money(Decimal(5), "USD")
    assert workspace.exchange.in_own(Money(Decimal(4), "XXX")) is None
    assert workspace.exchange.in_own(Money(Decimal(4), "ZZZ")) is None
