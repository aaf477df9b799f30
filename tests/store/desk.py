"""Desk: short words for what the store's tests do all the time."""

from freelancer_tui.domain import search
from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.store.cache import facets, facts, reference, seeking
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import NOW, a_page

JOBS = Feed("projects")


def keep(cache: CacheDatabase, *found: Fact, feed: Feed = JOBS) -> int:
    """Store facts as one page of a feed; give how many rows changed."""
    with cache.transaction() as connection:
        return facts.store(connection, feed, a_page(*found))


def ids_for(cache: CacheDatabase, text: str, limit: int = 50) -> list[int]:
    """Search as the user types; give the ids found."""
    with cache.read() as connection:
        known = search.Known(facets.names(connection), reference.rates(connection))
        reading = search.read(search.parse(text), known, NOW)
        return list(seeking.found(connection, reading, limit))
