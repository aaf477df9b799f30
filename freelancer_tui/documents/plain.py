"""Plain: what the user made as JSON and as text that any editor reads."""

import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from freelancer_tui.documents.model import Block, Fact, Sheet

_WIDE: Final = 46
_GAP: Final = "  "


def as_json(value: Any) -> bytes:
    """Give values as JSON: amounts as decimal strings, days and times as ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return (text + "\n").encode("utf-8", "replace")


def as_text(sheet: Sheet) -> bytes:
    """Give a document as plain text, with all that stands on its paper but pictures."""
    parts = [
        [" ".join((" / ".join(sheet.title), sheet.number)).strip(), *map(str.upper, sheet.mark)],
        [_fact(fact) for fact in sheet.facts],
        _party(sheet.client),
        _party(sheet.seller),
        _table(sheet),
        [f"{' / '.join(one.label):<{_WIDE}}{_GAP}{one.amount:>20}" for one in sheet.sums],
        [_fact(fact) for fact in sheet.words],
        list(chain.from_iterable(_way(one.label, one.facts) for one in sheet.ways)),
        list(sheet.notes),
    ]
    return ("\n\n".join("\n".join(part) for part in parts if part) + "\n").encode("utf-8")


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _fact(fact: Fact) -> str:
    said = " / ".join(fact.value)
    return f"{' / '.join(fact.label)}: {said}" if fact.label else said


def _party(block: Block) -> list[str]:
    return [" / ".join(block.label), *(_GAP + line for line in (block.name, *block.lines))]


def _way(label: tuple[str, ...], facts: tuple[Fact, ...]) -> list[str]:
    return [" / ".join(label), *(_GAP + _fact(fact) for fact in facts)]


def _table(sheet: Sheet) -> list[str]:
    """Give the lines: what it is, and under it how much of it and what it costs."""
    found = []
    for row in sheet.rows:
        tree = asdict(row)
        said = [
            f"{sheet.heads[key][0]} {tree[key]}"
            for key in ("quantity", "price", "discount", "tax", "amount")
            if key in sheet.heads and tree[key]
        ]
        found += [row.text, _GAP + ", ".join(said)]
    return found
