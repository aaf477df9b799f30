"""Long feeds over many pages, and lists that need a second question."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.errors import MarketplaceError, Offline, OutcomeUnknown, RateLimited, Refused
from freelancer_tui.marketplaces.calls import Outside
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from tests.marketplaces.contract import LETTER, drain, of
from tests.marketplaces.raw_server import Request, reply, serving
from tests.marketplaces.samples import result
from tests.marketplaces.test_contract import open_at
from tests.marketplaces.test_failures import QUICK, no_sleep
from tests.marketplaces.test_landing import BID
from tests.sandbox.server import running_sandbox
from tests.sandbox.worlds import many_projects


async def test_a_long_first_scan_and_a_short_second_one() -> None:
    with running_sandbox(lambda: many_projects(730)) as sandbox:
        adapter = open_at(sandbox)
        pages = await drain(adapter, Feed("projects"))
        assert len(of(pages[0], Project)) == 100, "something at once"
        assert max(len(of(page, Project)) for page in pages) > 300, "then four pages together"
        found = {project.remote_id for page in pages for project in of(page, Project)}
        assert set(range(2001, 2731)) <= found
        assert any(of(page, Person) for page in pages), "the clients come along"
        assert [page.total for page in pages[:1]] == [pages[0].total]
        assert all(0 < page.done <= (page.total or 0) for page in pages)
        assert sum(page.requests for page in pages) <= 13
        (again,) = await drain(adapter, Feed("projects"), pages[-1].cursor)
        assert again.requests == 1
        await adapter.close()


async def test_an_unfinished_scan_goes_on_in_another_program() -> None:
    with running_sandbox(lambda: many_projects(300)) as sandbox:
        first, second = open_at(sandbox), open_at(sandbox)
        begun = await first.pull(Feed("projects"), None)
        assert begun.more
        assert begun.cursor
        await first.close()
        pages = [begun, *await drain(second, Feed("projects"), begun.cursor)]
        found = {project.remote_id for page in pages for project in of(page, Project)}
        assert set(range(2001, 2301)) <= found
        await second.close()


async def test_a_page_that_fails_takes_none_of_the_others_along() -> None:
    with running_sandbox(lambda: many_projects(700)) as sandbox:
        adapter = open_at(sandbox)
        first = await adapter.pull(Feed("projects"), None)
        sandbox.rates.set("3;window=60")
        second = await adapter.pull(Feed("projects"), first.cursor)
        assert 90 < len(of(second, Project)) < 400
        assert second.more
        with pytest.raises(RateLimited):
            await adapter.pull(Feed("projects"), second.cursor)
        await adapter.close()


async def test_many_ids_are_asked_for_in_parts() -> None:
    with running_sandbox(lambda: many_projects(250)) as sandbox:
        adapter = open_at(sandbox)
        ids = ",".join(str(2001 + place) for place in range(250))
        page = await adapter.pull(Feed("projects", f"ids:{ids}"), None)
        assert (len(of(page, Project)), page.requests, page.complete) == (250, 3, True)
        await adapter.close()


async def test_an_answer_by_id_that_tells_of_more_than_it_holds_is_not_complete() -> None:
    one = {"id": 5, "title": "Job", "status": "active", "currency": {"id": 1, "code": "USD"}}
    one |= {"time_submitted": 1_700_000_000}
    for total, complete in ((None, True), (1, True), (2, False)):
        async with desk(Desk(projects={"projects": [one], "total_count": total})) as adapter:
            page = await adapter.pull(Feed("projects", "ids:5,6"), None)
            assert [project.remote_id for project in of(page, Project)] == [5]
            assert page.complete == complete


async def test_bids_on_some_projects_are_all_that_are_there() -> None:
    with running_sandbox(lambda: many_projects(5)) as sandbox:
        adapter = open_at(sandbox)
        for project in (2001, 2002, 2003):
            await adapter.push(replace(BID, project_remote_id=project, text=LETTER))
        page = await adapter.pull(Feed("bids", "of:2001,2003,2004"), None)
        assert {bid.project_remote_id for bid in of(page, Bid)} == {2001, 2003}
        assert page.complete
        assert len(of(await adapter.pull(Feed("bids"), None), Bid)) == 3
        await adapter.close()


async def test_skills_that_change_start_the_scan_anew() -> None:
    with running_sandbox(lambda: many_projects(5)) as sandbox:
        adapter = open_at(sandbox)
        (page,) = await drain(adapter, Feed("projects"))
        other = await adapter.pull(Feed("projects", "search:job"), page.cursor)
        assert len(of(other, Project)) == 5, "a place in one list is no place in another"
        await adapter.close()


async def test_there_is_no_such_feed() -> None:
    adapter = FreelancerMarketplace("http://127.0.0.1:9", lambda: "token")
    with pytest.raises(MarketplaceError):
        await adapter.pull(Feed("messages", "x"), None)
    await adapter.close()


class Desk:
    """A stand-in server that answers by method and path, and remembers what it was asked."""

    def __init__(self, /, **answers: Any) -> None:
        self.answers = {"self": {"id": 102}, **answers}
        self.asked: list[str] = []

    async def __call__(self, request: Request) -> None:
        method, address, _ = request.line.split(" ")
        name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
        name = f"POST {name}" if method == "POST" else name
        self.asked.append(name)
        answer = self.answers[name]
        if isinstance(answer, bytes):
            request.send(answer)
        else:
            request.send(reply(json.dumps({"status": "success", "result": answer}).encode()))


@asynccontextmanager
async def desk(behave: Desk) -> AsyncIterator[FreelancerMarketplace]:
    async with serving(behave) as server:
        outside = Outside(sleep=no_sleep, random=Random(1), patience=QUICK)
        adapter = FreelancerMarketplace(f"{server.url}/api/", lambda: "token", outside=outside)
        try:
            yield adapter
        finally:
            await adapter.close()


async def test_bids_whose_projects_are_missing_ask_for_them() -> None:
    projects = {"projects": [{"id": 204, "currency": {"id": 8, "code": "EUR"}}]}
    behave = Desk(bids=result("bids.json"), projects=projects)
    async with desk(behave) as adapter:
        page = await adapter.pull(Feed("bids"), None)
        assert {bid.amount.currency for bid in of(page, Bid)} == {"USD", "IDR", "EUR"}
        assert page.complete
        assert behave.asked == ["self", "bids", "projects"]
        await adapter.pull(Feed("bids"), None)
        assert behave.asked[3:] == ["bids"], "who we are and the currencies are known by now"


async def test_a_bid_that_stays_unreadable_takes_the_proof_away() -> None:
    behave = Desk(bids=result("bids.json"), projects={"projects": []})
    async with desk(behave) as adapter:
        page: Page = await adapter.pull(Feed("bids"), None)
        assert (len(of(page, Bid)), page.complete, len(page.skipped)) == (2, False, 1)


async def test_no_list_of_bids_proves_no_absence() -> None:
    async with desk(Desk(bids={"bids": None})) as adapter:
        sighting = await adapter.receipt(BID, None)
        assert (sighting.receipt, sighting.proves_absence) == (None, False)
    async with desk(Desk(bids={"bids": []})) as adapter:
        sighting = await adapter.receipt(BID, None)
        assert (sighting.receipt, sighting.proves_absence) == (None, True)


ERROR = b'{"status":"error","message":"m","error_code":"ProjectExceptionCodes.%s"}'


@pytest.mark.parametrize("code", [b"DUPLICATE_BID", b"ALREADY_BID_ON_PROJECT"])
@pytest.mark.parametrize("status", [200, 400, 403, 409])
async def test_both_names_of_a_second_bid(code: bytes, status: int) -> None:
    there = {"bids": [result("bids.json")["bids"][0]]}
    behave = Desk(**{"POST bids": reply(ERROR % code, status=status), "bids": there})
    async with desk(behave) as adapter:
        receipt = await adapter.push(BID)
        assert (receipt.remote_id, receipt.differs) == (301, False)
    assert behave.asked == ["self", "POST bids", "bids"], "the currency is the one we bid in"


async def test_a_second_bid_that_is_not_there_stays_refused() -> None:
    answers = {"POST bids": reply(ERROR % b"DUPLICATE_BID", status=409), "bids": {"bids": []}}
    async with desk(Desk(**answers)) as adapter:
        with pytest.raises(Refused):
            await adapter.push(BID)


async def test_a_second_bid_that_cannot_be_read_leaves_us_in_doubt() -> None:
    answers = {"POST bids": reply(ERROR % b"DUPLICATE_BID", status=409), "bids": reply(b"<html>")}
    async with desk(Desk(**answers)) as adapter:
        with pytest.raises(OutcomeUnknown):
            await adapter.push(BID)


@pytest.mark.parametrize("status", [200, 500])
async def test_nothing_is_sent_for_nobody(status: int) -> None:
    behave = Desk(self=reply(b"<html>", status=status))
    async with desk(behave) as adapter:
        with pytest.raises(Offline):
            await adapter.push(BID)
        assert "POST bids" not in behave.asked


@pytest.mark.parametrize(
    "answer", [None, {}, [], {"id": 0}, {"id": "x"}, {"id": 5, "project_id": 9}]
)
async def test_an_answer_to_a_bid_that_is_no_receipt(answer: object) -> None:
    async with desk(Desk(**{"POST bids": answer})) as adapter:
        with pytest.raises(OutcomeUnknown):
            await adapter.push(BID)
