"""Versions: what is kept of a text before it changes, and where the user was in it."""

from collections.abc import Callable
from datetime import datetime

from freelancer_tui.domain.conflicts import Offering, offering
from freelancer_tui.domain.drafts import PAUSE, STRETCH, Place, is_turn
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.store.work import discarded, places, versions
from freelancer_tui.store.work.database import Session, WorkDatabase


class Versions:
    """Keeps versions inside the transaction that changes the text; a service has one."""

    def __init__(self, work: WorkDatabase, clock: Callable[[], datetime]) -> None:
        self._work = work
        self._clock = clock
        self._since: dict[str, datetime] = {}
        """When each text was begun by this program, or a version of it was kept last."""

    def place(self, subject_id: str) -> Place | None:
        """Give where the user was in a text."""
        with self._work.read() as session:
            return places.get(session, subject_id)

    def keep_place(self, subject_id: str, place: Place) -> None:
        """Remember where the user is in a text."""
        with self._work.transaction() as session:
            places.put(session, subject_id, place)

    def changes(
        self,
        session: Session,
        subject_id: str,
        old: tuple[Offering, datetime | None],
        new: Offering,
        *,
        replaces: bool = False,
    ) -> None:
        """Keep what a text said, if what is typed now begins something new.

        That is at the first change since the program began, after a pause, after a long
        stretch, and when most of the text goes at once; always when the new text `replaces`
        the old one as a whole.
        """
        said, now = old[0], self._clock()
        if said == new:
            return
        if replaces or is_turn(said, new) or self._is_due(subject_id, old[1], now):
            versions.add(session, subject_id, said, old[1] or now)
            self._since[subject_id] = now

    def changed(
        self,
        session: Session,
        before: Proposal,
        after: Proposal,
        place: Place | None = None,
        *,
        replaces: bool = False,
    ) -> None:
        """Keep what a sheet said before, if what it says now begins something new."""
        old = offering(before), before.updated_at
        self.changes(session, before.id, old, offering(after), replaces=replaces)
        if place is not None:
            places.put(session, before.id, place)

    def mark(self, session: Session, proposal: Proposal) -> None:
        """Keep what a sheet says now: something is about to happen to it."""
        at = proposal.updated_at or self._clock()
        versions.add(session, proposal.id, offering(proposal), at)

    def discarded(self, session: Session, proposal: Proposal) -> None:
        """Keep a sheet that is thrown away, and what it said."""
        self.mark(session, proposal)
        discarded.add(session, proposal, self._clock())

    def _is_due(self, subject_id: str, said_at: datetime | None, now: datetime) -> bool:
        since = self._since.get(subject_id)
        if since is None or said_at is None:
            return True
        return abs(now - said_at) >= PAUSE or abs(now - since) >= STRETCH
