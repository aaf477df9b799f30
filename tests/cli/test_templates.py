"""Templates from the shell: in from files, put into a draft, out again."""

from pathlib import Path

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Profile
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import open_workspace
from tests.cli.shell import LETTER, Shell
from tests.factories import ME, a_page, a_person, a_project

TEXT = "{greeting} {client}, {title} for {price} in {days} days. {prices} " + LETTER


def known(shell: Shell, folder: Path) -> Path:
    """Let one job be known offline, and lay a template and a snippet into a folder."""
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    assert shell("jobs", "search").code == 0
    account = Account("env", "http://127.0.0.1:9", "environment")
    workspace = open_workspace(Settings(Places.under(shell.home), accounts=(account,)))
    for feed, fact in (
        ("self", Profile(a_person(ME))),
        ("projects", a_person()),
        ("projects", a_project(language="en")),
    ):
        with workspace.cache.transaction() as connection:
            facts.store(connection, Feed(feed), a_page(fact))  # type: ignore[arg-type]
    workspace.close()
    files = folder / "files"
    files.mkdir()
    (files / "shop.en.md").write_text(f"---\nname: Web shop\n---\n{TEXT}\n")
    (files / "ps.txt").write_text("---\nkind: snippet\nlanguage: id\n---\nTerima kasih\n")
    return files


def test_templates_from_files_into_a_draft_and_out_again(shell: Shell, tmp_path: Path) -> None:
    files = known(shell, tmp_path)
    assert "freelancer-tui templates import" in shell("templates", "list").out
    assert shell.ok("templates", "import", files) == {"changed": 2, "same": 0, "refused": []}
    shop, ps = shell.ok("templates", "list")
    assert (shop["name"], shop["kind"], list(shop["texts"])) == ("Web shop", "template", ["en"])
    assert (ps["name"], ps["kind"], ps["texts"]) == ("ps", "snippet", {"id": "Terima kasih"})
    made = shell.ok(
        "proposals", "draft", 1, "--amount", 250, "--days", 7, "--template", "web SHOP"
    )  # fmt: skip
    assert made["text"].startswith("Good ")
    assert "Person 900, Build a web shop for USD 250 in 7 days. {prices} I have" in made["text"]
    assert (made["template"], made["holes"]) == ({"id": shop["id"], "name": "Web shop"}, ["prices"])
    refused = shell("proposals", "submit", made["id"], "--json")
    assert refused.code == 2
    assert "{prices}" in refused.error["message"]
    assert shell.ok("templates", "remove", "Web shop")["id"] == shop["id"]
    assert shell.ok("proposals", "show", made["id"])["template"]["name"] == "Web shop"
    out = shell.ok("templates", "export", tmp_path / "out")["files"]
    assert [Path(path).name for path in out] == ["snippet-ps.id.md"]
    assert "Terima kasih" in shell("templates", "show", "ps").out


def test_what_is_not_there_or_meant_twice_is_said(shell: Shell, tmp_path: Path) -> None:
    known(shell, tmp_path)
    words = ("proposals", "draft", 1, "--amount", 250, "--days", 7)
    assert shell(*words, "--template", "nothing").code == 6
    assert shell.ok("proposals", "list") == []
    assert shell(*words, "--template", "x", "--text-file", "-", text="hi").code == 2
    assert shell("templates", "import", tmp_path / "nowhere").code == 2
