"""Shapes: the JSON of each command, field by field as the contract names them."""

import re
from decimal import Decimal
from typing import Any

from tests.cli.shell import LETTER, Shell, first

UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
JOB = {
    "remote_id": int,
    "title": str,
    "url": str,
    "type": str,
    "budget": dict,
    "bid_count": int,
    "skills": list,
    "country": (str, type(None)),
    "posted_at": str,
    "status": str,
    "verdict": (str, type(None)),
}
PROPOSAL = {
    "id": str,
    "state": str,
    "project_remote_id": int,
    "amount": dict,
    "days": int,
    "text": str,
}
THREAD = {
    "remote_id": int,
    "with": str,
    "project_remote_id": (int, type(None)),
    "unread": int,
    "updated_at": str,
}
MESSAGE = {
    "id": str,
    "remote_id": (int, type(None)),
    "from": str,
    "text": str,
    "sent_at": str,
    "state": str,
    "attachments": list,
}
ENTRY = {
    "id": str,
    "intent": str,
    "state": str,
    "about": str,
    "attempts": int,
    "next_try_at": (str, type(None)),
    "reason": (str, type(None)),
}


def check(row: dict[str, Any], shape: dict[str, Any]) -> None:
    """Hold a row against a shape; it may have more fields, times are in UTC."""
    assert set(shape) <= set(row)
    for name, kind in shape.items():
        assert isinstance(row[name], kind), (name, row[name])
        assert not isinstance(row[name], bool)
    for name, value in row.items():
        if name.endswith("_at") and value is not None:
            assert UTC.fullmatch(value), (name, value)


def check_money(value: dict[str, Any]) -> None:
    assert set(value) == {"amount", "currency"}
    check_amount(value["amount"])
    assert re.fullmatch("[A-Z]{3}", value["currency"])


def check_amount(value: object) -> None:
    assert isinstance(value, str)
    assert re.fullmatch(r"\d+(\.\d+)?", value), value
    assert Decimal(value) >= 0


def test_sync(signed_in: Shell) -> None:
    document = signed_in.ok("sync")
    counts = ("pushed", "refused", "doubtful", "waiting", "requests")
    assert {*counts, "pulled", "seconds"} <= set(document)
    assert all(type(document[name]) is int for name in counts)
    assert isinstance(document["seconds"], float)
    feeds = {"projects", "bids", "threads", "messages", "milestones"}
    assert feeds <= set(document["pulled"])
    assert all(document["pulled"][feed] > 0 for feed in feeds)
    again = signed_in.ok("sync")
    assert feeds <= set(again["pulled"])
    assert not any(again["pulled"][feed] for feed in feeds)


def test_jobs(synced: Shell) -> None:
    found = synced.ok("jobs", "search", "--limit", 1000)
    assert len(found) > 150
    for row in found:
        check(row, JOB)
        assert set(row["budget"]) == {"minimum", "maximum", "currency"}
        for end in ("minimum", "maximum"):
            if row["budget"][end] is not None:
                check_amount(row["budget"][end])
        assert row["type"] in ("fixed", "hourly")
        assert row["verdict"] is None
        assert all(isinstance(skill, str) for skill in row["skills"])
        assert row["url"].startswith("http://127.0.0.1:")
    rupiah = first(found, lambda row: row["budget"]["currency"] == "IDR")
    assert rupiah["budget"]["minimum"].endswith(".00")


def test_one_job(synced: Shell) -> None:
    row = synced.ok("jobs", "search", "--limit", 1)[0]
    whole = synced.ok("jobs", "show", row["remote_id"])
    check(whole, {**JOB, "description": str, "client": dict})
    assert {name: whole[name] for name in row} == row
    for name, verdict in (("star", "star"), ("skip", "skip"), ("clear", None)):
        marked = synced.ok("jobs", "mark", row["remote_id"], name)
        assert marked["verdict"] == verdict
        assert synced.ok("jobs", "show", row["remote_id"])["verdict"] == verdict


def test_a_search_finds_words_and_the_beginning_of_the_last(synced: Shell) -> None:
    found = synced.ok("jobs", "search", "bread", "ord")
    assert [row["title"][:19] for row in found] == ["Bread ordering site"]
    assert synced("jobs", "search", "nothinghasthisword", "--json").document == []


def test_proposals(synced: Shell) -> None:
    job = first(synced.ok("jobs", "search"), lambda row: row["budget"]["currency"] == "IDR")
    draft = synced.draft(job["remote_id"], "1,5jt")
    check(draft, PROPOSAL)
    assert draft["state"] == "draft"
    assert draft["project_remote_id"] == job["remote_id"]
    assert draft["amount"] == {"amount": "1500000.00", "currency": "IDR"}
    assert (draft["days"], draft["text"]) == (5, LETTER)
    edited = synced.ok("proposals", "edit", draft["id"], "--amount", "1.600.000", "--days", 9)
    assert edited["amount"] == {"amount": "1600000.00", "currency": "IDR"}
    assert (edited["id"], edited["days"], edited["text"]) == (draft["id"], 9, LETTER)
    assert synced.ok("proposals", "show", draft["id"]) == edited
    assert synced.ok("proposals", "list", "--state", "draft") == [edited]
    for row in synced.ok("proposals", "list"):
        check(row, PROPOSAL)
        check_money(row["amount"])
    queued = synced.ok("proposals", "submit", draft["id"])
    assert queued["state"] == "queued"
    assert synced.ok("proposals", "list", "--state", "queued") == [queued]


def test_every_state_can_be_asked_for(synced: Shell) -> None:
    states = "draft queued placed refused withdrawn shortlisted awarded accepted declined lost"
    rows = synced.ok("proposals", "list")
    for state in states.split():
        listed = synced.ok("proposals", "list", "--state", state)
        assert listed == [row for row in rows if row["state"] == state]
    assert {"placed", "shortlisted", "awarded", "accepted", "lost"} <= {
        row["state"] for row in rows
    }


def test_messages(synced: Shell) -> None:
    threads = synced.ok("messages", "threads")
    for row in threads:
        check(row, THREAD)
    assert any(row["unread"] for row in threads)
    shown = synced.ok("messages", "show", threads[0]["remote_id"])
    for row in shown:
        check(row, MESSAGE)
        assert row["state"] == "sent"
    assert [row["sent_at"] for row in shown] == sorted(row["sent_at"] for row in shown)
    sending = ("messages", "send", threads[0]["remote_id"], "--text-file", "-")
    sent = synced.ok(*sending, text="Apa kabar?\n")
    check(sent, MESSAGE)
    assert (sent["state"], sent["remote_id"], sent["text"]) == ("queued", None, "Apa kabar?")
    last = synced.ok("messages", "show", threads[0]["remote_id"])[-1]
    assert (last["id"], last["state"]) == (sent["id"], "queued")


def test_milestones(synced: Shell) -> None:
    rows = synced.ok("milestones", "list")
    assert len(rows) >= 3
    for row in rows:
        check(row, {"remote_id": int, "state": str, "amount": dict, "text": str})
        check_money(row["amount"])
        assert UTC.fullmatch(row["at"])
    assert {"requested", "funded", "released"} <= {row["state"] for row in rows}


def test_outbox(synced: Shell) -> None:
    assert synced.ok("outbox", "list") == []
    thread = synced.ok("messages", "threads")[0]
    sent = synced.ok("messages", "send", thread["remote_id"], "--text-file", "-", text="Halo")
    (entry,) = synced.ok("outbox", "list")
    check(entry, ENTRY)
    assert (entry["id"], entry["intent"], entry["state"]) == (sent["id"], "send_message", "queued")
    assert thread["with"] in entry["about"]
    assert (entry["attempts"], entry["next_try_at"], entry["reason"]) == (0, None, None)
    assert synced.ok("outbox", "discard", entry["id"])["id"] == entry["id"]
    assert synced.ok("outbox", "list") == []
    assert all(row["state"] == "sent" for row in synced.ok("messages", "show", thread["remote_id"]))


def test_account_from_the_environment(signed_in: Shell) -> None:
    (row,) = signed_in.ok("account", "list")
    assert set(row) == {"name", "url", "default", "secret_source", "user"}
    assert (row["name"], row["default"], row["secret_source"]) == ("env", True, "environment")
    checked = signed_in.ok("account", "check")
    assert (checked["name"], checked["user"]) == ("env", "sariwulandari")


def test_doctor(signed_in: Shell) -> None:
    signed_in.patch.setenv("TERM", "xterm-256color")
    findings = signed_in.ok("doctor")
    for row in findings:
        assert set(row) == {"check", "ok", "detail", "remedy"}
        assert type(row["ok"]) is bool
        assert isinstance(row["detail"], str)
        assert isinstance(row["remedy"], str | None)
    by_name = {row["check"]: row for row in findings}
    assert {"store", "keyring", "network", "clock", "terminal"} <= set(by_name)
    assert all(by_name[name]["ok"] for name in ("store", "keyring", "network", "clock"))


def test_doctor_names_a_remedy_for_what_is_wrong(shell: Shell) -> None:
    by_name = {row["check"]: row for row in shell.ok("doctor")}
    assert not by_name["account"]["ok"]
    assert "account add" in by_name["account"]["remedy"]
    assert not by_name["keyring"]["ok"]
    shell.sign_in("http://127.0.0.1:9", "some-token")
    by_name = {row["check"]: row for row in shell.ok("doctor")}
    assert by_name["store"]["ok"]
    assert not by_name["network"]["ok"]
    assert all(row["ok"] or row["remedy"] for row in by_name.values())
