"""Adapter: Freelancer.com as a marketplace: facts in, intents out, and a look at what landed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, assert_never

import httpx

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import (
    AcceptAward,
    AskRelease,
    DeclineAward,
    EditBid,
    Intent,
    PlaceBid,
    Receipt,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Sighting,
    WithdrawRequest,
)
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unauthorized,
)
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import Outside, Server
from freelancer_tui.marketplaces.cargo import Take
from freelancer_tui.marketplaces.freelancer import landing, listings, refusals, requests, wire
from freelancer_tui.marketplaces.freelancer.actions import Actions
from freelancer_tui.marketplaces.freelancer.envelope import judge
from freelancer_tui.marketplaces.freelancer.escrow import Escrow
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.marketplaces.freelancer.talks import Talks
from freelancer_tui.marketplaces.freelancer.values import when
from freelancer_tui.marketplaces.freelancer.wishes import Wishes
from freelancer_tui.marketplaces.http import HttpClient

TOKEN_HEADER: Final = "Freelancer-OAuth-V1"


class FreelancerMarketplace:
    """One user's account on Freelancer.com, on its sandbox host, or on a stand-in for it."""

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        *,
        put_encoding: PutEncoding = "json",
        transport: httpx.AsyncBaseTransport | None = None,
        outside: Outside | None = None,
    ) -> None:
        """Take the host's address, with or without `/api`; nothing is opened before a call."""
        self._outside = outside or Outside()
        web = base_url.rstrip("/").removesuffix("/api")
        server = Server(f"{web}/api", TOKEN_HEADER, token, judge)
        self._client = HttpClient(server, transport, self._outside)
        self._puller = Puller(self._client, web, self._outside)
        self._wishes = Wishes(self._client, self._puller)
        self._actions = Actions(self._client, self._puller, put_encoding)
        self._escrow = Escrow(self._client, self._puller, put_encoding)
        self._talks = Talks(self._client, self._puller, self._outside, put_encoding)

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        """Read on in a feed from our place in it; None starts from the beginning."""
        with self._at_the_door():
            return await self._puller.pull(feed, cursor)

    async def watermark(self, intent: Intent) -> int | None:
        """Read the highest id in a thread or among wishes; a bid needs none, but our own id."""
        with self._at_the_door():
            match intent:
                case PlaceBid() | EditBid():
                    await self._puller.me()
                    return None
                case RetractBid() | AcceptAward() | DeclineAward():
                    return None  # the bid itself shows it
                case AskRelease() | WithdrawRequest():
                    return None  # the milestone or the request shows it
                case RequestMilestone():
                    return await self._wishes.watermark(intent)
                case SendMessage():
                    return await self._talks.watermark(intent)
                case _:
                    assert_never(intent)

    async def push(
        self, intent: Intent, tell: Callable[[Transfer], None] = lambda _: None
    ) -> Receipt:
        """Do it, once. `OutcomeUnknown` means that it may have landed."""
        with self._at_the_door():
            match intent:
                case PlaceBid():
                    return await self._place_bid(intent)
                case SendMessage():
                    return await self._talks.push(intent, tell)
                case EditBid():
                    return await self._edit_bid(intent)
                case RequestMilestone():
                    return await self._wishes.push(intent)
                case RetractBid() | AcceptAward() | DeclineAward():
                    return await self._actions.push(intent)
                case AskRelease() | WithdrawRequest():
                    return await self._escrow.push(intent)
                case _:
                    assert_never(intent)

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        """Look whether an intent landed after the watermark was read."""
        with self._at_the_door():
            match intent:
                case PlaceBid():
                    return await self._look_for_bid(intent)
                case SendMessage():
                    return await self._talks.look(intent, watermark)
                case EditBid():
                    return await self._look_at_bid(intent)
                case RequestMilestone():
                    return await self._wishes.look(intent, watermark)
                case RetractBid() | AcceptAward() | DeclineAward():
                    return await self._actions.look(intent)
                case AskRelease() | WithdrawRequest():
                    return await self._escrow.look(intent)
                case _:
                    assert_never(intent)

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        """Star, mute or read threads."""
        with self._at_the_door():
            return await self._talks.mark(action, thread_ids)

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        """Hand on a file that came with a message, part by part."""
        with self._at_the_door():
            await self._talks.download(message_remote_id, key, take, stop)

    async def ping(self) -> None:
        """Ask who we are: the lightest question there is."""
        with self._at_the_door():
            await self._client.send(requests.who_am_i())

    async def close(self) -> None:
        """Give up the connections; no call follows."""
        await self._client.close()

    async def _place_bid(self, intent: PlaceBid) -> Receipt:
        me = await self._me_before_sending()
        try:
            answer = await self._client.send(requests.place_bid(intent, me))
        except Refused as refusal:
            if refusals.short(refusal.reason_code) not in refusals.DUPLICATES:
                raise
            there = await self._bid_that_is_there(intent)
            if there is None:
                raise
            return there
        placed = listings.sure(answer.result, wire.PlacedBid)
        if placed.project_id not in (None, intent.project_remote_id):
            raise OutcomeUnknown(_("The marketplace's answer is about another project."))
        return Receipt(placed.id, when(placed.time_submitted, placed.submitdate) or answer.at)

    async def _edit_bid(self, intent: EditBid) -> Receipt:
        answer = await self._client.send(requests.edit_bid(intent))
        changed = listings.sure(answer.result, wire.PlacedBid)
        if changed.id != intent.bid_remote_id:
            raise OutcomeUnknown(_("The marketplace's answer is about another bid."))
        return Receipt(changed.id, answer.at)

    async def _bid_that_is_there(self, intent: PlaceBid) -> Receipt | None:
        """Look after a refusal that says there is one; if that fails, we do not know."""
        try:
            return (await self._look_for_bid(intent)).receipt
        except MarketplaceError as error:
            raise OutcomeUnknown(
                _("You have a bid there, but it cannot be read: {reason}").format(reason=error)
            ) from None

    async def _look_for_bid(self, intent: PlaceBid) -> Sighting:
        me, at, listing = await self._my_bids_on(intent)
        found = landing.bid(intent, me, listing)
        absent = found is None and landing.is_all(listing)
        return Sighting(found, at, proves_absence=absent)

    async def _look_at_bid(self, intent: EditBid) -> Sighting:
        _me, at, listing = await self._my_bids_on(intent)
        return landing.edit(intent, listing, at)

    async def _my_bids_on(self, intent: PlaceBid | EditBid) -> tuple[int, datetime, Listing]:
        me = await self._puller.me()
        project = intent.project_remote_id
        meant = {project: intent.amount.currency}
        answers, listing = await self._puller.bids_of(me, Window(), (project,), meant)
        return me, answers[0].at, listing

    async def _me_before_sending(self) -> int:
        """Give our id; where it cannot be had, nothing has left for this intent."""
        try:
            return await self._puller.me()
        except (Offline, RateLimited, Unauthorized):
            raise
        except MarketplaceError as error:
            raise Offline(str(error)) from None

    @contextmanager
    def _at_the_door(self) -> Iterator[None]:
        """Forget who we are when the token is refused: the next one may be another's."""
        try:
            yield
        except Unauthorized:
            self._puller.forget_me()
            raise
