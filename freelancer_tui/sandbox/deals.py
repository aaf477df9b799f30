"""Deals: a bid with everything around it, and the ways to talk about it and look it up."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from freelancer_tui.sandbox.market.bids import BidListing
from freelancer_tui.sandbox.market.escrow import EscrowListing
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.messages import File, MessageListing
from freelancer_tui.sandbox.market.threads import Context
from freelancer_tui.sandbox.papers import paper
from freelancer_tui.sandbox.seed.people import shady_names
from freelancer_tui.sandbox.talk import Voice, money

REMEMBERED: Final = 10
"""So many of its own last messages a client does not repeat."""
HOURS: Final = 10
"""Hourly work is paid in portions of so many hours."""
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Deal:
    """A bid, its project, and the two who are dealing."""

    bid: sqlite3.Row
    project: sqlite3.Row
    client: sqlite3.Row
    currency: str
    voice: Voice
    random: Random

    @property
    def agreed(self) -> int:
        """What the whole work costs, in hundredths."""
        return int(self.bid["amount"]) * (1 if self.project["kind"] == "fixed" else HOURS)

    @property
    def shady(self) -> bool:
        """Whether the client is one of those who only want to talk elsewhere."""
        return self.client["username"] in shady_names()


class Deals:
    """All deals of all clients with all freelancers."""

    def __init__(self, market: Market, seed: int) -> None:
        self._market = market
        self._seed = seed

    def find(self, kind: str, subject: int, why: int) -> Deal | None:
        """Find the bid that an act is about; None when nothing came of it."""
        bid = self._bid(kind, subject)
        if bid is None or bid["retracted"]:
            return None
        project = self._market.projects.get(bid["project_id"], bid["owner_id"])
        people = self._market.people
        freelancer = people.get(bid["bidder_id"])
        random = Random(f"{self._seed}:{kind}:{subject}:{why}")
        words = {"name": freelancer["display_name"].split()[0], "title": project["title"][:80]}
        words["skill"] = self._first_skill(project["id"])
        return Deal(
            bid=bid,
            project=project,
            client=people.get(bid["owner_id"]),
            currency=self._market.reference.currencies[project["currency_id"]]["code"],
            voice=Voice(project["language"], random, words),
            random=random,
        )

    def _bid(self, kind: str, subject: int) -> sqlite3.Row | None:
        """Give the bid behind what an act is about."""
        market = self._market
        match kind:
            case "answer":
                return self._bid_of_message(subject)
            case "consider" | "release" | "go_on":
                table = "requests" if kind == "consider" else "milestones"
                row = market.database.one(f"SELECT bid_id FROM {table} WHERE id = ?", (subject,))
                return market.bids.get(row["bid_id"]) if row else None
            case "review":
                rows = market.bids.page(BidListing(projects=(subject,)), MOST, 0)
                return next((row for row in rows if row["time_accepted"] is not None), None)
            case "thank":
                row = market.database.one("SELECT bid_id FROM reviews WHERE id = ?", (subject,))
                return market.bids.get(row["bid_id"]) if row else None
            case _:
                return market.bids.get(subject)

    def _bid_of_message(self, message_id: int) -> sqlite3.Row | None:
        """The bid of who wrote a message, if it is still the last word of its thread."""
        message = self._market.messages.several([message_id])[0]
        last = self._market.messages.last([message["thread_id"]])
        thread = self._market.threads.get(message["from_id"], message["thread_id"])
        if last[message["thread_id"]]["id"] != message_id or thread["context_type"] != "project":
            return None
        return self._market.bids.live(thread["context_id"], message["from_id"])

    def _first_skill(self, project_id: int) -> str:
        skills = self._market.projects.skills([project_id]).get(project_id, [])
        return str(self._market.reference.skills[skills[0]]["name"]) if skills else "this"

    def _thread(self, deal: Deal) -> int:
        about = Context("project", deal.project["id"])
        return self._market.threads.open(deal.client["id"], [deal.bid["bidder_id"]], about)

    def post(self, deal: Deal, text: str, files: Sequence[File] = ()) -> None:
        """Let the client write to the freelancer."""
        self._market.messages.post(deal.client["id"], self._thread(deal), text, files=files)

    def paper(self, deal: Deal, chance: float) -> list[File]:
        """Give a file about the job to send along, or none, as it falls out."""
        if deal.random.random() >= chance:
            return []
        job = deal.project
        return [paper(job["language"], job["title"], job["description"], deal.random)]

    def said(self, deal: Deal) -> list[str]:
        """Give what this client said last in this thread, newest first."""
        wanted = MessageListing(threads=(self._thread(deal),), senders=(deal.client["id"],))
        rows, _ = self._market.messages.page(deal.client["id"], wanted, REMEMBERED, 0)
        return [row["text"] for row in rows]

    def say(self, deal: Deal, what: str, amount: int | None = None) -> None:
        """Let the client say something of this kind, with an amount in it where it has one."""
        if amount is not None:
            deal.voice.words["amount"] = money(amount, deal.currency)
        self.post(deal, deal.voice.say(what, self.said(deal)))

    def milestones(self, deal: Deal) -> list[sqlite3.Row]:
        """Give what was funded for the bid and not taken back."""
        wanted = EscrowListing(bids=(deal.bid["id"],))
        rows = self._market.milestones.page(deal.client["id"], wanted, MOST, 0)
        return [row for row in rows if row["status"] != "canceled"]
