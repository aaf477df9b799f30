"""Facts: what a marketplace tells, and a page of them as one pull brings it."""

from dataclasses import dataclass
from datetime import datetime

from freelancer_tui.domain.feeds import Cursor
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Project, Skill
from freelancer_tui.domain.proposals import Bid

Fact = (
    Profile
    | Person
    | Skill
    | Currency
    | Project
    | Bid
    | Thread
    | Message
    | Milestone
    | MilestoneRequest
)


@dataclass(frozen=True, slots=True)
class Page:
    """What one pull brought."""

    facts: tuple[Fact, ...]
    cursor: Cursor | None
    """The place to keep once the facts are stored; None where a feed has no place."""
    more: bool
    """True when the feed has not been read to its end: pull again with `cursor`."""
    at: datetime
    """The marketplace's own time (`Date` header of the first answer)."""
    done: int = 0
    total: int | None = None
    """How far this scan is, for people: `done` of `total`; None where it does not tell."""
    complete: bool = False
    """True when `facts` are everything the feed has: what is absent here is gone there."""
    skipped: tuple[str, ...] = ()
    """Items that could not be understood, each in a sentence for the log."""
    requests: int = 1
    """Calls that were made for it."""
