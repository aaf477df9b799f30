"""Outage: since when the marketplace cannot be reached, and when to knock again."""

from dataclasses import dataclass
from datetime import datetime

from freelancer_tui.sync.events import WentOffline
from freelancer_tui.sync.policy import Policy


@dataclass(frozen=True, slots=True)
class Outage:
    """A line that is down; it ends with the first answer of any kind."""

    since: datetime
    tried_at: datetime
    misses: int
    next_at: datetime
    reason: str

    def event(self) -> WentOffline:
        """Tell it to whoever watches."""
        return WentOffline(self.since, self.next_at, self.reason)


def missed(outage: Outage | None, now: datetime, reason: str, policy: Policy) -> Outage:
    """Begin an outage, or go on with it: the next probe is later each time."""
    misses = outage.misses + 1 if outage else 1
    since = outage.since if outage else now
    return Outage(since, now, misses, now + policy.probe(misses), reason)
