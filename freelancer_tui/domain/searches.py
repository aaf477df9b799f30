"""Searches: queries that the user gave a name, and how loudly new matches are told."""

from dataclasses import dataclass
from itertools import islice, product
from typing import Final, Literal

from freelancer_tui.domain.search.parsing import parse
from freelancer_tui.domain.search.query import Named, Phrase, Term, Word
from freelancer_tui.domain.search.rendering import render, unordered

Alert = Literal["off", "app", "terminal"]
"""`app` says it on the screen; `terminal` also rings or notifies, as the settings allow."""
ALERTS: Final[tuple[Alert, ...]] = ("off", "app", "terminal")
OF_CONFIG: Final = "config:"
"""How the ids of searches begin that the user wrote into the config file."""
_MOST_FOLLOWED: Final = 4
"""Searches of the marketplace for one of ours, where that leaves a choice with `or`."""


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


def by_age(query: str) -> str:
    """Give a query whose answers come newest first."""
    return render(unordered(parse(query)))


def new_only(query: str) -> str:
    """Give a query for the new ones alone, newest first; its last word stays as it is."""
    return f"is:new {by_age(query)}"


def followed(query: str) -> tuple[str, ...]:
    """Give the words of a query that a marketplace's own search understands.

    Those are words, phrases and skills that are wanted; for a choice with `or` there is a search
    for each. Everything else is looked for here; a query of filters alone is not followed.
    """
    wanted = [tuple(_words(term) for term in group) for group in parse(query).groups]
    choices = product(*(group for group in wanted if all(group)))
    joined = (" ".join(words) for words in islice(choices, _MOST_FOLLOWED))
    return tuple(dict.fromkeys(filter(None, joined)))


def _words(term: Term) -> str:
    if term.is_not:
        return ""
    match term.what:
        case Word(text):
            return text
        case Phrase(words):
            return " ".join(words)
        case Named("skill", name):
            return name
        case _:
            return ""
