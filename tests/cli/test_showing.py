"""Showing: full collections of garbage wait for a pause of the user's."""

import asyncio
import gc
from types import SimpleNamespace
from typing import cast

import pytest

from freelancer_tui.cli import showing
from freelancer_tui.tui.app import FreelancerApp


class Screens:
    """Screens that are shown for a while; somebody types, or not."""

    def __init__(self, *, is_quiet: bool) -> None:
        self.is_quiet = is_quiet
        self.turns = SimpleNamespace(is_waiting=False)
        self.threshold: tuple[int, int, int] | None = None

    async def run_async(self) -> None:
        self.threshold = gc.get_threshold()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("is_quiet", [True, False])
def test_old_garbage_is_collected_in_pauses_only(
    monkeypatch: pytest.MonkeyPatch, is_quiet: bool
) -> None:
    collected: list[int] = []
    monkeypatch.setattr(showing, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(showing, "one_at_a_time", lambda: None)
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    before = gc.get_threshold()
    screens = Screens(is_quiet=is_quiet)
    showing.show(cast(FreelancerApp, screens))
    assert bool(collected) == is_quiet
    assert screens.threshold is not None
    assert screens.threshold[:2] == before[:2]
    assert screens.threshold[2] > 10**6
    assert gc.get_threshold() == before
