"""Picker: a list under a search, a strip of groups and an order, that says what it wishes for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from freelancer_tui.domain.wishes import Wish
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import number
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.search_field import SearchField

ALL: Final = "all"
W = TypeVar("W", bound=Wish[Any])
G = TypeVar("G", bound=str)


class Picker(Vertical, Generic[W]):
    """What a user picks by: words, one group or all, an order. A subclass has and shows the list.

    It holds one `SearchField`, one `Choices` and one `Blocks`.
    """

    orders: ClassVar[Sequence[str]]

    @dataclass
    class Chosen(Message):
        """The user wants to open the thing of this id."""

        key: str

    class Moved(Message):
        """Another thing is under the cursor."""

    class Wished(Message):
        """Others are to be picked, or in another order: see `wish`."""

    def __init__(self, wish: W, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.wish = wish

    @property
    def is_searching(self) -> bool:
        """True while there are words to search for, or the field waits for some."""
        return bool(self.wish.words) or self.field.has_focus

    @property
    def field(self) -> SearchField:
        """Where the words are typed."""
        return self.query_one(SearchField)

    def begin(self) -> None:
        """Give the keys to the list."""
        self.query_one(Blocks).focus()

    def clear(self) -> None:
        """Search for nothing any more."""
        self.field.value = ""
        self.begin()

    def want(self, wish: W) -> None:
        """Wish for something else."""
        self.wish = wish
        self.post_message(self.Wished())

    def action_filter(self, direction: int) -> None:
        self.query_one(Choices).step(direction)

    def action_search(self) -> None:
        self.field.focus()

    def action_sort(self) -> None:
        place = self.orders.index(self.wish.order)
        order = self.orders[(place + 1) % len(self.orders)]
        self.want(replace(self.wish, order=order, is_reversed=False))

    def action_reverse(self) -> None:
        self.want(replace(self.wish, is_reversed=not self.wish.is_reversed))

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        event.stop()
        if event.text != self.wish.words:
            self.want(replace(self.wish, words=event.text))

    @on(SearchField.Done)
    def _searched(self, event: SearchField.Done) -> None:
        event.stop()
        self.begin()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self.want(replace(self.wish, group=None if event.key == ALL else event.key))

    @on(Blocks.Chosen)
    def _chosen(self, event: Blocks.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(event.key))

    @on(Blocks.Moved)
    def _moved(self, event: Blocks.Moved) -> None:
        event.stop()
        self.post_message(self.Moved())


def choices(groups: Iterable[G], counts: Mapping[G, int], say: Callable[[G], str]) -> list[Choice]:
    """Give all, and each group that has something in it, with how much that is."""
    found = [Choice(one, say(one), counts[one]) for one in groups if one in counts]
    return [Choice(ALL, _("All"), sum(counts.values())), *found]


def told(shown: int, total: int, order: str, *, is_reversed: bool) -> str:
    """Say how many there are, and in which order."""
    if is_reversed:
        order = _("{order}, reversed").format(order=order)
    count = number(shown)
    if shown != total:
        count = _("{shown} of {total}").format(shown=count, total=number(total))
    return f"{count} · {order}"
