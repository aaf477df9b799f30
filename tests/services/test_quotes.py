"""Quotes, deposits and recurring invoices: what is made before a bill, and what of it is billed."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from freelancer_tui.domain.invoices import Tax, state_of, totals
from freelancer_tui.domain.recurring import Rhythm, begin
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.workspace import Workspace
from tests.services.bills import GERMAN, a_draft, a_line, money, office
from tests.services.desk import NOON, desk

TODAY = NOON.date()
VAT = Tax("S", Decimal(11))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path) as opened:
        yield opened


def a_quote(workspace: Workspace) -> str:
    client = workspace.clients.add(replace(GERMAN, currency="EUR", terms_days=10))
    lines = (a_line("Shop", price="1000", tax=VAT), a_line("Texts", price="33.33"))
    return workspace.quotes.new(client_id=client.id, lines=lines).id


def test_a_quote_has_its_own_numbers_and_is_in_no_sum(workspace: Workspace) -> None:
    key = a_quote(workspace)
    draft = workspace.invoices.show(key)
    assert (draft.kind, draft.terms_days) == ("quote", 30)
    issued = workspace.invoices.issue(key)
    assert (issued.number, issued.due_on) == ("Q/2026/XI/001", TODAY + timedelta(days=30))
    invoice = workspace.invoices.issue(a_draft(workspace).id)
    assert invoice.number == "INV/2026/XI/001"
    assert [one.id for one in workspace.quotes.list()] == [key]
    assert [one.id for one in workspace.invoices.list()] == [invoice.id]
    earned = workspace.invoices.earnings(2026)
    assert [one.invoiced for one in earned.by_currency()] == [10_000]
    assert [one.open for one in earned.owed] == [money("100")]
    assert workspace.invoices.counts() == {"issued": 1, "overdue": 0}
    for verb in (
        lambda: workspace.invoices.pay(key, money("1"), TODAY),
        lambda: workspace.invoices.void(key, "no"),
        lambda: workspace.invoices.credit(key),
        lambda: workspace.invoices.edit(key, note="x"),
        lambda: workspace.recurring.begin(key, begin(TODAY)),
        lambda: workspace.quotes.answer(invoice.id, "accepted"),
    ):
        with pytest.raises(NotAllowed) as refused:
            verb()
        assert refused.value.hint
    assert workspace.invoices.show(key) == issued


def test_the_figures_stay_right_when_all_is_added_up_anew(workspace: Workspace) -> None:
    from freelancer_tui.store.work import books

    key = a_quote(workspace)
    workspace.invoices.issue(key)
    workspace.quotes.answer(key, "accepted")
    workspace.invoices.issue(a_draft(workspace).id)
    before = workspace.invoices.earnings(2026)
    with workspace.pad.transaction() as connection:
        books.settle(connection)
    assert workspace.invoices.earnings(2026) == before
    assert workspace.invoices.show(key).state == "accepted"


def test_quotes_are_exported_beside_the_invoices(workspace: Workspace, tmp_path: Path) -> None:
    workspace.invoices.issue(a_quote(workspace))
    files = {one.name: one for one in workspace.exports.write(tmp_path / "out")}
    assert '"Q/2026/XI/001"' in files["quotes.json"].read_text()
    assert "Q/2026/XI/001" not in files["invoices.json"].read_text()
    assert "Q/2026/XI/001" not in files["ledger.hledger"].read_text()
    assert any(one.parent.name == "quotes" for one in files.values())


def test_own_rates_recurrences_and_notes_are_exported(tmp_path: Path) -> None:
    with office(tmp_path / "desk") as desk:
        desk.rate_table.add("2026-11-20", "jpy", "100", "0.6543")
        desk.rate_table.add("2026-11-23", "eur", "1", "1.125")
        bill = desk.invoices.issue(a_draft(desk).id)
        coming = desk.recurring.begin(bill.id, begin(date(2026, 12, 31), day=31))
        desk.contacts.note(8, "pays on Fridays\n\u062f")
        desk.triage.note(101, "ask about the logo")
        files = {one.name: one for one in desk.exports.write(tmp_path / "out")}
        kept = desk.rate_table.all()
        for one in kept:
            desk.rate_table.remove(one.currency, one.day)
        desk.rate_table.bring_in(files["rates.csv"])
        assert [replace(one, source="") for one in desk.rate_table.all()] == [
            replace(one, source="") for one in kept
        ]
        (again,) = json.loads(files["recurring.json"].read_text())
        assert (again["document"], again["number"], again["day"], again["unit"]) == (
            bill.id, bill.number, 31, "month",
        )  # fmt: skip
        assert again["next_on"] == str(coming.next_on)
        assert json.loads(files["notes.json"].read_text()) == {
            "jobs": {"101": "ask about the logo"},
            "people": {"8": "pays on Fridays\n\u062f"},
        }


def test_a_quote_becomes_one_invoice_however_often_it_is_asked_for(workspace: Workspace) -> None:
    key = a_quote(workspace)
    with pytest.raises(NotAllowed, match="is a draft"):
        workspace.quotes.bill(key)
    quote = workspace.invoices.issue(key)
    draft = workspace.quotes.bill(key)
    assert (draft.kind, draft.state, draft.made_from) == ("invoice", "draft", key)
    assert (draft.lines, draft.terms_days) == (quote.lines, 10)
    assert workspace.invoices.show(key).state == "accepted"
    assert workspace.quotes.bill(quote.number).id == draft.id
    with pytest.raises(NotAllowed, match="billed already"):
        workspace.quotes.answer(key, "declined")
    workspace.invoices.remove(draft.id)
    assert state_of(workspace.quotes.answer(key, "declined")) == "declined"
    with pytest.raises(NotAllowed, match="is declined"):
        workspace.quotes.bill(key)
    assert workspace.quotes.answer(key, "issued").state == "issued"


def test_a_quote_expires_and_can_be_accepted_late(tmp_path: Path) -> None:
    now = [NOON]
    with office(tmp_path, clock=lambda: now[0]) as workspace:
        key = workspace.invoices.issue(a_quote(workspace)).id
        assert [one.id for one in workspace.quotes.list("issued")] == [key]
        now[0] = NOON + timedelta(days=31)
        assert workspace.quotes.list("issued") == []
        assert [one.id for one in workspace.quotes.list("expired")] == [key]
        assert workspace.quotes.bill(key).made_from == key


def test_what_was_paid_ahead_is_taken_off_to_the_cent(workspace: Workspace) -> None:
    key = workspace.invoices.issue(a_quote(workspace)).id
    deposit = workspace.deposits.begin(key, Decimal("33.33"))
    assert deposit.is_deposit
    assert [line.unit_price for line in deposit.lines] == [Decimal("333.30"), Decimal("11.11")]
    issued = workspace.invoices.issue(deposit.id)
    final = workspace.quotes.bill(key)
    assert [line.text for line in final.lines[2:]] == [f"Less deposit {issued.number}"] * 2
    done = workspace.invoices.issue(final.id)
    whole = totals(workspace.invoices.show(key))
    assert totals(issued).net + totals(done).net == whole.net
    assert totals(issued).total + totals(done).total == whole.total
    assert totals(done).payable == money("762.26")
    again = workspace.invoices.duplicate(done.id)
    assert not any(line.deducts for line in again.lines)
    with pytest.raises(NotAllowed, match=f"billed already, by {done.number}"):
        workspace.deposits.begin(key, Decimal(30))  # nothing would take it off any more


def test_a_final_invoice_does_not_forget_its_deposit(workspace: Workspace) -> None:
    draft = a_draft(workspace, a_line(price="500"))
    deposit = workspace.deposits.begin(draft.id, Decimal(20))
    with pytest.raises(NotAllowed, match="no issued deposit"):
        workspace.deposits.take_off(draft.id)
    number = workspace.invoices.issue(deposit.id).number
    assert number in workspace.invoices.objections(draft.id)[0]
    with pytest.raises(NotAllowed, match="was billed on this draft"):
        workspace.invoices.remove(draft.id)
    taken = workspace.deposits.take_off(draft.id)
    assert totals(taken).net == money("400")
    assert workspace.invoices.objections(draft.id) == ()
    workspace.invoices.void(deposit.id, "wrong")
    assert "counts no more" in workspace.invoices.objections(draft.id)[0]
    for wrong in ("0", "100", "-5", "12.345"):
        with pytest.raises(NotAllowed, match="no share"):
            workspace.deposits.begin(draft.id, Decimal(wrong))


def test_what_is_due_becomes_a_draft_once_and_is_never_issued(tmp_path: Path) -> None:
    now = [datetime.fromisoformat("2026-01-20T12:00:00+00:00")]
    with office(tmp_path, clock=lambda: now[0]) as workspace:
        first = a_draft(workspace)
        january = (date(2026, 1, 1), date(2026, 1, 31))
        workspace.invoices.edit(first.id, period=january)
        coming = workspace.recurring.begin(first.id, begin(date(2026, 1, 31), day=31))
        assert (coming.next_on, workspace.recurring.make_due()) == (date(2026, 1, 31), [])
        now[0] = datetime.fromisoformat("2026-04-01T12:00:00+00:00")
        made = workspace.recurring.make_due()
        assert [one.period and one.period[1] for one in made] == [
            date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31),
        ]  # fmt: skip
        assert {one.state for one in made} == {"draft"}
        assert workspace.recurring.make_due() == []
        workspace.invoices.remove(made[0].id)
        assert workspace.recurring.make_due() == []  # thrown away is not made again
        workspace.recurring.pause(first.id)
        now[0] = datetime.fromisoformat("2026-06-02T12:00:00+00:00")
        assert workspace.recurring.make_due() == []
        assert workspace.recurring.resume(first.id).next_on == date(2026, 6, 30)
        workspace.recurring.stop(first.id)
        assert workspace.recurring.all() == []
        with pytest.raises(NotFound, match="does not come again"):
            workspace.recurring.pause(first.id)
        assert len(workspace.invoices.list()) == 3


def test_two_programs_make_no_draft_twice(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        first = a_draft(workspace)
        workspace.recurring.begin(first.id, Rhythm(TODAY - timedelta(weeks=6), "week", times=7))
    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        desks = [stack.enter_context(desk(tmp_path, random=Random(90 + one))) for one in range(4)]
        made = list(pool.map(lambda one: one.recurring.make_due(), desks))
        assert sum(map(len, made)) == 7
        assert len(desks[0].invoices.list()) == 8


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(TODAY, every=0), Rhythm(TODAY, day=32), Rhythm(TODAY, times=0),
        Rhythm(TODAY, until=TODAY - timedelta(days=1)),
    ],
)  # fmt: skip
def test_a_rule_without_sense_is_refused(workspace: Workspace, rhythm: Rhythm) -> None:
    draft = a_draft(workspace)
    with pytest.raises(NotAllowed):
        workspace.recurring.begin(draft.id, rhythm)
    assert workspace.recurring.of(draft.id) is None
