"""Invoices: what somebody sees of their money."""

from pathlib import Path

from freelancer_tui.domain.intents import RequestMilestone
from freelancer_tui.domain.milestones import EscrowLine
from freelancer_tui.tui.widgets.escrow_table import sums
from tests.factories import NOW, an_entry, usd
from tests.tui.desk import Desk, at
from tests.tui.scenes import idr, money


async def test_each_line_tells_project_client_amount_state_and_date(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", money) as user:
        [line] = [line for line in user.screen() if "USD 125.50" in line and "checkout" in line]
        assert "● Funded" in line
        assert "Sari Lestari" in line
        assert "Sun 15 Nov 2026" in line


async def test_sums_never_mix_currencies(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", money, (80, 24)) as user:
        assert user.sees("● Funded IDR 1,250,000 + USD 125.50")
        assert user.sees("○ Requested IDR 800,000")


async def test_a_request_that_is_not_sent_yet_stands_on_top(tmp_path: Path) -> None:
    def waiting(desk: Desk) -> None:
        money(desk)
        intent = RequestMilestone(1, 500, usd("77"), "Second half", "K7M2QD")
        desk.lay_in(an_entry(intent=intent, subject_id="e1"))

    async with at(tmp_path, "invoices", waiting) as user:
        [line] = [line for line in user.screen() if "Second half" in line and "USD 77" in line]
        assert "↑ Waiting" in line
        assert user.sees("↑ Waiting USD 77")
        await user.press("enter")
        assert user.host.wished == [("jobs", 1)]


async def test_a_line_leads_to_its_job_and_its_proposal(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", money) as user:
        await user.press("enter", "p")
        assert user.host.wished == [("jobs", 1), ("proposals", 1)]


async def test_without_milestones_the_screen_says_what_will_be_here(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", lambda desk: None, (80, 24)) as user:
        assert user.sees("No milestones yet")
        await user.press("enter", "o", "j")
        assert user.host.wished == []


def test_sums_add_up_by_state_and_currency() -> None:
    def line(amount: str, state: str = "funded") -> EscrowLine:
        return EscrowLine(1, False, 1, "", "", usd(amount), "", state, NOW)  # type: ignore[arg-type]

    lines = [line("0.10"), line("0.20"), line("5", "released")]
    lines.append(EscrowLine(2, True, 1, "", "", idr(10), "", "funded", NOW))
    assert sums(lines) == [
        ("funded", [idr(10), usd("0.30")]),
        ("released", [usd("5")]),
    ]


async def test_held_money_is_asked_for_and_a_request_withdrawn_by_key(tmp_path: Path) -> None:
    async with at(tmp_path, "invoices", money, (120, 40)) as user:
        assert user.sees("Withdraw")
        assert not user.sees("Ask for release")
        await user.press("w")
        assert user.sees("Withdraw your request to Sari Lestari for IDR 800,000")
        await user.press("n", "w", "y")
        [entry] = user.desk.outbox.entries()
        assert (entry.name, entry.state) == ("withdraw_request", "queued")
        assert user.sees("Withdrawing a request: Waiting to be sent")
        assert not user.sees("Withdraw  ")
        await user.press("j", "e")
        assert user.sees("Ask Sari Lestari to pay IDR 1,250,000 out to you")
        await user.press("y")
        assert [one.name for one in user.desk.outbox.entries()] == [
            "withdraw_request",
            "ask_release",
        ]
        assert user.sees("Asking for release: Waiting to be sent")
        await user.press("i", "i")  # the second time it leads to what the first began
        [draft] = user.desk.invoices.list()
        assert user.host.wished == [("invoice", draft.id)] * 2
        await user.press("e")
        assert len(user.desk.outbox.entries()) == 2
