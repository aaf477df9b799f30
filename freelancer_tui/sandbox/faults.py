"""Faults: what can go wrong between the market and its callers, on purpose."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, get_args

Kind = Literal[
    "drop_before",
    "drop_after",
    "error_before",
    "error_after",
    "rate_limited",
    "expired_token",
    "slow_body",
    "delay",
    "html",
    "error_200",
    "cut_json",
    "cut_body",
    "null_owner_id",
    "twice",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
BEFORE: frozenset[Kind] = frozenset(
    ("drop_before", "error_before", "rate_limited", "expired_token")
)
"""These keep the request from the market; all others let it act and spoil the answer."""
OWNER = re.compile(rb'"owner_id":\d+')


@dataclass(slots=True)
class Fault:
    """One thing to go wrong, for requests that fit its method and path."""

    kind: Kind
    method: str = "*"
    path: str = "*"
    """A pattern as for file names, matched against the path without its last slash."""
    times: int | None = 1
    """How often; None is always."""
    status: int = 500
    """Of `error_before` and `error_after`."""
    seconds: float = 2.0
    """How long `slow_body` and `delay` take."""
    headers: bool = True
    """Whether `rate_limited` names the rate, and 503 a time to retry after."""

    def fits(self, method: str, path: str) -> bool:
        """Tell whether a request is one for this fault."""
        return (
            self.times != 0
            and self.method in ("*", method)
            and fnmatchcase(path, self.path.rstrip("/") or "/")
        )


class Faults:
    """The faults that are switched on; empty as long as nobody asks for any."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self.active: list[Fault] = []
        self.hits: list[Kind] = []
        """What has happened so far, in order."""

    def add(
        self,
        kind: Kind,
        *,
        method: str = "*",
        path: str = "*",
        times: int | None = 1,
        status: int = 500,
        seconds: float = 2.0,
        headers: bool = True,
    ) -> Fault:
        """Switch a fault on and give it, so that a test can look at what is left of it."""
        fault = Fault(kind, method, path, times, status, seconds, headers)
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Switch all faults off."""
        self.active.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Give the first fault for this request, and count it off."""
        for fault in self.active:
            if fault.fits(method, path):
                if fault.times is not None:
                    fault.times -= 1
                self.active = [fault for fault in self.active if fault.times != 0]
                self.hits.append(fault.kind)
                return fault
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response on its way out."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def with_body(self, body: bytes, content_type: bytes | None = None) -> "Answer":
        """Give the same answer with another body and its right length."""
        headers = [(n, v) for n, v in self.headers if n.lower() != b"content-length"]
        if content_type is not None:
            headers = [(n, v) for n, v in headers if n.lower() != b"content-type"]
            headers.append((b"content-type", content_type))
        headers.append((b"content-length", str(len(body)).encode()))
        return Answer(self.status, tuple(headers), body)


HTML = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    b"<body><h1>Checking your browser</h1></body></html>"
)


def spoiled(fault: Fault, answer: Answer, error: bytes) -> Answer:
    """Give the answer as a fault that spoils whole answers leaves it."""
    match fault.kind:
        case "html":
            return Answer(200, answer.headers, b"").with_body(HTML, b"text/html; charset=utf-8")
        case "error_200":
            return Answer(200, answer.headers, b"").with_body(error, b"application/json")
        case "cut_json":
            return answer.with_body(answer.body[: len(answer.body) // 2])
        case "null_owner_id":
            return answer.with_body(OWNER.sub(b'"owner_id":null', answer.body))
    return answer
