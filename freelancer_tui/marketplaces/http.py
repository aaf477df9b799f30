"""Http: one client to a marketplace's server; every failure leaves it as an error of ours."""

import asyncio
import ssl
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from freelancer_tui import __version__
from freelancer_tui.errors import (
    FreelancerError,
    MarketplaceError,
    Offline,
    OutcomeUnknown,
    RateLimited,
    SettingsError,
    Stopped,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import (
    NOTHING,
    Answer,
    Call,
    FilePart,
    Outside,
    Reply,
    Server,
)
from freelancer_tui.marketplaces.cargo import Cargo, Sending
from freelancer_tui.marketplaces.rates import Bucket, http_date

LARGEST_BODY: Final = 32 * 1024 * 1024
MOST_IN_FLIGHT: Final = 4
_SLOWEST: Final = 8 * 1024
"""Bytes a second that must move where files travel; they have that time on top of the deadline."""
_LOOK_SECONDS: Final = 0.2
"""How often we look whether somebody wants a file no more."""
_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_NO_CARGO: Final = Cargo()
_KEEP_ALIVE_SECONDS: Final = 4.0
"""Less than a usual server's five: a write should not meet a line that is just being hung up."""


class _TooLarge(Exception):
    """The reply is larger than any that is documented."""


@dataclass(frozen=True, slots=True)
class _Failure:
    error: FreelancerError
    again: bool = False
    """True when trying once more can help."""


class _Token(httpx.Auth):
    """Puts the token on a request so late that no frame or error of ours ever holds it."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def usable(self) -> bool:
        token = self._server.token()
        return bool(token) and token.isascii() and token.isprintable() and " " not in token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers[self._server.token_header] = self._server.token()
        yield request


@dataclass(slots=True, eq=False)
class _Line:
    """One httpx client and the requests that travel on it."""

    client: httpx.AsyncClient
    flights: set["asyncio.Task[Reply]"] = field(default_factory=set)


class HttpClient:
    """Sends calls; reads are tried again, writes never.

    httpx leaves its pool full for good when a request is cancelled in flight, so none is:
    each runs as a task of its own, and a task that outlives its deadline is left behind
    together with its whole client, which is closed once the others on it are home.
    """

    def __init__(
        self, server: Server, transport: httpx.AsyncBaseTransport | None, outside: Outside
    ) -> None:
        self._url = httpx.URL(server.base_url)
        self._loopback = self._url.host in ("localhost", "::1") or self._url.host.startswith("127.")
        if self._url.scheme != "https" and not self._loopback and transport is None:
            raise SettingsError(
                _("The token may only travel over https: change the address {url}.").format(
                    url=server.base_url
                )
            )
        self._server = server
        self._token = _Token(server)
        self._transport = transport
        self._outside = outside
        self._slots = asyncio.Semaphore(MOST_IN_FLIGHT)
        self._opening = asyncio.Lock()
        self._line: _Line | None = None
        self._burials: dict[asyncio.Task[None], _Line] = {}
        self._buckets: dict[str, Bucket] = {}

    async def send(self, call: Call, cargo: Cargo = _NO_CARGO) -> Answer:
        """Give the result of a call, or raise an error of the `MarketplaceError` tree.

        A file that comes as cargo has no other result; it may also end by what its taker raised.
        """
        tries = 1 if call.writes else self._outside.patience.tries
        number = 1
        while isinstance(outcome := await self._once(call, cargo), _Failure):
            number = 1 if cargo.has_gained() else number
            if not outcome.again or number >= tries:
                raise outcome.error
            await self._outside.sleep(self._outside.random.uniform(0, 2.0**number))
            number += 1
        return replace(outcome, tries=number)

    async def close(self) -> None:
        """Give up the connections; what is still in flight is let go."""
        if self._line is not None:
            self._retire(self._line, grace=0.0)
        for line in self._burials.values():
            for flight in line.flights:
                flight.cancel()
        if self._burials:
            await asyncio.wait(self._burials)

    async def _once(self, call: Call, cargo: Cargo) -> Answer | _Failure:
        if not self._token.usable():
            return _Failure(Unauthorized(_("There is no usable token: sign in.")))
        bucket = self._buckets.setdefault(call.family, Bucket())
        await self._take_turn(bucket)
        async with self._slots:
            flown = await self._fly(call, cargo)
        if isinstance(flown, _Failure):
            return flown
        now = self._outside.clock().timestamp()
        bucket.learn(flown.headers, now)
        try:
            result = NOTHING if flown.was_taken else self._server.judge(flown, call.writes)
            return Answer(result, flown.at, is_dated=flown.is_dated)
        except RateLimited as error:
            bucket.block(now + error.wait_seconds)
            return _Failure(error)
        except MarketplaceError as error:
            return _Failure(error, again=flown.status == 408 or flown.status >= 500)

    async def _take_turn(self, bucket: Bucket) -> None:
        """Wait for the allowance, or tell the caller to when that takes long."""
        now = self._outside.clock().timestamp()
        pause = bucket.pause(now)
        if pause > self._outside.patience.own_pause:
            raise RateLimited(
                _("The marketplace's allowance is used up for now."), wait_seconds=pause
            )
        bucket.spend(now + pause)
        if pause:
            await self._outside.sleep(pause)

    async def _fly(self, call: Call, cargo: Cargo) -> Reply | _Failure:
        """Run one exchange as a task of its own, up to its deadline."""
        try:
            line = await self._open()
        except (ImportError, ValueError, OSError, httpx.InvalidURL):
            return _Failure(Offline(_("The proxy or certificate settings cannot be used.")))
        task = asyncio.get_running_loop().create_task(self._exchange(line.client, call, cargo))
        line.flights.add(task)
        task.add_done_callback(line.flights.discard)
        task.add_done_callback(_look_at)
        deadline = self._outside.patience.deadline
        await _until(task, deadline, cargo)
        if not task.done():
            self._retire(line, grace=deadline)
            if cargo.is_stopped():
                return _Failure(Stopped(_("Stopped: nothing was saved.")))
            return _Failure(_lost(call, _("no complete answer in time")))
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            return task.result()
        if isinstance(error, httpx.PoolTimeout):
            self._retire(line, grace=deadline)
        return _failure(call, error)

    async def _exchange(self, client: httpx.AsyncClient, call: Call, cargo: Cargo) -> Reply:
        request = _request(client, call, self._address(call), cargo)
        response = await client.send(request, auth=self._token, stream=True)
        client.cookies.clear()  # the token says who we are, nothing else may
        try:
            was_taken, body = cargo.takes(response.status_code, response.headers), b""
            if was_taken:
                async for part in response.aiter_bytes():
                    cargo.take(part)
                cargo.end()
            else:
                body = await _body(response)
        finally:
            await response.aclose()
        told = http_date(response.headers.get("date", ""))
        at, is_dated = told or self._outside.clock(), told is not None
        return Reply(response.status_code, response.headers, body, at, is_dated, was_taken)

    def _address(self, call: Call) -> str:
        query = urlencode(call.query)
        return f"{self._server.base_url}{call.path}" + (f"?{query}" if query else "")

    async def _open(self) -> _Line:
        """Give the client in use; a new one is built off the loop (25 ms of TLS set-up)."""
        async with self._opening:
            if self._line is None:
                self._line = _Line(await self._new_client())
            return self._line

    async def _new_client(self) -> httpx.AsyncClient:
        patience = self._outside.patience
        # A proxy of the user's environment is obeyed, but never for this machine itself.
        proxies = not self._loopback and self._transport is None
        return httpx.AsyncClient(
            transport=self._transport,
            verify=await self._outside.offload(httpx.create_ssl_context) if proxies else _no_tls(),
            trust_env=proxies,
            follow_redirects=False,
            timeout=httpx.Timeout(patience.read, connect=patience.connect, pool=patience.pool),
            limits=httpx.Limits(
                max_connections=2 * MOST_IN_FLIGHT, keepalive_expiry=_KEEP_ALIVE_SECONDS
            ),
            headers={
                "User-Agent": f"freelancer-tui/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    def _retire(self, line: _Line, *, grace: float) -> None:
        if self._line is line:
            self._line = None
            burial = asyncio.get_running_loop().create_task(_bury(line, grace))
            self._burials[burial] = line
            burial.add_done_callback(self._burials.pop)


async def _until(task: "asyncio.Task[Reply]", deadline: float, cargo: Cargo) -> None:
    """Wait for an exchange: until its deadline, or as long as its cargo moves."""
    now = asyncio.get_running_loop().time
    end = now() + deadline
    while not task.done() and not cargo.is_stopped():
        left = end + cargo.moved / _SLOWEST - now()
        if left <= 0:
            return
        await asyncio.wait({task}, timeout=left if cargo is _NO_CARGO else min(left, _LOOK_SECONDS))


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LARGEST_BODY:
            raise _TooLarge
    return bytes(body)


async def _bury(line: _Line, grace: float) -> None:
    """Close a client that gets no new requests, once those on it are home or late."""
    if line.flights and grace:
        await asyncio.wait(line.flights, timeout=grace)
    late = tuple(line.flights)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)
    await line.client.aclose()


def _look_at(task: "asyncio.Task[Reply]") -> None:
    """Take note of a task's end, so that a late failure is not reported as unseen."""
    if not task.cancelled():
        task.exception()


def _failure(call: Call, error: BaseException) -> _Failure:
    """Sort what went wrong on the way by what it means for the request."""
    if isinstance(error, FreelancerError):
        return _Failure(error)
    if isinstance(error, _NOT_SENT):
        return _Failure(Offline(_("The marketplace cannot be reached.")))
    if isinstance(error, _TooLarge) and not call.writes:
        return _Failure(WireMismatch(_("The marketplace's answer is too large to be one.")))
    return _Failure(_lost(call, _("the answer was lost or damaged")), again=True)


def _lost(call: Call, why: str) -> MarketplaceError:
    """Give the error for a request that may have arrived."""
    if call.writes:
        return OutcomeUnknown(
            _("The marketplace may or may not have done it: {why}.").format(why=why)
        )
    return Offline(_("The marketplace cannot be reached: {why}.").format(why=why))


def _request(
    client: httpx.AsyncClient, call: Call, address: str, cargo: Cargo = _NO_CARGO
) -> httpx.Request:
    if call.files:
        texts: dict[str, list[str]] = {}
        for name, text in call.parts:
            texts.setdefault(name, []).append(text)
        files = [(one.field, _file(one, cargo)) for one in call.files]
        return client.build_request(call.method, address, data=texts, files=files)
    headers = {"Content-Type": call.content_type} if call.content_type else cargo.headers()
    return client.build_request(call.method, address, content=call.content, headers=headers)


def _file(part: FilePart, cargo: Cargo) -> tuple[str, Any, str | None]:
    content = cargo.counted(part.content) if isinstance(cargo, Sending) else part.content
    return part.name, content, part.content_type or None


def _no_tls() -> ssl.SSLContext:
    """Give a context that trusts nobody: for addresses without TLS, at no cost."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
