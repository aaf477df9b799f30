"""People: the freelancers who can sign in, and the employers, known and unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Final

from freelancer_tui.sandbox.records import (
    EMPLOYER_RATINGS,
    FREELANCER_RATINGS,
    PortfolioItem,
    Role,
    Standing,
    UserRecord,
)
from freelancer_tui.sandbox.seed.places import Place, places, places_by_city, read, skills_by_name

DEMO: Final = "sariwulandari"
"""The freelancer whom the demonstration signs in as."""
FIRST_FREELANCER: Final = 40_210_117
FIRST_EMPLOYER: Final = 41_000_331
DAY: Final = 86_400
_TENTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Employer:
    """What matters of an employer when they write a job."""

    id: int
    username: str
    name: str
    company: str
    place: Place
    known: bool
    """Written by hand: the company is theirs, and they post what fits it."""
    shady: bool = False


def users(seed: int, now: int, more: int) -> tuple[UserRecord, ...]:
    """Give the freelancers, the known employers, and so many more employers."""
    words = _people()
    freelancers = [
        _freelancer(row, FIRST_FREELANCER + number * 7919, now)
        for number, row in enumerate(words["freelancer"])
    ]
    random = Random(f"{seed}:people")
    rows = [*words["employers"]["rows"], *read("scams.toml")["people"], *_more(random, more)]
    employers = [
        _employer(random, row, FIRST_EMPLOYER + number * 137, now)
        for number, row in enumerate(rows)
    ]
    return (*freelancers, *employers)


def employer(user: UserRecord) -> Employer:
    """Give the employer in a user's record."""
    return employer_named(user.id, user.username, user.display_name, user.company, user.city)


def employer_named(user_id: int, username: str, name: str, company: str, city: str) -> Employer:
    """Give an employer by what the market knows of them."""
    return Employer(
        user_id,
        username,
        name,
        company,
        places_by_city()[city],
        username in known_names(),
        username in shady_names(),
    )


@cache
def known_names() -> frozenset[str]:
    """Give the user names of the employers written by hand."""
    return frozenset(row[0] for row in _people()["employers"]["rows"])


@cache
def shady_names() -> frozenset[str]:
    """Give the user names of those who post the scams and the hostile texts."""
    return frozenset(row[0] for row in read("scams.toml")["people"])


@cache
def _people() -> dict[str, Any]:
    return read("people.toml")


def _freelancer(row: dict[str, Any], user_id: int, now: int) -> UserRecord:
    place = places_by_city()[row["city"]]
    by_name = skills_by_name()
    left, limit = row["bids"]
    verified = ["email_verified", "profile_complete", "phone_verified"]
    if row["reviews"]:
        verified += ["payment_verified", "identity_verified", "deposit_made"]
    return UserRecord(
        id=user_id,
        username=row["username"],
        display_name=row["name"],
        role="freelancer",
        country_code=place.country_code,
        city=place.city,
        timezone=place.zone,
        language=row["language"],
        tagline=row["tagline"],
        profile=row["profile"].strip(),
        email=f"{row['username']}@example.com",
        registered=now - DAY * (40 + 31 * row["reviews"]),
        hourly_rate=Decimal(row["rate"]),
        currency_code=row["currency"],
        verified=tuple(verified),
        standings=(_standing("freelancer", row["reviews"], Decimal(row["rating"])),),
        skills=tuple(by_name[name].id for name in row["skills"]),
        portfolio=tuple(
            PortfolioItem(user_id * 10 + n, title, text, tuple(by_name[s].id for s in names))
            for n, (title, text, names) in enumerate(row["portfolio"])
        ),
        token=f"sandbox-{row['username']}",
        bids_remaining=left,
        bid_limit=limit,
        preferred=row["reviews"] > 40,
    )


def _employer(random: Random, row: list[Any], user_id: int, now: int) -> UserRecord:
    username, name, city, language, tagline, reviews, rating, company = row
    place = places_by_city()[city]
    months = 1 + reviews * 2 + int(random.random() * 30) if reviews else 0
    return UserRecord(
        id=user_id,
        username=username,
        display_name=name,
        role="employer",
        country_code=place.country_code,
        city=city,
        timezone=place.zone,
        language=language,
        tagline=tagline,
        company=company,
        email=f"{username.lower()}@example.com",
        registered=now - DAY * (2 + months * 30),
        currency_code=place.currency,
        verified=_verified(random, reviews),
        standings=(_standing("employer", reviews, Decimal(str(rating))),) if reviews else (),
        token=f"sandbox-{username}" if username in _people()["employers"]["sign_in"] else None,
        bids_remaining=0,
        bid_limit=0,
        membership="Free",
    )


def _verified(random: Random, reviews: int) -> tuple[str, ...]:
    chances = {
        "email_verified": 1.0 if reviews else 0.5,
        "payment_verified": 0.93 if reviews else 0.15,
        "deposit_made": 0.8 if reviews else 0.1,
        "profile_complete": 0.9 if reviews else 0.3,
        "phone_verified": 0.75 if reviews else 0.2,
        "identity_verified": 0.4 if reviews else 0.0,
    }
    return tuple(name for name, chance in chances.items() if random.random() < chance)


def _standing(role: Role, reviews: int, overall: Decimal) -> Standing:
    share = (overall / 5).quantize(_TENTH)
    names = FREELANCER_RATINGS if role == "freelancer" else EMPLOYER_RATINGS
    lost = reviews // 15
    return Standing(
        role=role,
        overall=overall,
        reviews=reviews,
        complete=reviews,
        incomplete=lost,
        on_budget=share,
        on_time=share,
        positive=share,
        completion_rate=(
            (Decimal(reviews) / (reviews + lost)).quantize(_TENTH) if reviews else Decimal(0)
        ),
        rehire_rate=Decimal("0.18") if reviews else Decimal(0),
        earnings_score=min(Decimal(10), Decimal(reviews) / 6).quantize(_TENTH),
        ratings=tuple((name, overall) for name in names) if reviews else (),
    )


def _more(random: Random, count: int) -> Iterator[list[Any]]:
    """Invent employers: every second one from Indonesia, going through the cities in turn."""
    words = _people()["more"]
    home = [place for place in places() if place.country_code == "ID"]
    abroad = [place for place in places() if place.country_code != "ID"]
    taken: set[str] = set()
    for number in range(count):
        language, cities = ("id", home) if number % 2 else ("en", abroad)
        first = random.choice(words[f"{language}_first"])
        last = random.choice(words[f"{language}_last"])
        username = f"{first}{last}".lower()
        if username in taken:
            username = f"{username}{number}"
        taken.add(username)
        reviews = int(random.expovariate(0.18)) if random.random() > 0.2 else 0
        rating = round(random.triangular(3.4, 5.0, 4.8), 1)
        tagline = random.choice(words[f"{language}_taglines"])
        city = cities[(number // 2) % len(cities)].city
        yield [username, f"{first} {last}", city, language, tagline, reviews, rating, ""]
