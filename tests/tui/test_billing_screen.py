"""Billing: writing, issuing and paying documents of one's own, all through the keys."""

from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Input

from freelancer_tui.documents.printing import PrintError
from freelancer_tui.domain.intents import RequestMilestone
from freelancer_tui.domain.invoices import Invoice, Tax, state_of, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.tui.screens import issued
from freelancer_tui.tui.screens.clients import ClientsScreen
from freelancer_tui.tui.screens.invoice import InvoiceScreen
from freelancer_tui.tui.screens.invoices import InvoicesScreen
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.search_field import SearchField
from tests.factories import usd
from tests.tui.billing_scenes import a_draft, books, nothing, office, unfunded
from tests.tui.desk import User, at


async def opened(user: User, target: str) -> None:
    await user.host.section.open(target)
    await user.settle()


def document(user: User) -> Invoice:
    section = user.host.section
    assert isinstance(section, InvoiceScreen)
    assert section.invoice is not None
    return user.desk.invoices.show(section.invoice.id)


async def put(user: User, selector: str, value: str) -> None:
    user.host.section.query_one(selector, Field).entry.value = value
    await user.pilot.pause()


async def typed(user: User, *cells: str) -> None:
    """Type cells one after another, beginning where the cursor is."""
    cell = user.host.section.query_one("#cell", Input)
    for place, text in enumerate(cells):
        if place:
            await user.pilot.press("enter")
        cell.value = text
        await user.pilot.pause()
    await user.settle()


async def test_work_without_funding_is_warned_of_and_money_is_asked_for_once(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "invoices", unfunded, (80, 24)) as user:
        assert user.sees("work without funding: no money is held for it")
        await user.press("a")
        assert user.sees("Ask Sari Lestari to set money aside for: Logo and menu for a warung")
        await put(user, "#ask-amount", "1.250")
        assert user.sees("! 1.250 can be read in two")
        await user.press("enter", "enter")
        assert user.desk.outbox.entries() == []  # neither the amount nor the words are right
        await user.press("tab", "tab", "shift+tab")  # never into the list, where letters are keys
        assert isinstance(user.host.focused, Input)
        await put(user, "#ask-amount", "150")
        await put(user, "#ask-text", "First sketches")
        await user.press("ctrl+s")
        (entry,) = user.desk.outbox.entries()
        assert isinstance(entry.intent, RequestMilestone)
        assert (entry.intent.amount, entry.intent.text) == (usd("150"), "First sketches")
        assert user.host.queued == 1
        await user.press("g", "a")
        assert user.sees("You asked for money here already, and it is not funded: USD 150")
        await user.press("n")
        assert len(user.desk.outbox.entries()) == 1


async def test_the_list_is_filtered_searched_and_sorted(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", books) as user:
        await user.press("right_square_bracket")
        assert user.sees("● Outstanding EUR 1,450 + IDR 3,606,250   ! Overdue EUR 1,450")
        assert user.sees("All 8   Overdue 2   Draft 3   Issued 1   Paid 1   Void 1")
        await user.press("f")
        assert [line[1] for line in user.screen() if "INV/2026" in line] == ["!", "!"]
        await user.press("F", "slash")
        user.host.section.query_one(SearchField).value = "nordlicht ix"
        await user.pilot.pause(0.05)
        await user.settle()
        assert sum("Nordlicht" in line for line in user.screen()) == 2
        await user.press("escape", "s", "s", "s")
        first = next(line for line in user.screen() if "INV/2026" in line)
        assert "Nordlicht GmbH" in first  # in rupiah these euros are the most
        await user.press("g", "enter")
        ((section, target),) = user.host.wished
        assert (section, user.desk.invoices.show(str(target)).number) == (
            "invoice", "INV/2026/IX/001",
        )  # fmt: skip


async def test_a_draft_is_begun_discarded_and_brought_back(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", nothing, (80, 24)) as user:
        await user.press("right_square_bracket")
        assert user.sees("n writes your first invoice")
        await user.press("n")
        (draft,) = user.desk.invoices.list()
        assert user.host.wished == [("invoice", draft.id)]
        await opened(user, "invoices")
        await user.press("x")
        assert user.desk.invoices.list() == []
        await user.press("u")
        assert [one.id for one in user.desk.invoices.list()] == [draft.id]


async def test_a_draft_is_saved_as_it_is_typed_cell_by_cell(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None, (80, 24)) as user:
        german, _home = office(user.desk)
        await opened(user, user.desk.invoices.new(client_id=german.id).id)
        assert user.sees("○ Add at least one line.")
        await typed(user, "Workshop", "2.5", "day", "4x")
        assert user.sees("! Not a number")
        await user.press("tab")  # what cannot be read is not left
        await typed(user, "400", "", "19", "Travel")
        await user.press("tab", "3")  # what one types replaces the 1 that is proposed
        await user.save()
        assert user.sees("Net EUR 1,000  Tax 19 % EUR 190  To pay EUR 1,190")
        first, second = document(user).lines
        assert (first.text, first.unit, first.quantity) == ("Workshop", "day", Decimal("2.5"))
        assert (second.text, second.quantity) == ("Travel", Decimal(3))
        assert second.tax == Tax("S", Decimal(19))
        await user.press("f9")
        await user.save()
        assert len(document(user).lines) == 1
        await user.press("ctrl+z")
        await put(user, "#f-period", "2026-11")
        await put(user, "#f-kept", "PPh 23")
        await put(user, "#f-due", "2026-13-01")
        await user.save()
        kept = document(user)
        assert (len(kept.lines), kept.withholdings[0].name) == (2, "PPh 23")
        assert [day.isoformat() for day in kept.period or ()] == ["2026-11-01", "2026-11-30"]
        assert user.sees("○ Due: There is no such day.")
        await user.press("ctrl+s")
        assert document(user).state == "draft"


async def test_issuing_asks_and_then_the_document_is_paid_in_parts(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None) as user:
        await opened(user, a_draft(user.desk))
        await user.press("f6")
        assert user.sees("Landing page, design and build")
        await user.press("escape", "ctrl+s")
        assert user.sees("The number INV/2026/XI/001 is given and it cannot be changed any more.")
        await user.press("escape")
        assert document(user).number == ""
        await user.press("ctrl+s")
        assert user.sees("1 EUR = 17,618.27 IDR, of ")
        await put(user, "#ask-rate", "-1")
        await user.press("enter")
        assert user.sees("! A number above zero, such as 16250.50.")
        await put(user, "#ask-rate", "17.250,5")
        assert user.sees("1 EUR = 17,250.50 IDR, as you say")
        await user.press("enter")
        issued_one = document(user)
        assert issued_one.rate is not None
        assert (issued_one.rate.rate, issued_one.rate.source) == (Decimal("17250.5"), "manual")
        assert issued_one.number == "INV/2026/XI/001"
        await user.press("x", "tab", "ctrl+s", "z")  # nothing of it can be changed any more
        assert document(user) == issued_one
        await user.press("p")
        await put(user, "#ask-amount", "1000")
        await user.press("ctrl+s")
        assert user.told() == "Written down; EUR 470 is still open. u strikes it out."
        await user.press("p", *"500", "ctrl+s")  # typed over the sum that is proposed
        assert user.sees("That is EUR 30 more than is open. Did so much come?")
        await user.press("n", "p")
        await put(user, "#ask-on", "2026-11-25")
        await user.press("ctrl+s")
        assert user.sees("! Wed 25 Nov 2026 is still to come.")
        await put(user, "#ask-on", "2026-11-24")
        await user.press("ctrl+s")
        assert state_of(document(user)) == "paid"
        await user.press("u", "y")
        assert totals(document(user)).open == Money(Decimal(470), "EUR")
        await user.press("r")
        assert (document(user).kind, document(user).state) == ("credit_note", "draft")


async def test_void_asks_for_a_reason_and_the_pdf_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []

    async def show(path: Path, _suspend: object) -> bool:
        shown.append(path)
        return True

    monkeypatch.setattr(issued, "open_file", show)
    async with at(tmp_path, "invoice", books) as user:
        late = next(one for one in user.desk.invoices.list("overdue") if not one.paid.minor)
        await opened(user, late.id)
        await user.press("o")
        await put(user, "#ask-file", str(tmp_path / "one.pdf"))
        await user.press("enter")
        for _round in range(100):  # typst takes its time on a busy machine
            if shown:
                break
            await user.pilot.pause(0.05)
        assert shown == [tmp_path / "one.pdf"], user.told()
        assert shown[0].read_bytes().startswith(b"%PDF")
        user.host.section.complain(
            PrintError("No font has it.", hint="Put " + "a font " * 12 + "in.")
        )
        await user.pilot.pause()
        assert user.screen()[-1].endswith("in."), "what to do is cut off"
        await user.press("v", "ctrl+s")
        assert user.sees("! Fill this in, or leave with Esc.")
        assert document(user).state == "issued"
        await put(user, "#ask-reason", "Twice")
        await user.press("ctrl+s")
        assert (document(user).state, document(user).void_reason) == ("void", "Twice")


async def test_a_client_is_written_down_and_chosen(tmp_path: Path) -> None:
    async with at(tmp_path, "clients", lambda desk: None) as user:
        section = user.host.section
        assert isinstance(section, ClientsScreen)
        draft = user.desk.invoices.new()
        await opened(user, draft.id)
        assert user.sees("not written down yet")
        await user.press("n", *"Acme")
        assert section.query_one("#p-name", Field).value == "Acme"
        await put(user, "#p-name", "Acme Pte Ltd")
        await put(user, "#p-country", "SGP")
        assert user.sees("! Two letters, such as ID, SG or DE.")
        await put(user, "#p-country", "sg")
        section.query_one("#p-country", Field).entry.focus()
        await user.press("backspace", "backspace", *"Ind")  # India on the way to Indonesia
        await user.press("escape")
        (kept,) = user.desk.clients.all()
        assert (kept.party.name, kept.party.country_code) == ("Acme Pte Ltd", "")
        await user.press("e")
        await put(user, "#p-country", "sg")
        await put(user, "#p-tax_ids", "UEN 201912345K")
        await put(user, "#p-withholding", "PPh 23")
        await user.press("escape")
        (kept,) = user.desk.clients.all()
        assert (kept.party.name, kept.party.country_code) == ("Acme Pte Ltd", "SG")
        assert (kept.party.tax_ids, kept.withholding) == ((("UEN", "201912345K"),), "pph23")
        await user.press("enter")
        assert user.host.wished == [("invoice", draft.id)]
        assert user.desk.invoices.show(draft.id).client == kept.party
        await user.press("x", "u", "g", "enter")
        await put(user, "#p-name", "Ayu Lestari")
        await put(user, "#p-scheme", "A-{seq}")
        await user.press("escape")
        assert user.desk.clients.seller().scheme == "A-{seq}"
        assert len(user.desk.clients.all()) == 1


async def test_earnings_are_told_by_month_client_and_age(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", books) as user:
        await user.press("left_square_bracket")
        section = user.host.section
        assert isinstance(section, InvoicesScreen)
        assert section.view == "earnings"
        (september,) = [line for line in user.screen() if "2026-09" in line]
        assert "IDR 51,092,985" in september
        assert user.sees("Outstanding today: IDR 3,606,250  2 documents")
        assert user.sees("late by 1 to 30 days")
        assert user.sees("1 milestone was released before this program looked")
        await user.press("y")
        assert user.sees(" 2025")
        assert not user.sees("2026-09")
