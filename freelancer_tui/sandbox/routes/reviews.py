"""Reviews: operations on what people say of each other."""

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.reviews import ReviewDraft, ReviewListing
from freelancer_tui.sandbox.reading import needed
from freelancer_tui.sandbox.records import Role
from freelancer_tui.sandbox.refusals import bad_form, forbidden
from freelancer_tui.sandbox.shapes import people, projects, reviews

BASE = "/api/projects/0.1"
ROLES: dict[str, Role] = {"freelancer": "freelancer", "employer": "employer"}


def _post(call: Call) -> object:
    body, user_id = call.body, call.user
    if body.number("from_user_id") not in (None, user_id):
        raise forbidden("from_user_id must be your own id")
    said = body.part("reputation_data")
    ratings = said.part("category_ratings")
    review_id = call.market.reviews.post(
        user_id,
        ReviewDraft(
            project_id=needed("project_id", body.number("project_id")),
            to_id=needed("to_user_id", body.number("to_user_id")),
            role=ROLES[needed("role", body.choice("role", ROLES))],
            comment=body.text("comment") or "",
            ratings=tuple((name, needed(name, ratings.number(name))) for name in ratings.names()),
            on_budget=said.boolean("on_budget"),
            on_time=said.boolean("on_time"),
        ),
    )
    return {"id": review_id}


def _list(call: Call) -> object:
    query, market = call.query, call.market
    wanted = ReviewListing(
        projects=query.numbers("projects"),
        from_ids=query.numbers("from_users"),
        to_ids=query.numbers("to_users"),
        role=query.choice("role", ROLES),
        from_time=query.number("from_time"),
        to_time=query.number("to_time"),
    )
    if not (wanted.projects or wanted.from_ids or wanted.to_ids):
        raise bad_form("Name projects[], from_users[] or to_users[]")
    rows = market.reviews.page(wanted, *call.place())
    found = market.projects.several(row["project_id"] for row in rows)
    involved = {row["from_id"] for row in rows} | {row["to_id"] for row in rows}
    shown = None
    if query.flag("project_details"):
        shapes = projects.projects(market, list(found.values()), query)
        shown = {str(shape["id"]): shape for shape in shapes}
    return {
        "reviews": [reviews.review(market, row, found[row["project_id"]]) for row in rows],
        "users": people.users_of(market, involved, query, call.viewer),
        "projects": shown,
        "contests": None,
    }


OPERATIONS = (
    Operation("POST", f"{BASE}/reviews", _post),
    Operation("GET", f"{BASE}/reviews", _list, public=True),
)
