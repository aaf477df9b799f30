"""Signs: a mark and a tone for each state, always shown beside the word for it."""

from typing import Final

from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.messages import MessageState
from freelancer_tui.domain.milestones import EscrowState
from freelancer_tui.domain.proposals import ProposalView, Standing

Sign = tuple[str, str]
"""One cell, and the tone of the sign and its word."""

_STANDINGS: Final[dict[Standing, Sign]] = {
    "refused": ("✗", "bad"),
    "draft": ("○", ""),
    "queued": ("↑", "warn"),
    "awarded": ("★", "good"),
    "accepted": ("✓", "good"),
    "shortlisted": ("◆", "accent"),
    "placed": ("●", "accent"),
    "declined": ("–", "quiet"),
    "lost": ("–", "quiet"),
    "withdrawn": ("–", "quiet"),
}
_MESSAGES: Final[dict[MessageState, Sign]] = {
    "queued": ("↑", "warn"),
    "sending": ("→", "warn"),
    "sent": ("✓", "quiet"),
    "refused": ("✗", "bad"),
    "doubtful": ("?", "warn"),
}
_ESCROW: Final[dict[EscrowState, Sign]] = {
    "queued": ("↑", "warn"),
    "refused": ("✗", "bad"),
    "requested": ("○", ""),
    "funded": ("●", "accent"),
    "release_asked": ("◆", "warn"),
    "released": ("✓", "good"),
    "disputed": ("!", "bad"),
    "canceled": ("–", "quiet"),
}


def of_standing(standing: Standing) -> Sign:
    """Give the mark of a proposal."""
    return _STANDINGS[standing]


def of_view(view: ProposalView) -> Sign:
    """Give the mark of a proposal, or that something about it is to settle."""
    return ("!", "bad") if view.conflict is not None else _STANDINGS[view.standing]


def of_message(state: MessageState) -> Sign:
    """Give the mark of a message of ours."""
    return _MESSAGES[state]


def of_escrow(state: EscrowState) -> Sign:
    """Give the mark of a milestone."""
    return _ESCROW[state]


def of_entry(entry: OutboxEntry) -> Sign:
    """Give the mark of an outbox entry."""
    return ("?", "bad") if entry.asks else _MESSAGES[entry.state]
