"""Reference: currencies, skills, countries, time zones and budgets as the wire shows them."""

import sqlite3
from collections.abc import Iterable
from decimal import Decimal

from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.market import Market

Shape = dict[str, object]


def currency(market: Market, currency_id: int) -> Shape:
    """Give a currency."""
    row = market.reference.currencies[currency_id]
    return {
        "id": row["id"],
        "code": row["code"],
        "name": row["name"],
        "country": row["country"],
        "sign": row["sign"],
        "exchange_rate": Decimal(row["exchange_rate"]),
        "is_external": False,
    }


def job(market: Market, skill_id: int) -> Shape:
    """Give a skill, which the wire calls a job."""
    row = market.reference.skills[skill_id]
    category = market.reference.categories.get(row["category_id"])
    return {
        "id": row["id"],
        "name": row["name"],
        "category": {"id": category["id"], "name": category["name"]} if category else None,
        "active_project_count": None,
        "seo_url": row["seo_url"],
        "seo_info": None,
        "local": bool(row["local"]),
    }


def jobs(market: Market, skill_ids: Iterable[int]) -> list[Shape]:
    """Give the skills among these ids."""
    return [job(market, i) for i in skill_ids if i in market.reference.skills]


def place(market: Market, code: str) -> Shape:
    """Give the country in a location."""
    row = market.reference.countries.get(code)
    return {
        "name": row["name"] if row else None,
        "code": code or None,
        "iso3": row["iso3"] if row else None,
        "flag_url": f"/img/flags/png/{code}.png" if code else None,
        "language_code": row["language_code"] if row else None,
    }


def country(row: sqlite3.Row) -> Shape:
    """Give a country as the list of countries has it."""
    code = row["code"]
    return {
        "name": row["name"],
        "code": code,
        "flag_url": f"/img/flags/png/{code}.png",
        "highres_flag_url": f"/img/flags/highres_png/{code}.png",
        "flag_url_cdn": f"//sandbox.invalid/img/flags/png/{code}.png",
        "highres_flag_url_cdn": f"//sandbox.invalid/img/flags/highres_png/{code}.png",
        "iso3": row["iso3"] or None,
        "region_id": row["region_id"],
        "phone_code": row["phone_code"],
        "demonym": row["demonym"] or None,
        "person": row["demonym"] or None,
        "seo_url": row["name"].lower().replace(" ", "_"),
        "sanction": False,
        "language_code": row["language_code"],
        "language_id": None,
    }


def timezone(market: Market, name: str) -> Shape | None:
    """Give a time zone by its name."""
    row = market.reference.zones_by_name.get(name)
    return zone(row) if row else None


def zone(row: sqlite3.Row) -> Shape:
    """Give a time zone."""
    return {
        "id": row["id"],
        "country": row["country"],
        "timezone": row["name"],
        "offset": Decimal(row["hours"]),
    }


def budget(row: sqlite3.Row) -> Shape:
    """Give a range that employers may choose from."""
    return {
        "currency_id": row["currency_id"],
        "minimum": amount(row["minimum"]),
        "maximum": None if row["maximum"] is None else amount(row["maximum"]),
        "project_type": row["kind"],
        "name": row["name"],
    }
