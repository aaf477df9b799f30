"""Deck: gathers what the board shows beside each proposal."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from freelancer_tui.domain.deck import Card, Deck, since
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.domain.rates import Rates
from freelancer_tui.services.awards import Awards
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.fees import Charges
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.cache import people, projects
from freelancer_tui.store.cache.database import CacheDatabase

MOST: Final = 20_000
"""More proposals than one writes in a life."""
_MOST_DRAFTS: Final = 1000
"""Of so many drafts it is looked up until when their jobs take bids."""


class Decks:
    """Lays the deck; it reads both files, so screens ask on a thread."""

    def __init__(
        self, cache: CacheDatabase, proposals: Proposals, exchange: Exchange, charges: Charges
    ) -> None:
        self._cache = cache
        self._proposals = proposals
        self._exchange = exchange
        self._fees = charges.fees
        self.awards = Awards(cache, exchange, charges)

    def lay(self) -> Deck:
        """Give every proposal, and every bid placed elsewhere, as cards."""
        views = self._proposals.board(limit=MOST)
        owners = {view.project.owner_id for view in views if view.project}
        drafts = [one for one in views if one.standing in ("draft", "refused")][:_MOST_DRAFTS]
        with self._cache.read() as connection:
            names = people.names(connection, [one for one in owners if one is not None])
            jobs = [projects.get(connection, view.proposal.project_remote_id) for view in drafts]
        closing = {job.remote_id: end for job in jobs if job and (end := _closing(job))}
        rates = self._exchange.rates()
        return Deck([self._card(view, names, closing, rates) for view in views])

    def _card(
        self,
        view: ProposalView,
        names: Mapping[int, str],
        closing: Mapping[int, datetime],
        rates: Rates,
    ) -> Card:
        sheet, job, bid = view.proposal, view.project, view.bid
        price, text = (bid.amount, bid.text or sheet.text) if bid else (sheet.price, sheet.text)
        title = job.title if job else sheet.brief.title if sheet.brief else ""
        client = names.get(job.owner_id, "") if job and job.owner_id else ""
        own = rates.convert(price, self._exchange.own) if price else None
        return Card(
            view=view,
            title=title,
            client=client,
            since=since(view),
            due=self._due(view, closing),
            worth=own.amount if own else None,
            found_by="\n".join((title, client, text)).casefold(),
        )

    def _due(self, view: ProposalView, closing: Mapping[int, datetime]) -> datetime | None:
        bid = view.bid
        match view.standing:
            case "draft" | "refused":
                return closing.get(view.proposal.project_remote_id)
            case "awarded":
                return self._fees.accept_by(bid.awarded_at) if bid else None
            case "accepted":
                began = bid.accepted_at if bid and not bid.complete else None
                return began + timedelta(days=bid.days) if began and bid else None
            case _:
                return None


def _closing(job: Project) -> datetime | None:
    """Tell until when a job takes bids."""
    if job.status != "open" or job.bid_period_days is None:
        return None
    return job.posted_at + timedelta(days=job.bid_period_days)
