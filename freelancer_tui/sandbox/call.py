"""Call: one request to the API, read, on its way to the market."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.reading import Given
from freelancer_tui.sandbox.refusals import bad_form, not_authenticated, not_found

DEFAULT_LIMIT = 10
MOST_LIMIT = 100
MOST_OFFSET = 10_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks for what."""

    market: Market
    viewer: int | None
    """The user whose token came along; None without a token."""
    query: Given
    body: Given
    body_kind: str
    path: dict[str, str]

    @property
    def user(self) -> int:
        """The signed-in user's id."""
        if self.viewer is None:
            raise not_authenticated()
        return self.viewer

    def id(self, name: str = "id") -> int:
        """Give an id out of the path; what is no id names nothing."""
        text = self.path[name]
        if not (text.isascii() and text.isdecimal()) or len(text) > 18:
            raise not_found("Resource")
        return int(text)

    def place(self) -> tuple[int, int]:
        """Give limit and offset; a page has at most 100 rows."""
        limit = self.query.number("limit")
        offset = self.query.number("offset") or 0
        if limit is None:
            limit = DEFAULT_LIMIT
        if limit < 0 or offset < 0 or offset > MOST_OFFSET:
            raise bad_form("limit and offset must not be below 0")
        return min(limit, MOST_LIMIT), offset

    def action(self) -> str | None:
        """Give the action, from the query, else from the body."""
        return self.query.text("action") or self.body.text("action")

    def either(self, name: str) -> Given:
        """Give the query if it has a name, else the body."""
        return self.query if self.query.flag(name) else self.body


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """Without a last slash."""
    act: Callable[[Call], object]
    public: bool = False
    """Whether it answers without a token."""
