"""Learning: what came of the user's own bids, gathered from both files."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Final

from freelancer_tui.domain.learning import Attempt, Lessons, learn
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import Bid, ProposalView, Standing
from freelancer_tui.domain.rates import Rates
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.fees import Charges
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.cache import threads
from freelancer_tui.store.cache.database import CacheDatabase

_MOST: Final = 20_000
_WON: Final[tuple[Standing, ...]] = ("awarded", "accepted", "declined")
"""Where the client chose the user, whatever the user said to it."""


class Learning:
    """Nothing of it leaves this machine; asking reads both files, so screens ask on a thread."""

    def __init__(
        self,
        cache: CacheDatabase,
        proposals: Proposals,
        exchange: Exchange,
        charges: Charges,
        clock: Callable[[], datetime],
    ) -> None:
        self._cache = cache
        self._proposals = proposals
        self._exchange = exchange
        self._charges = charges
        self._clock = clock

    def lessons(self, zone: tzinfo | None = None) -> Lessons:
        """Reckon all figures from the bids that are known here; withdrawn ones tell nothing.

        Hours of the day are those of a zone, the system's by default.
        """
        views = self._proposals.board(limit=_MOST)
        with self._cache.read() as connection:
            answers = threads.answers(connection)
        rates = self._exchange.rates()
        attempts = [
            self._attempt(view, view.bid, answers.get(view.bid.remote_id), rates)
            for view in views
            if view.bid is not None and view.standing != "withdrawn"
        ]
        return learn(attempts, self._clock(), zone)

    def _attempt(
        self, view: ProposalView, bid: Bid, answered_at: datetime | None, rates: Rates
    ) -> Attempt:
        job = view.project
        is_hourly = job is not None and job.kind == "hourly"
        in_dollars = None if is_hourly else rates.convert(bid.amount, "USD")
        is_chosen = view.standing in _WON or view.standing == "shortlisted"
        return Attempt(
            placed_at=bid.submitted_at,
            skills=job.skills if job else (),
            country=job.country if job else "",
            worth=in_dollars.amount if in_dollars else None,
            is_hourly=is_hourly,
            template=view.proposal.template_name,
            answered_at=answered_at,
            is_answered=answered_at is not None or is_chosen,
            is_won=_is_won(view),
            fee=self._fee(view, bid, rates),
        )

    def _fee(self, view: ProposalView, bid: Bid, rates: Rates) -> Money | None:
        """Tell what a fixed job that was taken cost; of hourly ones nobody told the hours."""
        if view.standing != "accepted" or view.project is None or view.project.kind != "fixed":
            return None
        charge = self._charges.fees.charge(bid.amount, "fixed", rates)
        return rates.convert(charge.fee, self._exchange.own)


def _is_won(view: ProposalView) -> bool | None:
    """Tell how it ended; a job that is over, or somebody else's, was not won."""
    if view.standing in _WON:
        return True
    is_over = view.project is not None and view.project.status not in ("open", "pending")
    return False if view.standing == "lost" or is_over else None
