"""Invoices: what a document comes to, with no cent lost in any currency."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    Payment,
    Tax,
    Withholding,
    is_overdue,
    percent_of,
    state_of,
    totals,
)
from freelancer_tui.domain.money import Money, minor_digits

currencies = some.sampled_from("IDR USD EUR JPY KRW KWD TND CLF UYW VND GBP".split())
amounts = some.decimals(0, 10**7, places=4)
percents = some.decimals(0, 100, places=2)
taxes = some.builds(Tax, some.sampled_from(("S", "Z", "E", "AE", "G", "O")), percents)
lines = some.builds(
    InvoiceLine,
    some.just("work"),
    some.decimals(0, 1000, places=4),
    amounts,
    discount_percent=percents,
    tax=taxes,
)
invoices = some.builds(
    Invoice,
    some.just("i1"),
    currencies,
    lines=some.lists(lines, max_size=12).map(tuple),
    withholdings=some.lists(some.builds(Withholding, some.just("PPh"), percents), max_size=2).map(
        tuple
    ),
)


@given(invoices)
def test_every_total_is_the_sum_of_what_stands_there(invoice: Invoice) -> None:
    sums = totals(invoice)
    nets = [line.net(invoice.currency) for line in invoice.lines]
    assert sums.net.minor == sum(net.minor for net in nets) == sum(t.base.minor for t in sums.taxes)
    assert sums.tax.minor == sum(one.amount.minor for one in sums.taxes)
    assert sums.total.minor == sums.net.minor + sums.tax.minor
    assert sums.payable.minor == sums.total.minor - sums.withheld.minor
    assert len({one.tax for one in sums.taxes}) == len(sums.taxes)


@given(invoices)
def test_each_rounding_is_off_by_half_a_unit_at_most(invoice: Invoice) -> None:
    half = Decimal(1).scaleb(-minor_digits(invoice.currency)) / 2
    for line in invoice.lines:
        exact = line.quantity * line.unit_price * (100 - line.discount_percent) / 100
        assert abs(line.net(invoice.currency).amount - exact) <= half
    for one in totals(invoice).taxes:
        assert abs(one.amount.amount - one.base.amount * one.tax.percent / 100) <= half


@given(some.integers(1, 10**9), currencies, some.lists(some.integers(1, 99), max_size=5))
def test_payments_in_parts_end_exactly_at_nothing(
    minor: int, currency: str, shares: list[int]
) -> None:
    price = Money.of_minor(minor, currency)
    invoice = Invoice("i1", currency, lines=(InvoiceLine("x", Decimal(1), price.amount),))
    invoice = replace(invoice, state="issued")
    assert state_of(invoice) == "issued"
    for number, share in enumerate(shares):
        part = percent_of(totals(invoice).open, Decimal(share))
        if part.minor:
            paid = Payment(str(number), date(2026, 11, 24), part)
            invoice = replace(invoice, payments=(*invoice.payments, paid))
        left = totals(invoice).open
        expected = "part-paid" if invoice.payments and left.minor else "issued"
        assert state_of(invoice) == ("paid" if not left.minor else expected)
    rest = Payment("last", date(2026, 11, 25), totals(invoice).open)
    invoice = replace(invoice, payments=(*invoice.payments, rest))
    assert totals(invoice).open.minor == 0
    assert state_of(invoice) == "paid"


def test_tax_is_taken_from_the_sum_of_a_category_not_line_by_line() -> None:
    line = InvoiceLine("x", Decimal(1), Decimal("0.33"), tax=Tax("S", Decimal(20)))
    sums = totals(Invoice("i1", "EUR", lines=(line,) * 3))
    assert (sums.net.minor, sums.tax.minor) == (99, 20)  # line by line it would be 21


def test_only_what_is_owed_can_be_overdue() -> None:
    line = InvoiceLine("x", Decimal(1), Decimal(5))
    draft = Invoice("i1", "EUR", lines=(line,), due_on=date(2026, 11, 1))
    issued = replace(draft, state="issued")
    assert not is_overdue(draft, date(2026, 11, 24))
    assert is_overdue(issued, date(2026, 11, 24))
    assert not is_overdue(issued, date(2026, 11, 1))
    paid = Payment("p", date(2026, 11, 2), Money(Decimal(5), "EUR"))
    assert not is_overdue(replace(issued, payments=(paid,)), date(2026, 11, 24))
