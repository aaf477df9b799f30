"""Tally: what a turn did, counted from its events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from freelancer_tui.domain.feeds import FeedKind
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.sync.events import Event, Finished, Moved, Pulled

_ALWAYS: Final[tuple[FeedKind, ...]] = ("projects", "bids", "threads", "messages", "milestones")


@dataclass(slots=True)
class Tally:
    """Counts for one turn."""

    began: datetime
    requests_before: int = 0
    pushed: int = 0
    refused: int = 0
    pulled: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(_ALWAYS, 0)))

    def count(self, event: Event) -> None:
        """Count one event."""
        match event:
            case Moved(entry):
                self.pushed += entry.state == "sent"
                self.refused += entry.state == "refused"
            case Pulled(feed, changed):
                self.pulled[feed.kind] += changed

    def finished(
        self, now: datetime, next_at: datetime, live: Sequence[OutboxEntry], requests: int
    ) -> Finished:
        """Sum up the turn; `waiting` and `doubtful` are what it leaves behind."""
        doubtful = sum(entry.state == "doubtful" for entry in live)
        return Finished(
            at=now,
            next_at=next_at,
            pushed=self.pushed,
            refused=self.refused,
            doubtful=doubtful,
            waiting=len(live) - doubtful,
            pulled=tuple(self.pulled.items()),
            requests=requests - self.requests_before,
            seconds=(now - self.began).total_seconds(),
        )
