"""Elsewhere: what a window shows while another one on the same account has its turn."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from freelancer_tui.errors import Offline
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.sync.marketplace import Marketplace
from freelancer_tui.tui import turns
from tests.tui.shell import Shell, opened
from tests.tui.town import a_workspace

WORDS = "Another window is syncing this account."


class Nowhere:
    """A marketplace that cannot be reached: enough to see that it is our turn."""

    async def pull(self, *_: object) -> None:
        raise Offline("There is no line.")

    async def ping(self) -> None:
        raise Offline("There is no line.")

    async def close(self) -> None:
        pass


async def test_the_bar_says_so_until_the_turn_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_ELSEWHERE", timedelta(milliseconds=20))
    nowhere = cast(Marketplace, Nowhere())
    workspace = a_workspace(tmp_path, open_marketplace=lambda _account, _token: nowhere)
    workspace.folder.mkdir(parents=True, exist_ok=True)
    other = SyncLock(workspace.folder / "sync.lock")
    with other.held() as got:
        assert got
        async with opened(workspace, start_sync=True) as shell:
            await reach(shell, lambda: WORDS in shell.standing)
            await shell.press("2")  # it is said in every section
            assert WORDS in shell.standing
            other.release()
            await reach(shell, lambda: "Offline since" in shell.standing)
    workspace.close()


async def reach(shell: Shell, is_there: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_there():
            await shell.pilot.pause(0.02)
