"""Runs: many worlds, one after the other, and what became of them."""

import asyncio
import gc
import shutil
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests import statements
from tests.sync.programs import folder_in_memory
from tests.sync.world import World


@dataclass
class Outcome:
    """What some worlds came to."""

    figures: Counter[str] = field(default_factory=Counter)
    violations: dict[int, str] = field(default_factory=dict)
    """What was broken, by seed."""

    def add(self, other: "Outcome") -> None:
        self.figures.update(other.figures)
        self.violations |= other.violations

    def told(self) -> str:
        """Say which seeds failed, and how to see one of them again."""
        lines = [f"seed {seed}: {words}" for seed, words in sorted(self.violations.items())]
        lines += [
            f"replay it with: .venv/bin/python -m tests.sync.replay {seed}"
            for seed in sorted(self.violations)[:1]
        ]
        return "\n".join(lines)


def live(seeds: Iterable[int], *, until_broken: bool = False) -> Outcome:
    """Let worlds pass, and check each."""
    statements.kept()  # a quarter of the time: each world opens its files anew
    return asyncio.run(_live(seeds, until_broken))


async def traced(seed: int) -> tuple[list[str], str]:
    """Let one world pass; give all that happened, and what was broken."""
    base = folder_in_memory()
    world = World(base / "account", seed)
    try:
        return world.trace, await _broken(world)
    finally:
        world.close()
        shutil.rmtree(base, ignore_errors=True)


async def _live(seeds: Iterable[int], until_broken: bool) -> Outcome:
    outcome = Outcome()
    base = folder_in_memory()
    collects = gc.isenabled()
    gc.disable()  # a tenth of the time; what a world leaves is collected between worlds
    try:
        for number, seed in enumerate(seeds, 1):
            world = World(base / str(seed), seed)
            broken = await _broken(world)
            world.close()
            outcome.figures.update(world.figures)
            outcome.figures["schedules"] += 1
            if number % 20 == 0:
                gc.collect()
            if broken:
                outcome.violations[seed] = broken
                if until_broken:
                    break
    finally:
        if collects:
            gc.enable()
        shutil.rmtree(base, ignore_errors=True)
    return outcome


async def _broken(world: World) -> str:
    """Give what a check or the engine itself said went wrong; empty where nothing did."""
    try:
        await world.run()
    except Exception as error:  # a fault of any kind is a violation
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
    return ""
