"""Mutants: the simulation notices a broken engine; here only those that die at once."""

import pytest

from tests.sync.mutants import MUTANTS
from tests.sync.runs import live

QUICK = (
    "timeout is unsent",
    "writes retried",
    "no queue",
    "5xx is refused",
    "no intent before the call",
)


@pytest.mark.parametrize("name", QUICK)
def test_a_broken_engine_is_noticed(name: str) -> None:
    (mutant,) = (one for one in MUTANTS if one.name == name)
    with mutant.applied():
        outcome = live(range(60), until_broken=True)
    assert outcome.violations, "it lived in 60 worlds"


def test_there_are_many_and_each_has_a_name() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS) >= 22
