"""Searches: queries that the user gave a name, and how loudly new matches are told."""

from dataclasses import dataclass
from typing import Final, Literal

Alert = Literal["off", "app", "terminal"]
"""`app` says it on the screen; `terminal` also rings or notifies, as the settings allow."""
ALERTS: Final[tuple[Alert, ...]] = ("off", "app", "terminal")
MOST_COUNTED: Final = 99
"""Counts go up to here; one more means that there are more."""
OF_CONFIG: Final = "config:"
"""How the ids of searches begin that the user wrote into the config file."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name."""

    id: str
    name: str
    query: str
    alert: Alert = "app"
    place: int = 0
    """Where it stands in the list."""
    told_to: int | None = None
    """The newest job that was weighed for an alert; None before the first look."""
    waiting: int = 0
    """New matches that were told and not visited since."""

    @property
    def is_fixed(self) -> bool:
        """True for one of the config file: its name and query are changed there."""
        return self.id.startswith(OF_CONFIG)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs match, and how many of them are new; up to one more than is told."""

    found: int
    new: int
    is_whole: bool = True
    """False when counting took too long and was ended: there may be more."""


def counted(count: int, *, is_whole: bool = True) -> str:
    """Write a bounded count: `7`, `99+`; `7+` where counting was ended."""
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if is_whole else f"{count}+"
