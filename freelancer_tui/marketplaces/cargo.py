"""Cargo: files that travel with a call, counted as they move; one that comes can be resumed."""

import re
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.errors import Stopped
from freelancer_tui.i18n import _

Tell = Callable[[Transfer], None]
Take = Callable[[int, bytes, int | None], None]
"""Gets where a part of a file belongs, the part, and the size of the whole where that is told.

A part at 0 begins anew: what was there before is void. Whatever it raises ends the call.
"""
_GAIN: Final = 64 * 1024
"""Bytes by which a try counts as progress, so that the next has patience again."""
_RANGE: Final = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)")


class Astray(Exception):
    """The answer is no part of the file that goes on where we are."""


class Cargo:
    """What moves with a call; this one is empty."""

    moved = 0
    """Bytes that moved so far, one way or the other: slow is no reason to give up, still is."""

    def headers(self) -> Mapping[str, str]:
        """Give what is to be said in the head of the next try."""
        return {}

    def is_stopped(self) -> bool:
        """Tell whether the user wants no more of it."""
        return False

    def has_gained(self) -> bool:
        """Tell whether enough moved since this was asked last to have patience again."""
        return False

    def takes(self, status: int, headers: Mapping[str, str]) -> bool:
        """Tell whether the body of an answer is the file."""
        return False

    def take(self, part: bytes) -> None:
        """Take a part of the file."""

    def end(self) -> None:
        """Raise Astray when the file is not whole."""


class Sending(Cargo):
    """Files that go there."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total = total
        self._tell = tell

    def counted(self, content: bytes | BinaryIO) -> "bytes | Counted":
        """Give a content that is counted as it is read."""
        return content if isinstance(content, bytes) else Counted(content, self._count)

    def _count(self, size: int) -> None:
        self.moved += size
        self._tell(Transfer(self.moved, self._total))


class Counted:
    """A file that tells how much is read of it; as much of a file as httpx asks for."""

    def __init__(self, content: BinaryIO, count: Callable[[int], None]) -> None:
        self._content = content
        self._count = count

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        part = self._content.read(size)
        self._count(len(part))
        return part

    def fileno(self) -> int:
        """Give the number by which the system knows the file, and so its size."""
        return self._content.fileno()


class Fetching(Cargo):
    """A file that comes from there, piece by piece."""

    def __init__(self, take: Take, stop: Callable[[], bool], *, is_page: bool, is_json: bool):
        """`is_page` and `is_json` tell that the file itself is one, so that such is no fault."""
        self._take = take
        self._stop = stop
        self._known = {"text/html": is_page, "application/json": is_json}
        self._done = 0
        self._total: int | None = None
        self._mark = ""
        """What stays the same as long as the file does; without it nothing is resumed."""
        self._gained = 0
        self.is_there = False

    def headers(self) -> Mapping[str, str]:
        """Ask for the bytes as they are, and for the rest of them where that can be trusted."""
        plain = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if not self._mark or not self._done:
            self._done = 0
            return plain
        return {**plain, "Range": f"bytes={self._done}-", "If-Range": self._mark}

    def is_stopped(self) -> bool:
        """Tell whether the user wants no more of it."""
        return self._stop()

    def has_gained(self) -> bool:
        """Tell whether enough came since this was asked last to have patience again."""
        gained, self._gained = self.moved - self._gained, self.moved
        return gained >= _GAIN

    def takes(self, status: int, headers: Mapping[str, str]) -> bool:
        """Tell whether an answer is the file, from its beginning or from where we are."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if status == 416 and self._done:
            raise self._astray()
        if status not in (200, 206) or not self._known.get(kind, True):
            return False
        if status == 206:
            told = _RANGE.match(headers.get("content-range", ""))
            if told is None or int(told[1]) != self._done or not self._done:
                raise self._astray()
        else:
            self._done = 0
            length = headers.get("content-length", "")
            is_plain = "content-encoding" not in headers and length.isascii() and length.isdigit()
            self._total = int(length[:18]) if is_plain else None
            self._mark = _mark(headers) if is_plain else ""
        self.take(b"")
        return True

    def take(self, part: bytes) -> None:
        """Hand on a part."""
        if self._stop():
            raise Stopped(_("Stopped: nothing was saved."))
        self._take(self._done, part, self._total)
        self._done += len(part)
        self.moved += len(part)

    def end(self) -> None:
        """Raise Astray when something is missing at the end, or there is too much."""
        if self._total is not None and self._done != self._total:
            raise self._astray() if self._done > self._total else Astray
        self.is_there = True

    def _astray(self) -> Astray:
        """Start over with the next try."""
        self._done, self._mark = 0, ""
        return Astray()


def _mark(headers: Mapping[str, str]) -> str:
    """Give what tells one state of a file from another, where the server resumes at all."""
    if headers.get("accept-ranges", "").strip().lower() != "bytes":
        return ""
    tag = headers.get("etag", "")
    mark = tag if tag.startswith('"') else headers.get("last-modified", "")
    return mark if mark.isascii() and mark.isprintable() and len(mark) <= 200 else ""
