"""Templates: choosing one for a proposal, and writing them; all through the keys."""

from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.templates import Template
from freelancer_tui.tui.screens.proposals import ProposalsScreen
from freelancer_tui.tui.screens.templates import TemplatesScreen
from freelancer_tui.workspace import Workspace
from tests.factories import a_person, a_project, a_proposal
from tests.tui.desk import Desk, User, at
from tests.tui.shell import opened

SHOP = "{greeting} {client}, about {title}: {prices}"


def some(desk: Desk) -> None:
    """Let there be a draft, two templates and a snippet."""
    desk.keep(Feed("projects"), a_project(language="id"))
    desk.keep(Feed("projects"), a_person(display_name="Sari Lestari"))
    desk.lay_in(a_proposal(text="One\nTwo"))
    for kind, name, english, indonesian in (
        ("template", "Shop", SHOP, "{greeting} {client}: {title}"),
        ("template", "Logo", "Hello", ""),
        ("snippet", "Rates", "for {price}", ""),
    ):
        fresh = desk.aids.templates.begin(kind, name)  # type: ignore[arg-type]
        desk.aids.templates.save(replace(fresh, english=english, indonesian=indonesian))


def screen(user: User) -> TemplatesScreen:
    section = user.host.section
    assert isinstance(section, TemplatesScreen)
    return section


async def choosing(user: User, proposal_id: str = "p1") -> None:
    await screen(user).open(proposal_id)
    await user.settle()


async def test_the_preview_is_filled_in_the_jobs_language_and_enter_puts_it_in(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "templates", some, (80, 24)) as user:
        await choosing(user)
        assert user.sees("Hello")  # Logo has no Indonesian words
        await user.press("j")
        assert user.sees("Selamat sore Sari Lestari: Build a web shop")
        await user.press("l")
        assert user.sees("Good afternoon Sari Lestari, about Build a web shop: {prices}")
        assert user.reads("#holes") == "! not known: {prices}"
        user.desk.proposals.versions.keep_place("p1", Place(0, 0, 0))
        await user.press("enter")
        kept = user.desk.proposals.show("p1").proposal
        assert kept.text == (
            "Good afternoon Sari Lestari, about Build a web shop: {prices}One\nTwo"
        )
        assert (kept.template_name, kept.holes) == ("Shop", ("prices",))
        assert user.host.wished == [("proposals", "p1")]


async def test_f2_leads_there_and_what_was_put_in_stands_at_the_cursor(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", some) as user:
        await user.press("f2")
        await user.press("enter")
        section = user.host.section
        assert isinstance(section, ProposalsScreen)
        section.sheet.editor.writing.focus()
        section.sheet.editor.writing.move_cursor((0, 3))
        await user.press("f2")
        assert user.host.wished == [("templates", ""), ("templates", "p1")]
        assert await section.flush()
        templates = user.desk.aids.templates
        at_cursor = user.desk.proposals.versions.place("p1")
        templates.put_in("p1", templates.find("Rates"), "en", at_cursor)
        await section.open("p1")
        await user.settle()
        writing = section.sheet.editor.writing
        assert writing.text == "Onefor USD 250\nTwo"
        assert writing.cursor_location == (0, 14)


async def test_a_template_is_written_saved_as_typed_deleted_and_brought_back(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "templates", lambda desk: None) as user:
        assert user.sees("No templates yet")
        await user.press("n")
        name = screen(user).query_one("#name", Input)
        assert (name.value, name.has_focus) == ("New template", True)
        await user.press(*"Menu", "enter")
        assert name.value == "Menu"
        screen(user).form.writing.insert("Hi {me}")
        await user.settle()
        assert user.reads("#holes") == ""
        screen(user).form.writing.insert(" {title}{tilte}")
        await user.settle()
        assert user.reads("#holes") == "! not known: {tilte}"  # no job is open: a title is no slip
        screen(user).form.writing.put("Hi {me}")
        await user.press("f5")
        screen(user).form.writing.insert("Halo {me}")
        await user.press("tab", "tab", "tab")  # past the name and the text, but into no list
        assert screen(user).form.is_writing
        assert not screen(user).choice.has_focus
        await user.press("escape")
        (kept,) = user.desk.aids.templates.all()
        assert (kept.name, kept.english, kept.indonesian) == ("Menu", "Hi {me}", "Halo {me}")
        assert user.sees("Halo Person 700")
        await user.press("x")
        assert user.desk.aids.templates.all() == []
        await user.press("u")
        assert user.desk.aids.templates.all() == [kept]
        for key in ("enter", "escape", "escape"):
            await user.press(key)
        assert user.host.wished == [("proposals", None)]


async def test_a_proposal_thrown_away_meanwhile_leaves_only_the_changing(tmp_path: Path) -> None:
    async with at(tmp_path, "templates", some) as user:
        user.desk.proposals.discard("p1")
        await choosing(user)
        await user.press("enter")
        assert screen(user).form.is_writing


async def test_what_is_known_later_is_filled_in_at_the_first_submit(tmp_path: Path) -> None:
    def begun(desk: Desk) -> None:
        some(desk)
        desk.lay_in(a_proposal(text="", price=None, days=7))
        words = "I can do it for {price} in {days} days, and begin on Monday, {greting}. " * 2
        desk.aids.templates.put_in("p1", Template("t", "Shop", english=words), "en")

    async with at(tmp_path, "proposals", begun) as user:
        await user.press("enter")
        section = user.host.section
        assert isinstance(section, ProposalsScreen)
        section.sheet.editor.price.put("250")
        await user.press("ctrl+s")
        assert user.told() == "Filled in: {price}. Read it once more, then submit."
        assert section.sheet.editor.writing.text.startswith("I can do it for USD 250 in 7 days")
        await user.press("ctrl+s")
        assert user.sees("○ Fill in or take out: {greting}")
        assert user.desk.proposals.show("p1").standing == "draft"


async def test_there_and_back_through_the_whole_program(town: Workspace) -> None:
    shop = town.templates.begin("template", "Shop")
    town.templates.save(replace(shop, english="Hello {client}.", indonesian="Halo {client}."))
    async with opened(town) as shell:
        await shell.press("d")
        assert await shell.comes_to_see("○ Draft")
        section = shell.app.section
        assert isinstance(section, ProposalsScreen)
        section.sheet.editor.writing.focus()
        section.sheet.editor.writing.insert("[]")
        section.sheet.editor.writing.move_cursor((0, 1))
        await shell.press("f2")
        assert await shell.comes_to_see("Enter puts it in where")
        await shell.press("enter")
        assert await shell.comes_to_see("[Hello Mira Halim.]")
        writing = section.sheet.editor.writing
        assert (writing.has_focus, writing.cursor_location) == (True, (0, 18))
        await shell.press("exclamation_mark")
        assert await section.flush()
        (view,) = town.proposals.board()
        assert view.proposal.text == "[Hello Mira Halim.!]"
        assert (view.proposal.template_name, view.conflict) == ("Shop", None)
