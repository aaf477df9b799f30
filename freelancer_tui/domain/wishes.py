"""Wishes: which part of many things a list is to show, and how they lie."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Group = TypeVar("Group", bound=str)


@dataclass(frozen=True, slots=True)
class Wish(Generic[Group]):
    """Which of them to show, and in which order; each kind of list names its own orders."""

    group: Group | None = None
    """None for all."""
    words: str = ""
    order: str = ""
    is_reversed: bool = False
