"""Escrow: asking for money's release, taking back a request; the status shows what was done."""

from datetime import datetime
from typing import Final

from freelancer_tui.domain.intents import AskRelease, EscrowAction, Receipt, Sighting
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.errors import MarketplaceError, OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import landing, refusals, requests
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.marketplaces.http import HttpClient

Held = Milestone | MilestoneRequest
_DONE: Final = frozenset({"requested_release", "cleared", "deleted"})
"""What was paid out needs no asking any more."""
_OPEN: Final = frozenset({"frozen", "pending"})
_OBSTACLES: Final = {
    "canceled": "MILESTONE_CANCELED",
    "disputed": "MILESTONE_DISPUTED",
    "created": "REQUEST_FUNDED",
    "rejected": "REQUEST_REJECTED",
}


class Escrow:
    """The two things a freelancer can do to money that they wait for, each by an action.

    Both have a call of their own (`request_release` on a milestone, `delete` on a request,
    recorded from the official SDK), so nothing has to be asked for in a message.
    """

    def __init__(self, client: HttpClient, puller: Puller, encoding: PutEncoding) -> None:
        self._client = client
        self._puller = puller
        self._encoding = encoding

    async def push(self, intent: EscrowAction) -> Receipt:
        """Do it, once; a no to what is done already is none."""
        kind, name = ("milestones", "request_release")
        if not isinstance(intent, AskRelease):
            kind, name = ("milestone_requests", "delete")
        path = f"/projects/0.1/{kind}/{intent.remote_id}/"
        try:
            answer = await self._client.send(requests.put_action(path, name, None, self._encoding))
        except Refused as refusal:
            return await self._after(refusal, intent)
        return Receipt(intent.remote_id, answer.at)

    async def look(self, intent: EscrowAction) -> Sighting:
        """Look at the milestone or the request: it shows whether it was done."""
        there, at = await self._there(intent)
        return shown(intent, there, at)

    async def _after(self, refusal: Refused, intent: EscrowAction) -> Receipt:
        """Look after a no; what is there tells more than the code of the refusal."""
        try:
            there, at = await self._there(intent)
        except MarketplaceError as error:
            raise OutcomeUnknown(
                _("It was refused, and the milestone cannot be read: {reason}").format(reason=error)
            ) from None
        if there is None and not isinstance(intent, AskRelease):
            return Receipt(intent.remote_id, at)  # on no list, and refused: it is gone
        seen = shown(intent, there, at).receipt
        if seen is None:
            raise refusal
        return seen

    async def _there(self, intent: EscrowAction) -> tuple[Held | None, datetime]:
        """Read what the action is about; None where it surely is on no list."""
        if isinstance(intent, AskRelease):
            call, read = requests.milestone(intent.remote_id), self._puller.milestones_in
        else:
            call, read = requests.milestone_request(intent.remote_id), self._puller.wishes_in
        answer, listing = await self._puller.read(call, read)
        return _named(intent, listing), answer.at


def shown(intent: EscrowAction, there: Held | None, at: datetime) -> Sighting:
    """Tell whether a status shows that it was done; Refused where it cannot be any more.

    A request that is on no list may be taken back or only not listed: whoever is told to take
    it back knows.
    """
    if there is None:
        if isinstance(intent, AskRelease):
            raise _no("NOT_FOUND")
        return Sighting(None, at)
    if there.status in _DONE:
        return Sighting(Receipt(there.remote_id, at), at)
    if isinstance(intent, AskRelease) and there.status == "pending":
        raise _no("MILESTONE_NOT_FUNDED")
    if there.status not in _OPEN:
        raise _no(_OBSTACLES[there.status])
    return Sighting(None, at, proves_absence=True)


def _named(intent: EscrowAction, listing: Listing) -> Held | None:
    kind = Milestone if isinstance(intent, AskRelease) else MilestoneRequest
    found = (one for one in listing.facts if isinstance(one, kind))
    there = next((one for one in found if one.remote_id == intent.remote_id), None)
    if there is None and not landing.is_all(listing):
        raise WireMismatch(_("The milestone cannot be read."))
    return there


def _no(code: str) -> Refused:
    return Refused(code, refusals.reason(code, ""))
