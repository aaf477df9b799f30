"""Invoices: drafts, numbers, payments, credit notes and their figures, on a real desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.domain.invoices import InvoiceLine, Tax, Withholding, state_of, totals
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.workspace import Workspace
from tests.services.bills import GERMAN, HOME, SELLER, a_draft, a_line, money, office
from tests.services.desk import NOON, a_bid, a_milestone, lay, lay_world

TODAY = NOON.date()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path) as opened:
        yield opened


def test_a_draft_takes_what_is_not_said_from_its_client(workspace: Workspace) -> None:
    draft = a_draft(workspace, client=HOME)
    assert (draft.currency, draft.language, draft.terms_days) == ("IDR", "id", 30)
    assert [one.name for one in draft.withholdings] == ["PPh 21"]
    assert (draft.number, draft.issued_on, draft.rate) == ("", None, None)
    other = workspace.invoices.edit(draft.id, currency="USD", discount=Decimal(10), terms_days=7)
    assert (other.revision, totals(other).net) == (2, money("90", "USD"))
    assert workspace.invoices.remove(draft.id) == other
    assert workspace.invoices.list() == []
    assert workspace.invoices.restore(other).lines == other.lines


def test_issuing_gives_the_number_and_freezes_all_of_it(workspace: Workspace) -> None:
    draft = a_draft(workspace)
    assert workspace.invoices.next_number(draft.id) == "INV/2026/XI/001"
    assert workspace.invoices.objections(draft.id) == ()
    issued = workspace.invoices.issue(draft.id)
    assert (issued.number, issued.issued_on) == ("INV/2026/XI/001", TODAY)
    assert issued.due_on == TODAY + timedelta(days=14)
    assert (issued.seller, issued.ways) == (SELLER.party, SELLER.ways)
    assert [note.key for note in issued.notes] == ["eu-reverse-charge"]
    assert issued.rate is not None
    assert (issued.rate.currency, issued.rate.rate) == ("USD", Decimal("1.1"))
    workspace.clients.save_seller(replace(SELLER, party=replace(SELLER.party, name="Other")))
    workspace.clients.save(replace(workspace.clients.all()[0], party=HOME.party))
    assert workspace.invoices.show("INV/2026/XI/001") == issued
    changes: tuple[Callable[[], object], ...] = (
        lambda: workspace.invoices.edit(draft.id, note="x"),
        lambda: workspace.invoices.save(issued),
        lambda: workspace.invoices.remove(draft.id),
        lambda: workspace.invoices.issue(draft.id),
    )
    for change in changes:
        with pytest.raises(NotAllowed, match="issued, so it stays"):
            change()
    assert workspace.invoices.show(draft.id) == issued
    second = workspace.invoices.issue(workspace.invoices.duplicate(draft.id).id)
    assert second.number == "INV/2026/XI/002"
    assert second.lines == issued.lines


def test_objections_say_what_to_do_and_nothing_is_lost(workspace: Workspace) -> None:
    workspace.clients.save_seller(replace(SELLER, party=replace(SELLER.party, name="")))
    draft = workspace.invoices.new()
    yesterday = TODAY - timedelta(days=1)
    draft = workspace.invoices.edit(draft.id, due_on=yesterday, lines=(a_line("", "0"),))
    with pytest.raises(NotAllowed) as refused:
        workspace.invoices.issue(draft.id)
    said = " ".join(refused.value.problems)
    for words in ("client", "seller set --name", "before it is issued", "what it is for", "above"):
        assert words in said
    assert workspace.invoices.show(draft.id) == draft
    assert "F2, and there Enter" in " ".join(workspace.invoices.objections(draft.id))
    bad = replace(GERMAN, party=replace(GERMAN.party, tax_ids=(("NPWP", "12345"),)))
    assert "NPWP 12345" in workspace.invoices.objections(a_draft(workspace, client=bad).id)[1]
    workspace.clients.save_seller(SELLER)
    mended = a_draft(workspace, client=bad)
    kept = workspace.clients.get(mended.client_id)
    workspace.clients.save(replace(kept, party=GERMAN.party))
    assert workspace.invoices.objections(mended.id) == ()  # a draft follows its client
    workspace.clients.remove(kept.id)
    assert "NPWP 12345" in workspace.invoices.objections(mended.id)[0]
    free = a_draft(workspace, a_line(discount_percent=Decimal(100)))
    assert workspace.invoices.objections(free.id) == (
        "The total must be above zero, also after what is withheld.",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (a_line(quantity="-1"), "quantity"),
        (a_line(price="-1"), "price"),
        (a_line(price="1.00001"), "at most 4 digits"),
        (a_line(discount_percent=Decimal("100.01")), "discount"),
        (a_line(tax=Tax("S", Decimal(101))), "tax"),
        (a_line(quantity="1000000000", price="1000000000"), "too large"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused_at_once(
    workspace: Workspace, line: InvoiceLine, words: str
) -> None:
    draft = a_draft(workspace)
    with pytest.raises(NotAllowed, match=words):
        workspace.invoices.edit(draft.id, lines=(line,))
    with pytest.raises(NotAllowed, match="no currency"):
        workspace.invoices.edit(draft.id, currency="EURO")
    assert workspace.invoices.show(draft.id) == draft


def test_money_comes_in_parts(workspace: Workspace) -> None:
    issued = workspace.invoices.issue(a_draft(workspace).id)
    part = workspace.invoices.pay(issued.id, money("40"), TODAY, "deposit")
    assert (state_of(part), totals(part).open) == ("part-paid", money("60"))
    for amount, on, words in (
        (money("60.01"), TODAY, "Only EUR 60.00"),
        (money("10", "USD"), TODAY, "is in EUR"),
        (money("0"), TODAY, "above zero"),
        (money("1"), TODAY + timedelta(days=1), "still to come"),
    ):
        with pytest.raises(NotAllowed, match=words):
            workspace.invoices.pay(issued.id, amount, on)
    paid = workspace.invoices.pay(issued.number, money("60"), TODAY)
    assert state_of(paid) == "paid"
    assert workspace.invoices.list("paid")[0].open == money("0")
    again = workspace.invoices.take_back_payment(issued.id, paid.payments[-1].id)
    assert state_of(again) == "part-paid"
    more = workspace.invoices.pay(issued.id, money("70"), TODAY, is_more=True)
    assert (state_of(more), totals(more).open) == ("paid", money("-10"))


def test_what_is_withheld_is_no_debt_and_its_slip_comes_later(workspace: Workspace) -> None:
    draft = a_draft(workspace, a_line(price="200000000"), client=HOME)
    issued = workspace.invoices.issue(draft.id)
    # Half of it is taxed: 5 % of 60 million, 15 % of the other 40 million.
    assert totals(issued).withheld == money("9000000", "IDR")
    assert totals(issued).payable == money("191000000", "IDR")
    slipped = workspace.invoices.slip(issued.id, "BP-1", TODAY)
    assert (slipped.withholdings[0].slip_number, slipped.withholdings[0].slip_date) == (
        "BP-1",
        TODAY,
    )
    paid = workspace.invoices.pay(issued.id, money("191000000", "IDR"), TODAY)
    assert state_of(paid) == "paid"
    assert paid.withholdings == slipped.withholdings


def test_void_keeps_its_number_and_leaves_the_figures(workspace: Workspace) -> None:
    first = workspace.invoices.issue(a_draft(workspace).id)
    with pytest.raises(NotAllowed, match="Say why"):
        workspace.invoices.void(first.id, " ")
    gone = workspace.invoices.void(first.id, "wrong client")
    assert (gone.number, state_of(gone), gone.void_reason) == (first.number, "void", "wrong client")
    assert workspace.invoices.earnings().own_total().invoiced == 0
    assert workspace.invoices.issue(a_draft(workspace).id).number == "INV/2026/XI/002"
    verbs: tuple[Callable[[], object], ...] = (
        lambda: workspace.invoices.pay(first.id, money("1"), TODAY),
        lambda: workspace.invoices.void(first.id, "again"),
        lambda: workspace.invoices.credit(first.id),
    )
    for verb in verbs:
        with pytest.raises(NotAllowed, match="is void"):
            verb()
    paid = workspace.invoices.issue(a_draft(workspace).id)
    workspace.invoices.pay(paid.id, money("1"), TODAY)
    with pytest.raises(NotAllowed, match="Money moved"):
        workspace.invoices.void(paid.id, "no")


def test_a_credit_note_takes_back_what_is_there_and_no_more(workspace: Workspace) -> None:
    invoice = workspace.invoices.issue(a_draft(workspace).id)
    workspace.invoices.pay(invoice.id, money("30"), TODAY)
    part = workspace.invoices.issue(workspace.invoices.credit(invoice.id, (a_line(price="50"),)).id)
    assert part.number == "CN/2026/XI/001"
    assert state_of(part) == "paid"  # all of it was still open, so nothing is paid back
    assert totals(workspace.invoices.show(invoice.id)).open == money("20")
    too_much = workspace.invoices.credit(invoice.id)
    with pytest.raises(NotAllowed, match=r"EUR 50\.00"):
        workspace.invoices.issue(too_much.id)
    rest = workspace.invoices.edit(too_much.id, lines=(a_line(price="50"),))
    rest = workspace.invoices.issue(rest.id)
    assert (state_of(rest), totals(rest).open) == ("issued", money("30"))  # what was paid
    figure = workspace.invoices.earnings().by_currency()[0]
    assert (figure.invoiced, figure.paid) == (0, 3000)
    assert state_of(workspace.invoices.pay(rest.id, money("30"), TODAY)) == "paid"
    earned = workspace.invoices.earnings()
    assert (earned.by_currency()[0].paid, earned.own_total().paid, earned.owed) == (0, 0, ())
    with pytest.raises(NotAllowed, match="credit note takes"):
        workspace.invoices.void(workspace.invoices.issue(_credited(workspace)).corrects, "x")


def _credited(workspace: Workspace) -> str:
    invoice = workspace.invoices.issue(a_draft(workspace).id)
    return workspace.invoices.credit(invoice.id).id


def test_a_void_credit_note_lets_the_invoice_be_owed_again(workspace: Workspace) -> None:
    note = workspace.invoices.issue(_credited(workspace))
    assert state_of(workspace.invoices.show(note.corrects)) == "paid"
    workspace.invoices.void(note.id, "by mistake")
    assert state_of(workspace.invoices.show(note.corrects)) == "issued"
    assert workspace.invoices.earnings().owed[0].open == money("100")


def test_lists_counts_and_what_is_overdue(workspace: Workspace) -> None:
    old = TODAY - timedelta(days=50)
    late = workspace.invoices.issue(a_draft(workspace).id, old)
    fresh = workspace.invoices.issue(a_draft(workspace, client=HOME).id)
    draft = a_draft(workspace)
    assert [one.id for one in workspace.invoices.list()] == [draft.id, fresh.id, late.id]
    assert [one.id for one in workspace.invoices.list("overdue")] == [late.id]
    assert [one.id for one in workspace.invoices.list("open", "pt KOPI", 2026)] == [fresh.id]
    assert workspace.invoices.list(year=2025) == []
    assert workspace.invoices.counts() == {"draft": 1, "issued": 2, "overdue": 1}
    owed = {one.currency: one for one in workspace.invoices.earnings().owed}
    assert owed["EUR"].aged[1] == owed["EUR"].overdue == money("100")
    assert owed["EUR"].own == money("110", "USD")
    assert owed["IDR"].overdue == money("0", "IDR")
    with pytest.raises(NotFound, match="no client Nobody"):
        workspace.invoices.list(client="Nobody")


def test_a_draft_from_milestones_bills_each_once(workspace: Workspace) -> None:
    lay_world(workspace)
    lay(workspace, a_milestone(70), a_milestone(72, text="Second half"), a_bid())
    draft = workspace.invoices.from_milestones([70, 72])
    assert (draft.client.name, draft.client.country_code) == ("Acme Ltd", "AU")
    assert [line.milestone_remote_id for line in draft.lines] == [70, 72]
    assert totals(draft).total == money("400", "USD")
    with pytest.raises(NotAllowed, match="stands on another"):
        workspace.invoices.from_milestones([72])
    assert (workspace.invoices.billing(72), workspace.invoices.billing(9)) == (draft.id, None)
    with pytest.raises(NotFound, match="no milestone 9"):
        workspace.invoices.from_milestones([9])
    issued = workspace.invoices.issue(draft.id)
    assert [note.key for note in issued.notes] == ["au-no-gst"]
    workspace.invoices.void(issued.id, "wrong")
    assert totals(workspace.invoices.from_milestones([72])).total == money("200", "USD")
    project = workspace.invoices.from_project(100)
    assert (project.lines[0].text, totals(project).total) == (
        "Shop backend in Python", money("400", "USD"),
    )  # fmt: skip
    assert len(workspace.clients.all()) == 1


def test_a_registered_business_charges_at_home_and_nothing_abroad(workspace: Workspace) -> None:
    workspace.clients.save_seller(replace(SELLER, is_taxed=True))
    home, abroad = a_draft(workspace, client=HOME), a_draft(workspace)
    assert home.lines[0].tax == Tax("S", Decimal(11))
    assert totals(home).tax == money("11", "IDR")
    assert abroad.lines[0].tax == Tax("G", Decimal(0))


def test_a_rate_by_hand_and_none_at_all(workspace: Workspace) -> None:
    by_hand = workspace.invoices.issue(a_draft(workspace).id, rate=Decimal("1.25"))
    assert by_hand.rate is not None
    assert (by_hand.rate.rate, by_hand.rate.source) == (Decimal("1.25"), "manual")
    none = workspace.invoices.edit(a_draft(workspace).id, currency="KRW")
    assert workspace.invoices.issue(none.id).rate is None
    earned = workspace.invoices.earnings()
    assert (earned.own_total().own_invoiced, earned.own_total().is_whole) == (12500, False)
    assert [one.own for one in earned.owed if one.currency == "KRW"] == [None]
    with pytest.raises(NotAllowed, match="rate 0 cannot"):
        workspace.invoices.issue(a_draft(workspace).id, rate=Decimal(0))


def test_numbers_that_cannot_work_leave_the_draft_as_it_is(workspace: Workspace) -> None:
    with pytest.raises(NotAllowed, match=r"it needs \{seq\} once"):
        workspace.clients.save_seller(replace(SELLER, scheme="INV/{year}"))
    workspace.clients.save_seller(replace(SELLER, scheme="{year}{month}{seq}"))
    for _number in range(11):
        workspace.invoices.issue(a_draft(workspace).id, date(2026, 1, 5))
    draft = a_draft(workspace)  # 1-11 and 11-1 are written the same
    with pytest.raises(NotAllowed, match="given out already"):
        workspace.invoices.issue(draft.id, date(2026, 11, 1))
    assert state_of(workspace.invoices.show(draft.id)) == "draft"
    workspace.clients.save_seller(SELLER)
    assert workspace.invoices.issue(draft.id, date(2026, 11, 1)).number == "INV/2026/XI/001"


def test_withholding_of_ones_own(workspace: Workspace) -> None:
    draft = a_draft(workspace)
    kept = (Withholding("Levy", Decimal("2.5")), Withholding("Fund", Decimal(1)))
    issued = workspace.invoices.issue(workspace.invoices.edit(draft.id, withholdings=kept).id)
    assert totals(issued).withheld == money("3.5")
    with pytest.raises(NotAllowed, match="not clear"):
        workspace.invoices.slip(issued.id, "1", TODAY)
    assert workspace.invoices.slip(issued.id, "1", TODAY, "fund").withholdings[1].slip_number == "1"
    assert [one.key for one in workspace.invoices.withholding_rules()] == ["pph21", "pph23"]
