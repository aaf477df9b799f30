"""A few kills of each kind; `python -m tests.kills` makes hundreds."""

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.kills import pair, synced, typed

pytestmark = pytest.mark.timeout(180)


def test_a_kill_while_typing_leaves_what_was_typed() -> None:
    """The promised time is measured by `python -m tests.kills typing`, on a quiet machine.

    Here, where other tests run beside it, the bound only finds a save that does not come.
    """
    typing = typed.run(1, at_once=1, jobs=300)
    assert len(typing.kills) == 1
    assert typing.wrong == []
    for kill in typing.kills:
        assert kill.loss <= 10 * typed.MOST_LOSS + kill.late, typing.lines()


def test_a_sync_that_is_killed_on_a_bad_line_loses_and_doubles_nothing() -> None:
    syncing = synced.run(2, at_once=1)
    assert syncing.kills == 2
    assert syncing.wrong == []


def test_two_programs_on_one_account() -> None:
    two = pair.run(3)
    assert two.by_hand
    assert two.by_command
    assert two.wrong == []
