"""Milestones: every word of the marketplace has one of ours."""

from typing import get_args

from freelancer_tui.domain.milestones import (
    EscrowState,
    MilestoneStatus,
    RequestStatus,
    state_of,
)


def test_every_status_has_a_state() -> None:
    for status in (*get_args(MilestoneStatus), *get_args(RequestStatus)):
        assert state_of(status) in get_args(EscrowState)
