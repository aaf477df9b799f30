"""Invoice list: every document with its number, client, state, due date, total and open sum."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from freelancer_tui import wording
from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.ledger import LedgerPicked, shelf_of
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block, Rows, Stack

WIDE = 108
"""From this width on a document takes one line, below it two."""
_NUMBER, _STATE, _SUM = 19, 30, 17


class InvoiceList(Blocks):
    """Documents in the order that they were picked in; a row is made when it is seen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._picked = LedgerPicked()
        self._today = date.min

    def show(self, picked: LedgerPicked, today: date) -> None:
        """Show documents as they stand on a day."""
        self._picked, self._today = picked, today
        self.redraw()

    @property
    def current(self) -> Summary | None:
        """The document under the cursor."""
        if self.cursor_key not in self.stack:
            return None
        return self._picked.documents[self.stack.place(self.cursor_key)]

    def stacked(self, width: int) -> Stack:
        documents = self._picked.documents
        make = partial(self._block, documents, width)
        return Rows([one.id for one in documents], 1 if width >= WIDE else 2, make)

    def _block(self, documents: Sequence[Summary], width: int, place: int) -> Block:
        one = documents[place]
        return Block(one.id, self._row(one, width))

    def _row(self, one: Summary, width: int) -> tuple[Line, ...]:
        sign, tone = invoice_words.sign(shelf_of(one, self._today))
        mark: Span = (f" {sign} ", tone)
        state = invoice_words.told(one, self._today)
        number = one.number or "–"
        client = one.client_name or _("no client yet")
        if one.kind == "credit_note":
            client = _("Credit note") + f" · {client}"
        total, open_ = wording.money(one.payable), _open(one)
        name: Span = (client, "" if one.client_name else "quiet")
        if width >= WIDE:
            right: Line = (
                (fit(total, _SUM, right=True) + " ", ""),
                (fit(open_, _SUM, right=True) + " ", "strong" if open_ else ""),
            )
            left = (mark, (fit(number, _NUMBER) + " ", ""), (fit(state, _STATE) + " ", tone), name)
            return (apart(left, right, width),)
        below = _("{amount} open").format(amount=open_) if open_ and open_ != total else ""
        return (
            apart((mark, (f"{number}  ", ""), name), ((total + " ", ""),), width),
            apart((("   " + state, tone),), ((below + " ", "strong"),), width),
        )


def heads(width: int) -> str:
    """Give the names of the columns, where there are columns."""
    if width < WIDE:
        return ""
    left = "   " + fit(_("Number"), _NUMBER + 1) + fit(_("State"), _STATE + 1) + _("Client")
    right = fit(_("To pay"), _SUM, right=True) + " " + fit(_("Outstanding"), _SUM, right=True) + " "
    return fit(left, width - 2 * _SUM - 2) + right


def _open(one: Summary) -> str:
    is_owed = one.state in ("issued", "part-paid")
    return wording.money(one.open) if is_owed else ""
