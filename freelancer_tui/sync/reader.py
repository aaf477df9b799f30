"""Reader: follows the feeds, stores what they bring, and knows how far we are in each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from freelancer_tui.domain.feeds import Feed, FeedKind, Page
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    RateLimited,
    Refused,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.store.cache import cursors, facts
from freelancer_tui.sync import interests
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.events import Event, Failed, Pulled
from freelancer_tui.sync.identity import Identity
from freelancer_tui.sync.interests import Interests, Talk
from freelancer_tui.sync.plan import Following, Pull
from freelancer_tui.sync.progress import Progress, feed_of, ids_of

SELF: Final = Feed("self")
_OURS: Final = tuple(
    Feed(kind) for kind in ("threads", "currencies", "bids", "projects", "milestones", "skills")
)
_DAILY: Final[tuple[FeedKind, ...]] = ("currencies", "skills")
"""Lists that nobody waits for: the user's hurry does not reach them."""
_TELLING: Final[tuple[FeedKind, ...]] = ("threads", "messages", "bids")
"""Kinds of feeds whose facts change what else we follow."""


class Reader:
    """Pulls one page at a time; what concerns the whole sync is raised on."""

    def __init__(
        self,
        calls: Calls,
        equipment: Equipment,
        identity: Identity,
        tell: Callable[[Event], None],
    ) -> None:
        """Use the engine's calls and equipment, and tell it what came."""
        self._calls = calls
        self._equipment = equipment
        self._identity = identity
        self._tell = tell
        self._progress: defaultdict[Feed, Progress] = defaultdict(Progress)
        self._heard: dict[Feed, datetime] = {}
        """Up to which change of its thread a conversation was read."""
        self._asked: dict[int, datetime] = {}
        """When a project was last asked for by its id."""
        self._interests: Interests | None = None

    async def begin(self, *, hurry: bool) -> None:
        """Read our places anew; in a hurry, no feed waits for its time."""
        await self._equipment.off_loop(self._read_places)
        self._interests = None
        if hurry:
            self._asked.clear()
            for feed, progress in self._progress.items():
                progress.not_before = None
                progress.read_at = progress.read_at if feed.kind in _DAILY else None

    async def following(self) -> list[Following]:
        """List what we follow, and how far we are in it; only who we are until that is known."""
        if not self._identity.known:
            self._progress[SELF].read_at = None
            return [self._followed(SELF)]
        if self._interests is None:
            self._interests = await self._equipment.off_loop(interests.read, self._equipment)
        ours = [self._followed(feed) for feed in (SELF, *_OURS)]
        return [*ours, *self._of_interest(self._interests)]

    async def pull(self, step: Pull) -> None:
        """Read a page of a feed and store it together with our place after it."""
        feed = step.feed
        try:
            page = await self._calls.pull(feed, step.cursor)
            if feed == SELF:
                await self._equipment.off_loop(self._identity.settle, page)
        except (Offline, RateLimited, Unauthorized):
            raise
        except MarketplaceError as error:
            await self._failed(feed, error)
            return
        changed = await self._equipment.off_loop(self._store, feed, page)
        self._moved(feed, page)
        self._tell(Pulled(feed, changed, page.done, page.total, page.skipped))

    async def _failed(self, feed: Feed, error: MarketplaceError) -> None:
        progress = self._progress[feed]
        progress.failed(self._now() + self._equipment.backoff(progress.failures))
        if isinstance(error, Refused | WireMismatch) and progress.failures > 2:
            progress.start_over()
            await self._equipment.off_loop(self._forget_place, feed)
        self._tell(Failed(feed, str(error)))

    def _moved(self, feed: Feed, page: Page) -> None:
        now = self._now()
        self._progress[feed].moved(page, now)
        ids = () if page.more else ids_of(feed)
        self._asked.update(dict.fromkeys(ids, now))
        if self._interests:
            for talk in self._interests.talks:
                if talk.feed == feed and not page.more:
                    self._heard[feed] = talk.updated_at
        if ids or feed.kind in _TELLING:
            self._interests = None

    def _of_interest(self, wished: Interests) -> Iterator[Following]:
        for words in wished.searches:
            yield self._followed(Feed("projects", f"search:{words}"))
        policy = self._equipment.policy
        due = [one for one in wished.missing if self._not_asked_for(one, policy.ask_again)]
        due += [one for one in wished.changing if self._not_asked_for(one, policy.refresh)]
        if due:
            yield self._followed(feed_of(due[: policy.ids_at_once]))
        for talk in wished.talks:
            yield self._followed(talk.feed, talk)

    def _not_asked_for(self, project_remote_id: int, long: timedelta) -> bool:
        asked = self._asked.get(project_remote_id)
        return asked is None or not asked <= self._now() < asked + long

    def _followed(self, feed: Feed, talk: Talk | None = None) -> Following:
        progress = self._progress[feed]
        return Following(
            feed,
            self._equipment.policy.intervals[feed.kind],
            progress.cursor,
            progress.read_at,
            progress.more,
            progress.not_before,
            talk is not None and talk.stale and self._heard.get(feed) != talk.updated_at,
        )

    def _now(self) -> datetime:
        return self._equipment.clock()

    # What follows runs off the event loop.

    def _read_places(self) -> None:
        with self._equipment.cache.read() as connection:
            places = cursors.all(connection)
        for feed, place in places.items():
            progress = self._progress[feed]
            progress.cursor, progress.more = place.cursor, place.more
            if feed.kind in _DAILY and progress.read_at is None:
                progress.read_at = place.finished_at

    def _forget_place(self, feed: Feed) -> None:
        with self._equipment.cache.transaction() as connection:
            cursors.forget(connection, feed)

    def _store(self, feed: Feed, page: Page) -> int:
        """Keep the facts and move the cursor in one transaction: either both or neither."""
        with self._equipment.cache.transaction() as connection:
            changed = facts.store(connection, feed, page)
            if ids_of(feed) and not page.more:
                cursors.forget(connection, feed)  # the next list of ids is another feed
            return changed
