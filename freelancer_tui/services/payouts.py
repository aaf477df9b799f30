"""Payouts: what the marketplace paid out and kept in a year, and when it pays next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.payouts import MarketSum, MarketYear
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.services.fees import Charges
from freelancer_tui.store.cache import bids, milestones, people, projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import payouts
from freelancer_tui.store.work.pad import Pad

_MOST: Final = 20_000
_HELD: Final = frozenset({"frozen", "requested_release", "disputed", "pending"})


@dataclass(frozen=True, slots=True)
class _Movement:
    """Money that moved on a day, for a client: paid out, or kept as a fee."""

    on: date
    client: str
    released: Money
    fee: Money


class Payouts:
    """Looks at all milestones and bids that are known here, so ask on a thread."""

    def __init__(
        self,
        cache: CacheDatabase,
        pad: Pad,
        charges: Callable[[], Charges],
        clock: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        self._cache: Final = cache
        self._pad: Final = pad
        self._charges: Final = charges
        """Asked for when figures are: a mistake in the user's own rules stops no sync."""
        self._clock: Final = clock
        self._zone: Final = zone

    def note(self) -> None:
        """Note which milestones were released since we last looked: from today on, for ever."""
        with self._cache.read() as connection:
            held = _milestones(milestones.lines(connection, _MOST))
        today = self._day(self._clock())
        with self._pad.read() as connection:
            known = payouts.known(connection)
        fresh: list[tuple[int, date | None, bool]] = []
        for one in held:
            before = known.get(one.remote_id)
            if one.status == "cleared" and before is None:
                fresh.append((one.remote_id, self._day(one.created_at), False))
            elif one.status == "cleared" and before is not None and before[0] is None:
                fresh.append((one.remote_id, today, True))
            elif one.status in _HELD and before is None:
                fresh.append((one.remote_id, None, True))
        if fresh:
            with self._pad.transaction() as connection:
                payouts.note(connection, fresh)

    def of_year(self, year: int) -> MarketYear:
        """Give what was paid out and kept in a year, and what waits now."""
        self.note()
        with self._pad.read() as connection:
            known = payouts.known(connection)
        with self._cache.read() as connection:
            found = _milestones(milestones.lines(connection, _MOST))
            mine = bids.mine(connection)
            ids = {one.project_remote_id for one in found}
            ids |= {one.project_remote_id for one in mine}
            jobs = {one: projects.get(connection, one) for one in ids}
            owners = {job.owner_id for job in jobs.values() if job and job.owner_id}
            names = people.names(connection, owners)
        cleared = [one for one in found if one.status == "cleared"]
        days = {one.remote_id: known[one.remote_id] for one in cleared if one.remote_id in known}
        moved = [
            *self._released(cleared, days, jobs, names),
            *self._accepted(mine, jobs, names),
        ]
        here = [one for one in moved if one.on.year == year]
        rule, now = self._charges().fees.payout, self._clock()
        return MarketYear(
            _sums(one.released for one in here),
            sum(day is not None and day.year == year and not seen for day, seen in days.values()),
            _sums(one.fee for one in here),
            _by(here, lambda one: f"{one.on:%Y-%m}"),
            _by(here, lambda one: one.client),
            _sums(one.amount for one in found if one.status in ("frozen", "requested_release")),
            rule.next_cut_off(now) if rule else None,
            rule.least if rule else None,
        )

    def _released(
        self,
        cleared: Iterable[Milestone],
        days: Mapping[int, tuple[date | None, bool]],
        jobs: Mapping[int, Project | None],
        names: Mapping[int, str],
    ) -> Iterable[_Movement]:
        """Give what was paid out; of hourly work the fee is taken of each payment."""
        for one in cleared:
            on = days.get(one.remote_id, (None, False))[0] or self._day(one.created_at)
            job = jobs[one.project_remote_id]
            nothing = Money.of_minor(0, one.amount.currency)
            is_hourly = job is not None and job.kind == "hourly"
            fee = self._charges().of(one.amount, "hourly").fee if is_hourly else nothing
            yield _Movement(on, _client(job, names), one.amount, fee)

    def _accepted(
        self, mine: Iterable[Bid], jobs: Mapping[int, Project | None], names: Mapping[int, str]
    ) -> Iterable[_Movement]:
        """Give the fees of fixed work, which are taken when an award is accepted."""
        for bid in mine:
            job = jobs[bid.project_remote_id]
            if bid.accepted_at is not None and job is not None and job.kind == "fixed":
                fee = self._charges().of(bid.amount, "fixed").fee
                nothing = Money.of_minor(0, fee.currency)
                yield _Movement(self._day(bid.accepted_at), _client(job, names), nothing, fee)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _milestones(lines: Iterable[Milestone | MilestoneRequest]) -> list[Milestone]:
    return [one for one in lines if isinstance(one, Milestone)]


def _client(job: Project | None, names: Mapping[int, str]) -> str:
    return names.get(job.owner_id or 0, "") if job else ""


def _sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    found: dict[str, Money] = {}
    for one in amounts:
        found[one.currency] = found[one.currency] + one if one.currency in found else one
    return tuple(found[code] for code in sorted(found) if found[code].minor)


def _by(moved: Iterable[_Movement], name: Callable[[_Movement], str]) -> tuple[MarketSum, ...]:
    found: dict[tuple[str, str], MarketSum] = {}
    for one in moved:
        key = name(one), one.released.currency
        before = found.get(key)
        found[key] = MarketSum(
            key[0],
            before.released + one.released if before else one.released,
            before.fees + one.fee if before else one.fee,
        )
    return tuple(found[key] for key in sorted(found))
