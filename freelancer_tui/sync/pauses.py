"""Pauses: until when the marketplace asked us to be quiet; kept across programs."""

from datetime import UTC, datetime

from freelancer_tui.store.work import meta
from freelancer_tui.store.work.database import WorkDatabase

_KEY = "paused_until"


def paused_until(work: WorkDatabase) -> datetime | None:
    """Read the time that the marketplace named last; it may have passed."""
    with work.read() as session:
        kept = meta.get(session, _KEY)
    return datetime.fromisoformat(kept).astimezone(UTC) if kept else None


def pause(work: WorkDatabase, until: datetime) -> None:
    """Keep the time that the marketplace named."""
    with work.transaction() as session:
        meta.put(session, _KEY, until.isoformat())
