"""Messages: threads with a reason, what is said in them, and the files that come along."""

from typing import Any

import pytest

from freelancer_tui.sandbox.market.messages import File
from tests.sandbox.conftest import Caller, Clock
from tests.sandbox.server import Sandbox
from tests.sandbox.worlds import ALICE, BOB, BUDI, LOGO, NOW, SITI

THREADS = "messages/0.1/threads/"
MESSAGES = "messages/0.1/messages/"


def opening(*members: int, **changes: Any) -> dict[str, Any]:
    return {
        "members[]": list(members),
        "context_type": "project",
        "context": LOGO,
        "message": "Let's talk",
        **changes,
    }


@pytest.fixture
def thread(budi: Caller, alice: Caller) -> int:
    """The thread that Alice opened with Budi about his bid."""
    budi.bid()
    number: int = alice.ok("POST", THREADS, data=opening(BUDI))["id"]
    return number


def test_a_thread_is_opened_by_the_employer(budi: Caller, alice: Caller) -> None:
    budi.bid()
    made = alice.ok("POST", THREADS, data=opening(BUDI))
    assert made["id"] == made["thread"]["id"]
    assert made["thread"]["members"] == [BUDI, ALICE]
    assert made["thread"]["context"] == {"type": "project", "id": LOGO}
    assert (made["thread"]["owner"], made["thread"]["thread_type"]) == (ALICE, "private_chat")
    assert made["thread"]["message"]["message"] == "Let's talk"
    assert made["is_read"] is True
    seen = budi.ok("GET", THREADS, params={"unread_count": "1"})["threads"][0]
    assert (seen["id"], seen["is_read"], seen["message_unread_count"]) == (made["id"], False, 1)


def test_one_thread_for_the_same_people_and_project(thread: int, alice: Caller) -> None:
    again = alice.ok("POST", THREADS, data=opening(BUDI, message="Are you there?"))
    assert again["id"] == thread
    shown = alice.ok("GET", MESSAGES, params={"threads[]": thread})
    assert [message["message"] for message in shown["messages"]] == ["Are you there?", "Let's talk"]


def test_freelancers_do_not_write_first(budi: Caller, siti: Caller, alice: Caller) -> None:
    bid = budi.bid()["id"]
    assert budi.refused("POST", THREADS, data=opening(ALICE)) == (403, "THREAD_NOT_ALLOWED")
    alice.act(f"bids/{bid}", "award")
    assert siti.refused("POST", THREADS, data=opening(ALICE)) == (403, "THREAD_NOT_ALLOWED")
    assert budi.ok("POST", THREADS, data=opening(ALICE))["thread"]["owner"] == BUDI
    general = {"members[]": ALICE, "context_type": "none", "message": "Hi"}
    assert budi.ok("POST", THREADS, data=general)["thread"]["context"] == {"type": "none"}
    assert siti.refused("POST", THREADS, data=general) == (403, "THREAD_NOT_ALLOWED")


def test_employers_write_to_bidders(alice: Caller, bob: Caller, budi: Caller) -> None:
    assert alice.refused("POST", THREADS, data=opening(BUDI)) == (403, "PERMISSION_DENIED")
    budi.bid()
    assert bob.refused("POST", THREADS, data=opening(BUDI)) == (403, "THREAD_NOT_ALLOWED")
    assert alice.refused("POST", THREADS, data=opening()) == (400, "BAD_FORM")
    assert alice.refused("POST", THREADS, data=opening(999)) == (404, "NOT_FOUND")
    assert alice.refused("POST", THREADS, data=opening(BUDI, context=9)) == (404, "NOT_FOUND")
    assert alice.refused("POST", THREADS, data=opening(BUDI, message=" ")) == (400, "BAD_FORM")
    assert alice.refused("POST", THREADS, json=opening(BUDI)) == (400, "BAD_FORM")
    assert alice.ok("GET", THREADS)["threads"] == []
    named_both = opening(BUDI, ALICE)
    assert alice.ok("POST", THREADS, data=named_both)["thread"]["members"] == [BUDI, ALICE]


@pytest.mark.parametrize("way", ["form", "multipart", "query"])
def test_a_message_is_read_from_form_multipart_or_query(
    thread: int, budi: Caller, way: str
) -> None:
    fields = {"message": "Héllo & bye", "client_message_id": "123456789012345"}
    ways: dict[str, dict[str, Any]] = {
        "form": {"data": fields},
        "multipart": {"files": [(name, (None, value)) for name, value in fields.items()]},
        "query": {"params": fields},
    }
    said = budi.ok("POST", f"{THREADS}{thread}/messages/", **ways[way])
    assert (said["message"], said["from_user"], said["thread_id"]) == ("Héllo & bye", BUDI, thread)
    assert said["time_created"] == NOW
    assert said["client_message_id"] == 123456789012345


def test_json_is_no_message(thread: int, budi: Caller) -> None:
    refused = budi.refused("POST", f"{THREADS}{thread}/messages/", json={"message": "Hi"})
    assert refused == (400, "BAD_FORM")


def test_a_repeated_client_id_is_kept_twice_unless_switched(
    sandbox: Sandbox, thread: int, budi: Caller
) -> None:
    path, form = f"{THREADS}{thread}/messages/", {"message": "Hi", "client_message_id": "7"}
    first, second = budi.ok("POST", path, data=form), budi.ok("POST", path, data=form)
    assert first["id"] < second["id"]
    sandbox.market.messages.drop_repeated = True
    assert budi.ok("POST", path, data=form)["id"] == first["id"]


def test_files_come_along_and_can_be_had_by_members(
    thread: int, budi: Caller, alice: Caller, siti: Caller
) -> None:
    content = bytes(range(256)) * 40 + b"\r\n--tail\r\n"
    names = ["plan.pdf", "gambar é 1.png"]
    said = budi.ok(
        "POST",
        f"{THREADS}{thread}/messages/",
        data={"attachments[]": names},
        files=[("files[]", (name, content, "application/pdf")) for name in names],
    )
    assert [file["filename"] for file in said["attachments"]] == names
    assert {file["message_id"] for file in said["attachments"]} == {said["id"]}
    assert said["message"] == ""
    for name in names:
        answer = alice.http.get(f"{MESSAGES}{said['id']}/{name}")
        assert answer.content == content
        assert answer.headers["content-type"] == "application/pdf"
    (shown,) = alice.ok("GET", THREADS, params={"thread_attachments": "1"})["threads"]
    assert [file["filename"] for file in shown["attachments"]] == names
    assert siti.refused("GET", f"{MESSAGES}{said['id']}/plan.pdf") == (404, "NOT_FOUND")
    assert budi.refused("GET", f"{MESSAGES}{said['id']}/other.pdf") == (404, "NOT_FOUND")


def test_a_file_may_have_20_mb(thread: int, budi: Caller) -> None:
    path, most = f"{THREADS}{thread}/messages/", 20 * 1024 * 1024
    fits = {"files[]": ("a.bin", b"x" * most)}
    assert budi.ok("POST", path, files=fits)["attachments"][0]["size"] == most
    too_big = {"files[]": ("a.bin", b"x" * (most + 1))}
    assert budi.refused("POST", path, files=too_big)[0] == 413


def test_a_download_goes_on_where_it_was_cut(sandbox: Sandbox, thread: int, budi: Caller) -> None:
    content = bytes(range(256)) * 4
    file = File("a/../b?.txt", "text/plain", content)
    said = sandbox.market.messages.post(ALICE, thread, "", files=[file])
    url = f"{MESSAGES}{said}/a%2F..%2Fb%3F.txt"
    whole = budi.http.get(url)
    tag = whole.headers["etag"]
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["accept-ranges"] == "bytes"
    rest = budi.http.get(url, headers={"Range": "bytes=1000-", "If-Range": tag})
    assert (rest.status_code, rest.content) == (206, content[1000:])
    assert rest.headers["content-range"] == "bytes 1000-1023/1024"
    changed = budi.http.get(url, headers={"Range": "bytes=1000-", "If-Range": '"other"'})
    assert (changed.status_code, changed.content) == (200, content)
    assert budi.http.get(url, headers={"Range": "bytes=1024-"}).status_code == 416


def test_programs_are_refused(thread: int, budi: Caller) -> None:
    files = {"files[]": ("setup.EXE", b"MZ")}
    refused = budi.refused("POST", f"{THREADS}{thread}/messages/", files=files)
    assert refused == (400, "FILE_TYPE_NOT_ALLOWED")


def test_nobody_reads_or_writes_in_others_threads(
    thread: int, budi: Caller, siti: Caller, bob: Caller
) -> None:
    message = budi.ok("POST", f"{THREADS}{thread}/messages/", data={"message": "Secret"})["id"]
    for stranger in (siti, bob):
        assert stranger.refused("GET", f"{THREADS}{thread}/")[0] == 404
        how: dict[str, Any] = {"data": {"message": "Let me in"}}
        assert stranger.refused("POST", f"{THREADS}{thread}/messages/", **how)[0] == 404
        assert stranger.refused("POST", f"{THREADS}{thread}/typing/")[0] == 404
        how = {"data": {"threads[]": thread, "action": "read"}}
        assert stranger.refused("PUT", THREADS, **how)[0] == 404
        assert stranger.ok("GET", THREADS, params={"threads[]": thread})["threads"] == []
        for query in ({"threads[]": thread}, {"messages[]": message}, {"contexts[]": LOGO}):
            assert stranger.ok("GET", MESSAGES, params=query)["messages"] == []
        query = {"thread_id": thread, "query": "secret"}
        assert stranger.refused("GET", f"{MESSAGES}search/", params=query)[0] == 404


def test_reading_muting_and_blocking(thread: int, budi: Caller, alice: Caller) -> None:
    def shown() -> Any:
        return budi.ok("GET", f"{THREADS}{thread}", params={"last_message": "1"})["threads"][0]

    def act(action: str) -> None:
        budi.ok("PUT", THREADS, data={"threads[]": thread, "action": action})

    assert shown()["is_read"] is False
    unread = budi.ok("GET", THREADS, params={"unread_thread_count": "1", "count": "1"})
    assert (unread["unread_thread_count"], unread["count"]) == (1, 1)
    act("read")
    assert (shown()["is_read"], shown()["time_read"]) == (True, NOW)
    act("mute")
    act("star")
    assert (shown()["is_muted"], shown()["is_starred"]) == (True, True)
    act("unmute")
    budi.ok("PUT", THREADS, json={"threads": [thread], "action": "unstar"})
    assert (shown()["is_muted"], shown()["is_starred"]) == (False, False)
    gone = {"threads[]": [thread, 999_999], "action": "star"}
    assert budi.refused("PUT", THREADS, data=gone)[0] == 404
    assert shown()["is_starred"] is False, "all of them or none"
    act("block")
    path, how = f"{THREADS}{thread}/messages/", {"data": {"message": "Hello?"}}
    assert alice.refused("POST", path, **how) == (403, "THREAD_BLOCKED")
    act("unblock")
    alice.ok("POST", path, **how)
    assert shown()["is_read"] is False
    for action in ("dance", ""):
        how = {"data": {"threads[]": str(thread), "action": action}}
        assert budi.refused("PUT", THREADS, **how)[0] == 400


def test_lists_are_newest_first_and_know_time(
    thread: int, budi: Caller, alice: Caller, clock: Clock
) -> None:
    path = f"{THREADS}{thread}/messages/"
    for number in range(3):
        clock.now += 100
        budi.ok("POST", path, data={"message": f"Number {number}"})

    def texts(**query: Any) -> list[str]:
        shown = alice.ok("GET", MESSAGES, params={"threads[]": thread, **query})
        return [message["message"] for message in shown["messages"]]

    assert texts() == ["Number 2", "Number 1", "Number 0", "Let's talk"]
    assert texts(limit=2, offset=1) == ["Number 1", "Number 0"]
    assert texts(from_updated_time=NOW + 200, to_updated_time=NOW + 200) == ["Number 1"]
    assert texts(**{"senders[]": ALICE}) == ["Let's talk"]
    assert texts(is_read="true") == ["Let's talk"]
    everything = alice.ok(
        "GET",
        MESSAGES,
        params={"contexts[]": LOGO, "limit": 1, "thread_details": "1", "user_details": "1"},
    )
    assert everything["unfiltered_count"] == 4
    assert set(everything["threads"]) == {str(thread)}
    assert set(everything["users"]) == {str(BUDI)}
    assert alice.refused("GET", MESSAGES) == (400, "BAD_FORM")
    late = {"from_updated_time": NOW + 300}
    assert len(alice.ok("GET", THREADS, params=late)["threads"]) == 1
    assert alice.ok("GET", THREADS, params={"from_updated_time": NOW + 301})["threads"] == []


def test_threads_and_their_filters(thread: int, alice: Caller, siti: Caller) -> None:
    siti.bid()
    other = alice.ok("POST", THREADS, data=opening(SITI))["id"]

    def ids(**query: Any) -> list[int]:
        return [item["id"] for item in alice.ok("GET", THREADS, params=query)["threads"]]

    assert ids() == [other, thread]
    assert ids(**{"members[]": BUDI}) == [thread]
    assert ids(**{"contexts[]": LOGO, "context_type": "project"}) == [other, thread]
    assert ids(**{"owners[]": BOB}) == []
    assert ids(**{"folders[]": "archived"}) == []
    assert ids(**{"thread_types[]": "group"}) == []
    assert ids(is_read="false") == []
    full = alice.ok(
        "GET",
        THREADS,
        params={"context_details": "1", "user_details": "1", "message_count": "1"},
    )
    assert set(full["context_details"]["projects"]) == {str(LOGO)}
    assert set(full["users"]) == {str(BUDI), str(SITI), str(ALICE)}
    assert full["threads"][0]["message_count"] == 1


def test_searching_what_was_said(thread: int, budi: Caller) -> None:
    path = f"{THREADS}{thread}/messages/"
    for text in ("One", "Two hello", "Three"):
        budi.ok("POST", path, data={"message": text})
    query = {
        "thread_id": thread,
        "query": "HELLO",
        "message_context_details": "True",
        "window_above": 1,
        "window_below": 1,
    }
    result = budi.ok("GET", f"{MESSAGES}search/", params=query)
    (hit,) = result["messages"]
    assert hit["message"] == "Two hello"
    context = result["message_context"][str(hit["id"])]
    assert [m["message"] for m in context["above"] + context["below"]] == ["One", "Three"]
    budi.ok("POST", f"{THREADS}{thread}/typing/")
