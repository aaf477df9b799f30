"""Places: skills, countries, time zones, currencies and the bands of budgets."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from freelancer_tui.sandbox.records import (
    BudgetBand,
    Category,
    Country,
    CurrencyRecord,
    Kind,
    Skill,
    Timezone,
)

WORDS: Final = Path(__file__).parent / "words"
WHOLE: Final = frozenset({"IDR", "JPY", "INR"})
"""Currencies whose amounts nobody here writes with a fraction."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city that somebody lives in."""

    country_code: str
    country: str
    city: str
    zone: str
    currency: str


def read(name: str) -> dict[str, Any]:
    """Give a file of words as TOML has it."""
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


@cache
def categories() -> tuple[Category, ...]:
    """Give all categories."""
    return tuple(Category(row["id"], row["name"]) for row in read("skills.toml")["category"])


@cache
def skills() -> tuple[Skill, ...]:
    """Give all skills, ascending by id."""
    found = [
        Skill(skill_id, name, row["id"])
        for row in read("skills.toml")["category"]
        for skill_id, name in row["skills"]
    ]
    return tuple(sorted(found, key=lambda skill: skill.id))


@cache
def skills_by_name() -> dict[str, Skill]:
    """Give all skills by their names."""
    return {skill.name: skill for skill in skills()}


@cache
def addresses() -> dict[int, str]:
    """Give each skill's name as it stands in an address."""
    return {
        skill.id: "-".join(
            "".join(c if c.isascii() and c.isalnum() else " " for c in skill.name.lower()).split()
        )
        for skill in skills()
    }


@cache
def currencies() -> tuple[CurrencyRecord, ...]:
    """Give all currencies."""
    return tuple(
        CurrencyRecord(number, code, name, country, sign, Decimal(str(rate)))
        for number, code, name, sign, country, rate in _places()["currencies"]
    )


@cache
def countries() -> tuple[Country, ...]:
    """Give all countries in the order of their names."""
    found = [
        Country(
            code=row["code"].lower(),
            name=row["name"],
            iso3=row["row"][0],
            demonym=row["row"][2],
            phone_code=row["row"][1],
            language_code=row["row"][3],
        )
        for row in _places()["country"]
    ]
    return tuple(sorted(found, key=lambda country: country.name))


@cache
def places() -> tuple[Place, ...]:
    """Give every city we know."""
    return tuple(
        Place(row["code"], row["name"], city, zone, row["row"][4])
        for row in _places()["country"]
        for city, zone in row["cities"]
    )


@cache
def places_by_city() -> dict[str, Place]:
    """Give every city by its name."""
    return {place.city: place for place in places()}


def timezones(now: int) -> tuple[Timezone, ...]:
    """Give the time zones of all cities, with the offset they have at this time."""
    zones = sorted({(place.zone, place.country_code) for place in places()})
    return tuple(
        Timezone(number, code, zone, _offset(zone, now))
        for number, (zone, code) in enumerate(zones, start=1)
    )


@cache
def bands(kind: Kind, currency: str) -> tuple[tuple[Decimal, Decimal | None], ...]:
    """Give the bands of a currency, lowest first; the last one has no upper end."""
    edges = [Decimal(edge) for edge in _places()[kind][currency]]
    return tuple(zip(edges, [*edges[1:], None], strict=True))


@cache
def budgets() -> tuple[BudgetBand, ...]:
    """Give all bands of all currencies that have some."""
    ids = {currency.code: currency.id for currency in currencies()}
    kinds: tuple[Kind, ...] = ("fixed", "hourly")
    return tuple(
        BudgetBand(ids[code], kind, least, most, name)
        for kind in kinds
        for code in cast("list[str]", list(_places()[kind]))
        if code != "names"
        for (least, most), name in zip(bands(kind, code), _places()[kind]["names"], strict=True)
    )


@cache
def _places() -> dict[str, Any]:
    return read("places.toml")


def _offset(zone: str, now: int) -> float:
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0
