"""Account: who the user is on the marketplace, as it last told."""

from freelancer_tui.domain.people import Profile
from freelancer_tui.store.cache import people
from freelancer_tui.store.cache.database import CacheDatabase


class Account:
    """What the cache knows about the user's own account."""

    def __init__(self, cache: CacheDatabase) -> None:
        self._cache = cache

    def profile(self) -> Profile | None:
        """Give the user's own profile; None before the first sync."""
        with self._cache.read() as connection:
            return people.profile(connection)
