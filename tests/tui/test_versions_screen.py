"""Versions: what a text said before is seen, restored, and left again, from where it is written."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from freelancer_tui import i18n
from freelancer_tui.domain.drafts import reply_subject
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.errors import StoreError
from freelancer_tui.services.history import History
from freelancer_tui.store.cache import facts
from freelancer_tui.tui.screens.versions import VersionsScreen
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_page, a_proposal, a_thread, usd
from tests.tui.desk import Desk, Host, User, at
from tests.tui.scenes import jobs
from tests.tui.shell import opened

FIRST = (
    "Good day! I roast coffee myself and have built shops for two roasters in Bandung. I would "
    "begin with a page for your phones, then the prices, then the story of the farms."
)
SECOND = FIRST.replace("Good day! ", "").replace("two roasters", "three roasters")
THIRD = SECOND + "\n\nI can start on Monday and show a first draft on Friday."
THREAD = 40


def written(desk: Desk) -> None:
    """Let a proposal have been written on three days."""
    jobs(desk)
    desk.lay_in(
        a_proposal("p1", project_remote_id=2, text="", currency="USD", price=None, days=None)
    )
    for days, price, text in ((2, "300", FIRST), (1, "300", SECOND), (0, "250", THIRD)):
        desk.now = NOW - timedelta(days=days, minutes=7)
        desk.proposals.save("p1", text=text, price=usd(price), days=7)
    desk.now = NOW


def fresh(desk: Desk) -> None:
    """Let nothing have been written."""
    jobs(desk)
    desk.lay_in(a_proposal("p1", project_remote_id=2, text="", price=None, days=None))


def replied(desk: Desk) -> None:
    """Let a reply have been written twice."""
    jobs(desk)
    desk.keep(Feed("threads"), a_thread(THREAD))
    desk.now = NOW - timedelta(hours=2)
    desk.messages.keep_draft(THREAD, "Friday is fine.")
    desk.now = NOW
    desk.messages.keep_draft(THREAD, "Thursday is fine.")


def thrown_away(desk: Desk) -> None:
    """Let two drafts have been thrown away."""
    written(desk)
    desk.lay_in(a_proposal("p2", project_remote_id=3, text="The catalogue, page by page."))
    for proposal_id in ("p1", "p2"):
        desk.now += timedelta(minutes=5)
        desk.proposals.discard(proposal_id)


async def go(user: User, target: str) -> VersionsScreen:
    section = user.host.section
    assert isinstance(section, VersionsScreen)
    await section.open(target)
    await user.settle()
    return section


async def test_the_words_under_the_cursor_are_marked_against_what_stands_there(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "versions", written) as user:
        await go(user, "p1")
        assert user.sees("Translate a product catalogue")
        assert user.sees("31 words")
        assert user.sees("USD [-250] [+300]")
        assert not user.sees("[+Good day!]")
        await user.press("j")
        assert user.sees("[+Good day!]")
        assert user.sees("[-three] [+two]")


async def test_enter_restores_and_once_more_takes_it_back(tmp_path: Path) -> None:
    async with at(tmp_path, "versions", written, (80, 24)) as user:
        section = await go(user, "p1")
        await user.press("j", "enter")
        assert user.desk.proposals.show("p1").proposal.text == FIRST
        assert "What stood there is kept too" in user.told()
        assert user.sees("[This is what stands there now]")
        await user.press("enter")
        assert user.told() == "This is what stands there now."
        await user.press("g")
        assert section.kept.version is not None
        assert section.kept.version.said.text == THIRD
        await user.press("enter", "escape")
        kept = user.desk.proposals.show("p1").proposal
        assert (kept.text, kept.price) == (THIRD, usd("250"))
        assert user.host.wished == [("proposals", "p1")]


async def test_nothing_kept_is_said_and_restores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(History, "restore", None)
    async with at(tmp_path, "versions", fresh, (80, 24)) as user:
        assert user.sees("Opening what was written before…")
        section = await go(user, "p1")
        assert user.sees("No earlier version is kept yet")
        await user.press("enter")
        section.kept.action_choose()
        await user.settle()
        await user.press("escape")
        assert user.host.wished == [("proposals", "p1")]


async def test_what_cannot_be_read_or_restored_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise StoreError("The disk is full.")

    async with at(tmp_path, "versions", written) as user:
        await go(user, "p1")
        with monkeypatch.context() as patch:
            patch.setattr(History, "restore", full)
            await user.press("enter")
        assert user.told() == "The disk is full."
        await go(user, "nothing")
        assert user.sees("There is no proposal nothing here.")
        assert user.sees("Esc goes back.")
        assert not user.sees("freelancer-tui ")
        monkeypatch.setattr(History, "of", full)
        await go(user, "p1")
        assert user.sees("What was written before cannot be read now")
        assert user.sees("The disk is full.")
        await user.press("enter", "escape")
        assert user.host.wished == [("proposals", None)]


async def test_a_plan_of_milestones_comes_back_with_its_version(tmp_path: Path) -> None:
    async with at(tmp_path, "versions", written) as user:
        user.desk.proposals.save("p1", plan="100 First draft", replaces=True)
        user.desk.proposals.save("p1", plan="100 Two drafts", replaces=True)
        await go(user, "p1")
        assert user.sees("100 [-Two drafts] [+First draft]")
        await user.press("enter")
        assert user.desk.proposals.show("p1").proposal.plan == "100 First draft"


async def test_what_is_on_its_way_can_be_read_and_says_why_it_stays(tmp_path: Path) -> None:
    async with at(tmp_path, "versions", written) as user:
        user.desk.proposals.submit("p1")
        await go(user, "p1")
        await user.press("G", "enter")
        assert "Take it back first" in user.told()
        assert user.desk.proposals.show("p1").proposal.text == THIRD


async def test_a_draft_that_was_thrown_away_comes_back_opened(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", thrown_away) as user:
        await user.press("f8")
        assert user.host.wished == [("versions", "discarded")]
    async with at(tmp_path / "b", "versions", thrown_away) as user:
        await go(user, "discarded")
        assert user.sees("Drafts thrown away")
        assert user.sees("The catalogue, page by page.")
        await user.press("j", "enter")
        assert user.host.wished == [("proposals", "p1")]
        assert user.desk.proposals.show("p1").proposal.text == THIRD
        user.host.section.reload()
        await user.settle()
        await user.press("enter")
        user.host.section.reload()
        await user.settle()
        assert user.sees("No draft was thrown away")
        await user.press("escape")
        assert user.host.wished[-1] == ("proposals", None)


async def test_in_the_program_it_opens_from_both_and_leads_back_to_the_writing(
    town: Workspace,
) -> None:
    draft = town.proposals.draft(60)
    with town.cache.transaction() as connection:
        facts.store(connection, Feed("threads"), a_page(a_thread(THREAD)))
    for text in (FIRST, ""):
        town.proposals.save(draft.id, text=text)
        town.messages.keep_draft(THREAD, text[:9])
    async with opened(town) as shell:
        await shell.press("2", "enter", "f8")
        assert shell.app.section.NAME == "versions"
        assert shell.sees("[+Good day!")
        await shell.press("enter", "escape")
        assert shell.app.section.NAME == "proposals"
        assert shell.sees("have built shops for two")
        await shell.press("escape", "3", "enter", "f8")
        assert shell.app.section.NAME == "versions"
        assert shell.sees("[+Good day!]")
        await shell.press("enter", "escape")
        assert shell.app.section.NAME == "messages"
        assert shell.app.focused is not None
        await shell.press("!")
        assert shell.sees("Good day!!")
    assert town.messages.draft(THREAD) == "Good day!!"
    assert town.history.of(reply_subject(THREAD)).present is not None


SCENES = {
    "versions": (written, "p1"),
    "none": (fresh, "p1"),
    "thrown-away": (thrown_away, "discarded"),
}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_versions_look_as_they_did(
    size: tuple[int, int], language: str, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    assert _compare("versions", size, language, tmp_path, snap_compare)


@pytest.mark.parametrize("scene", ["none", "thrown-away"])
def test_the_others_look_as_they_did(
    scene: str, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    assert _compare(scene, (80, 24), "en", tmp_path, snap_compare)


def _compare(
    scene: str, size: tuple[int, int], language: str, folder: Path, compare: Callable[..., bool]
) -> bool:
    desk = Desk(folder / "account")
    fill, target = SCENES[scene]
    fill(desk)

    async def act(pilot: Pilot[None]) -> None:
        user = User(pilot, desk)
        await user.settle()
        await go(user, target)
        if scene == "versions":
            await user.press("j")

    i18n.use(language)
    try:
        return compare(Host(desk.build("versions")), terminal_size=size, run_before=act)
    finally:
        i18n.use("en")
        desk.close()
