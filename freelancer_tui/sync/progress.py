"""Progress: when each feed was read and how often it failed, as long as the program runs."""

from dataclasses import dataclass
from datetime import datetime

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor


@dataclass(slots=True)
class Progress:
    """How far we are in one feed."""

    cursor: Cursor | None = None
    more: bool = False
    read_at: datetime | None = None
    not_before: datetime | None = None
    failures: int = 0

    def moved(self, page: Page, now: datetime) -> None:
        """Go on to where a page leads."""
        self.cursor, self.more = page.cursor, page.more
        self.read_at, self.not_before, self.failures = now, None, 0

    def failed(self, not_before: datetime) -> None:
        """Wait after a failure; our place stays."""
        self.failures += 1
        self.not_before = not_before

    def start_over(self) -> None:
        """Give up a place that leads nowhere."""
        self.cursor, self.more = None, False
