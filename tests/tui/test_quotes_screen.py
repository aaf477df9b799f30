"""Quotes, deposits, what comes again, reminders, receipts and rates, all through the keys."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.invoices import Party, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.recurring import Rhythm
from freelancer_tui.tui.screens import ahead
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_thread
from tests.tui.billing_scenes import line, office, paid_out, quotes, rates
from tests.tui.desk import Desk, at
from tests.tui.shell import NARROW
from tests.tui.shell import opened as opened_shell
from tests.tui.test_billing_screen import document, opened, put


async def test_a_quote_is_answered_and_billed_with_its_deposit(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None, (80, 24)) as user:
        key = quotes(user.desk)
        await opened(user, key)
        assert user.sees("Quotation")
        assert user.sees("holds 30 more days")
        await user.press("end")
        await opened(user, user.desk.quotes.new().id)
        assert user.sees(" Holds     30")
        assert user.sees("Offered")
        other = next(one for one in user.desk.quotes.list() if one.state == "declined")
        await opened(user, other.id)
        assert user.sees("Quotation")  # from its top
        await opened(user, key)
        await user.press("x")
        assert document(user).state == "declined"
        await user.press("u", "a")
        assert document(user).state == "accepted"
        await user.press("s")
        await put(user, "#ask-share", "120")
        assert user.sees("! Between 0 and 100 %.")
        await put(user, "#ask-share", "25")
        await user.press("ctrl+s")
        deposit = document(user)
        assert (deposit.is_deposit, totals(deposit).net.amount) == (True, Decimal(1200))
        user.desk.invoices.issue(deposit.id)
        await opened(user, key)
        await user.press("i")
        final = document(user)
        assert (final.made_from, totals(final).net.amount) == (key, Decimal(3600))
        await opened(user, key)
        await user.press("i")
        assert document(user).id == final.id


async def test_the_quotes_have_a_view_of_their_own(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", lambda desk: None) as user:
        quotes(user.desk)
        await user.press("l", "l")
        assert user.sees("All 4   Draft 1   Issued 1   Accepted 1   Turned down 1")
        assert user.sees("● Offered EUR 4,800")
        await user.press("n")
        assert len(user.desk.quotes.list()) == 5
        assert user.host.wished[-1][0] == "invoice"
        await user.press("h")
        assert user.sees("No invoices yet")
        await user.press("l", "f", "f", "f")
        await user.press("i")
        made = user.host.wished[-1][1]
        assert user.desk.invoices.show(str(made)).made_from


async def test_an_invoice_comes_again_until_it_is_stopped(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None) as user:
        german, _home = office(user.desk)
        draft = user.desk.invoices.new(client_id=german.id, lines=[line("Care", "80")])
        await opened(user, user.desk.invoices.issue(draft.id).id)
        await user.press("e")
        await put(user, "#ask-every", "fortnight")
        assert user.sees("! Write 1 month, 2 weeks, or: pause, go on, stop.")
        await put(user, "#ask-every", "2 months")
        await put(user, "#ask-from", "2026-11-30")
        await put(user, "#ask-until", "3")
        await user.press("ctrl+s")
        assert user.sees("The next draft of it comes on")
        (coming,) = user.desk.around.recurring.all()
        days = [coming.rhythm.on(place) for place in range(4)]
        assert [day and day.isoformat() for day in days] == [
            "2026-11-30", "2027-01-31", "2027-03-31", None,
        ]  # fmt: skip
        await user.press("e")
        await put(user, "#ask-every", "pause")
        await user.press("ctrl+s")
        assert user.desk.around.recurring.all()[0].is_paused
        await user.press("e")
        await put(user, "#ask-every", "stop")
        await user.press("ctrl+s")
        assert user.desk.around.recurring.all() == []


def late(desk: Desk, *, has_thread: bool) -> str:
    """Issue an invoice of which a part was paid, and whose day is over."""
    german, _home = office(desk)
    if has_thread:
        desk.keep(Feed("threads"), a_thread(40, project_remote_id=1))
    lines = [line("Care", "80")]
    draft = desk.invoices.new(client_id=german.id, lines=lines, terms_days=1, project_remote_id=1)
    day = NOW.date() - timedelta(days=9)
    done = desk.invoices.issue(draft.id, day)
    desk.invoices.pay(done.id, Money(Decimal(30), "EUR"), day)
    return done.id


async def test_a_reminder_waits_in_the_composer_and_is_not_sent(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None) as user:
        await opened(user, late(user.desk, has_thread=True))
        await user.press("m")
        assert user.host.wished == [("messages", "40")]
        assert "EUR\u00a050.00 was due on" in user.desk.messages.draft(40)
        assert user.desk.outbox.entries() == []


async def test_without_a_conversation_it_is_copied_and_a_receipt_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def shown(*_arguments: object) -> bool:
        return True

    monkeypatch.setattr(ahead, "open_file", shown)
    async with at(tmp_path, "invoice", lambda desk: None) as user:
        await opened(user, late(user.desk, has_thread=False))
        await user.press("m")
        assert user.sees("No conversation with Nordlicht GmbH here: the letter is copied")
        assert "was due on" in user.host.clipboard
        await user.press("t")
        await put(user, "#ask-file", str(tmp_path / "kwitansi.pdf"))
        await user.press("ctrl+s")
        assert (tmp_path / "kwitansi.pdf").read_bytes().startswith(b"%PDF")


async def test_rates_are_typed_brought_in_and_struck_out(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("2026-11-20,SGD,1,12500\n2026-11-20,SGX,1,1\n")
    async with at(tmp_path, "rates", rates, (80, 24)) as user:
        assert user.sees("100 JPY     = 10,912.50 IDR")
        assert user.sees("As the marketplace lists them")
        await user.press("i")
        await put(user, "#ask-file", str(file))
        await user.press("ctrl+s")
        assert user.sees("line 2: SGX is no currency")
        await user.press("n")
        await put(user, "#ask-currency", "sgd")
        await put(user, "#ask-rate", "12,500.5")
        await user.press("ctrl+s")
        assert [one.currency for one in user.desk.rate_table.all()] == ["EUR", "SGD", "JPY"]
        await user.press("g", "x")
        assert len(user.desk.rate_table.all()) == 2
        await user.press("u")
        assert len(user.desk.rate_table.all()) == 3


async def test_money_that_was_taken_back_is_drawn_as_such(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", paid_out) as user:
        await user.press("h")
        month = next(row for row in user.screen() if "2026-11" in row)
        assert "▒" in month
        assert any("2026-08" in row and "IDR 0" in row for row in user.screen())


async def test_what_came_again_is_told_at_the_start(town: Workspace) -> None:
    client = town.clients.add(Client("", Party("Kopi")))
    draft = town.invoices.new(client_id=client.id, lines=[line("Care", "80")])
    days = town.today() - timedelta(days=40)
    town.recurring.begin(draft.id, Rhythm(days))
    async with opened_shell(town, NARROW) as shell:
        assert await shell.comes_to_see("2 invoices came again as drafts")
        assert len(town.invoices.list("draft")) == 3
