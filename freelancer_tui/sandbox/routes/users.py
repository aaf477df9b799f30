"""Users: operations on people, their skills, reputations and portfolios."""

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.people import Directory, SkillChange
from freelancer_tui.sandbox.reading import needed
from freelancer_tui.sandbox.refusals import bad_form
from freelancer_tui.sandbox.shapes import people, reference

BASE = "/api/users/0.1"


def _self(call: Call) -> object:
    row = call.market.people.get(call.user)
    wanted = people.details(call.query)
    return people.users(call.market, [row], wanted, call.user)[str(call.user)]


def _user(call: Call) -> object:
    row = call.market.people.get(call.id())
    return people.users(call.market, [row], people.details(call.query), call.viewer)[str(row["id"])]


def _users(call: Call) -> object:
    ids, names = call.query.numbers("users"), call.query.texts("usernames")
    if not ids and not names:
        raise bad_form("Name users[] or usernames[]")
    rows = [*call.market.people.several(ids), *call.market.people.named(names)]
    wanted = people.details(call.query)
    return {"users": people.users(call.market, rows, wanted, call.viewer)}


def _directory(call: Call) -> object:
    query = call.query
    rows, count = call.market.people.directory(
        Directory(
            query=query.text("query") or "",
            skills=query.numbers("jobs") + query.numbers("skills"),
            countries=query.texts("countries"),
            least_rate=query.money("hourly_rate_min"),
            most_rate=query.money("hourly_rate_max"),
            least_reviews=query.number("review_count_min"),
            most_reviews=query.number("review_count_max"),
        ),
        *call.place(),
    )
    shapes = people.users(call.market, rows, people.details(query), call.viewer)
    return {"users": [shapes[str(row["id"])] for row in rows], "total_count": count}


def _reputations(call: Call) -> object:
    ids = call.query.numbers("users")
    if not ids:
        raise bad_form("Name users[]")
    role = call.query.choice("role", ("freelancer", "employer")) or "freelancer"
    rows = call.market.people.several(ids)
    standings = call.market.people.standings(ids)
    shapes = {}
    for row in rows:
        key = (row["id"], role)
        shape = people.reputation(call.market, row, role, standings.get(key))
        if call.query.flag("job_history"):
            shape["job_history"] = {"count_other": 0, "job_counts": []}
        if call.query.flag("project_stats"):
            standing = standings.get(key)
            shape["project_stats"] = {"complete": standing["complete"] if standing else 0}
        shapes[str(row["id"])] = shape
    return shapes


def _portfolios(call: Call) -> object:
    ids = call.query.numbers("users")
    if not ids:
        raise bad_form("Name users[]")
    limit, offset = call.place()
    shown = {
        str(user_id): [
            people.portfolio_item(call.market, row)
            for row in call.market.people.portfolio(user_id, limit, offset)
        ]
        for user_id in dict.fromkeys(ids)
    }
    return {"portfolios": shown}


def _change_skills(call: Call, change: SkillChange) -> object:
    skills = call.body.numbers("jobs") or call.query.numbers("jobs")
    call.market.people.change_skills(call.user, change, list(skills))
    return None


def _add_skills(call: Call) -> object:
    return _change_skills(call, "add")


def _set_skills(call: Call) -> object:
    return _change_skills(call, "replace")


def _remove_skills(call: Call) -> object:
    return _change_skills(call, "remove")


def _edit_profile(call: Call) -> object:
    call.market.people.edit_profile(
        call.user,
        call.body.text("tagline"),
        call.body.text("profile_description"),
        call.body.money("hourly_rate"),
    )
    return None


def _profiles(call: Call) -> object:
    """The one speciality profile that everybody has here: the general one."""
    user_id = needed("users[]", next(iter(call.query.numbers("users")), call.viewer))
    row = call.market.people.get(user_id)
    skills = call.market.people.skills([user_id]).get(user_id, [])
    profile = {
        "id": row["id"],
        "user_id": row["id"],
        "profile_name": "General",
        "tagline": row["tagline"],
        "description": row["profile"],
        "skills": reference.jobs(call.market, skills),
    }
    return {"profiles": [profile]}


OPERATIONS = (
    Operation("GET", f"{BASE}/self", _self),
    Operation("GET", f"{BASE}/users", _users, public=True),
    Operation("GET", f"{BASE}/users/directory", _directory, public=True),
    Operation("GET", f"{BASE}/users/{{id}}", _user, public=True),
    Operation("GET", f"{BASE}/reputations", _reputations, public=True),
    Operation("GET", f"{BASE}/portfolios", _portfolios),
    Operation("GET", f"{BASE}/profiles", _profiles),
    Operation("POST", f"{BASE}/self/jobs", _add_skills),
    Operation("PUT", f"{BASE}/self/jobs", _set_skills),
    Operation("DELETE", f"{BASE}/self/jobs", _remove_skills),
    Operation("PUT", f"{BASE}/self/profile", _edit_profile),
)
