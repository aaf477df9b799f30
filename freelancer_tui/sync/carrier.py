"""Carrier: takes outbox entries to the marketplace, and finds out what became of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from freelancer_tui.domain.intents import (
    BidAction,
    EditBid,
    EscrowAction,
    Intent,
    OutboxEntry,
    OutboxState,
    Receipt,
    RequestMilestone,
    SendMessage,
    Sighting,
)
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    RateLimited,
    Refused,
    Unauthorized,
)
from freelancer_tui.store.work import outbox, proposals
from freelancer_tui.sync import conflicts, outcomes, parents
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.events import Moved
from freelancer_tui.sync.telling import Telling


class Carrier:
    """Sends and settles, one entry at a time; what concerns the whole sync is raised on."""

    def __init__(self, calls: Calls, equipment: Equipment, told: Telling) -> None:
        """Use the engine's calls and equipment, and tell it what moved."""
        self._calls = calls
        self._equipment = equipment
        self._told = told
        self._looks: dict[str, int] = {}
        self.held: frozenset[str] = frozenset()
        """Subjects and entities with a conflict to settle before anything is sent of them."""

    async def live(self) -> list[OutboxEntry]:
        """Read what can still change something there, in queue order."""
        return await self._equipment.off_loop(self._live)

    async def begin(self, *, hurry: bool) -> None:
        """Doubt what was under way when a program died; in a hurry, wait for nothing."""
        await self._equipment.off_loop(self._recover, hurry)

    async def send(self, entry: OutboxEntry) -> None:
        """Claim an entry, push it, and record what came of it."""
        freed = await parents.freed(entry, self._equipment)
        if freed is None:
            await self._put_off(entry)
        elif freed.state == "refused":
            await self._record("queued", freed)
        else:
            await self._send(entry, freed.intent)

    async def check(self, entry: OutboxEntry) -> None:
        """Look whether a doubtful entry landed, and record what that tells."""
        try:
            sighting = await self._calls.receipt(entry.intent, entry.watermark)
        except (Offline, RateLimited, Unauthorized):
            raise
        except Refused as error:
            await self._record("doubtful", outcomes.unseen(entry, error))
        except MarketplaceError:
            await self._record("doubtful", replace(entry, next_try_at=self._look_again(entry)))
        else:
            await self._settle(entry, sighting)

    async def _send(self, entry: OutboxEntry, intent: Intent) -> None:
        try:
            watermark, sighting = await self._look_before(entry, intent)
        except (Offline, RateLimited, Unauthorized):
            raise
        except Refused as error:
            await self._record("queued", outcomes.refused(entry, error))
            return
        except MarketplaceError:
            await self._put_off(entry)
            return
        seen = outcomes.seen(entry, sighting) if sighting else None
        if seen is not None:
            await self._record("queued", seen)
            return
        claimed = await self._equipment.off_loop(self._claim, entry, intent, watermark)
        if claimed is not None:
            self._told.add(Moved(claimed))
            await self._push(claimed)

    async def _look_before(
        self, entry: OutboxEntry, intent: Intent
    ) -> tuple[int | None, Sighting | None]:
        """Read the watermark, and look where what is there already decides.

        A change must not go over another's, and what is done is not done again; money is not
        asked for again where a try arrived late, or was made before this file was restored
        from an older copy.
        """
        watermark = entry.watermark
        if isinstance(intent, EditBid | BidAction | EscrowAction):
            return watermark, await self._calls.receipt(intent, watermark)
        if isinstance(intent, RequestMilestone):
            first = await self._calls.watermark(intent) if watermark is None else watermark
            return first, await self._calls.receipt(intent, watermark)
        return await self._calls.watermark(intent), None

    async def _put_off(self, entry: OutboxEntry) -> None:
        waiting = outcomes.unsent(entry, self._after(entry.attempts))
        await self._record("queued", replace(waiting, attempts=entry.attempts + 1))

    async def _push(self, entry: OutboxEntry) -> None:
        try:
            receipt = await self._calls.push(entry.intent, self._told.of_files(entry))
        except (Offline, Unauthorized):
            await self._record("sending", outcomes.unsent(entry))
            raise
        except RateLimited as error:
            wait = timedelta(seconds=error.wait_seconds)
            until = max(self._now() + wait, self._after(entry.attempts))
            await self._record("sending", outcomes.unsent(entry, until))
            raise
        except Refused as error:
            await self._record("sending", outcomes.refused(entry, error))
        except MarketplaceError:
            await self._record("sending", outcomes.doubtful(entry))
        else:
            await self._record("sending", outcomes.landed(entry, receipt))

    async def _settle(self, entry: OutboxEntry, sighting: Sighting) -> None:
        receipt = sighting.receipt
        if receipt is not None and await self._equipment.off_loop(
            self._is_anothers, entry, receipt
        ):
            sighting = Sighting(None, sighting.at)
        seen = outcomes.seen(entry, sighting)
        if seen is None:
            await self._miss(entry, sighting)
        else:
            self._looks.pop(entry.id, None)
            await self._record("doubtful", seen)

    async def _miss(self, entry: OutboxEntry, sighting: Sighting) -> None:
        wait = self._look_again(entry) - self._now()
        policy = self._equipment.policy
        seen = outcomes.missed(entry, sighting, self._now(), wait, policy)
        if seen.state != "doubtful" or seen.asks:
            self._looks.pop(entry.id, None)
        await self._record("doubtful", seen)

    async def _record(self, expected: OutboxState, entry: OutboxEntry) -> None:
        for moved in await self._equipment.off_loop(self._write, expected, entry):
            self._told.add(Moved(moved))

    def _look_again(self, entry: OutboxEntry) -> datetime:
        looks = self._looks[entry.id] = self._looks.get(entry.id, 0) + 1
        return self._after(looks)

    def _after(self, failures: int) -> datetime:
        return self._now() + self._equipment.backoff(failures)

    def _now(self) -> datetime:
        return self._equipment.clock()

    # What follows runs off the event loop; each is one transaction.

    def _live(self) -> list[OutboxEntry]:
        with self._equipment.work.read() as session:
            self.held = parents.held(session)
            return outbox.live(session)

    def _recover(self, hurry: bool) -> None:
        if not any(
            entry.state == "sending" or (hurry and entry.next_try_at) for entry in self._live()
        ):
            return  # the usual case; a write would hold up whoever is typing
        with self._equipment.work.transaction() as session:
            outbox.recover(session)
            for entry in outbox.live(session) if hurry else ():
                if entry.next_try_at is not None:
                    outbox.replace(session, entry.state, replace(entry, next_try_at=None))

    def _claim(
        self, entry: OutboxEntry, intent: Intent, watermark: int | None
    ) -> OutboxEntry | None:
        """Commit that it goes out, unless the user took it back or changed it meanwhile."""
        with self._equipment.work.transaction() as session:
            current = outbox.get(session, entry.id)
            if current is None or current.intent != entry.intent:
                return None
            if not {current.subject_id, current.entity}.isdisjoint(parents.held(session)):
                return None
            claimed = replace(outcomes.claimed(current, watermark), intent=intent)
            return claimed if outbox.replace(session, "queued", claimed) else None

    def _write(self, expected: OutboxState, entry: OutboxEntry) -> list[OutboxEntry]:
        """Record a state and all that follows from it, unless the user was faster.

        Gives what moved: the entry, and what waited for it where it ends without being sent.
        """
        with self._equipment.work.transaction() as session:
            current = outbox.get(session, entry.id)
            if current is None or current.intent != entry.intent:
                return []
            if not outbox.replace(session, expected, entry):
                return []
            moved = [entry]
            if entry.state == "refused":
                moved += outbox.refuse_waiting(session, entry.id, outcomes.never_sent(entry))
            for one in moved:
                proposal = proposals.get(session, one.subject_id)
                if proposal is not None:
                    followed = outcomes.followed(proposal, one, self._now())
                    conflicts.follow(session, followed, one, self._equipment)
            return moved

    def _is_anothers(self, entry: OutboxEntry, receipt: Receipt) -> bool:
        """Tell whether what was found there is known to be another entry of ours."""
        if not isinstance(entry.intent, SendMessage):
            return False
        with self._equipment.work.read() as session:
            others = outbox.of_thread(session, entry.intent.thread_remote_id)
        return any(
            other.remote_id == receipt.remote_id and other.id != entry.id for other in others
        )
