"""Layout: which columns the user wants to see in a list, kept for the next start."""

from collections.abc import Iterable

from freelancer_tui.store.cache import verdicts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import layouts
from freelancer_tui.store.work.pad import Pad


class Layout:
    """Reads beside the facts, which are open anyway, and writes into the work file."""

    def __init__(self, cache: CacheDatabase, pad: Pad) -> None:
        self._cache = cache
        self._pad = pad

    def columns(self, name: str) -> tuple[str, ...] | None:
        """Give the columns chosen for a list; None where the user chose none yet."""
        with self._cache.read() as connection:
            kept = verdicts.layout(connection, name)
        return None if kept is None else tuple(kept.split())

    def keep(self, name: str, columns: Iterable[str]) -> None:
        """Remember the columns of a list."""
        with self._pad.transaction() as connection:
            layouts.put(connection, name, " ".join(columns))
