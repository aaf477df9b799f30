"""Invoice form: the fields of a draft, its lines, and beside them what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from freelancer_tui.domain.invoices import Invoice, RateNote
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets import invoice_fields
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.invoice_fields import FIELDS, FieldName, Rules
from freelancer_tui.tui.widgets.invoice_lines import InvoiceLines
from freelancer_tui.tui.widgets.invoice_sums import InvoiceObjections, InvoiceSums

_WIDE = 110
"""From this width on the sums stand beside the lines, below it under them."""
_HIGH = 20


class InvoiceForm(Horizontal):
    """It tells each change; what is kept elsewhere never overwrites what is being typed."""

    DEFAULT_CSS = """
    InvoiceForm {
        & #sheet { width: 1fr; }
        & #heads { height: auto; }
        & #heads Vertical { width: 1fr; height: auto; }
        & Field { max-height: 1; padding: 0 1; }
        & Field .label { width: 10; color: $foreground-muted; }
        & Field Input { width: 14; }
        & #f-currency Input, & #f-language Input { width: 6; }
        & #f-due Input { width: 11; }
        & #f-period Input, & #f-po Input { width: 22; }
        & #f-note Input { width: 1fr; max-width: 100; }
        & Field .reading { max-height: 1; padding: 0 0 0 1; }
        & #f-note .reading, & #f-po .reading { display: none; }
        & InvoiceLines { margin-top: 1; }
        & #beside { width: 38; padding: 0 1; border-left: vkey $panel; display: none; }
        & #beside InvoiceSums { margin-bottom: 1; }
        & #notes { height: auto; padding: 1 1 0 1; color: $foreground-muted; }
        & #below { height: auto; }
        &.-wide #beside { display: block; }
        &.-wide #below { display: none; }
        &.-wide #heads { margin-top: 1; }
        &.-low InvoiceLines { margin-top: 0; min-height: 3; }
    }
    """

    @dataclass
    class Edited(Message):
        """A field or a line changed; this is how the draft stands."""

        invoice: Invoice

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.invoice: Invoice | None = None
        self._rules: Rules = ()
        self._today = date.min
        self._objections: tuple[str, ...] = ()
        self._rate: RateNote | None = None
        """At which the sums are told in the user's own currency."""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            with Horizontal(id="heads"):
                with Vertical():
                    yield from (_built("currency"), _built("due"), _built("period"))
                with Vertical():
                    yield from (_built("language"), _built("po"), _built("kept"))
            yield _built("note")
            yield InvoiceLines(id="lines")
            with Vertical(id="below"):
                yield InvoiceSums(id="sums-line")
                yield InvoiceObjections(id="objections-line")
        with VerticalScroll(id="beside", can_focus=False):
            yield InvoiceSums(id="sums-column")
            yield InvoiceObjections(id="objections-column")
            yield Static(id="notes", markup=False)

    def show(self, invoice: Invoice, rules: Rules, today: date) -> None:
        """Lay a draft out; one that is being typed stays as it is."""
        is_same = self.invoice is not None and self.invoice.id == invoice.id
        self._rules, self._today = rules, today
        if not is_same:
            self.invoice = invoice
            for name in FIELDS:
                self._field(name).put(invoice_fields.typed(invoice, name))
            self._field("due").call(invoice_fields.label("due", invoice.kind))
            self._objections, self._rate = (), None
            self.lines.show(invoice.lines, invoice.currency)
        self._tell()

    def take(self, invoice: Invoice) -> None:
        """Lay a draft out that was changed by another verb, such as the choice of a client."""
        self.invoice = None
        self.show(invoice, self._rules, self._today)

    def forget(self) -> None:
        """Let the next draft be laid out whole."""
        self.invoice = None

    def judge(self, ready: Invoice, objections: Sequence[str]) -> None:
        """Show what the kept draft would be if it were issued, and what speaks against that."""
        if self.invoice is None or ready.id != self.invoice.id:
            return
        self._objections = tuple(objections)
        self._rate = ready.rate if ready.currency == self.invoice.currency else None
        notes = "\n\n".join(tame(note.english or note.indonesian) for note in ready.notes)
        self.query_one("#notes", Static).update(Content(notes))
        self._reckon()

    def begin(self) -> None:
        """Start typing: in the lines."""
        self.lines.begin()

    @property
    def lines(self) -> InvoiceLines:
        """The table of lines."""
        return self.query_one(InvoiceLines)

    @property
    def is_wrong(self) -> bool:
        """True while something is typed that cannot be read."""
        return self.lines.is_wrong or any(self._wrong(name) for name in FIELDS)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= _WIDE, "-wide")
        self.set_class(event.size.height < _HIGH, "-low")
        self._reckon()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.invoice is None:
            return
        fresh = self.invoice
        for name in FIELDS:
            if not self._wrong(name):
                fresh = invoice_fields.read(fresh, name, self._field(name).value, self._rules)
        self._take_in(fresh)

    @on(InvoiceLines.Edited)
    def _lines_edited(self, event: InvoiceLines.Edited) -> None:
        event.stop()
        if self.invoice is not None:
            self._take_in(replace(self.invoice, lines=event.lines))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def _take_in(self, fresh: Invoice) -> None:
        changed = fresh != self.invoice
        if self.invoice is None or fresh.currency != self.invoice.currency:
            self._rate = None
        self.invoice = fresh
        self.lines.recount(fresh.currency)
        self._tell()
        if changed:
            self.post_message(self.Edited(fresh))

    def _field(self, name: FieldName) -> Field:
        return self.query_one(f"#f-{name}", Field)

    def _wrong(self, name: FieldName) -> str:
        """Say what is wrong with a field; nothing where it can be read."""
        if self.invoice is None:
            return ""
        try:
            invoice_fields.read(self.invoice, name, self._field(name).value, self._rules)
        except ValueError as error:
            return str(error)
        return ""

    def _tell(self) -> None:
        if self.invoice is None:
            return
        for name in FIELDS:
            wrong = self._wrong(name)
            told = invoice_fields.told(self.invoice, name, self._today)
            self._field(name).tell(wrong or told, is_wrong=bool(wrong))
        self._reckon()

    def _reckon(self) -> None:
        if self.invoice is None:
            return
        told = replace(self.invoice, rate=self._rate)
        self.query_one("#sums-column", InvoiceSums).show(told, is_column=True)
        self.query_one("#sums-line", InvoiceSums).show(told, is_column=False)
        kind, wrong = self.invoice.kind, [(name, self._wrong(name)) for name in FIELDS]
        found = [f"{invoice_fields.label(name, kind)}: {words}" for name, words in wrong if words]
        found += self._objections
        self.query_one("#objections-column", InvoiceObjections).show(found, 12)
        most = 3 if self.size.height >= _HIGH - 2 else 1
        self.query_one("#objections-line", InvoiceObjections).show(found, most)


def _built(name: FieldName) -> Field:
    return Field(invoice_fields.label(name), id=f"f-{name}", most=300)
