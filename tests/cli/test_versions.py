"""Versions from the shell: what a draft said before, thrown away, and brought back."""

from typing import Any

import pytest

from tests.cli.shell import LETTER, Shell
from tests.cli.test_odd import open_job

OTHER = "Quite other words, and many of them, than those that were written here before. " * 2


@pytest.fixture
def draft(synced: Shell) -> Any:
    """A draft that was written twice, for other money."""
    first = synced.draft(open_job(synced), "300")
    words = ("proposals", "edit", first["id"], "--amount", "450", "--text-file", "-")
    return synced.ok(*words, text=OTHER)


def test_versions_are_listed_for_people_and_for_programs(synced: Shell, draft: Any) -> None:
    [version] = synced.ok("proposals", "versions", draft["id"])
    assert set(version) == {"version", "made_at", "amount", "days", "text"}
    assert (version["text"], version["days"]) == (LETTER, 5)
    assert version["amount"] == {"amount": "300.00", "currency": "USD"}
    assert version["made_at"].endswith("Z")
    ran = synced("proposals", "versions", draft["id"])
    assert ran.code == 0
    assert f"{version['version']}  " in ran.out
    assert "36 words" in ran.out
    assert "USD 300" in ran.out
    fresh = synced.draft(open_job(synced), "250")
    assert synced.ok("proposals", "versions", fresh["id"]) == []
    assert synced("proposals", "versions", fresh["id"]).out == "No earlier version is kept yet.\n"


def test_a_version_is_restored_and_the_present_text_is_one_then(synced: Shell, draft: Any) -> None:
    [version] = synced.ok("proposals", "versions", draft["id"])
    restored = synced.ok("proposals", "restore", draft["id"], version["version"])
    assert (restored["text"], restored["days"]) == (LETTER, 5)
    assert restored["amount"] == {"amount": "300.00", "currency": "USD"}
    newest = synced.ok("proposals", "versions", draft["id"])[0]
    assert newest["text"] == draft["text"]
    ran = synced("proposals", "restore", draft["id"], newest["version"])
    assert ran.code == 0
    assert OTHER.strip() in ran.out


def test_what_cannot_be_restored_says_why(synced: Shell, draft: Any) -> None:
    wanted = ("proposals", "restore", draft["id"])
    ran = synced(*wanted, "--json")
    assert (ran.code, ran.error["code"]) == (2, "invalid")
    assert "say which version" in ran.error["message"]
    ran = synced(*wanted, 999, "--json")
    assert (ran.code, ran.error["code"]) == (6, "not_found")
    assert ran.error["hint"] == "See them with: freelancer-tui proposals versions ID"
    assert synced(*wanted, 0).code == 2
    for name in ("nothing", "reply:40", "reply:x"):
        for words in (("versions", name), ("restore", name, 1)):
            ran = synced("proposals", *words, "--json")
            assert (ran.code, ran.error["code"]) == (6, "not_found")
    [version] = synced.ok("proposals", "versions", draft["id"])
    synced.ok("proposals", "submit", draft["id"])
    ran = synced(*wanted, version["version"], "--json")
    assert (ran.code, ran.error["code"]) == (2, "invalid")
    assert synced.ok("proposals", "show", draft["id"])["text"] == draft["text"]


def test_a_draft_is_thrown_away_listed_and_brought_back(synced: Shell, draft: Any) -> None:
    assert synced("proposals", "list", "--discarded").out == "No draft was discarded.\n"
    gone = synced.ok("proposals", "discard", draft["id"])
    assert gone == {**draft, "state": "discarded", "title": None}
    assert synced.ok("proposals", "list", "--discarded") == [gone]
    assert draft["id"] not in [one["id"] for one in synced.ok("proposals", "list")]
    assert draft["id"] in synced("proposals", "list", "--discarded").out
    assert synced("proposals", "list", "--discarded", "--state", "draft").code == 2
    assert synced("proposals", "discard", draft["id"]).code == 6
    assert len(synced.ok("proposals", "versions", draft["id"])) == 2
    back = synced.ok("proposals", "restore", draft["id"])
    assert (back["state"], back["text"]) == ("draft", draft["text"])
    assert synced.ok("proposals", "list", "--discarded") == []
    ran = synced("proposals", "discard", draft["id"])
    assert ran.code == 0
    assert f"proposals restore {draft['id']}" in ran.out


def test_a_draft_comes_back_only_where_there_is_no_other(synced: Shell, draft: Any) -> None:
    [version] = synced.ok("proposals", "versions", draft["id"])
    synced.ok("proposals", "discard", draft["id"])
    other = synced.draft(draft["project_remote_id"], "275")
    ran = synced("proposals", "restore", draft["id"], version["version"], "--json")
    assert (ran.code, ran.error["code"]) == (2, "invalid")
    assert "another proposal" in ran.error["message"]
    assert [one["id"] for one in synced.ok("proposals", "list", "--discarded")] == [draft["id"]]
    synced.ok("proposals", "discard", other["id"])
    back = synced.ok("proposals", "restore", draft["id"], version["version"])
    assert back["text"] == LETTER
