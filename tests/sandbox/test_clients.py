"""Simulated clients, with a clock that runs as fast as we like."""

import itertools
import sqlite3
from dataclasses import dataclass, field

import pytest

from freelancer_tui.sandbox.clients import Clients
from freelancer_tui.sandbox.market.bids import Offer
from freelancer_tui.sandbox.market.events import Event
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.messages import File
from freelancer_tui.sandbox.market.threads import Context
from freelancer_tui.sandbox.seed import history, world
from freelancer_tui.sandbox.seed.briefs import told_in
from freelancer_tui.sandbox.seed.people import shady_names
from freelancer_tui.sandbox.talk import Topic, topic_of
from tests.sandbox.worlds import tiny_world

START = 1_795_500_123
TEXT = "I have read your text twice and would begin with a small, honest prototype. " * 2


@dataclass(slots=True)
class Day:
    """A market, its clients, and a clock that moves only when told to."""

    seed: int = 1
    time: float = START
    market: Market = field(init=False)
    clients: Clients = field(init=False)
    sari: int = field(init=False)

    def __post_init__(self) -> None:
        self.market = Market(":memory:", lambda: world(1, 300, START), lambda: self.time)
        history(self.market)
        self.clients = Clients(self.market, self.seed)
        self.sari = int(self.market.people.named(["sariwulandari"])[0]["id"])

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.time += 1
            self.clients.step(self.market.now())

    def open_jobs(self, language: str, *, kind: str = "fixed") -> list[sqlite3.Row]:
        rows = self.market.database.all(
            "SELECT p.*, u.username FROM projects p JOIN users u ON u.id = p.owner_id"
            " WHERE p.status = 'active' AND p.language = ? AND p.kind = ? ORDER BY p.id DESC",
            (language, kind),
        )
        return [
            row
            for row in rows
            if row["username"] not in shady_names()
            and not self.market.bids.live(row["id"], self.sari)
        ]

    def bid(self, job: sqlite3.Row) -> int:
        return self.market.bids.place(self.sari, job["id"], Offer(job["minimum"], 7, TEXT))

    def thread(self, job: sqlite3.Row) -> int:
        found = self.market.threads.between(
            self.sari, job["owner_id"], Context("project", job["id"])
        )
        assert found is not None
        return found

    def said(self, job: sqlite3.Row) -> list[str]:
        """What the client has said about a job, oldest first."""
        rows = self.market.database.all(
            "SELECT m.text FROM messages m JOIN threads t ON t.id = m.thread_id"
            " WHERE t.context_id = ? AND m.from_id = ? ORDER BY m.id",
            (job["id"], job["owner_id"]),
        )
        return [row["text"] for row in rows]

    def events(self) -> list[Event]:
        return self.market.events.since(0, 10_000)

    def awarded(self, job: sqlite3.Row) -> int | None:
        row = self.market.bids.live(job["id"], self.sari)
        return row["id"] if row and row["award_status"] == "awarded" else None


@pytest.fixture
def day() -> Day:
    return Day()


def won(day: Day, language: str = "en", kind: str = "fixed") -> tuple[sqlite3.Row, int]:
    """Bid on jobs until one is awarded; gives the job and the bid."""
    jobs = day.open_jobs(language, kind=kind)[:8]
    for job in jobs:
        day.bid(job)
    day.run(400)
    for job in jobs:
        bid_id = day.awarded(job)
        if bid_id:
            return job, bid_id
    raise AssertionError("nobody has awarded anything")


def test_a_client_asks_about_the_job_soon_after_a_bid(day: Day) -> None:
    jobs = [*day.open_jobs("id")[:3], *day.open_jobs("en")[:3]]
    for job in jobs:
        day.bid(job)
    day.run(3)
    assert not any(day.said(job) for job in jobs)
    day.run(13)
    for job in jobs:
        brief = told_in(job["description"])
        assert brief is not None
        (question,) = day.said(job)
        assert any(question.endswith(str(ask[-1])) for ask in brief.asks), question


def test_nobody_is_asked_the_same_by_everyone(day: Day) -> None:
    jobs = day.open_jobs("id")[:12]
    for job in jobs:
        day.bid(job)
    day.run(20)
    assert len({day.said(job)[0] for job in jobs}) > 9


def test_fates_differ(day: Day) -> None:
    jobs = [*day.open_jobs("id")[:12], *day.open_jobs("en")[:12]]
    for job in jobs:
        day.bid(job)
    day.run(400)
    bids = [day.market.bids.live(job["id"], day.sari) for job in jobs]
    fates = [bid["award_status"] for bid in bids if bid]
    assert fates.count("awarded") > fates.count("rejected") > 0
    assert any(bid["shortlisted"] for bid in bids if bid)


@pytest.mark.parametrize("kind", ["fixed", "hourly"])
def test_accepted_work_is_funded_released_and_reviewed(day: Day, kind: str) -> None:
    job, bid_id = won(day, "en", kind)
    day.market.bids.accept(day.sari, bid_id)
    day.run(60)
    for _ in range(3):
        held = day.market.database.all(
            "SELECT id FROM milestones WHERE bid_id = ? AND status = 'frozen'", (bid_id,)
        )
        for row in held:
            day.market.milestones.request_release(day.sari, row["id"])
        day.run(260)
    assert day.market.projects.get(job["id"])["frontend_status"] == "complete"
    reviews = day.market.database.all("SELECT * FROM reviews WHERE bid_id = ?", (bid_id,))
    assert [row["role"] for row in reviews] == ["freelancer"]
    kinds = [event.kind for event in day.events() if event.project_id == job["id"]]
    assert kinds.index("milestone_created") < kinds.index("milestone_released")


def test_a_request_is_funded_and_a_delivery_is_paid(day: Day) -> None:
    job, bid_id = won(day, "id")
    day.market.bids.accept(day.sari, bid_id)
    request = day.market.requests.ask(day.sari, bid_id, job["minimum"] // 10, "Tahap uji coba")
    day.run(60)
    status = day.market.requests.get(day.sari, request)["status"]
    assert status in ("created", "rejected")
    day.market.messages.post(day.sari, day.thread(job), "Pekerjaan sudah selesai, silakan dicek.")
    day.run(300)
    paid = day.market.bids.get(bid_id)["paid"]
    assert paid > 0


def test_answers_fit_the_question_and_do_not_repeat(day: Day) -> None:
    job = day.open_jobs("en")[0]
    day.bid(job)
    day.run(16)
    for _ in range(6):
        day.market.messages.post(day.sari, day.thread(job), "Noted, I will think about it.")
        day.run(25)
    answers = day.said(job)[1:]
    assert len(answers) >= 6
    assert all(first != second for first, second in itertools.pairwise(answers))


def test_only_the_last_of_several_messages_is_answered(day: Day) -> None:
    job = day.open_jobs("id")[0]
    day.bid(job)
    day.run(16)
    before = len(day.said(job))
    for text in ("Halo", "Saya punya pertanyaan", "Kapan tenggatnya?"):
        day.market.messages.post(day.sari, day.thread(job), text)
    day.run(22)
    assert len(day.said(job)) == before + 1


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Halo Kak, selamat pagi", "greeting"),
        ("Berapa anggaran untuk tahap dua?", "price"),
        ("When do you need this?", "deadline"),
        ("Ini portofolio saya", "portfolio"),
        ("Terima kasih banyak", "thanks"),
        ("All files are attached, the work is done.", "delivery"),
        ("Apakah logonya sudah ada?", "question"),
        ("Is it done?", "question"),
        ("I see", "other"),
        ("  ", "file"),
    ],
)
def test_what_a_message_is_about(text: str, topic: Topic) -> None:
    assert topic_of(text) == topic


def test_new_jobs_come_while_somebody_watches(day: Day) -> None:
    count = "SELECT count(*) FROM projects"
    before = day.market.database.number(count)
    day.run(600)
    new = day.market.database.number(count) - before
    assert 600 // 90 - 1 <= new <= 600 // 45
    newest = day.market.database.one("SELECT * FROM projects ORDER BY id DESC LIMIT 1")
    assert newest is not None
    assert newest["time_submitted"] > START


def test_a_long_absence_does_not_bring_a_flood(day: Day) -> None:
    day.run(100)
    before = day.market.database.number("SELECT count(*) FROM projects")
    day.time += 86_400
    day.run(30)
    assert day.market.database.number("SELECT count(*) FROM projects") == before


def test_the_same_seed_and_clock_make_the_same_day() -> None:
    def lived(seed: int) -> list[Event]:
        day = Day(seed)
        for job in day.open_jobs("id")[:4]:
            day.bid(job)
        day.run(300)
        return day.events()

    assert lived(3) == lived(3)
    assert lived(3) != lived(4)


def test_a_refusal_ends_nothing(day: Day) -> None:
    jobs = day.open_jobs("id")[:6]
    bids = [day.bid(job) for job in jobs]
    day.run(2)
    for bid_id in bids[:3]:
        day.market.bids.retract(day.sari, bid_id)
    for job in jobs[3:]:
        day.market.postings.close(job["owner_id"], job["id"])
    day.run(400)
    assert not any(day.awarded(job) for job in jobs)


def test_clients_go_on_in_a_world_that_is_not_ours() -> None:
    time = [float(START)]
    market = Market(":memory:", tiny_world, lambda: time[0])
    clients = Clients(market, 1)
    for _ in range(200):
        time[0] += 1
        clients.step(market.now())


def test_shady_clients_never_pay(day: Day) -> None:
    rows = day.market.database.all("SELECT id, username FROM users WHERE role = 'employer'")
    shady = [row["id"] for row in rows if row["username"] in shady_names()]
    jobs = [
        row
        for row in day.market.database.all("SELECT * FROM projects WHERE status = 'active'")
        if row["owner_id"] in shady
    ][:6]
    for job in jobs:
        day.bid(job)
    day.run(400)
    assert all(len(day.said(job)) == 1 for job in jobs)
    assert not any(day.awarded(job) for job in jobs)


def test_clients_send_files_and_answer_to_ours() -> None:
    day = Day()
    won, sent = 0, []
    for job in day.open_jobs("en")[:40]:
        day.bid(job)
    day.run(240)
    for job in day.market.database.all(
        "SELECT p.*, b.id AS bid_id FROM projects p JOIN bids b ON b.project_id = p.id"
        " WHERE b.bidder_id = ? AND b.award_status = 'awarded' AND b.time_accepted IS NULL",
        (day.sari,),
    ):
        day.market.bids.accept(day.sari, job["bid_id"])
        won += 1
        day.run(15)
        plan = File("plan.pdf", "application/pdf", b"%PDF")
        ours = day.market.messages.post(day.sari, day.thread(job), "See file", files=[plan])
        day.run(25)
        said = day.market.database.all(
            "SELECT * FROM messages WHERE thread_id = ? AND from_id = ? ORDER BY id",
            (day.thread(job), job["owner_id"]),
        )
        assert said[-1]["id"] > ours
        files = day.market.messages.attachments([row["id"] for row in said])
        sent += [file for some in files.values() for file in some]
        if won >= 5:
            break
    assert won
    assert sent
    assert all(file["bytes"] for file in sent)
