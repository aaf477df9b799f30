"""Ahead: the verbs beside issuing and paying: quotes, deposits, what comes again, reminders."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from freelancer_tui import wording
from freelancer_tui.domain import recurring
from freelancer_tui.domain.billing import is_percent
from freelancer_tui.domain.invoices import Invoice, is_overdue
from freelancer_tui.domain.recurring import MOST_EVERY, MOST_TIMES, Rhythm, Unit
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.screens.electronic import Electronic
from freelancer_tui.tui.screens.issued import dated, named
from freelancer_tui.tui.screens.links import open_file
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry
from freelancer_tui.tui.widgets.invoice_fields import read_day
from freelancer_tui.tui.widgets.invoice_words import day

if TYPE_CHECKING:
    from freelancer_tui.services.deposits import Deposits
    from freelancer_tui.services.quotes import Answer, Quotes
    from freelancer_tui.services.recurring import Coming, Recurring
    from freelancer_tui.services.reminders import Reminders

_EVERY: Final = re.compile(r"(\d{1,3})?\s*(weeks?|minggu|w|months?|bulan|m)", re.IGNORECASE)
_WORDS: Final = {
    "stop": "stop", "berhenti": "stop", "pause": "pause", "jeda": "pause",
    "go on": "resume", "lanjut": "resume",
}  # fmt: skip
_NOT_OF_QUOTES: Final = frozenset({"pay", "void", "slip", "credit", "xml", "einvoice"})
ANSWERED: Final = {
    "accepted": N_("Accepted. i begins its invoice; u takes the answer back."),
    "declined": N_("Declined. u takes the answer back."),
    "issued": N_("It waits for an answer again."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """The services that a document has to do with besides its own."""

    quotes: "Quotes"
    deposits: "Deposits"
    recurring: "Recurring"
    reminders: "Reminders"


class Ahead(Electronic):
    """All verbs on a document: those of an issued one, and those before and after."""

    around: Around

    def can(self, action: str, invoice: Invoice) -> bool:
        """Tell whether a verb makes sense for a document."""
        is_quote, state = invoice.kind == "quote", invoice.state
        is_bill = invoice.kind == "invoice" and not invoice.is_deposit
        match action:
            case "accept":
                return is_quote and state == "issued"
            case "decline" | "bill":
                return is_quote and state in ("issued", "accepted")
            case "deposit":
                return (is_bill and state == "draft") or (
                    is_quote and state in ("issued", "accepted")
                )
            case "deduct":
                return is_bill and state == "draft"
            case "repeat":
                return is_bill and state != "void"
            case "remind":
                return invoice.kind == "invoice" and is_overdue(invoice, self._today)
            case "receipt":
                return is_bill and state == "issued" and bool(invoice.payments)
            case "undo" if is_quote:
                return state in ("accepted", "declined")
            case "duplicate" if is_quote:
                return state != "draft"
            case _:
                return not (is_quote and action in _NOT_OF_QUOTES) and super().can(action, invoice)

    async def do(self, verb: str, invoice: Invoice) -> None:
        """Carry a verb out, or ask for what it needs."""
        self._about = invoice
        match verb:
            case "accept":
                await self._answer(invoice, "accepted")
            case "decline":
                await self._answer(invoice, "declined")
            case "undo" if invoice.kind == "quote":
                await self._answer(invoice, "issued")
            case "bill":
                draft = await self._section.ask(self.around.quotes.bill, invoice.id)
                await self._turn_to(draft.id)
                self._section.say(_("The invoice of this quote: look at it, then issue it."))
            case "deposit":
                await self._ask_share(invoice)
            case "deduct":
                await self._section.ask(self.around.deposits.take_off, invoice.id)
                await self._again(_("The deposits are taken off."))
            case "repeat":
                await self._ask_rhythm(invoice)
            case "remind":
                await self._remind(invoice)
            case "receipt":
                await self._ask_receipt(invoice)
            case _:
                await super().do(verb, invoice)

    async def filled(self, event: Inquiry.Filled) -> None:
        """Do what was asked for."""
        if (invoice := self._about) is None:
            return
        match event.about:
            case "deposit":
                share = _share(event.values["share"])
                deposit = await self._section.ask(self.around.deposits.begin, invoice.id, share)
                await self._turn_to(deposit.id)
                words = _("A deposit: once it is issued, F6 and then - on the draft take it off.")
                if invoice.kind == "quote":
                    words = _("A deposit: once it is issued, the quote's invoice takes it off.")
                self._section.say(words)
            case "repeat":
                await self._repeat(invoice, event.values)
            case "receipt":
                await self._print_receipt(invoice, Path(event.values["file"]).expanduser())
            case _:
                await super().filled(event)

    async def _answer(self, quote: Invoice, answer: "Answer") -> None:
        await self._section.ask(self.around.quotes.answer, quote.id, answer)
        await self._again(_(ANSWERED[answer]))

    async def _ask_share(self, invoice: Invoice) -> None:
        words = _("How much of it is billed ahead of the work?")
        blanks = (Blank("share", _("Percent"), "30", _read_share),)
        await self._ask("deposit", words, blanks, invoice)

    async def _ask_rhythm(self, invoice: Invoice) -> None:
        """Ask how often; where it comes again already, tell when, and take an end of it too."""
        found = await self._section.ask(self.around.recurring.of, invoice.id)
        words = _("Make a draft of this again and again; you look at each, and issue it.")
        if found is not None:
            words = _comes(found)
        rhythm = found.rhythm if found else Rhythm(self._today + timedelta(days=1))
        hint = _("1 month, 2 weeks; pause, go on, stop")
        blanks = (
            Blank("every", _("Every"), _typed_every(rhythm), _read_every, hint),
            Blank("from", _("First on"), rhythm.first_on.isoformat(), dated),
            Blank("until", _("Until"), _typed_end(rhythm), _read_end,
                  _("a day, or how often: 12; empty: without end")),
        )  # fmt: skip
        await self._ask("repeat", words, blanks, invoice)

    async def _repeat(self, invoice: Invoice, values: dict[str, str]) -> None:
        rules, ask = self.around.recurring, self._section.ask
        match _WORDS.get(values["every"].casefold()):
            case "stop":
                await ask(rules.stop, invoice.id)
                return await self._again(_("It comes no more; the drafts that were made stay."))
            case "pause":
                coming = await ask(rules.pause, invoice.id)
            case "resume":
                coming = await ask(rules.resume, invoice.id)
            case _:
                coming = await ask(rules.begin, invoice.id, _rhythm(values))
        await self._again(_comes(coming))

    async def _remind(self, invoice: Invoice) -> None:
        """Lay the letter into the conversation and go there; without one, copy it."""
        reminder = await self._section.ask(self.around.reminders.of, invoice.id)
        if reminder.thread_id is not None:
            await self._section.ask(self.around.reminders.lay, invoice.id)
            self._section.post_message(Section.Go("messages", str(reminder.thread_id)))
            return
        self._section.app.copy_to_clipboard(reminder.text)
        words = _("No conversation with {client} here: the letter is copied, paste it into a mail.")
        self._section.say(words.format(client=invoice.client.name))

    async def _ask_receipt(self, invoice: Invoice) -> None:
        words = _("Write a receipt (kwitansi) for what was paid; it opens in your viewer then.")
        file = self._file(invoice, "-" + _("receipt"))
        await self._ask("receipt", words, (Blank("file", _("File"), file, named),), invoice)

    async def _print_receipt(self, invoice: Invoice, target: Path) -> None:
        done = await self._section.ask(self._papers.save_receipt, invoice.id, target, force=True)
        await open_file(done.file, self._section.app.suspend)
        words = _("Written to {file}").format(file=done.file)
        if done.duty is not None:
            stamp = _("It bears stamp duty of {tariff} ({source}): stick a meterai on it or add an "
                      "e-meterai.")  # fmt: skip
            tariff, source = wording.money(done.duty.tariff), done.duty.source
            words = f"{words}. {stamp.format(tariff=tariff, source=source)}"
        await self._again(words)


def _comes(coming: "Coming") -> str:
    if coming.is_paused:
        return _("It comes again, but is paused: go on lets it come.")
    if coming.next_on is None:
        return _("It came as often as it was to come.")
    return _("The next draft of it comes on {day}.").format(day=day(coming.next_on))


def _share(typed: str) -> Decimal:
    return Decimal(typed.strip().removesuffix("%").strip().replace(",", "."))


def _read_share(typed: str) -> tuple[str, bool]:
    try:
        share = _share(typed)
    except ArithmeticError:
        return _("Not a percentage."), True
    is_wrong = not (is_percent(share) and 0 < share < 100)
    return (_("Between 0 and 100 %."), True) if is_wrong else ("", False)


def _typed_every(rhythm: Rhythm) -> str:
    unit = {"week": _("weeks"), "month": _("months")}[rhythm.unit]
    return f"{rhythm.every} {unit}"


def _typed_end(rhythm: Rhythm) -> str:
    if rhythm.until is not None:
        return rhythm.until.isoformat()
    return "" if rhythm.times is None else str(rhythm.times)


def _read_every(typed: str) -> tuple[str, bool]:
    if typed.strip().casefold() in _WORDS:
        return "", False
    found = _EVERY.fullmatch(typed.strip())
    if found is None or not 1 <= int(found[1] or 1) <= MOST_EVERY:
        return _("Write 1 month, 2 weeks, or: pause, go on, stop."), True
    return "", False


def _read_end(typed: str) -> tuple[str, bool]:
    body = typed.strip()
    if not body or (body.isdecimal() and 1 <= int(body[:6]) <= MOST_TIMES):
        return "", False
    return dated(body)


def _rhythm(values: dict[str, str]) -> Rhythm:
    """Read the three fields; each was found right before."""
    found = _EVERY.fullmatch(values["every"].strip())
    count, name = (found[1], found[2]) if found else (None, "month")
    unit: Unit = "week" if name[:2].casefold() in ("we", "mi", "w") else "month"
    first, end = read_day(values["from"]), values["until"].strip()
    until: date | None = None if not end or end.isdecimal() else read_day(end)
    times = int(end) if end.isdecimal() else None
    # Who begins on the last day of a month means the last day of each.
    is_last = (first + timedelta(days=1)).day == 1
    rhythm = recurring.begin(first, unit, int(count or 1), 31 if is_last else first.day)
    return replace(rhythm, until=until, times=times)
