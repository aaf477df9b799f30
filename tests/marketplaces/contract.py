"""Contract: what every adapter must do; a new marketplace passes it or is none.

A test class inherits `MarketplaceContract` and gives the fixture `stage`: an adapter together
with the other side of its marketplace, on which the suite can act.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed, FeedKind
from freelancer_tui.domain.intents import (
    EditBid,
    PlaceBid,
    RequestMilestone,
    RetractBid,
    SendMessage,
)
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.people import Profile
from freelancer_tui.domain.projects import Project, Skill
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.errors import Offline, OutcomeUnknown, RateLimited, Refused, Unauthorized
from freelancer_tui.sync.marketplace import Marketplace

F = TypeVar("F")
LETTER = (
    "Good day — I have read your brief with care & can start this week. Here is how I would go "
    'about it:\n1. a first "draft" in three days,\n2. two revisions. €, 漢字, émigré: all fine.'
)
BROKEN: tuple[FeedKind, ...] = ("projects", "bids", "threads", "milestones", "skills")


class Stage(Protocol):
    """An adapter, and hands on the other side of its marketplace."""

    marketplace: Marketplace
    user_id: int
    project: int
    """Open, fits the user's skills, in USD."""
    dear_project: int
    """Open, in IDR, without an upper bound, and not of the user's skills."""
    ended_project: int
    thread: int
    talked_about: int
    """The project of the thread; the user has a bid there."""
    client: int

    def change(self, project: int) -> None: ...
    def client_says(self, text: str) -> None: ...
    def withdraw(self, bid: int) -> None: ...
    def award(self, bid: int) -> None: ...
    def award_and_fund(self, bid: int) -> None: ...
    def takes_back(self, milestone: int) -> None: ...
    def funds(self, request: int) -> None: ...
    def bids(self, project: int) -> int: ...
    def messages(self) -> list[str]: ...
    def files(self) -> dict[str, bytes]: ...
    def edit_elsewhere(self, bid: int, days: int) -> None: ...
    def wishes(self, bid: int) -> list[str]: ...
    def lose_request(self, path: str, method: str = "POST") -> None: ...
    def lose_answer(self, path: str, method: str = "POST") -> None: ...
    def haste(self) -> None: ...
    def end_token(self) -> None: ...
    def html(self) -> None: ...
    def cut_line(self) -> None: ...


def of(page: Page, kind: type[F]) -> list[F]:
    return [fact for fact in page.facts if isinstance(fact, kind)]


def bid_on(page: Page, project: int) -> Bid:
    (found,) = [bid for bid in of(page, Bid) if bid.project_remote_id == project]
    return found


async def drain(marketplace: Marketplace, feed: Feed, cursor: Cursor | None = None) -> list[Page]:
    """Pull until there is no more."""
    pages = []
    for _ in range(50):
        pages.append(await marketplace.pull(feed, cursor))
        cursor = pages[-1].cursor
        if not pages[-1].more:
            return pages
    raise AssertionError("the feed does not end")


def offer(stage: Stage, **changes: object) -> PlaceBid:
    base = PlaceBid(stage.project, Money(Decimal("150.55"), "USD"), 7, LETTER)
    return replace(base, **changes)  # type: ignore[arg-type]


def saying(stage: Stage, text: str, mark: str = "170001100012345") -> SendMessage:
    return SendMessage(stage.thread, text, mark)


def changing(stage: Stage, bid: int, **changes: object) -> EditBid:
    """Give a change of what `offer` placed."""
    old = offer(stage).mine
    base = (old.amount, old.days, old.text)
    new = (Money(Decimal("175.5"), "USD"), 9, LETTER.replace("this week", "on Monday"))
    return replace(EditBid(bid, stage.project, *new, *base), **changes)  # type: ignore[arg-type]


def asking(stage: Stage, bid: int, mark: str = "K7M2QD") -> RequestMilestone:
    return RequestMilestone(stage.project, bid, Money(Decimal("20.5"), "USD"), "Half of é", mark)


class MarketplaceContract:
    """The suite."""

    async def test_self(self, stage: Stage) -> None:
        (profile,) = of(await stage.marketplace.pull(Feed("self"), None), Profile)
        assert profile.person.remote_id == stage.user_id
        assert profile.skills

    async def test_reference_lists_are_complete(self, stage: Stage) -> None:
        skills = await stage.marketplace.pull(Feed("skills"), None)
        currencies = await stage.marketplace.pull(Feed("currencies"), None)
        assert skills.complete
        assert currencies.complete
        assert all(skill.name for skill in of(skills, Skill))
        assert {"USD", "IDR"} <= {currency.code for currency in of(currencies, Currency)}

    async def test_projects_are_those_of_the_user_s_skills(self, stage: Stage) -> None:
        (page,) = await drain(stage.marketplace, Feed("projects"))
        found = {project.remote_id: project for project in of(page, Project)}
        assert stage.project in found
        assert stage.dear_project not in found
        assert stage.ended_project not in found
        project = found[stage.project]
        assert project.description
        assert project.status == "open"
        assert project.url.endswith(str(stage.project))
        assert project.budget.minimum == Money(Decimal(30), "USD")
        assert page.cursor
        assert page.skipped == ()

    async def test_projects_by_words_and_by_id(self, stage: Stage) -> None:
        found = await stage.marketplace.pull(Feed("projects", "search:batik"), None)
        assert [project.remote_id for project in of(found, Project)] == [stage.dear_project]
        (dear,) = of(found, Project)
        assert (dear.budget.currency, dear.budget.maximum) == ("IDR", None)
        ids = f"ids:{stage.project},{stage.ended_project},999999"
        page = await stage.marketplace.pull(Feed("projects", ids), None)
        assert page.complete
        statuses = {project.remote_id: project.status for project in of(page, Project)}
        assert statuses == {stage.project: "open", stage.ended_project: "complete"}

    async def test_a_changed_project_comes_again(self, stage: Stage) -> None:
        (first,) = await drain(stage.marketplace, Feed("projects"))
        (second,) = await drain(stage.marketplace, Feed("projects"), first.cursor)
        assert of(second, Project) == []
        stage.change(stage.project)
        (third,) = await drain(stage.marketplace, Feed("projects"), second.cursor)
        assert [project.remote_id for project in of(third, Project)] == [stage.project]

    async def test_a_bid_lands_exactly_as_meant(self, stage: Stage) -> None:
        receipt = await stage.marketplace.push(offer(stage))
        page = await stage.marketplace.pull(Feed("bids"), None)
        bid = bid_on(page, stage.project)
        assert page.complete
        assert bid.remote_id == receipt.remote_id
        assert not receipt.differs
        assert (bid.amount, bid.days, bid.text) == (Money(Decimal("150.55"), "USD"), 7, LETTER)
        assert bid.bidder_id == stage.user_id

    async def test_whole_amounts_in_another_currency(self, stage: Stage) -> None:
        amount = Money(Decimal(1_250_000), "IDR")
        await stage.marketplace.push(
            offer(stage, project_remote_id=stage.dear_project, amount=amount)
        )
        bid = bid_on(await stage.marketplace.pull(Feed("bids"), None), stage.dear_project)
        assert bid.amount == amount

    async def test_a_second_bid_finds_the_first(self, stage: Stage) -> None:
        first = await stage.marketplace.push(offer(stage))
        assert await stage.marketplace.push(offer(stage)) == first
        other = await stage.marketplace.push(offer(stage, days=9))
        assert (other.remote_id, other.found) == (first.remote_id, offer(stage).mine)
        assert stage.bids(stage.project) == 1

    async def test_a_bid_on_an_ended_project_is_refused(self, stage: Stage) -> None:
        with pytest.raises(Refused) as caught:
            await stage.marketplace.push(offer(stage, project_remote_id=stage.ended_project))
        assert caught.value.reason_code
        assert str(caught.value)

    async def test_a_bid_whose_answer_is_lost_is_found(self, stage: Stage) -> None:
        assert await stage.marketplace.watermark(offer(stage)) is None
        stage.lose_answer("*/bids")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(offer(stage))
        sighting = await stage.marketplace.receipt(offer(stage), None)
        assert sighting.receipt is not None
        assert not sighting.receipt.differs
        assert not sighting.proves_absence

    async def test_a_bid_that_never_arrived_is_proved_absent(self, stage: Stage) -> None:
        await stage.marketplace.watermark(offer(stage))
        stage.lose_request("*/bids")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(offer(stage))
        sighting = await stage.marketplace.receipt(offer(stage), None)
        assert (sighting.receipt, sighting.proves_absence) == (None, True)
        assert stage.bids(stage.project) == 0

    async def test_a_withdrawn_bid_of_ours_is_known_as_landed(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.withdraw(placed.remote_id)
        sighting = await stage.marketplace.receipt(offer(stage), None)
        assert sighting.receipt is not None
        bid = bid_on(await stage.marketplace.pull(Feed("bids"), None), stage.project)
        assert bid.retracted

    async def test_threads_and_messages(self, stage: Stage) -> None:
        stage.client_says("Could you start\non Monday?")
        threads = await drain(stage.marketplace, Feed("threads"))
        (thread,) = of(threads[-1], Thread)
        assert thread.remote_id == stage.thread
        assert thread.project_remote_id == stage.talked_about
        assert thread.last_text == "Could you start on Monday?"
        assert set(thread.member_ids) == {stage.user_id, stage.client}
        assert thread.unread > 0
        feed = Feed("messages", str(stage.thread))
        (page,) = await drain(stage.marketplace, feed)
        newest = max(of(page, Message), key=lambda message: message.remote_id)
        assert (newest.from_id, newest.text) == (stage.client, "Could you start\non Monday?")
        stage.client_says("Or on Tuesday?")
        (more,) = await drain(stage.marketplace, feed, page.cursor)
        assert "Or on Tuesday?" in [message.text for message in of(more, Message)]

    async def test_a_message_lands_as_written(self, stage: Stage) -> None:
        intent = saying(stage, LETTER)
        watermark = await stage.marketplace.watermark(intent)
        assert watermark is not None
        receipt = await stage.marketplace.push(intent)
        assert receipt.remote_id > watermark
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert sighting.receipt is not None
        assert sighting.receipt.remote_id == receipt.remote_id
        assert stage.messages()[-1] == LETTER

    async def test_a_message_with_files(self, stage: Stage, tmp_path: Path) -> None:
        contents = {"sketch.png": bytes(range(256)) * 40, "brief 2 é.txt": b"hello\r\nworld"}
        uploads = []
        for number, (name, content) in enumerate(contents.items()):
            path = tmp_path / str(number)
            path.write_bytes(content)
            uploads.append(Upload(name, str(path), len(content)))
        intent = replace(saying(stage, "Here you are"), uploads=tuple(uploads))
        watermark = await stage.marketplace.watermark(intent)
        receipt = await stage.marketplace.push(intent)
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert sighting.receipt is not None
        assert sighting.receipt.remote_id == receipt.remote_id
        (page,) = await drain(stage.marketplace, Feed("messages", str(stage.thread)))
        sent = next(m for m in of(page, Message) if m.remote_id == receipt.remote_id)
        assert [each.name for each in sent.attachments] == list(contents)
        assert stage.files() == contents
        for each in sent.attachments:
            came = bytearray()
            take = lambda at, part, total, came=came: came.extend(part)  # noqa: E731
            await stage.marketplace.download(sent.remote_id, each.key, take, lambda: False)
            assert came == contents[each.name]
        with pytest.raises(Refused):
            await stage.marketplace.download(sent.remote_id, "none.txt", take, lambda: False)

    async def test_a_file_that_is_gone_sends_nothing(self, stage: Stage, tmp_path: Path) -> None:
        lost = Upload("lost.txt", str(tmp_path / "lost"), 5)
        before = stage.messages()
        with pytest.raises(Refused):
            await stage.marketplace.push(replace(saying(stage, "See file"), uploads=(lost,)))
        assert stage.messages() == before

    async def test_a_message_whose_answer_is_lost_is_found(self, stage: Stage) -> None:
        intent = saying(stage, "ok")
        watermark = await stage.marketplace.watermark(intent)
        stage.lose_answer("*/messages")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert sighting.receipt is not None

    async def test_a_message_that_never_arrived_is_not_found(self, stage: Stage) -> None:
        """An older equal message of ours, and a client's, are not taken for it."""
        await stage.marketplace.push(saying(stage, "ok", "1"))
        stage.client_says("ok")
        intent = saying(stage, "ok", "2")
        watermark = await stage.marketplace.watermark(intent)
        stage.client_says("ok")
        stage.lose_request("*/messages")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert sighting.receipt is None
        assert not sighting.proves_absence, "it may still be on its way"

    async def test_milestones_of_both_kinds(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.award_and_fund(placed.remote_id)
        page = await stage.marketplace.pull(Feed("milestones"), None)
        assert page.complete
        held = of(page, Milestone)
        assert Money(Decimal("75.25"), "USD") in [milestone.amount for milestone in held]
        assert {milestone.status for milestone in held} == {"frozen"}
        (wish,) = of(page, MilestoneRequest)
        assert (wish.amount, wish.status, wish.text) == (
            Money(Decimal("20.50"), "USD"),
            "pending",
            "The second half",
        )
        assert wish.bid_remote_id == placed.remote_id

    async def test_haste(self, stage: Stage) -> None:
        stage.haste()
        for work in self._works(stage):
            with pytest.raises(RateLimited) as caught:
                await work()
            assert 0 < caught.value.wait_seconds <= 3600

    async def test_an_ended_token(self, stage: Stage) -> None:
        stage.end_token()
        for work in self._works(stage):
            with pytest.raises(Unauthorized):
                await work()

    async def test_a_cut_line(self, stage: Stage) -> None:
        stage.cut_line()
        for work in self._works(stage):
            with pytest.raises(Offline):
                await work()
        with pytest.raises(Offline):
            await stage.marketplace.ping()

    @pytest.mark.parametrize("kind", BROKEN)
    async def test_html_is_never_an_empty_list(self, stage: Stage, kind: FeedKind) -> None:
        stage.html()
        with pytest.raises(Exception, match=r"\S") as caught:
            await stage.marketplace.pull(Feed(kind), None)
        assert caught.value.code in ("wire_mismatch", "marketplace", "offline")  # type: ignore[attr-defined]

    async def test_ping(self, stage: Stage) -> None:
        await stage.marketplace.ping()

    def _works(self, stage: Stage) -> list[Callable[[], Awaitable[object]]]:
        market = stage.marketplace
        return [
            lambda: market.pull(Feed("currencies"), None),
            lambda: market.pull(Feed("threads"), None),
            lambda: market.push(offer(stage)),
            lambda: market.push(saying(stage, "hello")),
            lambda: market.watermark(saying(stage, "hello")),
            lambda: market.receipt(offer(stage), None),
            lambda: market.push(changing(stage, 1)),
            lambda: market.receipt(changing(stage, 1), None),
            lambda: market.push(asking(stage, 1)),
            lambda: market.watermark(asking(stage, 1)),
            lambda: market.receipt(asking(stage, 1), 0),
            lambda: market.push(RetractBid(1, stage.project)),
            lambda: market.receipt(RetractBid(1, stage.project), None),
        ]
