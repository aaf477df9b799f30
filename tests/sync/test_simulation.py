"""Simulation: whole worlds from a seed; a fixed share with every test, any number on demand."""

import pytest

from tests.sync import runs
from tests.sync.programs import Program

FIXED = 300
BATCH = 50
"""Seeds of one test: all that should happen does in as many, and all cores have some."""
HAPPENS = (
    *("sent", "refused", "asked", "taken out", "settled"),
    *("withdraw", "accept", "decline", "ask release", "withdraw request"),
    *("faults", "crashes", "power losses", "jumps"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "asked_for" in metafunc.fixturenames:
        first = int(metafunc.config.getoption("--first-seed"))
        end = first + int(metafunc.config.getoption("--seeds"))
        batches = [(one, min(one + BATCH, end)) for one in range(first, end, BATCH)]
        metafunc.parametrize("asked_for", batches, ids=lambda one: f"{one[0]}-{one[1] - 1}")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("first", range(0, FIXED, BATCH))
def test_nothing_is_lost_doubled_or_stuck(first: int) -> None:
    outcome = runs.live(range(first, first + BATCH))
    assert not outcome.violations, outcome.told()
    assert [one for one in HAPPENS if not outcome.figures[one]] == [], "the worlds are too good"


@pytest.mark.simulation
@pytest.mark.timeout(600)
def test_nothing_is_lost_in_any_world(asked_for: tuple[int, int]) -> None:
    outcome = runs.live(range(*asked_for))
    assert not outcome.violations, outcome.told()


async def test_the_same_seed_gives_the_same_trace() -> None:
    for seed in (3, 5, 11):
        first, second = await runs.traced(seed), await runs.traced(seed)
        assert first == second
        assert len(first[0]) > 20


async def test_what_a_program_remembers_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = (2, 7, 13, 21, 34)
    before = [await runs.traced(seed) for seed in seeds]
    monkeypatch.setattr(Program, "remembers", False)
    assert [await runs.traced(seed) for seed in seeds] == before
