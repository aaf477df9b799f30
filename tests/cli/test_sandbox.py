"""The sandbox command: its ready line, its worlds, and how it ends."""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.shell import Shell, ready_line, started

SERVE = ("sandbox", "--port", 0, "--projects", 30, "--no-clients")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are sent the Unix way")


def asked(ready: dict[str, Any], path: str) -> Any:
    headers = {"freelancer-oauth-v1": ready["users"][0]["token"]}
    answer = httpx.get(f"{ready['url']}/api/{path}", headers=headers)
    assert answer.status_code == 200
    return answer.json()["result"]


def test_the_ready_line(shell: Shell) -> None:
    with started(*SERVE) as process:
        ready = ready_line(process)
        assert set(ready) == {"url", "users"}
        assert ready["url"].startswith("http://127.0.0.1:")
        for user in ready["users"]:
            assert set(user) == {"id", "username", "role", "token"}
            assert type(user["id"]) is int
        roles = [user["role"] for user in ready["users"]]
        assert roles[0] == "freelancer"
        assert roles[roles.count("freelancer") :] == ["employer"] * roles.count("employer")
        assert roles.count("employer") >= 2
        assert asked(ready, "users/0.1/self/")["id"] == ready["users"][0]["id"]
        shell.sign_in(ready["url"], ready["users"][0]["token"])
        assert shell.ok("sync")["pulled"]["projects"] > 0


def test_the_same_seed_gives_the_same_world() -> None:
    worlds = []
    for seed in (7, 7, 8):
        with started(*SERVE, "--seed", seed) as process:
            ready = ready_line(process)
            found = asked(ready, "projects/0.1/projects/active/?limit=100&full_description=true")
            titles = [(one["id"], one["title"]) for one in found["projects"]]
            people = [(user["id"], user["username"]) for user in ready["users"]]
            worlds.append((people, titles))
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_at_once(number: int, code: int) -> None:
    with started(*SERVE) as process:
        ready = ready_line(process)
        with httpx.Client() as http:
            http.get(f"{ready['url']}/api/projects/0.1/jobs/")  # the connection stays open
            begun = time.monotonic()
            process.send_signal(number)
            assert process.wait(10) == code
        assert time.monotonic() - begun < 3
        assert process.stderr is not None
        assert process.stderr.read().strip() == ""


def test_a_port_that_is_taken(shell: Shell) -> None:
    with started(*SERVE) as process:
        port = ready_line(process)["url"].rpartition(":")[2]
        told = shell("sandbox", "--port", port, "--json")
        assert (told.code, told.error["code"]) == (2, "invalid")
        assert port in told.error["message"]
        assert told.error["hint"]


def test_a_file_of_another_kind(shell: Shell) -> None:
    file = shell.home.parent / "notes.txt"
    file.write_text("These are my notes. " * 100)
    told = shell("sandbox", "--data", file, "--json")
    assert told.code in (2, 7)
    assert json.loads(told.err)["error"]["message"]
    assert file.read_text().startswith("These are my notes.")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_folder_where_nothing_can_be_made(shell: Shell) -> None:
    told = shell("sandbox", "--data", "/proc/market.db", "--json")
    assert (told.code, told.error["code"]) == (2, "invalid")
