"""Actions: withdrawing a bid, accepting and declining an award; done twice, none does harm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from freelancer_tui.domain.intents import (
    AcceptAward,
    BidAction,
    DeclineAward,
    Receipt,
    RetractBid,
    Sighting,
)
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.errors import MarketplaceError, OutcomeUnknown, Refused
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import landing, requests
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.marketplaces.http import HttpClient

_NAMES: Final[Mapping[type[BidAction], str]] = {
    RetractBid: "retract",
    AcceptAward: "accept",
    DeclineAward: "deny",
}
"""docs/projects/bids: what the freelancer can do to a bid of theirs."""


class Actions:
    """What is done to a bid of the user's, and how the bid shows it."""

    def __init__(self, client: HttpClient, puller: Puller, encoding: PutEncoding) -> None:
        self._client = client
        self._puller = puller
        self._encoding = encoding

    async def push(self, intent: BidAction) -> Receipt:
        """Do it, once; a no to what is done already is none."""
        path = f"/projects/0.1/bids/{intent.bid_remote_id}/"
        call = requests.put_action(path, _NAMES[type(intent)], None, self._encoding)
        try:
            answer = await self._client.send(call)
        except Refused as refusal:
            return await self._after(refusal, intent)
        return Receipt(intent.bid_remote_id, answer.at)

    async def look(self, intent: BidAction) -> Sighting:
        """Look at the bid: it shows whether it was done."""
        there, at = await self._bid(intent)
        return landing.action(intent, there, at)

    async def _after(self, refusal: Refused, intent: BidAction) -> Receipt:
        """Look at the bid after a no; what it shows tells more than the code of the refusal."""
        try:
            there, at = await self._bid(intent)
        except MarketplaceError as error:
            raise OutcomeUnknown(
                _("It was refused, and the bid cannot be read: {reason}").format(reason=error)
            ) from None
        if there is None and isinstance(intent, RetractBid):
            return Receipt(intent.bid_remote_id, at)  # on no list, and refused: it is gone
        seen = landing.action(intent, there, at).receipt
        if seen is None:
            raise refusal
        return seen

    async def _bid(self, intent: BidAction) -> tuple[Bid | None, datetime]:
        me = await self._puller.me()
        answers, listing = await self._puller.bids_of(me, Window(), (intent.project_remote_id,))
        return landing.named(intent.bid_remote_id, listing), answers[0].at
