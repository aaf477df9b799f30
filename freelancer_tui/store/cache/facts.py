"""Facts: storing a whole page, each kind in its table, and moving the feed's place with it."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TypeVar

from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Project, Skill
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.store.cache import (
    bids,
    briefs,
    checks,
    cursors,
    happenings,
    messages,
    milestones,
    people,
    reference,
    threads,
)

FactKind = TypeVar("FactKind")
MY_BIDS: Final = Feed("bids")


def store(connection: sqlite3.Connection, feed: Feed, page: Page) -> int:
    """Store a page and move the feed's place; give how many rows were new or different.

    The people who come along with other facts are stored but not counted: they are not what
    the feed is about. The caller's transaction holds all, so a place never moves without its
    facts.
    """
    facts = page.facts
    changed = sum(people.store_profile(connection, one) for one in _only(Profile, facts))
    people.store(connection, _only(Person, facts))
    changed += reference.store_skills(connection, _only(Skill, facts))
    changed += reference.store_currencies(connection, _only(Currency, facts))
    happenings.note(connection, _only(Project, facts), page.at)
    changed += briefs.store(connection, _only(Project, facts))
    checks.seen(connection, _only(Project, facts), page.at)
    changed += bids.store(connection, _only(Bid, facts))
    if feed == MY_BIDS and page.complete:
        bids.miss(connection, [one.remote_id for one in _only(Bid, facts)], page.at)
    changed += threads.store(connection, _only(Thread, facts))
    changed += messages.store(connection, _only(Message, facts))
    held, asked = _only(Milestone, facts), _only(MilestoneRequest, facts)
    happenings.note_money(connection, [*held, *asked], page.at)
    changed += milestones.store(connection, held)
    changed += milestones.store_requests(connection, asked)
    cursors.move(connection, feed, page)
    return changed


def bury(connection: sqlite3.Connection, feed: Feed, ids: Iterable[int], at: datetime) -> int:
    """Mark what was asked for by its id and is surely not there; give how many were news."""
    if feed.kind == "bids":
        return bids.bury(connection, ids, at)
    ids = list(ids)
    happenings.note_gone(connection, ids, at)
    return checks.bury(connection, ids, at)


def _only(kind: type[FactKind], facts: Iterable[Fact]) -> list[FactKind]:
    return [fact for fact in facts if isinstance(fact, kind)]
