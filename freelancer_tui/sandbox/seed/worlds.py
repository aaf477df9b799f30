"""Worlds: everything a market starts with, the same for the same seed and hour."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Final, Literal

from freelancer_tui.sandbox.records import ProjectRecord, UserRecord, World
from freelancer_tui.sandbox.seed import places
from freelancer_tui.sandbox.seed.briefs import briefs
from freelancer_tui.sandbox.seed.hostile import HOSTILE, hostile
from freelancer_tui.sandbox.seed.jobs import Desk, Job, a_shelf, write
from freelancer_tui.sandbox.seed.people import Employer, employer, users
from freelancer_tui.sandbox.seed.stories import stories

HOUR: Final = 3600
SPAN: Final = 30 * 24 * HOUR
"""How far back the oldest job was posted."""
FIRST_PROJECT: Final = 38_400_000
FEWEST_EMPLOYERS: Final = 40
JOBS_OF_AN_EMPLOYER: Final = 40
UNIQUE_TITLES: Final = 3000
"""Up to so many jobs no two have the same title."""
TRIES: Final = 6
FEWEST_FOR_SPECIAL: Final = 60

Status = tuple[
    Literal["active", "closed", "frozen"], Literal["open", "work_in_progress", "complete"]
]
OPEN: Final[Status] = ("active", "open")
ENDED: Final[tuple[tuple[float, Status], ...]] = (
    (0.03, ("frozen", "open")),
    (0.07, ("closed", "work_in_progress")),
    (0.11, ("closed", "complete")),
)
_GAP: Final = re.compile(r"[^a-z0-9]+")


def world(seed: int, projects: int, now: int) -> World:
    """Give the world of a seed with so many projects, as it is in the hour of `now`."""
    hour = now - now % HOUR
    more = max(FEWEST_EMPLOYERS, projects // JOBS_OF_AN_EMPLOYER)
    people = users(seed, hour, more)
    return World(
        currencies=places.currencies(),
        users=people,
        projects=Projects(seed, projects, hour, people),
        categories=places.categories(),
        skills=places.skills(),
        countries=places.countries(),
        timezones=places.timezones(hour),
        budgets=places.budgets(),
    )


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects of a world, written while they are read; oldest first, each time the same."""

    seed: int
    count: int
    hour: int
    people: tuple[UserRecord, ...]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[ProjectRecord]:
        random = Random(f"{self.seed}:projects")
        employers = [employer(user) for user in self.people if user.role == "employer"]
        desk = Desk(employers, random)
        special = _special(employers, self.count, self.seed)
        titles = {job.title for job in special.values()}
        project_id = FIRST_PROJECT
        for place in range(self.count):
            project_id += 1 + int(random.random() * 9)
            job = special.get(place) or _another(random, desk, titles)
            titles.add(job.title)
            share = 1 - (place + random.random()) / self.count
            age = 240 + int(share * share * (SPAN - 600)) + (self.count - place) // 1000
            yield _record(random, job, project_id, self.hour, age)


def _special(employers: list[Employer], count: int, seed: int) -> dict[int, Job]:
    """Give the jobs that have their places: stories at their age, bad ones spread evenly."""
    if count < FEWEST_FOR_SPECIAL:
        return {}
    found: dict[int, Job] = {}
    by_name = {one.username: one for one in employers}
    for story in stories():
        place = int(count * (1 - math.sqrt(story.hours_ago * HOUR / SPAN)))
        _seat(found, place, story.job(by_name[story.client]), count)
    shady = [one for one in employers if one.shady]
    bad = [hostile(name, shady[number % len(shady)]) for number, name in enumerate(HOSTILE)]
    bad += [
        write(Random(f"{seed}:{brief.key}"), brief, by_name[brief.by[0]])
        for brief in briefs("scams")
    ]
    for number, job in enumerate(bad):
        _seat(found, int((number + 0.5) * count / len(bad)), job, count)
    return found


def _seat(seats: dict[int, Job], place: int, job: Job, count: int) -> None:
    """Give a job the first free place from here on."""
    while place in seats:
        place = (place + 1) % count
    seats[place] = job


def _another(random: Random, desk: Desk, titles: set[str]) -> Job:
    """Write a job; while there are few, one whose title is not taken."""
    shelf = a_shelf(random)
    job = _written(desk, shelf)
    if len(titles) >= UNIQUE_TITLES:
        return job
    for _ in range(TRIES):
        if job.title not in titles:
            return job
        job = _written(desk, shelf)
    return _renamed(job, titles)


def _written(desk: Desk, shelf: str) -> Job:
    job = desk.write(shelf)
    if job is None:
        raise LookupError(f"nobody posts {shelf}")
    return job


def _renamed(job: Job, titles: set[str]) -> Job:
    """Append a number, as the marketplace does where a title is taken."""
    number = 2
    while f"{job.title} {number}" in titles:
        number += 1
    return replace(job, title=f"{job.title} {number}")


def _record(random: Random, job: Job, project_id: int, hour: int, age: int) -> ProjectRecord:
    posted = hour - age
    status = OPEN if job.untouched else _status(random, age)
    bids = 0 if job.untouched else _bid_count(random, age)
    updated = posted + int(random.random() * min(age, 2 * 24 * HOUR)) if bids else posted
    return ProjectRecord(
        id=project_id,
        owner_id=job.owner.id,
        title=job.title,
        description=job.description,
        seo_url=_address(job, project_id),
        currency_code=job.currency,
        minimum=job.minimum,
        maximum=job.maximum,
        kind=job.kind,
        skills=job.skills,
        language=job.language,
        posted=posted,
        updated=updated,
        country_code=job.owner.place.country_code,
        city=job.owner.place.city,
        status=status[0],
        frontend_status=status[1],
        upgrades=job.upgrades,
        bid_period=7 if age < 6 * 24 * HOUR else 45,
        hours=job.hours,
        duration=job.duration,
        bid_count=bids,
        bid_avg=_average(random, job) if bids else None,
    )


def _status(random: Random, age: int) -> Status:
    dice = random.random()
    if age < 3 * 24 * HOUR:
        return OPEN
    return next((status for share, status in ENDED if dice < share), OPEN)


def _bid_count(random: Random, age: int) -> int:
    """Give few bids to the young and, now and then, very many to the old."""
    ripe = min(1.0, age / (2 * 24 * HOUR))
    return min(190, int(random.expovariate(1.0) * (2 + 22 * ripe)))


def _average(random: Random, job: Job) -> Decimal:
    least = int(job.minimum)
    most = int(job.maximum) if job.maximum is not None else least * 2
    if job.currency in places.WHOLE:
        return Decimal(least + int((most - least) * (0.2 + 0.6 * random.random())))
    cents = least * 100 + int((most - least) * 100 * (0.2 + 0.6 * random.random()))
    return Decimal(cents).scaleb(-2)


def _address(job: Job, project_id: int) -> str:
    words = _GAP.sub("-", job.title[:80].lower()).strip("-")[:60] or "project"
    return f"{places.addresses()[job.skills[0]]}/{words}-{project_id}"
