"""The dispute pack from the shell: a folder, said in a line or as JSON, or a sentence."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from tests.cli.shell import Shell
from tests.cli.test_hostile_talk import said
from tests.factories import a_page, a_person, a_profile, a_project, a_thread
from tests.hostile import UNSAFE


@pytest.fixture
def town(shell: Shell) -> Shell:
    """A shell with a job, and a conversation in which a stranger said the worst."""
    shell.sign_in("http://127.0.0.1:9", "none")
    assert shell.ok("messages", "threads") == []
    with closing(CacheDatabase(shell.folder())) as cache, cache.transaction() as connection:
        facts.store(connection, Feed("self"), a_page(a_profile()))
        facts.store(connection, Feed("projects"), a_page(a_project(), a_person()))
        facts.store(connection, Feed("threads"), a_page(a_thread(30)))
        short = [one for one in said() if len(one.text) < 5_000]
        facts.store(connection, Feed("messages", "30"), a_page(*short))
    return shell


def test_a_pack_is_written_offline_and_told(town: Shell, tmp_path: Path) -> None:
    made = town.ok("messages", "pack", 30, tmp_path / "out", "--lang", "id")
    folder = Path(made["folder"])
    assert sorted(made["files"]) == sorted(one.name for one in folder.iterdir())
    assert (made["messages"] > 30, made["files_lacking"], made["pdf_missing"]) == (True, 0, None)
    document = json.loads((folder / "dispute.json").read_text())
    assert len(document["messages"]) == made["messages"]
    assert "Percakapan" in (folder / "dispute.txt").read_text()
    again = town("messages", "pack", 1, tmp_path / "out", "--job")
    assert again.code == 0
    assert f"{folder}-2" in again.out
    assert not UNSAFE.search(again.out)


def test_what_cannot_be_packed_is_a_sentence(town: Shell, tmp_path: Path) -> None:
    assert town("messages", "pack", 31, tmp_path).code == 6
    assert town("messages", "pack", 9, tmp_path, "--job").code == 6
    taken = tmp_path / "taken"
    taken.write_text("mine")
    refused = town("messages", "pack", 30, taken, "--json")
    assert (refused.code, refused.error["code"]) == (2, "file")
    assert taken.read_text() == "mine"
