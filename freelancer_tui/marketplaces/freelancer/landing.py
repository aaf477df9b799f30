"""Landing: pure; how an intent is recognised among what is there, and with what certainty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from freelancer_tui.domain.attachments import Attachment, Upload
from freelancer_tui.domain.intents import (
    BidAction,
    DeclineAward,
    EditBid,
    PlaceBid,
    Receipt,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Sighting,
    Terms,
)
from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.milestones import MilestoneRequest
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.errors import Refused, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import listings, refusals
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import LIMIT
from freelancer_tui.marketplaces.freelancer.translate import comparable


def bid(intent: PlaceBid, bidder_id: int, listing: Listing) -> Receipt | None:
    """Give the receipt of our bid on the project, whether or not it says what we meant.

    A user has one bid on a project. A withdrawn one counts only where it is word for word
    ours: then it landed, and was withdrawn by hand since.
    """
    mine = [
        fact
        for fact in listing.facts
        if isinstance(fact, Bid)
        and fact.bidder_id == bidder_id
        and fact.project_remote_id == intent.project_remote_id
        and fact.remote_id > intent.newer_than
    ]
    for one in sorted(mine, key=lambda one: (one.retracted, -one.remote_id)):
        found = None if _says(one, intent.mine) else _terms(one)
        if not (one.retracted and found):
            return Receipt(one.remote_id, one.submitted_at, found)
    return None


def edit(intent: EditBid, listing: Listing, at: datetime) -> Sighting:
    """Tell whether a bid says what we meant, what it said before, or a third thing."""
    there = named(intent.bid_remote_id, listing)
    if there is None or there.retracted:
        raise _no("NOT_FOUND" if there is None else "BID_RETRACTED")
    if _says(there, intent.mine):
        return Sighting(Receipt(there.remote_id, at), at)
    if _says(there, intent.base):
        return Sighting(None, at, proves_absence=True)
    return Sighting(None, at, found=_terms(there))


def named(bid_remote_id: int, listing: Listing) -> Bid | None:
    """Give a bid by its id; None where it surely is not there."""
    bids = (fact for fact in listing.facts if isinstance(fact, Bid))
    there = next((bid for bid in bids if bid.remote_id == bid_remote_id), None)
    if there is None and not is_all(listing):
        raise WireMismatch(_("The bid cannot be read."))
    return there


def action(intent: BidAction, there: Bid | None, at: datetime) -> Sighting:
    """Tell whether a bid shows that an action was done; Refused where it cannot be any more.

    A bid that is on no list may be withdrawn or only not listed: whoever is told to withdraw
    it knows.
    """
    if there is None and not isinstance(intent, RetractBid):
        raise _no("NOT_FOUND")
    if there is not None and _is_done(intent, there):
        return Sighting(Receipt(there.remote_id, at), at)
    if there is not None and (code := _obstacle(intent, there)):
        raise _no(code)
    return Sighting(None, at, proves_absence=True)


def wish(intent: RequestMilestone, watermark: int | None, listing: Listing) -> Receipt | None:
    """Give the receipt of our wish for a milestone, known by its mark; None when it is not here."""
    mine = [
        fact
        for fact in listing.facts
        if isinstance(fact, MilestoneRequest)
        and fact.remote_id > (watermark or 0)
        and fact.bid_remote_id in (None, intent.bid_remote_id)
        and intent.mark in fact.text
    ]
    oldest = min(mine, key=lambda one: one.remote_id, default=None)
    return Receipt(oldest.remote_id, oldest.requested_at) if oldest else None


def is_all(listing: Listing) -> bool:
    """Tell whether an answer surely holds everything that was asked for."""
    return listing.whole and len(listing.rows) < LIMIT


def message_ids(raw: msgspec.Raw) -> list[int]:
    """Give the ids of some messages, readable or not."""
    return [row.id for row in listings.messages(raw, 0).rows if row.id is not None]


@dataclass(frozen=True, slots=True)
class Look:
    """What one page of a thread says about a message of ours."""

    receipt: Receipt | None
    ended: bool
    """True when no later page can hold it."""
    rows: int
    newer: frozenset[int]
    """The messages that came after its try; any of them could have been it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message of ours that may have landed."""

    intent: SendMessage
    me: int
    watermark: int | None
    """The highest id there just before it was sent; None where nobody looked."""

    def look(self, raw: msgspec.Raw) -> Look:
        """Look for it in a page of its thread; the newest stand first."""
        listing = listings.messages(raw, self.intent.thread_remote_id)
        found = [fact for fact in listing.facts if isinstance(fact, Message) and self.fits(fact)]
        ids = [row.id for row in listing.rows if row.id is not None]
        past = bool(ids) and self.watermark is not None and _descends(ids)
        ended = len(listing.rows) < LIMIT or (past and ids[-1] <= (self.watermark or 0))
        oldest = min(found, key=lambda one: (not self._echoes(one), one.remote_id), default=None)
        receipt = Receipt(oldest.remote_id, oldest.sent_at) if oldest else None
        newer = frozenset(one for one in ids if one > (self.watermark or 0))
        return Look(receipt, ended, len(listing.rows), newer)

    def fits(self, one: Message) -> bool:
        """Tell whether a message is ours: by its echoed mark, else by all that we know of it."""
        if one.from_id != self.me or one.thread_remote_id != self.intent.thread_remote_id:
            return False
        if one.client_message_id and self.intent.client_message_id:
            return self._echoes(one)
        if self.watermark is None or one.remote_id <= self.watermark:
            return False
        said = comparable(one.text) == comparable(self.intent.text)
        return said and _same_files(self.intent.uploads, one.attachments)

    def _echoes(self, one: Message) -> bool:
        return bool(one.client_message_id) and _digits(one.client_message_id) == _digits(
            self.intent.client_message_id
        )


def _is_done(intent: BidAction, there: Bid) -> bool:
    if isinstance(intent, RetractBid) or there.retracted:
        return there.retracted and isinstance(intent, RetractBid)
    if isinstance(intent, DeclineAward):
        return there.award_status == "canceled"
    return there.accepted_at is not None


def _obstacle(intent: BidAction, there: Bid) -> str:
    """Give the code of what makes an undone action impossible; empty where nothing does."""
    if there.accepted_at is not None:
        return "BID_ALREADY_ACCEPTED"
    if isinstance(intent, RetractBid):
        return ""
    if there.retracted:
        return "BID_RETRACTED"
    if intent.awarded_at and there.awarded_at not in (None, intent.awarded_at):
        return "AWARD_RENEWED"
    match there.award_status:
        case "awarded":
            return ""
        case "rejected":
            return "AWARD_LOST"
        case "canceled":
            return "AWARD_DECLINED"
        case _:
            return "AWARD_GONE"


def _no(code: str) -> Refused:
    return Refused(code, refusals.reason(code, ""))


def _says(there: Bid, terms: Terms) -> bool:
    return (
        there.amount == terms.amount
        and there.days == terms.days
        and comparable(there.text) == comparable(terms.text)
    )


def _terms(there: Bid) -> Terms:
    return Terms(there.amount, there.days, there.text)


def _same_files(ours: Iterable[Upload], theirs: Iterable[Attachment]) -> bool:
    """Tell whether files are the same by name, and by size where the marketplace tells it."""
    mine = sorted((_name(one.name), one.size) for one in ours)
    there = sorted(((_name(one.name), one.size) for one in theirs), key=lambda one: one[0])
    return [name for name, _size in mine] == [name for name, _size in there] and all(
        told in (None, size) for (_, size), (_, told) in zip(mine, there, strict=True)
    )


def _name(name: str) -> str:
    """Give a file name as it compares: a form writes a quotation mark as `%22`."""
    return comparable(name).replace('"', "%22")


def _descends(ids: list[int]) -> bool:
    return ids[0] >= ids[-1]


def _digits(mark: str) -> str:
    return mark.strip().lstrip("0")
