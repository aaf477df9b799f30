"""Adapter: Freelancer.com as a marketplace: facts in, intents out, and a look at what landed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, assert_never

import httpx

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import (
    AcceptAward,
    DeclineAward,
    EditBid,
    Intent,
    PlaceBid,
    Receipt,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Sighting,
)
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
from freelancer_tui.marketplaces.freelancer import landing, listings, refusals, requests, wire
from freelancer_tui.marketplaces.freelancer.actions import Actions
from freelancer_tui.marketplaces.freelancer.envelope import judge
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.marketplaces.freelancer.values import when
from freelancer_tui.marketplaces.freelancer.wishes import Wishes
from freelancer_tui.marketplaces.http import HttpClient

TOKEN_HEADER: Final = "Freelancer-OAuth-V1"
_LOOK_BACK_PAGES: Final = 10
"""How far a look for a message goes: a thousand messages newer than the watermark."""
_WATERMARK_ROWS: Final = 20


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
                case RequestMilestone():
                    return await self._wishes.watermark(intent)
                case SendMessage():
                    call = requests.messages(intent.thread_remote_id, Window(limit=_WATERMARK_ROWS))
                    _answer, ids = await self._puller.read(call, landing.message_ids)
                    return max(ids, default=0)
                case _:
                    assert_never(intent)

    async def push(self, intent: Intent) -> Receipt:
        """Do it, once. `OutcomeUnknown` means that it may have landed."""
        with self._at_the_door():
            match intent:
                case PlaceBid():
                    return await self._place_bid(intent)
                case SendMessage():
                    return await self._send_message(intent)
                case EditBid():
                    return await self._edit_bid(intent)
                case RequestMilestone():
                    return await self._wishes.push(intent)
                case RetractBid() | AcceptAward() | DeclineAward():
                    return await self._actions.push(intent)
                case _:
                    assert_never(intent)

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        """Look whether an intent landed after the watermark was read."""
        with self._at_the_door():
            match intent:
                case PlaceBid():
                    return await self._look_for_bid(intent)
                case SendMessage():
                    return await self._look_for_message(intent, watermark)
                case EditBid():
                    return await self._look_at_bid(intent)
                case RequestMilestone():
                    return await self._wishes.look(intent, watermark)
                case RetractBid() | AcceptAward() | DeclineAward():
                    return await self._actions.look(intent)
                case _:
                    assert_never(intent)

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

    async def _send_message(self, intent: SendMessage) -> Receipt:
        contents = await self._outside.offload(_contents, intent)
        answer = await self._client.send(requests.send_message(intent, contents))
        sent = listings.sure(answer.result, wire.SentMessage)
        return Receipt(sent.id, when(sent.time_created) or answer.at)

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

    async def _look_for_message(self, intent: SendMessage, watermark: int | None) -> Sighting:
        me = await self._puller.me()
        wanted = landing.Wanted(intent, me, watermark)
        first = None
        offset = 0
        newer: set[int] = set()  # pages overlap by a row
        for _page in range(_LOOK_BACK_PAGES):
            call = requests.messages(intent.thread_remote_id, Window(offset))
            answer, look = await self._puller.read(call, wanted.look)
            first = first or answer.at
            newer |= look.newer
            if look.receipt is not None or look.ended:
                return Sighting(look.receipt, first, among=len(newer))
            offset += look.rows - 1
        return Sighting(None, first or self._outside.clock(), among=len(newer))

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


def _contents(intent: SendMessage) -> Sequence[bytes]:
    """Read the copies that were made when the message was queued."""
    try:
        return [Path(upload.path).read_bytes() for upload in intent.uploads]
    except OSError:
        raise Refused("FILE_MISSING", refusals.reason("FILE_MISSING", "")) from None
