"""Payers: who moves money, and who asks for it, while the line is bad."""

from decimal import Decimal
from typing import TYPE_CHECKING

from freelancer_tui.domain.milestones import MilestoneStatus
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import FreelancerError
from tests.sync.programs import Program

if TYPE_CHECKING:
    from tests.sync.world import World


class Payers:
    """Draws what clients do with their money, and what the user does about it."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.random = world.random
        self.market = world.market
        self.purse = world.market.purse

    def begin(self) -> None:
        """Let some money be held already, for work that began long ago."""
        jobs = [one.remote_id for one in self.market.projects]
        for project in self.random.sample(jobs, self.random.choice([0, 1, 2])):
            if self.random.random() < 0.5:
                self._funds(None, project)
            else:
                self.purse.asked(self.market.new_id(), project, self._sum())

    def act(self) -> None:
        """Let the user do something about their money."""
        with self.world.unhurt():
            self.user_acts(self.random.choice(self.world.programs))

    def user_acts(self, program: Program) -> None:
        """Ask for what is held, or take a request back."""
        lines = [
            one
            for one in program.milestones.lines()
            if one.can_be_asked_for or one.can_be_withdrawn
        ]
        if not lines:
            return
        line = self.random.choice(lines)
        verb = program.milestones.withdraw if line.is_request else program.milestones.ask_release
        with self.world.people.noticing(program):
            try:
                verb(line.remote_id or 0)
            except FreelancerError:
                return
        self.world.figures["withdraw request" if line.is_request else "ask release"] += 1

    def client_acts(self, program: Program) -> None:
        """Fund, turn down, pay out, dispute, take back, or leave for later; not while a request
        lingers, which names no moment that it means."""
        if self.market.lingering:
            return
        open_ones = [one for one in self.purse.wishes if one.status == "pending"]
        held = [
            one.remote_id
            for one in self.purse.held.values()
            if one.status in ("frozen", "requested_release")
        ]
        if open_ones and (not held or self.random.random() < 0.5):
            wish = self.random.choice(open_ones)
            if self.random.random() < 0.3:
                return self.purse.answers(wish.remote_id, "rejected")
            self.purse.answers(wish.remote_id, "created")
            return self._funds(wish.bid_remote_id, wish.project_remote_id, wish.amount)
        if held:
            ends: tuple[MilestoneStatus, ...] = (
                "cleared",
                "disputed",
                "canceled",
                "frozen",
                "frozen",
            )
            return self.purse.moves(self.random.choice(held), self.random.choice(ends))
        for bid in self.market.bids.values():
            if bid.accepted_at is not None:
                return self._funds(bid.remote_id, bid.project_remote_id)

    def _funds(self, bid: int | None, project: int, amount: Money | None = None) -> None:
        self.purse.pays(self.market.new_id(), bid, project, amount or self._sum())

    def _sum(self) -> Money:
        return Money(Decimal(self.random.randrange(10, 90)), "USD")
