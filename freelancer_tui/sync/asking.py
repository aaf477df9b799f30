"""Asking: pure; what is asked for by its id, and what it means when the answer lacks it."""

from collections.abc import Sequence
from typing import Final

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid

REFERRED: Final = Feed("projects", "referred")
SWEPT: Final = Feed("projects", "swept")
MISSED: Final = Feed("bids", "missed")
REASONS: Final = (REFERRED, SWEPT, MISSED)
"""Why something is asked for: the ids differ each time, our patience is for the reason."""
_MANY: Final = 10
_KEYS: Final = {"projects": "ids:", "bids": "of:"}


def projects_feed(ids: Sequence[int]) -> Feed:
    """Give the feed that has exactly the projects of these ids."""
    return Feed("projects", _KEYS["projects"] + ",".join(map(str, ids)))


def bids_feed(projects: Sequence[int]) -> Feed:
    """Give the feed that has the user's bids on exactly these projects."""
    return Feed("bids", _KEYS["bids"] + ",".join(map(str, projects)))


def ids_of(feed: Feed) -> tuple[int, ...]:
    """Give the projects that a feed names by their ids; none for any other feed."""
    key = _KEYS.get(feed.kind)
    if key is None or not feed.key.startswith(key):
        return ()
    return tuple(int(one) for one in feed.key.removeprefix(key).split(","))


def absent(ids: Sequence[int], page: Page) -> list[int]:
    """Give the projects that were asked for and of which nothing came."""
    there = {fact.remote_id for fact in page.facts if isinstance(fact, Project)}
    there |= {fact.project_remote_id for fact in page.facts if isinstance(fact, Bid)}
    return [one for one in ids if one not in there]


def is_definite(ids: Sequence[int], page: Page) -> bool:
    """Tell whether what did not come is surely not there.

    An answer that left something out proves nothing, and one that has nothing at all of many
    is more likely a fault of theirs than the end of everything.
    """
    return page.complete and not page.more and not page.skipped and _brings_some(ids, page)


def _brings_some(ids: Sequence[int], page: Page) -> bool:
    return len(ids) <= _MANY or len(absent(ids, page)) < len(ids)
