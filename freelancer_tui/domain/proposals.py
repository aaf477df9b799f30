"""Proposals: what we offer, before and after the marketplace has it as a bid."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from freelancer_tui.domain.briefs import Brief
from freelancer_tui.domain.contacts import email_in, reach_in
from freelancer_tui.domain.intents import OutboxEntry, Terms
from freelancer_tui.domain.money import Money, named_currency
from freelancer_tui.domain.plans import LEAST_SHARE, read_plan
from freelancer_tui.domain.projects import Budget, ProjectStatus, ProjectSummary
from freelancer_tui.domain.templates import open_holes

ProposalState = Literal["draft", "queued", "placed", "refused", "withdrawn"]
"""What we know of our own sheet."""
Standing = Literal[
    "draft",
    "queued",
    "placed",
    "refused",
    "withdrawn",
    "shortlisted",
    "awarded",
    "accepted",
    "declined",
    "lost",
]
"""Where a proposal stands for the user: our state, overlaid by the marketplace's bid."""
AwardStatus = Literal["pending", "awarded", "rejected", "revoked", "canceled"]
ConflictKind = Literal["placed_elsewhere", "edited_elsewhere", "project_changed", "two_windows"]
"""What another hand did to a proposal, or to the job that it answers."""

MINIMUM_LETTERS = 100
"""Shorter texts are answered with an error (live report in the wire reference, section 9)."""
COMMON_LETTERS = 1500
"""Where the marketplace's own editor stops; its API takes longer texts (same section)."""
FIRST_LETTERS = 100
"""How much of a text a list of many shows first: told of jobs, of bids no source tells it."""
MOST_DAYS = 999


@dataclass(frozen=True, slots=True)
class Proposal:
    """Our offer for one project: text, price and days."""

    id: str
    project_remote_id: int
    currency: str
    """The project's; the price is in it."""
    text: str = ""
    price: Money | None = None
    days: int | None = None
    unread_price: str = ""
    """What was typed as a price and could not be read; kept, so that it is not lost."""
    unread_days: str = ""
    state: ProposalState = "draft"
    bid_remote_id: int | None = None
    refusal_code: str = ""
    refusal: str = ""
    """Why the marketplace said no, in its words, or what else it has in this one's place."""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    revision: int = 0
    """Grows each time that its words or numbers change: by it a window sees another's hand."""
    brief: Brief | None = None
    """The job as it was when the user began to write, or last looked at what changed."""
    placed: Terms | None = None
    """What the marketplace had of it, as far as we last knew."""
    plan: str = ""
    """Planned milestones as typed, one a line; `domain.plans` reads them."""
    template_id: str = ""
    template_name: str = ""
    """The template that it began from; the name stays when the template is deleted or renamed."""
    holes: tuple[str, ...] = ()
    """Variables that nobody could fill when a template or snippet was put in."""

    @property
    def has_change(self) -> bool:
        """True while a placed one says other things here than what the marketplace has."""
        there = self.placed
        if self.state != "placed" or there is None:
            return False
        mine = (self.price, self.days, self.text.strip())
        return mine != (there.amount, there.days, there.text.strip())


@dataclass(frozen=True, slots=True)
class Bid:
    """The marketplace's record of a placed proposal."""

    remote_id: int
    project_remote_id: int
    bidder_id: int
    amount: Money
    days: int
    text: str
    submitted_at: datetime
    retracted: bool = False
    award_status: AwardStatus | None = None
    awarded_at: datetime | None = None
    accepted_at: datetime | None = None
    shortlisted: bool = False
    complete: bool = False
    paid: Money | None = None
    rank: int | None = None
    """Its place among all bids on the job, where the marketplace tells."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as a list shows it: our sheet, overlaid with what the marketplace says."""

    proposal: Proposal
    standing: Standing
    project: ProjectSummary | None = None
    """None when the cache was rebuilt and the project has not come back yet."""
    bid: Bid | None = None
    entry: OutboxEntry | None = None
    """The outbox entry that carries it, while one is live or refused."""
    conflict: ConflictKind | None = None
    """What the user has to settle before anything of it is sent."""

    @property
    def offered(self) -> Proposal:
        """The sheet as the client has it: a bid's price, days and words can be other than ours."""
        if self.bid is None:
            return self.proposal
        return replace(
            self.proposal,
            price=self.bid.amount,
            days=self.bid.days,
            text=self.bid.text or self.proposal.text,
        )


Problem = Literal[
    "text_short",
    "text_long",
    "text_email",
    "text_reach",
    "text_holes",
    "price_missing",
    "price_currency",
    "price_zero",
    "days_missing",
    "days_range",
    "price_below_budget",
    "price_above_budget",
    "plan_unread",
    "plan_sum",
    "plan_share",
    "project_closed",
    "bids_left",
]
"""What a submit could stumble over; `wording` says it in the user's language."""
ADVICE: frozenset[Problem] = frozenset(
    {"text_long", "text_reach", "price_below_budget", "price_above_budget", "bids_left"}
)
"""Problems that are worth a look but do not stop a submit."""


def problems(
    proposal: Proposal,
    budget: Budget | None,
    status: ProjectStatus | None,
    bids_left: int | None = None,
) -> list[Problem]:
    """List what the marketplace or the client could object to; an empty list may be submitted."""
    found: list[Problem] = []
    if status not in (None, "open"):
        found.append("project_closed")
    if bids_left is not None and bids_left <= 0:
        found.append("bids_left")
    found += _text_problems(proposal)
    found += _price_problems(proposal, budget)
    if proposal.days is None:
        found.append("days_missing")
    elif not 1 <= proposal.days <= MOST_DAYS:
        found.append("days_range")
    return found + _plan_problems(proposal)


def quoted(sheet: Proposal) -> dict[str, object]:
    """Give the words and numbers of a sheet that an objection to it names."""
    return {
        "email": email_in(sheet.text),
        "reach": reach_in(sheet.text),
        "holes": ", ".join(f"{{{name}}}" for name in open_holes(sheet.text, sheet.holes)),
        "currency": sheet.currency,
        "share": read_plan(sheet.plan, sheet.currency).first_share(sheet.price),
        "least": LEAST_SHARE,
    }


def standing(state: ProposalState, bid: Bid | None) -> Standing:
    """Tell where a proposal stands: our own state, unless the marketplace knows more."""
    match state:
        case "draft" | "queued" | "refused" | "withdrawn":
            return state
        case "placed":
            return _standing_of_bid(bid) if bid else "placed"
        case _:
            assert_never(state)


def _standing_of_bid(bid: Bid) -> Standing:
    if bid.retracted:
        return "withdrawn"
    if bid.accepted_at is not None:
        return "accepted"
    match bid.award_status:
        case "awarded":
            return "awarded"
        case "rejected" | "revoked":
            return "lost"
        case "canceled":  # what our own "deny" leaves behind (inferred: nobody has seen one)
            return "declined"
        case "pending" | None:
            return "shortlisted" if bid.shortlisted else "placed"
        case _:
            assert_never(bid.award_status)


def _text_problems(proposal: Proposal) -> list[Problem]:
    found: list[Problem] = []
    letters = len(proposal.text.strip())
    if letters < MINIMUM_LETTERS:
        found.append("text_short")
    if open_holes(proposal.text, proposal.holes):
        found.append("text_holes")
    if email_in(proposal.text):
        found.append("text_email")
    if reach_in(proposal.text):
        found.append("text_reach")
    if letters > COMMON_LETTERS:
        found.append("text_long")
    return found


def _price_problems(proposal: Proposal, budget: Budget | None) -> list[Problem]:
    price = proposal.price
    if price is None:
        named = named_currency(proposal.unread_price)
        return ["price_currency" if named not in (None, proposal.currency) else "price_missing"]
    if price.amount <= 0:
        return ["price_zero"]
    if budget is None:
        return []
    if budget.currency != price.currency:
        return ["price_currency"]
    if budget.minimum is not None and price < budget.minimum:
        return ["price_below_budget"]
    if budget.maximum is not None and budget.maximum < price:
        return ["price_above_budget"]
    return []


def _plan_problems(proposal: Proposal) -> list[Problem]:
    """A plan is the user's own: without one the whole price is one milestone."""
    plan = read_plan(proposal.plan, proposal.currency)
    if not plan.milestones:
        return []
    if not plan.is_read:
        return ["plan_unread"]
    if proposal.price is None or plan.left(proposal.price).minor != 0:
        return ["plan_sum"]
    return ["plan_share"] if plan.first_share(proposal.price) < LEAST_SHARE else []
