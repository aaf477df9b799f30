"""Intents: what the user wants done on the marketplace, and how far each came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class Terms:
    """What a bid says: the price, the days and the words."""

    amount: Money
    days: int
    text: str


@dataclass(frozen=True, slots=True)
class PlaceBid:
    """Offer to do a project."""

    project_remote_id: int
    amount: Money
    days: int
    text: str
    milestone_percentage: int = 100
    """The first milestone's share, 20 to 100."""
    newer_than: int = 0
    """The id of an earlier bid of ours there, withdrawn since: only a newer one can be this."""

    @property
    def mine(self) -> Terms:
        """What it is to say."""
        return Terms(self.amount, self.days, self.text)


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Say something in a thread."""

    thread_remote_id: int
    text: str
    client_message_id: str
    """At most 15 decimal digits, unique for this user: the marketplace may echo it."""
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class EditBid:
    """Change a bid that is there, unless somebody else changed it since."""

    bid_remote_id: int
    project_remote_id: int
    amount: Money
    days: int
    text: str
    base_amount: Money
    base_days: int
    base_text: str
    """What the bid said when the user began to change it."""
    milestone_percentage: int | None = None
    """The first milestone's share; None leaves it. It travels along, it is no change by itself:
    no list tells it."""

    @property
    def mine(self) -> Terms:
        """What it is to say."""
        return Terms(self.amount, self.days, self.text)

    @property
    def base(self) -> Terms:
        """What it said before."""
        return Terms(self.base_amount, self.base_days, self.base_text)

    def over(self, there: Terms) -> "EditBid":
        """Give the same change on top of what is there now."""
        return replace(self, base_amount=there.amount, base_days=there.days, base_text=there.text)


@dataclass(frozen=True, slots=True)
class RetractBid:
    """Withdraw a bid that is there."""

    bid_remote_id: int
    project_remote_id: int


@dataclass(frozen=True, slots=True)
class AcceptAward:
    """Take the work that a client offers on a bid."""

    bid_remote_id: int
    project_remote_id: int
    awarded_at: datetime | None = None
    """When the award was given that this answers; None: the marketplace does not say.

    A client who awards the work again gives another award, which this does not answer.
    """


@dataclass(frozen=True, slots=True)
class DeclineAward:
    """Refuse the work that a client offers on a bid."""

    bid_remote_id: int
    project_remote_id: int
    awarded_at: datetime | None = None
    """As of an `AcceptAward`."""


@dataclass(frozen=True, slots=True)
class RequestMilestone:
    """Ask the client to fund part of the work."""

    project_remote_id: int
    bid_remote_id: int | None
    """None while the bid itself still waits to be placed."""
    amount: Money
    text: str
    mark: str
    """A few letters that no other request of the user's has: by them it is recognised there."""

    @property
    def marked_text(self) -> str:
        """The words as they travel."""
        return f"{self.text} (ref {self.mark})"


@dataclass(frozen=True, slots=True)
class AskRelease:
    """Ask the client to pay out what is held in a milestone."""

    remote_id: int
    """The milestone's."""
    project_remote_id: int
    amount: Money
    text: str
    """What the milestone is for; it does not travel, the user reads it in the outbox."""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Take back a request for money that the client has not answered."""

    remote_id: int
    """The request's."""
    project_remote_id: int
    amount: Money
    text: str
    """As of an `AskRelease`."""


BidAction = RetractBid | AcceptAward | DeclineAward
"""What has no words of its own: the bid itself shows whether it was done."""
EscrowAction = AskRelease | WithdrawRequest
"""The same of money: the milestone, or the request for one, shows whether it was done."""
Intent = PlaceBid | SendMessage | EditBid | RequestMilestone | BidAction | EscrowAction
IntentName = Literal[
    "place_bid",
    "send_message",
    "edit_bid",
    "request_milestone",
    "retract_bid",
    "accept_award",
    "decline_award",
    "ask_release",
    "withdraw_request",
]
_NAMES: Final[Mapping[type[Intent], IntentName]] = {
    PlaceBid: "place_bid",
    SendMessage: "send_message",
    EditBid: "edit_bid",
    RequestMilestone: "request_milestone",
    RetractBid: "retract_bid",
    AcceptAward: "accept_award",
    DeclineAward: "decline_award",
    AskRelease: "ask_release",
    WithdrawRequest: "withdraw_request",
}
OutboxState = Literal["queued", "sending", "doubtful", "refused", "sent"]
LIVE: tuple[OutboxState, ...] = ("queued", "sending", "doubtful")
"""States in which an entry can still change something on the marketplace."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An intent and how far it came."""

    id: str
    intent: Intent
    subject_id: str
    """The proposal that it carries, or the entry's own id."""
    entity: str
    """Entries of one entity (`project:12`, `thread:34`) go out one at a time, in order."""
    about: str
    """What it is about, in words: a project's title, a person's name."""
    state: OutboxState
    queued_at: datetime
    attempts: int = 0
    next_try_at: datetime | None = None
    """Not before this time; None means as soon as there is a turn."""
    watermark: int | None = None
    """The highest id there just before the last attempt: only newer ones can be ours."""
    looked_first_at: datetime | None = None
    """The marketplace's own time at the first look that did not find it."""
    asks: bool = False
    """True when looking cannot tell and the user has to decide."""
    reason_code: str = ""
    reason: str = ""
    remote_id: int | None = None
    after: str | None = None
    """The id of an entry that has to be sent before this one can start."""
    found: Terms | None = None
    """What another hand put there in its place: theirs, beside the intent's mine and base."""
    looked_at: datetime | None = None
    """The marketplace's own time at the last look that did not find it."""
    looked_among: int | None = None
    """How many things newer than its try that look went through."""

    @property
    def name(self) -> IntentName:
        """The kind of intent, as the command line and the log write it."""
        return _NAMES[type(self.intent)]

    @property
    def can_be_edited(self) -> bool:
        """True when there is a sheet or a reply that its words can go back to."""
        return isinstance(self.intent, PlaceBid | SendMessage)

    @property
    def may_double(self) -> bool:
        """True when sending it again can put it there twice: of bids a job takes one alone."""
        return self.asks and isinstance(self.intent, SendMessage | RequestMilestone)

    @property
    def is_under_way(self) -> bool:
        """True while it may be on the marketplace already, and a sync is to find out."""
        return self.state == "sending" or (self.state == "doubtful" and not self.asks)

    @property
    def needs_user(self) -> bool:
        """True when nothing more happens until the user decides."""
        return self.state == "refused" or self.asks


PARENT_REFUSED: Final = "parent_refused"
"""The reason code of an entry that waited for another which was never sent."""


def orphaned(entry: OutboxEntry, reason: str) -> OutboxEntry:
    """Give an entry as it ends when what it waits for will not be sent."""
    return replace(
        entry, state="refused", next_try_at=None, reason_code=PARENT_REFUSED, reason=reason
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """The marketplace's word that an intent landed."""

    remote_id: int
    at: datetime
    found: Terms | None = None
    """What is there, where that is not what this intent would have put there."""

    @property
    def differs(self) -> bool:
        """True when something else of the user's stands in this one's place."""
        return self.found is not None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look for an intent brought: its receipt if it is there, and when we looked."""

    receipt: Receipt | None
    at: datetime
    """The marketplace's own clock (`Date` header), never ours."""
    proves_absence: bool = False
    """True when not finding it proves that it is not there, so sending again is safe."""
    found: Terms | None = None
    """What is there instead: neither what was meant nor what was there before."""
    among: int | None = None
    """How many newer things were looked through; None where that says nothing."""
