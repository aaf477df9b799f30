"""Finder: what the jobs list shows: what a query brings, its first rows at once."""

from array import array
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.services.projects import Interrupted, Projects, Stop

PAGE: Final = 100
"""Rows asked for before all ids are."""


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

    def find(self) -> Found | None:
        """Ask for the first rows; None when the words changed meanwhile."""
        words, self._stop = self.words, Stop()
        is_anew = words != self.shown_words
        try:
            rows = self._projects.search(words, limit=PAGE, stop=self._stop, at_once=is_anew)
        except Interrupted:
            return None
        self.shown_words = words
        return Found(rows, is_anew)

    def ids(self) -> "array[int] | None":
        """Ask for every job that the shown words bring; None when the words changed."""
        if self.words != self.shown_words:
            return None
        try:
            return self._projects.ids(self.words, stop=self._stop)
        except Interrupted:
            return None

    def last(self) -> list[ProjectSummary]:
        """Ask for the oldest of all jobs, the very last first: they end the list without words."""
        return self._projects.search("sort:oldest", limit=PAGE)

    def lacking(self) -> tuple[str, ...]:
        """Ask for the parts of the shown words that leave nothing over."""
        try:
            return self._projects.lacking(self.shown_words or "", stop=self._stop)
        except Interrupted:
            return ()
