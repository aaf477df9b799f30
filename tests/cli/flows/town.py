"""Town: a real sandbox on this machine, with a client who has begun to talk to us."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from freelancer_tui.sandbox.records import World
from tests.sandbox.conftest import a_bid
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import BUDI, LOGO, SHOP, many_projects

TALKED_ABOUT = 2001
LETTER = (
    "I have read your brief with care and can start this week: a first draft in three days, "
    "two revisions, and every file you need at the end."
)


@dataclass
class Town:
    """The sandbox, and the client's hands."""

    sandbox: Sandbox
    client: httpx.Client
    thread: int = 0

    @property
    def url(self) -> str:
        return self.sandbox.url

    @property
    def token(self) -> str:
        return self.sandbox.tokens["budi"]

    def open_thread(self) -> None:
        """Bid on a job as if in the browser, and have the client answer."""
        with caller(self.sandbox, "budi") as budi:
            ok(budi.post("projects/0.1/bids/", json=a_bid(TALKED_ABOUT)))
        opened = ok(
            self.client.post(
                "messages/0.1/threads/",
                data={
                    "members[]": str(BUDI),
                    "context_type": "project",
                    "context": str(TALKED_ABOUT),
                    "message": "Hi, can you \x1b[31mstart\x1b[0m soon? 你好",
                },
            )
        )
        self.thread = opened["thread"]["id"]

    def bids(self, project: int = LOGO) -> list[Any]:
        """List what arrived for a job."""
        listed = ok(self.client.get("projects/0.1/bids/", params={"projects[]": project}))
        found: list[Any] = listed["bids"]
        return found

    def said(self) -> list[str]:
        """List the thread's texts, oldest first."""
        listed = ok(self.client.get("messages/0.1/messages/", params={"threads[]": self.thread}))
        rows = sorted(listed["messages"], key=lambda row: int(row["id"]))
        return [row["message"] for row in rows]


def caller(sandbox: Sandbox, name: str) -> httpx.Client:
    headers = {"freelancer-oauth-v1": sandbox.tokens[name]}
    return httpx.Client(base_url=f"{sandbox.url}/api/", headers=headers, timeout=5)


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def _fitting(world: World) -> World:
    """Let the job in rupiah need what Budi can do, so that his sync brings it."""
    fitting = [replace(one, skills=(7,)) if one.id == SHOP else one for one in world.projects]
    return replace(world, projects=tuple(fitting))


@contextmanager
def running_town(projects: int = 3) -> Iterator[Town]:
    """Serve a small town until the block ends."""
    with (
        running_sandbox(lambda: _fitting(many_projects(projects))) as sandbox,
        caller(sandbox, "alice") as client,
    ):
        town = Town(sandbox, client)
        town.open_thread()
        yield town
