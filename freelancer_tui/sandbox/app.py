"""App: the marketplace as an ASGI application."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.edge import Drop, Edge, nested, refuse_connection
from freelancer_tui.sandbox.faults import KINDS, Faults
from freelancer_tui.sandbox.files import file_answer
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.oauth import OAuth, token_of
from freelancer_tui.sandbox.rates import GENEROUS, Rates
from freelancer_tui.sandbox.reading import Given, given_body, given_query, needed
from freelancer_tui.sandbox.refusals import (
    Refusal,
    bad_form,
    not_authenticated,
    not_found,
    wrong_method,
)
from freelancer_tui.sandbox.routes import (
    bids,
    hourly,
    messages,
    milestones,
    projects,
    reference,
    reviews,
    users,
)
from freelancer_tui.sandbox.wire import JSON, Raw, compact, encode, failure, success

OPERATIONS: tuple[Operation, ...] = (
    *users.OPERATIONS,
    *reference.OPERATIONS,
    *projects.OPERATIONS,
    *bids.OPERATIONS,
    *milestones.OPERATIONS,
    *reviews.OPERATIONS,
    *messages.OPERATIONS,
    *hourly.OPERATIONS,
)


def nothing() -> None:
    """Do nothing: what follows a write when there are no simulated clients."""


@dataclass(slots=True)
class Extras:
    """What an application can have beside its market."""

    faults: Faults = field(default_factory=Faults)
    rates: Rates | None = None
    """None: the generous policy, by the market's clock."""
    after_write: Callable[[], None] = nothing
    drop: Drop = refuse_connection
    fault_controls: bool = False
    """Whether `/sandbox/faults` is there."""


def create_app(market: Market, extras: Extras | None = None) -> ASGIApp:
    """Give the application of a market."""
    extras = extras or Extras()
    oauth = OAuth(market)
    routes = [
        Route(operation.path, _endpoint(market, operation, extras), methods=[operation.method])
        for operation in OPERATIONS
    ]
    routes += oauth.routes
    if extras.fault_controls:
        controls = _controls(market, extras.faults)
        routes.append(Route("/sandbox/faults", controls, methods=["GET", "POST", "DELETE"]))
    starlette = Starlette(
        routes=routes,
        exception_handlers={Refusal: _refused, HTTPException: _lost, Exception: _broken},
    )
    starlette.router.redirect_slashes = False
    rates = extras.rates or Rates(GENEROUS, market.now)
    edge = Edge(starlette, extras.faults, rates, market.now, extras.drop)
    starlette.state.request_id = edge.request_id
    return edge


def _endpoint(
    market: Market, operation: Operation, extras: Extras
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        call = await _call(market, operation, request)
        result = operation.act(call)
        if operation.method != "GET":
            extras.after_write()
        if isinstance(result, Raw):
            return file_answer(result, request.headers)
        if call.query.flag("compact"):
            result = compact(result)
        return Response(success(result, _request_id(request)), media_type=JSON)

    return answer


async def _call(market: Market, operation: Operation, request: Request) -> Call:
    token = token_of(request)
    viewer = market.tokens.user_of(token) if token is not None else None
    if viewer is None and (token is not None or not operation.public):
        raise not_authenticated()
    query = given_query(request.scope["query_string"])
    body, kind = Given({}), "none"
    if operation.method != "GET":
        content = await request.body()
        body, kind = given_body(request.headers.get("content-type", ""), content)
    return Call(market, viewer, query, body, kind, request.path_params)


def _request_id(request: Request) -> str:
    request_id: str = request.app.state.request_id()
    return request_id


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    wants_nested = nested(request.scope["query_string"])
    body = failure(refusal, _request_id(request), nested=wants_nested)
    return Response(body, refusal.status, media_type=JSON)


async def _lost(request: Request, error: Exception) -> Response:
    """No such path, or no such method on it."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return await _refused(request, wrong_method())
    if error.status_code == 404:
        return await _refused(request, not_found("Resource"))
    return await _refused(request, bad_form(str(error.detail)))


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of the sandbox itself; the traceback goes to the log."""
    return await _refused(
        request, Refusal(500, "RestExceptionCodes.UNKNOWN_ERROR", type(error).__name__)
    )


def _controls(market: Market, faults: Faults) -> Callable[[Request], Awaitable[Response]]:
    """The switches of the faults, for tests in other processes."""

    async def switch(request: Request) -> Response:
        if request.method == "DELETE":
            faults.clear()
            market.clock_offset = 0
        if request.method == "POST":
            content = await request.body()
            _switch(market, faults, given_body("application/json", content)[0])
        shown = {
            "faults": [asdict(fault) for fault in faults.active],
            "clock_offset": market.clock_offset,
        }
        return Response(encode(shown), media_type=JSON)

    return switch


def _switch(market: Market, faults: Faults, wish: Given) -> None:
    offset = wish.number("clock_offset")
    if offset is not None:
        if abs(offset) > 10**9:
            raise bad_form("clock_offset is too large")
        market.clock_offset = offset
    name = wish.text("kind")
    if name is None:
        return
    kind = next((kind for kind in KINDS if kind == name), None)
    times = 1 if not wish.flag("times") else wish.number("times")
    milliseconds = wish.number("milliseconds")
    faults.add(
        needed("a known kind", kind),
        method=(wish.text("method") or "*").upper(),
        path=wish.text("path") or "*",
        times=times,
        status=wish.number("status") or 500,
        seconds=2.0 if milliseconds is None else milliseconds / 1000,
        headers=wish.boolean("headers") is not False,
    )
