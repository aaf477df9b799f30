"""Grammar: texts with choices, numbers and slots, read once and filled many times.

`{a|b}` is one of the two, `{a|}` may be left out, `<name>` is a word from a list or a value given
beforehand, `<n=3-12>` is a number that stays the same wherever it stands again (`<n>` for short),
and `<n=100-900/50>` goes in steps. Choices may be nested.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

_TOKEN: Final = re.compile(r"<[a-z]\w*(?:=\d+-\d+(?:/\d+)?)?>|[{|}]")
_SLOT: Final = re.compile(r"<([a-z]\w*)(?:=(\d+)-(\d+)(?:/(\d+))?)?>")


class BadTemplate(ValueError):
    """A text breaks the grammar."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several texts."""

    options: tuple["Template", ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a word."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A place for a number, in steps from `least`."""

    name: str
    """All between the brackets: only the same name and range are the same number."""
    label: str
    least: int
    count: int
    step: int


Part = str | Choice | Slot | Number
Template = tuple[Part, ...]
Lists = Mapping[str, tuple[Template, ...]]


@dataclass(slots=True)
class Filling:
    """The dice, the lists to draw from, and the words drawn so far."""

    random: Random
    lists: Lists
    words: dict[str, str] = field(default_factory=dict)
    group: str = ","
    """What stands between thousands."""

    def fill(self, template: Template) -> str:
        """Give a text with every choice made and every slot filled."""
        out: list[str] = []
        self._write(template, out)
        return "".join(out)

    def _write(self, template: Template, out: list[str]) -> None:
        for part in template:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, Choice):
                options = part.options
                self._write(options[int(self.random.random() * len(options))], out)
            else:
                out.append(self.words.get(part.name) or self._draw(part))

    def _draw(self, part: Slot | Number) -> str:
        if isinstance(part, Number):
            value = part.least + int(self.random.random() * part.count) * part.step
            word = f"{value:,}".replace(",", self.group)
            self.words.setdefault(part.label, word)
        else:
            options = self.lists[part.name]
            word = self.fill(options[int(self.random.random() * len(options))])
        self.words[part.name] = word
        return word


def parse(text: str) -> Template:
    """Read a text into the parts that `Filling` fills."""
    pieces = _pieces(text)
    template, end = _sequence(pieces, 0, inside=False)
    if end != len(pieces):
        raise BadTemplate(f"a brace too many: {text[:60]!r}")
    return template


def longest_constant(template: Template) -> str:
    """Give the longest line that every filling of this text contains."""
    lines = (line for part in template if isinstance(part, str) for line in part.split("\n"))
    return max(lines, key=len, default="").strip()


def slot_names(template: Template) -> set[str]:
    """Give the names of all slots that have no number of their own."""
    names: set[str] = set()
    for part in template:
        if isinstance(part, Slot):
            names.add(part.name)
        elif isinstance(part, Choice):
            names.update(*(slot_names(option) for option in part.options))
    return names


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for token in _TOKEN.finditer(text):
        if token.start() > start:
            pieces.append(text[start : token.start()])
        pieces.append(token.group())
        start = token.end()
    return [*pieces, text[start:]] if start < len(text) else pieces


def _sequence(pieces: list[str], at: int, *, inside: bool) -> tuple[Template, int]:
    parts: list[Part] = []
    while at < len(pieces):
        piece = pieces[at]
        if piece == "}" or (piece == "|" and inside):
            break
        if piece == "{":
            choice, at = _choice(pieces, at + 1)
            parts.append(choice)
        else:
            slot = _SLOT.fullmatch(piece)
            parts.append(_slot(slot) if slot else piece)
            at += 1
    return tuple(parts), at


def _choice(pieces: list[str], at: int) -> tuple[Choice, int]:
    options: list[Template] = []
    while True:
        option, at = _sequence(pieces, at, inside=True)
        options.append(option)
        if at >= len(pieces):
            raise BadTemplate("a choice without an end")
        at += 1
        if pieces[at - 1] == "}":
            return Choice(tuple(options)), at


def _slot(match: re.Match[str]) -> Slot | Number:
    name, least, most, step = match.groups()
    if least is None:
        return Slot(name)
    stride = int(step or 1)
    count = (int(most) - int(least)) // stride + 1
    return Number(match.group()[1:-1], name, int(least), count, stride)
