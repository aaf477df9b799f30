"""Learning: what somebody sees of their own bids, and how they get there."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.projects import Skill
from freelancer_tui.tui.widgets.lesson_list import bar
from freelancer_tui.workspace import Workspace
from tests.factories import (
    CLIENT,
    NOW,
    a_bid,
    a_currency,
    a_message,
    a_project,
    a_proposal,
    a_thread,
    usd,
)
from tests.tui.desk import Desk, at
from tests.tui.shell import opened

SKILLS = ("PHP", "WordPress", "Graphic Design", "Translation")
COUNTRIES = ("Indonesia", "Australia", "Singapore")


def many(desk: Desk) -> None:
    """Let twenty-four bids have been sent: some answered, some won, most lost."""
    rupiah = Currency(3, "IDR", "Indonesian Rupiah", "Rp", Decimal("0.0000625"))
    desk.keep(Feed("currencies"), a_currency(), rupiah)
    for number in range(1, 25):
        skills = tuple(
            Skill(place, name) for place, name in enumerate(SKILLS) if number % (place + 2) == 0
        )
        job = a_project(number, skills=skills, country=COUNTRIES[number % 3 and number % 2 + 1])
        desk.keep(Feed("projects"), replace(job, status="complete" if number % 4 else "open"))
        at_ = NOW - timedelta(days=number, hours=number % 7)
        bid = a_bid(100 + number, project_remote_id=number, submitted_at=at_)
        bid = replace(bid, amount=usd(str(40 * number)))
        if number % 6 == 0:
            bid = replace(bid, award_status="awarded", awarded_at=at_, accepted_at=at_)
        desk.keep(Feed("bids"), bid)
        if number % 3 == 0:
            desk.keep(Feed("threads"), a_thread(200 + number, project_remote_id=number))
            reply = a_message(300 + number, thread_remote_id=200 + number, from_id=CLIENT)
            reply = replace(reply, sent_at=at_ + timedelta(hours=number))
            desk.keep(Feed("messages", str(200 + number)), reply)
        sheet = a_proposal(f"p{number}", project_remote_id=number, state="placed")
        name = "Short and warm" if number % 2 else "With references"
        desk.lay_in(replace(sheet, bid_remote_id=100 + number, template_name=name))


async def test_figures_are_drawn_with_how_many_they_rest_on(tmp_path: Path) -> None:
    async with at(tmp_path, "learning", many) as user:
        assert user.sees("All bids")
        assert user.sees("20 % of 20")
        assert user.sees("One award cost 5.0 bids (of 20 that ended).")
        assert user.sees("Fees of the awards you took, by today's rule: IDR")
        await user.press("right_square_bracket", "right_square_bracket")
        assert user.sees("Australia")
        assert not user.sees("WordPress")
        await user.press("escape")
        assert user.host.wished == [("proposals", None)]


async def test_the_figures_are_one_key_away_from_the_board(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", many) as user:
        await user.press("L")
        assert user.host.wished == [("learning", None)]


async def test_without_a_bid_it_says_what_will_be_here(tmp_path: Path) -> None:
    async with at(tmp_path, "learning", lambda desk: None) as user:
        assert user.sees("No bid was sent yet")


async def test_board_and_figures_in_the_whole_program(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("2")
        await shell.settle()
        await shell.press("L")
        await shell.settle()
        assert await shell.comes_to_see("No bid was sent yet")
        await shell.press("escape")
        assert await shell.comes_to_see("No proposals yet")
        await shell.press("question_mark")
        assert await shell.comes_to_see("See which of your bids are answered")


def test_a_bar_is_as_long_as_its_share() -> None:
    assert [bar(share, 4) for share in (0, 0.5, 1, 0.03125)] == ["    ", "██  ", "████", "▏   "]
