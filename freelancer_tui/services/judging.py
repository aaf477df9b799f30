"""Judging: how well jobs match the user, and what to be wary of in them."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final, Self
from zoneinfo import ZoneInfo

from freelancer_tui.domain import flags, happenings, hours, match, prices
from freelancer_tui.domain.flags import Circumstances, Rules
from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.match import Job, Me, Weighing
from freelancer_tui.domain.prices import Going
from freelancer_tui.domain.projects import Project, ProjectKind, ProjectSummary, ProjectView
from freelancer_tui.domain.rates import Rates
from freelancer_tui.domain.zones import zone_name
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.past import prices_of, records_of
from freelancer_tui.settings import Settings
from freelancer_tui.settings.judging import read_rules, read_weighing
from freelancer_tui.store.cache import archive, likes, people, projects, reference
from freelancer_tui.store.cache.archive import Around
from freelancer_tui.store.cache.database import CacheDatabase

_FRESH: Final = timedelta(minutes=1)
"""How long what is known of the user holds before it is read again."""
_STANDS: Final = timedelta(minutes=15)
"""How long the usual pay of a skill holds: it moves with hundreds of jobs, not with one."""
_SAME: Final = 0.9
"""From this part of words in common on, the texts of two clients are one text."""
_FEWEST: Final = 20
"""Fewer jobs than this tell nothing about a skill."""
_UNKNOWN: Final = Around("", None, "", "", None)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """By what jobs are judged: the rules, the weights, and when the user works."""

    rules: Rules
    weighing: Weighing
    working: WorkingHours
    zone: tzinfo | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read the rules and the weights, with what the user has otherwise in the config folder."""
        config = settings.places.config
        return cls(read_rules(config), read_weighing(config), settings.hours, settings.zone)


class Judging:
    """Looks into the cache, at times for long: screens ask it on a thread."""

    def __init__(
        self,
        cache: CacheDatabase,
        exchange: Exchange,
        yardstick: Yardstick,
        clock: Callable[[], datetime],
    ) -> None:
        self._cache = cache
        self._exchange = exchange
        self._by = yardstick
        self._clock = clock
        self._lock = threading.Lock()
        self._me: Me | None = None
        self._pay: dict[tuple[int, ProjectKind], tuple[datetime, Going | None]] = {}
        self._shared: dict[tuple[str, int], int | None] = {}

    def scores(self, rows: Iterable[ProjectSummary]) -> dict[int, int]:
        """Give the score of each job of a list, by id; the same that `judge` explains."""
        asked = list(rows)
        me = self._known()
        with self._cache.read() as connection:
            around = archive.around(connection, [row.remote_id for row in asked])
        return {
            row.remote_id: match.score(
                self._job(row, row.skills, around.get(row.remote_id, _UNKNOWN), me.now), me
            )
            for row in asked
        }

    def judge(self, view: ProjectView) -> Judgement:
        """Give a job's points with their reasons, and its flags with the words that raised them."""
        project = view.project
        me = self._known()
        with self._cache.read() as connection:
            around = archive.around(connection, [project.remote_id])
        skills = [skill.name for skill in project.skills]
        job = self._job(project, skills, around.get(project.remote_id, _UNKNOWN), me.now)
        found = flags.flags(project, self._circumstances(view, me), self._by.rules)
        return Judgement(match.match(job, me), found)

    def _job(
        self,
        row: ProjectSummary | Project,
        skills: Iterable[str],
        around: Around,
        now: datetime,
    ) -> Job:
        fame = around.reputation
        return Job(
            skills=tuple(skills),
            kind=row.kind,
            budget=row.budget,
            bid_count=row.bid_count,
            posted_at=row.posted_at,
            language=around.language,
            payment_verified=around.payment_verified,
            rating=fame.overall if fame and fame.reviews else None,
            reviews=fame.reviews if fame else None,
            hires=fame.complete if fame else None,
            shared_minutes=self._minutes(zone_name(around.timezone, around.country_code), now),
        )

    def _minutes(self, zone: str, now: datetime) -> int | None:
        """Give how long a day the user and somebody in a zone both work."""
        key = (zone, now.toordinal())
        if key not in self._shared:
            if len(self._shared) > 1000:  # a day's zones are some hundreds
                self._shared.clear()
            self._shared[key] = self._overlap(zone, now)
        return self._shared[key]

    def _overlap(self, zone: str, now: datetime) -> int | None:
        try:
            theirs = ZoneInfo(zone)
        except (ValueError, OSError, KeyError):  # none was told, or none that is known here
            return None
        return hours.overlap(self._by.working, self._by.zone, theirs, now)

    def _known(self) -> Me:
        """Give what is known of the user, read anew once a minute."""
        now = self._clock()
        with self._lock:
            if self._me is None or not timedelta() <= now - self._me.now < _FRESH:
                self._me = self._read_me(now)
            return self._me

    def _read_me(self, now: datetime) -> Me:
        rates, own = self._exchange.rates(), self._exchange.own
        with self._cache.read() as connection:
            profile = people.profile(connection)
            skills = reference.skills(connection, profile.skills) if profile else []
            outcomes = archive.outcomes(connection)
        return Me(
            now=now,
            weighing=self._by.weighing,
            skills=frozenset(skill.name.lower() for skill in skills) if profile else None,
            usual={**prices_of(outcomes, rates, own), **self._by.weighing.usual},
            rates=rates,
            records=records_of(outcomes),
        )

    def _circumstances(self, view: ProjectView, me: Me) -> Circumstances:
        client, now = view.client, me.now
        fame = client.employer_reputation if client else None
        return Circumstances(
            now=now,
            payment_verified=client.payment_verified if client else None,
            client_since=client.registered_at if client else None,
            client_reviews=fame.reviews if fame else None,
            earlier=self._earlier(view.project),
            going=self._going(view.project, me.rates, now),
            rates=me.rates,
        )

    def _earlier(self, project: Project) -> tuple[int, datetime] | None:
        """Give the newest earlier job with the same words, by its client or by another one."""
        text = happenings.words_of(project.description or project.preview)
        with self._cache.read() as connection:
            for one in likes.similar(connection, project):
                other = None if one.is_repost else projects.get(connection, one.remote_id)
                told = other and happenings.words_of(other.description or other.preview)
                if one.is_repost or (told and happenings.likeness(text, told) >= _SAME):
                    return one.remote_id, one.posted_at
        return None

    def _going(self, project: Project, rates: Rates, now: datetime) -> Going | None:
        """Give what such jobs pay, by the rarest of the skills that is known well enough."""
        known = [
            going
            for skill in project.skills
            if (going := self._paid(skill.remote_id, skill.name, project.kind, rates, now))
            and going.count >= _FEWEST
        ]
        return min(known, key=lambda one: (one.count, one.skill), default=None)

    def _paid(
        self, skill_id: int, name: str, kind: ProjectKind, rates: Rates, now: datetime
    ) -> Going | None:
        at, going = self._pay.get((skill_id, kind), (None, None))
        if at is None or not timedelta() <= now - at < _STANDS:
            with self._cache.read() as connection:
                budgets = archive.paid(connection, skill_id, kind)
            going = prices.going(name, budgets, self._exchange.own, rates)
            self._pay[skill_id, kind] = now, going
        return going
