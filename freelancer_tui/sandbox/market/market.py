"""The market: everything that is for sale, said and owed here, with a desk for each noun."""

import time
from collections.abc import Callable
from pathlib import Path

from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.events import Events, Plans
from freelancer_tui.sandbox.market.hourly import Hourly
from freelancer_tui.sandbox.market.load import open_database
from freelancer_tui.sandbox.market.messages import Messages
from freelancer_tui.sandbox.market.milestones import Milestones
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.market.postings import Postings
from freelancer_tui.sandbox.market.projects import Projects
from freelancer_tui.sandbox.market.promotions import Promotions
from freelancer_tui.sandbox.market.reference import Reference
from freelancer_tui.sandbox.market.requests import Requests
from freelancer_tui.sandbox.market.reviews import Reviews
from freelancer_tui.sandbox.market.search import Search
from freelancer_tui.sandbox.market.threads import Threads
from freelancer_tui.sandbox.market.tokens import Tokens
from freelancer_tui.sandbox.records import World


class Market:
    """One market in one file; routes and simulated clients use the same verbs.

    A verb takes the acting user's id first and raises `Refusal` when the rules say no.
    """

    def __init__(
        self,
        path: str | Path,
        world: Callable[[], World],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Open the market in this file (or `:memory:`); an empty one is filled from the world."""
        self._clock = clock
        self.clock_offset = 0
        """Seconds by which this market's clock is ahead."""
        self.database = open_database(path, world)
        self.events = Events(self.database, self.now)
        self.plans = Plans(self.database)
        self.reference = Reference(self.database)
        self.tokens = Tokens(self.database, self.now)
        self.people = People(self.database, self.reference)
        self.projects = Projects(self.database, self.now, self.events, self.reference)
        self.postings = Postings(self.database, self.now, self.events, self.people, self.projects)
        self.search = Search(self.database, self.projects)
        self.bids = Bids(self.database, self.now, self.events, self.people, self.projects)
        self.promotions = Promotions(self.database, self.people, self.bids)
        self.milestones = Milestones(self.database, self.now, self.events, self.people, self.bids)
        self.requests = Requests(self.database, self.now, self.events, self.milestones)
        self.reviews = Reviews(self.database, self.now, self.events, self.bids)
        self.threads = Threads(self.database, self.now, self.people, self.bids)
        self.messages = Messages(self.database, self.now, self.events, self.threads)
        self.hourly = Hourly(self.database, self.bids)

    def now(self) -> int:
        """Give the market's time in epoch seconds."""
        return int(self._clock()) + self.clock_offset

    def close(self) -> None:
        """Close the file; nothing may follow."""
        self.database.close()
