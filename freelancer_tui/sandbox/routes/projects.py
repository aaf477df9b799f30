"""Projects: operations on posted work, by search, by list and by its owner."""

import sqlite3
from dataclasses import replace

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.bids import Offer
from freelancer_tui.sandbox.market.bids import selected as selected_bids
from freelancer_tui.sandbox.market.postings import ProjectDraft
from freelancer_tui.sandbox.market.projects import Listing
from freelancer_tui.sandbox.market.search import Range, Sort, Wanted
from freelancer_tui.sandbox.reading import Given, needed
from freelancer_tui.sandbox.records import UPGRADES, Kind
from freelancer_tui.sandbox.refusals import bad_form
from freelancer_tui.sandbox.shapes import bids, people, projects

BASE = "/api/projects/0.1"
HIRE_ME = 417
_KINDS: dict[str, Kind] = {"fixed": "fixed", "hourly": "hourly"}
_SORTS: dict[str, Sort] = {
    "time_updated": "time_updated",
    "time_submitted": "time_submitted",
    "submitdate": "time_submitted",
    "time_released": "time_submitted",
    "bid_count": "bid_count",
    "bid_enddate": "bid_enddate",
    "bid_avg_usd": "bid_avg_usd",
    "relevance": "",
}
_UPGRADE_BITS = {name.lower(): 1 << place for place, name in enumerate(UPGRADES)}
MOST_TITLE = 255
MOST_TEXT = 50_000


def _active(call: Call) -> object:
    return _search(call, active=True)


def _all(call: Call) -> object:
    return _search(call, active=False)


def _post_all(call: Call) -> object:
    """The same search with its filters in the body, or in both."""
    return _search(replace(call, query=call.query.over(call.body)), active=False)


def _search(call: Call, *, active: bool) -> object:
    query = call.query
    words = query.text("query") or ""
    alternatives = query.text("or_search_query")
    any_word = alternatives is not None
    if alternatives and alternatives.lower() not in ("true", "1"):
        words = f"{words} {alternatives}"  # the SDK sends True beside the query, the docs terms
    wanted = Wanted(
        active=active,
        words=words.strip(),
        any_word=any_word,
        ids=query.numbers("project_ids"),
        owners=query.numbers("owners"),
        skills=query.numbers("jobs"),
        kinds=tuple(text.lower() for text in query.texts("project_types")),
        countries=tuple(text.lower() for text in query.texts("countries")),
        languages=tuple(text.lower() for text in query.texts("languages")),
        statuses=() if active else query.texts("project_statuses"),
        upgrades=sum({_UPGRADE_BITS.get(t.lower(), 0) for t in query.texts("project_upgrades")}),
        price=_range(query, "price"),
        hourly_rate=_range(query, "hourly_rate"),
        average_price=_range(query, "avg_price"),
        average_rate=_range(query, "avg_hourly_rate"),
        from_time=query.number("from_time"),
        to_time=query.number("to_time"),
        sort=_sort(query),
        ascending=query.boolean("reverse_sort") or False,
    )
    rows, count = call.market.search.page(wanted, *call.place())
    return _listing(call, rows, count)


def _range(query: Given, name: str) -> Range:
    return Range(query.money(f"min_{name}"), query.money(f"max_{name}"))


def _sort(query: Given) -> Sort:
    word = query.choice("sort_field", _SORTS)
    return "" if word is None else _SORTS[word]


def _listing(call: Call, rows: list[sqlite3.Row], count: int) -> object:
    selected: dict[str, list[bids.Shape]] | None = None
    if call.query.flag("selected_bids"):
        selected = {}
        chosen = selected_bids(call.market.database, [row["id"] for row in rows])
        for shape in bids.bids(call.market, chosen, call.query, call.viewer):
            selected.setdefault(str(shape["project_id"]), []).append(shape)
    owners = (row["owner_id"] for row in rows)
    return {
        "projects": projects.projects(call.market, rows, call.query),
        "total_count": count,
        "users": people.users_of(call.market, owners, call.query, call.viewer),
        "selected_bids": selected,
    }


def _list(call: Call) -> object:
    query = call.query
    wanted = Listing(
        ids=query.numbers("projects"),
        owners=query.numbers("owners"),
        bidders=query.numbers("bidders"),
        seo_urls=query.texts("seo_urls"),
        frontend_statuses=query.texts("frontend_project_statuses"),
        from_time=query.number("from_time"),
        to_time=query.number("to_time"),
    )
    return _listing(call, *call.market.projects.page(wanted, call.viewer, *call.place()))


def _own(call: Call) -> object:
    """Projects of the signed-in user: posted, or as a freelancer bid on."""
    role = call.query.choice("role", ("employer", "freelancer", "owner", "bidder")) or "employer"
    status = call.query.choice("status", _OWN_STATUSES) or "all"
    mine = (call.user,)
    wanted = Listing(
        owners=mine if role in ("employer", "owner") else (),
        bidders=() if role in ("employer", "owner") else mine,
        frontend_statuses=_OWN_STATUSES[status],
    )
    return _listing(call, *call.market.projects.page(wanted, call.user, *call.place()))


_OWN_STATUSES: dict[str, tuple[str, ...]] = {
    "all": (),
    "active": ("open", "work_in_progress"),
    "open": ("open",),
    "awarded": ("work_in_progress",),
    "past": ("complete",),
}


def _get(call: Call) -> object:
    row = call.market.projects.get(call.id(), call.viewer)
    shape = projects.project(call.market, row, call.query)
    if call.query.flag("selected_bids"):
        chosen = selected_bids(call.market.database, [row["id"]])
        shape["selected_bids"] = bids.bids(call.market, chosen, call.query, call.viewer)
    owner = [row["owner_id"]]
    shape["users"] = people.users_of(call.market, owner, call.query, call.viewer)
    return shape


def _create(call: Call) -> object:
    body = call.body
    draft = _draft(body)
    with call.market.database.transaction():
        project_id = call.market.postings.create(call.user, draft)
        if draft.hireme:
            offer = body.part("hireme_initial_bid")
            call.market.bids.hire(
                call.user,
                project_id,
                needed("hireme_initial_bid.bidder_id", offer.number("bidder_id")),
                Offer(
                    needed("hireme_initial_bid.amount", offer.money("amount")),
                    offer.number("period") or 7,
                    offer.text("description") or "",
                ),
            )
    row = call.market.projects.get(project_id, call.user)
    return projects.project(call.market, row, _EVERYTHING)


_EVERYTHING = Given({"full_description": ["1"], "job_details": ["1"], "upgrade_details": ["1"]})


def _draft(body: Given) -> ProjectDraft:
    budget, hourly = body.part("budget"), body.part("hourly_project_info")
    title = needed("title", body.text("title")).strip()
    description = needed("description", body.text("description"))
    if len(title) > MOST_TITLE or len(description) > MOST_TEXT:
        raise bad_form("The title or the description is too long")
    location = body.part("location")
    upgrades = body.part("upgrades")
    return ProjectDraft(
        title=title,
        description=description,
        currency_id=needed("currency.id", body.part("currency").number("id")),
        minimum=needed("budget.minimum", budget.money("minimum")),
        maximum=budget.money("maximum"),
        skills=body.ids("jobs"),
        kind=_KINDS[body.choice("type", _KINDS) or "fixed"],
        language=(body.text("language") or "en")[:8],
        hours=hourly.part("commitment").number("hours"),
        duration=hourly.text("duration_enum"),
        upgrades=tuple(name for name in UPGRADES if upgrades.boolean(name)),
        country_code=(location.part("country").text("code") or "")[:2],
        city=location.text("city") or "",
        local=body.boolean("local") or False,
        hireme=body.boolean("hireme") or HIRE_ME in body.ids("jobs"),
    )


def _act(call: Call) -> object:
    project_id, user_id = call.id(), call.user
    match call.action():
        case "close":
            call.market.postings.close(user_id, project_id)
        case "end":
            call.market.postings.end(user_id, project_id)
        case "update":
            description = needed("description", call.body.text("description"))
            if not description.strip() or len(description) > MOST_TEXT:
                raise bad_form("The description is empty or too long")
            call.market.postings.describe(user_id, project_id, description)
        case "sign_nda" | "upgrade" | "set_location":
            call.market.projects.own(user_id, project_id)
        case action:
            raise bad_form(f"Projects have no action {(action or '')[:40]}")
    return None


def _delete(call: Call) -> object:
    call.market.postings.delete(call.user, call.id())
    return None


OPERATIONS = (
    Operation("GET", f"{BASE}/projects/active", _active, public=True),
    Operation("GET", f"{BASE}/projects/all", _all, public=True),
    Operation("POST", f"{BASE}/projects/all", _post_all, public=True),
    Operation("GET", f"{BASE}/projects", _list, public=True),
    Operation("GET", f"{BASE}/self", _own),
    Operation("GET", f"{BASE}/projects/{{id}}", _get, public=True),
    Operation("POST", f"{BASE}/projects", _create),
    Operation("PUT", f"{BASE}/projects/{{id}}", _act),
    Operation("DELETE", f"{BASE}/projects/{{id}}", _delete),
)
