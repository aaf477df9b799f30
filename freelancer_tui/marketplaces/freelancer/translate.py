"""Translate: pure; rows of the wire as values of ours, each text cleaned on the way."""

import html
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, get_args
from urllib.parse import quote

from freelancer_tui.domain.attachments import Attachment, told_apart
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import (
    Milestone,
    MilestoneRequest,
    MilestoneStatus,
    RequestStatus,
)
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import RATING_AXES, Person, Profile, RatingAxis, Reputation
from freelancer_tui.domain.projects import Budget, Project, ProjectKind, ProjectStatus, Skill
from freelancer_tui.domain.proposals import AwardStatus, Bid
from freelancer_tui.domain.text import LINE_LIMIT, clean, one_line
from freelancer_tui.errors import WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import wire
from freelancer_tui.marketplaces.freelancer.values import (
    Surroundings,
    country_code,
    currency_code,
    language,
    moment,
    money,
    ratio,
    same_id,
    sum_of,
    when,
    word,
    zone,
)

_MOST_MEMBERS: Final = 100
_MOST_FILES: Final = 100
_LONGEST_NAME: Final = 1000
_MOST_SKILLS: Final = 100
_MOST_TRAITS: Final = 24
_AWARDS: Final[Mapping[str, AwardStatus]] = {name: name for name in get_args(AwardStatus)}
_MILESTONES: Final[Mapping[str, MilestoneStatus]] = {
    name: name for name in get_args(MilestoneStatus)
}
_REQUESTS: Final[Mapping[str, RequestStatus]] = {name: name for name in get_args(RequestStatus)}
_FRONTEND: Final[Mapping[str, ProjectStatus]] = {
    "open": "open",
    "work_in_progress": "in_progress",
    "complete": "complete",
    "pending": "pending",
    "draft": "pending",
}
_ENDED: Final[Mapping[str, ProjectStatus]] = {
    "work_in_progress": "in_progress",
    "complete": "complete",
}
_BACKEND: Final[Mapping[str, ProjectStatus]] = {
    "active": "open",
    "frozen": "awarded",
    "draft": "pending",
    "pending": "pending",
    "rejected": "closed",
}
_LAST_PLACE: Final = 100_000
"""A greater rank is none: nobody knows what is told."""
_REASONS: Final = ("full_payment", "partial_payment", "task_description", "other")
"""In the order of the integers that the Python SDK sends for them."""


def project(
    row: wire.Project, around: Surroundings, owners: Mapping[int, Person] | None = None
) -> Project:
    """Give a project; the country falls back to the owner's where the work has no place."""
    posted = when(row.time_submitted, row.submitdate, row.time_updated)
    kind = _kind(row)
    bounds = row.budget or wire.Budget()
    code = currency_code(row.currency, bounds.currency_id, around.currencies)
    stats = row.bid_stats or wire.BidStats()
    owner_id = same_id(row.owner_id, row.owner_info.id if row.owner_info else None)
    owner = (owners or {}).get(owner_id) if owner_id else None
    period = row.bidperiod
    return Project(
        remote_id=row.id,
        title=one_line(row.title),
        kind=kind,
        status=project_status(row),
        budget=Budget(code, money(bounds.minimum, code), money(bounds.maximum, code)),
        posted_at=posted or moment(row.time_updated),
        updated_at=when(row.time_updated) or posted or moment(None),
        owner_id=owner_id,
        description=None if row.description is None else clean(row.description),
        preview=one_line(row.preview_description),
        url=around.project_url(row.seo_url),
        bid_count=max(0, stats.bid_count or 0),
        bid_average=money(stats.bid_avg, code),
        skills=tuple(map(skill, (row.jobs or ())[:_MOST_SKILLS])),
        country=_country(row.location) or (owner.country if owner else ""),
        language=language(row.language),
        bid_period_days=period if period is not None and 0 <= period < 10_000 else None,
        traits=_traits(row),
    )


def project_status(row: wire.Project) -> ProjectStatus:
    """Give one status out of the two that the marketplace keeps, and the deletion mark."""
    back, front = word(row.status), word(row.frontend_project_status)
    if row.deleted:
        return "closed"
    if back == "closed":
        return _ENDED.get(front, "closed")
    if back == "frozen":
        return "awarded"
    if front in _ENDED:
        return _ENDED[front]
    return _BACKEND.get(back) or _FRONTEND.get(front, "closed")


def skill(row: wire.Job) -> Skill:
    """Give a skill, which the wire calls a job."""
    category = (row.category.name if row.category else None) or ""
    return _skill(row.id, (row.name or "")[:LINE_LIMIT], category[:LINE_LIMIT])


@lru_cache(4096)
def _skill(remote_id: int, name: str, category: str) -> Skill:
    """Give a skill; the same few hundred come with every page."""
    return Skill(remote_id, one_line(name), one_line(category))


def currency(row: wire.Currency) -> Currency:
    """Give a currency of the marketplace's list."""
    if row.id is None:
        raise WireMismatch(_("an id is missing"))
    rate = row.exchange_rate
    usable = rate is not None and rate.is_finite() and 0 < rate < 10**9
    code = currency_code(row, None, {})
    return Currency(
        row.id, code, one_line(row.name), one_line(row.sign, 8), rate if usable else None
    )


def person(row: wire.User) -> Person:
    """Give a user as anybody sees them."""
    place = row.location or wire.Location()
    land = place.country or wire.Country()
    status = row.status or wire.UserStatus()
    return Person(
        remote_id=row.id,
        username=one_line(row.username, 200),
        display_name=one_line(row.display_name or row.public_name, 200),
        country=one_line(land.name, 100),
        country_code=country_code(land.code),
        city=one_line(place.city, 100),
        timezone=zone(row.timezone.timezone if row.timezone else None),
        registered_at=when(row.registration_date),
        payment_verified=status.payment_verified,
        email_verified=status.email_verified,
        identity_verified=status.identity_verified,
        reputation=_reputation(row.reputation),
        employer_reputation=_reputation(row.employer_reputation),
    )


def profile(row: wire.User) -> Profile:
    """Give the user's own account."""
    left = row.account_balances.bids_remaining if row.account_balances else None
    limit = row.membership_package.bid_limit if row.membership_package else None
    return Profile(person(row), tuple(dict.fromkeys(job.id for job in row.jobs or ())), left, limit)


def bid(row: wire.Bid, currency: str) -> Bid:
    """Give a bid; its currency is the project's, which the row does not tell."""
    if row.project_id is None or row.bidder_id is None:
        raise WireMismatch(_("an id is missing"))
    return Bid(
        remote_id=row.id,
        project_remote_id=row.project_id,
        bidder_id=row.bidder_id,
        amount=sum_of(row.amount, currency),
        days=max(0, row.period or 0),
        text=clean(row.description),
        submitted_at=moment(row.time_submitted, row.submitdate),
        retracted=bool(row.retracted),
        award_status=_AWARDS.get(word(row.award_status)),
        awarded_at=when(row.time_awarded),
        accepted_at=_accepted_at(row),
        shortlisted=bool(row.shortlisted),
        complete="complete" in (word(row.complete_status), word(row.frontend_bid_status)),
        paid=money(row.paid_amount, currency),
        rank=_rank(row.new_bid_rank) or _rank(row.bid_rank),
    )


def _rank(told: object) -> int | None:
    """Give a place among all bids, if what is told can be one."""
    if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= _LAST_PLACE:
        return told
    return None


def _accepted_at(row: wire.Bid) -> datetime | None:
    """Give when work began; nobody has seen how an accepted award reads, so both signs count."""
    began = word(row.frontend_bid_status) in ("in_progress", "complete")
    accepted = when(row.time_accepted)
    return accepted or (when(row.time_awarded, row.time_submitted) if began else None)


def thread(row: wire.ThreadItem) -> Thread:
    """Give a thread; its id stands outside, inside, or in both places."""
    inner = row.thread or wire.InnerThread()
    remote_id = same_id(row.id, inner.id)
    if remote_id is None:
        raise WireMismatch(_("an id is missing"))
    context = inner.context or wire.Context()
    last = inner.message or wire.LastMessage()
    about = word(context.type) == "project"
    unread = row.message_unread_count
    return Thread(
        remote_id=remote_id,
        updated_at=moment(row.time_updated, last.time_created, inner.time_created),
        member_ids=tuple(number for number in (inner.members or ())[:_MOST_MEMBERS] if number > 0),
        project_remote_id=same_id(context.id) if about else None,
        unread=max(0, unread) if unread is not None else int(row.is_read is False),
        last_text=one_line(last.message),
        last_from_id=same_id(last.from_user, last.from_user_id),
        muted=row.is_muted,
    )


def message(row: wire.Message, thread_remote_id: int) -> Message:
    """Give a message; the thread asked for stands in where the row does not name its own."""
    echo = row.client_message_id
    return Message(
        remote_id=row.id,
        thread_remote_id=same_id(row.thread_id) or thread_remote_id,
        from_id=same_id(row.from_user, row.from_user_id) or 0,
        text=clean(row.message),
        sent_at=moment(row.time_created),
        client_message_id="" if echo is None else one_line(str(echo), 64),
        attachments=told_apart(
            _attachment(each, each.filename)
            for each in (row.attachments or ())[:_MOST_FILES]
            if each.filename
        ),
    )


def _attachment(row: wire.Attachment, filename: str) -> Attachment:
    """Give a file of a message; a dot alone would be taken for a folder by what makes addresses."""
    key = quote(filename[:_LONGEST_NAME], safe="", errors="replace")
    return Attachment(
        one_line(filename),
        size=row.size if row.size is not None and row.size >= 0 else None,
        content_type=one_line(row.content_type, 100),
        key=key.replace(".", "%2E") if not key.strip(".") else key,
    )


def milestone(row: wire.Milestone, key: str, around: Surroundings) -> Milestone:
    """Give a milestone; `key` is its place in the map, the last resort for its id."""
    remote_id = same_id(row.transaction_id, row.id, _number(key))
    if remote_id is None or row.project_id is None:
        raise WireMismatch(_("an id is missing"))
    code = currency_code(row.currency, None, around.currencies)
    return Milestone(
        remote_id=remote_id,
        project_remote_id=row.project_id,
        bid_remote_id=same_id(row.bid_id),
        bidder_id=same_id(row.bidder_id),
        amount=sum_of(row.amount, code),
        text=clean(row.other_reason) or _reason(row.reason),
        status=_MILESTONES.get(word(row.status), "pending"),
        created_at=moment(row.time_created),
    )


def milestone_request(
    row: wire.MilestoneRequest, key: str, around: Surroundings
) -> MilestoneRequest:
    """Give a wish for a milestone; `key` as for a milestone."""
    remote_id = same_id(row.id, _number(key))
    if remote_id is None or row.project_id is None:
        raise WireMismatch(_("an id is missing"))
    code = currency_code(row.currency, None, around.currencies)
    return MilestoneRequest(
        remote_id=remote_id,
        project_remote_id=row.project_id,
        bid_remote_id=same_id(row.bid_id),
        bidder_id=same_id(row.bidder_id),
        amount=sum_of(row.amount, code),
        text=clean(row.description),
        status=_REQUESTS.get(word(row.status), "pending"),
        requested_at=moment(row.time_requested),
    )


def comparable(text: str | None) -> str:
    """Give a text as it compares after a journey: cleaned, entities and line ends alike.

    The marketplace is not known to leave either alone (wire reference, section 18).
    """
    lines = clean(html.unescape(clean(text))).strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _kind(row: wire.Project) -> ProjectKind:
    said = word(row.type) or word(row.budget.project_type if row.budget else "")
    return "hourly" if said == "hourly" else "fixed"


def _country(place: wire.Location | None) -> str:
    return one_line(place.country.name, 100) if place and place.country else ""


def _traits(row: wire.Project) -> tuple[str, ...]:
    on = [name for name, value in (row.upgrades or {}).items() if bytes(value) == b"true"]
    flags = {
        "featured": row.featured,
        "urgent": row.urgent,
        "nonpublic": row.nonpublic,
        "local": row.local,
        "hireme": row.hireme,
    }
    names = dict.fromkeys([*on, *(name for name, value in flags.items() if value)])
    known = (name for name in names if len(name) < 40 and name.isidentifier() and name.isascii())
    return tuple(known)[:_MOST_TRAITS]


def _reputation(row: wire.Reputation | None) -> Reputation | None:
    if row is None or row.entire_history is None:
        return None
    history = row.entire_history
    reviews = max(0, history.reviews or 0)
    overall = ratio(history.overall, 5)
    return Reputation(
        overall if overall else None,
        reviews,
        max(0, history.complete or 0),
        ratio(history.completion_rate, 1),
        _axes(history.category_ratings),
    )


def _axes(rated: object) -> tuple[tuple[RatingAxis, Decimal], ...]:
    """Give the ratings above zero of the axes that we know, in our order."""
    if not isinstance(rated, dict):
        return ()
    found = ((axis, ratio(rated.get(axis), 5)) for axis in RATING_AXES)
    return tuple((axis, value) for axis, value in found if value)


def _reason(reason: int | str | None) -> str:
    if isinstance(reason, int):
        reason = _REASONS[reason] if 0 <= reason < len(_REASONS) else None
    return one_line((reason or "").replace("_", " "), 100)


def _number(key: str) -> int | None:
    return int(key) if key.isdecimal() and key.isascii() and len(key) <= 18 else None
