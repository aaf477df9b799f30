"""Projects: the work that clients posted, called jobs on the screen."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Person

ProjectKind = Literal["fixed", "hourly"]
ProjectStatus = Literal[
    "open", "awarded", "in_progress", "complete", "closed", "pending", "removed"
]
"""`open` takes bids; `awarded` waits for the freelancer's word; `closed` ended without work.

`removed` is told by no marketplace: it no longer has the project, and the cache still does.
"""
Verdict = Literal["star", "skip"]


@dataclass(frozen=True, slots=True)
class Skill:
    """A tag on projects and profiles. The wire calls it a job."""

    remote_id: int
    name: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """What the client means to spend; an hourly project's is a rate."""

    currency: str
    minimum: Money | None = None
    maximum: Money | None = None
    """None for the top band: no upper limit."""


@dataclass(frozen=True, slots=True)
class Project:
    """Work that a client posted, as the marketplace tells it."""

    remote_id: int
    title: str
    kind: ProjectKind
    status: ProjectStatus
    budget: Budget
    posted_at: datetime
    updated_at: datetime
    owner_id: int | None = None
    """None where the marketplace hides it from freelancers."""
    description: str | None = None
    """None when only the preview is known."""
    preview: str = ""
    url: str = ""
    bid_count: int = 0
    bid_average: Money | None = None
    skills: tuple[Skill, ...] = ()
    country: str = ""
    """Where the client or the work is: a country's name, or empty."""
    language: str = ""
    """Two lower-case letters, or empty."""
    bid_period_days: int | None = None
    traits: tuple[str, ...] = ()
    """Upgrades that are on, in the marketplace's words: `featured`, `urgent`, `NDA`, `sealed` …"""


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project as a list shows it: with the user's verdict, without the text."""

    remote_id: int
    title: str
    kind: ProjectKind
    status: ProjectStatus
    budget: Budget
    posted_at: datetime
    updated_at: datetime
    bid_count: int
    skills: tuple[str, ...]
    country: str
    url: str
    verdict: Verdict | None = None
    owner_id: int | None = None
    bid_average: Money | None = None
    client_rating: Decimal | None = None
    """What others gave the client, 0 to 5; None where nobody has."""
    client_reviews: int = 0
    score: int | None = None
    """How well it matches the user, 0 to 100; None until somebody has judged it."""
    is_noted: bool = False
    """True when the user wrote a note on it."""
    is_new: bool = False
    """True until the user has seen it."""


@dataclass(frozen=True, slots=True)
class ProjectView:
    """All that is known about one project: the work, the client, the user's verdict."""

    project: Project
    client: Person | None = None
    verdict: Verdict | None = None
    note: str = ""
    """What the user jotted down about it."""
    is_new: bool = False
    """True while the user has not seen it."""
