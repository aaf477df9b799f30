"""Offer words: what an offer comes to, how long its text is, and how its plan adds up."""

from freelancer_tui import wording
from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.plans import Plan, read_plan
from freelancer_tui.domain.proposals import (
    COMMON_LETTERS,
    FIRST_LETTERS,
    MINIMUM_LETTERS,
    ProposalView,
)
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets.invoice_words import about


def budget_of(view: ProposalView) -> str:
    """Say what the client means to spend, for whoever has not named a price."""
    if view.project is None:
        return view.proposal.currency
    budget = wording.budget(view.project.budget, view.project.kind)
    return _("The client's budget: {budget}").format(budget=budget)


def net_of(view: ProposalView, offer: Offering, reckoning: Reckoning, clock: Clock) -> str:
    """Say what is left of the price after the fee, also in the user's own currency."""
    kind = view.project.kind if view.project else "fixed"
    charge = reckoning.charge(offer.price, kind) if offer.price else None
    if charge is None:
        return ""
    words = (
        _("You get {net} an hour (fee {fee})")
        if kind == "hourly"
        else _("You get {net} (fee {fee})")
    )
    told = words.format(net=wording.money(charge.net), fee=wording.money(charge.fee))
    own, at = reckoning.in_own(charge.net), reckoning.rates.at
    if own is None or at is None:
        return told
    return _("{net} ≈ {amount}, rate of {day}").format(
        net=told, amount=wording.money(about(own)), day=wording.short_day(at, clock.zone)
    )


def days_told(words: str, reckoning: Reckoning) -> str:
    """Say how the days were read, and how many bids the marketplace leaves us."""
    left = reckoning.bids_left
    if left is None:
        return words
    told = ngettext("{count} bid left", "{count} bids left", left).format(count=left)
    return f"{words} · {told}" if words else told


def plan_told(offer: Offering, currency: str) -> str:
    """Say how the planned milestones add up to the price."""
    plan = read_plan(offer.plan, currency)
    count = len(plan.milestones)
    if not count:
        return _("One milestone for the whole price")
    told = ngettext("{count} milestone", "{count} milestones", count).format(count=count)
    return f"{told} · {_sum(plan, offer)}"


def _sum(plan: Plan, offer: Offering) -> str:
    unread = [str(place) for place, one in enumerate(plan.milestones, 1) if one.amount is None]
    if unread:
        return _("no amount in line {lines}").format(lines=", ".join(unread))
    total = wording.money(plan.total)
    if offer.price is None:
        return total
    left = plan.left(offer.price)
    if left.minor > 0:
        return _("{total}, {left} still to plan").format(total=total, left=wording.money(left))
    if left.minor < 0:
        over = wording.money(plan.total - offer.price)
        return _("{total}, {over} more than the price").format(total=total, over=over)
    share = plan.first_share(offer.price)
    return _("{total}: all of it, the first is {share} %").format(total=total, share=share)


def count_told(text: str) -> str:
    """Say how long a text is, against what the marketplace takes and what a list shows of it."""
    letters, counted = len(text.strip()), wording.words(text)
    if letters < MINIMUM_LETTERS:
        least = _("{letters} of at least {least} characters")
        return f"{least.format(letters=letters, least=MINIMUM_LETTERS)} · {counted}"
    told = _("{letters} of {most} characters").format(
        letters=number(letters), most=number(COMMON_LETTERS)
    )
    first = _("underlined ≈ seen first") if letters > FIRST_LETTERS else ""
    return " · ".join(filter(None, (told, counted, first)))
