"""Templates: kept, filled for an offer, and copied out and in as files."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.intents import PlaceBid
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Skill
from freelancer_tui.domain.template_files import Leaf, read, written
from freelancer_tui.domain.templates import KINDS, LANGUAGES, Language, Template
from freelancer_tui.domain.text import clean, one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.services.template_folder import copy_in, copy_out
from freelancer_tui.services.templates import Templates
from freelancer_tui.workspace import Workspace
from tests.services.desk import CLIENT, LONG, ME, a_project, lay, usd

NAMES = st.text(min_size=1).map(lambda text: one_line(text, 60)).filter(bool)
TEXTS = st.text().map(clean)


def a_template(workspace: Workspace, name: str = "Shop", **texts: str) -> Template:
    fresh = workspace.templates.begin("template", name)
    return workspace.templates.save(replace(fresh, **texts))  # type: ignore[arg-type]


def test_templates_are_listed_changed_thrown_away_and_brought_back(workspace: Workspace) -> None:
    templates = workspace.templates
    shop = a_template(workspace, english="Hello", indonesian="Halo")
    ps = templates.begin("snippet", " shop\n")
    assert [(one.kind, one.name) for one in templates.all()] == [
        ("template", "Shop"), ("snippet", "shop"),
    ]  # fmt: skip
    assert templates.begin("template", "SHOP").name == "SHOP 2"
    assert templates.find("sHOP").id == shop.id
    assert templates.find(ps.id) == ps
    templates.save(replace(shop, name="", english="Hi\x1b[31m there"))
    kept = templates.get(shop.id)
    assert (kept.name, kept.english, kept.indonesian) == ("Shop", "Hi there", "Halo")
    gone = templates.remove(shop.id)
    with pytest.raises(NotFound):
        templates.save(shop)
    templates.restore(gone)
    assert templates.get(shop.id) == gone
    with pytest.raises(NotAllowed):
        templates.begin("template", " ")


def test_an_offer_is_filled_from_the_job_the_client_and_the_profile(workspace: Workspace) -> None:
    skills = (Skill(8, "Design"), Skill(3, "Python"))
    lay(workspace, a_project(skills=skills, language="id"), Profile(ME, skills=(3,)))
    lay(workspace, Person(CLIENT.remote_id, "acme", "Acme Ltd", timezone="Asia/Makassar"))
    sheet = workspace.proposals.draft(100)
    text = "{greeting} {client}: {title}, {skills}, {price}, {days}. {me}, {country}"
    template = Template("t", "T", indonesian=text)
    found = workspace.templates.put_in(sheet.id, template, "id")
    assert found.text == workspace.proposals.show(sheet.id).proposal.text
    assert found.text == (
        "Selamat malam Acme Ltd: Shop backend in Python, Python dan Design, {price}, {days}. "
        "Made Wirawan, Australia"
    )
    assert found.holes == ("price", "days")
    assert workspace.templates.language_for(sheet.id) == "id"
    lay(workspace, Person(CLIENT.remote_id, "acme", timezone="../nowhere"))
    assert workspace.templates.facts(sheet.id).there is None
    assert workspace.templates.facts(None).me == "Made Wirawan"


def test_the_offer_keeps_the_name_of_its_template_and_no_hole_is_submitted(
    workspace: Workspace,
) -> None:
    shop = a_template(workspace, english=LONG + "{skil}")
    sheet = workspace.proposals.draft(100)
    workspace.templates.put_in(sheet.id, shop, "en")
    workspace.proposals.save(sheet.id, price=usd("400"), days=7)
    with pytest.raises(NotAllowed, match=r"\{skil\}"):
        workspace.proposals.submit(sheet.id)
    workspace.templates.remove(shop.id)
    workspace.proposals.save(sheet.id, text=LONG)
    kept = workspace.proposals.submit(sheet.id).proposal
    assert (kept.template_id, kept.template_name, kept.holes) == (shop.id, "Shop", ("skil",))


def test_a_snippet_goes_in_at_the_cursor_and_leaves_the_template_its_name(
    workspace: Workspace,
) -> None:
    sheet = workspace.proposals.draft(100)
    workspace.templates.put_in(sheet.id, Template("t", "Shop", english="Hello\nThanks"), "en")
    snippet = Template("s", "Rates", "snippet", english=" {client},\nnow ")
    workspace.templates.put_in(sheet.id, snippet, "en", Place(0, 5, 0))
    kept = workspace.proposals.show(sheet.id).proposal
    assert (kept.text, kept.template_name) == ("Hello Acme Ltd,\nnow \nThanks", "Shop")
    assert workspace.proposals.versions.place(sheet.id) == Place(1, 4, 0)
    assert workspace.history.of(sheet.id).versions[0].said.text == "Hello\nThanks"


def test_a_discarded_sheet_comes_back_with_its_template_and_its_plan(workspace: Workspace) -> None:
    sheet = workspace.proposals.draft(100)
    workspace.templates.put_in(sheet.id, Template("t", "Shop", english="{price}"), "en")
    workspace.proposals.save(sheet.id, plan="100 first\n300 rest")
    workspace.proposals.save(sheet.id, plan="400 all", replaces=True)
    workspace.proposals.restore(workspace.proposals.discard(sheet.id))
    kept = workspace.proposals.show(sheet.id).proposal
    assert (kept.template_name, kept.holes, kept.plan) == ("Shop", ("price",), "400 all")
    newest, older, *_rest = workspace.history.of(sheet.id).versions
    assert (newest.said.plan, older.said.plan) == ("400 all", "100 first\n300 rest")
    workspace.history.restore(sheet.id, older.number)
    assert workspace.proposals.show(sheet.id).proposal.plan == "100 first\n300 rest"


def test_the_first_milestones_share_travels_with_the_bid(workspace: Workspace) -> None:
    sheet = workspace.proposals.draft(100)
    workspace.proposals.save(
        sheet.id, text=LONG, price=usd("400"), days=7, plan="100 Design\nRest: 300"
    )
    entry = workspace.proposals.submit(sheet.id).entry
    assert entry is not None
    assert isinstance(entry.intent, PlaceBid)
    assert entry.intent.milestone_percentage == 25


@given(NAMES, st.sampled_from(KINDS), st.sampled_from(LANGUAGES), TEXTS)
def test_a_file_says_what_the_template_says(
    name: str, kind: str, language: Language, text: str
) -> None:
    template = Template("t", name, kind).saying(language, text)  # type: ignore[arg-type]
    leaf = Leaf(name, kind, language, text)  # type: ignore[arg-type]
    assert read(written(template, language), "other.txt") == leaf
    assert read(written(template, language).replace("\n", "\r\n"), "other.txt") == leaf


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.dictionaries(NAMES.map(str.casefold), st.tuples(TEXTS, TEXTS), max_size=4))
def test_templates_come_back_from_their_files(
    tmp_path_factory: pytest.TempPathFactory,
    workspace: Workspace,
    texts: dict[str, tuple[str, str]],
) -> None:
    found = [Template("", name, "snippet", *both) for name, both in texts.items()]
    found = [one for one in found if one.english or one.indonesian]
    folder = tmp_path_factory.mktemp("out")
    copy_out(found, folder)
    assert copy_in(workspace.templates, folder).refused == ()
    said = {one.name: (one.english, one.indonesian) for one in workspace.templates.all()}
    for one in found:
        english, indonesian = said[one.name]
        assert one.english in (english, "")
        assert one.indonesian in (indonesian, "")


def test_files_without_a_head_or_with_a_strange_one(workspace: Workspace, tmp_path: Path) -> None:
    a_template(workspace, english="Hello", indonesian="Halo")
    (tmp_path / "shop.id.md").write_text("Halo lagi\n")
    (tmp_path / "shop.en.TXT").write_text("Hello")
    (tmp_path / "bad.md").write_text("---\nname: X\nkind: letter\n---\nHi\n")
    (tmp_path / "latin.md").write_bytes(b"\xff\xfe")
    (tmp_path / "picture.png").write_bytes(b"png")
    taken = copy_in(workspace.templates, tmp_path)
    assert (taken.changed, taken.same, taken.refused) == (1, 0, ("bad.md", "latin.md"))
    assert workspace.templates.find("Shop").indonesian == "Halo lagi"
    assert copy_in(workspace.templates, tmp_path).same == 1
    with pytest.raises(NotAllowed):
        copy_in(workspace.templates, tmp_path / "nowhere")


def test_two_windows_on_one_template_lose_no_word(workspace: Workspace) -> None:
    here = workspace.templates
    there = Templates(
        workspace.cache, workspace.work, workspace.proposals, workspace.clock, workspace.mint
    )
    shop = a_template(workspace, english="Hello")
    here.save(replace(shop, english="Hello, I"))
    there.save(replace(here.get(shop.id), indonesian="Halo"))
    here.save(replace(shop, english="Hello, I can."))
    here.save(replace(shop, english="Hello, I can do it."))
    found = [(one.name, one.english, one.indonesian) for one in here.all()]
    assert found == [("Shop", "Hello, I can do it.", ""), ("Shop 2", "Hello, I", "Halo")]
