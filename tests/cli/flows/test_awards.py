"""A placed bid from the shell: changed, withdrawn, its award accepted and declined."""

from typing import Any

import pytest

from tests.cli.flows.shell import Shell
from tests.cli.flows.town import LETTER, TALKED_ABOUT, Town
from tests.sandbox.worlds import LOGO

OTHER = LETTER.replace("three days", "two days")
STATES = {"withdraw": "withdrawn", "accept": "accepted", "decline": "declined"}


def placed(desk: Shell) -> tuple[str, int]:
    """Place a bid; give our id and theirs."""
    words = ("proposals", "draft", str(LOGO), "--amount", "150", "--days", "5")
    made = desk.ok(*words, "--text-file", "-", stdin=LETTER.encode())
    desk.ok("proposals", "submit", made["id"])
    desk.ok("sync")
    return made["id"], desk.ok("proposals", "show", made["id"])["remote_id"]


def client(town: Town, bid: int, action: str) -> None:
    answer = town.client.put(f"projects/0.1/bids/{bid}/", json={"action": action})
    assert answer.status_code == 200, answer.text


def bid_there(town: Town, bid: int) -> Any:
    return next(one for one in town.bids() if one["id"] == bid)


def awarded(desk: Shell, town: Town) -> tuple[str, int]:
    proposal, bid = placed(desk)
    client(town, bid, "award")
    desk.ok("sync")
    assert desk.ok("proposals", "show", proposal)["state"] == "awarded"
    return proposal, bid


@pytest.mark.parametrize("verb", STATES)
def test_an_award_is_answered_once_whatever_becomes_of_the_line(
    verb: str, desk: Shell, town: Town
) -> None:
    proposal, bid = awarded(desk, town)
    for _again in range(2):
        told = desk.ok("proposals", verb, proposal)
        assert (told["id"], told["state"], told["outbox"]["state"]) == (
            *(proposal, "awarded"),
            "queued",
        )
    (entry,) = desk.ok("outbox", "list")
    assert entry["intent"] == told["outbox"]["intent"]
    town.sandbox.faults.add("drop_after", method="PUT", path="*bids*")
    told = desk.ok("sync")
    assert (told["pushed"], told["waiting"], told["doubtful"]) == (1, 0, 0)
    there = bid_there(town, bid)
    assert (there["retracted"], there["time_accepted"] is not None, there["award_status"]) == {
        "withdraw": (True, False, None),
        "accept": (False, True, "awarded"),
        "decline": (False, False, "canceled"),
    }[verb]
    shown = desk.ok("proposals", "show", proposal)
    assert (shown["state"], shown["outbox"], shown["reason"]) == (STATES[verb], None, None)
    done = desk("proposals", "accept", proposal, "--json")
    assert (done.code, done.out, done.error["code"]) == (2, "", "invalid")
    assert desk.ok("outbox", "list") == []


def test_an_award_that_was_revoked_meanwhile(desk: Shell, town: Town) -> None:
    proposal, bid = awarded(desk, town)
    desk.ok("proposals", "accept", proposal)
    client(town, bid, "revoke")
    done = desk("sync", "--json")
    assert (done.code, done.json["refused"]) == (5, 1)
    assert "There is no award any more: the client took it back." in done.error["message"]
    shown = desk.ok("proposals", "show", proposal)
    assert (shown["state"], shown["reason_code"]) == ("lost", "AWARD_GONE")
    assert shown["text"] == LETTER


def test_what_still_waits_is_taken_back(desk: Shell, town: Town) -> None:
    words = ("proposals", "draft", str(LOGO), "--amount", "150", "--days", "5")
    made = desk.ok(*words, "--text-file", "-", stdin=LETTER.encode())
    assert desk("proposals", "withdraw", made["id"]).code == 2, "a draft"
    desk.ok("proposals", "submit", made["id"])
    assert desk.ok("proposals", "withdraw", made["id"])["state"] == "draft"
    assert desk.ok("outbox", "list") == []
    desk.ok("sync")
    assert town.bids() == []


def test_a_placed_bid_is_changed_and_what_cannot_be_is_said(desk: Shell, town: Town) -> None:
    proposal, bid = placed(desk)
    for verb in STATES:
        done = desk("proposals", verb, "nope", "--json")
        assert (done.code, done.out, done.error["code"]) == (6, "", "not_found")
    for verb in ("accept", "decline"):
        done = desk("proposals", verb, proposal)
        assert (done.code, done.out) == (2, "")
        assert "The client has not awarded you this job" in done.err
    done = desk("proposals", "edit", proposal, "--text-file", "-", "--json", stdin=b"Short")
    assert (done.code, done.error["problems"]) == (2, ["Write at least 100 characters."])
    assert desk.ok("outbox", "list") == []
    edit = ("proposals", "edit", proposal)
    told = desk.ok(*edit, "--text-file", "-", stdin=OTHER.encode())
    assert (told["text"], told["own_text"]) == (LETTER, OTHER), "the bid still says the old words"
    change = desk.ok(*edit, "--days", "9", "--amount", "175.50")["change"]
    assert change == {"amount": {"amount": "175.50", "currency": "USD"}, "days": 9, "text": OTHER}
    assert (
        "Bid change: Waiting to be sent  USD 175.50  9 days"
        in desk(*edit[:1], "show", proposal).out
    )
    (entry,) = desk.ok("outbox", "list")
    assert (entry["intent"], entry["state"]) == ("edit_bid", "queued")
    assert desk.ok("sync")["pushed"] == 1
    there = bid_there(town, bid)
    assert (there["description"], there["period"], there["amount"]) == (OTHER, 9, 175.5)
    shown = desk.ok("proposals", "show", proposal)
    assert (shown["text"], shown["days"], shown["own_text"]) == (OTHER, 9, None)
    assert shown["change"] is None
    told = desk("proposals", "list", "--state", "lost")
    assert (told.code, told.out) == (0, "No proposal stands so: lost.\n")
    assert f"proposals show {proposal}" in desk("proposals", "submit", proposal).err


def test_a_bid_that_was_placed_elsewhere(desk: Shell, town: Town) -> None:
    """It has no sheet of ours, and everything works all the same."""
    (elsewhere,) = desk.ok("proposals", "list")
    name, bid = elsewhere["id"], elsewhere["remote_id"]
    assert elsewhere["project_remote_id"] == TALKED_ABOUT
    assert desk.ok("proposals", "withdraw", name)["outbox"]["intent"] == "retract_bid"
    (entry,) = desk.ok("outbox", "list")
    desk.ok("outbox", "discard", entry["id"])
    edited = desk.ok("proposals", "edit", name, "--days", "3")
    assert edited["id"] == name
    assert desk.ok("sync")["pushed"] == 1
    assert desk.ok("proposals", "show", name)["days"] == 3
    client(town, bid, "award")
    desk.ok("sync")
    desk.ok("proposals", "accept", name)
    desk.ok("sync")
    (shown,) = desk.ok("proposals", "list")
    assert (shown["id"], shown["state"]) == (name, "accepted")
