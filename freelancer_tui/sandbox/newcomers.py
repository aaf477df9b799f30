"""Newcomers: jobs that simulated employers post while somebody watches."""

from decimal import Decimal
from random import Random
from typing import Final

from freelancer_tui.sandbox.market.amounts import rounded
from freelancer_tui.sandbox.market.events import get_meta, put_meta
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.postings import ProjectDraft
from freelancer_tui.sandbox.refusals import Refusal
from freelancer_tui.sandbox.seed.jobs import Desk, Job, a_shelf
from freelancer_tui.sandbox.seed.people import Employer, employer_named
from freelancer_tui.sandbox.seed.places import places_by_city

BETWEEN: Final = (45, 90)
"""Seconds from one new job to the next."""
MOST_EMPLOYERS: Final = 400
_NEXT: Final = "clients:next_job"


class Newcomers:
    """New jobs, one after the other; the time of the next is kept in the market's file."""

    def __init__(self, market: Market, seed: int) -> None:
        self._market = market
        self._seed = seed
        self._desk: Desk | None = None

    def step(self, now: int) -> None:
        """Post the next job if it is due; after a long absence only one, and not at once."""
        due, number = self._next()
        if due is None or now > due + BETWEEN[1]:
            self._expect(now, number)
        elif now >= due:
            self._post(number)
            self._expect(now, number + 1)

    def _next(self) -> tuple[int | None, int]:
        note = get_meta(self._market.database, _NEXT)
        if note is None:
            return None, 1
        due, number = note.split()
        return int(due), int(number)

    def _expect(self, now: int, number: int) -> None:
        pause = Random(f"{self._seed}:next_job:{number}").randint(*BETWEEN)
        put_meta(self._market.database, _NEXT, f"{now + pause} {number}")

    def _post(self, number: int) -> None:
        random = Random(f"{self._seed}:new_job:{number}")
        if self._desk is None:
            self._desk = Desk(self._employers(), random)
        job = self._desk.write(a_shelf(random))
        if job is None:
            return
        try:
            self._market.postings.create(job.owner.id, self._draft(job))
        except Refusal:
            return  # a market without our skills or currencies stays as it is

    def _employers(self) -> list[Employer]:
        rows = self._market.database.all(
            "SELECT id, username, display_name, company, city FROM users"
            " WHERE role = 'employer' ORDER BY id LIMIT ?",
            (MOST_EMPLOYERS,),
        )
        return [employer_named(*row) for row in rows if row["city"] in places_by_city()]

    def _draft(self, job: Job) -> ProjectDraft:
        codes = {row["code"]: row["id"] for row in self._market.reference.currencies.values()}
        return ProjectDraft(
            title=job.title,
            description=job.description,
            currency_id=codes.get(job.currency, 0),
            minimum=rounded(job.minimum),
            maximum=rounded(job.maximum) if isinstance(job.maximum, Decimal) else None,
            skills=job.skills,
            kind=job.kind,
            language=job.language,
            hours=job.hours,
            duration=job.duration,
            upgrades=job.upgrades,
        )
