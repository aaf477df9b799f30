"""The failure table: for each way to fail, the state an entry reaches and the words for it.

The engine, the store, the adapter and the services are the real ones; the sandbox is real too,
and where it cannot fail in some way, a door before it does.
"""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Literal

import httpx
import pytest

from freelancer_tui import i18n, wording
from freelancer_tui.domain.intents import OutboxEntry, OutboxState
from freelancer_tui.domain.money import parse_amount
from freelancer_tui.marketplaces.calls import Outside, Patience
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from freelancer_tui.sync.events import Moved
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.turns import after
from freelancer_tui.tui.widgets.outbox_words import told
from freelancer_tui.tui.widgets.sync_bar import SyncBar, SyncStatus
from freelancer_tui.workspace import Workspace, open_workspace, utc_now
from tests.cli.flows.town import LETTER, Town, caller, ok, running_town
from tests.marketplaces.raw_server import Request, free_port, reply
from tests.sandbox.conftest import a_bid
from tests.services.desk import settings_in
from tests.sync.front import Front, Spoil, standing_before

What = Literal[
    "bid",
    "message",
    "retract_bid",
    "accept_award",
    "decline_award",
    "ask_release",
    "withdraw_request",
]
ACTIONS: dict[What, str] = {
    "retract_bid": "withdraw",
    "accept_award": "accept",
    "decline_award": "decline",
}
OF_MONEY: dict[What, str] = {"ask_release": "milestones", "withdraw_request": "milestone_requests"}
STATES: tuple[OutboxState, ...] = ("queued", "sent", "refused", "doubtful")
QUICK = Patience(connect=0.3, read=0.3, pool=0.3, deadline=0.6, own_pause=1.0)
FIRST_JOB = 2002
AWARDED, MONEY = 24, 20
"""The last jobs of the town have a bid of the user's and an award that waits, those before them
money that is held or asked for."""
RAW = ("Error", "Exception", "Errno", "Traceback", "httpx", "http", "None", "127.0.0.1", "{", "\\")
"""What a sentence for a freelancer never holds."""
HTML = b"<!doctype html><html><body>Bad gateway</body></html>"
ERROR = '{"status":"error","message":"No.","error_code":"%s","request_id":"1"}'

OFFLINE = "Offline since {time} · what you write is kept and sent later"
ONLINE = "Online · synced at {time}"
PAUSED = "The marketplace asks to wait until {time}."
SIGN_IN = "Sign-in needed: The marketplace does not accept the token: sign in again."
WAITS = ("Waiting to be sent",)
AGAIN = ("Waiting to be tried again",)
LOOKS = (
    "Looking whether it arrived",
    "The reply got lost. We look whether it arrived before anything is sent again.",
)
MAY = "May have arrived: you decide"
LATE = "It was not found, but it may still have arrived."
READ_IT = (
    "It may be there already. Look into the conversation, then say that it arrived, "
    "or send it again."
)
KEPT = "Change the text and send it again, or take it out; it is kept."
CLOSED = ("Refused", "The project takes no more bids.", KEPT)
OTHER = ("Refused", "The marketplace refused it: No.", KEPT)
LARGE = ("Refused", "It is larger than the marketplace takes: send smaller files.", KEPT)
INDONESIAN = {
    OFFLINE: "Luring sejak {time} · tulisan Anda disimpan dan dikirim nanti",
    ONLINE: "Daring · tersinkron {time}",
    PAUSED: "Marketplace meminta menunggu sampai {time}.",
    SIGN_IN: "Perlu masuk: Marketplace tidak menerima token: masuk lagi.",
    WAITS[0]: "Menunggu dikirim",
    AGAIN[0]: "Menunggu dicoba lagi",
    LOOKS[0]: "Mengecek apakah sudah sampai",
    LOOKS[1]: "Jawaban marketplace tidak sampai. Dicek dulu apakah kiriman diterima, baru ada yang"
    " dikirim ulang.",
    MAY: "Mungkin sudah sampai: Anda yang menentukan",
    LATE: "Tidak ditemukan, tetapi mungkin saja sudah sampai.",
    READ_IT: "Mungkin sudah sampai. Cek percakapannya, lalu tandai sudah sampai, atau kirim ulang.",
    KEPT: "Ubah teksnya lalu kirim lagi, atau keluarkan; teksnya tetap tersimpan.",
    "Refused": "Ditolak",
    CLOSED[1]: "Proyek ini tidak menerima penawaran lagi.",
    OTHER[1]: "Ditolak marketplace: No.",
    LARGE[1]: "Ukurannya melebihi batas marketplace: kirim file yang lebih kecil.",
}


@dataclass(frozen=True)
class Row:
    """A way to fail, what becomes of the entry, and what the user reads."""

    name: str
    fault: Callable[["Scene"], None]
    state: OutboxState
    shown: tuple[str, ...]
    bar: str
    ends: OutboxState = "sent"
    """The state once the line is good again and one more turn was taken by hand."""
    message_ends: OutboxState | None = None
    """The same for a message, where it differs: its absence is no proof."""


@dataclass
class Scene:
    """A workspace, the door before the sandbox, and everything that can go wrong."""

    town: Town
    front: Front
    home: Path
    what: What
    job: int
    line: "Line"
    workspace: Workspace = field(init=False)
    files: list[Path] = field(default_factory=list)
    """What goes with a message."""
    broken: str = ""
    """Another address for the marketplace: no line at all."""
    stack: ExitStack = field(default_factory=ExitStack)

    def queue(self) -> None:
        """Queue what the row is about."""
        if self.what == "message":
            self.workspace.messages.send(self.town.thread, self.text, self.files)
            return
        if self.what in OF_MONEY:
            found = self.workspace.milestones.lines(10_000)
            (line,) = [one for one in found if one.project_remote_id == self.job]
            verb = "ask_release" if self.what == "ask_release" else "withdraw"
            getattr(self.workspace.milestones, verb)(line.remote_id)
            return
        if self.what in ACTIONS:
            view = self.workspace.proposals.of_project(self.job)
            assert view is not None
            getattr(self.workspace.proposals.placed, ACTIONS[self.what])(view.proposal.id)
            return
        sheet = self.workspace.proposals.draft(self.job)
        price = parse_amount("150", sheet.currency)
        self.workspace.proposals.save(sheet.id, price=price, days=5, text=LETTER)
        self.workspace.proposals.submit(sheet.id)

    @property
    def text(self) -> str:
        return f"About job {self.job}, as you asked."

    @property
    def way(self) -> tuple[str, str]:
        """Give the method and the path of the write."""
        if self.what in ACTIONS:
            return "PUT", "*bids/*"
        if self.what in OF_MONEY:
            return "PUT", f"*{OF_MONEY[self.what]}/*"
        return "POST", "*bids" if self.what == "bid" else "*messages"

    def applied(self) -> int:
        """Count how often it arrived."""
        if self.what == "bid":
            return len(self.town.bids(self.job))
        if self.what in OF_MONEY:
            kind = OF_MONEY[self.what]
            listed = ok(
                self.town.client.get(f"projects/0.1/{kind}/", params={"projects[]": self.job})
            )
            (status,) = [one["status"] for one in listed[kind].values()]
            return int(status in ("requested_release", "deleted"))
        if self.what in ACTIONS:
            (bid,) = self.town.bids(self.job)
            done = {
                "retract_bid": bid["retracted"],
                "accept_award": bid["time_accepted"] is not None,
                "decline_award": bid["award_status"] == "canceled",
            }
            return int(done[self.what])
        return self.town.said().count(self.text)

    def entry(self) -> OutboxEntry | None:
        """Give the entry as the outbox lists it; a sent one is not listed."""
        return next(iter(self.workspace.outbox.entries()), None)


class Line(httpx.AsyncHTTPTransport):
    """A transport that cannot even begin to send a write, once."""

    failure: type[httpx.TransportError] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.failure is not None and request.method in ("POST", "PUT"):
            failure, self.failure = self.failure, None
            raise failure("[Errno -2] Name or service not known", request=request)
        return await super().handle_async_request(request)


def cannot_begin(failure: type[httpx.TransportError]) -> Callable[[Scene], None]:
    def fault(scene: Scene) -> None:
        scene.line.failure = failure

    return fault


def switch(kind: str, **more: object) -> Callable[[Scene], None]:
    """Use a switch of the sandbox."""

    def fault(scene: Scene) -> None:
        faults, (method, path) = scene.town.sandbox.faults, scene.way
        faults.add(kind, method=method, path=path, **more)  # type: ignore[arg-type]

    return fault


def door(spoil: Spoil, *, arrives: bool) -> Callable[[Scene], None]:
    """Spoil the write at the door, after or before the sandbox has heard of it."""

    def fault(scene: Scene) -> None:
        scene.front.spoil, scene.front.arrives = spoil, arrives

    return fault


def says(data: bytes) -> Spoil:
    async def spoil(request: Request, _answer: bytes) -> None:
        request.send(data)

    return spoil


async def resets(request: Request, _answer: bytes) -> None:
    request.reset()


async def is_silent(_request: Request, _answer: bytes) -> None:
    await asyncio.sleep(5)


def cuts(share: float, *, body: bool) -> Spoil:
    """Hang up within the headers, or within the body."""

    async def spoil(request: Request, answer: bytes) -> None:
        head = answer.index(b"\r\n\r\n") + 4
        end = head + int((len(answer) - head) * share) if body else int(head * share)
        request.send(answer[:end])
        await request.writer.drain()
        request.writer.close()

    return spoil


async def drips(request: Request, answer: bytes) -> None:
    """Send a byte often enough for every read timeout."""
    for place in range(len(answer)):
        request.send(answer[place : place + 1])
        await request.writer.drain()
        await asyncio.sleep(0.05)


async def bad_gzip(request: Request, answer: bytes) -> None:
    body = answer.partition(b"\r\n\r\n")[2]
    request.send(reply(body, headers={"Content-Encoding": "gzip"}))


async def no_status(request: Request, answer: bytes) -> None:
    body = answer.partition(b"\r\n\r\n")[2]
    request.send(reply(body.replace(b'"status":"success",', b"")))


def refuses(status: int, code: str) -> Callable[[Scene], None]:
    return door(says(reply((ERROR % code).encode(), status=status)), arrives=False)


def elsewhere(address: Callable[[Scene], str]) -> Callable[[Scene], None]:
    def fault(scene: Scene) -> None:
        scene.broken = address(scene)

    return fault


def full(scene: Scene) -> str:
    """Give an address where nobody ever takes the call: its queue is full."""
    deaf = scene.stack.enter_context(closing(socket.socket()))
    deaf.bind(("127.0.0.1", 0))
    deaf.listen(0)
    for _ in range(4):
        caller = scene.stack.enter_context(closing(socket.socket()))
        caller.setblocking(False)
        caller.connect_ex(deaf.getsockname())
    return f"http://127.0.0.1:{deaf.getsockname()[1]}"


UNKNOWN_HOST = elsewhere(lambda _scene: "https://no-such-host.invalid")
REFUSED_PORT = elsewhere(lambda _scene: f"http://127.0.0.1:{free_port()}")
DOUBT: dict[str, tuple[Callable[[Scene], None], bool]] = {
    "reset before": (door(resets, arrives=False), False),
    "reset after": (door(resets, arrives=True), True),
    "hung up before": (switch("drop_before"), False),
    "hung up after": (switch("drop_after"), True),
    "cut headers": (door(cuts(0.5, body=False), arrives=True), True),
    "cut body": (switch("cut_body"), True),
    "read timeout before": (door(is_silent, arrives=False), False),
    "read timeout after": (door(is_silent, arrives=True), True),
    "slow loris": (door(drips, arrives=True), True),
    "bad gzip": (door(bad_gzip, arrives=True), True),
    "html with 200": (switch("html"), True),
    "json cut": (switch("cut_json"), True),
    "envelope without status": (door(no_status, arrives=True), True),
    "408": (switch("error_before", status=408), False),
    "500 before": (switch("error_before"), False),
    "500 after": (switch("error_after"), True),
    "502 before": (switch("error_before", status=502), False),
    "502 html after": (door(says(reply(HTML, status=502)), arrives=True), True),
    "503 html": (door(says(reply(HTML, status=503)), arrives=False), False),
    "error in a 200": (switch("error_200"), True),
}
NOT_ACTIVE = "ProjectExceptionCodes.PROJECT_NOT_ACTIVE"
TABLE = [
    Row("unknown host", UNKNOWN_HOST, "queued", WAITS, OFFLINE),
    Row("refused port", REFUSED_PORT, "queued", WAITS, OFFLINE),
    Row("nobody answers the call", elsewhere(full), "queued", WAITS, OFFLINE),
    Row("dns", cannot_begin(httpx.ConnectError), "queued", AGAIN, OFFLINE),
    Row("connect timeout", cannot_begin(httpx.ConnectTimeout), "queued", AGAIN, OFFLINE),
    Row("pool timeout", cannot_begin(httpx.PoolTimeout), "queued", AGAIN, OFFLINE),
    *(
        Row(name, fault, "doubtful", LOOKS, ONLINE, "sent", None if arrives else "doubtful")
        for name, (fault, arrives) in DOUBT.items()
    ),
    Row("429 with headers", switch("rate_limited"), "queued", AGAIN, PAUSED, "queued"),
    Row("429", switch("rate_limited", headers=False), "queued", AGAIN, PAUSED, "queued"),
    Row("503 asks to wait", switch("error_before", status=503), "queued", AGAIN, PAUSED, "queued"),
    Row("401", switch("expired_token"), "queued", AGAIN, SIGN_IN),
    Row("403 token", refuses(403, "R.NOT_AUTHENTICATED"), "queued", AGAIN, SIGN_IN),
    *(
        Row(str(status), refuses(status, NOT_ACTIVE), "refused", CLOSED, ONLINE, "refused")
        for status in (400, 403, 404, 409, 422)
    ),
    Row("an unknown code", refuses(422, "P.NEW_ONE"), "refused", OTHER, ONLINE, "refused"),
    Row("413", door(says(reply(HTML, status=413)), arrives=False), "refused", LARGE, ONLINE,
        "refused"),
]  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with running_town(4 * len(TABLE) + 20 + AWARDED + MONEY) as town:
        last = FIRST_JOB + 4 * len(TABLE) + 18 + AWARDED + MONEY
        with caller(town.sandbox, "budi") as budi:
            for job in range(last - AWARDED, last):
                bid = ok(budi.post("projects/0.1/bids/", json=a_bid(job)))
                path = f"projects/0.1/bids/{bid['id']}/"
                ok(town.client.put(path, json={"action": "award"}))
                AWARDED_JOBS.append(job)
            for job in range(last - AWARDED - MONEY, last - AWARDED):
                _put_money(town, budi, job)
        yield town


def _put_money(town: Town, budi: httpx.Client, job: int) -> None:
    """Let every second job have money held, the others a request that waits."""
    what: What = "ask_release" if job % 2 else "withdraw_request"
    bid = ok(budi.post("projects/0.1/bids/", json=a_bid(job)))
    path, sides = f"projects/0.1/bids/{bid['id']}/", {"project_id": job, "amount": 50}
    ok(town.client.put(path, json={"action": "award"}))
    words = {"description": "Part"}
    if what == "ask_release":
        more = {"bidder_id": bid["bidder_id"], "reason": "other", **words}
        ok(town.client.post("projects/0.1/milestones/", json=sides | more))
    else:
        more = {"bid_id": bid["id"], **words}
        ok(budi.post("projects/0.1/milestone_requests/", json=sides | more))
    MONEY_JOBS[what].append(job)


@pytest.fixture(scope="module")
def template(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home that has been synced once."""
    home = tmp_path_factory.mktemp("template")
    asyncio.run(_first_sync(town, home))
    return home


async def _first_sync(town: Town, home: Path) -> None:
    workspace = open_at(lambda: town.url, lambda: town.token, home, None)
    await turn(workspace)
    await workspace.engine.close()
    workspace.close()


JOBS = iter(range(FIRST_JOB, 10**6))
AWARDED_JOBS: list[int] = []
MONEY_JOBS: dict[What, list[int]] = {"ask_release": [], "withdraw_request": []}


def _job_for(what: What) -> int:
    if what in OF_MONEY:
        return MONEY_JOBS[what].pop()
    return AWARDED_JOBS.pop() if what in ACTIONS else next(JOBS)


@asynccontextmanager
async def scene_of(town: Town, template: Path, home: Path, what: What) -> AsyncIterator[Scene]:
    shutil.copytree(template, home, dirs_exist_ok=True)
    town.sandbox.faults.clear()
    async with standing_before(town.url) as front:
        job = _job_for(what)
        scene = Scene(town, front, home, what, job, Line(verify=False))
        with scene.stack:
            yield scene
            scene.workspace.close()


def open_at(
    url: Callable[[], str], token: Callable[[], str], home: Path, line: Line | None
) -> Workspace:
    outside = Outside(sleep=_no_sleep, random=Random(1), patience=QUICK)

    def adapter(*_: object) -> FreelancerMarketplace:
        return FreelancerMarketplace(url(), token, transport=line, outside=outside)

    return open_workspace(settings_in(home), random=Random(1), open_marketplace=adapter)


async def _no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@dataclass
class Turn:
    """What a turn showed: each state with its words at that moment, and the bar at its end."""

    moved: list[tuple[OutboxState, tuple[str, ...]]] = field(default_factory=list)
    status: SyncStatus = field(default_factory=SyncStatus)

    @property
    def bar(self) -> str:
        bar = SyncBar(Clock(utc_now))
        bar.status = self.status
        return bar.words()

    def is_at(self, sentence: str) -> bool:
        """Tell whether the bar says a sentence, whatever its time is."""
        before, _, behind = sentence.partition("{time}")
        return self.bar.startswith(before) and self.bar.endswith(behind)


async def turn(workspace: Workspace, *until: OutboxState) -> Turn:
    """Take a turn by hand, read the screen meanwhile, and end it once an entry is in a state."""
    seen = Turn()
    async for event in workspace.engine.turn(by_hand=True):
        seen.status = after(seen.status, event)
        if isinstance(event, Moved) and event.entry.state != "sending":
            seen.moved.append((event.entry.state, words(event.entry)))
            if event.entry.state in until:
                workspace.engine.stop()
    return seen


def words(entry: OutboxEntry) -> tuple[str, ...]:
    """Give everything the outbox says about an entry."""
    return (wording.outbox_state(entry), *(sentence for sentence, _tone in told(entry)))


WORDED = {(row.shown, row.bar): row for row in TABLE}
"""A row for each thing that can be read."""
CASES = [("en", row) for row in TABLE] + [("id", row) for row in WORDED.values()]


OF_ACTIONS: dict[What, tuple[str, ...]] = {
    "retract_bid": ("hung up before", "hung up after", "500 after", "409"),
    "accept_award": (
        *("refused port", "dns", "hung up before", "hung up after", "read timeout after"),
        *("cut body", "html with 200", "500 before", "error in a 200", "429", "401", "400"),
    ),
    "decline_award": ("hung up before", "hung up after", "json cut", "409"),
    "ask_release": (
        *("refused port", "hung up before", "hung up after", "html with 200", "500 after"),
        *("429", "401", "400"),
    ),
    "withdraw_request": ("dns", "hung up before", "read timeout after", "json cut", "409"),
}
"""Rows for what is done to a bid or to money: one of each kind, and for one of them nearly all."""


@pytest.mark.parametrize(
    ("what", "row"),
    [(what, row) for what, names in OF_ACTIONS.items() for row in TABLE if row.name in names],
    ids=lambda one: getattr(one, "name", one),
)
async def test_a_failure_of_an_action(
    row: Row, what: What, town: Town, template: Path, tmp_path: Path
) -> None:
    """It is looked for on the bid or the money, so it is done once, or not at all with a reason.

    What is about money is not done again by itself, even where a look proves that it was not.
    """
    if what in OF_MONEY and row.name == "hung up before":
        row = replace(row, ends="doubtful")
    advice = "Take it out, or send it again if it can be done after all."
    shown = (*row.shown[:-1], advice) if row.state == "refused" else row.shown
    async with scene_of(town, template, tmp_path / "home", what) as scene:
        row.fault(scene)
        first = await life(scene)
        if not first.moved:
            entry = scene.entry()
            assert entry is not None
            first.moved.append((entry.state, words(entry)))
        assert first.moved[0] == (row.state, shown)
        assert first.is_at(row.bar), first.bar
        await ends(scene, row)


@pytest.mark.parametrize("what", ["bid", "message"])
@pytest.mark.parametrize(("language", "row"), CASES, ids=lambda one: getattr(one, "name", one))
async def test_a_failure(
    row: Row, what: What, language: str, town: Town, template: Path, tmp_path: Path
) -> None:
    i18n.use(language)
    say = (lambda one: INDONESIAN[one]) if language == "id" else str
    async with scene_of(town, template, tmp_path / "home", what) as scene:
        if language == "en":
            scene.files.append(tmp_path / "plan.txt")
            scene.files[0].write_text(scene.text)
        row.fault(scene)
        first = await life(scene)
        if row.bar in (OFFLINE, PAUSED, SIGN_IN) and not first.moved:
            entry = scene.entry()
            assert entry is not None
            first.moved.append((entry.state, words(entry)))
        state, shown = first.moved[0]
        assert state == row.state
        assert shown == tuple(say(one) for one in row.shown)
        assert first.is_at(say(row.bar)), first.bar
        for sentence in (first.bar, *(one for _, shown in first.moved for one in shown)):
            assert not any(raw in sentence for raw in RAW), sentence
            assert town.token not in sentence
        if language == "en":  # what arrives does not depend on the words
            await ends(scene, row)


async def life(scene: Scene) -> Turn:
    """Open the workspace, queue, and take a turn with the fault waiting for it."""
    url = scene.broken or scene.front.url
    line = None if scene.broken else scene.line
    scene.workspace = open_at(lambda: url, lambda: scene.town.token, scene.home, line)
    try:
        scene.queue()
        return await turn(scene.workspace, *STATES)
    finally:
        await scene.workspace.engine.close()


async def ends(scene: Scene, row: Row) -> None:
    """The line is good again: what was queued is there once, or not at all with a reason."""
    scene.workspace.close()
    scene.town.sandbox.faults.clear()
    scene.workspace = open_at(lambda: scene.town.url, lambda: scene.town.token, scene.home, None)
    wanted = (row.message_ends or row.ends) if scene.what == "message" else row.ends
    await turn(scene.workspace, wanted)
    entry = scene.entry()
    state = entry.state if entry else "sent"
    assert state == wanted
    assert scene.applied() == int(wanted == "sent")
    await scene.workspace.engine.close()


@pytest.mark.parametrize("language", ["en", "id"])
async def test_a_bid_that_is_there_already(
    language: str, town: Town, template: Path, tmp_path: Path
) -> None:
    """DUPLICATE_BID is no refusal: what is there is read, and said where it differs."""
    i18n.use(language)
    async with scene_of(town, template, tmp_path / "home", "bid") as scene:
        with caller(town.sandbox, "budi") as budi:
            ok(budi.post("projects/0.1/bids/", json=a_bid(scene.job)))
        first = await life(scene)
        assert first.moved[0][0] == "sent"
        assert first.is_at(ONLINE if language == "en" else INDONESIAN[ONLINE])
        assert scene.applied() == 1
        (view,) = [
            view
            for view in scene.workspace.proposals.board(None, 100)
            if view.proposal.project_remote_id == scene.job
        ]
        assert view.standing == "placed"
        assert i18n._(view.proposal.refusal) == (
            "Another bid of yours was already placed there."
            if language == "en"
            else "Penawaran Anda yang lain sudah ada di sana."
        )
        assert view.proposal.text == LETTER, "what the user wrote is kept"


@pytest.mark.parametrize("language", ["en", "id"])
async def test_a_message_that_does_not_turn_up_is_the_user_s_to_decide(
    language: str, town: Town, template: Path, tmp_path: Path
) -> None:
    i18n.use(language)
    say = (lambda one: INDONESIAN[one]) if language == "id" else str
    async with scene_of(town, template, tmp_path / "home", "message") as scene:
        switch("drop_before")(scene)
        first = await life(scene)
        assert first.moved[0][0] == "doubtful"
        scene.workspace.close()
        for minutes in (0, 11):
            town.sandbox.market.clock_offset += 60 * minutes
            scene.workspace = open_at(lambda: town.url, lambda: town.token, scene.home, None)
            last = await turn(scene.workspace, "doubtful")
            await scene.workspace.engine.close()
        state, shown = last.moved[0]
        assert (state, shown) == ("doubtful", tuple(say(one) for one in (MAY, LATE, READ_IT)))
        entry = scene.entry()
        assert entry is not None
        assert entry.asks
        assert scene.applied() == 0
