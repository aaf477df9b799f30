"""Fuzz: nonsense of every kind is answered with a 4xx envelope, never with a 5xx."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from freelancer_tui.sandbox.app import OPERATIONS
from tests.sandbox.conftest import Caller, a_bid
from tests.sandbox.server import Sandbox
from tests.sandbox.test_search import a_project
from tests.sandbox.worlds import ALICE, BUDI, LOGO

RELAXED = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = st.sampled_from(
    "action amount bid_id bidder_id bids[] bidders bookmark budget category_ratings"
    " client_message_id comment compact context context_type count currency description"
    " countries[] from_time from_updated_time hourly_rate_min is_read jobs[] jobs limit"
    " max_price members[] message messages[] milestone_percentage min_price new_errors offset"
    " or_search_query period profile_description project_id project_types[] projects[] query"
    " reason reputation_data request_id reverse_sort role seconds sort_field statuses[]"
    " thread_id threads[] time_start title to_user_id user_details usernames[] users[]"
    " window_above frontend_bid_statuses[] highlight_pre_tags highlight_post_tags".split()
)
NONSENSE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([2**31, 2**63, -(2**63), 2**64, 10**18, 10**400, LOGO, BUDI, ALICE]),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["\0", "\ud800", "'; DROP TABLE bids; --", "%", "²", "1e999", "NaN", "-0", "٣"]
    ),
)
ANYTHING = st.recursive(
    NONSENSE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
TEXTS = st.one_of(st.text(max_size=12), st.integers().map(str), st.sampled_from(["NaN", "1e9", ""]))
PATHS = st.sampled_from(
    [operation.path.replace("{filename}", "a%00.txt") for operation in OPERATIONS]
    + ["/api/projects/0.1/", "/oauth/token", "/oauth/authorise", "/"]
)
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])


def settled(answer: httpx.Response) -> None:
    """An answer that is a success, a redirect, a page to sign in, or a whole error envelope."""
    assert answer.status_code < 500, (answer.request.url, answer.request.content, answer.text)
    if answer.status_code >= 400:
        document = answer.json()
        assert document["status"] == "error"
        assert document["request_id"]
        assert document.get("error_code") or document["error"]["code"]


@RELAXED
@given(
    method=METHODS,
    path=PATHS,
    number=st.sampled_from(["1", str(LOGO), "0", "9" * 25, "x", "%ff", "..%2f"]),
    query=st.lists(st.tuples(NAMES, TEXTS), max_size=5),
    body=st.dictionaries(NAMES, ANYTHING, max_size=6),
)
def test_json_and_queries(
    callers: dict[str, Caller],
    method: str,
    path: str,
    number: str,
    query: list[tuple[str, str]],
    body: dict[str, Any],
) -> None:
    url = str(callers["budi"].http.base_url).removesuffix("/api/") + path.replace("{id}", number)
    content = json.dumps(body).encode()
    kind = {"content-type": "application/json"}
    params = httpx.QueryParams(
        [(name, value.encode("utf-8", "replace").decode()) for name, value in query]
    )
    for name in ("budi", "alice"):
        http = callers[name].http
        settled(http.request(method, url, params=params, content=content, headers=kind))


@RELAXED
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=b",
            "multipart/form-data; boundary=",
            "text/plain; charset=\xff",
            "",
        ]
    ),
    path=PATHS,
)
def test_bodies_of_any_bytes(callers: dict[str, Caller], body: bytes, kind: str, path: str) -> None:
    http = callers["alice"].http
    url = str(http.base_url).removesuffix("/api/") + path.replace("{id}", str(LOGO))
    headers = [(b"content-type", kind.encode("latin-1"))]
    for method in ("POST", "PUT", "DELETE"):
        settled(http.request(method, url, content=body, headers=headers))
    form = b"--b\r\nContent-Disposition: form-data; name=message\r\n\r\n" + body + b"\r\n--b--"
    settled(
        http.post(url, content=form, headers={"content-type": "multipart/form-data; boundary=b"})
    )


@RELAXED
@given(name=st.sampled_from(sorted(a_bid())), value=ANYTHING)
def test_bids_with_one_thing_wrong(callers: dict[str, Caller], name: str, value: Any) -> None:
    content = json.dumps({**a_bid(), name: value}).encode()
    settled(callers["budi"].http.post("projects/0.1/bids/", content=content))


@RELAXED
@given(name=st.sampled_from(sorted(a_project())), value=ANYTHING)
def test_projects_with_one_thing_wrong(callers: dict[str, Caller], name: str, value: Any) -> None:
    content = json.dumps({**a_project(), name: value}).encode()
    settled(callers["alice"].http.post("projects/0.1/projects/", content=content))


@RELAXED
@given(query=st.text(max_size=30), words=st.text(max_size=30))
def test_searches_for_any_words(nobody: Caller, query: str, words: str) -> None:
    how = {"query": query, "or_search_query": words, "highlight_pre_tags": words}
    how["highlight_post_tags"] = query
    settled(nobody.http.get("projects/0.1/projects/active/", params=how))


@pytest.mark.parametrize(
    "content",
    [
        b'{"amount": NaN}',
        b'{"amount": Infinity}',
        b'{"amount": 1e999999999999999999999}',
        b'{"amount": 1e-999999999}',
        b'{"amount": ' + b"9" * 5000 + b"}",
        b'{"description": "\\ud800"}',
        b'{"description": "\\u0000"}',
        b'{"description": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[]",
        b"1",
        b"null",
        b'"text"',
        b"{",
        b'{"jobs": [' + b"1," * 2000 + b"1]}",
    ],
)
def test_bodies_known_to_break_parsers(callers: dict[str, Caller], content: bytes) -> None:
    kind = {"content-type": "application/json"}
    for path in ("projects/0.1/bids/", "projects/0.1/milestones/", "users/0.1/self/jobs/"):
        answer = callers["budi"].http.post(path, content=content, headers=kind)
        settled(answer)
        assert answer.status_code == 400, answer.text


def test_a_request_too_large_is_refused(sandbox: Sandbox, budi: Caller) -> None:
    answer = budi.http.post("projects/0.1/bids/", content=b"x" * (64 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    settled(answer)
    assert budi.refused("GET", f"projects/0.1/projects/?{'a=1&' * 1500}")[0] == 400
