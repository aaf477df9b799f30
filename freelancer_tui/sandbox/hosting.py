"""Hosting: an HTTP server for a market, which starts and ends at once."""

import asyncio
import os
import socket
import time
from dataclasses import replace

import uvicorn
from starlette.types import Scope

from freelancer_tui.sandbox.app import Extras, create_app
from freelancer_tui.sandbox.market.market import Market

GRACE_SECONDS = 0.3


class Server(uvicorn.Server):
    """uvicorn, ended by an event instead of a look at the clock ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._end = asyncio.Event()

    def end(self) -> None:
        """End soon; to be called on the loop's own thread."""
        self.should_exit = True
        self._end.set()

    async def main_loop(self) -> None:
        """Wait until `end` is called."""
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close idle connections at once, busy ones after a short grace."""
        for server in self.servers:
            server.close()
        for sock in sockets or []:
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        patience = time.monotonic() + GRACE_SECONDS
        while self.server_state.connections and time.monotonic() < patience:
            await asyncio.sleep(0.005)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.sleep(0)

    async def drop(self, scope: Scope) -> None:
        """Break the connection that a request came by."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                connection.transport.abort()
        await asyncio.sleep(0)


def listen(host: str, port: int) -> socket.socket:
    """Give a bound socket, before the (perhaps long) loading of a world."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, or asyncio does not know it for TCP and each answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket) -> str:
    """Give the base address of a bound socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def build(market: Market, extras: Extras) -> Server:
    """Give a server for a market, not yet running; needs a running loop."""

    async def drop(scope: Scope) -> None:
        await server.drop(scope)

    config = uvicorn.Config(
        create_app(market, replace(extras, drop=drop)),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
    )
    server = Server(config)
    return server
