"""Proof: lives as many worlds as are asked for, on all cores, and prints the figures."""

import argparse
import os
import sys
import time
from collections.abc import Iterable
from multiprocessing import get_context

from tests.sync.mutants import MUTANTS
from tests.sync.programs import tidy
from tests.sync.runs import Outcome, live

_BATCH = 50
_SHOWN = (
    *("schedules", "turns", "calls", "commits", "faults", "crashes", "power losses"),
    *("lost caches", "jumps"),
    *("sent", "files", "refused", "asked", "taken out", "settled"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sync.proof", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--mutants", action="store_true", help="break the engine on purpose too")
    parser.add_argument("--mutant-seeds", type=int, default=500, help="most worlds for a mutant")
    parser.add_argument("--cores", type=int, default=os.cpu_count())
    wished = parser.parse_args()
    began = time.monotonic()
    outcome = _worlds(range(wished.first_seed, wished.first_seed + wished.seeds), wished.cores)
    _print_figures(outcome, time.monotonic() - began)
    if wished.mutants:
        _print_mutants(wished.mutant_seeds, wished.cores)
    return 1 if outcome.violations else 0


def _worlds(seeds: range, cores: int) -> Outcome:
    outcome = Outcome()
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    with get_context("fork").Pool(cores, maxtasksperchild=20) as pool:
        for one in pool.imap_unordered(_batch, batches):
            outcome.add(one)
            if one.violations:  # a long run need not be waited for
                print(one.told(), file=sys.stderr, flush=True)
    return outcome


def _batch(seeds: Iterable[int]) -> Outcome:
    try:
        return live(seeds)
    finally:
        tidy()


def _fate(place: int, most: int) -> tuple[int, int | None, str]:
    """Give how many worlds a mutant lived in, the seed that killed it, and by what check."""
    with MUTANTS[place].applied():
        outcome = live(range(most), until_broken=True)
    tidy()
    seed, broken = next(iter(outcome.violations.items()), (None, ""))
    return outcome.figures["schedules"], seed, broken


def _print_figures(outcome: Outcome, seconds: float) -> None:
    for name in _SHOWN:
        print(f"{name:14}{outcome.figures[name]:>12,}")
    kinds = sorted(one for one in outcome.figures if one.startswith("fault "))
    print("by fault:", ", ".join(f"{one[6:]} {outcome.figures[one]:,}" for one in kinds))
    print(f"{'violations':14}{len(outcome.violations):>12,}")
    print(f"{'seconds':14}{seconds:>12,.0f}")
    if outcome.violations:
        print(outcome.told())
    sys.stdout.flush()


def _print_mutants(most: int, cores: int) -> None:
    killed = 0
    with get_context("fork").Pool(cores, maxtasksperchild=1) as pool:
        fates = [pool.apply_async(_fate, (place, most)) for place in range(len(MUTANTS))]
        for mutant, fate in zip(MUTANTS, fates, strict=True):
            worlds, seed, broken = fate.get()
            killed += seed is not None
            end = f"killed by seed {seed}: {broken[:90]}" if broken else f"lives: {mutant.lives}"
            print(f"{mutant.name:26}{worlds:>5}  {end}", flush=True)
    print(f"mutants killed {killed} of {len(MUTANTS)}")


if __name__ == "__main__":
    sys.exit(main())
