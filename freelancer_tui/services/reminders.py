"""Reminders: letters about overdue money, laid into the client's conversation or to be copied."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from freelancer_tui.documents.reminders import letter
from freelancer_tui.domain.invoices import Invoice, is_overdue
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.clients import Clients
from freelancer_tui.services.invoices import Invoices
from freelancer_tui.services.messages import Messages

_MOST_THREADS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to write, and where."""

    invoice: Invoice
    text: str
    thread_id: int | None
    """The conversation with the client; None where there is none here."""


class Reminders:
    """The user's verbs for what is overdue; nothing goes out before the user says so."""

    def __init__(
        self,
        invoices: Invoices,
        clients: Clients,
        messages: Messages,
        today: Callable[[], date],
    ) -> None:
        self._invoices: Final = invoices
        self._clients: Final = clients
        self._messages: Final = messages
        self._today: Final = today

    def of(self, named: str) -> Reminder:
        """Give the reminder of an overdue invoice."""
        invoice = self._invoices.show(named)
        if invoice.kind != "invoice" or not is_overdue(invoice, self._today()):
            raise NotAllowed(
                _("{name} is not overdue, so there is nothing to remind of.").format(
                    name=invoice.number or invoice.id
                ),
                hint=_("See what is: freelancer-tui invoices list --state overdue"),
            )
        return Reminder(invoice, letter(invoice, self._today()), self._thread(invoice))

    def lay(self, named: str) -> Reminder:
        """Lay the letter into the composer, behind what the user began there; it is not sent."""
        reminder = self.of(named)
        thread_id = _known(reminder)
        began = self._messages.draft(thread_id)
        if reminder.text not in began:
            apart = "\n\n" if began.strip() else ""
            self._messages.put_in(thread_id, apart + reminder.text, None)
        return reminder

    def send(self, named: str) -> Utterance:
        """Queue the letter; what the user began to write there is never used up by it."""
        reminder = self.of(named)
        thread_id = _known(reminder)
        if self._messages.draft(thread_id).strip() not in ("", reminder.text):
            raise NotAllowed(
                _("You began to write in this conversation already."),
                hint=_("Lay the reminder behind it with --draft, and send both by hand."),
            )
        return self._messages.send(thread_id, reminder.text)

    def _thread(self, invoice: Invoice) -> int | None:
        """Give the conversation about the invoice's job, else the latest with its client."""
        if invoice.project_remote_id is not None:
            found = self._messages.of_project(invoice.project_remote_id)
            if found is not None:
                return found
        try:
            person = self._clients.get(invoice.client_id).remote_id
        except NotFound:  # removed since
            return None
        views = self._messages.threads(_MOST_THREADS) if person is not None else []
        return next(
            (one.thread.remote_id for one in views if person in one.thread.member_ids), None
        )


def _known(reminder: Reminder) -> int:
    if reminder.thread_id is None:
        raise NotFound(
            _("There is no conversation with {client} here.").format(
                client=reminder.invoice.client.name
            ),
            hint=_("Copy the letter: freelancer-tui invoices remind {id}").format(
                id=reminder.invoice.id
            ),
        )
    return reminder.thread_id
