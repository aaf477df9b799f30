"""The day's work from the shell, against a real sandbox on this machine."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.flows.shell import Shell
from tests.cli.flows.town import LETTER, Town
from tests.sandbox.worlds import LOGO, OLD, SHOP

JOB = {
    "remote_id", "title", "url", "type", "budget", "bid_count", "skills", "country", "posted_at",
    "status", "verdict",
}  # fmt: skip
ENTRY = {"id", "intent", "state", "about", "attempts", "next_try_at", "reason"}
MESSAGE = {"id", "remote_id", "from", "text", "sent_at", "state", "attachments"}


def drafted(desk: Shell, job: int = LOGO, amount: str = "150") -> str:
    made = desk.ok(
        "proposals", "draft", str(job), "--amount", amount, "--days", "5", "--text-file", "-",
        stdin=LETTER.encode(),
    )  # fmt: skip
    return str(made["id"])


def test_a_sync_tells_what_it_did(shell: Shell, town: Town) -> None:
    shell.sign_in(town.url, town.token)
    told = shell.ok("sync")
    assert {"pushed", "refused", "doubtful", "waiting", "pulled", "requests", "seconds"} <= set(
        told
    )
    assert {"projects", "bids", "threads", "messages", "milestones"} <= set(told["pulled"])
    assert told["pulled"]["bids"] == told["pulled"]["threads"] == told["pulled"]["messages"] == 1
    assert told["requests"] > 3
    assert shell("sync").out.startswith("Sent 0,")


def test_searching(desk: Shell) -> None:
    found = desk.ok("jobs", "search", "logo", "bakery")
    assert [one["remote_id"] for one in found] == [LOGO]
    assert set(found[0]) >= JOB
    assert found[0]["budget"] == {"minimum": "30.00", "maximum": "250.00", "currency": "USD"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found[0]["posted_at"])
    assert desk.ok("jobs", "search", "nothing-of-this") == []
    assert len(desk.ok("jobs", "search", "--limit", "2")) == 2
    assert "Logo design" in desk("jobs", "search", "bakery").out
    assert "Try fewer" in desk("jobs", "search", "nothing-of-this").err


def test_one_job(desk: Shell) -> None:
    job = desk.ok("jobs", "show", str(LOGO))
    assert set(job) >= JOB | {"description", "client"}
    assert job["description"].startswith("Logo design for a bakery. We need")
    assert job["client"]["username"] == "alice"
    assert "Client: Alice" in desk("jobs", "show", str(LOGO)).out
    assert sum(line["points"] for line in job["match"]["lines"]) == job["match"]["score"]
    assert f"Match {job['match']['score']}" in desk("jobs", "show", str(LOGO)).out
    assert all({"rule", "severity", "quote", "why"} <= set(flag) for flag in job["flags"])
    done = desk("jobs", "show", "77", "--json")
    assert (done.code, done.out, done.error["code"]) == (6, "", "not_found")


def test_triage(desk: Shell) -> None:
    assert desk.ok("jobs", "mark", str(LOGO), "star")["verdict"] == "star"
    assert desk.ok("jobs", "search", "bakery")[0]["verdict"] == "star"
    assert desk.ok("jobs", "mark", str(LOGO), "clear")["verdict"] is None
    assert desk("jobs", "mark", "77", "skip").code == 6


def test_a_proposal_from_draft_to_bid(desk: Shell, town: Town) -> None:
    proposal = drafted(desk)
    shown = desk.ok("proposals", "show", proposal)
    assert shown["amount"] == {"amount": "150.00", "currency": "USD"}
    assert (shown["state"], shown["project_remote_id"], shown["days"]) == ("draft", LOGO, 5)
    assert shown["text"] == LETTER
    town.sandbox.faults.add("drop_before", times=None)
    assert desk.ok("proposals", "submit", proposal)["state"] == "queued"
    town.sandbox.faults.clear()
    (entry,) = desk.ok("outbox", "list")
    assert set(entry) >= ENTRY
    assert (entry["intent"], entry["state"]) == ("place_bid", "queued")
    told = desk.ok("sync")
    assert (told["pushed"], told["waiting"]) == (1, 0)
    (bid,) = town.bids()
    assert (bid["description"], bid["period"]) == (LETTER, 5)
    assert desk.ok("outbox", "list") == []
    placed = {one["id"]: one for one in desk.ok("proposals", "list", "--state", "placed")}
    assert placed[proposal]["remote_id"] == bid["id"]
    assert len(placed) == 2, "the bid placed in the browser is there too"


def test_problems_are_listed_and_nothing_is_queued(desk: Shell) -> None:
    made = desk.ok("proposals", "draft", str(LOGO), "--amount", "150", "--days", "5")
    done = desk("proposals", "submit", made["id"], "--json")
    assert (done.code, done.out, done.error["code"]) == (2, "", "invalid")
    assert done.error["problems"] == ["Write at least 100 characters."]
    assert desk.ok("outbox", "list") == []


def test_amounts_are_read_in_the_job_s_currency(desk: Shell) -> None:
    made = desk.ok("proposals", "draft", str(SHOP), "--amount", "1,5jt", "--days", "9")
    assert made["amount"] == {"amount": "1500000.00", "currency": "IDR"}
    edited = desk.ok("proposals", "edit", made["id"], "--days", "12")
    assert (edited["amount"], edited["days"]) == (made["amount"], 12)
    assert desk("proposals", "edit", made["id"], "--amount", "many").code == 2
    assert desk("proposals", "edit", "nope", "--days", "3").code == 6


def test_a_refusal_shows_code_and_reason(desk: Shell, town: Town) -> None:
    job = desk.ok("jobs", "show", "2002")["remote_id"]
    proposal = drafted(desk, job)
    desk.ok("proposals", "submit", proposal)
    town.client.put(f"projects/0.1/projects/{job}/", json={"action": "end"})
    town.client.put(f"projects/0.1/projects/{job}/", json={"action": "close"})
    done = desk("sync", "--json")
    assert done.code == 5
    assert done.json["refused"] == 1
    assert done.error["code"] == "refused"
    assert "ExceptionCodes." in done.error["message"] or "_" in done.error["message"]
    (entry,) = desk.ok("outbox", "list")
    assert entry["state"] == "refused"
    assert entry["reason"]
    shown = desk.ok("proposals", "show", proposal)
    assert (shown["state"], shown["text"]) == ("refused", LETTER)
    assert desk("outbox", "discard", entry["id"]).code == 0
    assert desk.ok("proposals", "show", proposal)["state"] == "draft"


def test_a_conversation(desk: Shell, town: Town, tmp_path: Path) -> None:
    (thread,) = desk.ok("messages", "threads")
    assert set(thread) >= {"remote_id", "with", "project_remote_id", "unread", "updated_at"}
    assert (thread["with"], thread["project_remote_id"]) == ("Alice", 2001)
    number = str(thread["remote_id"])
    (first,) = desk.ok("messages", "show", number)
    assert set(first) >= MESSAGE
    assert (first["text"], first["from"]) == ("Hi, can you start soon? 你好", "Alice")
    (tmp_path / "offer.txt").write_text("details")
    sent = desk.ok(
        "messages", "send", number, "--text-file", "-", "--attach", str(tmp_path / "offer.txt"),
        stdin=b"\xef\xbb\xbfYes, on Monday.\r\n",
    )  # fmt: skip
    assert (sent["state"], sent["remote_id"], sent["text"]) == ("queued", None, "Yes, on Monday.")
    assert sent["attachments"] == ["offer.txt"]
    assert [one["state"] for one in desk.ok("messages", "show", number)] == ["sent", "queued"]
    assert desk.ok("sync")["pushed"] == 1
    assert town.said()[-1] == "Yes, on Monday."
    lines = desk.ok("messages", "show", number)
    assert [(one["state"], one["text"]) for one in lines][1:] == [("sent", "Yes, on Monday.")]
    assert lines[1]["remote_id"]


def test_messages_that_are_not_queued(desk: Shell, town: Town, tmp_path: Path) -> None:
    number = str(town.thread)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for arguments, code in (
        ((number,), 2),
        ((number, "--text-file", str(tmp_path / "none")), 2),
        ((number, "--text-file", str(tmp_path / "binary")), 2),
        ((number, "--text-file", "-"), 2),
        ((number, "--attach", str(tmp_path)), 2),
        (("99999", "--text-file", "-"), 6),
    ):
        done = desk("messages", "send", *arguments, stdin=b"Hi" if code == 6 else b" ")
        assert (done.code, done.out) == (code, ""), arguments
    assert desk.ok("outbox", "list") == []


def test_milestones(desk: Shell, town: Town) -> None:
    assert desk.ok("milestones", "list") == []
    assert "No milestones" in desk("milestones", "list").out


def test_a_discarded_reply_is_a_draft_again(desk: Shell, town: Town) -> None:
    desk.ok("messages", "send", str(town.thread), "--text-file", "-", stdin=b"Wait")
    (entry,) = desk.ok("outbox", "list")
    assert entry["about"] == "Alice"
    assert desk("outbox", "retry", entry["id"]).code == 0
    assert desk("outbox", "arrived", entry["id"]).code == 2
    assert desk("outbox", "discard", entry["id"]).code == 0
    assert desk("outbox", "discard", entry["id"]).code == 6
    (work,) = desk.home.glob("data/accounts/*/work.db")
    with sqlite3.connect(work) as connection:
        assert "Wait" in str(connection.execute("SELECT * FROM replies").fetchall())
    connection.close()


def test_nobody_reads_a_token(desk: Shell, town: Town) -> None:
    desk("doctor", "--json")
    desk("sync", "--debug")
    desk("account", "list")
    for file in [one for one in desk.home.rglob("*") if one.is_file()]:
        assert town.token.encode() not in file.read_bytes(), file


def test_old_jobs_take_no_bids(desk: Shell) -> None:
    done = desk("proposals", "draft", str(OLD), "--amount", "5", "--days", "5")
    assert done.code in (2, 6)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_json_is_the_same_in_each_language(desk: Shell, lang: str) -> None:
    found = desk.ok("jobs", "search", "bakery", "--lang", lang)
    assert json.dumps(found, sort_keys=True) == json.dumps(
        desk.ok("jobs", "search", "bakery"), sort_keys=True
    )
