"""Quotes, deposits, recurring invoices, reminders and rates from the shell."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def seller(shell: Shell) -> Shell:
    """A shell whose user said who they are, and has a client."""
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    shell.ok("seller", "set", "--name", "Made Wirawan", "--quote-scheme", "P-{seq:04}")
    shell.ok("clients", "add", "Acme", "--country", "DE", "--currency", "eur", "--terms", 7)
    return shell


def test_from_a_quote_to_the_final_invoice(seller: Shell) -> None:
    words = ("--client", "acme", "--line", "Shop;1;1000")
    draft = seller.ok("quotes", "new", *words, "--terms", 20)
    assert (draft["kind"], draft["state"]) == ("quote", "draft")
    issued = seller.ok("quotes", "issue", draft["id"], "--on", "2026-11-02")
    assert (issued["number"], issued["due_on"]) == ("P-0001", "2026-11-22")
    assert seller.ok("invoices", "list") == []
    assert seller("invoices", "pay", "P-0001", "--amount", 1, "--on", "2026-11-03").code == 2
    assert seller.ok("quotes", "decline", "P-0001")["state"] == "declined"
    assert seller("quotes", "invoice", "P-0001", "--json").error["hint"]
    assert seller.ok("quotes", "reopen", "P-0001")["state"] == "issued"
    assert seller.ok("quotes", "accept", "P-0001")["state"] == "accepted"
    assert [one["number"] for one in seller.ok("quotes", "list", "--state", "accepted")] == [
        "P-0001"
    ]
    ahead = seller.ok("invoices", "deposit", "P-0001", "--percent", "30")
    assert (ahead["deposit"], ahead["net"]["amount"]) == (True, "300.00")
    seller.ok("invoices", "issue", ahead["id"])
    final = seller.ok("quotes", "invoice", "P-0001")
    assert seller.ok("quotes", "invoice", "P-0001") == final
    assert (final["made_from"], final["total"]["amount"]) == (draft["id"], "700.00")
    assert final["lines"][1]["deducts"] == ahead["id"]
    assert seller("invoices", "deduct", final["id"]).code == 2
    assert seller("quotes", "list").out.startswith(draft["id"])


def test_an_invoice_comes_again_as_drafts(seller: Shell) -> None:
    draft = seller.ok("invoices", "new", "--client", "acme", "--line", "Care;1;80")
    words = ("invoices", "repeat", draft["id"])
    rule = seller.ok(*words, "--from", "2020-01-31", "--day", 31, "--times", 3)
    assert rule["next_on"] == "2020-01-31"
    done = seller.ok("invoices", "repeats")
    assert len(done["made"]) == 3
    assert seller.ok("invoices", "repeats")["made"] == []
    assert {one["state"] for one in seller.ok("invoices", "list")} == {"draft"}
    assert seller.ok(*words, "--pause")["paused"]
    assert not seller.ok(*words, "--resume")["paused"]
    assert seller.ok(*words, "--stop")["id"] == draft["id"]
    assert seller(*words, "--stop").code == 6
    assert seller(*words, "--from", "2026-13-01").code == 2
    assert seller("invoices", "repeat", "nothing").code == 6


def test_a_reminder_is_written_to_copy(seller: Shell) -> None:
    draft = seller.ok("invoices", "new", "--client", "acme", "--line", "Care;1;80")
    late = seller.ok("invoices", "issue", draft["id"], "--on", "2026-01-02", "--rate", "16000")
    told = seller("invoices", "remind", late["number"])
    assert told.out.startswith("Hello Acme,")
    assert "EUR\u00a080.00 was due on 9 January 2026" in told.out
    assert seller.ok("invoices", "remind", late["id"])["thread_remote_id"] is None
    assert seller("invoices", "remind", late["id"], "--send", "--json").error["hint"]


def test_rates_are_kept_and_brought_in(seller: Shell, tmp_path: Path) -> None:
    assert seller.ok("rates", "add", "2026-11-24", "jpy", 100, "0.65")["unit"] == 100
    file = tmp_path / "rates.csv"
    file.write_text("date,currency,unit,rate\n2026-11-25,EUR,1,1.1\n2026-11-26,EUR,1,x\n")
    refused = seller("rates", "import", file, "--json")
    assert refused.code == 2
    assert "line 3: x is no rate" in refused.error["message"]
    file.write_text("2026-11-25,EUR,1,1.1\n")
    assert seller("rates", "import", file).out == "1 rate taken in.\n"
    assert [one["currency"] for one in seller.ok("rates", "list")] == ["EUR", "JPY"]
    assert "100 JPY" in seller("rates", "list").out
    seller.ok("rates", "remove", "2026-11-24", "jpy")
    assert seller("rates", "remove", "2026-11-24", "jpy").code == 6
    assert seller.ok("rates", "list", "--listed") == []
