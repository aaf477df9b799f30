"""Envelopes: slashes, arrays, projections, paging, errors, the same for every operation."""

from decimal import Decimal

import httpx
import pytest

from freelancer_tui.sandbox.app import OPERATIONS
from freelancer_tui.sandbox.wire import compact, encode
from tests.sandbox.conftest import Caller, Clock
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import ALICE, BUDI, HOURLY, LOGO, OLD, SHOP, SITI, many_projects

SEARCH = "projects/0.1/projects/active/"


def test_paths_with_and_without_the_last_slash(budi: Caller) -> None:
    assert budi.ok("GET", "users/0.1/self/")["id"] == BUDI
    assert budi.ok("GET", "users/0.1/self")["id"] == BUDI


def test_arrays_with_and_without_brackets(budi: Caller) -> None:
    for name in ("users[]", "users"):
        result = budi.ok("GET", "users/0.1/users/", params={name: [BUDI, SITI]})
        assert set(result["users"]) == {str(BUDI), str(SITI)}


@pytest.mark.parametrize("value", ["true", "True", "1", "", "false", "0"])
def test_a_projection_is_on_when_present(nobody: Caller, value: str) -> None:
    shown = nobody.ok("GET", f"projects/0.1/projects/{LOGO}/", params={"full_description": value})
    assert shown["description"].startswith("Logo design")


def test_without_projection_the_member_is_null(nobody: Caller) -> None:
    shown = nobody.ok("GET", f"projects/0.1/projects/{LOGO}/")
    for member in ("description", "jobs", "upgrades", "location", "attachments"):
        assert shown[member] is None


def test_compact_leaves_out_what_is_null_or_empty(nobody: Caller) -> None:
    shown = nobody.ok("GET", SEARCH, params={"compact": "true"})
    assert "users" not in shown
    assert "jobs" not in shown["projects"][0]
    assert compact({"a": None, "b": [], "c": {"d": ""}, "e": 0, "f": False}) == {
        "e": 0,
        "f": False,
    }


def test_pages_are_capped_at_100_and_tell_the_total() -> None:
    with running_sandbox(lambda: many_projects(250)) as sandbox:
        caller = Caller(sandbox, "")
        with caller.http:
            seen: list[int] = []
            while True:
                page = caller.ok("GET", SEARCH, params={"limit": 1000, "offset": len(seen)})
                if not page["projects"]:
                    break
                assert len(page["projects"]) <= 100
                assert page["total_count"] == 253
                seen += [project["id"] for project in page["projects"]]
            assert len(seen) == len(set(seen)) == 253
            assert len(caller.ok("GET", SEARCH)["projects"]) == 10
            assert caller.ok("GET", SEARCH, params={"limit": 0})["projects"] == []


@pytest.mark.parametrize("limit", ["-1", "x", str(2**70), "1.5", "\x00"])
def test_a_senseless_limit_is_refused(nobody: Caller, limit: str) -> None:
    assert nobody.refused("GET", SEARCH, params={"limit": limit}) == (400, "BAD_FORM")


def test_unknown_path_and_wrong_method(budi: Caller) -> None:
    assert budi.refused("GET", "projects/0.1/nothing/") == (404, "NOT_FOUND")
    assert budi.refused("GET", "") == (404, "NOT_FOUND")
    assert budi.refused("POST", "users/0.1/self/") == (405, "METHOD_NOT_ALLOWED")
    assert budi.refused("DELETE", "projects/0.1/milestone_requests/1/")[0] == 405
    assert budi.refused("PATCH", "projects/0.1/bids/")[0] == 405


def test_errors_are_nested_with_new_errors(nobody: Caller) -> None:
    answer = nobody.http.get("users/0.1/self/", params={"new_errors": "true"})
    assert answer.status_code == 401
    assert set(answer.json()) == {"status", "request_id", "error"}
    assert answer.json()["error"]["code"] == "NOT_AUTHENTICATED"
    assert answer.json()["error"]["http_code"] == 401


def test_every_operation_but_the_public_ones_needs_a_token(sandbox: Sandbox) -> None:
    with httpx.Client(base_url=sandbox.url) as http:
        for operation in OPERATIONS:
            path = operation.path.replace("{id}", "1").replace("{filename}", "a.txt")
            answer = http.request(operation.method, f"{path}/")
            if operation.public:
                assert answer.status_code in (200, 400, 404), path
            else:
                assert answer.status_code == 401, path
                code = answer.json()["error_code"]
                assert code == "RestExceptionCodes.NOT_AUTHENTICATED"


def test_wrong_and_expired_tokens_are_refused_everywhere(sandbox: Sandbox, budi: Caller) -> None:
    wrong = {"freelancer-oauth-v1": "nonsense"}
    assert budi.refused("GET", SEARCH, headers=wrong) == (401, "NOT_AUTHENTICATED")
    sandbox.market.tokens.expire(sandbox.tokens["budi"])
    assert budi.refused("GET", "users/0.1/self/") == (401, "NOT_AUTHENTICATED")
    sandbox.market.tokens.renew(sandbox.tokens["budi"])
    assert budi.ok("GET", "users/0.1/self/")["id"] == BUDI


def test_a_bearer_token_is_taken_too(sandbox: Sandbox, nobody: Caller) -> None:
    headers = {"authorization": f"Bearer {sandbox.tokens['alice']}"}
    assert nobody.ok("GET", "users/0.1/self/", headers=headers)["id"] == ALICE


def test_the_date_is_the_markets(sandbox: Sandbox, nobody: Caller) -> None:
    assert nobody.http.get(SEARCH).headers["date"] == "Mon, 21 Sep 2026 14:13:20 GMT"
    sandbox.market.clock_offset = 3600
    assert nobody.http.get(SEARCH).headers["date"] == "Mon, 21 Sep 2026 15:13:20 GMT"


def test_numbers_are_exact() -> None:
    assert encode([Decimal("75.25"), Decimal("100.00"), Decimal(0), Decimal("1E+3")]) == (
        b"[75.25,100,0,1000]"
    )
    assert encode(Decimal("12345678901234567890.12")) == b"12345678901234567890.12"
    assert encode(Decimal("0.0000625")) == b"0.0000625"


def test_rate_headers_and_429(nobody: Caller) -> None:
    assert nobody.http.get(SEARCH).headers["ratelimit-limit"] == "6000, 6000;window=60"
    with running_sandbox(rate="2;window=60, 9;window=3600") as sandbox:
        caller = Caller(sandbox, "budi")
        with caller.http:
            first = caller.http.get("users/0.1/self/")
            assert first.headers["ratelimit-limit"] == "2, 2;window=60, 9;window=3600"
            assert first.headers["ratelimit-remaining"] == "1"
            caller.ok("GET", "users/0.1/self/")
            assert caller.refused("GET", "users/0.1/self/") == (429, "RATE_LIMITED")
            caller.ok("GET", "users/0.1/users/", params={"users[]": 101})
            sandbox.rates.set("100;window=60")
            caller.ok("GET", "users/0.1/self/")


def test_one_window_ends_and_the_next_begins(sandbox: Sandbox, budi: Caller, clock: Clock) -> None:
    sandbox.rates.set("1;window=60")
    budi.ok("GET", "users/0.1/self/")
    budi.refused("GET", "users/0.1/self/")
    clock.now += 60
    budi.ok("GET", "users/0.1/self/")


def test_head_has_headers_and_no_body(nobody: Caller) -> None:
    answer = nobody.http.head(SEARCH)
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 0


def test_all_ids_of_the_tiny_world(nobody: Caller) -> None:
    shown = nobody.ok("GET", "projects/0.1/projects/all/")["projects"]
    assert {project["id"] for project in shown} == {LOGO, SHOP, HOURLY, OLD}
