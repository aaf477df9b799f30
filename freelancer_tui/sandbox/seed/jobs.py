"""Jobs: a brief told by an employer, with a budget that fits their currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from freelancer_tui.sandbox.records import Kind
from freelancer_tui.sandbox.seed.briefs import Brief, briefs
from freelancer_tui.sandbox.seed.grammar import Filling
from freelancer_tui.sandbox.seed.people import Employer
from freelancer_tui.sandbox.seed.places import bands

KNOWN_SHARE: Final = 0.5
"""How often a job that suits known employers is posted by one of them."""
DOLLAR_SHARE: Final = 0.3
"""How often somebody who writes English posts in USD whatever their own currency."""
SHELVES: Final = (("id", 0.5), ("en", 0.42), ("other", 0.06), ("scams", 0.02))
"""How often a job is from which file of briefs."""
UPGRADES: Final = (("featured", 0.05), ("urgent", 0.07), ("sealed", 0.04), ("NDA", 0.03))
DURATIONS: Final = (
    "less_than_one_week",
    "one_to_four_weeks",
    "one_to_three_months",
    "three_to_six_months",
    "ongoing",
    "unspecified",
)
SIGNS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "AUD": "A$",
    "CAD": "C$",
    "SGD": "S$",
    "JPY": "¥",
    "INR": "₹",
    "MYR": "RM ",
}


@dataclass(frozen=True, slots=True)
class Job:
    """What an employer says of new work, in units of the currency."""

    owner: Employer
    language: str
    title: str
    description: str
    kind: Kind
    currency: str
    minimum: Decimal
    maximum: Decimal | None
    skills: tuple[int, ...]
    upgrades: tuple[str, ...] = ()
    hours: int | None = None
    duration: str | None = None
    untouched: bool = False
    """Posted and no more: what follows is told elsewhere."""


class Desk:
    """Where jobs are written: each brief comes up once before any comes up again."""

    def __init__(self, employers: Iterable[Employer], random: Random) -> None:
        everybody = tuple(employers)
        self._random = random
        self._known = {one.username: one for one in everybody if one.known or one.shady}
        self._others = [one for one in everybody if not one.known and not one.shady]
        self._pools: dict[str, tuple[list[Employer], list[Employer]]] = {}
        self._decks: dict[str, list[Brief]] = {}

    def write(self, shelf: str) -> Job | None:
        """Give the next job of this shelf, told by somebody it suits; None if there is nobody."""
        brief = self._next(shelf)
        owner = self._owner(brief)
        return write(self._random, brief, owner) if owner else None

    def _next(self, shelf: str) -> Brief:
        deck = self._decks.setdefault(shelf, [])
        if not deck:
            deck += briefs(shelf)
            self._random.shuffle(deck)
        return deck.pop()

    def _owner(self, brief: Brief) -> Employer | None:
        random = self._random
        named, others = self._pool(brief)
        if named and (not others or random.random() < KNOWN_SHARE):
            return random.choice(named)
        return random.choice(others) if others else None

    def _pool(self, brief: Brief) -> tuple[list[Employer], list[Employer]]:
        """Give those the brief names, and the unknown ones whom it suits as well."""
        pool = self._pools.get(brief.key)
        if pool is None:
            named = [self._known[name] for name in brief.by if name in self._known]
            anybody = brief.shelf in ("id", "en")
            others = [one for one in self._others if _suits(brief, one)] if anybody else []
            pool = self._pools[brief.key] = (named, others)
        return pool


def a_shelf(random: Random) -> str:
    """Give the name of a shelf of briefs, the well filled ones more often."""
    dice = random.random()
    for name, share in SHELVES:
        if dice < share:
            return name
        dice -= share
    return SHELVES[-1][0]


def write(random: Random, brief: Brief, owner: Employer) -> Job:
    """Give a job as this employer would post it."""
    currency = owner.place.currency
    if brief.language == "en" and random.random() < DOLLAR_SHARE:
        currency = "USD"
    band = bands(brief.kind, currency)[random.choice(brief.bands)]
    filling = Filling(
        random,
        brief.lists,
        _words(random, brief, owner, spoken(random, brief.language, currency, band)),
        "." if brief.language == "id" else ",",
    )
    title = filling.fill(random.choice(brief.titles))
    hourly = brief.kind == "hourly"
    return Job(
        owner=owner,
        language=brief.language,
        title=title[:1].upper() + title[1:],
        description=filling.fill(brief.text),
        kind=brief.kind,
        currency=currency,
        minimum=band[0],
        maximum=band[1],
        skills=_skills(random, brief),
        upgrades=tuple(name for name, chance in UPGRADES if random.random() < chance),
        hours=random.choice((5, 10, 15, 20, 30, 40)) if hourly else None,
        duration=random.choice(DURATIONS) if hourly else None,
    )


def spoken(
    random: Random, language: str, currency: str, band: tuple[Decimal, Decimal | None]
) -> str:
    """Give an amount inside the band as people write it: `2,5jt`, `Rp 850.000`, `€400`."""
    least = int(band[0])
    most = int(band[1]) if band[1] is not None else least * 2
    value = least + int((most - least) * (0.15 + 0.75 * random.random()))
    step = 10 ** max(0, len(str(value)) - 2)
    value = max(least, value // step * step)
    if currency == "IDR":
        return _rupiah(random, value)
    grouped = f"{value:,}"
    if language == "id":
        grouped = grouped.replace(",", ".")
    return f"{SIGNS.get(currency, f'{currency} ')}{grouped}"


def _rupiah(random: Random, value: int) -> str:
    if random.random() < 0.5:
        return "Rp " + f"{value:,}".replace(",", ".")
    if value < 1_000_000:
        return f"{value // 1000}rb"
    millions = f"{value / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")
    return f"{millions} juta" if random.random() < 0.5 else f"{millions}jt"


def _words(random: Random, brief: Brief, owner: Employer, budget: str) -> dict[str, str]:
    words = {
        "client": owner.name,
        "city": owner.place.city,
        "country": owner.place.country,
        "budget": budget,
    }
    if owner.known and owner.company and owner.username in brief.by:
        words["firm"] = owner.company
    return words | brief.told.get(owner.username, {})


def _suits(brief: Brief, one: Employer) -> bool:
    if brief.cities:
        return one.place.city in brief.cities or one.place.country_code in brief.cities
    return (one.place.country_code == "ID") == (brief.language == "id")


def _skills(random: Random, brief: Brief) -> tuple[int, ...]:
    """Give the first two skills of the brief always, and some of the others."""
    rest = [skill for skill in brief.skills[2:] if random.random() < 0.75]
    return (*brief.skills[:2], *rest[:3])
