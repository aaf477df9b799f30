"""Simulation: whole worlds from a seed; the small share of it that runs with every test."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.sync.world import World

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "40"))
BATCHES = 2


async def run(folder: Path, seed: int) -> World:
    world = World(folder, seed)
    try:
        await world.storm(turns=10)
        await world.calm()
        world.check_end()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    finally:
        world.desk.close()
    return world


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_nothing_is_lost_doubled_or_out_of_order(tmp_path: Path, batch: int) -> None:
    figures: Counter[str] = Counter()
    for seed in range(batch, SEEDS, BATCHES):
        figures += (await run(tmp_path / str(seed), seed)).figures
    print(dict(figures))
    for happened in ("sent", "refused", "asked", "faults", "crashes", "jumps"):
        assert figures[happened] > 0, happened


async def test_the_same_seed_gives_the_same_trace(tmp_path: Path) -> None:
    first = await run(tmp_path / "first", 3)
    second = await run(tmp_path / "second", 3)
    assert first.trace == second.trace
    assert len(first.trace) > 50
