"""Attachments: files that go with messages, to the client and from them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; it is downloaded by message id and name."""

    name: str
    """Cleaned, to be shown; `file_names.safe_name` makes a name for a disk of it."""
    size: int | None = None
    content_type: str = ""
    key: str = ""
    """Its name letter for letter as the marketplace has it, percent-encoded so that it is tame."""


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
class Transfer:
    """How far a file, or all files of a message, got."""

    done: int = 0
    total: int | None = None
    """None where nobody told."""
