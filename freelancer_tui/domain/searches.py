"""Searches: queries that the user gave a name, and how loudly new matches are told."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Alert = Literal["off", "app", "terminal"]
"""`app` says it on the screen; `terminal` also rings or notifies, as the settings allow."""
ALERTS: Final[tuple[Alert, ...]] = ("off", "app", "terminal")
MOST_COUNTED: Final = 99
"""Counts go up to here; one more means that there are more."""
OF_CONFIG: Final = "config:"
"""How the ids of searches begin that the user wrote into the config file."""
_TOKEN: Final = re.compile(
    r"(?P<minus>-?)(?:(?P<key>\w+):)?(?:\"(?P<phrase>[^\"]*)\"?|(?P<word>[^\s\"]+))"
)
_ORDER: Final = re.compile(r"(?<!\S)sort:\S*")


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


def counted(count: int) -> str:
    """Write a bounded count: `7`, `99+`."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def by_age(query: str) -> str:
    """Give a query whose answers come newest first."""
    return _ORDER.sub(" ", query)


def followed(query: str) -> str:
    """Give the words of a query that a marketplace's own search understands.

    Those are words, phrases and skills that are wanted; a query of filters alone has none.
    """
    wanted = (
        token["phrase"] or token["word"] or ""
        for token in _TOKEN.finditer(query)
        if not token["minus"] and (token["key"] or "skill").lower() == "skill"
    )
    return " ".join(word for word in wanted if word.lower() not in ("", "or"))
