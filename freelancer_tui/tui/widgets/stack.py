"""Stack: blocks of lines one below another, found by key or by row; it draws nothing."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

from freelancer_tui.tui.widgets.lines import Line


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that belong together: a row of a table, a message, a heading."""

    key: str
    lines: tuple[Line, ...]
    can_choose: bool = True
    """False for headings and rules: the cursor passes over them."""


def gap(key: str) -> Block:
    """Give an empty line below the block with a key; it belongs to neither side."""
    return Block(f"{key}-gap", ((),), can_choose=False)


class Stack:
    """Blocks in order; a row is a line's number counted from the top of the first."""

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self.blocks: Sequence[Block] = tuple(blocks)
        self._ends: Sequence[int] = list(accumulate(len(block.lines) for block in self.blocks))
        self._places = {block.key: place for place, block in enumerate(self.blocks)}

    @property
    def height(self) -> int:
        """How many lines all blocks have together."""
        return self._ends[-1] if self._ends else 0

    def __contains__(self, key: str | None) -> bool:
        return key in self._places

    def get(self, key: str | None) -> Block | None:
        """Give the block with a key."""
        place = self._places.get(key) if key is not None else None
        return self.blocks[place] if place is not None else None

    def top(self, key: str) -> int:
        """Give the row where a block begins."""
        place = self._places[key]
        return self._ends[place] - len(self.blocks[place].lines)

    def at(self, row: int) -> Block | None:
        """Give the block that a row belongs to."""
        if not 0 <= row < self.height:
            return None
        return self.blocks[bisect_right(self._ends, row)]

    def line(self, row: int) -> tuple[str, Line] | None:
        """Give a row's text, with the key of its block."""
        block = self.at(row)
        return (block.key, block.lines[row - self.top(block.key)]) if block else None

    def first(self) -> str | None:
        """Give the key of the first block that can be chosen."""
        return next((block.key for block in self.blocks if block.can_choose), None)

    def last(self) -> str | None:
        """Give the key of the last block that can be chosen."""
        return next((block.key for block in reversed(self.blocks) if block.can_choose), None)

    def beside(self, key: str | None, step: int) -> str | None:
        """Give the block that can be chosen next in a direction, or the same at an end."""
        if key is None or key not in self._places:
            return self.first() if step > 0 else self.last()
        place = self._places[key] + step
        while 0 <= place < len(self.blocks):
            if self.blocks[place].can_choose:
                return self.blocks[place].key
            place += step
        return key

    def nearest(self, place: int) -> str | None:
        """Give a block near a place in the order, for when the chosen one is gone."""
        place = min(place, len(self.blocks) - 1)
        around = (*self.blocks[max(place, 0) :], *reversed(self.blocks[: max(place, 0)]))
        return next((block.key for block in around if block.can_choose), None)

    def place(self, key: str | None) -> int:
        """Give the number of a block in the order; 0 for one that is not here."""
        return self._places.get(key, 0) if key is not None else 0

    def seen(self, y: int, height: int) -> list[tuple[str, int]]:
        """List the blocks in view, each with its distance from the upper edge."""
        found, row = [], y
        while row < y + height and (block := self.at(row)) is not None:
            top = self.top(block.key)
            found.append((block.key, top - y))
            row = top + len(block.lines)
        return found

    def shown(self, key: str, y: int, height: int) -> int:
        """Give where the view has to begin to show a block, moving as little as possible."""
        top = self.top(key)
        lines = len(self.blocks[self._places[key]].lines)
        if top < y or lines >= height:
            return 0 if key == self.first() else top
        bottom = self.height if key == self.last() else top + lines
        return max(y, bottom - height)


class Rows(Stack):
    """Many blocks of one height, all of which can be chosen; each is made when it is looked at."""

    def __init__(self, keys: Sequence[str], height: int, make: Callable[[int], Block]) -> None:
        self.blocks = _Made(len(keys), make)
        self._ends = range(height, height * len(keys) + 1, height)
        self._places = {key: place for place, key in enumerate(keys)}
        self._keys = keys
        self._height = height

    def top(self, key: str) -> int:
        return self._places[key] * self._height

    def nearest(self, place: int) -> str | None:
        return self._keys[min(max(place, 0), len(self._keys) - 1)] if self._keys else None


class _Made(Sequence[Block]):
    """Blocks that are made when they are looked at."""

    def __init__(self, count: int, make: Callable[[int], Block]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | Sequence[Block]:
        if isinstance(place, slice):
            return [self._make(one) for one in range(*place.indices(self._count))]
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return self._make(place % self._count)

    def __iter__(self) -> Iterator[Block]:
        return map(self._make, range(self._count))
