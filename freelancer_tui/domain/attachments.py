"""Attachments: files that go with messages, to the client and from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from freelancer_tui.domain.file_names import free_name, sameness


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; it is downloaded by message id and name."""

    name: str
    """Cleaned, to be shown; `file_names.safe_name` makes a name for a disk of it."""
    size: int | None = None
    content_type: str = ""
    key: str = ""
    """Its name letter for letter as the marketplace has it, percent-encoded so that it is tame."""
    is_shadowed: bool = False
    """True where a file before it in the message has its address: that one comes."""

    @property
    def address(self) -> str:
        """The last part of where it is; caches of older versions know no key."""
        return self.key or quote(self.name, safe="")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send: its bytes were copied when it was attached, whatever becomes of it since."""

    name: str
    """As it travels: safe on every system."""
    path: str
    """Where the copy lies, named by its checksum."""
    size: int
    content_type: str = ""
    checksum: str = ""
    """SHA-256 of the copy, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that came with a message, as it was saved for the user."""

    message_remote_id: int
    name: str
    """As the conversation shows it."""
    path: str
    size: int
    checksum: str
    """SHA-256 of what came, in hexadecimal digits."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of a message, as its conversation shows it."""

    attachment: Attachment
    saved: Download | None = None
    """Where it lies on this machine; None until it is downloaded, and when it is gone again."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far a file, or all files of a message, got."""

    done: int = 0
    total: int | None = None
    """None where nobody told."""

    @property
    def percent(self) -> int:
        """How much of it is done, in whole percent; 0 while nobody told how much there is."""
        return min(100 * self.done // self.total, 100) if self.total else 0


def told_apart(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Give the files of a message that came so that no two show one name."""
    found: list[Attachment] = []
    for one in files:
        names = {other.name for other in found}
        name = free_name(one.name, names.__contains__) if one.name in names else one.name
        is_shadowed = any(other.address == one.address for other in found)
        found.append(replace(one, name=name, is_shadowed=is_shadowed))
    return tuple(found)


def joined(known: Iterable[Upload], more: Iterable[Upload]) -> tuple[Upload, ...]:
    """Give the files of one message: none is there twice, and no two have one name."""
    files = list(known)
    for one in more:
        if any(_is_same(one, other) for other in files):
            continue
        taken = {sameness(other.name) for other in files}
        files.append(replace(one, name=free_name(one.name, _is_among(taken))))
    return tuple(files)


def _is_among(taken: set[str]) -> Callable[[str], bool]:
    return lambda name: sameness(name) in taken


def _is_same(one: Upload, other: Upload) -> bool:
    return one.path == other.path and sameness(one.name) == sameness(other.name)
