"""Keeping: what a window writes into a sheet that another window may be writing too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from freelancer_tui.domain.conflicts import (
    Conflict,
    Offering,
    Seen,
    compared,
    filled,
    offering,
    seen,
)
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.domain.text import clean, one_line
from freelancer_tui.errors import Gone
from freelancer_tui.i18n import _
from freelancer_tui.store.work import conflicts, discarded, proposals, versions
from freelancer_tui.store.work.database import Session


def cleaned(offer: Offering) -> Offering:
    """Give what was typed without what a terminal could obey."""
    return replace(
        offer,
        text=clean(offer.text),
        unread_price=one_line(offer.unread_price),
        unread_days=one_line(offer.unread_days),
        plan=clean(offer.plan),
    )


def keep(
    session: Session,
    sheet: Proposal,
    mine: Offering,
    known: Seen,
    tools: tuple[Callable[[], datetime], Callable[[], str]],
) -> Seen:
    """Write what a window has typed, or keep it beside what another hand wrote; no word is lost.

    `sheet` is as the file has it now, and may be changed if it is a draft; `known` is what
    the window last knew. Gives what it knows from now on.
    """
    clock, mint = tools
    conflict = conflicts.get(session, known.conflict_id) if known.conflict_id else None
    if conflict is not None and conflict.settled_at is None:
        return _go_on(session, sheet, replace(conflict, mine=mine), clock())
    theirs = offering(sheet)
    known = _after(conflict, known, sheet)
    is_ours = sheet.revision == known.revision
    moved = compared(known.offering, mine, theirs)
    if moved == "nobody":
        return seen(sheet)
    if sheet.state == "draft" and (is_ours or moved == "mine"):
        return seen(proposals.put(session, replace(filled(sheet, mine), updated_at=clock())))
    if moved == "theirs":
        return known
    opened = Conflict(mint(), "two_windows", sheet.id, theirs, clock(), mine, known.offering)
    conflicts.put(session, opened)
    return replace(known, conflict_id=opened.id)


def lay_aside(session: Session, proposal_id: str, mine: Offering, now: datetime) -> bool:
    """Keep in the history what a window typed into a draft that another one threw away.

    False for a sheet that nobody knows here: there is no history that anybody would look into.
    """
    if discarded.get(session, proposal_id) is None:
        return False
    versions.add(session, proposal_id, mine, now)
    return True


def gone() -> Gone:
    """Say what became of words whose draft was thrown away in another window."""
    return Gone(_("Thrown away in another window. u brings it back, then F8 shows your words."))


def _go_on(session: Session, sheet: Proposal, conflict: Conflict, now: datetime) -> Seen:
    """Keep what is typed on while the conflict is open; it ends when both say the same."""
    mine, theirs = conflict.mine, offering(sheet)
    assert isinstance(mine, Offering)
    conflict = replace(conflict, theirs=theirs)
    if mine == theirs:
        conflicts.put(session, conflict.settled("vanished", now))
        return seen(sheet)
    conflicts.put(session, conflict)
    return Seen(-1, mine, conflict.id)


def _after(conflict: Conflict | None, known: Seen, sheet: Proposal) -> Seen:
    """Give what a window knows whose conflict was settled elsewhere: its own words, if they won."""
    if conflict is None or not isinstance(conflict.mine, Offering):
        return known
    revision = sheet.revision if conflict.mine == offering(sheet) else known.revision
    return Seen(revision, conflict.mine)
