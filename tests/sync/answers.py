"""Answers: bids withdrawn, awards given, revoked, accepted and declined, here and elsewhere."""

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.intents import (
    AcceptAward,
    BidAction,
    DeclineAward,
    EscrowAction,
    PlaceBid,
    RetractBid,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import FreelancerError, Refused
from tests.sync.market import ME, a_bid_of
from tests.sync.programs import Program

if TYPE_CHECKING:
    from tests.sync.world import World

_KINDS: Final = (RetractBid, AcceptAward, DeclineAward)


class Answers:
    """Draws who does what to a bid that is there; knows what can be in effect by it."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.random = world.random
        self.market = world.market
        self.loose: Counter[BidAction | EscrowAction] = Counter()
        """What the user took out again after somebody had tried to send it: it may be there."""

    def begin(self) -> None:
        """Let some bids stand there already, most of them with an award that waits."""
        jobs = [one.remote_id for one in self.market.projects]
        for project in self.random.sample(jobs, self.random.choice([0, 1, 2])):
            intent = PlaceBid(project, Money(Decimal(400), "USD"), 9, "From the website 0")
            self.market.places(a_bid_of(ME, self.market.new_id(), intent, self.market.time()))
            if self.random.random() < 0.7:
                self.market.awards(project)

    def act(self) -> None:
        """Let the user answer what they were awarded."""
        with self.world.unhurt():
            self.user_acts(self.random.choice(self.world.programs))

    def user_acts(self, program: Program) -> None:
        """Withdraw, accept or decline; an award is answered more often than not."""
        views = [one for one in program.proposals.board(None, 1000) if self._is_quiet(one)]
        awarded = [one for one in views if one.standing == "awarded"]
        views = awarded if awarded and self.random.random() < 0.8 else views
        if not views or (not awarded and self.random.random() < 0.75):
            return  # a bid that is withdrawn is changed by nobody any more: most are left
        view = self.random.choice(views)
        placed = program.proposals.placed
        verbs = {"withdraw": placed.withdraw, "accept": placed.accept, "decline": placed.decline}
        name = self.random.choice([*verbs, "accept", "decline"] if awarded else ["withdraw"])
        with self.world.people.noticing(program):
            try:
                verbs[name](view.proposal.id)
            except FreelancerError:
                return
        self.world.figures[name] += 1

    def client_acts(self, program: Program) -> None:
        """Award a bid, or revoke the award; not while a request lingers.

        An answer to the last award that arrives after the next one would be taken for an
        answer to that: nothing in the request names the award that it means.
        """
        if self.market.bids and not self.market.lingering:
            self.market.awards(self.random.choice(list(self.market.bids)))

    def at_the_website(self, project: int) -> None:
        """Do something to a bid with another program."""
        bid = self.market.bids[project]
        try:
            self.market.acts(self.random.choice(_KINDS)(bid.remote_id, project))
        except Refused:
            return

    def done(self, intent: BidAction) -> bool:
        """Tell whether a bid shows, or once showed, what was meant."""
        bid = self.market.all_bids()[intent.bid_remote_id]
        match intent:
            case RetractBid():
                return bid.retracted
            case AcceptAward():
                return bid.accepted_at is not None
            case DeclineAward():
                return bid.remote_id in self.market.declined

    def could_be_refused(self, intent: BidAction, code: str) -> bool:
        """Tell whether the reason that the user reads is true of the bid."""
        bid = self.market.all_bids()[intent.bid_remote_id]
        return {
            "BID_RETRACTED": bid.retracted,
            "BID_ALREADY_ACCEPTED": bid.accepted_at is not None,
            "AWARD_RENEWED": bid.remote_id in self.market.renewed,
            "AWARD_GONE": bid.remote_id in self.market.revoked,
            "AWARD_DECLINED": bid.remote_id in self.market.declined,
        }.get(code, False)

    def _is_quiet(self, view: ProposalView) -> bool:
        """Tell whether no second try of the bid itself is still on its way.

        It would find the place empty after a withdrawal, and place the bid again: the
        marketplace has no rule against that, and no sender can call it back.
        """
        return not any(
            isinstance(intent, PlaceBid)
            and intent.project_remote_id == view.proposal.project_remote_id
            for _when, intent in self.market.lingering
        )
