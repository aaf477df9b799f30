"""Listings: whole answers as facts, row by row, so that one bad row spoils no page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Generic, TypeVar

import msgspec

from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import OutcomeUnknown, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import translate, wire
from freelancer_tui.marketplaces.freelancer.paging import Row, Slice
from freelancer_tui.marketplaces.freelancer.values import Surroundings, currency_code, when

W = TypeVar("W")
E = TypeVar("E")
_MOST_SENTENCES: Final = 20
_FAILURES: Final = (ValueError, ArithmeticError, RecursionError, WireMismatch)


def decode(raw: msgspec.Raw, shape: type[E]) -> E:
    """Give an answer's result in its shape, or raise WireMismatch."""
    try:
        return msgspec.json.decode(raw, type=shape, strict=False)
    except (ValueError, RecursionError) as error:
        raise WireMismatch(
            _("The marketplace's answer is not as documented: {reason}.").format(
                reason=one_line(str(error), 200)
            )
        ) from None


def sure(raw: msgspec.Raw, shape: type[E]) -> E:
    """Decode the answer to a write; one that cannot be read leaves us in doubt."""
    try:
        return decode(raw, shape)
    except WireMismatch as error:
        raise OutcomeUnknown(str(error)) from None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one answer of a list says."""

    facts: tuple[Fact, ...] = ()
    rows: tuple[Row, ...] = ()
    """The list's own rows in order, readable or not."""
    total: int | None = None
    skipped: tuple[str, ...] = ()
    whole: bool = True
    """False where something was left out, so that what is absent here proves nothing."""
    strangers: frozenset[int] = frozenset()
    """Projects whose currency has to be asked for before the answer can be read."""

    @property
    def slice(self) -> Slice:
        """What paging needs of it."""
        return Slice(self.rows, self.total)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[W]):
    """How rows of one kind are read."""

    name: str
    decoder: "msgspec.json.Decoder[W]"
    make: Callable[[W, str], Fact]
    at: Callable[[W], Decimal | None]
    id_of: Callable[[W], int | None]


def _kind(
    name: str,
    shape: type[W],
    make: Callable[[W, str], Fact],
    at: Callable[[W], Decimal | None] = lambda row: None,
) -> _Kind[W]:
    decoder = msgspec.json.Decoder(shape, strict=False)
    return _Kind(name, decoder, make, at, lambda row: getattr(row, "id", None))


@dataclass(slots=True)
class _Read:
    facts: list[Fact] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    bad: int = 0

    def leave_out(self, name: str, number: int | None, error: BaseException) -> None:
        self.bad += 1
        if len(self.skipped) < _MOST_SENTENCES:
            self.skipped.append(
                _("A {kind} ({number}) could not be read and was left out: {reason}.").format(
                    kind=name, number=number or "?", reason=one_line(str(error), 200)
                )
            )


def _read(rows: wire.Rows, kind: _Kind[W]) -> _Read:
    read = _Read()
    for key, raw in _pairs(rows):
        remote_id: int | None = None
        at = None
        try:
            row = kind.decoder.decode(raw)
            remote_id, moved = kind.id_of(row), when(kind.at(row))
            at = None if moved is None else int(moved.timestamp())
            fact = kind.make(row, key)
            remote_id = getattr(fact, "remote_id", remote_id)
            read.facts.append(fact)
        except _FAILURES as error:
            remote_id = remote_id or _only_id(raw)
            read.leave_out(kind.name, remote_id, error)
        read.rows.append(Row(remote_id, at))
    return read


def _pairs(rows: wire.Rows) -> Iterator[tuple[str, msgspec.Raw]]:
    if isinstance(rows, dict):
        yield from rows.items()
    elif rows:
        yield from (("", raw) for raw in rows)


def _only_id(raw: msgspec.Raw) -> int | None:
    try:
        return msgspec.json.decode(raw, type=wire.OnlyId, strict=False).id
    except (ValueError, RecursionError):
        return None


def _asked_for(rows: wire.Listed, name: str) -> wire.Rows:
    if isinstance(rows, msgspec.UnsetType):
        raise WireMismatch(
            _("The marketplace's answer is not as documented: {reason}.").format(
                reason=_("it holds no list of {kind}").format(kind=name)
            )
        )
    return rows


def _people(rows: wire.Rows) -> _Read:
    return _read(rows, _PEOPLE)


def _listing(read: _Read, people: _Read, *, known: bool, total: int | None = None) -> Listing:
    return Listing(
        facts=(*read.facts, *people.facts),
        rows=tuple(read.rows),
        total=total,
        skipped=(*read.skipped, *people.skipped),
        whole=known and not read.bad,
    )


def projects(raw: msgspec.Raw, around: Surroundings) -> Listing:
    """Read a search or a list of projects, with the people who posted them."""
    answer = decode(raw, wire.ProjectList)
    rows = _asked_for(answer.projects, "projects")
    people = _people(answer.users)
    owners = {fact.remote_id: fact for fact in people.facts if isinstance(fact, Person)}
    kind = _kind(
        "project",
        wire.Project,
        lambda row, key: translate.project(row, around, owners),
        lambda row: row.time_updated or row.time_submitted or row.submitdate,
    )
    read = _read(rows, kind)
    return _listing(read, people, known=rows is not None, total=answer.total_count)


def project_currencies(raw: msgspec.Raw, around: Surroundings) -> dict[int, str]:
    """Read only the currencies of a list of projects, by project."""
    return _currencies(decode(raw, wire.ProjectList).projects, around)


def bids(raw: msgspec.Raw, around: Surroundings, known: Mapping[int, str]) -> Listing:
    """Read a list of bids; `known` tells currencies of projects that the answer leaves out."""
    answer = decode(raw, wire.BidList)
    rows = _asked_for(answer.bids, "bids")
    told = {**known, **_currencies(answer.projects, around)}
    strangers: set[int] = set()

    def make(row: wire.Bid, key: str) -> Fact:
        code = told.get(row.project_id or 0)
        if code is None:
            strangers.add(row.project_id or 0)
            raise WireMismatch(_("the currency is not known"))
        return translate.bid(row, code)

    read = _read(rows, _kind("bid", wire.Bid, make))
    listing = _listing(read, _Read(), known=rows is not None)
    return replace(listing, strangers=frozenset(strangers - {0}))


def threads(raw: msgspec.Raw) -> Listing:
    """Read a list of threads, with the people in them."""
    answer = decode(raw, wire.ThreadList)
    rows = _asked_for(answer.threads, "threads")
    return _listing(_read(rows, _THREADS), _people(answer.users), known=rows is not None)


def messages(raw: msgspec.Raw, thread_remote_id: int) -> Listing:
    """Read a list of one thread's messages, with the people who wrote them."""
    answer = decode(raw, wire.MessageList)
    rows = _asked_for(answer.messages, "messages")
    kind = _kind(
        "message",
        wire.Message,
        lambda row, key: translate.message(row, thread_remote_id),
        lambda row: row.time_created,
    )
    return _listing(_read(rows, kind), _people(answer.users), known=rows is not None)


def milestones(raw: msgspec.Raw, around: Surroundings) -> Listing:
    """Read a map of milestones."""
    rows = _asked_for(decode(raw, wire.MilestoneList).milestones, "milestones")
    kind = _kind(
        "milestone", wire.Milestone, lambda row, key: translate.milestone(row, key, around)
    )
    return _listing(_read(rows, kind), _Read(), known=rows is not None)


def milestone_requests(raw: msgspec.Raw, around: Surroundings) -> Listing:
    """Read a map of wishes for milestones."""
    rows = _asked_for(decode(raw, wire.RequestList).milestone_requests, "milestone requests")
    kind = _kind(
        "milestone request",
        wire.MilestoneRequest,
        lambda row, key: translate.milestone_request(row, key, around),
    )
    return _listing(_read(rows, kind), _Read(), known=rows is not None)


def skills(raw: msgspec.Raw) -> Listing:
    """Read the list of skills, which comes without a wrapper."""
    rows = decode(raw, list[msgspec.Raw])
    return _listing(_read(rows, _SKILLS), _Read(), known=True)


def currencies(raw: msgspec.Raw) -> Listing:
    """Read the list of currencies."""
    rows = _asked_for(decode(raw, wire.CurrencyList).currencies, "currencies")
    return _listing(_read(rows, _CURRENCIES), _Read(), known=rows is not None)


def _currencies(rows: wire.Listed, around: Surroundings) -> dict[int, str]:
    """Give the currency of each project among some rows."""
    found: dict[int, str] = {}
    for _key, raw in _pairs(None if isinstance(rows, msgspec.UnsetType) else rows):
        try:
            row = _PROJECT_MONEY.decode(raw)
            currency_id = row.budget.currency_id if row.budget else None
            found[row.id] = currency_code(row.currency, currency_id, around.currencies)
        except _FAILURES:
            continue
    return found


class _ProjectMoney(msgspec.Struct):
    id: wire.Id
    currency: wire.Currency | None = None
    budget: wire.Budget | None = None


_PROJECT_MONEY: Final = msgspec.json.Decoder(_ProjectMoney, strict=False)
_PEOPLE: Final = _kind("user", wire.User, lambda row, key: translate.person(row))
_SKILLS: Final = _kind("skill", wire.Job, lambda row, key: translate.skill(row))
_CURRENCIES: Final = _kind("currency", wire.Currency, lambda row, key: translate.currency(row))
_THREADS: Final = _kind(
    "thread",
    wire.ThreadItem,
    lambda row, key: translate.thread(row),
    lambda row: row.time_updated,
)
