"""Policy: how often we read each feed, how long we wait, and how many times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from freelancer_tui.domain.feeds import FeedKind

_INTERVALS: Final[Mapping[FeedKind, timedelta]] = {
    "self": timedelta(minutes=5),
    "threads": timedelta(seconds=10),
    "currencies": timedelta(days=1),
    "bids": timedelta(seconds=20),
    "projects": timedelta(seconds=30),
    "messages": timedelta(seconds=10),
    "milestones": timedelta(seconds=30),
    "skills": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Every number of the engine's that could reasonably be another one."""

    intervals: Mapping[FeedKind, timedelta] = field(default_factory=lambda: dict(_INTERVALS))
    in_conversation: timedelta = timedelta(seconds=5)
    """How often the list of threads is read while one of them is open on the screen."""
    settle_window: timedelta = timedelta(minutes=10)
    """How long, by the marketplace's clock, an intent that was not found can still turn up."""
    first_wait: timedelta = timedelta(seconds=1)
    longest_backoff: timedelta = timedelta(seconds=60)
    longest_wait: timedelta = timedelta(days=1)
    """A time to wait for that lies further away is a moved clock, not a wish."""
    probes: tuple[int, ...] = (5, 10, 20, 40, 60)
    """Seconds between the probes of an outage; the last one repeats."""
    most_attempts: int = 20
    """An intent that was tried this often without a clear answer is the user's to decide."""
    most_steps: int = 50
    """The longest plan; it is made anew after each step anyway."""
    refresh: timedelta = timedelta(minutes=5)
    """How often the open projects that the user's work refers to are read again."""
    ask_again: timedelta = timedelta(minutes=10)
    """How long to wait before asking again for a project that the marketplace did not give."""
    ids_at_once: int = 100
    """Projects in one question; the marketplace gives no more in an answer."""
    sweep_every: timedelta = timedelta(seconds=20)
    """How often projects that no list would tell about are asked for, a hundred at a time."""
    sweeps_by_hand: int = 5
    """How many such questions a turn that the user asked for may add."""
    rows_between_checkpoints: int = 1000
    """Five to thirty megabytes of the cache's log: the text index merges its parts now and then."""
    most_referred: int = 500
    """Projects kept fresh by their ids: the newest ones the user's work refers to."""
    overlap: timedelta = timedelta(seconds=15)
    """A thread that changed this shortly before its last reading is read once more."""
    shortest_rest: timedelta = timedelta(seconds=1)
    longest_rest: timedelta = timedelta(seconds=60)

    def backoff(self, failures: int, random: Random) -> timedelta:
        """Draw a wait after the nth failure in a row: full jitter under a doubling bound."""
        bound = min(self.longest_backoff, self.first_wait * (1 << min(max(failures, 0), 20)))
        return bound * random.random()

    def probe(self, misses: int) -> timedelta:
        """Give how long to wait after the nth probe in a row that reached nobody."""
        return timedelta(seconds=self.probes[min(max(misses, 1), len(self.probes)) - 1])

    def reached(self, when: datetime | None, now: datetime) -> bool:
        """Tell whether a time to wait for has come; one that is absurdly far counts as come."""
        return when is None or when <= now or when > now + self.longest_wait
