"""Turns: the one worker that gives the sync engine its turns and tells where it stands."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Failed,
    Finished,
    Moved,
    Paused,
    Pulled,
    SignInNeeded,
    Started,
    Transferring,
    Unmarked,
    WentOffline,
)
from freelancer_tui.tui.widgets.sync_bar import SyncStatus

if TYPE_CHECKING:
    from freelancer_tui.settings import Account
    from freelancer_tui.sync.engine import Engine
    from freelancer_tui.sync.journal import Journal
    from freelancer_tui.workspace import Workspace

_LOG: Final = logging.getLogger(__name__)
_RETRY: Final = timedelta(seconds=30)
"""The longest pause after a failure of ours."""
_FIRST_RETRY: Final = timedelta(seconds=1)
"""The first one; it doubles. A cache that was just begun anew waits to be filled."""
_ELSEWHERE: Final = timedelta(seconds=3)
"""How soon we ask again for a turn while another window has its own: it costs a look at a lock."""
_PATIENCE_SECONDS: Final = 1.0
"""How long who leaves waits for the request under way: with the rest it takes below two seconds."""


def after(status: SyncStatus, event: Event) -> SyncStatus:
    """Give where the sync stands once an event has happened."""
    match event:
        case Started():
            return SyncStatus("syncing")
        case Pulled():
            return SyncStatus("syncing", None, event.feed.kind, event.done, event.total)
        case Moved() | Failed() | Unmarked() | Transferring():
            return status
        case Paused():
            return SyncStatus("paused", event.until)
        case WentOffline():
            return SyncStatus("offline", event.since)
        case SignInNeeded():
            return SyncStatus("sign_in", reason=event.reason)
        case Elsewhere():
            return SyncStatus("elsewhere")
        case Finished():  # a turn that was cut short by a pause ends too, but it is still one
            return status if status.phase == "paused" else SyncStatus("online", event.at)
        case _:
            assert_never(event)


def changes_tally(event: Event) -> bool:
    """Tell whether an event can change what the tabs count."""
    if isinstance(event, Pulled):
        return event.feed.kind in ("threads", "messages")
    return not isinstance(event, Started | Elsewhere | Transferring)


def turns_of(workspace: "Workspace", tell: Callable[[Event | None], None]) -> "Turns":
    """Give the worker for an account's desk; it tells each event, and None when it stands anew."""
    turns = Turns(lambda: workspace.engine, workspace.clock, tell)
    turns.sign_in_again = lambda: workspace.token.read_again()
    turns.how_to_sign_in = lambda: _how_to_sign_in(workspace.account_settings)
    turns.open_journal = lambda: workspace.journal
    workspace.listening.wake = turns.wake
    return turns


def _how_to_sign_in(account: "Account") -> str:
    """Say what the user does about a token that is refused; the bottom line has room for it."""
    match account.secret_source:
        case "environment":
            return _("leave, set FREELANCER_TUI_TOKEN anew, and start again")
        case "command":
            return _("renew the token where your secret command takes it from, then press r")
        case "session":
            return _("leave and start again: it asks for the token")
        case _:
            words = _("freelancer-tui account token {name}, then press r")
            return words.format(name=account.name)


class Turns:
    """Runs turn after turn: when the engine says it is due, or when somebody wakes it."""

    def __init__(
        self,
        engine: Callable[[], "Engine"],
        now: Callable[[], datetime],
        tell: Callable[[Event | None], None],
    ) -> None:
        self.open_journal: Callable[[], Journal | None] = lambda: None
        """Gives what writes down what the turns tell; it is asked for, and used, on a thread."""
        self.sign_in_again: Callable[[], None] = lambda: None
        """Reads the token anew, on a thread, when the user asks for a turn after it was refused."""
        self.how_to_sign_in: Callable[[], str] = str
        """Gives what the user does about a refused token; the log has the marketplace's words."""
        self._open_engine = engine
        self._now = now
        self._tell = tell
        self._engine: Engine | None = None
        self._journal: Journal | None = None
        self._wake = asyncio.Event()
        self._by_hand = False
        self._is_stopping = False
        self._failures = 0
        self._task: asyncio.Task[None] | None = None
        self.status = SyncStatus("off")

    def start(self) -> None:
        """Begin; the engine is built on a thread, so nothing on the screen waits for it."""
        self._say(SyncStatus("starting"))
        self._task = asyncio.create_task(self._run(), name="sync")

    def wake(self, *, by_hand: bool = False) -> None:
        """Have a turn now; by hand also means not to wait out a back-off."""
        self._by_hand = self._by_hand or by_hand
        self._wake.set()

    @property
    def is_waiting(self) -> bool:
        """Whether something of the sync is still under way, such as an answer that is owed."""
        return self._task is not None and not self._task.done()

    async def stop(self, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """End between two requests; one that takes longer is left to the next start."""
        self._is_stopping = True
        self._wake.set()
        if self._engine is not None:
            self._engine.stop()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=patience_seconds)

    async def _run(self) -> None:
        while not self._is_stopping:
            due = await self._guarded_turn()
            if not self._is_stopping:
                await self._sleep_until(due)
        if self._engine is not None:
            await self._engine.close()

    async def _guarded_turn(self) -> datetime | None:
        """Take a turn; whatever goes wrong is shown and logged, and tried again later."""
        try:
            due: datetime | None = await self._turn()
        except FreelancerError as error:
            reason = str(error)
            _LOG.warning("the sync failed: %s", reason)
        except Exception as error:  # an edge: a fault of ours must not end the program
            reason = type(error).__name__
            _LOG.exception("a fault in the sync")
        else:
            self._failures = 0
            return due
        if self._journal is not None:
            await asyncio.to_thread(self._journal.fault, reason)
        self._say(SyncStatus("failed", reason=reason))
        self._failures += 1
        return self._now() + min(_FIRST_RETRY * (1 << min(self._failures - 1, 9)), _RETRY)

    async def _turn(self) -> datetime | None:
        """Take a turn and give when the next is due; None means not before somebody asks."""
        self._wake.clear()
        if self._engine is None:
            self._journal = await asyncio.to_thread(self.open_journal)
            self._engine = await asyncio.to_thread(self._open_engine)
        engine = self._engine
        by_hand, self._by_hand = self._by_hand, False
        if by_hand and self.status.phase == "sign_in":
            await asyncio.to_thread(self.sign_in_again)
        due: datetime | None = self._now() + _RETRY
        async for event in engine.turn(by_hand=by_hand):
            if self._journal is not None:
                await asyncio.to_thread(self._journal.take, event)
            status = after(self.status, event)
            if status.phase == "sign_in":
                status = replace(status, reason=self.how_to_sign_in() or status.reason)
            self._say(status, event)
            match event:
                case Finished() | WentOffline():
                    due = event.next_at
                case Elsewhere():
                    due = self._now() + _ELSEWHERE
                case SignInNeeded():
                    due = None
        return due

    async def _sleep_until(self, due: datetime | None) -> None:
        seconds = max((due - self._now()).total_seconds(), 0.0) if due else None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    def _say(self, status: SyncStatus, event: Event | None = None) -> None:
        self.status = status
        self._tell(event)
