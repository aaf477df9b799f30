"""The failure table: what each way to fail means for a write and for a read."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import SendMessage
from freelancer_tui.domain.messages import Thread
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    SettingsError,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.marketplaces.calls import Outside, Patience
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from tests.marketplaces.raw_server import (
    DATE,
    Behave,
    RawServer,
    Request,
    free_port,
    reply,
    serving,
)
from tests.marketplaces.samples import body

TOKEN = "s3cret-token-of-rina"
QUICK = Patience(connect=0.3, read=0.3, pool=0.3, deadline=0.6, own_pause=1.0)
SAID = SendMessage(701, "Yes, on Monday.", "170001100012345")
GOOD = body("sent_message.json")
ERROR = b'{"status":"error","message":"No.","error_code":"%s","request_id":"1"}'
REFUSAL = ERROR % b"ProjectExceptionCodes.PROJECT_NOT_ACTIVE"
NESTED = body("error_nested.json")
HTML = b"<!doctype html><html><body>Bad gateway</body></html>"


async def no_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


def open_at(url: str, patience: Patience = QUICK) -> FreelancerMarketplace:
    outside = Outside(sleep=no_sleep, random=Random(1), patience=patience)
    return FreelancerMarketplace(url, lambda: TOKEN, outside=outside)


@asynccontextmanager
async def market(behave: Behave) -> AsyncIterator[tuple[FreelancerMarketplace, RawServer]]:
    async with serving(behave) as server:
        adapter = open_at(server.url)
        try:
            yield adapter, server
        finally:
            await adapter.close()


def bytes_of(data: bytes) -> Behave:
    async def behave(request: Request) -> None:
        request.send(data)

    return behave


def cut(data: bytes) -> Behave:
    async def behave(request: Request) -> None:
        request.send(data)
        await request.writer.drain()
        request.writer.close()

    return behave


async def reset(request: Request) -> None:
    request.reset()


async def reset_in_body(request: Request) -> None:
    request.send(reply(GOOD)[:-20])
    await request.writer.drain()
    request.reset()


async def silence(request: Request) -> None:
    await asyncio.sleep(5)


async def slow_loris(request: Request) -> None:
    """Drips a byte often enough for every read timeout."""
    for sign in reply(GOOD):
        request.send(bytes([sign]))
        await request.writer.drain()
        await asyncio.sleep(0.05)


async def stops_in_body(request: Request) -> None:
    request.send(reply(GOOD)[:-20])
    await request.writer.drain()
    await asyncio.sleep(5)


@dataclass(frozen=True)
class Row:
    name: str
    behave: Behave
    write: type[MarketplaceError]
    read: type[MarketplaceError]
    tries: int = 1
    """How often a read asks; a write asks once, always."""


BAD_GZIP = reply(b"this is no gzip", headers={"Content-Encoding": "gzip"})
CUT_GZIP = reply(GOOD, zipped=True)
HASTE = {"RateLimit-Limit": "5, 5;window=30", "RateLimit-Remaining": "0"}

TABLE = [
    Row("reset", reset, OutcomeUnknown, Offline, 3),
    Row("hang up without a word", cut(b""), OutcomeUnknown, Offline, 3),
    Row("cut headers", cut(b"HTTP/1.1 200 OK\r\nContent-Ty"), OutcomeUnknown, Offline, 3),
    Row("cut body", cut(reply(GOOD)[:-20]), OutcomeUnknown, Offline, 3),
    Row("reset in the body", reset_in_body, OutcomeUnknown, Offline, 3),
    Row("body stops", stops_in_body, OutcomeUnknown, Offline, 3),
    Row("read timeout", silence, OutcomeUnknown, Offline, 3),
    Row("slow loris", slow_loris, OutcomeUnknown, Offline, 1),
    Row("bad gzip", bytes_of(BAD_GZIP), OutcomeUnknown, Offline, 3),
    Row("no http", cut(b"SSH-2.0-OpenSSH_9\r\n"), OutcomeUnknown, Offline, 3),
    Row("html with 200", bytes_of(reply(HTML)), OutcomeUnknown, WireMismatch),
    Row("json cut", bytes_of(reply(GOOD[:-9])), OutcomeUnknown, WireMismatch),
    Row("empty body", bytes_of(reply(b"")), OutcomeUnknown, WireMismatch),
    Row("204", bytes_of(reply(b"", status=204)), OutcomeUnknown, WireMismatch),
    Row("no status", bytes_of(reply(b'{"result":{"id":1}}')), OutcomeUnknown, WireMismatch),
    Row("status is no text", bytes_of(reply(b'{"status":1}')), OutcomeUnknown, WireMismatch),
    Row("odd status", bytes_of(reply(b'{"status":"maybe"}')), OutcomeUnknown, WireMismatch),
    Row("a bare list", bytes_of(reply(b"[]")), OutcomeUnknown, WireMismatch),
    Row("a tower", bytes_of(reply(b"[" * 200_000)), OutcomeUnknown, WireMismatch),
    Row("no result", bytes_of(reply(b'{"status":"success"}')), OutcomeUnknown, WireMismatch),
    Row("success 500", bytes_of(reply(GOOD, status=500)), OutcomeUnknown, MarketplaceError, 3),
    Row("408", bytes_of(reply(REFUSAL, status=408)), OutcomeUnknown, Offline, 3),
    Row("500", bytes_of(reply(REFUSAL, status=500)), OutcomeUnknown, MarketplaceError, 3),
    Row("502 html", bytes_of(reply(HTML, status=502)), OutcomeUnknown, MarketplaceError, 3),
    Row("503 html", bytes_of(reply(HTML, status=503)), OutcomeUnknown, MarketplaceError, 3),
    Row(
        "503 html with Retry-After",
        bytes_of(reply(HTML, status=503, headers={"Retry-After": "5"})),
        OutcomeUnknown,
        MarketplaceError,
        3,
    ),
    Row(
        "503 with Retry-After",
        bytes_of(reply(REFUSAL, status=503, headers={"Retry-After": "5"})),
        RateLimited,
        RateLimited,
    ),
    Row("429", bytes_of(reply(REFUSAL, status=429)), RateLimited, RateLimited),
    Row("429 html", bytes_of(reply(HTML, status=429)), RateLimited, RateLimited),
    Row(
        "429 with headers",
        bytes_of(reply(REFUSAL, status=429, headers=HASTE)),
        RateLimited,
        RateLimited,
    ),
    Row("code says haste", bytes_of(reply(ERROR % b"A.RATE_LIMITED")), RateLimited, RateLimited),
    Row(
        "401",
        bytes_of(reply(ERROR % b"R.NOT_AUTHENTICATED", status=401)),
        Unauthorized,
        Unauthorized,
    ),
    Row("401 html", bytes_of(reply(HTML, status=401)), Unauthorized, Unauthorized),
    Row(
        "403 token",
        bytes_of(reply(ERROR % b"R.NOT_AUTHENTICATED", status=403)),
        Unauthorized,
        Unauthorized,
    ),
    Row("200 token", bytes_of(reply(ERROR % b"UNAUTHORIZED")), Unauthorized, Unauthorized),
    Row("403 html", bytes_of(reply(HTML, status=403)), OutcomeUnknown, WireMismatch),
    Row("400", bytes_of(reply(REFUSAL, status=400)), Refused, Refused),
    Row("403", bytes_of(reply(REFUSAL, status=403)), Refused, Refused),
    Row("404", bytes_of(reply(REFUSAL, status=404)), Refused, Refused),
    Row("409", bytes_of(reply(REFUSAL, status=409)), Refused, Refused),
    Row("422", bytes_of(reply(REFUSAL, status=422)), Refused, Refused),
    Row("422 nested", bytes_of(reply(NESTED, status=422)), Refused, Refused),
    Row("200 with an error", bytes_of(reply(REFUSAL)), Refused, Refused),
    Row("200 nested", bytes_of(reply(NESTED)), Refused, Refused),
    Row(
        "200 with an error, no code",
        bytes_of(reply(b'{"status":"error"}')),
        OutcomeUnknown,
        WireMismatch,
    ),
    Row("404 html", bytes_of(reply(HTML, status=404)), OutcomeUnknown, WireMismatch),
    Row("413 html", bytes_of(reply(HTML, status=413)), Refused, Refused),
    Row(
        "400, back end failed",
        bytes_of(reply(ERROR % b"U.GAF_EXCEPTION", status=400)),
        OutcomeUnknown,
        WireMismatch,
    ),
    Row(
        "200, back end failed",
        bytes_of(reply(ERROR % b"E.UNKNOWN_ERROR")),
        OutcomeUnknown,
        WireMismatch,
    ),
    Row(
        "redirect",
        bytes_of(reply(b"", status=302, headers={"Location": "http://127.0.0.1:9/"})),
        OutcomeUnknown,
        Offline,
    ),
    Row("proxy wants a password", bytes_of(reply(HTML, status=407)), Offline, Offline),
]


async def failure_of(work: Awaitable[object]) -> MarketplaceError:
    with pytest.raises(MarketplaceError) as caught:
        await work
    text = f"{caught.value!s} {caught.value!r} {caught.value.hint}"
    assert TOKEN not in text
    assert caught.value.__cause__ is None
    return caught.value


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
async def test_a_write_that_fails(row: Row) -> None:
    async with market(row.behave) as (adapter, server):
        error = await failure_of(adapter.push(SAID))
        assert type(error) is row.write
        assert len(server.requests) == 1, "a write is sent once"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
async def test_a_read_that_fails(row: Row) -> None:
    async with market(row.behave) as (adapter, server):
        error = await failure_of(adapter.pull(Feed("currencies"), None))
        assert type(error) is row.read
        assert len(server.requests) == row.tries


@pytest.mark.parametrize("work", ["push", "pull", "ping", "watermark", "receipt"])
async def test_a_refused_port_sends_nothing(work: str) -> None:
    adapter = open_at(f"http://127.0.0.1:{free_port()}")
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "push": lambda: adapter.push(SAID),
        "pull": lambda: adapter.pull(Feed("self"), None),
        "ping": adapter.ping,
        "watermark": lambda: adapter.watermark(SAID),
        "receipt": lambda: adapter.receipt(SAID, 1),
    }
    assert type(await failure_of(calls[work]())) is Offline
    await adapter.close()


async def test_a_name_that_does_not_exist_sends_nothing() -> None:
    adapter = open_at("https://no-such-host.invalid", replace(QUICK, connect=5, deadline=8))
    assert type(await failure_of(adapter.push(SAID))) is Offline
    await adapter.close()


async def test_a_read_comes_through_at_the_third_try() -> None:
    answers = iter([reply(HTML, status=502), b"", reply(body("currencies.json"))])

    async def behave(request: Request) -> None:
        data = next(answers)
        request.send(data)
        if not data:
            request.reset()

    async with market(behave) as (adapter, server):
        page = await adapter.pull(Feed("currencies"), None)
        assert (len(page.facts), page.requests, len(server.requests)) == (3, 3, 3)
        assert page.at == datetime.fromtimestamp(DATE, UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"Retry-After": "7"}, 7),
        ({"RateLimit-Reset": "9"}, 9),
        ({"RateLimit-Limit": "5, 5;window=30, 100;window=3600"}, 30),
        ({"Retry-After": "never"}, 60),
    ],
)
async def test_the_wait_that_is_asked_for(headers: dict[str, str], seconds: float) -> None:
    async with market(bytes_of(reply(REFUSAL, status=429, headers=headers))) as (adapter, server):
        error = await failure_of(adapter.push(SAID))
        assert isinstance(error, RateLimited)
        assert error.wait_seconds == seconds
        again = await failure_of(adapter.push(SAID))
        assert isinstance(again, RateLimited)
        assert len(server.requests) == 1, "what is asked to wait does not even knock"


async def test_the_announced_allowance_is_kept() -> None:
    headers = {"RateLimit-Limit": "3, 3;window=60", "RateLimit-Remaining": "2"}
    async with market(bytes_of(reply(body("currencies.json"), headers=headers))) as (
        adapter,
        server,
    ):
        for _ in range(3):
            await adapter.pull(Feed("currencies"), None)
        error = await failure_of(adapter.pull(Feed("currencies"), None))
        assert isinstance(error, RateLimited)
        assert 50 < error.wait_seconds <= 61
        assert len(server.requests) == 3
        assert type(await failure_of(adapter.pull(Feed("skills"), None))) is not RateLimited


async def test_a_refusal_says_what_to_do_next() -> None:
    async with market(bytes_of(reply(NESTED, status=403))) as (adapter, _server):
        error = await failure_of(adapter.push(SAID))
        assert isinstance(error, Refused)
        assert error.reason_code == "BID_LIMIT_EXCEEDED"
        assert str(error) == "You have no bids left: wait for new ones or upgrade the membership."


async def test_an_unknown_refusal_is_quoted_and_cleaned() -> None:
    told = b'{"status":"error","message":"No\\u001b[31m\\nway","error_code":"X.NEW_ONE"}'
    async with market(bytes_of(reply(told, status=422))) as (adapter, _server):
        assert str(await failure_of(adapter.push(SAID))) == "The marketplace refused it: No way"


async def test_what_a_request_carries() -> None:
    async with market(bytes_of(reply(body("currencies.json"), zipped=True))) as (adapter, server):
        page = await adapter.pull(Feed("currencies"), None)
        assert len(page.facts) == 3, "gzip is read"
        (request,) = server.requests
        assert request.header("Freelancer-OAuth-V1") == TOKEN
        assert request.header("Authorization") == ""
        assert request.header("User-Agent").startswith("freelancer-tui/")
        assert request.header("Accept-Encoding") == "gzip"
        assert request.line == "GET /api/projects/0.1/currencies/ HTTP/1.1"


async def test_cookies_of_the_server_are_not_worn() -> None:
    data = reply(body("currencies.json"), headers={"Set-Cookie": "who=somebody-else"})
    async with market(bytes_of(data)) as (adapter, server):
        await adapter.pull(Feed("currencies"), None)
        await adapter.pull(Feed("currencies"), None)
        assert server.requests[1].header("Cookie") == ""


@pytest.mark.parametrize("token", ["", "two words", "line\nfeed", "schlüssel", "\x1b[31m"])
async def test_a_token_that_cannot_be_one_is_not_sent(token: str) -> None:
    async with serving(bytes_of(reply(GOOD))) as server:
        adapter = FreelancerMarketplace(server.url, lambda: token)
        error = await failure_of(adapter.push(SAID))
        assert type(error) is Unauthorized
        assert not token or token not in str(error)
        assert server.requests == []
        await adapter.close()


def test_a_token_does_not_travel_in_the_clear() -> None:
    with pytest.raises(SettingsError):
        open_at("http://www.freelancer.com")


async def test_a_flood_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("freelancer_tui.marketplaces.http.LARGEST_BODY", 10_000)
    flood = reply(b'{"status":"success","result":"' + b"a" * 5_000_000 + b'"}', zipped=True)
    async with market(bytes_of(flood)) as (adapter, _server):
        assert type(await failure_of(adapter.push(SAID))) is OutcomeUnknown
        assert type(await failure_of(adapter.pull(Feed("currencies"), None))) is WireMismatch


async def test_a_missed_deadline_leaves_a_client_that_works() -> None:
    """Cancelled requests would leave the pool full for good; four of them fill ours."""
    slow = True

    async def behave(request: Request) -> None:
        if slow:
            await slow_loris(request)
        else:
            request.send(reply(body("currencies.json")))

    async with market(behave) as (adapter, _server):
        feeds = [adapter.pull(Feed("currencies"), None) for _ in range(12)]
        errors = await asyncio.gather(*feeds, return_exceptions=True)
        assert {type(error) for error in errors} == {Offline}
        slow = False
        for _ in range(12):
            assert len((await adapter.pull(Feed("currencies"), None)).facts) == 3


async def test_a_cancelled_caller_leaves_a_client_that_works() -> None:
    async def behave(request: Request) -> None:
        await asyncio.sleep(0.02)
        request.send(reply(body("currencies.json")))

    async with market(behave) as (adapter, server):
        for _ in range(30):
            tasks = [
                asyncio.ensure_future(adapter.pull(Feed("currencies"), None)) for _ in range(6)
            ]
            await asyncio.sleep(0.005)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert len((await adapter.pull(Feed("currencies"), None)).facts) == 3
        assert len(server.requests) > 30, "what had left was left to arrive"


async def test_at_most_four_are_in_flight() -> None:
    now = most = 0

    async def behave(request: Request) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        request.send(reply(body("currencies.json")))

    async with market(behave) as (adapter, _server):
        await asyncio.gather(*(adapter.pull(Feed("currencies"), None) for _ in range(16)))
    assert most == 4


async def test_a_clock_of_ours_stands_in_for_a_missing_date() -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    bare = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body("currencies.json"))
    async with serving(bytes_of(bare + body("currencies.json"))) as server:
        outside = Outside(clock=lambda: now, patience=QUICK)
        adapter = FreelancerMarketplace(server.url, lambda: TOKEN, outside=outside)
        assert (await adapter.pull(Feed("currencies"), None)).at == now
        await adapter.close()


async def test_no_clock_of_ours_gets_into_a_place() -> None:
    threads = body("threads.json")
    bare = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(threads)
    async with serving(bytes_of(bare + threads)) as server:
        outside = Outside(clock=lambda: datetime(2030, 1, 1, tzinfo=UTC), patience=QUICK)
        adapter = FreelancerMarketplace(server.url, lambda: TOKEN, outside=outside)
        page = await adapter.pull(Feed("threads"), None)
        newest = max(fact.updated_at for fact in page.facts if isinstance(fact, Thread))
        assert page.at == newest
        assert page.cursor is not None
        assert f'"high":{newest.timestamp():.0f}' in page.cursor
        await adapter.close()
