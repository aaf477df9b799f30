"""Progress: when each feed was read and how often it failed, as long as the program runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from freelancer_tui.domain.feeds import Cursor, Feed, Page


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


def feed_of(ids: Sequence[int]) -> Feed:
    """Give the feed that has exactly the projects of these ids."""
    return Feed("projects", "ids:" + ",".join(map(str, ids)))


def ids_of(feed: Feed) -> tuple[int, ...]:
    """Give the projects that a feed names by their ids; none for any other feed."""
    if feed.kind != "projects" or not feed.key.startswith("ids:"):
        return ()
    return tuple(int(one) for one in feed.key.removeprefix("ids:").split(","))
