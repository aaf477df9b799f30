"""Proposal editor: price, days and text of an offer, what is still missing, and what is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from freelancer_tui import wording
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.proposals import (
    ADVICE,
    MINIMUM_LETTERS,
    Problem,
    Proposal,
    ProposalView,
    problems,
)
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.objections import Objections
from freelancer_tui.tui.widgets.offer import Offer, read_days, read_price, typed_price
from freelancer_tui.tui.widgets.writing import Writing


class ProposalEditor(Vertical):
    """A form that keeps what is typed as it is typed; for reading once the offer is on its way."""

    BINDINGS = [
        Binding(
            "ctrl+s",
            "submit",
            N_("Submit"),
            tooltip=N_("Queue this proposal: it goes out as soon as there is a line"),
            id="proposal.submit",
            priority=True,
        ),
    ]
    DEFAULT_CSS = """
    ProposalEditor {
        padding: 1 1 0 1;
        & #text { height: 1fr; min-height: 4; }
        & #foot { height: 1; padding: 0 1; }
        & #count { width: 1fr; color: $foreground-muted; }
        & #saved { width: auto; color: $foreground-muted; }
        &.-unsaved #foot { height: auto; max-height: 4; }
        &.-unsaved #count { display: none; }
        &.-unsaved #saved { width: 1fr; height: auto; color: $warning; }
        &.-closed #foot, &.-closed Objections { display: none; }
    }
    """

    @dataclass
    class Edited(Message):
        """A field changed; this is how they all stand."""

        proposal_id: str
        offer: Offer
        place: Place | None = None
        """Where in the text the user is."""

    @dataclass
    class Submitted(Message):
        """The user wants this proposal to go out."""

        proposal_id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: ProposalView | None = None
        self.basis: Proposal | None = None
        """The sheet that the fields were last filled from."""
        self._known = Offer("", None, None)

    def compose(self) -> ComposeResult:
        yield Field(_("Price"), id="price")
        yield Field(_("Days"), id="days")
        yield Writing(
            id="text", placeholder=_("Write to the client: what you will do, how, and why you.")
        )
        with Horizontal(id="foot"):
            yield Static(id="count", markup=False)
            yield Static(id="saved", markup=False)
        yield Objections(id="objections", markup=False)

    @property
    def is_open(self) -> bool:
        """True while the offer can still be changed."""
        return self.view is not None and self.view.standing in ("draft", "refused")

    def show(self, view: ProposalView) -> None:
        """Show a proposal; fields that are being edited are left as they are typed."""
        before, was_open, self.view = self.view, self.is_open, view
        same = before is not None and before.proposal.id == view.proposal.id
        if not (same and was_open and self.is_open):
            self._fill(view)
        for field in self.query(Field):
            field.entry.disabled = not self.is_open
        self.writing.read_only = not self.is_open
        self.set_class(not self.is_open, "-closed")
        self._tell_how_it_stands()
        if not same:
            self.note("")

    def forget(self) -> None:
        """Let the next proposal that is shown fill the fields, also the same one."""
        self.view = None

    def note(self, words: str, *, is_warning: bool = False) -> None:
        """Say whether what is typed is saved; a warning takes the whole line, and more."""
        self.set_class(is_warning, "-unsaved")
        self.query_one("#saved", Static).update(Content(words))

    def offer(self) -> Offer:
        """Give what stands in the fields."""
        price, days = self.price.value, self.days.value
        amount, count = read_price(price, self._currency).price, read_days(days)[0]
        return Offer(
            self.writing.text,
            amount,
            count,
            price if amount is None else "",
            days if count is None else "",
        )

    def begin(self) -> None:
        """Put the cursor where the user will want to write."""
        is_fresh = self.is_open and self.offer().price is None
        (self.price.entry if is_fresh else self.writing).focus()

    def point_at(self, found: Sequence[Problem]) -> None:
        """Put the cursor into the field of the first objection that must be met."""
        for problem in found:
            if problem in ADVICE or problem == "project_closed":
                continue
            if problem.startswith("text"):
                self.writing.focus()
            else:
                (self.price if problem.startswith("price") else self.days).entry.focus()
            return

    def action_submit(self) -> None:
        if self.view is not None and self.is_open:
            self.post_message(self.Submitted(self.view.proposal.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.is_open if action == "submit" else True

    @property
    def price(self) -> Field:
        """The field of the price."""
        return self.query_one("#price", Field)

    @property
    def days(self) -> Field:
        """The field of the days."""
        return self.query_one("#days", Field)

    @property
    def writing(self) -> Writing:
        """The field of the text."""
        return self.query_one("#text", Writing)

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        event.stop()
        (self.days.entry if event.input is self.price.entry else self.writing).focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _edited(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self._tell_how_it_stands()
        offer = self.offer()
        if self.view is not None and self.is_open and offer != self._known:
            self._known = offer
            self.post_message(self.Edited(self.view.proposal.id, offer, self.writing.place))

    @property
    def _currency(self) -> str:
        return self.view.proposal.currency if self.view else ""

    def _fill(self, view: ProposalView) -> None:
        sheet, self.basis = view.offered, view.proposal
        self._known = Offer(
            sheet.text, sheet.price, sheet.days, sheet.unread_price, sheet.unread_days
        )
        self.price.put(sheet.unread_price if sheet.price is None else typed_price(sheet.price))
        self.days.put(sheet.unread_days if sheet.days is None else str(sheet.days))
        self.writing.put(sheet.text)

    def _tell_how_it_stands(self) -> None:
        if self.view is None:
            return
        price = read_price(self.price.value, self._currency)
        days, days_words = read_days(self.days.value)
        days_are_wrong = days is None and bool(days_words)
        self.price.tell(price.words or _hint(self.view), is_wrong=price.is_wrong)
        self.days.tell(days_words, is_wrong=days_are_wrong)
        self.query_one("#count", Static).update(Content(_count(self.writing.text)))
        sheet = typed_sheet(self.view.proposal, self.offer())
        self.query_one(Objections).show(self.view, sheet, _problems(self.view, sheet))


def typed_sheet(sheet: Proposal, offer: Offer) -> Proposal:
    """Give a sheet as it stands in the fields."""
    return replace(
        sheet,
        text=offer.text,
        price=offer.price,
        days=offer.days,
        unread_price=offer.unread_price,
        unread_days=offer.unread_days,
    )


def _problems(view: ProposalView, sheet: Proposal) -> list[Problem]:
    project = view.project
    return problems(
        sheet, project.budget if project else None, project.status if project else None
    )


def _hint(view: ProposalView) -> str:
    if view.project is None:
        return view.proposal.currency
    budget = wording.budget(view.project.budget, view.project.kind)
    return _("The client's budget: {budget}").format(budget=budget)


def _count(text: str) -> str:
    letters, words = len(text.strip()), len(text.split())
    counted = ngettext("{count} word", "{count} words", words).format(count=words)
    if letters < MINIMUM_LETTERS:
        least = _("{letters} of at least {least} characters")
        return f"{least.format(letters=letters, least=MINIMUM_LETTERS)} · {counted}"
    told = ngettext("{count} character", "{count} characters", letters).format(count=letters)
    return f"{told} · {counted}"
