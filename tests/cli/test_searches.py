"""Searches: saved, listed, renamed, removed and used from the command line."""

from typing import Any

import pytest

from freelancer_tui.sandbox.newcomers import Newcomers
from tests.cli.shell import Shell
from tests.sandbox.server import Sandbox
from tests.tui.town import a_town

FIELDS = {"id", "name", "query", "alert", "from_config", "found", "new", "waiting"}


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    """A shell over sixty jobs and a search in the config file."""
    a_town(shell.home).close()
    shell.sign_in("http://127.0.0.1:9", "token")
    accounts = shell.home / "data" / "accounts"
    found = list(accounts.iterdir())
    shell("searches", "list")
    fresh = next(one for one in accounts.iterdir() if one not in found)
    for file in found[0].iterdir():
        file.rename(fresh / file.name)
    config = shell.home / "config"
    config.mkdir(exist_ok=True)
    (config / "config.toml").write_text('[searches]\nLogos = "logo"\n')
    return shell


def names(shell: Shell) -> list[str]:
    return [row["name"] for row in shell.ok("searches", "list")]


def test_a_search_from_its_name_to_its_end(stocked: Shell) -> None:
    saved: dict[str, Any] = stocked.ok("searches", "save", "Shops", "woocommerce", "shop")
    assert set(saved) == FIELDS
    assert (saved["query"], saved["found"], saved["alert"]) == ("woocommerce shop", 4, "app")
    assert names(stocked) == ["Logos", "Shops"]
    (row, *_others) = stocked.ok("jobs", "search", "--saved", "shops")
    assert "WooCommerce" in row["title"]
    assert (row["new"], row["noted"]) == (False, False)
    assert stocked.ok("searches", "rename", "Shops", "Stores")["name"] == "Stores"
    assert stocked.ok("searches", "alert", "stores", "terminal")["alert"] == "terminal"
    assert stocked.ok("searches", "remove", "Stores")["name"] == "Stores"
    assert names(stocked) == ["Logos"]


def test_a_search_that_cannot_be_had_is_explained(stocked: Shell) -> None:
    assert stocked("searches", "remove", "Nowhere", "--json").error["code"] == "not_found"
    assert stocked("searches", "save", "LOGOS", "x", "--json").error["code"] == "invalid"
    assert "config file" in stocked("searches", "rename", "Logos", "x").err
    assert "Logos" in stocked("searches", "list").out


def test_notes_and_what_is_new(stocked: Shell) -> None:
    assert stocked.ok("jobs", "note", 60, "Ask", "first")["note"] == "Ask first"
    assert stocked.ok("jobs", "search", "--limit", 1)[0]["noted"]
    assert stocked.ok("jobs", "note", 60)["note"] == ""
    assert stocked.ok("jobs", "seen") == {"new": 0}
    assert stocked.ok("jobs", "seen", 60) == {"new": 0}
    assert stocked("jobs", "note", 999, "x", "--json").error["code"] == "not_found"


def test_what_comes_after_the_first_sync_is_new(signed_in: Shell, sandbox: Sandbox) -> None:
    signed_in.ok("sync")
    assert signed_in("jobs", "search", "is:new", "--json").document == []
    Newcomers(sandbox.market, seed=1)._post(1)
    signed_in.ok("sync")
    (row,) = signed_in.ok("jobs", "search", "is:new")
    assert row["new"]
