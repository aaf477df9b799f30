"""Attachments on the wire: fetched in parts over a line that cuts, changes and lies."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.errors import FreelancerError, Offline, Refused, Stopped, WireMismatch
from freelancer_tui.marketplaces.freelancer.adapter import FreelancerMarketplace
from tests.marketplaces.raw_server import Behave, Request, reply
from tests.marketplaces.samples import body
from tests.marketplaces.test_failures import SAID, bytes_of, cut, market

CONTENT = bytes(range(256)) * 2000
HALF = len(CONTENT) // 2
FILE = {"Content-Type": "application/pdf", "Accept-Ranges": "bytes", "ETag": '"one"'}


@dataclass
class Sink:
    """What a caller has of a file."""

    content: bytearray = field(default_factory=bytearray)
    begun: int = 0
    total: int | None = None
    is_enough: bool = False

    def take(self, at: int, part: bytes, total: int | None) -> None:
        if at == 0 and not part:
            self.begun += 1
        del self.content[at:]
        assert at == len(self.content)
        self.content += part
        self.total = total


async def fetched(adapter: FreelancerMarketplace, key: str = "a.pdf") -> Sink:
    sink = Sink()
    await adapter.download(9, key, sink.take, lambda: sink.is_enough)
    return sink


def in_turn(*answers: Behave) -> tuple[Behave, list[Request]]:
    """Answer each request in its own way, the last for all that follow."""
    came: list[Request] = []

    async def behave(request: Request) -> None:
        came.append(request)
        await answers[min(len(came), len(answers)) - 1](request)

    return behave, came


def half(headers: dict[str, str]) -> Behave:
    return cut(reply(CONTENT[:HALF], headers=headers, length=len(CONTENT)))


def rest(start: int, tag: str = '"one"') -> Behave:
    span = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    headers = FILE | {"ETag": tag, "Content-Range": span}
    return bytes_of(reply(CONTENT[start:], status=206, headers=headers))


WHOLE = bytes_of(reply(CONTENT, headers=FILE))


@pytest.mark.parametrize("content", [CONTENT, b"", b"x"], ids=["large", "empty", "small"])
async def test_a_file_comes_as_it_is(content: bytes) -> None:
    async with market(bytes_of(reply(content, headers=FILE))) as (adapter, server):
        sink = await fetched(adapter, "a%20%E2%82%AC.pdf")
    assert (bytes(sink.content), sink.total) == (content, len(content))
    (request,) = server.requests
    assert request.line == "GET /api/messages/0.1/messages/9/a%20%E2%82%AC.pdf HTTP/1.1"
    assert request.header("accept-encoding") == "identity"


async def test_a_file_that_is_cut_goes_on_where_it_was() -> None:
    behave, came = in_turn(half(FILE), rest(HALF))
    async with market(behave) as (adapter, _server):
        sink = await fetched(adapter)
    assert bytes(sink.content) == CONTENT
    assert came[1].header("range") == f"bytes={HALF}-"
    assert came[1].header("if-range") == '"one"'


@pytest.mark.parametrize(
    "then",
    [WHOLE, rest(HALF - 1), rest(0), bytes_of(reply(b"", status=416)), half(FILE)],
    ids=["it changed", "another place", "from the start", "no such range", "cut again"],
)
async def test_an_answer_that_does_not_go_on_begins_anew(then: Behave) -> None:
    behave, came = in_turn(half(FILE), then, WHOLE)
    async with market(behave) as (adapter, _server):
        sink = await fetched(adapter)
    assert bytes(sink.content) == CONTENT
    assert len(came) <= 3


@pytest.mark.parametrize("lacking", ["Accept-Ranges", "ETag"])
async def test_a_server_that_does_not_resume_is_asked_for_all(lacking: str) -> None:
    headers = {name: value for name, value in FILE.items() if name != lacking}
    behave, came = in_turn(half(headers), WHOLE)
    async with market(behave) as (adapter, _server):
        sink = await fetched(adapter)
    assert bytes(sink.content) == CONTENT
    assert came[1].header("range") == ""


async def test_patience_is_new_after_headway_and_ends_without() -> None:
    pieces = [HALF // 3 * n for n in range(1, 6)]
    answers = [cut(reply(CONTENT[: pieces[0]], headers=FILE, length=len(CONTENT)))]
    for start, end in pairwise(pieces):
        span = {"Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"}
        length = len(CONTENT) - start
        data = reply(CONTENT[start:end], status=206, headers=FILE | span, length=length)
        answers.append(cut(data))
    behave, _came = in_turn(*answers, rest(pieces[-1]))
    async with market(behave) as (adapter, _server):
        assert bytes((await fetched(adapter)).content) == CONTENT
    nothing = cut(reply(b"", headers=FILE, length=len(CONTENT)))
    async with market(nothing) as (adapter, server):
        with pytest.raises(Offline):
            await fetched(adapter)
        assert len(server.requests) == 3


GONE = b'{"status":"error","message":"x","error_code":"RestExceptionCodes.NOT_FOUND"}'
PAGE = b"<html>Please sign in to this network</html>"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(GONE, status=404), Refused),
        (reply(GONE), Refused),
        (reply(PAGE, headers={"Content-Type": "text/html"}), WireMismatch),
        (reply(b'{"status":"success","result":{}}'), WireMismatch),
        (reply(CONTENT, status=206, headers=FILE), Offline),
    ],
    ids=["gone", "gone, with 200", "a page", "data", "a part nobody asked for"],
)
async def test_what_is_no_file_is_none(answer: bytes, error: type[FreelancerError]) -> None:
    async with market(bytes_of(answer)) as (adapter, _server):
        with pytest.raises(error):
            await fetched(adapter)


async def test_a_page_and_data_may_be_files_themselves() -> None:
    for key, kind in (("a.html", "text/html"), ("a.json", "application/json")):
        answer = reply(PAGE, headers={"Content-Type": kind})
        async with market(bytes_of(answer)) as (adapter, _server):
            assert bytes((await fetched(adapter, key)).content) == PAGE


async def test_a_packed_file_is_unpacked() -> None:
    answer = reply(CONTENT, headers={"Content-Type": "text/plain"}, zipped=True)
    async with market(bytes_of(answer)) as (adapter, _server):
        assert bytes((await fetched(adapter)).content) == CONTENT


async def test_a_stop_ends_it_though_nothing_comes() -> None:
    async def stall(request: Request) -> None:
        request.send(reply(CONTENT[:10], headers=FILE, length=len(CONTENT)))

    sink = Sink()

    def take(at: int, part: bytes, total: int | None) -> None:
        sink.take(at, part, total)
        sink.is_enough = bool(sink.content)

    async with market(stall) as (adapter, _server):
        began = time.monotonic()
        with pytest.raises(Stopped):
            await adapter.download(9, "a.pdf", take, lambda: sink.is_enough)
        assert time.monotonic() - began < 2


async def test_what_the_taker_raises_ends_it_at_once() -> None:
    def full(at: int, part: bytes, total: int | None) -> None:
        raise FreelancerError("the disk is full")

    async with market(WHOLE) as (adapter, server):
        with pytest.raises(FreelancerError, match="disk is full"):
            await adapter.download(9, "a.pdf", full, lambda: False)
        assert len(server.requests) == 1


def saying(tmp_path: Path, content: bytes, change: Callable[[Path], object]) -> Upload:
    (tmp_path / "copy").write_bytes(content)
    change(tmp_path / "copy")
    checksum = "9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a"
    return Upload("a.bin", str(tmp_path / "copy"), len(content), "image/png", checksum)


async def test_what_is_sent_is_counted(tmp_path: Path) -> None:
    upload = saying(tmp_path, b"\x01\x02\x03\x04" * 50_000, lambda path: None)
    upload = replace(upload, checksum="")
    told: list[Transfer] = []
    async with market(bytes_of(reply(body("sent_message.json")))) as (adapter, server):
        await adapter.push(replace(SAID, uploads=(upload,)), told.append)
    assert told[-1] == Transfer(200_000, 200_000)
    assert len(told) > 2
    assert b"Content-Type: image/png" in server.requests[0].body
    assert b"\x01\x02\x03\x04" * 50_000 in server.requests[0].body


async def test_a_copy_that_changed_is_not_sent(tmp_path: Path) -> None:
    good = saying(tmp_path, b"\x01\x02\x03\x04", lambda path: None)
    async with market(bytes_of(reply(body("sent_message.json")))) as (adapter, server):
        await adapter.push(replace(SAID, uploads=(good,)))
        bad = saying(tmp_path, b"\x01\x02\x03\x04", lambda path: path.write_bytes(b"\x01\x02"))
        with pytest.raises(Refused) as refused:
            await adapter.push(replace(SAID, uploads=(bad,)))
    assert refused.value.reason_code == "FILE_CHANGED"
    assert len(server.requests) == 1
