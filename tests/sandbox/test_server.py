"""Server: a process of its own, from its ready line to its orderly end."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from freelancer_tui.sandbox.hosting import Server
from freelancer_tui.sandbox.market.load import WrongFile
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.server import _catch_signals
from tests.sandbox.server import running_sandbox, seeded_world
from tests.sandbox.worlds import BUDI, LOGO, tiny_world

START = "from freelancer_tui.sandbox.server import Options, serve; serve(Options({}))"


@contextmanager
def serving(**options: Any) -> Generator[tuple["subprocess.Popen[str]", dict[str, Any]]]:
    """A process that serves, and its ready line."""
    given = ", ".join(f"{name}={value!r}" for name, value in {"projects": 30, **options}.items())
    process = subprocess.Popen(
        [sys.executable, "-c", START.format(given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline() or "{}")
        finally:
            process.kill()


def call(ready: dict[str, Any], path: str, **how: Any) -> Any:
    headers = {"freelancer-oauth-v1": ready["users"][0]["token"]}
    answer = httpx.get(f"{ready['url']}/api/{path}", headers=headers, **how)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def test_the_ready_line_names_who_can_sign_in() -> None:
    with serving() as (_, ready):
        assert set(ready) == {"url", "users"}
        assert ready["url"].startswith("http://127.0.0.1:")
        roles = [user["role"] for user in ready["users"]]
        assert roles == sorted(roles, reverse=True)
        assert roles[0] == "freelancer"
        assert roles.count("employer") >= 2
        for user in ready["users"]:
            assert set(user) == {"id", "username", "role", "token"}
        assert call(ready, "users/0.1/self/")["id"] == ready["users"][0]["id"]
        assert call(ready, "projects/0.1/projects/all/")["total_count"] == 30
        assert httpx.get(f"{ready['url']}/sandbox/faults").status_code == 404


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_a_second(number: int) -> None:
    with serving() as (process, ready), httpx.Client() as http:
        http.get(f"{ready['url']}/api/projects/0.1/jobs/")  # the connection stays open
        begun = time.monotonic()
        process.send_signal(number)
        code = process.wait(5)
        assert time.monotonic() - begun < 1
        if number == signal.SIGTERM:
            assert code == 0
            assert process.stderr is not None
            assert process.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_second_ctrl_c_finds_it_ended() -> None:
    ended: list[str] = []

    class Ending(Server):
        def __init__(self) -> None: ...
        def end(self) -> None:
            ended.append("end")

    async def caught() -> list[int]:
        return _catch_signals(Ending())

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        numbers = asyncio.run(caught())
        signal.raise_signal(signal.SIGINT)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert (numbers, ended) == ([signal.SIGINT], [])


def test_it_ends_when_its_input_closes() -> None:
    with serving(until_closed=True) as (process, ready):
        assert process.stdin is not None
        call(ready, "projects/0.1/jobs/")
        process.stdin.close()
        assert process.wait(5) == 0


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with running_sandbox() as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        with serving(port=port, data=str(tmp_path / "market.db")) as (process, ready):
            assert ready == {}
            assert process.stderr is not None
            assert "OSError" in process.stderr.read()
    assert not (tmp_path / "market.db").exists()


def test_the_same_file_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "market.db"
    with running_sandbox(data=path) as sandbox:
        token = sandbox.market.tokens.issue(BUDI)
        sandbox.market.projects.touch(LOGO)
        updated = sandbox.market.projects.get(LOGO)["time_updated"]
    assert [file.name for file in path.parent.iterdir()] == ["market.db"]

    def never() -> Any:
        raise AssertionError("the world is made once")

    with running_sandbox(never, data=path) as sandbox:
        assert sandbox.market.tokens.user_of(token) == BUDI
        assert sandbox.market.projects.get(LOGO)["time_updated"] == updated


def test_a_killed_server_leaves_a_file_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with serving(data=str(path), clients=False) as (process, ready):
        token = ready["users"][0]["token"]
        headers = {"freelancer-oauth-v1": token}
        profile = f"{ready['url']}/api/users/0.1/self/profile"
        answer = httpx.put(profile, json={"tagline": "Still here"}, headers=headers)
        assert answer.status_code == 200
        process.kill()
    with serving(data=str(path), clients=False) as (_, ready):
        assert call(ready, "users/0.1/self/")["tagline"] == "Still here"


def test_a_half_loaded_world_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    (tmp_path / "market.db.loading").write_bytes(b"half")
    market = Market(path, tiny_world)
    assert market.projects.get(LOGO)["id"] == LOGO
    market.close()
    assert not (tmp_path / "market.db.loading").exists()


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    market = Market(path, tiny_world)
    market.database.run("PRAGMA user_version = 99")
    market.close()
    with pytest.raises(WrongFile):
        Market(path, tiny_world)
    path.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(WrongFile):
        Market(path, tiny_world)
    assert path.read_bytes().startswith(b"this is a letter")


def test_the_same_seed_gives_the_same_world() -> None:
    with running_sandbox(seeded_world(20)) as one, running_sandbox(seeded_world(20)) as other:
        rows = [
            [tuple(row) for row in each.market.database.all("SELECT * FROM projects ORDER BY id")]
            for each in (one, other)
        ]
        assert rows[0] == rows[1]


def test_fault_switches_over_http_when_asked_for() -> None:
    with serving(faults=True, clients=False, rate="5;window=60") as (_, ready):
        wish = {"kind": "error_before", "times": 1}
        assert httpx.post(f"{ready['url']}/sandbox/faults", json=wish).status_code == 200
        answer = httpx.get(f"{ready['url']}/api/projects/0.1/jobs/")
        assert answer.status_code == 500
        assert answer.headers["ratelimit-limit"] == "5, 5;window=60"
