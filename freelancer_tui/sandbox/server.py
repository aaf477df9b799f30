"""Server: the sandbox on a port of this machine, until it is told to end."""

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from freelancer_tui.sandbox.app import Extras
from freelancer_tui.sandbox.clients import Clients
from freelancer_tui.sandbox.faults import Faults
from freelancer_tui.sandbox.hosting import Server, address, build, listen
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.rates import GENEROUS, Rates
from freelancer_tui.sandbox.seed import history, world

CLIENT_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Options:
    """What the sandbox is started with."""

    host: str = "127.0.0.1"
    port: int = 0
    """0 picks a free one."""
    data: str = ":memory:"
    """A file, or `:memory:`, which keeps nothing."""
    seed: int = 1
    projects: int = 500
    clients: bool = True
    """Whether simulated employers act."""
    until_closed: bool = False
    """Whether to end when standard input closes."""
    faults: bool = False
    """Whether `/sandbox/faults` lets callers switch faults on."""
    rate: str = GENEROUS


def serve(options: Options) -> None:
    """Serve until interrupted, terminated or (if asked for) standard input closes.

    Raises `KeyboardInterrupt` after an orderly end by Ctrl-C, and `OSError` for a port or file
    that cannot be had.
    """
    listener = listen(options.host, options.port)
    with listener:
        market = Market(
            options.data, lambda: world(options.seed, options.projects, int(time.time()))
        )
        try:
            history(market)
            interrupted = asyncio.run(_serve(options, market, listener))
        finally:
            market.close()
    if interrupted:
        raise KeyboardInterrupt


async def _serve(options: Options, market: Market, listener: socket.socket) -> bool:
    """Serve on a socket; tells whether it was ended by an interrupt."""
    clients = Clients(market, options.seed) if options.clients else None

    def step() -> None:
        if clients:
            clients.step(market.now())

    extras = Extras(
        faults=Faults(),
        rates=Rates(options.rate, market.now),
        after_write=step,
        fault_controls=options.faults,
    )
    server = build(market, extras)
    signals = _catch_signals(server)
    if options.until_closed:
        _watch_input(server)
    stepping = asyncio.create_task(_every(CLIENT_SECONDS, step)) if clients else None
    if stepping:
        stepping.add_done_callback(lambda _: server.end())
    listener.listen(128)
    _say_ready(market, listener)
    try:
        await server._serve([listener])
    finally:
        if stepping and not stepping.done():
            stepping.cancel()
    if stepping and stepping.done() and not stepping.cancelled():
        stepping.result()
    return signal.SIGINT in signals


def _say_ready(market: Market, listener: socket.socket) -> None:
    users = [
        {"id": known.user_id, "username": known.username, "role": known.role, "token": known.token}
        for known in market.tokens.sign_ins()
    ]
    print(json.dumps({"url": address(listener), "users": users}), flush=True)


async def _every(seconds: float, act: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(seconds)
        act()


def _catch_signals(server: Server) -> list[int]:
    """End the server on the usual signals; gives the list they are noted in."""
    caught: list[int] = []
    loop = asyncio.get_running_loop()

    def note(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        with suppress(RuntimeError):  # a second Ctrl-C, the loop has ended already
            loop.call_soon_threadsafe(server.end)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, note)
    return caught


def _watch_input(server: Server) -> None:
    """End the server when standard input closes, as it does when the parent is gone."""
    loop = asyncio.get_running_loop()

    def watch() -> None:
        # os.read and not sys.stdin: a thread that holds a buffer's lock breaks the exit.
        while os.read(0, 4096):
            pass
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(server.end)

    threading.Thread(target=watch, name="watch-input", daemon=True).start()
