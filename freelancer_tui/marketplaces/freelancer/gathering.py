"""Gathering: several answers brought together into what one pull gives."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.people import Profile
from freelancer_tui.marketplaces.calls import Answer
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import Reading, Window, read_on

T = TypeVar("T")
_MOST_PAGES: Final = 50
"""Of a list that has to be read whole; what is beyond is left for the website."""
_MOST_STARTS: Final = 3


@dataclass(slots=True)
class Tally:
    """What was read so far."""

    facts: dict[tuple[type, int], Fact] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    whole: bool = True
    """True while nothing was left out."""
    at: datetime | None = None
    requests: int = 0

    def take(self, listing: Listing, *answers: Answer) -> None:
        """Keep what a listing says; of two words on one thing the first, which is newer."""
        for fact in listing.facts:
            self.facts.setdefault((type(fact), _id_of(fact)), fact)
        self.skipped += listing.skipped
        self.whole = self.whole and listing.whole
        for answer in answers:
            self.at = self.at or answer.at
            self.requests += answer.tries

    def join(self, other: "Tally") -> None:
        """Take in another tally."""
        self.facts.update(other.facts)
        self.skipped += other.skipped
        self.whole = self.whole and other.whole
        self.at = self.at or other.at
        self.requests += other.requests

    def page(self, at: datetime) -> Page:
        """Give a page without a place, as of the first answer or else of a time."""
        return Page(
            facts=tuple(self.facts.values()),
            cursor=None,
            more=False,
            at=self.at or at,
            done=len(self.facts),
            skipped=tuple(self.skipped),
            requests=self.requests,
        )


Turn = Callable[[Window], Awaitable[tuple[Listing, list[Answer]]]]
"""Reads one page of a list."""


async def whole(turn: Turn) -> Tally:
    """Read a list from end to end; the tally is not whole where that could not be proved."""
    spent = 0
    tally = Tally(whole=False)
    for _start in range(_MOST_STARTS):
        tally = Tally()
        ended = await _through(turn, tally)
        spent += tally.requests
        if ended:
            break
        tally.whole = False
    tally.requests = spent
    return tally


async def _through(turn: Turn, tally: Tally) -> bool:
    """Read pages to the end; False where the list moved under us."""
    reading = Reading()
    seen: set[int | None] = {None}
    pages = 0
    while not reading.ended and pages < _MOST_PAGES:
        pages += 1
        listing, answers = await turn(Window(reading.offset))
        tally.take(listing, *answers)
        seen.update(row.id for row in listing.rows)
        reading = read_on(reading, listing.slice)
        if reading.broken:
            return False
    if not reading.ended or pages == 1:
        return reading.ended
    listing, answers = await turn(Window())
    tally.take(listing, *answers)
    # What moved to the top behind our back was passed over: then it shows there.
    return seen.issuperset(row.id for row in listing.rows)


async def all_good(works: Sequence[Awaitable[T]]) -> list[T]:
    """Give all results, or raise the first failure once everything is home."""
    results = await asyncio.gather(*works, return_exceptions=True)
    good = _good(results)
    for result in results[len(good) :]:
        if isinstance(result, BaseException):
            raise result
    return good


async def as_far_as_good(works: Sequence[Awaitable[T]]) -> list[T]:
    """Give the results up to the first failure; raise it where it is the very first."""
    results = await asyncio.gather(*works, return_exceptions=True)
    if isinstance(results[0], BaseException):
        raise results[0]
    return _good(results)


def _good(results: Sequence[T | BaseException]) -> list[T]:
    good: list[T] = []
    for result in results:
        if isinstance(result, BaseException):
            break
        good.append(result)
    return good


def _id_of(fact: Fact) -> int:
    return fact.person.remote_id if isinstance(fact, Profile) else fact.remote_id
