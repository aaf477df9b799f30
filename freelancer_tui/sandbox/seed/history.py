"""History: what the freelancers of the seed have lived through before the market opens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from freelancer_tui.sandbox.market.bids import Offer
from freelancer_tui.sandbox.market.events import get_meta, put_meta
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.projects import Listing
from freelancer_tui.sandbox.market.reviews import ReviewDraft
from freelancer_tui.sandbox.market.threads import Context
from freelancer_tui.sandbox.records import EMPLOYER_RATINGS, FREELANCER_RATINGS
from freelancer_tui.sandbox.seed.stories import Step, Story, stories

FOLLOWER: Final = "clients"
"""Under this name the simulated clients keep their place in the market's diary."""
MANY: Final = 10_000
_NOTE: Final = "history"
_BREATH: Final = 70
"""The fewest seconds between two steps when a story has to hurry to end before now."""


def history(market: Market) -> None:
    """Play the stories in a market that has just been opened; a second call does nothing."""
    offset = market.clock_offset
    with market.database.transaction():
        if get_meta(market.database, _NOTE):
            return
        acts = [act for story in stories() for act in _acts(market, story)]
        try:
            for time, stage, step in sorted(acts, key=lambda act: act[0]):
                market.clock_offset += time - market.now()
                stage.act(step)
        finally:
            market.clock_offset = offset
        market.events.move(FOLLOWER, market.database.number("SELECT max(id) FROM events"))
        put_meta(market.database, _NOTE, "told")


def _acts(market: Market, story: Story) -> Iterator[tuple[int, "_Stage", Step]]:
    """Give a story's steps with their times; none if its job is not in this market."""
    people = {row["username"]: row["id"] for row in market.people.named(_names(story))}
    jobs, _ = market.projects.page(Listing(owners=(people.get(story.client, 0),)), None, MANY, 0)
    job = next((row for row in jobs if row["title"] == story.title), None)
    if job is None:
        return
    stage = _Stage(market, people, story, job["id"])
    time, present = job["time_submitted"], market.now()
    for number, step in enumerate(story.steps):
        time = min(time + step.seconds, present - _BREATH * (len(story.steps) - number))
        yield time, stage, step


def _names(story: Story) -> list[str]:
    return sorted({story.client, story.freelancer} | {step.who for step in story.steps})


@dataclass(slots=True)
class _Stage:
    """One story while it is played, through the verbs that everybody has."""

    market: Market
    people: dict[str, int]
    story: Story
    project_id: int
    bids: dict[str, int] = field(default_factory=dict)
    milestone_id: int = 0

    def act(self, step: Step) -> None:
        """Let one thing happen."""
        verbs: dict[str, Callable[[Step], object]] = {
            "bid": self._bid,
            "say": self._say,
            "read": self._read,
            "shortlist": self._shortlist,
            "award": self._award,
            "accept": self._accept,
            "fund": self._fund,
            "request": self._request,
            "ask_release": self._ask_release,
            "release": self._release,
            "review": self._review,
        }
        verbs[step.what](step)

    @property
    def _client(self) -> int:
        return self.people[self.story.client]

    @property
    def _freelancer(self) -> int:
        return self.people[self.story.freelancer]

    def _bid(self, step: Step) -> None:
        amount, days = step.numbers
        offer = Offer(amount * 100, days, step.texts[0])
        bidder = self.people[step.who]
        self.bids[step.who] = self.market.bids.place(bidder, self.project_id, offer)

    def _thread(self) -> int:
        about = Context("project", self.project_id)
        return self.market.threads.open(self._client, [self._freelancer], about)

    def _say(self, step: Step) -> None:
        self.market.messages.post(self.people[step.who], self._thread(), step.texts[0])

    def _read(self, step: Step) -> None:
        self.market.threads.act(self.people[step.who], [self._thread()], "read")

    def _shortlist(self, step: Step) -> None:
        self.market.bids.mark(self._client, self._own_bid, "shortlisted", True)

    def _award(self, step: Step) -> None:
        """Award to the story's freelancer, or to the one who is named."""
        self.market.bids.award(self._client, self.bids.get(step.who) or self._own_bid)

    @property
    def _own_bid(self) -> int:
        return self.bids[self.story.freelancer]

    def _accept(self, step: Step) -> None:
        self.market.bids.accept(self.people[step.who], self.bids[step.who])

    def _fund(self, step: Step) -> None:
        self.milestone_id = self.market.milestones.create(
            self._client, self._own_bid, step.numbers[0] * 100, step.texts[0]
        )

    def _request(self, step: Step) -> None:
        self.market.requests.ask(
            self._freelancer, self._own_bid, step.numbers[0] * 100, step.texts[0]
        )

    def _ask_release(self, step: Step) -> None:
        self.market.milestones.request_release(self._freelancer, self.milestone_id)

    def _release(self, step: Step) -> None:
        self.market.milestones.release(self._client, self.milestone_id)

    def _review(self, step: Step) -> None:
        by_client = step.who == self.story.client
        stars = step.numbers[0]
        names = FREELANCER_RATINGS if by_client else EMPLOYER_RATINGS
        draft = ReviewDraft(
            project_id=self.project_id,
            to_id=self._freelancer if by_client else self._client,
            role="freelancer" if by_client else "employer",
            comment=step.texts[0],
            ratings=tuple((name, stars) for name in names),
            on_budget=True if by_client else None,
            on_time=True if by_client else None,
        )
        self.market.reviews.post(self.people[step.who], draft)
