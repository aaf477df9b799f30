"""Places: who comes back to a text goes on where they were, also after a restart."""

from pathlib import Path

from textual.app import App, ComposeResult

from freelancer_tui.domain.drafts import Place, reply_subject
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.tui.widgets.writing import Writing
from tests.factories import a_proposal, a_thread
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import jobs

TEXT = "\n".join(f"line {number} of a long text" for number in range(60))


def draft(desk: Desk) -> None:
    jobs(desk)
    desk.lay_in(a_proposal("p1", project_remote_id=1, currency="IDR", text=TEXT))


def nothing(desk: Desk) -> None:
    """Sit down again."""


def conversation(desk: Desk) -> None:
    jobs(desk)
    desk.keep(Feed("threads"), a_thread(40))
    desk.messages.keep_draft(40, TEXT)


async def to_the_text(user: User, selector: str) -> Writing:
    writing = user.host.section.query_one(selector, Writing)
    writing.focus()
    await user.settle()
    return writing


async def test_a_proposal_is_gone_on_with_where_it_was_left(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", draft, (80, 24)) as user:
        await user.press("enter")
        writing = await to_the_text(user, "#text")
        writing.move_cursor((40, 4))
        writing.scroll_to(y=35, animate=False, immediate=True)
        await user.type("x")
        top = round(writing.scroll_y)
        await user.press("escape")
        assert user.desk.proposals.versions.place("p1") == Place(40, 5, top)
    async with at(tmp_path, "proposals", nothing, (80, 24)) as user:
        await user.press("enter")
        writing = await to_the_text(user, "#text")
        assert writing.cursor_location == (40, 5)
        assert round(writing.scroll_y) == top


async def test_moving_alone_is_remembered_too(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", draft) as user:
        await user.press("enter")
        writing = await to_the_text(user, "#text")
        writing.move_cursor((7, 2))
        await user.save()
        assert user.desk.proposals.versions.place("p1") == Place(7, 2, round(writing.scroll_y))


async def test_a_text_that_became_shorter_elsewhere_still_opens(tmp_path: Path) -> None:
    def shorter(desk: Desk) -> None:
        draft(desk)
        desk.proposals.versions.keep_place("p1", Place(50, 20, 45))
        desk.proposals.save("p1", text="one\nab")

    async with at(tmp_path, "proposals", shorter) as user:
        await user.press("enter")
        writing = await to_the_text(user, "#text")
        assert writing.cursor_location == (1, 2)


async def test_a_reply_is_gone_on_with_where_it_was_left(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", conversation) as user:
        await user.press("enter", "c")
        writing = await to_the_text(user, "#reply")
        writing.move_cursor((12, 3))
        await user.type("x")
        await user.save()
        place = user.desk.messages.versions.place(reply_subject(40))
        assert place is not None
        assert (place.line, place.letter) == (12, 4)
    async with at(tmp_path, "messages", nothing) as user:
        await user.press("enter", "c")
        writing = await to_the_text(user, "#reply")
        assert writing.cursor_location == (12, 4)


async def test_a_discarded_draft_comes_back_by_key_after_a_restart(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", draft) as user:
        await user.press("x")
        assert user.desk.proposals.board() == []
    async with at(tmp_path, "proposals", nothing) as user:
        await user.press("u")
        assert user.desk.proposals.show("p1").proposal.text == TEXT


async def test_the_cursor_stays_in_view_when_lines_below_take_room_from_the_text(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "proposals", draft, (120, 60)) as user:
        await user.press("enter")
        writing = await to_the_text(user, "#text")
        writing.move_cursor(writing.document.end)
        await user.settle()
        assert user.sees("line 59 of a long text")
        await user.pilot.resize_terminal(120, 40)
        await user.settle()
        assert user.sees("line 59 of a long text")


class Narrow(App[None]):
    """Has no room for what is written."""

    def compose(self) -> ComposeResult:
        yield Writing(placeholder="Write here.")


async def test_a_hint_without_any_room_is_no_fault() -> None:
    async with Narrow().run_test(size=(2, 3)) as pilot:
        await pilot.resize_terminal(40, 3)
        await pilot.pause()
        assert "rite" in pilot.app.export_screenshot()  # the cursor stands on the first letter
