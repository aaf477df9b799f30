"""Worlds: a tiny market for tests, every row of it known."""

from dataclasses import replace
from decimal import Decimal

from freelancer_tui.sandbox.records import (
    BudgetBand,
    Category,
    Country,
    CurrencyRecord,
    PortfolioItem,
    ProjectRecord,
    Skill,
    Standing,
    Timezone,
    UserRecord,
    World,
)

NOW = 1_790_000_000
"""When a tiny world is, unless a test sets another clock."""
BUDI, SITI, ALICE, BOB = 101, 102, 201, 202
"""Two freelancers and two employers."""
TOKENS = {BUDI: "token-budi", SITI: "token-siti", ALICE: "token-alice", BOB: "token-bob"}
LOGO, SHOP, HOURLY, OLD = 1001, 1002, 1003, 1004
"""Alice's projects (a fixed one in USD, one in IDR), Bob's hourly one, and Bob's closed one."""
LETTER = (
    "I have read your brief with care and I can start this week. Here is how I would go about it, "
    "step by step, with a first draft in three days."
)


def _user(user_id: int, name: str, role: str, country: str) -> UserRecord:
    return UserRecord(
        id=user_id,
        username=name,
        display_name=name.title(),
        role="freelancer" if role == "freelancer" else "employer",
        country_code=country,
        city="Surabaya" if country == "id" else "Sydney",
        timezone="Asia/Jakarta" if country == "id" else "Australia/Sydney",
        tagline=f"{name} at work",
        profile=f"{name} has worked here for years. " * 5,
        email=f"{name}@example.com",
        registered=NOW - 10**7,
        hourly_rate=Decimal(20),
        verified=("payment_verified", "email_verified"),
        skills=(7, 20) if role == "freelancer" else (),
        portfolio=(PortfolioItem(user_id * 10, "A logo", "For a bakery", (20,)),)
        if role == "freelancer"
        else (),
        standings=(
            Standing(
                role="freelancer" if role == "freelancer" else "employer",
                overall=Decimal("4.9"),
                reviews=10,
                complete=12,
                completion_rate=Decimal("0.95"),
                ratings=(("communication", Decimal("4.8")),),
            ),
        ),
        token=TOKENS[user_id],
    )


def _project(project_id: int, owner_id: int, title: str) -> ProjectRecord:
    return ProjectRecord(
        id=project_id,
        owner_id=owner_id,
        title=title,
        description=f"{title}. We need this done well and soon, with room for two revisions.",
        seo_url=f"graphic-design/{title.lower().replace(' ', '-')}-{project_id}",
        currency_code="USD",
        minimum=Decimal(30),
        maximum=Decimal(250),
        kind="fixed",
        skills=(20, 32),
        language="en",
        posted=NOW - 100_000 + project_id,
        updated=NOW - 50_000 + project_id,
        country_code="au",
        city="Sydney",
    )


def tiny_world() -> World:
    """Two freelancers, two employers, four projects."""
    shop = replace(
        _project(LOGO + 1, ALICE, "Toko online for batik"),
        currency_code="IDR",
        minimum=Decimal(1_000_000),
        maximum=None,
        skills=(3,),
        language="id",
        upgrades=("featured", "urgent"),
        bid_count=3,
        bid_avg=Decimal("1500000.50"),
        country_code="id",
    )
    hourly = replace(
        _project(HOURLY, BOB, "Java help by the hour"),
        kind="hourly",
        minimum=Decimal(15),
        maximum=Decimal(25),
        skills=(7,),
        hours=40,
        duration="ongoing",
    )
    old = replace(
        _project(OLD, BOB, "Old Java applet"),
        skills=(7,),
        status="closed",
        frontend_status="complete",
    )
    return World(
        currencies=(
            CurrencyRecord(1, "USD", "US Dollar", "US", "$", Decimal(1)),
            CurrencyRecord(15, "IDR", "Indonesian Rupiah", "ID", "Rp", Decimal("0.0000625")),
        ),
        users=(
            _user(BUDI, "budi", "freelancer", "id"),
            _user(SITI, "siti", "freelancer", "id"),
            _user(ALICE, "alice", "employer", "au"),
            _user(BOB, "bob", "employer", "au"),
        ),
        projects=(_project(LOGO, ALICE, "Logo design for a bakery"), shop, hourly, old),
        categories=(Category(1, "Websites, IT & Software"), Category(3, "Design")),
        skills=(
            Skill(3, "PHP", 1),
            Skill(7, "Java", 1),
            Skill(20, "Graphic Design", 3),
            Skill(32, "Logo Design", 3),
            Skill(417, "Hire Me", 1),
        ),
        countries=(
            Country("au", "Australia", "AUS", "Australian", 61),
            Country("id", "Indonesia", "IDN", "Indonesian", 62, "id"),
        ),
        timezones=(
            Timezone(1, "ID", "Asia/Jakarta", 7.0),
            Timezone(2, "AU", "Australia/Sydney", 10.0),
        ),
        budgets=(
            BudgetBand(1, "fixed", Decimal(30), Decimal(250), "Small project"),
            BudgetBand(1, "hourly", Decimal(50), None, "Expert"),
        ),
    )


def many_projects(count: int) -> World:
    """A tiny world with more open projects, ids from 2001 on, newest last."""
    more = tuple(
        replace(
            _project(2001 + place, ALICE, f"Job number {place}"),
            posted=NOW - 10_000 + place,
            updated=NOW - 10_000 + place,
        )
        for place in range(count)
    )
    world = tiny_world()
    return replace(world, projects=(*world.projects, *more))
