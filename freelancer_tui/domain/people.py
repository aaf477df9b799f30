"""People: the user's own profile, and the clients behind projects and threads."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal, get_args

RatingAxis = Literal[
    "clarity_spec", "communication", "payment_prom", "professionalism", "work_for_again",
    "quality", "expertise", "hire_again",
]  # fmt: skip
"""What clients are rated by, then what freelancers are; the marketplace's own words."""
RATING_AXES: Final[tuple[RatingAxis, ...]] = get_args(RatingAxis)


@dataclass(frozen=True, slots=True)
class Reputation:
    """What the marketplace counts about somebody in one role, over their whole history."""

    overall: Decimal | None = None
    """0 to 5; None where nobody has rated them."""
    reviews: int = 0
    complete: int = 0
    completion_rate: Decimal | None = None
    """0 to 1."""
    axes: tuple[tuple[RatingAxis, Decimal], ...] = ()
    """The parts of the rating that are known, 0 to 5 each."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the marketplace; all but `remote_id` can be unknown."""

    remote_id: int
    username: str
    display_name: str = ""
    country: str = ""
    """The country's name as the marketplace writes it."""
    country_code: str = ""
    """Two capital letters, or empty."""
    city: str = ""
    timezone: str = ""
    """A zone of the tz database such as `Asia/Makassar`, or empty."""
    registered_at: datetime | None = None
    payment_verified: bool | None = None
    email_verified: bool | None = None
    identity_verified: bool | None = None
    reputation: Reputation | None = None
    """As a freelancer."""
    employer_reputation: Reputation | None = None

    @property
    def name(self) -> str:
        """The name to show: the one they chose, else the user name."""
        return self.display_name or self.username


@dataclass(frozen=True, slots=True)
class Profile:
    """The user's own account: who they are, what they can do, how many bids are left."""

    person: Person
    skills: tuple[int, ...] = ()
    """Remote ids of the skills on the profile."""
    bids_left: int | None = None
    """None where the marketplace does not tell."""
    bid_limit: int | None = None
