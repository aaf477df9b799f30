"""Carrier: takes outbox entries to the marketplace, and finds out what became of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from freelancer_tui.domain.intents import (
    OutboxEntry,
    OutboxState,
    Receipt,
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
from freelancer_tui.sync import outcomes
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.events import Event, Moved


class Carrier:
    """Sends and settles, one entry at a time; what concerns the whole sync is raised on."""

    def __init__(self, calls: Calls, equipment: Equipment, tell: Callable[[Event], None]) -> None:
        """Use the engine's calls and equipment, and tell it what moved."""
        self._calls = calls
        self._equipment = equipment
        self._tell = tell
        self._looks: dict[str, int] = {}

    async def live(self) -> list[OutboxEntry]:
        """Read what can still change something there, in queue order."""
        return await self._equipment.off_loop(self._live)

    async def begin(self, *, hurry: bool) -> None:
        """Doubt what was under way when a program died; in a hurry, wait for nothing."""
        await self._equipment.off_loop(self._recover, hurry)

    async def send(self, entry: OutboxEntry) -> None:
        """Claim an entry, push it, and record what came of it."""
        try:
            watermark = await self._calls.watermark(entry.intent)
        except (Offline, RateLimited, Unauthorized):
            raise
        except Refused as error:
            await self._record("queued", outcomes.refused(entry, error))
            return
        except MarketplaceError:
            waiting = outcomes.unsent(entry, self._after(entry.attempts))
            await self._record("queued", replace(waiting, attempts=entry.attempts + 1))
            return
        claimed = await self._equipment.off_loop(self._claim, entry, watermark)
        if claimed is not None:
            self._tell(Moved(claimed))
            await self._push(claimed)

    async def check(self, entry: OutboxEntry) -> None:
        """Look whether a doubtful entry landed, and record what that tells."""
        try:
            sighting = await self._calls.receipt(entry.intent, entry.watermark)
        except (Offline, RateLimited, Unauthorized):
            raise
        except Refused as error:
            await self._record("doubtful", outcomes.asking(entry, str(error)))
        except MarketplaceError:
            await self._record("doubtful", replace(entry, next_try_at=self._look_again(entry)))
        else:
            await self._settle(entry, sighting)

    async def _push(self, entry: OutboxEntry) -> None:
        try:
            receipt = await self._calls.push(entry.intent)
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
        if receipt is None:
            await self._miss(entry, sighting)
        elif await self._equipment.off_loop(self._is_anothers, entry, receipt):
            await self._miss(entry, Sighting(None, sighting.at))
        else:
            self._looks.pop(entry.id, None)
            await self._record("doubtful", outcomes.landed(entry, receipt))

    async def _miss(self, entry: OutboxEntry, sighting: Sighting) -> None:
        wait = self._look_again(entry) - self._now()
        policy = self._equipment.policy
        seen = outcomes.missed(entry, sighting, self._now(), wait, policy)
        if seen.state != "doubtful" or seen.asks:
            self._looks.pop(entry.id, None)
        await self._record("doubtful", seen)

    async def _record(self, expected: OutboxState, entry: OutboxEntry) -> None:
        if await self._equipment.off_loop(self._write, expected, entry):
            self._tell(Moved(entry))

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

    def _claim(self, entry: OutboxEntry, watermark: int | None) -> OutboxEntry | None:
        """Commit that it goes out, unless the user took it back or changed it meanwhile."""
        with self._equipment.work.transaction() as session:
            current = outbox.get(session, entry.id)
            if current is None or current.intent != entry.intent:
                return None
            claimed = outcomes.claimed(current, watermark)
            return claimed if outbox.replace(session, "queued", claimed) else None

    def _write(self, expected: OutboxState, entry: OutboxEntry) -> bool:
        """Record a state, and what it means for the proposal, unless the user was faster."""
        with self._equipment.work.transaction() as session:
            current = outbox.get(session, entry.id)
            if current is None or current.intent != entry.intent:
                return False
            if not outbox.replace(session, expected, entry):
                return False
            proposal = proposals.get(session, entry.subject_id)
            if proposal is not None:
                proposals.put(session, outcomes.followed(proposal, entry, self._now()))
            return True

    def _is_anothers(self, entry: OutboxEntry, receipt: Receipt) -> bool:
        """Tell whether what was found there is known to be another entry of ours."""
        if not isinstance(entry.intent, SendMessage):
            return False
        with self._equipment.work.read() as session:
            others = outbox.of_thread(session, entry.intent.thread_remote_id)
        return any(
            other.remote_id == receipt.remote_id and other.id != entry.id for other in others
        )
