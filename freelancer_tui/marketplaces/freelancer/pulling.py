"""Pulling: each kind of feed read from the marketplace, a bounded share of it at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import Final, TypeVar, assert_never

import msgspec

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import Profile
from freelancer_tui.errors import MarketplaceError
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import Answer, Call, Outside
from freelancer_tui.marketplaces.freelancer import (
    gathering,
    listings,
    paging,
    requests,
    translate,
    wire,
)
from freelancer_tui.marketplaces.freelancer.gathering import Tally
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.freelancer.values import CURRENCIES, Surroundings
from freelancer_tui.marketplaces.http import HttpClient

T = TypeVar("T")
Ask = Callable[[Window], Call]
Read = Callable[[msgspec.Raw], Listing]
_MOST_IDS: Final = 400


class Puller:
    """Reads feeds; remembers who we are, what we can, and the currencies."""

    def __init__(self, client: HttpClient, web: str, outside: Outside) -> None:
        self._client = client
        self._web = web
        self._outside = outside
        self._currencies: Mapping[int, str] = CURRENCIES
        self._project_currencies: dict[int, str] = {}
        self._me: int | None = None
        self._skills: tuple[int, ...] | None = None

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        """Read on in a feed."""
        match feed.kind:
            case "self":
                return await self._self()
            case "skills":
                return await self._single(requests.skills(), listings.skills)
            case "currencies":
                return await self._single(requests.currencies(), self._learned_currencies)
            case "projects":
                return await self._projects(feed.key, cursor)
            case "bids":
                return await self._bids(_numbers(feed.key.removeprefix("of:")))
            case "threads":
                return await self._scan(cursor, "threads", requests.threads, listings.threads)
            case "messages":
                return await self._messages(_number(feed), cursor)
            case "milestones":
                return await self._milestones()
            case _:
                assert_never(feed.kind)

    async def me(self) -> int:
        """Give our own id; it is asked for once."""
        if self._me is None:
            answer = await self._client.send(requests.who_am_i())
            self._me = listings.decode(answer.result, wire.OnlyId).id
        return self._me

    def forget_me(self) -> None:
        """Ask again who we are: the token may be another's now."""
        self._me, self._skills = None, None

    async def read(self, call: Call, function: Callable[[msgspec.Raw], T]) -> tuple[Answer, T]:
        """Give an answer and what a function reads in it, away from the event loop."""
        answer = await self._client.send(call)
        return answer, await self._outside.offload(function, answer.result)

    async def bids_of(
        self,
        bidder_id: int,
        window: Window,
        projects: Sequence[int] = (),
        meant: Mapping[int, str] = MappingProxyType({}),
    ) -> tuple[list[Answer], Listing]:
        """Read a page of somebody's bids; `meant` tells currencies that nobody else tells."""

        def read(raw: msgspec.Raw) -> Listing:
            return listings.bids(raw, self._around(), {**meant, **self._project_currencies})

        answer = await self._client.send(requests.bids_of(bidder_id, window, projects))
        answers = [answer]
        listing = await self._outside.offload(read, answer.result)
        if listing.strangers:
            answers += await self._meet(sorted(listing.strangers))
            listing = await self._outside.offload(read, answer.result)
        return answers, listing

    async def _self(self) -> Page:
        answer, profile = await self.read(requests.own_profile(), _profile)
        self._me, self._skills = profile.person.remote_id, profile.skills
        return Page((profile,), None, False, answer.at, 1, 1, True, (), answer.tries)

    async def _single(self, call: Call, read: Read) -> Page:
        """Read a list that comes in one answer."""
        answer, listing = await self.read(call, read)
        tally = Tally()
        tally.take(listing, answer)
        return replace(tally.page(answer.at), complete=tally.whole)

    async def _projects(self, key: str, cursor: Cursor | None) -> Page:
        if key.startswith("ids:"):
            return await self._by_ids(_numbers(key.removeprefix("ids:")))
        words = key.removeprefix("search:")
        jobs: tuple[int, ...] = ()
        if not words:
            if self._skills is None:
                await self._self()
            jobs = self._skills or ()
        about = blake2b(repr((words, sorted(jobs))).encode(), digest_size=8).hexdigest()

        def ask(window: Window) -> Call:
            return requests.active_projects(window, jobs=jobs, words=words)

        return await self._scan(cursor, about, ask, self._read_projects)

    async def _messages(self, thread_remote_id: int, cursor: Cursor | None) -> Page:
        def ask(window: Window) -> Call:
            return requests.messages(thread_remote_id, window)

        def read(raw: msgspec.Raw) -> Listing:
            return listings.messages(raw, thread_remote_id)

        return await self._scan(cursor, f"thread {thread_remote_id}", ask, read)

    async def _scan(self, cursor: Cursor | None, about: str, ask: Ask, read: Read) -> Page:
        """Read a share of a list that is followed by time."""
        place = paging.read_place(cursor, about)
        scan = paging.begun(place)
        calls = [ask(window) for window in paging.windows(scan)]
        pairs = await gathering.as_far_as_good([self.read(call, read) for call in calls])
        tally = Tally()
        for answer, listing in pairs:
            tally.take(listing, answer)
        slices = [listing.slice for _answer, listing in pairs]
        start = _start(pairs[0][0], slices[0], place)
        place = paging.follow(place, scan, slices, int(start.timestamp()))
        done = scan.done + sum(len(piece.rows) for piece in slices)
        page = replace(tally.page(start), at=start)
        if place.scan is None:
            return replace(page, cursor=paging.write_place(place), done=done, total=done)
        return replace(
            page,
            cursor=paging.write_place(place),
            more=True,
            done=place.scan.done,
            total=None if place.scan.total is None else max(place.scan.total, place.scan.done),
        )

    async def _by_ids(self, ids: Sequence[int]) -> Page:
        tally = Tally(whole=len(ids) <= _MOST_IDS)
        calls = [requests.projects_by_id(chunk) for chunk in _chunks(ids[:_MOST_IDS])]
        for answer, listing in await gathering.all_good(
            [self.read(call, self._read_projects) for call in calls]
        ):
            tally.take(listing, answer)
            tally.whole = tally.whole and len(listing.rows) >= (listing.total or 0)
        return replace(tally.page(self._outside.clock()), complete=tally.whole)

    async def _bids(self, projects: Sequence[int]) -> Page:
        me = await self.me()

        async def turn(window: Window) -> tuple[Listing, list[Answer]]:
            answers, listing = await self.bids_of(me, window, projects)
            return listing, answers

        tally = await gathering.whole(turn)
        return replace(tally.page(self._outside.clock()), complete=tally.whole)

    async def _milestones(self) -> Page:
        me = await self.me()

        async def milestones(window: Window) -> tuple[Listing, list[Answer]]:
            call = requests.milestones_of(me, window)
            answer, listing = await self.read(call, self.milestones_in)
            return listing, [answer]

        async def wishes(window: Window) -> tuple[Listing, list[Answer]]:
            call = requests.milestone_requests_of(me, window)
            answer, listing = await self.read(call, self.wishes_in)
            return listing, [answer]

        tally = await gathering.whole(milestones)
        tally.join(await gathering.whole(wishes))
        return replace(tally.page(self._outside.clock()), complete=tally.whole)

    async def _meet(self, projects: Sequence[int]) -> list[Answer]:
        """Ask for projects to learn their currencies."""
        calls = [requests.projects_by_id(chunk) for chunk in _chunks(projects)]
        pairs = await gathering.all_good([self.read(call, self._remember) for call in calls])
        return [answer for answer, _nothing in pairs]

    def _around(self) -> Surroundings:
        return Surroundings(self._web, self._currencies)

    # What follows runs off the event loop; each assignment is a single step.

    def _read_projects(self, raw: msgspec.Raw) -> Listing:
        return listings.projects(raw, self._around())

    def _remember(self, raw: msgspec.Raw) -> None:
        found = listings.project_currencies(raw, self._around())
        self._project_currencies = {**self._project_currencies, **found}

    def milestones_in(self, raw: msgspec.Raw) -> Listing:
        """Read an answer that lists milestones."""
        return listings.milestones(raw, self._around())

    def wishes_in(self, raw: msgspec.Raw) -> Listing:
        """Read an answer that lists wishes for milestones."""
        return listings.milestone_requests(raw, self._around())

    def _learned_currencies(self, raw: msgspec.Raw) -> Listing:
        listing = listings.currencies(raw)
        codes = {one.remote_id: one.code for one in listing.facts if isinstance(one, Currency)}
        self._currencies = {**CURRENCIES, **codes}
        return listing


def _profile(raw: msgspec.Raw) -> Profile:
    return translate.profile(listings.decode(raw, wire.User))


def _start(first: Answer, piece: paging.Slice, place: paging.Place) -> datetime:
    """Give the server's time at an answer; one that does not tell it shows no later one."""
    if first.is_dated:
        return first.at
    return datetime.fromtimestamp(paging.newest(piece, place), UTC)


def _number(feed: Feed) -> int:
    numbers = _numbers(feed.key)
    if len(numbers) != 1:
        raise MarketplaceError(_("There is no feed {feed}.").format(feed=str(feed)))
    return numbers[0]


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 19]


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[at : at + paging.LIMIT] for at in range(0, len(ids), paging.LIMIT)]
