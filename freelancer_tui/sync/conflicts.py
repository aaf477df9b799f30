"""Conflicts: found where what we last knew meets what the marketplace has now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from freelancer_tui.domain.briefs import Brief, brief_of, completed, is_changed
from freelancer_tui.domain.conflicts import (
    Conflict,
    Side,
    compared,
    offering,
    offering_of,
    terms_of,
    travelled,
)
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.intents import EditBid, OutboxEntry, PlaceBid
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid, ConflictKind, Proposal
from freelancer_tui.store.cache import bids, projects
from freelancer_tui.store.work import conflicts, outbox, proposals
from freelancer_tui.store.work.database import Session
from freelancer_tui.sync.equipment import Equipment


@dataclass(frozen=True, slots=True)
class Clash:
    """Sides that differ, before they are a conflict with an id."""

    kind: ConflictKind
    base: Side | None
    mine: Side | None
    theirs: Side


@dataclass(frozen=True, slots=True)
class Meeting:
    """What meeting the marketplace makes of a sheet: as it now is, and who clashes."""

    sheet: Proposal
    clash: Clash | None = None


def meet_job(sheet: Proposal, now: Brief) -> Meeting:
    """Lay the job as it is beside the one that an unplaced sheet was begun for."""
    if sheet.brief is None:
        return Meeting(replace(sheet, brief=now))
    if is_changed(sheet.brief, now):
        return Meeting(sheet, Clash("project_changed", sheet.brief, None, now))
    return Meeting(replace(sheet, brief=completed(sheet.brief, now)))


def meet_bid(sheet: Proposal, bid: Bid) -> Meeting:
    """Lay the bid as it is beside what we last knew of it."""
    there = terms_of(bid, sheet.placed.text if sheet.placed else sheet.text)
    mine, theirs = offering(sheet), offering_of(there)
    base = offering_of(sheet.placed) if sheet.placed else None
    moved = compared(base and travelled(base), travelled(mine), travelled(theirs))
    if moved in ("theirs", "both"):
        return Meeting(sheet, Clash("edited_elsewhere", base, mine, theirs))
    known = sheet.placed if moved == "mine" else there
    return Meeting(replace(sheet, placed=known, bid_remote_id=sheet.bid_remote_id or bid.remote_id))


def compare(equipment: Equipment, page: Page | None = None) -> None:
    """Compare what the user wrote with what a page brought, or with all that is known.

    It runs off the event loop, after the page is in the cache, and writes only where
    something is new. Without a page only jobs are compared: what the cache has of a bid can
    be older than a change of ours, and would look as if another hand had undone it.
    """
    ids = None if page is None else _projects_of(page)
    if ids is not None and not ids:
        return
    with equipment.work.read() as session:
        sheets = proposals.of_projects(session, ids)
        news = bool(sheets) and _news(session, sheets, _known(equipment, sheets, page))
    if not news:
        return
    with equipment.work.transaction() as session:
        sheets = proposals.of_projects(session, ids)
        for sheet, clashes in _meetings(session, sheets, _known(equipment, sheets, page)):
            proposals.put(session, sheet)
            for kind, clash in clashes.items():
                _note(session, sheet, kind, clash, equipment)


def follow(session: Session, proposal: Proposal, entry: OutboxEntry, equipment: Equipment) -> None:
    """Keep a proposal as its entry left it, what is placed of it, and who clashes with it."""
    intent = entry.intent
    if isinstance(intent, PlaceBid | EditBid):
        base = offering_of(intent.base) if isinstance(intent, EditBid) else None
        mine = offering_of(intent.mine)
        theirs = offering_of(entry.found) if entry.found else None
        if entry.state == "sent":
            proposal = replace(proposal, placed=entry.found or intent.mine)
        if theirs is not None:
            kind: ConflictKind = "edited_elsewhere" if base else "placed_elsewhere"
            _note(session, proposal, kind, Clash(kind, base, mine, theirs), equipment)
    proposals.put(session, proposal)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cache has about some sheets."""

    briefs: Mapping[int, Brief]
    bids: Mapping[int, Bid]


_Clashes = Mapping[ConflictKind, Clash | None]


def _known(equipment: Equipment, sheets: list[Proposal], page: Page | None) -> _Known:
    unplaced = {one.project_remote_id for one in sheets if one.state != "placed"}
    placed = {fact.project_remote_id for fact in _bids_of(page)}
    with equipment.cache.read() as connection:
        jobs = [projects.get(connection, one) for one in unplaced]
        mine = [bids.of_project(connection, one) for one in placed]
    return _Known(
        {job.remote_id: brief_of(job) for job in jobs if job},
        {bid.project_remote_id: bid for bid in mine if bid},
    )


def _meetings(
    session: Session, sheets: list[Proposal], known: _Known
) -> list[tuple[Proposal, _Clashes]]:
    """Meet every sheet of which something is known now.

    A bid that is just being changed by us is left to the outbox.
    """
    found: list[tuple[Proposal, _Clashes]] = []
    for sheet in sheets:
        job, bid = sheet.project_remote_id, known.bids.get(sheet.project_remote_id)
        if sheet.state != "placed":
            if brief := known.briefs.get(job):
                met = meet_job(sheet, brief)
                found.append((met.sheet, {"project_changed": met.clash}))
        elif bid and not bid.retracted and not _is_decided_elsewhere(session, sheet):
            met = meet_bid(sheet, bid)
            found.append((met.sheet, {"edited_elsewhere": met.clash}))
    return found


def _is_decided_elsewhere(session: Session, sheet: Proposal) -> bool:
    """Tell whether a change of ours is on its way, or another conflict names the same bid."""
    for entry in outbox.all_about(session, sheet):
        if isinstance(entry.intent, EditBid) and entry.state != "refused":
            return True
    return any(one.kind == "placed_elsewhere" for one in conflicts.unsettled(session, sheet.id))


def _news(session: Session, sheets: list[Proposal], known: _Known) -> bool:
    """Tell whether there is anything to write."""
    before = {sheet.id: sheet for sheet in sheets}
    for sheet, clashes in _meetings(session, sheets, known):
        if sheet != before[sheet.id]:
            return True
        for kind, clash in clashes.items():
            kept = _open_one(session, sheet.id, kind)
            if (kept and kept.theirs) != (clash and clash.theirs):
                return True
    return False


def _note(
    session: Session,
    sheet: Proposal,
    kind: ConflictKind,
    clash: Clash | None,
    equipment: Equipment,
) -> None:
    """Open a conflict, let an open one follow what is there now, or end it with the difference."""
    now = equipment.clock()
    kept = _open_one(session, sheet.id, kind)
    if clash is None:
        if kept is not None:
            conflicts.put(session, kept.settled("vanished", now))
    elif kept is None:
        conflicts.put(session, _conflict(sheet, clash, new_id(now, equipment.random), now))
    elif kept.theirs != clash.theirs:
        conflicts.put(session, replace(kept, theirs=clash.theirs))


def _open_one(session: Session, subject_id: str, kind: ConflictKind) -> Conflict | None:
    found = conflicts.unsettled(session, subject_id)
    return next((one for one in found if one.kind == kind), None)


def _conflict(sheet: Proposal, clash: Clash, conflict_id: str, now: datetime) -> Conflict:
    return Conflict(conflict_id, clash.kind, sheet.id, clash.theirs, now, clash.mine, clash.base)


def _projects_of(page: Page) -> set[int]:
    """Give the projects that a page tells about."""
    found = {fact.remote_id for fact in page.facts if isinstance(fact, Project)}
    return found | {bid.project_remote_id for bid in _bids_of(page)}


def _bids_of(page: Page | None) -> list[Bid]:
    return [fact for fact in page.facts if isinstance(fact, Bid)] if page else []
