"""Offers: the verbs on a proposal that the marketplace does not have yet."""

from typing import TYPE_CHECKING, Final

from freelancer_tui import wording
from freelancer_tui.domain.proposals import ADVICE, Proposal, ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.opened import Opened
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.proposals import Proposals
    from freelancer_tui.services.templates import Templates

SURE: Final = "submit:"
"""What a question is about that asks whether the price is meant; the proposal's id follows."""
_FAR: Final = 10


class Offers:
    """Submits, takes back, discards and brings back, and says what became of it."""

    def __init__(
        self, section: Section, proposals: "Proposals", templates: "Templates", opened: Opened
    ) -> None:
        self._section = section
        self._proposals = proposals
        self._templates = templates
        self._opened = opened
        self._discarded: list[Proposal] = []

    @property
    def can_undo(self) -> bool:
        """True while there is a discarded draft to bring back."""
        return bool(self._discarded)

    async def remember(self) -> None:
        """Look which drafts were discarded, also by other windows."""
        self._discarded = (await self._section.ask(self._proposals.discarded))[::-1]

    async def submit(self, proposal_id: str, *, is_sure: bool = False) -> None:
        """Queue a proposal, or point at what keeps it from that; a strange price is asked about."""
        if not await self._section.flush():
            return
        found = await self._section.ask(self._proposals.problems, proposal_id)
        stops = [each for each in found if each not in ADVICE]
        if "text_holes" in stops and await self._refill(proposal_id):
            return
        if stops:
            self._opened.sheet.editor.point_at(stops)
            return self._section.say(_("Not yet: see what is listed below the text."))
        view = await self._section.ask(self._proposals.show, proposal_id)
        if not is_sure and (words := _strange(view)):
            return self._section.query_one(Question).ask(words, f"{SURE}{proposal_id}")
        await self._section.ask(self._proposals.submit, proposal_id)
        self._section.post_message(Section.Queued())
        await self.put_back()
        self._section.say(
            _("Queued: it goes out as soon as there is a line. Press t to take it back.")
        )

    async def answer(self, event: Question.Answered) -> None:
        """Submit at the price that was asked about, if it is meant."""
        self._opened.sheet.begin()
        if event.yes:
            await self.submit(event.about.removeprefix(SURE), is_sure=True)

    async def _refill(self, proposal_id: str) -> bool:
        """Fill in what a template left open and is known by now, for a look before it goes out."""
        found = await self._section.ask(self._templates.refill, proposal_id)
        if found:
            await self._opened.lay_again()
            names = ", ".join(f"{{{name}}}" for name in found)
            told = _("Filled in: {names}. Read it once more, then submit.")
            self._section.say(told.format(names=names))
        return bool(found)

    async def put_back(self) -> None:
        """Put the open proposal back on the board, once it is saved."""
        if not await self._section.flush():
            return
        proposal_id = self._opened.id
        self._opened.close()
        await self._section.show()
        self._board.move_to(proposal_id)

    async def leave(self) -> None:
        """Put the open proposal back, and go back to the section that it was begun from."""
        origin = self._opened.origin
        await self.put_back()
        if origin and self._opened.id is None:
            self._section.post_message(Section.Go(origin))

    async def take_back(self, proposal_id: str) -> None:
        """Take out what waits: a proposal is a draft again and opened, a bid stays as it is."""
        view = await self._section.ask(self._proposals.take_back, proposal_id)
        self._section.post_message(Section.Queued())
        if view.standing == "draft":
            await self._opened.open(proposal_id)
        self._section.say(_("Taken back: nothing was sent."))
        self._section.reload()

    async def discard(self, proposal_id: str) -> None:
        """Throw a draft away."""
        await self._section.flush()
        self._discarded.append(await self._section.ask(self._proposals.discard, proposal_id))
        if self._opened.id is not None:
            self._opened.close()
        await self._section.show()
        self._section.say(_("Draft discarded. Press u to bring it back."))

    async def undo(self) -> None:
        """Bring the draft back that was discarded last."""
        if self._discarded:
            proposal = await self._section.ask(self._proposals.restore, self._discarded[-1])
            self._discarded.pop()
            await self._section.show()
            self._board.move_to(proposal.id)
            self._section.say(_("The draft is back."))

    @property
    def _board(self) -> Board:
        return self._section.query_one(Board)


def _strange(view: ProposalView) -> str:
    """Ask whether a price is meant that looks like a slip of the zeros, or of the currency."""
    price = view.proposal.price
    limit = view.project.budget.maximum if view.project else None
    if price is None or limit is None or price.amount < _FAR * limit.amount:
        return ""
    return _("Submit at {price}? The client means to pay {budget} at most.").format(
        price=wording.money(price), budget=wording.money(limit)
    )
