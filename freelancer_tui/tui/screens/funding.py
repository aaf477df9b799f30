"""Funding: what one asks a client about money: to set it aside, to pay it out, to forget it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from freelancer_tui import wording
from freelancer_tui.domain.milestones import EscrowLine, Work
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.escrow_table import EscrowTable
from freelancer_tui.tui.widgets.escrow_view import EscrowView
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry
from freelancer_tui.tui.widgets.offer import read_price, typed_price
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.milestones import Milestones

_AGAIN, _RELEASE, _WITHDRAW = "ask:", "release:", "withdraw:"


class Funding:
    """The escrow's side of the section that has a verb."""

    def __init__(self, section: Section, milestones: "Milestones") -> None:
        self._section = section
        self._milestones = milestones
        self._work: Work | None = None
        self.lines: Sequence[EscrowLine] = ()
        """What the list shows, to know what was asked for before."""

    async def show(self, *, is_syncing: bool) -> None:
        """Show what is asked for, held and paid out, and the work for which nothing is."""
        self.lines = await self._section.ask(self._milestones.lines)
        works = await self._section.ask(self._milestones.unfunded)
        self._section.query_one(EscrowView).show(self.lines, works, _nothing(is_syncing=is_syncing))

    async def ask(self, project: int) -> None:
        """Ask how much and what for; where a request waits already, ask whether it is meant."""
        self._work = await self._section.ask(self._milestones.work, project)
        before = [one for one in self.lines if _waits(one, project)]
        if not before:
            return await self._inquire()
        sums = ", ".join(f"{wording.money(one.amount)} ({one.text})" for one in before[:3])
        words = _("You asked for money here already, and it is not funded: {sums}. Ask for more?")
        self._section.query_one(Question).ask(words.format(sums=sums), f"{_AGAIN}{project}")

    def release(self, line: EscrowLine) -> None:
        """Ask whether the client shall be asked to pay out what is held."""
        words = _("Ask {client} to pay {amount} out to you ({text})?")
        self._question(words, line, _RELEASE)

    def withdraw(self, line: EscrowLine) -> None:
        """Ask whether a request shall be withdrawn."""
        words = _("Withdraw your request to {client} for {amount} ({text})?")
        self._question(words, line, _WITHDRAW)

    async def answered(self, event: Question.Answered) -> None:
        """Go on with what was asked about, if the user means it."""
        verb, remote_id = event.about.split(":")
        if event.yes and verb in _AGAIN:
            return await self._inquire()
        self._section.query_one(EscrowTable).focus()
        if not event.yes:
            return
        if verb in _RELEASE:
            await self._section.ask(self._milestones.ask_release, int(remote_id))
            told = _("Queued: the client is asked to pay it out as soon as there is a line.")
        else:
            await self._section.ask(self._milestones.withdraw, int(remote_id))
            told = _("Queued: the request is withdrawn as soon as there is a line.")
        await self._queued(told)

    async def filled(self, event: Inquiry.Filled) -> None:
        """Queue the request."""
        table = self._section.query_one(EscrowTable)
        table.focus()
        if (work := self._work) is None:
            return
        price = read_price(event.values["amount"], work.price.currency).price
        if price is None:
            return self._section.warn(_("Nothing was asked for: no amount was given."))
        text = event.values["text"]
        await self._section.ask(self._milestones.request, work.bid_remote_id, price, text)
        await self._queued(_("Queued: the client is asked as soon as there is a line."))

    async def _queued(self, told: str) -> None:
        self._section.post_message(Section.Queued())
        await self._section.show()
        self._section.say(told)

    def _question(self, words: str, line: EscrowLine, verb: str) -> None:
        asked = words.format(
            client=line.client or _("the client"),
            amount=wording.money(line.amount),
            text=line.text or _("no words"),
        )
        self._section.query_one(Question).ask(asked, f"{verb}{line.remote_id}")

    async def _inquire(self) -> None:
        if (work := self._work) is None:
            return
        left = work.price - work.held - work.paid - work.asked
        currency = work.price.currency

        def read(typed: str) -> tuple[str, bool]:
            found = read_price(typed, currency)
            return found.words, found.is_wrong or found.price is None

        words = _("Ask {client} to set money aside for: {title}").format(
            client=work.client or _("the client"),
            title=work.project_title or str(work.project_remote_id),
        )
        hint = _("in {currency}; your bid is {price}").format(
            currency=currency, price=wording.money(work.price)
        )
        blanks = (
            Blank("amount", _("Amount"), typed_price(left) if left.minor > 0 else "", read, hint),
            Blank("text", _("What for"), "", _needed, _("the client reads it")),
        )
        await self._section.query_one(Inquiry).ask("request", words, blanks)
        self._section.refresh_bindings()


def _needed(typed: str) -> tuple[str, bool]:
    return "", not typed.strip()


def _waits(line: EscrowLine, project: int) -> bool:
    is_open = line.state in ("queued", "requested")
    return line.is_request and is_open and line.project_remote_id == project


def _nothing(*, is_syncing: bool) -> tuple[str, ...]:
    if is_syncing:
        return (_("Fetching your milestones…"),)
    return (
        _("No milestones yet"),
        _("When a client sets money aside for your work, it shows here:"),
        _("what you asked for, what is held for you, what was paid out."),
        _("] turns to your own invoices."),
    )
