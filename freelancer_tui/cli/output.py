"""Output: one JSON document, or plain aligned lines for people."""

import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

from freelancer_tui.cli.options import Choices
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.text import clean


def show(choices: Choices, document: object, lines: str) -> None:
    """Print the document with `--json`, else the lines."""
    if choices.json:
        print(in_json(document, sys.stdout), flush=True)
    elif lines:
        # The user's own words may be hostile too: a proposal pasted from who knows where.
        print(clean(lines, len(lines)).expandtabs(4), flush=True)


def discard() -> None:
    """Let what is still to be told go nowhere, or Python complains once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def in_json(document: object, stream: TextIO) -> str:
    """Give a document as the stream can carry it whole: escaped where it lacks letters."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    return json.dumps(document, ensure_ascii=encoding.replace("-", "") != "utf8")


def money(value: Money | None) -> dict[str, str] | None:
    """Give an amount as JSON has it."""
    return None if value is None else {"amount": str(value.amount), "currency": value.currency}


def moment(at: datetime | None) -> str | None:
    """Give a time as JSON has it: ISO 8601 in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def table(rows: Sequence[Sequence[Any]]) -> str:
    """Align rows in columns, whatever the width of their letters; the last one may run on."""
    texts = [[str(cell) for cell in row] for row in rows]
    if not texts:
        return ""
    widths = [max(width(row[place]) for row in texts) for place in range(len(texts[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in texts
    )


def shortened(text: str, most: int) -> str:
    """Cut a text to so many columns."""
    used = 0
    for place, sign in enumerate(text):
        used += _columns(sign)
        if used > most:
            return _beginning(text[:place], most - 1) + "…"
    return text


def width(text: str) -> int:
    """Give how many columns a text takes in a terminal."""
    return sum(map(_columns, text))


def _beginning(text: str, most: int) -> str:
    """Drop letters from the end until the rest fits; what comes in is hardly too long."""
    while width(text) > most:
        text = text[:-1]
    return text


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
