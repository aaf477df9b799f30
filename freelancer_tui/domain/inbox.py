"""Inbox: which conversations are shown: all, those that wait for somebody, or with one client."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from freelancer_tui.domain.messages import ThreadView

Pile = Literal["all", "unread", "mine", "theirs", "starred", "muted", "archived"]
PILES: Final[tuple[Pile, ...]] = get_args(Pile)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants to see."""

    pile: Pile = "all"
    people: tuple[str, ...] = ()
    """Only conversations with them."""
    project_id: int | None = None
    """Only conversations about it."""

    @property
    def is_narrowed(self) -> bool:
        """True when some conversations are left out."""
        return self != Wish()


@dataclass(frozen=True, slots=True)
class Sorted:
    """Conversations to show, unread ones first, and how many lie on each pile."""

    views: tuple[ThreadView, ...]
    counts: dict[Pile, int]
    wish: Wish


def sort_out(views: Sequence[ThreadView], wish: Wish) -> Sorted:
    """Pick the conversations of a wish; the piles count what the rest of the wish leaves."""
    near = [view for view in views if _is_near(view, wish)]
    counts = Counter(pile for view in near for pile in PILES if _lies_on(view, pile))
    shown = (view for view in near if _lies_on(view, wish.pile))
    in_order = tuple(sorted(shown, key=lambda view: not view.thread.unread))
    return Sorted(in_order, {pile: counts[pile] for pile in PILES}, wish)


def _is_near(view: ThreadView, wish: Wish) -> bool:
    if wish.people and view.with_names != wish.people:
        return False
    return wish.project_id is None or view.thread.project_remote_id == wish.project_id


def _lies_on(view: ThreadView, pile: Pile) -> bool:
    """What is put away lies on its own pile, and among the muted and starred ones."""
    match pile:
        case "archived":
            return view.is_archived
        case "starred":
            return view.mark.starred
        case "muted":
            return view.mark.muted
        case "unread":
            return view.thread.unread > 0 and not view.is_archived
        case _:
            return pile in ("all", view.turn) and not view.is_archived
