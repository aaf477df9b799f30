"""Exports: all that the user made as plain files, which any other program reads."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from freelancer_tui.documents import journals, tables
from freelancer_tui.documents.folders import fill
from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.plain import as_json, as_text
from freelancer_tui.domain.invoices import Invoice, state_of, totals
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.domain.template_files import file_stem, written
from freelancer_tui.domain.templates import LANGUAGES
from freelancer_tui.services.clients import Clients
from freelancer_tui.services.invoices import Invoices
from freelancer_tui.services.messages import Messages
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.services.rates import RateTable
from freelancer_tui.services.recurring import Coming, Recurring
from freelancer_tui.services.templates import Templates
from freelancer_tui.store.work import notes
from freelancer_tui.store.work.pad import Pad

_MOST: Final = 1_000_000
"""Of one kind of thing: more than anybody makes in a life."""
Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Billing:
    """Where documents, and what goes with them, are read from."""

    clients: Clients
    invoices: Invoices
    rates: RateTable
    recurring: Recurring


class Exports:
    """The user's verb for taking everything along; it reads all there is, so ask on a thread."""

    def __init__(
        self,
        proposals: Proposals,
        messages: Messages,
        templates: Templates,
        billing: Billing,
        pad: Pad,
    ) -> None:
        self._proposals: Final = proposals
        self._messages: Final = messages
        self._templates: Final = templates
        self._clients: Final = billing.clients
        self._invoices: Final = billing.invoices
        self._rates: Final = billing.rates
        self._recurring: Final = billing.recurring
        self._pad: Final = pad

    def write(self, folder: Path, *, force: bool = False) -> list[Path]:
        """Write everything into a folder; give the files."""
        files: dict[str, bytes] = {}
        for part in (self._offers, self._replies, self._texts, self._notes, self._billing):
            files.update(part())
        return fill(folder, files, force=force)

    def _offers(self) -> Files:
        kept = [one.proposal for one in self._proposals.board(limit=_MOST)]
        ours = [one for one in kept if one.id]
        gone = self._proposals.discarded(_MOST)
        yield "proposals.json", as_json({"kept": ours, "discarded": gone})
        for one in ours:
            yield f"proposals/{one.project_remote_id}-{one.id}.txt", _offer(one)

    def _replies(self) -> Files:
        found = []
        for view in self._messages.threads(_MOST):
            remote_id = view.thread.remote_id
            said = self._messages.conversation(remote_id, _MOST)
            mine = [one for one in said if one.mine]
            draft = self._messages.draft(remote_id)
            if mine or draft.strip():
                found.append(
                    {"thread": remote_id, "with": view.with_names, "said": mine, "draft": draft}
                )
                yield f"replies/{remote_id}.txt", _talk(mine, draft)
        yield "replies.json", as_json(found)

    def _texts(self) -> Files:
        found = self._templates.all()
        yield "templates.json", as_json(found)
        for one in found:
            for code in LANGUAGES:
                if one.text(code):
                    yield (
                        f"templates/{file_stem(one.name)}-{one.id}.{code}.md",
                        written(one, code).encode(),
                    )

    def _notes(self) -> Files:
        with self._pad.read() as connection:
            jobs, people = notes.all(connection), notes.all(connection, "contact_notes")
        yield "notes.json", as_json({"jobs": jobs, "people": people})

    def _billing(self) -> Files:
        found, quotes = self._documents(are_quotes=False), self._documents(are_quotes=True)
        numbers = {one.id: one.number for one in found}
        entries = journals.entries(found)
        yield "clients.json", as_json(self._clients.all())
        yield "seller.json", as_json(self._clients.seller())
        yield "invoices.json", as_json([_document(one) for one in found])
        yield "quotes.json", as_json([_document(one) for one in quotes])
        yield "recurring.json", as_json([_coming(one) for one in self._recurring.all()])
        yield "rates.csv", tables.rates(self._rates.all(_MOST))
        yield "documents.csv", tables.documents(found)
        yield "payments.csv", tables.payments(found)
        yield "earnings.csv", tables.figures(self._invoices.earnings(is_detailed=True))
        yield "ledger.hledger", journals.hledger(entries)
        yield "ledger.beancount", journals.beancount(entries)
        for one in (*found, *quotes):
            ready = self._invoices.paper(one.id) if one.state == "draft" else one
            paper = sheet(ready, one.language, numbers.get(one.corrects, ""))
            folder = "quotes" if one.kind == "quote" else "invoices"
            yield f"{folder}/{file_stem(one.number or 'draft')}-{one.id}.txt", as_text(paper)

    def _documents(self, *, are_quotes: bool) -> list[Invoice]:
        listed = self._invoices.list(limit=_MOST, are_quotes=are_quotes)
        return sorted((self._invoices.show(one.id) for one in listed), key=lambda one: one.id)


def _document(one: Invoice) -> dict[str, object]:
    return {**asdict(one), "shown_state": state_of(one), "totals": asdict(totals(one))}


def _coming(one: Coming) -> dict[str, object]:
    return {
        "document": one.document.id,
        "number": one.document.number,
        **asdict(one.rhythm),
        "next_on": one.next_on,
        "is_paused": one.is_paused,
    }


def _offer(one: Proposal) -> bytes:
    price = f"{one.price.amount:f} {one.price.currency}" if one.price else ""
    days = f"{one.days} d" if one.days is not None else ""
    head = ", ".join(said for said in (one.state, price, days) if said)
    text = "\n\n".join(said for said in (head, one.text, one.plan) if said.strip())
    return (text + "\n").encode("utf-8", "replace")


def _talk(mine: list[Utterance], draft: str) -> bytes:
    parts = [f"{one.sent_at.isoformat()} ({one.state})\n{one.text}" for one in mine]
    if draft.strip():
        parts.append(f"(draft)\n{draft}")
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")
