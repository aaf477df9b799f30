"""Finder: what the jobs list shows: the newest that have the words, read page by page."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.services.projects import Interrupted, Projects, Stop

PAGE: Final = 100
"""Rows asked for at a time."""
_MOST_AGAIN: Final = 500
"""Rows asked for again when something changed; those further down stay as they were."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows to show, and whether they answer other words than the rows before."""

    rows: list[ProjectSummary]
    is_anew: bool


class Finder:
    """Keeps the words and the query that is running; its verbs run on a thread."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._stop = Stop()
        self.words = ""
        self.shown_words: str | None = None
        """The words that the rows on the screen answer; None before there are any."""

    def look_for(self, words: str) -> None:
        """Take other words; a query for the old ones ends at once."""
        self.words = words
        self._stop.set()

    def find(self, shown: Sequence[ProjectSummary]) -> Found | None:
        """Ask for the newest rows and keep those further down; None when the words changed."""
        words, self._stop = self.words, Stop()
        is_anew = words != self.shown_words
        limit = PAGE if is_anew else min(max(len(shown), PAGE), _MOST_AGAIN)
        try:
            rows = self._projects.search(words, limit=limit, stop=self._stop)
        except Interrupted:
            return None
        self.shown_words = words
        kept = [] if is_anew or len(rows) < limit else rows_below(shown, rows)
        return Found([*rows, *kept], is_anew)

    def ids(self) -> "array[int] | None":
        """Ask for every job that the shown words bring; None when the words changed."""
        if self.words != self.shown_words:
            return None
        try:
            return self._projects.ids(self.words, stop=self._stop)
        except Interrupted:
            return None

    def more(self, last_id: int) -> list[ProjectSummary]:
        """Ask for the rows below the last one that is shown."""
        return self._projects.search(self.shown_words or "", limit=2 * PAGE, before=last_id)


def rows_below(
    old: Sequence[ProjectSummary], fresh: Sequence[ProjectSummary]
) -> list[ProjectSummary]:
    """Give the rows that were loaded further down than what was just asked for again."""
    return [row for row in old if row.remote_id < fresh[-1].remote_id] if fresh else []
