"""Placed: the verbs on a bid that the marketplace has, each asked about before it is queued."""

from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.intents import EditBid
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.opened import Opened
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets import award_words
from freelancer_tui.tui.widgets.award_words import BidVerb
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.question import Question
from freelancer_tui.tui.widgets.sheet_head import SheetHead

if TYPE_CHECKING:
    from freelancer_tui.services.awards import Awards
    from freelancer_tui.services.proposals import Proposals

_VERBS: Final[tuple[BidVerb, ...]] = ("withdraw", "accept", "decline")


class Placed:
    """Tells what a bid would bring, and withdraws it, accepts its award or declines it."""

    def __init__(
        self, section: Section, proposals: "Proposals", awards: "Awards", opened: Opened
    ) -> None:
        self._section = section
        self._proposals = proposals
        self._awards = awards
        self._opened = opened

    async def tell(self) -> None:
        """Show above the open proposal what its bid would bring."""
        if (view := self._opened.view) is not None:
            prospect = await self._section.ask(self._awards.prospect, view)
            if self._opened.view is view:
                self._section.query_one(SheetHead).tell(view, prospect)

    async def ask(self, verb: BidVerb, view: ProposalView) -> None:
        """Ask whether it is meant; `answer` goes on."""
        prospect = await self._section.ask(self._awards.prospect, view)
        words = award_words.question(verb, view, prospect)
        self._section.query_one(Question).ask(words, f"{verb}:{view.proposal.id}")

    async def answer(self, event: Question.Answered) -> None:
        """Queue what was asked about, if the user means it."""
        name, _colon, proposal_id = event.about.partition(":")
        if self._opened.id is not None:
            self._opened.sheet.begin()
        else:
            self._section.query_one(Board).begin()
        verb = next((one for one in _VERBS if one == name), None)
        if not event.yes or verb is None:
            return
        placed = self._proposals.placed
        call = {
            "withdraw": placed.withdraw, "accept": placed.accept, "decline": placed.decline,
        }[verb]  # fmt: skip
        await self._section.ask(call, proposal_id)
        self._section.post_message(Section.Queued())
        await self._section.show()
        self._section.say(award_words.done(verb))

    async def change(self, proposal_id: str) -> bool:
        """Queue what was changed of a bid; False while it could not be saved."""
        if not await self._section.flush():
            return False
        offer = self._opened.sheet.editor.offer()
        await self._section.ask(self._proposals.placed.change, proposal_id, offer)
        self._section.post_message(Section.Queued())
        return True

    async def drop(self, proposal_id: str) -> None:
        """Put a change of a bid away."""
        if not await self._section.flush():
            return
        await self._section.ask(self._proposals.placed.drop, proposal_id)
        if self._opened.id is not None:
            self._opened.sheet.editor.revise(None)
        await self._section.show()
        self._section.say(_("The change is put away: the bid stays as it is. F8 has its words."))

    async def talk(self, view: ProposalView) -> None:
        """Go to the conversation about the job."""
        prospect = await self._section.ask(self._awards.prospect, view)
        if prospect is None or prospect.thread_id is None:
            return self._section.say(_("There is no conversation about this job yet."))
        self._section.post_message(Section.Go("messages", prospect.thread_id))


def can(action: str, view: ProposalView | None) -> bool:
    """Tell whether an action is possible that depends on how far a proposal came."""
    if view is None:
        return False
    waits = view.entry is not None and view.entry.state != "refused"
    match action:
        case "withdraw":
            return view.standing in ("placed", "shortlisted") and not waits
        case "discard":
            is_there = view.standing in ("placed", "shortlisted")
            return view.standing in ("draft", "refused") or (is_there and view.proposal.has_change)
        case "revise":
            is_change = view.entry is not None and isinstance(view.entry.intent, EditBid)
            return view.standing in ("placed", "shortlisted") and (is_change or not waits)
        case "accept" | "decline":
            return view.standing == "awarded" and not waits
        case "take_back":
            return waits and (view.standing == "queued" or view.bid is not None)
        case _:
            return view.bid is not None
