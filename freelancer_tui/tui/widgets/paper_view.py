"""Paper view: a document as it is printed, drawn from the same model, with its payments below."""

from collections.abc import Iterator, Sequence

from freelancer_tui import wording
from freelancer_tui.documents.model import Block as PartyBlock
from freelancer_tui.documents.model import Fact, Sheet, Words
from freelancer_tui.domain.invoices import Invoice, totals
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, apart, wrap
from freelancer_tui.tui.widgets.stack import Block

_PAGE = 96
"""A page is no wider than this, however wide the screen is."""
_ROOMS = {"quantity": 12, "price": 15, "discount": 8, "tax": 8, "amount": 17}


class PaperView(Blocks):
    """For reading only; arrows scroll it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet: Sheet | None = None
        self._invoice: Invoice | None = None

    def show(self, sheet: Sheet, invoice: Invoice) -> None:
        """Show a document from its top, and what happened to it since it was issued."""
        before, self._sheet, self._invoice = self._invoice, sheet, invoice
        self.redraw()
        if before is None or (before.id, before.number) != (invoice.id, invoice.number):
            self.move_to("row0")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def draw(self, width: int) -> Sequence[Block]:
        if self._sheet is None or self._invoice is None:
            return []
        page = min(width, _PAGE)
        lines = [*_page(self._sheet, page), *_since(self._invoice, page)]
        return [Block(f"row{place}", (line,)) for place, line in enumerate(lines)]


def _page(sheet: Sheet, width: int) -> Iterator[Line]:
    title = both(sheet.title) + (f"  {both(sheet.mark)}" if sheet.mark else "")
    yield apart(((" " + title, "accent"),), ((sheet.number + " ", "strong"),), width)
    yield ()
    yield from _beside(_party(sheet.seller), _party(sheet.client), width)
    yield ()
    for fact in sheet.facts:
        yield _fact(fact)
    yield ()
    yield from _table(sheet, width)
    yield from _sums(sheet, width)
    for fact in sheet.words:
        for line in wrap(f"{both(fact.label)}: {both(fact.value)}", width - 2):
            yield ((f" {line}", "quiet"),)
    for way in sheet.ways:
        yield ()
        yield ((f" {both(way.label)}", "strong"),)
        for fact in way.facts:
            yield _fact(fact)
    for note in sheet.notes:
        yield ()
        for line in wrap(note, width - 2):
            yield ((f" {line}", ""),)


def both(words: Words) -> str:
    """Give words of a document on one line, in each of its languages."""
    return " / ".join(words)


def _party(block: PartyBlock) -> list[tuple[str, str]]:
    lines = [(both(block.label), "quiet"), (block.name, "strong")]
    return lines + [(line, "") for line in block.lines]


def _beside(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], width: int
) -> Iterator[Line]:
    half = (width - 2) // 2
    for place in range(max(len(left), len(right))):
        one = left[place] if place < len(left) else ("", "")
        other = right[place] if place < len(right) else ("", "")
        yield (
            (" " + fit(one[0], half - 1) + " ", one[1]),
            (fit(other[0], half).rstrip(), other[1]),
        )


def _fact(fact: Fact) -> Line:
    return ((" " + fit(both(fact.label), 26) + " ", "quiet"), (both(fact.value), ""))


def _table(sheet: Sheet, width: int) -> Iterator[Line]:
    shown = [name for name in _ROOMS if name in sheet.heads]
    room = max(12, width - 2 - sum(_ROOMS[name] for name in shown))
    heads = "".join(fit(both(sheet.heads[name]), _ROOMS[name], right=True) for name in shown)
    yield ((" " + fit(both(sheet.heads.get("text", ())), room) + heads, "quiet"),)
    yield ((" " + "─" * (width - 2), "rule"),)
    for row in sheet.rows:
        cells = "".join(fit(getattr(row, name), _ROOMS[name], right=True) for name in shown)
        first, *more = wrap(row.text, room - 1) or [""]
        yield ((" " + fit(first, room) + cells, ""),)
        for line in more:
            yield ((f" {line}", ""),)
    yield ((" " + "─" * (width - 2), "rule"),)


def _sums(sheet: Sheet, width: int) -> Iterator[Line]:
    for one in sheet.sums:
        tone = "accent" if one.is_last else ""
        yield (
            (fit(both(one.label), width - 19, right=True) + fit(one.amount, 18, right=True), tone),
        )


def _since(invoice: Invoice, width: int) -> Iterator[Line]:
    """Tell what happened to a document that the paper itself does not say."""
    if invoice.state == "void":
        yield ()
        yield ((" " + _("Void: {reason}").format(reason=invoice.void_reason), "bad"),)
    slips = [one for one in invoice.withholdings if one.slip_number]
    if not (invoice.payments or invoice.set_offs or slips):
        return
    yield ()
    yield ((" " + _("Since it was issued"), "strong"),)
    for paid in invoice.payments:
        label = _("Paid") if invoice.kind == "invoice" else _("Paid back")
        told = f" {fit(label, 12)} {fit(invoice_words.day(paid.on), 17)} {paid.note}"
        yield apart(((told, "good"),), ((wording.money(paid.amount) + " ", "good"),), width)
    for one in invoice.set_offs:
        label = _("Set off") if invoice.kind == "credit_note" else _("Credit")
        told = f" {fit(label, 12)} {fit(invoice_words.day(one.on), 17)} {one.note}"
        yield apart(((told, ""),), ((wording.money(one.amount) + " ", ""),), width)
    for kept in slips:
        words = _("Slip {number} for {name}").format(number=kept.slip_number, name=kept.name)
        yield ((f" {words}  {invoice_words.day(kept.slip_date)}", ""),)
    yield apart(
        ((" " + _("Outstanding"), "strong"),),
        ((wording.money(totals(invoice).open) + " ", "strong"),),
        width,
    )
