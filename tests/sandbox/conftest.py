"""Fixtures: a running sandbox with a tiny world, and callers signed in to it."""

from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import ALICE, BOB, BUDI, LETTER, LOGO, NOW, SITI

IDS = {"budi": BUDI, "siti": SITI, "alice": ALICE, "bob": BOB}


class Caller:
    """Somebody who calls the API; `name` is empty for nobody."""

    def __init__(self, sandbox: Sandbox, name: str) -> None:
        self.name = name
        token = sandbox.tokens.get(name)
        headers = {"freelancer-oauth-v1": token} if token else {}
        self.http = httpx.Client(base_url=f"{sandbox.url}/api/", headers=headers, timeout=5)

    def ok(self, method: str, path: str, **how: Any) -> Any:
        """The result of a call that succeeds."""
        answer = self.http.request(method, path, **how)
        document = answer.json()
        assert answer.status_code == 200, document
        assert set(document) == {"status", "result", "request_id"}
        assert document["status"] == "success"
        return document["result"]

    def refused(self, method: str, path: str, **how: Any) -> tuple[int, str]:
        """Status and error code of a call that is refused."""
        answer = self.http.request(method, path, **how)
        document = answer.json()
        assert answer.status_code >= 400, document
        assert set(document) == {"status", "message", "error_code", "request_id"}
        assert document["status"] == "error"
        return answer.status_code, document["error_code"].rpartition(".")[2]

    def bid(self, project_id: int = LOGO, **changes: Any) -> Any:
        """A bid that is placed."""
        bid = a_bid(project_id, bidder_id=IDS[self.name], **changes)
        return self.ok("POST", "projects/0.1/bids/", json=bid)

    def act(self, path: str, action: str, **body: Any) -> Any:
        """The result of an action that succeeds."""
        return self.ok("PUT", f"projects/0.1/{path}/", json={"action": action, **body})


def a_bid(project_id: int = LOGO, **changes: Any) -> dict[str, Any]:
    """What Budi sends to bid."""
    return {
        "project_id": project_id,
        "bidder_id": BUDI,
        "amount": 150.5,
        "period": 7,
        "milestone_percentage": 50,
        "description": LETTER,
        **changes,
    }


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Generator[Sandbox]:
    with running_sandbox(clock=clock, fault_controls=True) as running:
        yield running


@pytest.fixture
def callers(sandbox: Sandbox) -> Generator[dict[str, Caller]]:
    with ExitStack() as stack:
        made = {name: Caller(sandbox, name) for name in ("budi", "siti", "alice", "bob", "")}
        for caller in made.values():
            stack.enter_context(caller.http)
        yield made


@pytest.fixture
def budi(callers: dict[str, Caller]) -> Caller:
    """A freelancer."""
    return callers["budi"]


@pytest.fixture
def siti(callers: dict[str, Caller]) -> Caller:
    """Another freelancer."""
    return callers["siti"]


@pytest.fixture
def alice(callers: dict[str, Caller]) -> Caller:
    """The employer whose projects are LOGO and SHOP."""
    return callers["alice"]


@pytest.fixture
def bob(callers: dict[str, Caller]) -> Caller:
    """Another employer."""
    return callers["bob"]


@pytest.fixture
def nobody(callers: dict[str, Caller]) -> Caller:
    """Somebody without a token."""
    return callers[""]
