"""The adapter for Freelancer.com passes the contract, against our sandbox over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import RetractBid
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.errors import OutcomeUnknown, Refused
from freelancer_tui.marketplaces.calls import Outside, Patience
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.sandbox.faults import Kind
from freelancer_tui.sandbox.market.messages import REFUSED_KINDS, File
from freelancer_tui.sync.marketplace import Marketplace
from tests.hostile import NAMES
from tests.marketplaces.contract import MarketplaceContract, drain, of, offer, saying
from tests.marketplaces.contract_changes import ChangesContract
from tests.marketplaces.contract_escrow import EscrowContract
from tests.sandbox.conftest import a_bid
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import ALICE, BUDI, LOGO, NOW, OLD, SHOP, many_projects

PATIENCE = Patience(connect=2, read=2, pool=2, deadline=3)


async def no_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


def open_at(sandbox: Sandbox, put_encoding: PutEncoding = "json") -> FreelancerMarketplace:
    outside = Outside(sleep=no_sleep, patience=PATIENCE)
    token = sandbox.tokens["budi"]
    return FreelancerMarketplace(
        sandbox.url, lambda: token, put_encoding=put_encoding, outside=outside
    )


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@dataclass
class SandboxStage:
    """Budi's adapter, and Alice's hands."""

    sandbox: Sandbox
    clock: Clock
    alice: httpx.Client
    budi: httpx.Client
    marketplace: Marketplace
    thread: int = 0
    talked_about: int = 2001
    user_id: int = BUDI
    client: int = ALICE
    project: int = LOGO
    dear_project: int = SHOP
    ended_project: int = OLD

    def change(self, project: int) -> None:
        self.clock.now += 1
        self._ok(
            self.alice,
            "PUT",
            f"projects/0.1/projects/{project}/",
            json={
                "action": "update",
                "description": "Now with more words, so that the text is long enough.",
            },
        )

    def client_says(self, text: str) -> None:
        self.clock.now += 1
        self._ok(
            self.alice,
            "POST",
            f"messages/0.1/threads/{self.thread}/messages/",
            data={"message": text},
        )

    def withdraw(self, bid: int) -> None:
        self._ok(self.budi, "PUT", f"projects/0.1/bids/{bid}/", json={"action": "retract"})

    def award(self, bid: int) -> None:
        self._ok(self.alice, "PUT", f"projects/0.1/bids/{bid}/", json={"action": "award"})

    def award_and_fund(self, bid: int) -> None:
        self.award(bid)
        self._ok(self.budi, "PUT", f"projects/0.1/bids/{bid}/", json={"action": "accept"})
        self._ok(
            self.alice,
            "POST",
            "projects/0.1/milestones/",
            json={
                "project_id": LOGO,
                "bidder_id": BUDI,
                "amount": 75.25,
                "reason": "partial_payment",
                "description": "First half",
            },
        )
        self._ok(
            self.budi,
            "POST",
            "projects/0.1/milestone_requests/",
            json={
                "project_id": LOGO,
                "bid_id": bid,
                "amount": 20.5,
                "description": "The second half",
            },
        )

    def takes_back(self, milestone: int) -> None:
        path = f"projects/0.1/milestones/{milestone}/"
        self._ok(self.alice, "PUT", path, json={"action": "cancel"})

    def funds(self, request: int) -> None:
        path = f"projects/0.1/milestone_requests/{request}/"
        self._ok(self.alice, "PUT", path, json={"action": "accept"})

    def bids(self, project: int) -> int:
        listed = self._ok(
            self.budi,
            "GET",
            "projects/0.1/bids/",
            params={"projects[]": project, "bidders[]": BUDI},
        )
        return len(listed["bids"])

    def messages(self) -> list[str]:
        """All that was said, the oldest first."""
        rows = self._said()
        return [row["message"] for row in rows]

    def files(self) -> dict[str, bytes]:
        found = {}
        for row in self._said():
            for each in row["attachments"]:
                answer = self.alice.get(f"messages/0.1/messages/{row['id']}/{each['filename']}")
                found[each["filename"]] = answer.content
        return found

    def edit_elsewhere(self, bid: int, days: int) -> None:
        self._ok(self.budi, "PUT", f"projects/0.1/bids/{bid}/", json={"period": days})

    def wishes(self, bid: int) -> list[str]:
        path = "projects/0.1/milestone_requests/"
        listed = self._ok(self.budi, "GET", path, params={"bids[]": bid})
        return [row["description"] for row in listed["milestone_requests"].values()]

    def lose_request(self, path: str, method: str = "POST") -> None:
        self.sandbox.faults.add("drop_before", method=method, path=path)

    def lose_answer(self, path: str, method: str = "POST") -> None:
        self.sandbox.faults.add("drop_after", method=method, path=path)

    def haste(self) -> None:
        self._always("rate_limited")

    def end_token(self) -> None:
        self._always("expired_token")

    def html(self) -> None:
        self._always("html")

    def cut_line(self) -> None:
        self.marketplace = FreelancerMarketplace(
            "http://127.0.0.1:9", lambda: "token", outside=Outside(sleep=no_sleep)
        )

    def _always(self, kind: Kind) -> None:
        self.sandbox.faults.add(kind, times=None)

    def _said(self) -> list[dict[str, Any]]:
        listed = self._ok(
            self.alice, "GET", "messages/0.1/messages/", params={"threads[]": self.thread}
        )
        rows: list[dict[str, Any]] = listed["messages"]
        return sorted(rows, key=lambda row: int(row["id"]))

    def _ok(self, who: httpx.Client, method: str, path: str, **how: Any) -> Any:
        answer = who.request(method, path, **how)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    def begin(self) -> None:
        """Let the client answer a bid of ours, ten minutes ago."""
        self._ok(self.budi, "POST", "projects/0.1/bids/", json=a_bid(self.talked_about))
        opened = self._ok(
            self.alice,
            "POST",
            "messages/0.1/threads/",
            data={
                "members[]": BUDI,
                "context_type": "project",
                "context": self.talked_about,
                "message": "Hi",
            },
        )
        self.thread = opened["thread"]["id"]
        self.clock.now += 600


def signed_in(sandbox: Sandbox, name: str) -> httpx.Client:
    headers = {"freelancer-oauth-v1": sandbox.tokens[name]}
    return httpx.Client(base_url=f"{sandbox.url}/api/", headers=headers, timeout=5)


@pytest.fixture
async def stage() -> AsyncIterator[SandboxStage]:
    clock = Clock()
    with (
        running_sandbox(lambda: many_projects(1), clock=clock) as sandbox,
        signed_in(sandbox, "alice") as alice,
        signed_in(sandbox, "budi") as budi,
    ):
        adapter = open_at(sandbox)
        made = SandboxStage(sandbox, clock, alice, budi, adapter)
        made.begin()
        yield made
        await made.marketplace.close()
        await adapter.close()


class TestFreelancer(MarketplaceContract):
    """The contract."""


class TestFreelancerChanges(ChangesContract):
    """The part of it about changes and money."""


class TestFreelancerEscrow(EscrowContract):
    """The part of it about money that is held or asked for."""


@pytest.mark.parametrize("encoding", get_args(PutEncoding))
async def test_actions_travel_in_three_ways(stage: SandboxStage, encoding: PutEncoding) -> None:
    placed = await stage.marketplace.push(offer(stage))
    adapter = open_at(stage.sandbox, encoding)
    try:
        await adapter.push(RetractBid(placed.remote_id, stage.project))
    finally:
        await adapter.close()
    listed = stage._ok(stage.budi, "GET", "projects/0.1/bids/", params={"bids[]": placed.remote_id})
    assert listed["bids"][0]["retracted"] is True


@pytest.mark.parametrize("encoding", get_args(PutEncoding))
async def test_marks_travel_in_three_ways(stage: SandboxStage, encoding: PutEncoding) -> None:
    adapter = open_at(stage.sandbox, encoding)
    try:
        now = datetime.fromtimestamp(stage.clock.now, UTC)
        actions: tuple[SignalAction, ...] = ("read", "mute", "star")
        for action in actions:
            assert await adapter.mark(action, [stage.thread]) == now
        (thread,) = of(await adapter.pull(Feed("threads"), None), Thread)
        assert (thread.unread, thread.muted) == (0, True)
        shown = stage._ok(stage.budi, "GET", f"messages/0.1/threads/{stage.thread}")
        assert shown["threads"][0]["is_starred"] is True
        await adapter.mark("unmute", [stage.thread])
        (thread,) = of(await adapter.pull(Feed("threads"), None), Thread)
        assert thread.muted is False
        with pytest.raises(Refused):  # one that is not there takes all of them along
            await adapter.mark("unstar", [stage.thread, 999_999])
        stage.lose_answer("*/threads/", "PUT")
        with pytest.raises(OutcomeUnknown):
            await adapter.mark("unstar", [stage.thread])
    finally:
        await adapter.close()


async def test_a_hidden_owner_hides_no_project(stage: SandboxStage) -> None:
    stage.sandbox.faults.add("null_owner_id", times=None)
    await MarketplaceContract().test_projects_are_those_of_the_user_s_skills(stage)


async def test_files_of_hostile_names_come_whole_over_a_line_that_cuts(
    stage: SandboxStage,
) -> None:
    names = [one.encode("utf-8", "replace").decode() for one in NAMES]
    names = [one for one in dict.fromkeys(names) if one.strip("/") and _is_sendable(one)][::3]
    for number, name in enumerate(names):
        file = File(name, "text/plain", f"{number}".encode() * 5000)
        stage.sandbox.market.messages.post(ALICE, stage.thread, "", files=[file])
    pages = await drain(stage.marketplace, Feed("messages", str(stage.thread)))
    said = [one for page in pages for one in of(page, Message) if one.attachments]
    assert len(said) == len(names)
    contents = {}
    for one in sorted(said, key=lambda one: one.remote_id):
        stage.sandbox.faults.add("cut_body", method="GET", path="*/messages/0.1/messages/*/*")
        came = bytearray()

        def take(at: int, part: bytes, total: int | None, came: bytearray = came) -> None:
            del came[at:]
            came += part

        (attachment,) = one.attachments
        await stage.marketplace.download(one.remote_id, attachment.key, take, lambda: False)
        contents[one.remote_id] = bytes(came)
    assert list(contents.values()) == [f"{n}".encode() * 5000 for n in range(len(names))]
    assert not stage.sandbox.faults.active, "no line was cut"


async def test_a_file_that_is_not_taken_is_refused_in_words(
    stage: SandboxStage, tmp_path: Path
) -> None:
    (tmp_path / "copy").write_bytes(b"MZ")
    before = stage.messages()
    program = Upload("setup.exe", str(tmp_path / "copy"), 2)
    with pytest.raises(Refused, match="no files of this kind") as kind:
        await stage.marketplace.push(replace(saying(stage, "Run it"), uploads=(program,)))
    assert kind.value.reason_code.endswith("FILE_TYPE_NOT_ALLOWED")
    (tmp_path / "copy").write_bytes(bytes(21 * 1024 * 1024))
    large = Upload("large.bin", str(tmp_path / "copy"), 21 * 1024 * 1024)
    with pytest.raises(Refused, match="smaller files"):
        await stage.marketplace.push(replace(saying(stage, "See it"), uploads=(large,)))
    assert stage.messages() == before


def _is_sendable(name: str) -> bool:
    """Tell whether the sandbox has a place for a name: within its limit, and no program's."""
    kind = name.rpartition(".")[2].lower()
    is_path = name.endswith("/") or "\n" in name
    return 0 < len(name) <= 255 and kind not in REFUSED_KINDS and not is_path
