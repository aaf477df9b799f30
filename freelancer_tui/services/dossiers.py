"""Dossiers: what the archive knows around a job."""

from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.domain.projects import Project
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.store.cache import happenings, likes
from freelancer_tui.store.cache.database import CacheDatabase


class Dossiers:
    """Puts together what stands beside a job; some milliseconds, so screens ask on a thread."""

    def __init__(self, cache: CacheDatabase, exchange: Exchange, hours: WorkingHours) -> None:
        self._cache = cache
        self._exchange = exchange
        self._hours = hours

    def of(self, project: Project) -> Dossier:
        """Give what became of a job, which were like it, and what to measure it by."""
        with self._cache.read() as connection:
            told = happenings.of(connection, project.remote_id)
            alike = likes.similar(connection, project)
        exchange = self._exchange
        return Dossier(told, alike, exchange.own, exchange.rates(), self._hours)
