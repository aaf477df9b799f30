"""Purse: the money of the market in memory: what clients put aside, and what they were asked."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from freelancer_tui.domain.intents import AskRelease, EscrowAction, Sighting
from freelancer_tui.domain.milestones import (
    Milestone,
    MilestoneRequest,
    MilestoneStatus,
    RequestStatus,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import Refused
from freelancer_tui.marketplaces.freelancer import escrow


class Purse:
    """Milestones by their ids, requests for them, and every status that one ever had."""

    def __init__(self, wishes: list[MilestoneRequest], time: Callable[[], datetime]) -> None:
        self._time = time
        self.wishes = wishes
        self.held: dict[int, Milestone] = {}
        self.been: dict[int, set[str]] = defaultdict(set)

    def holds(self, milestone: Milestone) -> None:
        """Have a milestone as it now is."""
        self.held[milestone.remote_id] = milestone
        self.been[milestone.remote_id].add(milestone.status)

    def pays(self, remote_id: int, bid: int | None, project: int, amount: Money) -> None:
        """Let a client put money aside."""
        at = self._time()
        self.holds(Milestone(remote_id, project, bid, None, amount, "A part", "frozen", at))

    def asked(self, remote_id: int, project: int, amount: Money) -> None:
        """Have a request that was made long ago."""
        words = f"A part (ref OLD{remote_id})"
        wish = MilestoneRequest(
            remote_id, project, None, None, amount, words, "pending", self._time()
        )
        self.wishes.append(wish)

    def moves(self, remote_id: int, status: MilestoneStatus) -> None:
        self.holds(replace(self.held[remote_id], status=status))

    def answers(self, remote_id: int, status: RequestStatus) -> None:
        """Let somebody end a request."""
        for place, wish in enumerate(self.wishes):
            if wish.remote_id == remote_id:
                self.wishes[place] = replace(wish, status=status)
        self.been[remote_id].add(status)

    def look(self, intent: EscrowAction) -> Sighting:
        """Look as the adapter does."""
        return escrow.shown(intent, self._there(intent), self._time())

    def acts(self, intent: EscrowAction) -> bool:
        """Do something; False where that was done already. Refused where it cannot be."""
        if self.look(intent).receipt is not None:
            return False
        if self._there(intent) is None:
            raise Refused("NOT_FOUND", "It is gone.")
        if isinstance(intent, AskRelease):
            self.moves(intent.remote_id, "requested_release")
        else:
            self.answers(intent.remote_id, "deleted")
        return True

    def done(self, intent: EscrowAction) -> bool:
        """Tell whether it shows, or once showed, what was meant."""
        meant = {"requested_release", "cleared"} if isinstance(intent, AskRelease) else {"deleted"}
        return not meant.isdisjoint(self.been[intent.remote_id])

    def could_be_refused(self, intent: EscrowAction, code: str) -> bool:
        """Tell whether the reason that the user reads is true, or was."""
        word = {
            "MILESTONE_CANCELED": "canceled",
            "MILESTONE_DISPUTED": "disputed",
            "REQUEST_FUNDED": "created",
            "REQUEST_REJECTED": "rejected",
        }.get(code)
        return word in self.been[intent.remote_id]

    def _there(self, intent: EscrowAction) -> Milestone | MilestoneRequest | None:
        if isinstance(intent, AskRelease):
            return self.held.get(intent.remote_id)
        return next((one for one in self.wishes if one.remote_id == intent.remote_id), None)
