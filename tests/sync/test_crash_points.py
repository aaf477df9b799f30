"""Every crash point: one errand, ended before, after, and by a power loss after each commit."""

import asyncio
import shutil
from functools import cache

import pytest

from tests.sync.errand import Ending, Errand
from tests.sync.programs import folder_in_memory

STRIPES = 6
"""The commits are dealt out, so that all cores have some."""
SENT = 6
"""What the errand has to send."""
LOSSES = 3
"""With every test the power is lost at every third commit; `-m simulation` loses it at each."""


@cache
def commits() -> int:
    """Count the commits of the errand when nothing happens to it."""
    return lived(None).figures["commits"]


def lived(crash_at: tuple[int, Ending] | None) -> Errand:
    base = folder_in_memory()
    errand = Errand(base / "account", crash_at)
    try:
        asyncio.run(errand.run())
    except Exception as error:
        error.add_note(f"ended at {crash_at}")
        raise
    finally:
        errand.close()
        shutil.rmtree(base, ignore_errors=True)
    return errand


def survived(number: int, ending: Ending) -> None:
    figures = lived((number, ending)).figures
    assert figures["crashes"] + figures["power losses"] == 1, f"{number} {ending}"
    assert (figures["sent"], figures["refused"]) == (SENT, 0), f"{number} {ending}"


@pytest.mark.parametrize("stripe", range(STRIPES))
def test_an_end_at_any_commit_is_survived(stripe: int) -> None:
    assert commits() > 30
    for number in range(1 + stripe, commits() + 1, STRIPES):
        survived(number, "before")
        survived(number, "after")
        if number % LOSSES == 0:
            survived(number, "power loss")


@pytest.mark.simulation
@pytest.mark.timeout(600)
def test_a_power_loss_at_any_commit_is_survived() -> None:
    for number in range(1, commits() + 1):
        survived(number, "power loss")
