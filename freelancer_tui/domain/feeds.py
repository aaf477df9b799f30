"""Feeds: the streams of facts a marketplace offers, and our place in each."""

from dataclasses import dataclass
from typing import Literal

FeedKind = Literal[
    "self", "skills", "currencies", "projects", "bids", "threads", "messages", "milestones"
]
Cursor = str
"""Our place in a feed: opaque, the adapter's own, kept by the store."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One stream to follow.

    `key` narrows it: for `projects` empty means those that match the user's skills, and
    `search:<words>` a saved search, and `ids:<n>,<n>` exactly those; for `bids` empty means all
    of the user's, and `of:<n>,<n>` those on these projects; for `messages` it is the thread's
    remote id. Other kinds have no key.
    """

    kind: FeedKind
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind
