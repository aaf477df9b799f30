"""Conflicts: two hands changed the same thing; both sides are kept until the user decides."""

import html
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from freelancer_tui.domain.briefs import Brief
from freelancer_tui.domain.intents import Terms
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import Bid, ConflictKind, Proposal

Choice = Literal["mine", "theirs", "go_on", "take_back", "vanished"]
"""How a conflict ended; `vanished`: the two sides became equal, there was nothing to decide."""

Moved = Literal["nobody", "mine", "theirs", "both"]
"""Which side is no longer what both began from."""


@dataclass(frozen=True, slots=True)
class Offering:
    """What an offer says at one moment, as the user typed it or as a bid has it."""

    text: str
    price: Money | None = None
    days: int | None = None
    unread_price: str = ""
    unread_days: str = ""
    plan: str = ""
    """Planned milestones as typed; a bid knows none."""


Side = Offering | Brief


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was, what the user has, and what another hand made of it."""

    id: str
    kind: ConflictKind
    subject_id: str
    """The proposal that it is about."""
    theirs: Side
    opened_at: datetime
    mine: Side | None = None
    """None where the sheet as it now is stands against it: for a job that changed."""
    base: Side | None = None
    """What both began from; None where nobody knows."""
    settled_at: datetime | None = None
    choice: Choice | None = None

    def settled(self, choice: Choice, at: datetime) -> "Conflict":
        """Give it as it ends."""
        return replace(self, choice=choice, settled_at=at)


CHOICES: Final[dict[ConflictKind, tuple[Choice, ...]]] = {
    "placed_elsewhere": ("mine", "theirs"),
    "edited_elsewhere": ("mine", "theirs"),
    "two_windows": ("mine", "theirs"),
    "project_changed": ("go_on", "take_back"),
}
"""What the user can decide, by the kind of conflict."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a window knows of a sheet: which revision it saw, what that said, and its conflict."""

    revision: int
    offering: Offering
    conflict_id: str | None = None


def seen(proposal: Proposal) -> Seen:
    """Give what a window knows that has just read a sheet."""
    return Seen(proposal.revision, offering(proposal))


def offering(proposal: Proposal) -> Offering:
    """Give what a sheet says."""
    return Offering(
        proposal.text,
        proposal.price,
        proposal.days,
        proposal.unread_price,
        proposal.unread_days,
        proposal.plan,
    )


def filled(proposal: Proposal, side: Offering) -> Proposal:
    """Give a sheet that says what a side says."""
    return replace(
        proposal,
        text=side.text,
        price=side.price,
        days=side.days,
        unread_price=side.unread_price,
        unread_days=side.unread_days,
        plan=side.plan,
    )


def offering_of(terms: Terms) -> Offering:
    """Give what a bid says."""
    return Offering(terms.text, terms.amount, terms.days)


def terms_of(bid: Bid, known_text: str = "") -> Terms:
    """Give what a bid says; a listing without its text stands for the text that is known."""
    return Terms(bid.amount, bid.days, bid.text or known_text)


def compared(base: Offering | None, mine: Offering, theirs: Offering) -> Moved:
    """Tell who moved away from what both began from; with an unknown beginning, both did."""
    if mine == theirs:
        return "nobody"
    if base is not None and theirs == base:
        return "mine"
    if base is not None and mine == base:
        return "theirs"
    return "both"


def travelled(side: Offering) -> Offering:
    """Give a side as it compares after a journey, which may change blanks and entities.

    The plan stays at home: the marketplace knows no more of it than the first share.
    """
    text = " ".join(html.unescape(html.unescape(side.text)).split())
    return replace(side, text=text, plan="")
