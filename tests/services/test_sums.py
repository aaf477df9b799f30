"""Sums: no cent is lost between a draft, its payments, credit notes and figures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from freelancer_tui.domain.currencies import CODES
from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    Tax,
    Withholding,
    in_own,
    state_of,
    totals,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import NotAllowed
from freelancer_tui.store.work import books
from freelancer_tui.workspace import Workspace
from tests.services.bills import a_draft, office
from tests.services.desk import NOON

TODAY = NOON.date()
currencies = some.sampled_from(sorted(CODES))
percents = some.decimals(0, 100, places=2)
lines = some.builds(
    InvoiceLine,
    some.just("Work"),
    some.decimals("0.0001", 1000, places=4),
    some.decimals(0, 10**7, places=4),
    discount_percent=some.decimals(0, 50, places=2),
    tax=some.sampled_from((Tax(), Tax("S", Decimal(11)), Tax("S", Decimal("19.6")), Tax("Z"))),
)
bills = some.tuples(
    currencies,
    some.lists(lines, min_size=1, max_size=6).map(tuple),
    some.lists(some.decimals(0, 20, places=2), max_size=2),
    some.decimals("0.0001", 30_000, places=4),  # the rate into the user's own currency
)


@contextmanager
def desk() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as workspace:
        yield workspace


def issued(
    workspace: Workspace, bill: tuple[str, tuple[InvoiceLine, ...], list[Decimal], Decimal]
) -> Invoice | None:
    """Issue a document; None where nothing is to be paid."""
    currency, its_lines, kept, rate = bill
    withheld = tuple(Withholding(f"Tax {place}", one) for place, one in enumerate(kept))
    draft = workspace.invoices.edit(
        a_draft(workspace).id, currency=currency, lines=its_lines, withholdings=withheld
    )
    assert totals(draft) == totals(replace(draft, id="x"))
    try:
        return workspace.invoices.issue(draft.id, rate=rate)
    except NotAllowed:
        assert totals(draft).total.amount <= 0
        return None


@settings(max_examples=8, deadline=None)
@given(some.lists(bills, min_size=1, max_size=3), some.lists(some.integers(1, 99), max_size=3))
def test_lists_figures_and_documents_tell_the_same(
    found: list[tuple[str, tuple[InvoiceLine, ...], list[Decimal], Decimal]], shares: list[int]
) -> None:
    with desk() as workspace:
        documents = [one for bill in found if (one := issued(workspace, bill)) is not None]
        for document in documents:
            _pay_in_parts(workspace, document, shares)
        shown = [workspace.invoices.show(one.id) for one in documents]
        listed = {one.id: one for one in workspace.invoices.list()}
        for one in shown:
            sums, row = totals(one), listed[one.id]
            assert (row.total, row.payable, row.paid, row.open) == (
                sums.total, sums.payable, sums.paid, sums.open,
            )  # fmt: skip
            assert row.state == state_of(one)
        earned = workspace.invoices.earnings()
        for figure in earned.by_currency():
            of_it = [totals(one) for one in shown if one.currency == figure.currency]
            assert figure.invoiced == sum(sums.total.minor for sums in of_it)
            assert figure.withheld == sum(sums.withheld.minor for sums in of_it)
            assert figure.paid == sum(sums.paid.minor for sums in of_it)
        for owed in earned.owed:
            opens = [totals(one).open.minor for one in shown if one.currency == owed.currency]
            assert owed.open.minor == sum(opens)
        _paid_in_full(workspace, shown)


def _pay_in_parts(workspace: Workspace, document: Invoice, shares: list[int]) -> None:
    for share in shares:
        left = totals(workspace.invoices.show(document.id)).open
        part = Money.rounded(left.amount * share / 100, left.currency)
        if part.minor:
            workspace.invoices.pay(document.id, part, TODAY)


def _paid_in_full(workspace: Workspace, shown: list[Invoice]) -> None:
    """Pay the rest: nothing is owed, and own-currency parts add up to the own-currency whole."""
    whole = 0
    for one in shown:
        left = totals(one).open
        if left.minor:
            workspace.invoices.pay(one.id, left, TODAY)
        assert one.rate is not None
        whole += in_own(one.rate, totals(one).payable).minor
    earned = workspace.invoices.earnings()
    assert earned.owed == ()
    usd = [one for one in earned.figures if one.is_whole]
    assert sum(one.own_paid for one in usd) == whole
    with workspace.pad.transaction() as connection:
        books.settle(connection)  # added up anew it is the same
    assert workspace.invoices.earnings() == earned
    details = workspace.invoices.earnings(is_detailed=True)
    assert details.by_month() == earned.by_month()
    assert details.own_total() == earned.own_total()


@settings(max_examples=8, deadline=None)
@given(bills, some.integers(0, 100))
def test_a_credit_note_takes_exactly_back(
    bill: tuple[str, tuple[InvoiceLine, ...], list[Decimal], Decimal], share: int
) -> None:
    with desk() as workspace:
        document = issued(workspace, bill)
        if document is None:
            return
        paid = Money.rounded(totals(document).payable.amount * share / 100, document.currency)
        if paid.minor:
            workspace.invoices.pay(document.id, paid, TODAY)
        note = workspace.invoices.issue(workspace.invoices.credit(document.id).id)
        assert totals(note).total == totals(document).total
        assert totals(workspace.invoices.show(document.id)).open.minor == 0
        assert totals(note).open == paid  # what came is to be paid back, and no more
        earned = workspace.invoices.earnings()
        assert [(one.invoiced, one.withheld) for one in earned.by_currency()] == [(0, 0)]
        assert earned.own_total().invoiced == 0
        if paid.minor:
            workspace.invoices.pay(note.id, paid, TODAY)
        after = workspace.invoices.earnings()
        assert ([one.paid for one in after.by_currency()], after.owed) == ([0], ())
        assert after.own_total().paid == 0
        again = workspace.invoices.credit(document.id)
        assert workspace.invoices.objections(again.id)


@settings(max_examples=3, deadline=None)
@given(some.lists(some.booleans(), min_size=1, max_size=6))
def test_void_documents_keep_their_numbers_and_count_nowhere(voids: list[bool]) -> None:
    with desk() as workspace:
        made = [workspace.invoices.issue(a_draft(workspace).id) for _ in voids]
        for document, is_void in zip(made, voids, strict=True):
            if is_void:
                workspace.invoices.void(document.id, "wrong")
        numbers = {workspace.invoices.show(one.id).number for one in made}
        assert numbers == {f"INV/2026/XI/{place:03}" for place in range(1, len(voids) + 1)}
        left = 100_00 * voids.count(False)
        assert sum(one.invoiced for one in workspace.invoices.earnings().figures) == left
        assert sum(one.open.minor for one in workspace.invoices.earnings().owed) == left
        due = TODAY + timedelta(days=14)
        assert {one.due_on for one in workspace.invoices.list("open")} <= {due}
