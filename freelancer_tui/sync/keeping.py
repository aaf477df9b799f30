"""Keeping: what concerns the user is copied out of the cache, and laid back into a new one."""

from typing import Final

from freelancer_tui.store.cache import dossiers
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import kept
from freelancer_tui.store.work.database import WorkDatabase

MOST: Final = 5_000
"""The newest jobs that are kept for each reason: more than one works on in years."""


def keep(cache: CacheDatabase, work: WorkDatabase) -> None:
    """Bring back the jobs that a new cache lacks, then keep those that changed.

    A marketplace forgets jobs, and never tells what they were before: the history is ours alone.
    """
    with work.read() as session:
        before = kept.stamps(session)
        chosen = kept.concerning(session, MOST)
    with cache.read() as connection:
        asked = {*before, *chosen, *dossiers.concerning(connection, MOST)}
        now = dossiers.stamps(connection, asked)
    lost = [
        one
        for one, stamp in before.items()
        if dossiers.history_in(now.get(one)) < dossiers.history_in(stamp)
    ]
    if lost:
        with work.read() as session:
            texts = kept.told(session, lost)
        with cache.transaction() as writer:
            dossiers.lay_back(writer, texts)
            now |= dossiers.stamps(writer, lost)
    changed = [one for one, stamp in now.items() if before.get(one) != stamp]
    if changed:
        with cache.read() as connection:
            found = {one: (now[one], dossiers.told(connection, one)) for one in changed}
        with work.transaction() as session:
            kept.put(session, found)
