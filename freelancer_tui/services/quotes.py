"""Quotes: what is offered before it is billed: made, given out, answered, and turned into work."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, Literal, Unpack

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import deposits, drafting, issuing
from freelancer_tui.services.drafting import Books, Wishes
from freelancer_tui.store.work import invoices

QuoteListed = Literal["draft", "issued", "accepted", "declined", "expired"]
Answer = Literal["accepted", "declined", "issued"]
"""What a client said to a quote; `issued` where the answer is taken back."""


class Quotes:
    """The user's verbs for quotes; those that all documents share are with the invoices."""

    def __init__(self, books: Books) -> None:
        self._books: Final = books

    def new(self, **wishes: Unpack[Wishes]) -> Invoice:
        """Begin a quote; it holds for thirty days where no day is said."""
        begun = drafting.begun(self._books, "quote")
        return drafting.keep(self._books, drafting.wished(self._books, begun, wishes))

    def list(self, state: QuoteListed | None = None, limit: int = 500) -> Sequence[Summary]:
        """List quotes, what changed last first."""
        stored = "issued" if state == "expired" else state
        which = invoices.Filter((stored,) if stored else (), are_quotes=True)
        with self._books.pad.read() as connection:
            found = invoices.summaries(connection, which, limit)
        if state not in ("issued", "expired"):
            return found
        today = self._books.today()
        return [one for one in found if one.has_expired(today) == (state == "expired")]

    def answer(self, named: str, answer: Answer) -> Invoice:
        """Keep what the client said; one that is billed already stays accepted."""
        with self._books.pad.transaction() as connection:
            quote = self._given(issuing.get(connection, named))
            if answer != "accepted" and (made := invoices.made_of(connection, quote.id)):
                raise NotAllowed(
                    _("{number} is billed already.").format(number=quote.number),
                    hint=_("See the document: freelancer-tui invoices show {id}").format(
                        id=made[0].number or made[0].id
                    ),
                )
            decided = replace(quote, state=answer)
            invoices.decide(connection, decided, self._books.clock())
            return issuing.get(connection, quote.id)

    def bill(self, named: str) -> Invoice:
        """Give the invoice draft of a quote, which is accepted by that; never a second one."""
        books = self._books
        with books.pad.read() as connection:
            quote = self._given(issuing.get(connection, named))
            final = _final(invoices.made_of(connection, quote.id))
        if final is not None:
            return final
        if quote.state == "declined":
            raise NotAllowed(
                _("{number} is declined.").format(number=quote.number),
                hint=_("Take the answer back first: freelancer-tui quotes reopen {id}").format(
                    id=quote.id
                ),
            )
        draft = drafting.cleaned(books, self._as_invoice(quote))
        with books.pad.transaction() as connection:
            # Another program may have billed it since we looked: then its draft is the one.
            final = _final(invoices.made_of(connection, quote.id))
            if final is not None:
                return final
            accepted = replace(quote, state="accepted")
            invoices.decide(connection, accepted, books.clock())
            invoices.put_draft(connection, deposits.taken_off(connection, draft))
            return issuing.get(connection, draft.id)

    def _as_invoice(self, quote: Invoice) -> Invoice:
        """Give a quote as a draft with the terms of its client."""
        books, seller = self._books, self._books.clients.seller()
        terms = seller.terms_days
        with suppress(NotFound):  # removed since
            terms = drafting.terms_of(books.clients.get(quote.client_id), seller)
        draft = drafting.copied(books, quote)
        return replace(
            draft, kind="invoice", terms_days=terms, period=quote.period, made_from=quote.id
        )

    @staticmethod
    def _given(found: Invoice) -> Invoice:
        """Give a quote that a client has, else say what it is."""
        if found.kind != "quote":
            raise NotAllowed(
                _("{name} is no quote.").format(name=found.number or found.id),
                hint=_("See them with: freelancer-tui quotes list"),
            )
        if found.state == "draft":
            raise NotAllowed(
                _("{name} is a draft.").format(name=found.id),
                hint=_("Issue it first: freelancer-tui quotes issue {id}").format(id=found.id),
            )
        return found


def _final(made: Sequence[Invoice]) -> Invoice | None:
    return next((one for one in made if not one.is_deposit), None)
