"""Sync log: looking up what the sync did."""

from freelancer_tui import wording
from freelancer_tui.domain.sync_log import TROUBLE, LogLine, matching
from freelancer_tui.store.sync_log import SyncLogFile


class SyncLog:
    """The user's way to what the sync wrote down; it changes nothing."""

    def __init__(self, file: SyncLogFile) -> None:
        self._file = file

    def lines(
        self, words: str = "", limit: int = 500, *, only_trouble: bool = False
    ) -> list[LogLine]:
        """List lines that have all the words, the newest first."""
        has_words = matching(words, wording.log_kind)
        return self._file.newest(
            limit, lambda line: (not only_trouble or line.kind in TROUBLE) and has_words(line)
        )
