"""Records: the values a world is made of before the market is opened for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Role = Literal["freelancer", "employer"]
Kind = Literal["fixed", "hourly"]

UPGRADES = (
    "featured",
    "sealed",
    "nonpublic",
    "fulltime",
    "urgent",
    "qualified",
    "NDA",
    "ip_contract",
    "non_compete",
    "project_management",
    "pf_only",
    "listed",
    "recruiter",
    "success_bundle",
    "assisted",
    "active_prepaid_milestone",
)
"""The names an upgrade of a project can have; their places are the bits in the store."""

VERIFICATIONS = (
    "payment_verified",
    "email_verified",
    "deposit_made",
    "profile_complete",
    "phone_verified",
    "identity_verified",
    "facebook_connected",
    "linkedin_connected",
    "freelancer_verified_user",
    "custom_charge_verified",
)
"""The flags in a user's `status`."""

FREELANCER_RATINGS = (
    "quality",
    "communication",
    "expertise",
    "professionalism",
    "hire_again",
)
EMPLOYER_RATINGS = (
    "clarity_spec",
    "communication",
    "payment_prom",
    "professionalism",
    "work_for_again",
)


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of skills."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Skill:
    """A tag on projects and people; the wire calls it a job."""

    id: int
    name: str
    category_id: int
    seo_url: str = ""
    """Empty: made from the name."""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the marketplace lists it."""

    code: str
    """ISO 3166-1 alpha-2, lower case."""
    name: str
    iso3: str = ""
    demonym: str = ""
    phone_code: int | None = None
    language_code: str = "en"
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class Timezone:
    """A time zone as the marketplace lists it."""

    id: int
    country: str
    """Country code, upper case."""
    name: str
    """IANA name, such as `Asia/Jakarta`."""
    offset: float
    """Hours from UTC."""


@dataclass(frozen=True, slots=True)
class CurrencyRecord:
    """A currency with its own id."""

    id: int
    code: str
    name: str
    country: str
    sign: str
    exchange_rate: Decimal
    """What one unit is worth in USD."""


@dataclass(frozen=True, slots=True)
class BudgetBand:
    """A range that employers may choose from."""

    currency_id: int
    kind: Kind
    minimum: Decimal
    maximum: Decimal | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What others said of a user in one role."""

    role: Role
    overall: Decimal = Decimal(0)
    """0 to 5; the other ratings too, the rates 0 to 1."""
    reviews: int = 0
    complete: int = 0
    incomplete: int = 0
    on_budget: Decimal = Decimal(0)
    on_time: Decimal = Decimal(0)
    positive: Decimal = Decimal(0)
    completion_rate: Decimal = Decimal(0)
    rehire_rate: Decimal = Decimal(0)
    earnings_score: Decimal = Decimal(0)
    ratings: tuple[tuple[str, Decimal], ...] = ()
    """Category ratings by name, see `FREELANCER_RATINGS` and `EMPLOYER_RATINGS`."""


@dataclass(frozen=True, slots=True)
class PortfolioItem:
    """One piece of work on show."""

    id: int
    title: str
    description: str
    skills: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A person in the market, as freelancer or employer."""

    id: int
    username: str
    display_name: str
    role: Role
    country_code: str
    city: str = ""
    timezone: str = "UTC"
    language: str = "en"
    tagline: str = ""
    profile: str = ""
    company: str = ""
    email: str = ""
    registered: int = 0
    hourly_rate: Decimal | None = None
    currency_code: str = "USD"
    verified: tuple[str, ...] = ()
    """Names out of `VERIFICATIONS`."""
    standings: tuple[Standing, ...] = ()
    skills: tuple[int, ...] = ()
    portfolio: tuple[PortfolioItem, ...] = ()
    token: str | None = None
    """Only who can sign in has one; the ready line lists them."""
    bids_remaining: int = 100
    bid_limit: int = 100
    membership: str = "Plus"
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """Work somebody posted."""

    id: int
    owner_id: int
    title: str
    description: str
    seo_url: str
    """`category/words-of-the-title-id`, unique."""
    currency_code: str
    minimum: Decimal
    maximum: Decimal | None
    kind: Kind
    skills: tuple[int, ...]
    language: str
    posted: int
    updated: int
    country_code: str
    city: str = ""
    status: Literal["active", "closed", "frozen", "draft", "pending", "rejected"] = "active"
    frontend_status: Literal["open", "work_in_progress", "complete", "pending", "draft"] = "open"
    upgrades: tuple[str, ...] = ()
    """Names out of `UPGRADES`."""
    bid_period: int = 7
    """Days open for bids."""
    hours: int | None = None
    """Weekly commitment of hourly work."""
    duration: str | None = None
    """`one_to_four_weeks`, `ongoing` and so on, hourly work only."""
    bid_count: int = 0
    bid_avg: Decimal | None = None
    """Average of the bids in the project's currency; these bids are numbers only, without rows."""
    local: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """All that a market starts with."""

    currencies: tuple[CurrencyRecord, ...]
    users: tuple[UserRecord, ...]
    projects: Iterable[ProjectRecord]
    categories: tuple[Category, ...] = ()
    skills: tuple[Skill, ...] = ()
    countries: tuple[Country, ...] = ()
    timezones: tuple[Timezone, ...] = ()
    budgets: tuple[BudgetBand, ...] = field(default=())
