"""Jobs read closely: columns and order, links, what became of a job, and others like it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.happenings import Happening, HappeningKind, Similar
from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import Reputation
from freelancer_tui.domain.projects import Budget, ProjectView
from freelancer_tui.domain.rates import Rates
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens import section
from freelancer_tui.tui.widgets import brief_text, links, project_archive, project_brief
from freelancer_tui.tui.widgets.brief_text import Row
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_person, a_project, usd
from tests.tui.desk import at
from tests.tui.scenes import board
from tests.tui.shell import NARROW, opened
from tests.tui.town import MAKASSAR, a_workspace, learn

CLOCK = Clock(lambda: NOW, MAKASSAR)

RATES = tuple(
    Currency(number, code, code, "", Decimal(rate))
    for number, (code, rate) in enumerate(
        (("USD", "1"), ("AUD", "0.65"), ("EUR", "1.1"), ("IDR", "0.00006"))
    )
)


def texts(rows: list[Row]) -> list[str]:
    return ["".join(text for text, _tone in row.line) for row in rows]


async def test_columns_are_chosen_and_come_back(town: Workspace) -> None:
    learn(town, *RATES)
    async with opened(town, (210, 40)) as shell:
        assert shell.sees("≈ USD")
        assert shell.sees("Country")
        await shell.press("c", "j", "j", "space", "j", "j", "j", "j", "enter", "escape")
        assert not shell.sees("≈ USD")
        assert not shell.sees("Country")
        assert shell.table.has_focus
    async with opened(town, (210, 40)) as shell:
        assert not shell.sees("Country")
        assert shell.sees("Skills")


async def test_the_order_is_a_word_in_the_search(town: Workspace) -> None:
    learn(town, *RATES)
    async with opened(town) as shell:
        assert shell.sees("▾Age")
        await shell.press("S")
        await shell.pilot.pause(0.06)
        await shell.settle()
        assert shell.app.section.query_one(SearchField).value == "sort:budget"
        assert shell.sees("▾Budget")
        assert "Highest budget first" in shell.bottom
        assert shell.sees("EUR 1,500–4,500")
        await shell.press("R")
        await shell.pilot.pause(0.06)
        await shell.settle()
        assert shell.sees("▴Budget")
        assert "Lowest budget first" in shell.bottom


async def test_links_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    followed = []

    async def note(url: str, _suspend: object) -> bool:
        followed.append(url)
        return True

    monkeypatch.setattr(section, "open_link", note)
    workspace = a_workspace(
        tmp_path,
        a_project(1, status="closed", posted_at=NOW - timedelta(days=90)),
        a_project(2, description="See www.example.org/menu, please.", url="https://x.example/2"),
    )
    async with opened(workspace, NARROW) as shell:
        assert shell.job == 2
        await shell.press("enter", "right_square_bracket", "enter", "right_square_bracket", "enter")
        assert followed == ["https://www.example.org/menu", "https://x.example/2"]
        assert shell.sees("The same client posted nearly the same before")
        await shell.press("right_square_bracket", "enter")
        assert shell.detail.view is not None
        assert shell.detail.view.project.remote_id == 1
        assert shell.job == 1
        await shell.press("escape")
        assert shell.detail.has_focus
        assert shell.job == 2
        await shell.press("escape")
        assert shell.table.has_focus
    workspace.close()


@pytest.mark.parametrize("width", [12, 20, 44])
def test_addresses_stay_whole_over_lines(width: int) -> None:
    text = "Look (https://example.org/a?b=c&d=1), or WWW.Example.com/path.\n\nhttp://x.yz…"
    rows = list(brief_text.rows(text, width))
    targets = list(dict.fromkeys(target for row in rows for target in row.targets))
    assert targets == [
        "https://example.org/a?b=c&d=1", "https://WWW.Example.com/path", "http://x.yz",
    ]  # fmt: skip
    assert all(cell_len(line) <= width for line in texts(rows))
    assert "".join("".join(texts(rows)).split()) == "".join(text.split())


def test_a_quote_stands_out_and_a_cell_leads_to_its_link() -> None:
    text = "Send 2 sample pages first.\nMail me at https://t.me/abc now"
    start = text.index("sample")
    rows = list(brief_text.rows(text, 40, [(start, start + 12)]))
    assert ("sample pages", "warn") in rows[0].line
    link = links.at(rows, 1, 14)
    assert link is not None
    assert link.target == "https://t.me/abc"
    assert links.at(rows, 1, 2) is None
    assert links.beside(rows, None, 0, 1) == link
    assert links.beside(rows, link, 0, 1) == link


@pytest.mark.parametrize(
    ("kind", "was", "now", "words"),
    [
        ("budget", "fixed USD 10000 50000", "hourly USD 2000 -",
         "The budget changed from USD 100–500 to USD 20+ an hour"),
        ("title", "Old <b>name</b>", "New", "The title changed; before: Old <b>name</b>"),
        ("text", "120", "80", "The text changed: 120 words before, 80 now"),
        ("status", "closed", "open", "Open again"),
        ("status", "open", "awarded", "Awarded"),
        ("status", "open", "removed", "Removed on the marketplace"),
    ],
)  # fmt: skip
def test_what_became_of_a_job_is_told(kind: HappeningKind, was: str, now: str, words: str) -> None:
    dossier = Dossier(happenings=(Happening(kind, was, now, NOW),))
    told = texts(list(project_archive.rows(a_project(), dossier, CLOCK, 90)))
    assert told[2] == f"Tue 24 Nov 2026   {words}"
    assert told[3].endswith("Posted")


def test_jobs_seen_before_tell_their_outcome() -> None:
    before = Similar(
        7, "Batik shop", "closed", Budget("USD", usd("100"), usd("500")), "fixed", NOW, 0.5,
        same_client=True, bid_status="rejected",
    )  # fmt: skip
    rows = list(project_archive.rows(a_project(), Dossier(similar=(before,)), CLOCK, 90))
    assert texts(rows)[2:] == [
        "Batik shop",
        "  Tue 24 Nov 2026 · Closed · you bid and lost · USD 100–500 · the same client",
    ]
    assert rows[2].targets == (7,)


def test_the_client_and_their_day_beside_ones_own() -> None:
    client = a_person(
        country="Germany", country_code="DE", city="Kiel", timezone="", payment_verified=True,
        identity_verified=False, registered_at=NOW - timedelta(days=3),
        employer_reputation=Reputation(
            Decimal("4.5"), 2, axes=(("communication", Decimal("4.25")), ("quality", Decimal(5)))
        ),
    )  # fmt: skip
    dossier = Dossier(
        own="IDR", rates=Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0000613")}),
        hours=WorkingHours.read("13-21"),
    )  # fmt: skip
    job = a_project(bid_count=4, bid_average=usd("501"))
    view = ProjectView(job, client, note="Ask about photographs")
    told = "\n".join(texts(list(project_brief.head(view, dossier, CLOCK, 90))))
    for words in (
        "Note      Ask about photographs",
        "≈ IDR 1,630,000–8,160,000, at the rate of Tue 24 Nov 2026",
        "4 · on average USD 501 · above the budget",
        "★ 4.5, 2 reviews",
        "communication 4.2",
        "payment · not identity",
        "Kiel, Germany · member for 3 d",
        "10:30 · 7 h behind you",
        "0 ·············▒▒▒█████░░░ 24",
        "█ 5 h in common, your 16:00 on",
    ):
        assert words in told
    nowhere = replace(client, country_code="US")
    told = "\n".join(texts(list(project_brief.head(ProjectView(job, nowhere), dossier, CLOCK, 90))))
    assert "their time zone is not known" in told
    assert "5.0" not in told


async def test_a_notice_that_is_late_overwrites_nothing(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        notice = shell.app.section.query_one(Notice)
        notice.tell(("It is broken.",))
        notice._wait()
        assert notice.words == ("It is broken.",)


async def test_a_job_that_a_brief_leads_to_opens_among_the_jobs(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        user.host.section.post_message(ProjectDetail.Followed(7))
        await user.settle()
        assert user.host.wished == [("jobs", 7)]
