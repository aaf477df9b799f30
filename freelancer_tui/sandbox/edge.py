"""Edge: what every request passes on its way in and out: slashes, rates, faults, the clock."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from random import Random
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freelancer_tui.sandbox.faults import BEFORE, Answer, Fault, Faults, spoiled
from freelancer_tui.sandbox.rates import Rates, Verdict
from freelancer_tui.sandbox.refusals import (
    Refusal,
    bad_form,
    not_authenticated,
    rate_limited,
    too_large,
)
from freelancer_tui.sandbox.wire import JSON, failure

MOST_BYTES = 64 * 1024 * 1024
MOST_QUERY = 64 * 1024
CHUNKS = 8
_ID = re.compile(r"/\d+(?=/|$)")
Drop = Callable[[Scope], Awaitable[None]]


async def refuse_connection(scope: Scope) -> None:
    """Stand in for a broken connection where there is none to break (in-process calls)."""
    raise ConnectionResetError("the sandbox dropped the connection")


class Edge:
    """An ASGI application around the routes."""

    def __init__(
        self,
        routes: ASGIApp,
        faults: Faults,
        rates: Rates,
        now: Callable[[], int],
        drop: Drop = refuse_connection,
    ) -> None:
        self._routes = routes
        self._faults = faults
        self._rates = rates
        self._now = now
        self._drop = drop
        self._dice = Random(0)

    def request_id(self) -> str:
        """Give an id for one answer."""
        return f"{self._dice.getrandbits(128):032x}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._routes(scope, receive, send)
            return
        path = scope["path"].removesuffix("/") or "/"
        scope = {**scope, "path": path, "raw_path": path.encode()}
        fault = None if path == "/sandbox/faults" else self._faults.take(scope["method"], path)
        if fault and fault.kind == "drop_before":
            await self._drop(scope)
            return
        answer = await self._answer(scope, receive, fault)
        if fault and fault.kind == "drop_after":
            await self._drop(scope)
            return
        await self._send(scope, send, answer, fault)

    async def _answer(self, scope: Scope, receive: Receive, fault: Fault | None) -> Answer:
        if fault and fault.kind == "delay":
            await self._faults.sleep(fault.seconds)
        verdict = self._rates.take(_caller(scope))
        refusal = _before(fault) if fault else None
        if refusal is None and not verdict.passed:
            refusal = rate_limited()
        if refusal is None:
            answer = await self._reach(scope, receive, fault)
        else:
            answer = self._refused(scope, refusal)
        if fault and fault.kind == "error_after":
            answer = self._refused(scope, _failed(fault))
        elif fault:
            answer = spoiled(fault, answer, failure(_failed(fault), self.request_id()))
        hidden = fault is not None and fault.kind == "rate_limited" and not fault.headers
        return answer if hidden else _with_rate(answer, verdict, fault)

    async def _reach(self, scope: Scope, receive: Receive, fault: Fault | None) -> Answer:
        """Let the routes act, once or (a proxy's retry) twice, and give the last answer."""
        try:
            body = await _read(receive)
        except Refusal as refusal:
            return self._refused(scope, refusal)
        if len(scope["query_string"]) > MOST_QUERY:
            return self._refused(scope, bad_form("The query is too long"))
        if fault and fault.kind == "twice":
            await _call(self._routes, scope, body)
        return await _call(self._routes, scope, body)

    def _refused(self, scope: Scope, refusal: Refusal) -> Answer:
        body = failure(refusal, self.request_id(), nested=nested(scope["query_string"]))
        return Answer(refusal.status, (), b"").with_body(body, JSON.encode())

    async def _send(self, scope: Scope, send: Send, answer: Answer, fault: Fault | None) -> None:
        date = (b"date", formatdate(self._now(), usegmt=True).encode())
        headers = [*answer.headers, date]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        if fault and fault.kind == "cut_body":
            half = body[: len(body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await self._drop(scope)
            return
        if fault and fault.kind == "slow_body":
            size = max(1, len(body) // CHUNKS)
            for start in range(0, len(body), size):
                piece = body[start : start + size]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                await self._faults.sleep(fault.seconds / CHUNKS)
            body = b""
        await send({"type": "http.response.body", "body": body})


def nested(query: bytes) -> bool:
    """Tell whether errors are wanted in the newer nested form."""
    text = query.decode("latin-1")
    return "new_errors" in text and any(
        name == "new_errors" and value.lower() not in ("false", "0")
        for name, value in parse_qsl(text, keep_blank_values=True)
    )


def _caller(scope: Scope) -> str:
    """Who asks for which operation: limits are per endpoint."""
    who = str(scope["client"][0]) if scope.get("client") else ""
    for name, value in scope["headers"]:
        if name in (b"freelancer-oauth-v1", b"authorization"):
            who = value.decode("latin-1")
    return f"{who} {scope['method']} {_ID.sub('/#', scope['path'])[:200]}"


def _before(fault: Fault) -> Refusal | None:
    """The answer of a fault that keeps the request from the market."""
    if fault.kind not in BEFORE:
        return None
    match fault.kind:
        case "rate_limited":
            return rate_limited()
        case "expired_token":
            return not_authenticated()
    return _failed(fault)


def _failed(fault: Fault) -> Refusal:
    return Refusal(fault.status, "ExceptionCodes.UNKNOWN_ERROR", "An error has occurred")


def _with_rate(answer: Answer, verdict: Verdict, fault: Fault | None) -> Answer:
    limited = fault is not None and fault.kind == "rate_limited"
    headers = [
        *answer.headers,
        (b"ratelimit-limit", verdict.limit.encode()),
        (b"ratelimit-remaining", b"0" if limited else str(verdict.remaining).encode()),
    ]
    if fault and fault.kind == "error_before" and fault.status == 503 and fault.headers:
        headers.append((b"retry-after", b"1"))
    return Answer(answer.status, tuple(headers), answer.body)


async def _read(receive: Receive) -> bytes:
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise bad_form("The request ended early")
        piece = message.get("body", b"")
        size += len(piece)
        if size > MOST_BYTES:
            raise too_large("The request is too large")
        pieces.append(piece)
        if not message.get("more_body", False):
            return b"".join(pieces)


async def _call(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    """Give the whole answer of an application whose answers are never streams."""
    status, headers, pieces = 500, (), []
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            await asyncio.Event().wait()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], tuple(message["headers"])
        else:
            pieces.append(message.get("body", b""))

    await app(dict(scope), receive, send)
    return Answer(status, headers, b"".join(pieces))
