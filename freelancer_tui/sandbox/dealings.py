"""Dealings: what one client does about one bid, from the first question to the review."""

from collections.abc import Callable
from typing import Final

from freelancer_tui.sandbox.deals import Deal, Deals
from freelancer_tui.sandbox.market.bids import Offer
from freelancer_tui.sandbox.market.events import Event
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.milestones import HELD
from freelancer_tui.sandbox.market.people import Directory
from freelancer_tui.sandbox.market.reviews import ReviewDraft
from freelancer_tui.sandbox.papers import hostile_paper
from freelancer_tui.sandbox.records import FREELANCER_RATINGS
from freelancer_tui.sandbox.talk import topic_of

Planner = Callable[[str, int, tuple[int, int], int], None]
"""Plans an act: its kind, its subject, the span of seconds, and its reason."""
RIVALS: Final = 10
BY_CLIENTS: Final = frozenset({"milestone_released", "project_completed"})
RIVAL: Final = "I have worked for this client before and know the material. I can begin today."


class Dealings:
    """The acts of all clients, by name; each draws from dice of its own."""

    def __init__(self, market: Market, seed: int, plan: Planner) -> None:
        self._market = market
        self._deals = Deals(market, seed)
        self._plan = plan
        self._acts: dict[str, Callable[[Deal, int], None]] = {
            "ask": self._ask,
            "shortlist": self._shortlist,
            "decide": self._decide,
            "settle": self._settle,
            "welcome": self._welcome,
            "regret": lambda deal, _: self._deals.say(deal, "denied"),
            "fund": self._fund,
            "wonder": self._wonder,
            "answer": self._answer,
            "consider": self._consider,
            "release": self._release,
            "go_on": self._go_on,
            "review": self._review,
            "thank": lambda deal, _: self._deals.say(deal, "thanked"),
        }

    def concerns(self, event: Event) -> bool:
        """Tell whether clients care: what freelancers do, and how their own work goes on."""
        if event.project_id is None:
            return False
        by_client: bool = self._market.people.get(event.actor_id)["role"] == "employer"
        return by_client == (event.kind in BY_CLIENTS)

    def act(self, kind: str, subject: int, why: int) -> None:
        """Do one thing about a bid, message, milestone, request, review or project."""
        deal = self._deals.find(kind, subject, why)
        if deal and (kind == "ask" or not deal.shady):
            self._acts[kind](deal, subject)

    def _ask(self, deal: Deal, _: int) -> None:
        if not self._deals.said(deal):
            text = deal.voice.ask(deal.project["description"])
            self._deals.post(deal, text, [hostile_paper(deal.random)] if deal.shady else ())

    def _welcome(self, deal: Deal, _: int) -> None:
        """Be glad, and mostly send what there is on paper."""
        text = deal.voice.say("accepted", self._deals.said(deal))
        self._deals.post(deal, text, self._deals.paper(deal, 0.6))

    def _shortlist(self, deal: Deal, bid_id: int) -> None:
        if deal.random.random() < 0.5:
            self._market.bids.mark(deal.client["id"], bid_id, "shortlisted", True)

    def _decide(self, deal: Deal, bid_id: int) -> None:
        """Award, keep on a short list for a while, choose another, or say nothing."""
        dice = deal.random.random()
        if dice < 0.58:
            self._award(deal)
        elif dice < 0.8:
            self._market.bids.mark(deal.client["id"], bid_id, "shortlisted", True)
            self._deals.say(deal, "short")
            self._plan("settle", bid_id, (90, 180), bid_id)
        elif dice < 0.92:
            self._choose_another(deal)

    def _settle(self, deal: Deal, _: int) -> None:
        if deal.random.random() < 0.7:
            self._award(deal)
        else:
            self._choose_another(deal)

    def _award(self, deal: Deal) -> None:
        self._market.bids.award(deal.client["id"], deal.bid["id"])
        self._deals.say(deal, "award")

    def _choose_another(self, deal: Deal) -> None:
        """Give the work to somebody else; the market then tells the others that they lost."""
        found, _ = self._market.people.directory(Directory(), RIVALS, 0)
        rivals = [row["id"] for row in found if row["id"] != deal.bid["bidder_id"]]
        if not rivals or deal.project["status"] != "active":
            return
        rival = deal.random.choice(rivals)
        offer = Offer(max(deal.project["minimum"], deal.bid["amount"]), deal.bid["period"], RIVAL)
        theirs = self._market.bids.live(deal.project["id"], rival)
        if theirs:
            self._market.bids.award(deal.client["id"], theirs["id"])
        bid_id = theirs["id"] if theirs else self._hire(deal, rival, offer)
        self._market.bids.accept(rival, bid_id)
        self._deals.say(deal, "decline")

    def _hire(self, deal: Deal, rival: int, offer: Offer) -> int:
        return self._market.bids.hire(deal.client["id"], deal.project["id"], rival, offer)

    def _fund(self, deal: Deal, bid_id: int) -> None:
        """Fund the first part, or all of it, unless something is funded already."""
        if self._deals.milestones(deal):
            return
        share = deal.bid["milestone_percentage"]
        if share == 100:
            share = deal.random.choice((50, 50, 100))
        amount = max(100, deal.agreed * share // 100 // 100 * 100)
        first = "Tahap 1" if deal.project["language"] == "id" else "First part"
        self._market.milestones.create(deal.client["id"], bid_id, amount, first)
        self._deals.say(deal, "funded", amount)

    def _wonder(self, deal: Deal, _: int) -> None:
        if deal.project["frontend_status"] == "work_in_progress":
            self._deals.say(deal, "work")

    def _answer(self, deal: Deal, message_id: int) -> None:
        """Answer the last message; who hears that the work is done pays for it soon."""
        message = self._market.messages.several([message_id])[0]
        topic = topic_of(message["text"])
        if topic != "delivery" and self._market.messages.attachments([message_id]):
            topic = "file"
        text = deal.voice.answer(topic, self._deals.said(deal))
        self._deals.post(deal, text, self._deals.paper(deal, 0.3) if topic == "question" else ())
        if topic == "delivery":
            for row in self._deals.milestones(deal):
                if row["status"] in HELD:
                    self._plan("release", row["id"], (20, 60), message_id)

    def _consider(self, deal: Deal, request_id: int) -> None:
        """Fund what was asked for, mostly; before the award nobody decides about money."""
        row = self._market.requests.get(deal.client["id"], request_id)
        if row["status"] != "pending" or deal.bid["award_status"] != "awarded":
            return
        promised = sum(one["amount"] for one in self._deals.milestones(deal)) + row["amount"]
        if promised > deal.agreed * 1.25 or deal.random.random() < 0.1:
            self._market.requests.reject(deal.client["id"], request_id)
            self._deals.say(deal, "refused")
            return
        self._market.requests.accept(deal.client["id"], request_id)
        self._deals.say(deal, "asked", row["amount"])

    def _release(self, deal: Deal, milestone_id: int) -> None:
        """Release a milestone; now and then only after a second look."""
        row = self._market.milestones.get(deal.client["id"], milestone_id)
        if row["status"] not in HELD:
            return
        if deal.random.random() < 0.12:
            self._deals.say(deal, "wait")
            self._plan("release", milestone_id, (30, 90), deal.random.randrange(10**6))
            return
        self._market.milestones.release(deal.client["id"], milestone_id)
        self._deals.say(deal, "released", row["amount"])

    def _go_on(self, deal: Deal, _: int) -> None:
        """After a payment: fund what is left, or end hourly work that is paid."""
        if deal.project["frontend_status"] != "work_in_progress":
            return
        rows = self._deals.milestones(deal)
        left = deal.agreed - sum(row["amount"] for row in rows)
        if left > 0:
            last = "Tahap terakhir" if deal.project["language"] == "id" else "The rest"
            self._market.milestones.create(deal.client["id"], deal.bid["id"], left, last)
            self._deals.say(deal, "rest", left)
        elif all(row["status"] == "cleared" for row in rows):
            self._market.postings.end(deal.client["id"], deal.project["id"])

    def _review(self, deal: Deal, project_id: int) -> None:
        stars = 5 if deal.random.random() < 0.8 else 4
        draft = ReviewDraft(
            project_id=project_id,
            to_id=deal.bid["bidder_id"],
            role="freelancer",
            comment=deal.voice.say(f"review_{stars}"),
            ratings=tuple((name, stars) for name in FREELANCER_RATINGS),
            on_budget=True,
            on_time=True,
        )
        self._market.reviews.post(deal.client["id"], draft)
