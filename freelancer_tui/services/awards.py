"""Awards: gathers what is known about a placed bid from the cache, the fees and the rates."""

from freelancer_tui.domain.awards import Prospect, escrow_of
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.fees import Charges
from freelancer_tui.store.cache import milestones, projects, threads
from freelancer_tui.store.cache.database import CacheDatabase


class Awards:
    """What a bid is worth; asking looks into the cache, so screens ask on a thread."""

    def __init__(self, cache: CacheDatabase, exchange: Exchange, charges: Charges) -> None:
        self._cache = cache
        self._exchange = exchange
        self._charges = charges

    def prospect(self, view: ProposalView) -> Prospect | None:
        """Tell what a bid would bring; None while the marketplace has none."""
        bid = view.bid
        if bid is None:
            return None
        with self._cache.read() as connection:
            job = projects.get(connection, bid.project_remote_id)
            lines = milestones.of_project(connection, bid.project_remote_id)
            thread = threads.of_project(connection, bid.project_remote_id)
        fees, own = self._charges.fees, self._exchange.own
        rates = self._exchange.rates()
        charge = fees.charge(bid.amount, job.kind if job else "fixed", rates)
        is_other = bid.amount.currency != own
        return Prospect(
            charge=charge,
            escrow=escrow_of(lines, bid.remote_id, bid.amount.currency),
            fees_as_of=fees.as_of,
            is_hourly=job is not None and job.kind == "hourly",
            fee_own=rates.convert(charge.fee, own) if is_other else None,
            net_own=rates.convert(charge.net, own) if is_other else None,
            rates_at=rates.at,
            accept_by=fees.accept_by(bid.awarded_at) if view.standing == "awarded" else None,
            rank=bid.rank,
            bid_count=job.bid_count if job else 0,
            average=job.bid_average if job else None,
            thread_id=thread.remote_id if thread else None,
        )
