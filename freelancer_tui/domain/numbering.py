"""Numbering: how a document's number is made from the user's own scheme, without gaps.

A scheme is text with parts in braces: `INV/{year}/{month:roman}/{seq:03}`. The sequence begins
anew with each year where the scheme tells the year, and with each month where it tells both.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

DEFAULT: Final = "INV/{year}/{month:roman}/{seq:03}"
MOST_LETTERS: Final = 40
_PART: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "year": ("", "2"),
    "month": ("", "02", "roman"),
    "seq": ("", *(f"0{width}" for width in range(2, 9))),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """How documents are numbered."""

    text: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a scheme; raise ValueError with what is wrong with it, in one of the words below.

        `empty`, `long`, `brace`, `part:NAME`, `form:NAME`, `sequence` (none, or more than one),
        `year` (a month without its year), `signs` (control characters, blanks at the ends).
        """
        if not text:
            raise ValueError("empty")
        if len(text) > MOST_LETTERS:
            raise ValueError("long")
        if text != text.strip() or not text.isprintable():
            raise ValueError("signs")
        for name, form in _PART.findall(text):
            if name not in _FORMS:
                raise ValueError(f"part:{name}")
            if form not in _FORMS[name]:
                raise ValueError(f"form:{name}")
        if "{" in (rest := _PART.sub("", text)) or "}" in rest:
            raise ValueError("brace")
        if [name for name, _ in _PART.findall(text)].count("seq") != 1:
            raise ValueError("sequence")
        if "{month" in text and "{year" not in text:
            raise ValueError("year")
        return cls(text)

    def series(self, on: date) -> str:
        """Name the run of numbers that a day belongs to; each run counts from one."""
        year = f"{on.year}" if "{year" in self.text else ""
        return f"{year}-{on.month:02}" if "{month" in self.text else year

    def number(self, on: date, sequence: int) -> str:
        """Give the number of a document."""

        def part(found: re.Match[str]) -> str:
            name, form = found.group(1), found.group(2) or ""
            match name:
                case "year":
                    return f"{on.year % 100:02}" if form == "2" else str(on.year)
                case "month" if form == "roman":
                    return _ROMAN[on.month - 1]
                case "month":
                    return f"{on.month:02}" if form else str(on.month)
                case _:
                    return str(sequence).zfill(int(form or "1"))

        return _PART.sub(part, self.text)
