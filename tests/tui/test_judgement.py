"""The match and the flags in the detail: in any width and language, folded and not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from freelancer_tui import i18n
from freelancer_tui.domain import flags, match
from freelancer_tui.domain.flags import Circumstances, Flag
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.match import Me
from freelancer_tui.settings.judging import read_rules, read_weighing
from freelancer_tui.tui.widgets import judgement as widget
from freelancer_tui.workspace import Workspace
from tests.domain.test_match import JOB, ME, UNKNOWN
from tests.factories import NOW, a_project
from tests.tui.shell import NARROW, opened
from tests.tui.town import a_client, a_workspace, learn

NOWHERE = Path("nowhere")
TEXT = "Nice work. Contact me on WhatsApp, we pay you directly and avoid the fees.\nThank you"


def found(text: str = TEXT, known: bool = True) -> Judgement:
    """Judge a job of ours: with all that can be known of it, or with nothing."""
    around = Circumstances(NOW, payment_verified=False, client_since=NOW, client_reviews=0,
                           earlier=(7, NOW - timedelta(days=2)))  # fmt: skip
    job = a_project(description=text)
    told = flags.flags(job, around if known else Circumstances(NOW), read_rules(NOWHERE))
    me = ME if known else Me(NOW, read_weighing(NOWHERE))
    return Judgement(match.match(JOB if known else UNKNOWN, me), told)


def told(judgement: Judgement, width: int = 78, *, folded: bool = False) -> list[str]:
    rows = widget.lines(judgement, width, folded=folded)
    return ["".join(text for text, _tone in row).rstrip() for row in rows]


def test_every_point_has_its_reason_and_they_add_up() -> None:
    rows = told(found())
    assert rows[0].startswith("Match 61 · payment outside, contact elsewhere, ")
    points = [row for row in rows if row.lstrip().startswith("+")]
    assert sum(int(row.split()[0]) for row in points) == 61
    assert " +15  skills in common: Django (1 of 2)" in rows
    assert "  +9  up to USD 200; your usual price is USD 400" in rows
    assert "  +3  2 working hours a day in common" in rows
    assert "  +6  1 of 4 bids won with Django" in rows


def test_what_is_not_known_is_said() -> None:
    rows = told(found("A fair job.", known=False))
    assert rows[0] == "Match 16"
    assert "   –  skills in common: not known" in rows
    assert sum("not known" in row for row in rows) == 9


def test_folded_the_score_is_one_line_and_flags_stay() -> None:
    rows = told(found(), folded=True)
    assert not any(row.lstrip().startswith("+") for row in rows)
    assert "! Wants to pay past the marketplace, which then protects neither of you." in rows
    assert "  “Contact me on WhatsApp”" in rows
    assert "! Joined today and has no reviews yet." in rows
    assert "! The same words were posted on Sun 22 Nov 2026 as job 7." in rows
    assert told(found("A fair job.", known=False), folded=True) == ["Match 16", ""]
    assert list(widget.lines(None, 40, folded=False)) == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [12, 30, 46, 78, 130])
def test_no_line_is_too_wide(language: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "en")
    i18n.use(language)
    try:
        rows = [*told(found(), width), *told(found(known=False), width)]
    finally:
        i18n.use("en")
    if width >= 30:
        assert max(map(cell_len, rows)) <= width
    assert rows


def test_the_users_own_rule_speaks_for_itself() -> None:
    own = Flag("no_night", "danger", "Night work.", (flags.Quote("at\nnight", "text", 3, 11),))
    rows = told(replace(found(known=False), flags=(own,)), folded=True)
    assert rows == ["Match 16 · no night", "! Night work.", "  “at night”", ""]


def test_a_long_quote_is_told_to_its_end() -> None:
    rows = told(found("We pay you directly outside of the platform."), 30, folded=True)
    quote = " ".join(row.strip() for row in rows if not row.startswith("!"))
    assert "“pay you directly outside of the platform”" in quote


def test_quoted_words_are_told_by_place_and_never_twice() -> None:
    spans = widget.quoted(found())
    assert [TEXT[start:end] for start, end in spans] == [
        "Contact me on WhatsApp",
        "pay you directly",
        "avoid the fees",
    ]
    start, end = widget.quoted(found(), 20)[0]
    assert TEXT[20:][start:end] == TEXT[20:33]
    assert widget.quoted(None) == ()


@pytest.fixture
def shady(tmp_path: Path) -> Workspace:
    """A desk with one job that wants to lead elsewhere."""
    return a_workspace(tmp_path, a_client(), a_project(description=TEXT))


async def test_a_job_tells_its_match_and_a_key_tells_why(shady: Workspace) -> None:
    async with opened(shady, NARROW) as shell:
        await shell.press("enter")
        assert shell.sees("· payment outside, contact elsewhere")
        assert shell.sees("“Contact me on WhatsApp”")
        assert not shell.sees("not known")
        quoted = [text for row in shell.detail._lines for text, tone in row.line if tone == "warn"]
        assert "Contact me on WhatsApp" in quoted
        await shell.press("m")
        assert shell.sees("client rated 4.9 of 5")
        assert shell.sees("skills in common") or shell.sees("none of yours")
        await shell.press("m")
        assert not shell.sees("not known")


async def test_the_first_jobs_that_ever_come_are_judged(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    async with opened(workspace) as shell:
        learn(workspace, a_client(), a_project(1), a_project(2))
        shell.app.section.reload()
        await shell.settle()
        assert [row.score is not None for row in shell.table.rows] == [True, True]
    workspace.close()


async def test_a_mistake_in_the_users_rules_hides_no_job(shady: Workspace) -> None:
    config = shady.settings.places.config
    config.mkdir(parents=True, exist_ok=True)
    (config / "flags.toml").write_text('off = ["nobody"]')
    async with opened(shady, (240, 40)) as shell:  # the file's path comes before what is wrong
        assert shell.sees("Nice work.")
        assert not shell.sees("Match ·")
        assert await shell.comes_to_see("there is no rule nobody")
