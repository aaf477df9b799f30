"""Users and reference data: who is there, and what there is to choose from."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.sandbox.conftest import Caller
from tests.sandbox.server import Sandbox
from tests.sandbox.worlds import BUDI, SITI

SELF = "users/0.1/self/"


def test_self_and_what_only_self_sees(budi: Caller, alice: Caller) -> None:
    query = {name: "1" for name in ("balance_details", "membership_details", "status", "jobs")}
    me = budi.ok("GET", SELF, params=query)
    assert (me["id"], me["role"], me["email"]) == (BUDI, "freelancer", "budi@example.com")
    assert me["account_balances"]["bids_remaining"] == 100
    assert me["membership_package"]["bid_limit"] == 100
    assert me["status"]["payment_verified"] is True
    assert me["status"]["phone_verified"] is False
    assert [job["id"] for job in me["jobs"]] == [7, 20]
    assert me["hourly_rate"] == 20
    assert me["timezone"] == {"id": 1, "country": "ID", "timezone": "Asia/Jakarta", "offset": 7}
    other = alice.ok("GET", f"users/0.1/users/{BUDI}/", params=query)
    assert (other["email"], other["account_balances"]) == (None, None)


def test_users_by_id_and_name(nobody: Caller) -> None:
    shown = nobody.ok("GET", "users/0.1/users/", params={"users[]": 101, "usernames[]": "Alice"})
    assert set(shown["users"]) == {"101", "201"}
    assert nobody.refused("GET", "users/0.1/users/") == (400, "BAD_FORM")
    assert nobody.refused("GET", "users/0.1/users/5/") == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["budi", "siti"]),
        ({"query": "SITI work"}, ["siti"]),
        ({"jobs[]": 7, "countries[]": "ID"}, ["budi", "siti"]),
        ({"skills[]": 3}, []),
        ({"hourly_rate_min": 20, "hourly_rate_max": 20}, ["budi", "siti"]),
        ({"hourly_rate_min": 20.01}, []),
        ({"review_count_min": 10}, ["budi", "siti"]),
        ({"review_count_max": 9}, []),
        ({"limit": 1, "offset": 1}, ["siti"]),
    ],
)
def test_the_directory(nobody: Caller, query: dict[str, Any], names: list[str]) -> None:
    shown = nobody.ok("GET", "users/0.1/users/directory/", params=query)
    assert [user["username"] for user in shown["users"]] == names
    assert isinstance(shown["total_count"], int)


def test_skills_are_changed_by_json_or_form(budi: Caller) -> None:
    def mine() -> list[int]:
        return [job["id"] for job in budi.ok("GET", SELF, params={"jobs": "1"})["jobs"]]

    budi.ok("POST", f"{SELF}jobs/", json={"jobs[]": [32]})
    assert mine() == [7, 20, 32]
    budi.ok("PUT", f"{SELF}jobs/", data={"jobs[]": [3, 7]})
    assert mine() == [3, 7]
    budi.ok("DELETE", f"{SELF}jobs/", json={"jobs[]": [7]})
    assert mine() == [3]
    assert budi.refused("PUT", f"{SELF}jobs/", json={"jobs[]": []}) == (400, "BAD_FORM")
    assert budi.refused("PUT", f"{SELF}jobs/", json={"jobs[]": [999]}) == (400, "BAD_FORM")


def test_the_profile_is_changed(budi: Caller) -> None:
    budi.ok("PUT", "users/0.1/self/profile", json={"tagline": "New", "hourly_rate": 25.5})
    user = budi.ok("GET", "users/0.1/users/", params={"users[]": BUDI})["users"][str(BUDI)]
    assert (user["tagline"], user["hourly_rate"]) == ("New", 25.5)
    short = budi.refused("PUT", "users/0.1/self/profile", json={"profile_description": "x"})
    assert short == (400, "PROFILE_DESCRIPTION_TOO_SHORT")
    assert budi.refused("PUT", "users/0.1/self/profile", json={}) == (400, "BAD_FORM")
    assert budi.ok("GET", "users/0.1/profiles/")["profiles"][0]["tagline"] == "New"


def test_reputations_and_portfolios(budi: Caller) -> None:
    query = {"users[]": [BUDI, SITI, 5], "role": "freelancer", "project_stats": "1"}
    shown = budi.ok("GET", "users/0.1/reputations/", params=query)
    assert set(shown) == {"101", "102"}
    assert shown["101"]["entire_history"]["category_ratings"] == {"communication": 4.8}
    assert shown["101"]["project_stats"] == {"complete": 12}
    none = budi.ok("GET", "users/0.1/reputations/", params={"users[]": BUDI, "role": "employer"})
    assert none["101"]["entire_history"]["reviews"] == 0
    assert budi.refused("GET", "users/0.1/reputations/")[0] == 400
    items = budi.ok("GET", "users/0.1/portfolios/", params={"users[]": [BUDI, 5]})["portfolios"]
    assert [item["title"] for item in items["101"]] == ["A logo"]
    assert items["5"] == []


def test_jobs_and_categories(nobody: Caller) -> None:
    assert len(nobody.ok("GET", "projects/0.1/jobs/")) == 5
    query = {"jobs[]": [7, 20], "active_project_count_details": "1", "seo_details": "1"}
    jobs = nobody.ok("GET", "projects/0.1/jobs/", params=query)
    assert [(job["id"], job["active_project_count"]) for job in jobs] == [(7, 1), (20, 1)]
    assert jobs[0]["category"] == {"id": 1, "name": "Websites, IT & Software"}
    assert [j["id"] for j in nobody.ok("GET", "projects/0.1/jobs/", params={"job_names[]": "php"})]
    found = nobody.ok("GET", "projects/0.1/jobs/search/", params={"job_names[]": "desig"})
    assert [job["id"] for job in found] == [20, 32]
    shelves = nobody.ok("GET", "projects/0.1/categories/", params={"job_details": "1"})
    assert [job["id"] for job in shelves["jobs"]["3"]] == [20, 32]
    assert nobody.ok("GET", "projects/0.1/categories/", params={"categories[]": 3}) == {
        "categories": [{"id": 3, "name": "Design"}],
        "jobs": None,
    }


def test_currencies_budgets_countries_and_zones(nobody: Caller) -> None:
    base = "projects/0.1"
    codes = {"currency_codes[]": "idr"}
    (rupiah,) = nobody.ok("GET", f"{base}/currencies/", params=codes)["currencies"]
    assert (rupiah["id"], rupiah["exchange_rate"]) == (15, 0.0000625)
    both = {"currency_codes[]": "IDR", "currency_ids[]": 1}
    assert nobody.refused("GET", f"{base}/currencies/", params=both) == (400, "BAD_FORM")
    query = {"currency_ids[]": 1, "project_type": "hourly", "currency_details": "1"}
    budgets = nobody.ok("GET", f"{base}/budgets/", params=query)
    assert budgets["budgets"][0]["maximum"] is None
    assert set(budgets["currencies"]) == {"1"}
    countries = nobody.ok("GET", "common/0.1/countries/")["countries"]
    assert [country["code"] for country in countries] == ["au", "id"]
    query = {"timezone_names[]": "Asia/Jakarta"}
    (zone,) = nobody.ok("GET", "common/0.1/timezones/", params=query)["timezones"]
    assert zone["offset"] == 7


REDIRECT = "http://127.0.0.1:9/done?keep=1"
AUTHORISE = {
    "response_type": "code",
    "client_id": "app",
    "redirect_uri": REDIRECT,
    "scope": "basic",
    "advanced_scopes": "1 2 5 6",
    "state": "s&=",
}


def sent_back(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 302
    target = answer.headers["location"]
    assert target.startswith("http://127.0.0.1:9/done?keep=1&")
    return dict(parse_qsl(urlsplit(target).query))


@pytest.mark.parametrize("spelling", ["authorise", "authorize/"])
def test_signing_in_by_code(sandbox: Sandbox, spelling: str) -> None:
    with httpx.Client(base_url=f"{sandbox.url}/oauth/") as http:
        query = {**AUTHORISE, "user": "siti"}
        back = sent_back(http.get(spelling, params=query))
        assert back["state"] == "s&="
        form = {
            "grant_type": "authorization_code",
            "code": back["code"],
            "client_id": "app",
            "client_secret": "secret",
            "redirect_uri": REDIRECT,
        }
        tokens = http.post("token", data=form).json()
        assert set(tokens) == {
            "access_token",
            "refresh_token",
            "expires_in",
            "token_type",
            "scope",
        }
        assert (tokens["expires_in"], tokens["token_type"]) == (2592000, "Bearer")
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        assert http.get("me", headers=headers).json()["email"] == "siti@example.com"
        assert http.post("token", data=form).status_code == 400
        again = {**form, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        fresh = http.post("token", data=again).json()
        assert fresh["access_token"] != tokens["access_token"]
        refused = http.post("token", data=again)
        assert refused.json()["error_code"] == "UNAUTHORISED_ACTION"
        sandbox.market.clock_offset = 2592000
        assert http.get("me", headers=headers).status_code == 401


def test_who_may_not_sign_in(sandbox: Sandbox) -> None:
    with httpx.Client(base_url=f"{sandbox.url}/oauth/") as http:
        assert sent_back(http.get("authorise", params={**AUTHORISE, "scope": "all"}))["error"]
        wrong = {**AUTHORISE, "advanced_scopes": "99"}
        assert sent_back(http.get("authorise", params=wrong))["error"] == "invalid_scope"
        token = {**AUTHORISE, "response_type": "token"}
        assert sent_back(http.get("authorise", params=token))["error_description"]
        unknown = {**AUTHORISE, "user": "mallory"}
        assert sent_back(http.get("authorise", params=unknown))["error"] == "access_denied"
        for target in ("javascript:alert(1)", "/done", ""):
            query = {**AUTHORISE, "redirect_uri": target}
            assert http.get("authorise", params=query).status_code == 400
        page = http.get("authorise", params={**AUTHORISE, "prompt": "select_account consent"})
        assert page.headers["content-type"].startswith("text/html")
        assert "budi" in page.text
        for form in ({}, {"grant_type": "password", "client_id": "a", "client_secret": "b"}):
            refused = http.post("token", data=form)
            assert refused.status_code == 400
            assert set(refused.json()) == {"status", "message", "error_code", "request_id"}
        assert http.get("token").status_code == 405
        assert http.get("me").status_code == 401
