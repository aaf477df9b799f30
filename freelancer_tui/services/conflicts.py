"""Conflicts: both sides shown, and settled by what the user chooses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from freelancer_tui.domain.briefs import Brief
from freelancer_tui.domain.conflicts import (
    CHOICES,
    Choice,
    Conflict,
    Offering,
    filled,
    offering,
    offering_of,
)
from freelancer_tui.domain.intents import EditBid, OutboxEntry, Terms
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.store.cache import projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import conflicts, outbox, proposals, versions
from freelancer_tui.store.work.database import Session, WorkDatabase


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict with all that a screen shows beside it."""

    conflict: Conflict
    proposal: Proposal
    title: str
    """The job's name; empty when nobody knows it any more."""
    choices: tuple[Choice, ...]
    """What can be decided now."""


class Conflicts:
    """The user's verbs for what two hands changed."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        clock: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._cache = cache
        self._work = work
        self._clock = clock
        self._mint = mint

    def unsettled(self, limit: int = 500) -> list[ConflictView]:
        """List what waits for a decision, the oldest first."""
        with self._work.read() as session:
            found = conflicts.unsettled(session, limit=limit)
            pairs = [(one, proposals.get(session, one.subject_id)) for one in found]
        return [self._view(one, sheet) for one, sheet in pairs if sheet is not None]

    def show(self, conflict_id: str) -> ConflictView:
        """Give one, settled or not."""
        with self._work.read() as session:
            conflict = _get(session, conflict_id)
            sheet = proposals.get(session, conflict.subject_id)
        if sheet is None:
            raise _unknown(conflict_id)
        return self._view(conflict, sheet)

    def count(self) -> int:
        """Count what waits for a decision."""
        with self._work.read() as session:
            return conflicts.count(session)

    def settle(self, conflict_id: str, choice: Choice) -> Conflict:
        """Do what the user chose; the side that is not taken stays in the settled conflict."""
        with self._work.transaction() as session:
            conflict = _get(session, conflict_id)
            sheet = proposals.get(session, conflict.subject_id)
            if conflict.settled_at is not None or sheet is None:
                raise NotAllowed(_("This is settled already."))
            conflict = _live(conflict, sheet)
            if choice not in _possible(conflict, sheet):
                raise NotAllowed(_("This cannot be settled in that way now."))
            self._remember(session, conflict, sheet)
            self._carry_out(session, conflict, sheet, choice)
            settled = conflict.settled(choice, self._clock())
            conflicts.put(session, settled)
        return settled

    def _remember(self, session: Session, conflict: Conflict, sheet: Proposal) -> None:
        """Keep all sides in the history of the sheet, whichever wins."""
        for side in (conflict.mine, conflict.theirs, offering(sheet)):
            if isinstance(side, Offering):
                versions.add(session, sheet.id, side, self._clock())

    def _carry_out(
        self, session: Session, conflict: Conflict, sheet: Proposal, choice: Choice
    ) -> None:
        mine, theirs = conflict.mine, conflict.theirs
        match choice:
            case "mine" if isinstance(mine, Offering) and isinstance(theirs, Offering):
                sheet = self._keep_mine(session, conflict, sheet, mine)
            case "theirs" if isinstance(theirs, Offering):
                sheet = _take_theirs(session, conflict, sheet, theirs)
            case "go_on" | "take_back" if isinstance(theirs, Brief):
                sheet = replace(sheet, brief=theirs)
                if choice == "take_back":
                    sheet = _taken_back(session, sheet)
        proposals.put(session, replace(sheet, updated_at=self._clock()))

    def _keep_mine(
        self, session: Session, conflict: Conflict, sheet: Proposal, mine: Offering
    ) -> Proposal:
        """Give the sheet with the user's words; where a bid is placed, a change of it is queued."""
        if sheet.state == "queued":
            sheet = _taken_back(session, sheet)
        if sheet.state == "placed":
            known = sheet.placed and offering_of(sheet.placed)
            there = known if conflict.kind == "two_windows" else conflict.theirs
            self._change_bid(session, sheet, _terms(mine), _terms(there))
        if conflict.kind != "two_windows":  # the words of a bid, which knows no plan
            mine = replace(mine, plan=sheet.plan)
        return replace(filled(sheet, mine), refusal="", refusal_code="")

    def _change_bid(self, session: Session, sheet: Proposal, mine: Terms, there: Terms) -> None:
        """Queue a change of the bid over what is there now, in place of one that waits."""
        if sheet.bid_remote_id is None:
            raise NotAllowed(_("The bid is not known here yet: sync first."))
        _drop_change(session, sheet)
        intent = EditBid(
            sheet.bid_remote_id,
            sheet.project_remote_id,
            *(mine.amount, mine.days, mine.text),
            *(there.amount, there.days, there.text),
        )
        entry = OutboxEntry(
            id=self._mint(),
            intent=intent,
            subject_id=sheet.id,
            entity=f"project:{sheet.project_remote_id}",
            about=self._title(sheet),
            state="queued",
            queued_at=self._clock(),
        )
        outbox.add(session, entry)

    def _view(self, conflict: Conflict, sheet: Proposal) -> ConflictView:
        conflict = _live(conflict, sheet)
        return ConflictView(conflict, sheet, self._title(sheet), _possible(conflict, sheet))

    def _title(self, sheet: Proposal) -> str:
        """Give the job's name, from what is remembered of it where the cache was rebuilt."""
        with self._cache.read() as connection:
            found = projects.summaries(connection, [sheet.project_remote_id])
        job = found.get(sheet.project_remote_id)
        if job is not None:
            return job.title
        return sheet.brief.title if sheet.brief else ""


def _live(conflict: Conflict, sheet: Proposal) -> Conflict:
    """Give an open conflict with the sheet as it now is on the side where the sheet stands."""
    if conflict.settled_at is not None:
        return conflict
    match conflict.kind:
        case "two_windows":
            return replace(conflict, theirs=offering(sheet))
        case "project_changed":
            return replace(conflict, mine=offering(sheet))
        case _:
            return conflict


def _possible(conflict: Conflict, sheet: Proposal) -> tuple[Choice, ...]:
    if conflict.settled_at is not None:
        return ()
    waits = sheet.state == "queued"
    return tuple(one for one in CHOICES[conflict.kind] if one != "take_back" or waits)


def _take_theirs(
    session: Session, conflict: Conflict, sheet: Proposal, theirs: Offering
) -> Proposal:
    """Give the sheet with the other hand's words; a change that waited is not sent."""
    if conflict.kind == "two_windows":
        return sheet
    _drop_change(session, sheet)
    placed = _terms(theirs)
    theirs = replace(theirs, plan=sheet.plan)
    return replace(filled(sheet, theirs), placed=placed, refusal="", refusal_code="")


def _drop_change(session: Session, sheet: Proposal) -> None:
    """Take a change of the bid out of the outbox, unless it is just being sent."""
    for entry in outbox.all_about(session, sheet):
        if not isinstance(entry.intent, EditBid):
            continue
        if entry.is_under_way or not outbox.delete(session, entry.id, entry.state):
            raise _being_sent()


def _taken_back(session: Session, sheet: Proposal) -> Proposal:
    """Give a queued sheet as a draft again, its entry taken out."""
    entry = outbox.of_subject(session, sheet.id)
    if entry is not None and not outbox.delete(session, entry.id, "queued"):
        raise _being_sent()
    return replace(sheet, state="draft")


def _terms(side: object) -> Terms:
    if not isinstance(side, Offering) or side.price is None or side.days is None:
        raise NotAllowed(_("A bid needs a price and days: set them in the proposal first."))
    return Terms(side.price, side.days, side.text.strip())


def _get(session: Session, conflict_id: str) -> Conflict:
    conflict = conflicts.get(session, conflict_id)
    if conflict is None:
        raise _unknown(conflict_id)
    return conflict


def _unknown(conflict_id: str) -> NotFound:
    return NotFound(_("There is nothing to settle with the id {id}.").format(id=conflict_id))


def _being_sent() -> NotAllowed:
    return NotAllowed(
        _("It is being sent already, so it cannot be taken back."),
        hint=_("Let a sync find out how it ends: freelancer-tui sync"),
    )
