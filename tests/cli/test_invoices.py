"""Invoices from the shell, to the letter of the contract: from a client to the last payment."""

from pathlib import Path
from typing import Any

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.milestones import Milestone
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import open_workspace
from tests.cli.shell import Shell
from tests.factories import a_milestone, a_page, a_person, a_project

FIELDS = {
    "id", "number", "state", "client", "currency", "lines", "net", "tax", "withholding", "total",
    "due_on",
}  # fmt: skip


@pytest.fixture
def seller(shell: Shell) -> Shell:
    """A shell whose user said who they are, and has a client."""
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    words = ("--country", "id", "--tax-id", "NPWP:0123456789012345", "--bank-name", "BCA")
    shell.ok("seller", "set", "--name", "Made Wirawan", *words)
    money = ("--currency", "idr", "--withholding", "pph21", "--terms", 30)
    shell.ok("clients", "add", "PT Kopi", "--country", "ID", *money)
    return shell


def an_invoice(shell: Shell, *more: object) -> Any:
    lines = ("--line", "Logo; two rounds;2;1.250.000", "--line", "Hosting;150rb")
    return shell.ok("invoices", "new", "--client", "pt KOPI", *lines, *more)


def test_from_a_draft_to_the_last_payment(seller: Shell) -> None:
    draft = an_invoice(seller)
    assert set(draft) >= FIELDS
    assert (draft["state"], draft["number"], draft["due_on"]) == ("draft", None, None)
    assert [line["text"] for line in draft["lines"]] == ["Logo; two rounds", "Hosting"]
    amounts = {name: draft[name]["amount"] for name in ("net", "tax", "withholding", "total")}
    assert amounts == {
        "net": "2650000.00", "tax": "0.00", "withholding": "66250.00", "total": "2650000.00",
    }  # fmt: skip
    assert draft["total"] == {"amount": "2650000.00", "currency": "IDR"}
    edited = seller.ok("invoices", "edit", draft["id"], "--discount", "10%", "--po", "PO 7")
    assert (edited["net"]["amount"], edited["po_number"]) == ("2385000.00", "PO 7")
    issued = seller.ok("invoices", "issue", draft["id"], "--on", "2026-11-02")
    assert (issued["state"], issued["number"]) == ("issued", "INV/2026/XI/001")
    assert (issued["issued_on"], issued["due_on"]) == ("2026-11-02", "2026-12-02")
    words = ("invoices", "pay", "INV/2026/XI/001", "--on", "2026-11-20", "--amount")
    assert seller.ok(*words, "1jt")["state"] == "part-paid"
    assert seller.ok(*words, "1325375")["state"] == "paid"
    slip = ("invoices", "slip", draft["id"], "--number", "BP 1", "--on", "2026-11-21")
    assert seller.ok(*slip)["withholdings"][0]["slip"] == "BP 1"
    assert [one["number"] for one in seller.ok("invoices", "list", "--state", "paid")] == [
        "INV/2026/XI/001"
    ]
    assert seller.ok("invoices", "show", draft["id"])["open"]["amount"] == "0.00"
    plain = seller("invoices", "show", draft["id"])
    assert "INV/2026/XI/001" in plain.out
    assert "PPh 21" in plain.out


def test_void_credit_and_duplicate(seller: Shell) -> None:
    first = seller.ok("invoices", "issue", an_invoice(seller)["id"])
    gone = seller.ok("invoices", "void", first["id"], "--reason", "wrong client")
    assert (gone["state"], gone["number"], gone["void_reason"]) == (
        "void", first["number"], "wrong client",
    )  # fmt: skip
    again = seller.ok("invoices", "issue", seller.ok("invoices", "duplicate", first["id"])["id"])
    note = seller.ok("invoices", "credit", again["id"], "--line", "Too much;1;150000")
    assert (note["kind"], note["corrects"]) == ("credit_note", again["id"])
    note = seller.ok("invoices", "issue", note["id"])
    assert (note["number"][:3], note["state"]) == ("CN/", "paid")
    assert seller.ok("invoices", "show", again["id"])["credited"][0]["note"] == note["number"]
    third = seller.ok("invoices", "issue", an_invoice(seller)["id"])
    assert seller.ok("invoices", "void", third["id"])["void_reason"]  # the contract's bare `void`
    draft = an_invoice(seller)
    assert seller.ok("invoices", "remove", draft["id"])["id"] == draft["id"]
    assert seller("invoices", "show", draft["id"]).code == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--due", "2026-02-30"), "2026-02-30 is no day"),
        (("--due", "tomorrow"), "is no day"),
        (("--currency", "RPX"), "RPX is no currency"),
        (("--client", "Nobody"), "no client Nobody"),
        (("--line", "Work;1;-5"), "is no line"),
        (("--line", "Work;-1;5"), "is no line"),
        (("--line", "Work;1.250;5"), "is no line"),
        (("--line", "Work"), "is no line"),
        (("--line", "Work;1;0.123456"), "at most 4 digits"),
        (("--discount", "101"), "is no share"),
        (("--withholding", "pph99"), "no rule pph99"),
        (("--period", "2026-11-01..x"), "is no day"),
    ],
)
def test_wrong_input_gets_a_sentence_and_nothing_is_lost(
    seller: Shell, words: tuple[str, ...], said: str
) -> None:
    draft = an_invoice(seller)
    for command in (("edit", draft["id"]), ("new", "--note", "x")):
        ran = seller("invoices", *command, *words, "--json")
        assert ran.code == 2, ran
        assert said in ran.error["message"] + ran.error["hint"]
        assert ran.error["hint"]
    assert seller.ok("invoices", "list") == [draft]


def test_what_is_not_ready_is_not_issued(shell: Shell) -> None:
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    draft = shell.ok("invoices", "new")
    refused = shell("invoices", "issue", draft["id"], "--json")
    assert refused.code == 2
    assert len(refused.error["problems"]) == 3
    assert shell.ok("invoices", "show", draft["id"]) == draft
    for words, code in (
        (("pay", draft["id"], "--amount", "5", "--on", "2026-11-01"), 2),
        (("pay", "nothing", "--amount", "5", "--on", "2026-11-01"), 6),
        (("void", draft["id"]), 2),
        (("issue", draft["id"], "--rate", "1.250"), 2),
        (("new", "--project", 5, "--milestone", 6), 2),
        (("new", "--project", 5), 6),
        (("new", "--milestone", 6), 6),
    ):
        assert shell("invoices", *words).code == code, words


def test_payments_that_cannot_be(seller: Shell) -> None:
    issued = seller.ok("invoices", "issue", an_invoice(seller)["id"])
    pay = ("invoices", "pay", issued["id"], "--amount")
    for words in (
        ("-5", "--on", "2026-11-02"), ("0", "--on", "2026-11-02"), ("5", "--on", "2026-13-02"),
        ("5", "--on", "2999-01-01"), ("9jt", "--on", "2026-11-02"),
    ):  # fmt: skip
        assert seller(*pay, *words).code == 2, words
    assert seller.ok("invoices", "show", issued["id"]) == issued
    assert seller.ok(*pay, "9jt", "--on", "2026-11-02", "--over")["state"] == "paid"


def test_a_draft_from_milestones(seller: Shell) -> None:
    account = Account("env", "http://127.0.0.1:9", "environment")
    workspace = open_workspace(Settings(Places.under(seller.home), accounts=(account,)))
    milestone: Milestone = a_milestone()
    with workspace.cache.transaction() as connection:
        for feed, fact in (("projects", a_person()), ("projects", a_project())):
            facts.store(connection, Feed(feed), a_page(fact))  # type: ignore[arg-type]
        facts.store(connection, Feed("milestones"), a_page(milestone))
    workspace.close()
    words = ("invoices", "new", "--milestone", milestone.remote_id)
    draft = seller.ok(*words, "--line", "Extra;1;5", "--due", "2099-12-31")
    assert [line["milestone_remote_id"] for line in draft["lines"]] == [milestone.remote_id, None]
    assert (draft["client"], draft["due_on"]) == ("Person 900", "2099-12-31")
    assert seller(*words).code == 2
    assert {one["name"] for one in seller.ok("clients", "list")} == {"PT Kopi", "Person 900"}


def test_clients_and_the_seller(seller: Shell, tmp_path: Path) -> None:
    one = seller.ok("clients", "edit", "pt kopi", "--name", "PT Teh", "--withholding", "none")
    assert (one["name"], one["withholding"], one["country"]) == ("PT Teh", None, "ID")
    assert seller.ok("clients", "show", "PT TEH") == one
    assert seller("clients", "show", "PT Kopi").code == 6
    for words in (
        ("add", ""), ("add", "X", "--currency", "XX"), ("add", "X", "--country", "Indonesia"),
        ("add", "X", "--withholding", "pph99"), ("add", "X", "--tax-id", "1"),
        ("add", "X", "--terms", "-1"),
    ):  # fmt: skip
        assert seller("clients", *words).code == 2, words
    assert seller.ok("clients", "remove", "PT Teh")["id"] == one["id"]
    assert seller.ok("clients", "list") == []
    assert seller("clients", "list").out
    before = seller.ok("seller", "show")
    assert before["ways"] == {"bank_name": "BCA"}
    for words in (("--scheme", "INV"), ("--scheme", "{seq} {x}"), ("--country", "1")):
        assert seller("seller", "set", *words).code == 2, words
    assert seller.ok("seller", "show") == before
    after = seller.ok("seller", "set", "--scheme", "F{seq:04}", "--qris", "0002", "--taxed")
    assert (after["scheme"], after["taxed"], after["name"]) == ("F{seq:04}", True, before["name"])
