"""Reference: operations on jobs, categories, currencies, budgets, countries and time zones."""

import sqlite3

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.load import slug
from freelancer_tui.sandbox.refusals import bad_form
from freelancer_tui.sandbox.shapes import reference

BASE = "/api/projects/0.1"
COMMON = "/api/common/0.1"


def _jobs(call: Call) -> object:
    query = call.query
    ids, categories = set(query.numbers("jobs")), set(query.numbers("categories"))
    names = {name.casefold() for name in query.texts("job_names")}
    addresses = set(query.texts("seo_urls"))
    rows = [
        row
        for row in call.market.reference.skills.values()
        if (not ids or row["id"] in ids)
        and (not categories or row["category_id"] in categories)
        and (not names or row["name"].casefold() in names)
        and (not addresses or row["seo_url"] in addresses)
        and (not query.flag("only_local") or row["local"])
    ]
    return _shown(call, rows)


def _search_jobs(call: Call) -> object:
    query = call.query
    parts = [
        text.casefold()
        for name in ("job_names", "seo_texts", "seo_urls", "query")
        for text in query.texts(name)
    ]
    rows = [
        row
        for row in call.market.reference.skills.values()
        if not parts
        or any(part in row["name"].casefold() or slug(part) in row["seo_url"] for part in parts)
    ]
    return _shown(call, rows)


def _shown(call: Call, rows: list[sqlite3.Row]) -> list[reference.Shape]:
    shapes = [reference.job(call.market, row["id"]) for row in rows]
    if call.query.flag("active_project_count_details"):
        counts = call.market.reference.active_counts(call.market.database)
        for shape, row in zip(shapes, rows, strict=True):
            shape["active_project_count"] = counts.get(row["id"], 0)
    if call.query.flag("seo_details"):
        for shape, row in zip(shapes, rows, strict=True):
            shape["seo_info"] = {"seo_text": row["name"], "seo_url": row["seo_url"]}
    return shapes


def _categories(call: Call) -> object:
    wanted = set(call.query.numbers("categories"))
    rows = [
        row
        for row in call.market.reference.categories.values()
        if not wanted or row["id"] in wanted
    ]
    shelves = None
    if call.query.flag("job_details"):
        skills = call.market.reference.skills.values()
        shelves = {
            str(row["id"]): _shown(call, [s for s in skills if s["category_id"] == row["id"]])
            for row in rows
        }
    return {
        "categories": [{"id": row["id"], "name": row["name"]} for row in rows],
        "jobs": shelves,
    }


def _currency_ids(call: Call) -> list[int]:
    ids = set(call.query.numbers("currency_ids"))
    codes = {code.upper() for code in call.query.texts("currency_codes")}
    if ids and codes:
        raise bad_form("Name currency_ids[] or currency_codes[], not both")
    return [
        row["id"]
        for row in call.market.reference.currencies.values()
        if (not ids or row["id"] in ids) and (not codes or row["code"] in codes)
    ]


def _currencies(call: Call) -> object:
    return {"currencies": [reference.currency(call.market, i) for i in _currency_ids(call)]}


def _budgets(call: Call) -> object:
    ids = _currency_ids(call)
    kind = call.query.choice("project_type", ("fixed", "hourly"))
    rows = [
        row
        for row in call.market.reference.budgets
        if row["currency_id"] in ids and kind in (None, row["kind"])
    ]
    shown = None
    if call.query.flag("currency_details"):
        shown = {str(i): reference.currency(call.market, i) for i in ids}
    return {"currencies": shown, "budgets": [reference.budget(row) for row in rows]}


def _countries(call: Call) -> object:
    rows = call.market.reference.countries.values()
    return {"countries": [reference.country(row) for row in rows]}


def _timezones(call: Call) -> object:
    ids, names = set(call.query.numbers("timezones")), set(call.query.texts("timezone_names"))
    rows = [
        row
        for row in call.market.reference.timezones.values()
        if (not ids or row["id"] in ids) and (not names or row["name"] in names)
    ]
    return {"timezones": [reference.zone(row) for row in rows]}


OPERATIONS = (
    Operation("GET", f"{BASE}/jobs", _jobs, public=True),
    Operation("GET", f"{BASE}/jobs/search", _search_jobs, public=True),
    Operation("GET", f"{BASE}/categories", _categories, public=True),
    Operation("GET", f"{BASE}/currencies", _currencies, public=True),
    Operation("GET", f"{BASE}/budgets", _budgets, public=True),
    Operation("GET", f"{COMMON}/countries", _countries, public=True),
    Operation("GET", f"{COMMON}/timezones", _timezones, public=True),
)
