"""Wishes: asking for milestones, and finding out whether a wish arrived."""

from typing import Final

from freelancer_tui.domain.intents import Receipt, RequestMilestone, Sighting
from freelancer_tui.errors import OutcomeUnknown
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import Answer
from freelancer_tui.marketplaces.freelancer import landing, listings, requests, wire
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import LIMIT, Window
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.values import when
from freelancer_tui.marketplaces.http import HttpClient

_MOST_PAGES: Final = 10
"""A thousand wishes on one bid; their order is not documented, so all of them are read."""


class Wishes:
    """The wishes for milestones on a bid; there is money in them, so nothing here is repeated."""

    def __init__(self, client: HttpClient, puller: Puller) -> None:
        self._client = client
        self._puller = puller

    async def watermark(self, intent: RequestMilestone) -> int:
        """Give the highest id among the wishes on the bid; 0 where there is none."""
        pages = await self._read(intent)
        ids = [row.id for _answer, page in pages for row in page.rows if row.id is not None]
        return max(ids, default=0)

    async def push(self, intent: RequestMilestone) -> Receipt:
        """Ask for the milestone, once."""
        answer = await self._client.send(requests.request_milestone(intent))
        asked = listings.sure(answer.result, wire.MilestoneRequest)
        if asked.id is None or asked.bid_id not in (None, intent.bid_remote_id):
            raise OutcomeUnknown(_("The marketplace's answer is about another milestone."))
        return Receipt(asked.id, when(asked.time_requested) or answer.at)

    async def look(self, intent: RequestMilestone, watermark: int | None) -> Sighting:
        """Look for its mark; not to find it proves nothing, it may still be on its way."""
        pages = await self._read(intent)
        found = (landing.wish(intent, watermark, page) for _answer, page in pages)
        ids = {row.id for _answer, page in pages for row in page.rows if row.id is not None}
        newer = sum(one > (watermark or 0) for one in ids)
        return Sighting(next(filter(None, found), None), pages[0][0].at, among=newer)

    async def _read(self, intent: RequestMilestone) -> list[tuple[Answer, Listing]]:
        pages: list[tuple[Answer, Listing]] = []
        while len(pages) < _MOST_PAGES:
            call = requests.milestone_requests_on(intent.bid_remote_id, Window(len(pages) * LIMIT))
            pages.append(await self._puller.read(call, self._puller.wishes_in))
            if len(pages[-1][1].rows) < LIMIT:
                break
        return pages
