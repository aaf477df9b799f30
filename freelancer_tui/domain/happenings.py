"""Happenings: what became of a job since it was first seen, and jobs that are much like it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from freelancer_tui.domain.projects import Budget, ProjectKind, ProjectStatus

HappeningKind = Literal["budget", "title", "text", "status"]
if TYPE_CHECKING:
    from freelancer_tui.domain.milestones import MilestoneStatus, RequestStatus

_WORD: Final = re.compile(r"\w{3,}")
_ALIKE: Final = 0.8
"""From this part of words in common on, two texts by one client are one job posted twice."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that changed, seen at a time; `was` and `now` in the kind's own notation.

    A status as its name, a title as it is, a text as the number of its words, and a budget as
    `kind currency minimum maximum` in smallest units, `-` for none.
    """

    kind: HappeningKind
    was: str
    now: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of a milestone, or a request for some, seen in another state than before."""

    remote_id: int
    is_request: bool
    now: "MilestoneStatus | RequestStatus"
    at: datetime


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier job by the same client, or about the same."""

    remote_id: int
    title: str
    status: ProjectStatus
    budget: Budget
    kind: ProjectKind
    posted_at: datetime
    likeness: float
    """0 to 1: how many words both have in common."""
    same_client: bool = False
    bid_status: str | None = None
    """What became of the user's own bid; None where there was none."""

    @property
    def is_repost(self) -> bool:
        """True when the client posted nearly the same words before."""
        return self.same_client and self.likeness >= _ALIKE


@lru_cache(maxsize=1_000)
def words_of(text: str) -> frozenset[str]:
    """Give the words that tell a text from others; short ones are in all."""
    return frozenset(_WORD.findall(text.lower()))


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Give the part of all words that both have: 0 for none, 1 for the same words."""
    ours, theirs = frozenset(one), frozenset(other)
    together = ours | theirs
    return len(ours & theirs) / len(together) if together else 0.0
