"""Equipment: what the engine is given to work with, so that it owns no clock and no dice."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import ParamSpec, Protocol, TypeVar

from freelancer_tui.domain.feeds import FeedKind
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.sync.calls import to_its_end
from freelancer_tui.sync.policy import Policy

P = ParamSpec("P")
T = TypeVar("T")


class Offload(Protocol):
    """Runs a function that may wait for a disk away from the event loop."""

    def __call__(
        self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]:
        """Give what the function gives."""
        ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """The two files, the time, chance, a way off the event loop, and the numbers."""

    cache: CacheDatabase
    work: WorkDatabase
    clock: Callable[[], datetime]
    random: Random
    offload: Offload
    policy: Policy
    looked: Callable[[], Iterable[int]] = tuple
    """Gives the projects that the user looked at last."""
    listening: Callable[[], bool] = bool
    """Tells whether the user has a conversation open."""

    def every(self, kind: FeedKind) -> timedelta:
        """Give how often a feed is read now."""
        usual = self.policy.intervals[kind]
        is_quick = kind == "threads" and self.listening()
        return min(usual, self.policy.in_conversation) if is_quick else usual

    def backoff(self, failures: int) -> timedelta:
        """Draw a wait after the nth failure in a row."""
        return self.policy.backoff(failures, self.random)

    async def off_loop(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Give what a function gives that may wait for a disk; it is never left half done."""
        return await to_its_end(self.offload(function, *args, **kwargs))
