"""The way out: proxies of the user's environment, and a client that is built late."""

import asyncio
import time

import httpx
import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.errors import Offline
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from tests.marketplaces.raw_server import Request, free_port, reply, serving
from tests.marketplaces.samples import body
from tests.marketplaces.test_failures import SAID, open_at


async def currencies(request: Request) -> None:
    request.send(reply(body("currencies.json")))


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


async def test_no_proxy_stands_between_us_and_this_machine(proxy: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        proxy.setenv(name, f"http://127.0.0.1:{free_port()}")
    async with serving(currencies) as server:
        adapter = open_at(server.url)
        assert len((await adapter.pull(Feed("currencies"), None)).facts) == 3
        await adapter.close()


async def test_a_proxy_that_refuses_sends_nothing(proxy: pytest.MonkeyPatch) -> None:
    async def refuse(request: Request) -> None:
        request.send(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")

    async with serving(refuse) as server:
        proxy.setenv("HTTPS_PROXY", server.url)
        adapter = open_at("https://www.freelancer.invalid")
        with pytest.raises(Offline):
            await adapter.push(SAID)
        assert [request.line.split()[0] for request in server.requests] == ["CONNECT"]
        assert all("s3cret" not in request.head for request in server.requests)
        await adapter.close()


@pytest.mark.parametrize("address", ["gopher://x", "http://[::1", "socks5://127.0.0.1:9"])
async def test_a_proxy_that_is_none(proxy: pytest.MonkeyPatch, address: str) -> None:
    proxy.setenv("HTTPS_PROXY", address)
    adapter = open_at("https://www.freelancer.invalid")
    with pytest.raises(Offline):
        await adapter.push(SAID)
    await adapter.close()


def test_building_the_adapter_opens_nothing() -> None:
    start = time.perf_counter()
    for _ in range(20):
        FreelancerMarketplace("https://www.freelancer.com", lambda: "token")
    assert time.perf_counter() - start < 0.25, "25 ms of TLS each would show"


async def test_a_closed_adapter_that_never_called() -> None:
    await FreelancerMarketplace("https://www.freelancer.com", lambda: "token").close()


class FullPool(httpx.AsyncBaseTransport):
    """A pool that is full for good, until its client is given up for another."""

    def __init__(self) -> None:
        self.closed = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self.closed:
            raise httpx.PoolTimeout("full", request=request)
        return httpx.Response(200, content=body("currencies.json"))

    async def aclose(self) -> None:
        self.closed += 1


async def test_a_pool_that_is_full_is_given_up_for_a_new_client() -> None:
    pool = FullPool()
    adapter = FreelancerMarketplace("http://127.0.0.1:9", lambda: "token", transport=pool)
    with pytest.raises(Offline):
        await adapter.pull(Feed("currencies"), None)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert pool.closed == 1
    assert len((await adapter.pull(Feed("currencies"), None)).facts) == 3
    await adapter.close()


async def test_closing_waits_for_nobody() -> None:
    async def silence(request: Request) -> None:
        await asyncio.sleep(30)

    async with serving(silence) as server:
        adapter = FreelancerMarketplace(server.url, lambda: "token")
        work = asyncio.ensure_future(adapter.push(SAID))
        while not server.requests:
            await asyncio.sleep(0.01)
        start = time.perf_counter()
        await adapter.close()
        assert time.perf_counter() - start < 2
        with pytest.raises(Exception, match="may or may not"):
            await work
