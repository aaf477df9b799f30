"""Factories: values with defaults, of which a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.intents import OutboxEntry, PlaceBid, SendMessage
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Budget, Project, Skill
from freelancer_tui.domain.proposals import Bid, Proposal

NOW: Final = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ME: Final = 700
CLIENT: Final = 900


def usd(amount: str) -> Money:
    """Give an amount in US dollars."""
    return Money(Decimal(amount), "USD")


def a_project(remote_id: int = 1, **other: Any) -> Project:
    """Give an open job with a fixed price of 100 to 500 dollars."""
    project = Project(
        remote_id=remote_id,
        title="Build a web shop",
        kind="fixed",
        status="open",
        budget=Budget("USD", usd("100"), usd("500")),
        posted_at=NOW,
        updated_at=NOW,
        owner_id=CLIENT,
        description="I sell batik and need a shop that my customers can use on their phones.",
        preview="I sell batik and need a shop",
        url=f"web-design/Build-web-shop-{remote_id}",
        skills=(Skill(3, "PHP", "Websites, IT & Software"),),
        country="Indonesia",
        language="en",
    )
    return replace(project, **other)


def a_person(remote_id: int = CLIENT, **other: Any) -> Person:
    """Give a client from Makassar."""
    person = Person(
        remote_id=remote_id,
        username=f"person{remote_id}",
        display_name=f"Person {remote_id}",
        country="Indonesia",
        country_code="ID",
        city="Makassar",
        timezone="Asia/Makassar",
    )
    return replace(person, **other)


def a_profile(**other: Any) -> Profile:
    """Give the user's own account."""
    return replace(Profile(a_person(ME), skills=(3,), bids_left=10, bid_limit=15), **other)


def a_currency(**other: Any) -> Currency:
    """Give the US dollar."""
    return replace(Currency(1, "USD", "US Dollar", "$", Decimal(1)), **other)


def a_bid(remote_id: int = 50, **other: Any) -> Bid:
    """Give a bid of the user's on project 1."""
    bid = Bid(
        remote_id=remote_id,
        project_remote_id=1,
        bidder_id=ME,
        amount=usd("250"),
        days=7,
        text="I build shops. " * 10,
        submitted_at=NOW,
    )
    return replace(bid, **other)


def a_thread(remote_id: int = 30, **other: Any) -> Thread:
    """Give a conversation with the client about project 1."""
    thread = Thread(
        remote_id=remote_id,
        updated_at=NOW,
        member_ids=(ME, CLIENT),
        project_remote_id=1,
        last_text="Hello",
        last_from_id=CLIENT,
    )
    return replace(thread, **other)


def a_message(remote_id: int = 300, **other: Any) -> Message:
    """Give a message of the client's in thread 30."""
    message = Message(
        remote_id=remote_id, thread_remote_id=30, from_id=CLIENT, text="Hello", sent_at=NOW
    )
    return replace(message, **other)


def a_milestone(remote_id: int = 80, **other: Any) -> Milestone:
    """Give money that is held for project 1."""
    milestone = Milestone(
        remote_id=remote_id,
        project_remote_id=1,
        bid_remote_id=50,
        bidder_id=ME,
        amount=usd("125"),
        text="First half",
        status="frozen",
        created_at=NOW,
    )
    return replace(milestone, **other)


def a_milestone_request(remote_id: int = 81, **other: Any) -> MilestoneRequest:
    """Give a wish of the user's that money be held for project 1."""
    request = MilestoneRequest(
        remote_id=remote_id,
        project_remote_id=1,
        bid_remote_id=50,
        bidder_id=ME,
        amount=usd("125"),
        text="Second half",
        status="pending",
        requested_at=NOW,
    )
    return replace(request, **other)


def a_proposal(proposal_id: str = "p1", **other: Any) -> Proposal:
    """Give a draft for project 1 that could be submitted."""
    proposal = Proposal(
        id=proposal_id,
        project_remote_id=1,
        currency="USD",
        text="I have built twenty shops like this one. " * 4,
        price=usd("250"),
        days=7,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(proposal, **other)


def a_bid_intent(**other: Any) -> PlaceBid:
    """Give the wish to bid 250 dollars on project 1."""
    return replace(PlaceBid(1, usd("250"), 7, "I have built twenty shops like this one."), **other)


def a_reply_intent(**other: Any) -> SendMessage:
    """Give the wish to say something in thread 30."""
    return replace(SendMessage(30, "Yes, I can start today.", "123456789012345"), **other)


def an_entry(entry_id: str = "e1", **other: Any) -> OutboxEntry:
    """Give a queued bid on project 1."""
    entry = OutboxEntry(
        id=entry_id,
        intent=a_bid_intent(),
        subject_id="p1",
        entity="project:1",
        about="Build a web shop",
        state="queued",
        queued_at=NOW,
    )
    return replace(entry, **other)


def a_page(*facts: Fact, **other: Any) -> Page:
    """Give a page of facts that ends its feed."""
    return replace(Page(facts=facts, cursor="c1", more=False, at=NOW), **other)
