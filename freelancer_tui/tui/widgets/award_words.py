"""Award words: what a placed bid brings, costs and waits for, in sentences."""

from datetime import datetime
from typing import Final, Literal

from freelancer_tui import wording
from freelancer_tui.domain.awards import Prospect
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.lines import Span

BidVerb = Literal["withdraw", "accept", "decline"]
_DONE: Final[dict[BidVerb, str]] = {
    "withdraw": N_("Queued: the bid is withdrawn as soon as there is a line. t takes it back."),
    "accept": N_("Queued: the award is accepted as soon as there is a line. t takes it back."),
    "decline": N_("Queued: the award is declined as soon as there is a line. t takes it back."),
}


def told(view: ProposalView, prospect: Prospect, clock: Clock) -> list[Span]:
    """Tell all that matters where a bid stands, a sentence each, with a tone."""
    match view.standing:
        case "awarded":
            return [*_until(prospect, clock), (_cost(prospect, clock), ""), *_funding(prospect)]
        case "accepted":
            return [(_place(prospect), "quiet"), *_funding(prospect)]
        case "placed" | "shortlisted":
            return [(_place(prospect), "")]  # what is left of the price stands beside it
        case _:
            return [(_place(prospect), "quiet")]


def question(verb: BidVerb, view: ProposalView, prospect: Prospect | None) -> str:
    """Ask before what cannot be taken back once it is sent, and say what it costs."""
    match verb:
        case "withdraw":
            return _("Withdraw this bid? Once it is sent, it cannot be taken back.")
        case "decline":
            return _("Decline this award? The client gets word; it can look bad on your profile.")
        case "accept":
            if prospect is None:
                return _("Accept this award?")
            asked = _("Accept? The marketplace keeps {fee} at once, also if the client vanishes.")
            if prospect.is_hourly:
                asked = _("Accept? The marketplace keeps {fee} of each hour that is paid.")
            words = asked.format(fee=_both(prospect.charge.fee, prospect.fee_own))
            if not prospect.escrow.is_funded:
                words += " " + _("Nothing is funded yet.")
            return words


def done(verb: BidVerb) -> str:
    """Say that it is on its way."""
    return _(_DONE[verb])


def _until(prospect: Prospect, clock: Clock) -> list[Span]:
    if prospect.accept_by is None:
        return [(_("The marketplace does not tell until when you can accept."), "quiet")]
    moment = wording.moment(prospect.accept_by, clock.zone)
    now: datetime = clock.now()
    if prospect.accept_by <= now:
        return [(_("! The time to accept ended on {moment}.").format(moment=moment), "bad")]
    span = wording.left(prospect.accept_by, now)
    words = _("Accept by {moment} ({span} left), or the award lapses.")
    return [(words.format(moment=moment, span=span), "warn")]


def _cost(prospect: Prospect, clock: Clock) -> str:
    """Say what accepting costs and leaves, and by which rule and rates."""
    charge = prospect.charge
    words = _("Accepting costs {fee} (rule of {day}); {net} is left.")
    if prospect.is_hourly:
        words = _("Of each hour {fee} is kept (rule of {day}); {net} is left.")
    words = words.format(
        fee=_both(charge.fee, prospect.fee_own),
        day=invoice_words.day(prospect.fees_as_of),
        net=_both(charge.net, prospect.net_own),
    )
    if charge.is_least:
        words += " " + _("That is the least it keeps.")
    if charge.is_rough:
        words += " " + _("It may keep more: no rate tells its least in this currency.")
    return " ".join(filter(None, (words, _dated(prospect, clock))))


def _dated(prospect: Prospect, clock: Clock) -> str:
    """Say of when the rates are, where any was used."""
    if prospect.net_own is None or prospect.rates_at is None:
        return ""
    day = wording.day(prospect.rates_at, clock.zone)
    return _("Rates of {day}.").format(day=day)


def _funding(prospect: Prospect) -> list[Span]:
    escrow = prospect.escrow
    if not escrow.is_funded:
        words = _("! Nothing is funded: no milestone is held for this job, so no pay is sure.")
        if escrow.asked.minor:
            words += " " + _("You asked for {amount}.").format(amount=wording.money(escrow.asked))
        return [(words, "bad")]
    held, released = wording.money(escrow.held), wording.money(escrow.released)
    words = _("Funded: {held} held, {released} paid out.").format(held=held, released=released)
    return [(words, "good")]


def _place(prospect: Prospect) -> str:
    """Say how the bid stands among the others, as far as the marketplace tells."""
    parts = []
    if prospect.rank is not None:
        rank, count = number(prospect.rank), number(prospect.bid_count)
        parts.append(_("Rank {rank} of {count}").format(rank=rank, count=count))
    else:
        told = ngettext(
            "{count} bid, no rank told", "{count} bids, no rank told", prospect.bid_count
        )
        parts.append(told.format(count=number(prospect.bid_count)))
    if prospect.average is not None:
        average = wording.money(prospect.average)
        parts.append(_("average bid {average}").format(average=average))
    return " · ".join(parts) + "."


def _both(amount: Money, own: Money | None) -> str:
    """Write an amount, and beside it what it is in the user's own currency."""
    return f"{wording.money(amount)} (≈ {wording.money(own)})" if own else wording.money(amount)
