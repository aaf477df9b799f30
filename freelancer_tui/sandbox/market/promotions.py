"""Promotions: the paid extras of a bid."""

from typing import Literal

from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.database import Database
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.refusals import bad_form, project_refusal

Way = Literal["highlight", "seal", "sponsor"]


class Promotions:
    """What a bidder can buy for a bid."""

    def __init__(self, database: Database, people: People, bids: Bids) -> None:
        self._database = database
        self._people = people
        self._bids = bids

    def buy(self, user_id: int, bid_id: int, way: Way, amount: int = 0) -> None:
        """Highlight, seal or (for an amount in hundredths) sponsor the user's own bid."""
        with self._database.transaction():
            self._bids.own(user_id, bid_id)
            if way == "seal" and not self._people.get(user_id)["preferred"]:
                raise project_refusal(400, "USER_NOT_IN_PFP", "Only preferred freelancers may seal")
            if way == "sponsor" and amount <= 0:
                raise bad_form("Sponsoring needs an amount")
            column, value = {
                "highlight": ("highlighted", 1),
                "seal": ("sealed", 1),
                "sponsor": ("sponsored", amount),
            }[way]
            self._database.change("bids", bid_id, **{column: value})
