"""Server: the real sandbox on a thread of a test, on a port of its own.

    with running_sandbox() as sandbox:
        sandbox.url, sandbox.tokens["budi"], sandbox.market, sandbox.faults, sandbox.rates

`sandbox.market` and `sandbox.faults` may be used from the test's own thread.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from freelancer_tui.sandbox.app import Extras
from freelancer_tui.sandbox.faults import Faults
from freelancer_tui.sandbox.hosting import Server, address, build, listen
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.rates import GENEROUS, Rates
from freelancer_tui.sandbox.records import World
from freelancer_tui.sandbox.seed import world as seeded
from tests.sandbox.worlds import tiny_world


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, and the switches behind it."""

    url: str
    """As the official SDK takes it: without `/api`."""
    tokens: dict[str, str]
    """By user name."""
    market: Market
    faults: Faults
    rates: Rates


def seeded_world(projects: int, seed: int = 1) -> Callable[[], World]:
    """Give the maker of a generated world, as `freelancer-tui sandbox` serves it."""
    return lambda: seeded(seed, projects, int(time.time()))


@contextmanager
def running_sandbox(
    world: Callable[[], World] = tiny_world,
    *,
    data: str | Path = ":memory:",
    rate: str = GENEROUS,
    clock: Callable[[], float] = time.time,
    fault_controls: bool = False,
) -> Generator[Sandbox]:
    """Serve a world on loopback until the block ends."""
    market = Market(data, world, clock)
    faults = Faults()
    extras = Extras(faults=faults, rates=Rates(rate, market.now), fault_controls=fault_controls)
    assert extras.rates is not None
    listener = listen("127.0.0.1", 0)
    listener.listen(128)
    url = address(listener)
    started = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, Server]] = []

    async def run() -> None:
        server = build(market, extras)
        running.append((asyncio.get_running_loop(), server))
        started.set()
        await server._serve([listener])

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="sandbox")
    thread.start()
    assert started.wait(10)
    tokens = {known.username: known.token for known in market.tokens.sign_ins()}
    try:
        yield Sandbox(url, tokens, market, faults, extras.rates)
    finally:
        loop, server = running[0]
        loop.call_soon_threadsafe(server.end)
        thread.join(10)
        listener.close()
        market.close()
        assert not thread.is_alive()


__all__ = ["Sandbox", "running_sandbox", "seeded_world", "tiny_world"]
