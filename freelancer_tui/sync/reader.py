"""Reader: follows the feeds, stores what they bring, and knows how far we are in each."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed, FeedKind
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    RateLimited,
    Refused,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.store.cache import checks, cursors, facts
from freelancer_tui.store.cache.cursors import FeedPlace
from freelancer_tui.sync import asking, conflicts, interests
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.events import Event, Failed, Pulled
from freelancer_tui.sync.identity import Identity
from freelancer_tui.sync.interests import Interests, Talk
from freelancer_tui.sync.plan import Following, Pull
from freelancer_tui.sync.progress import Progress

SELF: Final = Feed("self")
_JOBS: Final = Feed("projects")
_BIDS: Final = Feed("bids")
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
        self._reasons: dict[Feed, Feed] = {}
        """Why we ask for the ids of a feed: it exists only this once, the reason stays."""
        self._sweeps_left = 0
        self._rows_in_log = 0

    async def begin(self, *, hurry: bool) -> None:
        """Read our places anew; in a hurry, no feed waits for its time."""
        await self._equipment.off_loop(self._read_places)
        await self._equipment.off_loop(conflicts.compare, self._equipment)
        self._interests = None
        self._reasons.clear()
        self._sweeps_left = self._equipment.policy.sweeps_by_hand if hurry else 0
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
        if changed or feed.kind == "bids":
            await self._equipment.off_loop(conflicts.compare, self._equipment, page)
        self._moved(feed, page)
        self._tell(Pulled(feed, changed, page.done, page.total, page.skipped))

    def expect(self, kind: FeedKind) -> None:
        """Read the user's facts of a kind at the next chance: something was just done to one."""
        self._progress[Feed(kind)].read_at = None

    async def _failed(self, feed: Feed, error: MarketplaceError) -> None:
        progress = self._progress_of(feed)
        progress.failed(self._now() + self._equipment.backoff(progress.failures))
        if isinstance(error, Refused | WireMismatch) and progress.failures > 2:
            progress.start_over()
            await self._equipment.off_loop(self._forget_place, feed)
        self._tell(Failed(feed, str(error)))

    def _moved(self, feed: Feed, page: Page) -> None:
        now = self._now()
        self._progress_of(feed).moved(page, now)
        ids = asking.ids_of(feed)
        match self._reasons.get(feed):
            case asking.REFERRED:
                self._asked.update(dict.fromkeys(ids, now))
            case asking.SWEPT:
                self._sweeps_left -= 1
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
            ids = asking.projects_feed(due[: policy.ids_at_once])
            yield replace(self._asked_for(ids, asking.REFERRED, policy.ask_again), read_at=None)
        if wished.missed:
            ids = asking.bids_feed(wished.missed)
            yield self._asked_for(ids, asking.MISSED, policy.ask_again)
        if wished.due and self._has_read_all():
            ids = asking.projects_feed(wished.due)
            sweep = self._asked_for(ids, asking.SWEPT, policy.sweep_every)
            yield replace(sweep, read_at=None) if self._sweeps_left > 0 else sweep
        for talk in wished.talks:
            yield self._followed(talk.feed, talk)

    def _asked_for(self, feed: Feed, reason: Feed, every: timedelta) -> Following:
        self._reasons[feed] = reason
        progress = self._progress[reason]
        return Following(feed, every, None, progress.read_at, False, progress.not_before)

    def _has_read_all(self) -> bool:
        """Tell whether the list of projects was just read to its end: only then is silence news."""
        place, every = self._progress[_JOBS], self._equipment.policy.intervals["projects"]
        is_fresh = (
            place.read_at is not None and place.read_at <= self._now() < place.read_at + every
        )
        return is_fresh and not place.more and not place.failures

    def _progress_of(self, feed: Feed) -> Progress:
        return self._progress[self._reasons.get(feed, feed)]

    def _not_asked_for(self, project_remote_id: int, long: timedelta) -> bool:
        asked = self._asked.get(project_remote_id)
        return asked is None or not asked <= self._now() < asked + long

    def _followed(self, feed: Feed, talk: Talk | None = None) -> Following:
        progress = self._progress[feed]
        return Following(
            feed,
            self._equipment.every(feed.kind),
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
        self._give_up_lost(places)
        for feed, place in places.items():
            progress = self._progress[feed]
            progress.cursor, progress.more = place.cursor, place.more
            if feed.kind in _DAILY and progress.read_at is None:
                progress.read_at = place.finished_at

    def _give_up_lost(self, places: Mapping[Feed, FeedPlace]) -> None:
        """Start over where the cache knows nothing of our place: it is another file by now."""
        for feed, progress in self._progress.items():
            if feed not in places and feed not in asking.REASONS:
                progress.start_over()
                progress.read_at = None
                self._heard.pop(feed, None)
        if SELF not in places:
            self._asked.clear()

    def _note_absences(
        self, connection: sqlite3.Connection, feed: Feed, ids: Sequence[int], page: Page
    ) -> int:
        missing = ids if feed.kind == "bids" else asking.absent(ids, page)
        if asking.is_definite(ids, page):
            return facts.bury(connection, feed, missing, page.at)
        checks.later(connection, missing, page.at)
        return 0

    def _forget_place(self, feed: Feed) -> None:
        with self._equipment.cache.transaction() as connection:
            cursors.forget(connection, feed)
            checks.later(connection, asking.ids_of(feed))

    def _store(self, feed: Feed, page: Page) -> int:
        """Keep the facts and move the cursor in one transaction: either both or neither."""
        ids = asking.ids_of(feed)
        with self._equipment.cache.transaction() as connection:
            changed = facts.store(connection, feed, page)
            if ids:
                cursors.forget(connection, feed)  # the next list of ids is another feed
                changed += self._note_absences(connection, feed, ids, page)
        self._rows_in_log += changed
        if self._rows_in_log >= self._equipment.policy.rows_between_checkpoints:
            self._equipment.cache.checkpoint()  # else the log of a long first sync grows with it
            self._rows_in_log = 0
        return changed
