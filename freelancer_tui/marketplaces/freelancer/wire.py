"""Wire: the shapes of the marketplace's answers, each beside its public documentation page.

Pages are named as under https://developers.freelancer.com/docs/. Everything but ids may be
missing or null. Rows of a list stay undecoded here, so that one bad row spoils no page. The
decoders are lax: `7.0` and `"7"` are read as 7, because the sources differ on some numbers.
"""

from decimal import Decimal
from typing import Annotated, Any

import msgspec

Rows = dict[str, msgspec.Raw] | list[msgspec.Raw] | None
"""A collection: a map by id, a list, or nothing, whichever the marketplace chose to send."""
Listed = Rows | msgspec.UnsetType
"""The collection that was asked for: an answer that lacks it altogether is no empty list."""
Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Count = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]


class OnlyId(msgspec.Struct):
    """What is asked of a row that cannot be read otherwise."""

    id: Id


class Currency(msgspec.Struct):
    """docs/projects/projects: the currency object."""

    id: Count | None = None
    code: str | None = None
    name: str | None = None
    sign: str | None = None
    exchange_rate: Decimal | None = None


class Category(msgspec.Struct):
    """docs/projects/jobs: the category of a job."""

    name: str | None = None


class Job(msgspec.Struct):
    """docs/projects/jobs: a skill, which the wire calls a job."""

    id: Id
    name: str | None = None
    category: Category | None = None


class Budget(msgspec.Struct):
    """docs/projects/projects: the budget object."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    project_type: str | None = None
    currency_id: Count | None = None


class BidStats(msgspec.Struct):
    """docs/projects/projects: bid statistics."""

    bid_count: Count | None = None
    bid_avg: Decimal | None = None


class Country(msgspec.Struct):
    """docs/users/authenticated-users: a country inside a location."""

    name: str | None = None
    code: str | None = None


class Location(msgspec.Struct):
    """docs/users/authenticated-users: where somebody or some work is."""

    country: Country | None = None
    city: str | None = None


class OwnerInfo(msgspec.Struct):
    """docs/projects/projects: the `owner_info` projection."""

    id: Count | None = None


class Project(msgspec.Struct):
    """docs/projects/projects: the project object."""

    id: Id
    owner_id: Count | None = None
    owner_info: OwnerInfo | None = None
    title: str | None = None
    seo_url: str | None = None
    status: str | None = None
    frontend_project_status: str | None = None
    type: str | None = None
    description: str | None = None
    preview_description: str | None = None
    budget: Budget | None = None
    currency: Currency | None = None
    bid_stats: BidStats | None = None
    bidperiod: Count | None = None
    jobs: list[Job] | None = None
    upgrades: dict[str, msgspec.Raw] | None = None
    time_submitted: Decimal | None = None
    submitdate: Decimal | None = None
    time_updated: Decimal | None = None
    language: str | None = None
    location: Location | None = None
    featured: bool | None = None
    urgent: bool | None = None
    nonpublic: bool | None = None
    local: bool | None = None
    hireme: bool | None = None
    deleted: bool | None = None


class ProjectList(msgspec.Struct):
    """docs/projects/projects: what searches and lists answer."""

    projects: Listed = msgspec.UNSET
    total_count: Count | None = None
    users: Rows = None


class History(msgspec.Struct):
    """docs/users/authenticated-users: what a reputation counts over a time."""

    overall: Decimal | None = None
    reviews: Count | None = None
    complete: Count | None = None
    completion_rate: Decimal | None = None
    category_ratings: dict[str, Decimal | None] | list[msgspec.Raw] | None = None
    """An empty one may come as a list."""


class Reputation(msgspec.Struct):
    """docs/users/authenticated-users: the reputation object."""

    entire_history: History | None = None


class UserStatus(msgspec.Struct):
    """docs/users/authenticated-users: what the marketplace verified."""

    payment_verified: bool | None = None
    email_verified: bool | None = None
    identity_verified: bool | None = None


class Timezone(msgspec.Struct):
    """docs/users/authenticated-users: the time zone object."""

    timezone: str | None = None


class Balances(msgspec.Struct):
    """docs/users/authenticated-users: the `balance_details` projection."""

    bids_remaining: Count | None = None


class Membership(msgspec.Struct):
    """docs/users/authenticated-users: the `membership_details` projection."""

    bid_limit: Count | None = None


class User(msgspec.Struct):
    """docs/users/authenticated-users: the user object."""

    id: Id
    username: str | None = None
    display_name: str | None = None
    public_name: str | None = None
    location: Location | None = None
    timezone: Timezone | None = None
    registration_date: Decimal | None = None
    status: UserStatus | None = None
    reputation: Reputation | None = None
    employer_reputation: Reputation | None = None
    jobs: list[Job] | None = None
    account_balances: Balances | None = None
    membership_package: Membership | None = None


class CurrencyList(msgspec.Struct):
    """docs/projects/projects: what `currencies/` answers."""

    currencies: Listed = msgspec.UNSET


class Bid(msgspec.Struct):
    """docs/projects/bids: the bid object."""

    id: Id
    project_id: Id | None = None
    bidder_id: Id | None = None
    amount: Decimal | None = None
    period: Count | None = None
    description: str | None = None
    retracted: bool | None = None
    award_status: str | None = None
    frontend_bid_status: str | None = None
    complete_status: str | None = None
    time_submitted: Decimal | None = None
    submitdate: Decimal | None = None
    time_awarded: Decimal | None = None
    time_accepted: Decimal | None = None
    shortlisted: bool | None = None
    paid_amount: Decimal | None = None
    bid_rank: Any = None
    new_bid_rank: Any = None
    """Named by two sources; nobody wrote down what they look like."""


class BidList(msgspec.Struct):
    """docs/projects/bids: what `bids/` answers."""

    bids: Listed = msgspec.UNSET
    users: Rows = None
    projects: Rows = None


class Context(msgspec.Struct):
    """docs/messaging/threads: what a thread is about."""

    type: str | None = None
    id: Count | None = None


class Attachment(msgspec.Struct):
    """docs/messaging/messaging: a file that came with a message; not all hosts tell its size."""

    filename: str | None = None
    size: Count | None = None
    content_type: str | None = None


class Message(msgspec.Struct):
    """docs/messaging/messaging: the message object."""

    id: Id
    thread_id: Count | None = None
    from_user: Count | None = None
    from_user_id: Count | None = None
    message: str | None = None
    time_created: Decimal | None = None
    client_message_id: int | str | None = None
    attachments: list[Attachment] | None = None


class MessageList(msgspec.Struct):
    """docs/messaging/messaging: what `messages/` answers."""

    messages: Listed = msgspec.UNSET
    unfiltered_count: Count | None = None
    users: Rows = None


class LastMessage(msgspec.Struct):
    """docs/messaging/threads: the `last_message` projection."""

    from_user: Count | None = None
    from_user_id: Count | None = None
    message: str | None = None
    time_created: Decimal | None = None


class InnerThread(msgspec.Struct):
    """docs/messaging/threads: the thread inside a thread item."""

    id: Count | None = None
    context: Context | None = None
    members: list[Count] | None = None
    time_created: Decimal | None = None
    message: LastMessage | None = None


class ThreadItem(msgspec.Struct):
    """docs/messaging/threads: one user's view of a thread."""

    id: Count | None = None
    thread: InnerThread | None = None
    is_read: bool | None = None
    is_muted: bool | None = None
    time_updated: Decimal | None = None
    message_unread_count: Count | None = None


class ThreadList(msgspec.Struct):
    """docs/messaging/threads: what `threads/` answers."""

    threads: Listed = msgspec.UNSET
    users: Rows = None


class MilestoneRequest(msgspec.Struct):
    """docs/projects/milestones: a freelancer's wish for a milestone."""

    id: Id | None = None
    project_id: Id | None = None
    bid_id: Count | None = None
    bidder_id: Count | None = None
    amount: Decimal | None = None
    description: str | None = None
    currency: Currency | None = None
    status: str | None = None
    time_requested: Decimal | None = None


class RequestList(msgspec.Struct):
    """docs/projects/milestones: what `milestone_requests/` answers."""

    milestone_requests: Listed = msgspec.UNSET
    users: Rows = None


class Milestone(msgspec.Struct):
    """docs/projects/milestones: the milestone object; official answers have no `id`."""

    transaction_id: Id | None = None
    id: Id | None = None
    project_id: Id | None = None
    bid_id: Count | None = None
    bidder_id: Count | None = None
    amount: Decimal | None = None
    currency: Currency | None = None
    reason: int | str | None = None
    other_reason: str | None = None
    status: str | None = None
    time_created: Decimal | None = None


class MilestoneList(msgspec.Struct):
    """docs/projects/milestones: what `milestones/` answers."""

    milestones: Listed = msgspec.UNSET
    users: Rows = None


class PlacedBid(msgspec.Struct):
    """docs/projects/bids: as much of the answer to a new bid as a receipt needs."""

    id: Id
    project_id: Count | None = None
    time_submitted: Decimal | None = None
    submitdate: Decimal | None = None


class SentMessage(msgspec.Struct):
    """docs/messaging/messaging: as much of the answer to a new message as a receipt needs."""

    id: Id
    thread_id: Count | None = None
    time_created: Decimal | None = None
