"""Clients: simulated employers, who read bids, talk, pay, and post new jobs."""

from random import Random
from typing import Final

from freelancer_tui.sandbox.dealings import Dealings
from freelancer_tui.sandbox.market.events import Event, Plan
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.newcomers import Newcomers
from freelancer_tui.sandbox.refusals import Refusal
from freelancer_tui.sandbox.seed.history import FOLLOWER

PREFIX: Final = "client:"
MOST_EVENTS: Final = 500
"""Read in one step; the next step reads on."""
Span = tuple[int, int]
"""The fewest and the most seconds until an act."""
REACTIONS: Final[dict[str, tuple[tuple[str, Span], ...]]] = {
    "bid_placed": (("ask", (4, 15)), ("shortlist", (25, 50)), ("decide", (60, 150))),
    "bid_accepted": (("welcome", (4, 12)), ("fund", (15, 40)), ("wonder", (150, 320))),
    "bid_denied": (("regret", (5, 20)),),
    "message_posted": (("answer", (5, 20)),),
    "milestone_requested": (("consider", (10, 40)),),
    "release_requested": (("release", (15, 60)),),
    "milestone_released": (("go_on", (20, 60)),),
    "project_completed": (("review", (10, 40)),),
    "review_posted": (("thank", (5, 20)),),
}
"""What follows from what, and after how long."""


class Clients:
    """All simulated employers; the same seed and the same clock make them act the same."""

    def __init__(self, market: Market, seed: int) -> None:
        self._market = market
        self._seed = seed
        self._dealings = Dealings(market, seed, self._plan)
        self._newcomers = Newcomers(market, seed)
        self._now = 0

    def step(self, now: float) -> None:
        """Take in what has happened since the last step, and do what is due."""
        self._now = int(now)
        self._follow()
        for plan in self._market.plans.due(self._now):
            self._act(plan)
        self._newcomers.step(self._now)

    def _follow(self) -> None:
        """Plan what follows from each event, and remember how far we have read."""
        events = self._market.events.since(self._market.events.place(FOLLOWER), MOST_EVENTS)
        if not events:
            return
        with self._market.database.transaction():
            for event in events:
                if self._dealings.concerns(event):
                    self._react(event)
            self._market.events.move(FOLLOWER, events[-1].id)

    def _react(self, event: Event) -> None:
        for kind, span in REACTIONS.get(event.kind, ()):
            self._plan(kind, event.subject_id, span, event.id)

    def _plan(self, kind: str, subject: int, span: Span, why: int) -> None:
        """Plan an act; `why` is the number that makes its delay and its dice its own."""
        due = self._now + Random(f"{self._seed}:{kind}:{why}").randint(*span)
        self._market.plans.add(due, PREFIX + kind, {"subject": subject, "why": why})

    def _act(self, plan: Plan) -> None:
        """Do what was planned, once; a refusal means that the world has moved on."""
        if not plan.kind.startswith(PREFIX):
            return
        self._market.plans.done(plan.id)
        try:
            with self._market.database.transaction():
                kind = plan.kind.removeprefix(PREFIX)
                self._dealings.act(kind, plan.payload["subject"], plan.payload["why"])
        except Refusal:
            return
