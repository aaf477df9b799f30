"""Sync log: what the sync did, a line each, as the user reads it later."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

LogKind = Literal[
    "sent",
    "refused",
    "doubtful",
    "asked",
    "offline",
    "online",
    "paused",
    "sign_in",
    "failed",
    "changed",
    "skipped",
    "rebuilt",
    "taken_out",
]
TROUBLE: Final[frozenset[LogKind]] = frozenset(
    {"refused", "doubtful", "asked", "offline", "paused", "sign_in", "failed", "skipped", "rebuilt"}
)
"""Kinds that tell of something that did not go as it should."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """Something that the sync did or met."""

    at: datetime
    kind: LogKind
    about: str
    """What it is about, in words: a person's name, a job's title, a feed; may be empty."""
    text: str
    number: int = 0
    """Its place in the log, from 1 on; 0 before it has one."""


def matching(words: str, kind_word: Callable[[LogKind], str]) -> Callable[[LogLine], bool]:
    """Give what tells whether a line has all of some words, accents and capitals aside."""
    wanted = _folded((words,)).split()
    if not wanted:
        return lambda line: True

    def has_all(line: LogLine) -> bool:
        text = _folded((kind_word(line.kind), line.about, line.text))
        return all(word in text for word in wanted)

    return has_all


def _folded(texts: Iterable[str]) -> str:
    text = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    return "".join(sign for sign in text if not unicodedata.combining(sign))
