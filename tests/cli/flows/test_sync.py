"""Sync from the shell: bad lines, bad tokens, two programs at once, and kills."""

import os
import signal
import sys
import time

import pytest

from freelancer_tui.cli.sync import LONGEST_WAIT
from freelancer_tui.sandbox.faults import Kind
from tests.cli.flows.shell import Shell
from tests.cli.flows.test_flow import drafted
from tests.cli.flows.town import LETTER, Town
from tests.sandbox.worlds import LOGO

NOWHERE = "http://127.0.0.1:9"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the Unix way")


def test_offline(desk: Shell, town: Town) -> None:
    proposal = drafted(desk)
    desk.ok("proposals", "submit", proposal)
    town.sandbox.faults.add("drop_before", times=None)
    done = desk("sync", "--json")
    assert (done.code, done.out, done.error["code"]) == (3, "", "offline")
    assert "stays queued" in done.error["hint"]
    (entry,) = desk.ok("outbox", "list")
    assert entry["state"] == "queued"
    town.sandbox.faults.clear()
    assert desk.ok("sync")["pushed"] == 1
    assert len(town.bids()) == 1


@pytest.mark.parametrize("kind", ["html", "error_before"])
def test_answers_that_are_not_the_marketplace_s(desk: Shell, town: Town, kind: Kind) -> None:
    desk.ok("proposals", "submit", drafted(desk))
    town.sandbox.faults.add(kind, times=None)
    done = desk("sync", "--json")
    assert (done.code, done.out, done.error["code"]) == (3, "", "offline")
    assert [one["state"] for one in desk.ok("outbox", "list")] == ["queued"]


def test_a_feed_that_fails_does_not_stop_the_others(desk: Shell, town: Town) -> None:
    town.sandbox.faults.add("html", path="*projects/active*", times=None)
    desk.ok("messages", "send", str(town.thread), "--text-file", "-", stdin=b"Here")
    done = desk("sync", "--json")
    assert (done.code, done.json["pushed"], done.json["pulled"]["messages"]) == (0, 1, 1)
    assert list(done.json["failed"]) == ["projects"]
    assert "projects could not be read" in done.err


def test_nobody_there(shell: Shell) -> None:
    shell.sign_in(NOWHERE, "some-token-1234567890")
    done = shell("sync")
    assert (done.code, done.out) == (3, "")
    assert shell.ok("jobs", "search") == []
    assert shell("account", "check").code == 3


def test_a_refused_token(desk: Shell, town: Town) -> None:
    desk.ok("proposals", "submit", drafted(desk))
    town.sandbox.market.tokens.expire(town.token)
    done = desk("sync", "--json")
    assert (done.code, done.out, done.error["code"]) == (4, "", "unauthorized")
    assert town.token not in done.err
    assert desk("account", "check").code == 4
    assert [one["state"] for one in desk.ok("outbox", "list")] == ["queued"]


def test_a_lost_answer_is_settled_and_nothing_doubled(desk: Shell, town: Town) -> None:
    desk.ok("proposals", "submit", drafted(desk))
    town.sandbox.faults.add("drop_after", method="POST", path="*bids")
    desk.ok("sync")
    desk.ok("sync")
    assert len(town.bids()) == 1
    assert desk.ok("outbox", "list") == []


def test_two_at_once(desk: Shell, town: Town) -> None:
    town.sandbox.faults.add("delay", times=1, seconds=3)
    first = desk.begin("sync", "--json")
    try:
        deadline = time.monotonic() + 15
        while not town.sandbox.faults.hits and time.monotonic() < deadline:
            time.sleep(0.02)
        done = desk("sync", "--json")
        assert (done.code, done.error["code"]) == (7, "store")
    finally:
        out, err = first.communicate(timeout=30)
    assert first.returncode == 0, err
    assert '"pushed"' in out


@POSIX
def test_a_kill_in_the_middle_loses_and_doubles_nothing(desk: Shell, town: Town) -> None:
    proposal = drafted(desk)
    desk.ok("proposals", "submit", proposal)
    desk.ok("messages", "send", str(town.thread), "--text-file", "-", stdin=b"Still here")
    town.sandbox.faults.add("delay", method="POST", path="*bids", seconds=1)
    running = desk.begin("sync")
    deadline = time.monotonic() + 20
    while "delay" not in town.sandbox.faults.hits and time.monotonic() < deadline:
        time.sleep(0.02)
    running.kill()
    running.communicate(timeout=10)
    shown = desk.ok("proposals", "show", proposal)
    assert (shown["state"], shown["text"]) == ("queued", LETTER)
    states = {one["intent"]: one["state"] for one in desk.ok("outbox", "list")}
    assert states["place_bid"] == "sending"
    time.sleep(1.2)  # until the delayed request has landed, or is known to be gone
    desk.ok("sync")
    assert desk.ok("outbox", "list") == []
    assert len(town.bids(LOGO)) == 1
    assert town.said().count("Still here") == 1


@POSIX
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM"])
def test_watching_ends_when_asked(desk: Shell, town: Town, sign: str) -> None:
    running = desk.begin("sync", "--watch", "--json")
    assert running.stdout is not None
    assert '"pushed"' in running.stdout.readline()
    os.kill(running.pid, getattr(signal, sign))
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in err


@POSIX
def test_a_wait_that_the_marketplace_names_can_be_interrupted(desk: Shell, town: Town) -> None:
    town.sandbox.faults.add("rate_limited", times=None)
    running = desk.begin("sync")
    assert running.stderr is not None
    line = running.stderr.readline()
    assert "asks to wait" in line
    if "waiting" in line:
        os.kill(running.pid, signal.SIGINT)
        running.communicate(timeout=20)
        assert running.returncode == 130
    else:
        running.communicate(timeout=20)
        assert running.returncode == 3
    assert LONGEST_WAIT.total_seconds() < 3600
