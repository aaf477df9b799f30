"""Proposal editor: price, days, plan and text of an offer, what is missing, and what is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from freelancer_tui.domain.conflicts import Offering, filled, offering
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.proposals import (
    ADVICE,
    FIRST_LETTERS,
    Problem,
    Proposal,
    ProposalView,
    problems,
)
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets import offer_words
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.objections import Objections
from freelancer_tui.tui.widgets.offer import read_days, read_price, typed_price
from freelancer_tui.tui.widgets.writing import Writing

_HIGH, _LOW, _TINY, _LEAST = 24, 17, 13, 8
"""Heights from which on there is air, and below which first words, then whole lines give way."""


class ProposalEditor(Vertical):
    """A form that keeps what is typed as it is typed; for reading once the offer is on its way."""

    BINDINGS = [
        Binding("ctrl+s", "submit", N_("Submit"), id="proposal.submit", priority=True,
                tooltip=N_("Queue this proposal: it goes out as soon as there is a line")),
        Binding("f3", "plan", N_("Milestones"), id="proposal.plan",
                tooltip=N_("Plan milestones, an amount and what for on each line")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ProposalEditor {
        padding: 1 1 0 1;
        & #text { height: 1fr; min-height: 3; }
        & #plan { display: none; height: 5; margin-bottom: 1; }
        & #net, & #planned {
            height: auto; max-height: 2; padding: 0 0 0 8; color: $foreground-muted;
        }
        & #foot { height: auto; max-height: 2; padding: 0 1; }
        & #count { width: 1fr; height: auto; color: $foreground-muted; }
        & #saved { width: auto; color: $foreground-muted; }
        &.-planning #plan { display: block; }
        &.-high #net, &.-high #planned { margin-bottom: 1; }
        &.-low #foot { max-height: 1; }
        &.-unsaved #foot { max-height: 4; }
        &.-unsaved #count { display: none; }
        &.-unsaved #saved { width: 1fr; height: auto; color: $warning; }
        &.-closed #foot, &.-closed Objections { display: none; }
        &.-low { padding: 0 1; }
        &.-low.-planning #text { display: none; }
        &.-low.-planning #plan { height: 1fr; margin: 0; }
        &.-tiny #planned, &.-least #foot, &.-least Objections { display: none; }
        &.-tiny Field, &.-tiny Objections { max-height: 1; }
    }
    """

    @dataclass
    class Edited(Message):
        """A field changed; this is how they all stand."""

        proposal_id: str
        offer: Offering
        place: Place | None = None
        """Where in the text the user is."""

    @dataclass
    class Submitted(Message):
        """The user wants this proposal to go out."""

        proposal_id: str

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.view: ProposalView | None = None
        self.basis: Proposal | None = None
        """The sheet that the fields were last filled from."""
        self._reckoning = Reckoning()
        self._known = Offering("")
        self._revised: str | None = None

    def compose(self) -> ComposeResult:
        yield Field(_("Price"), id="price")
        yield Static(id="net", markup=False)
        yield Field(_("Days"), id="days")
        yield Static(id="planned", markup=False)
        yield Writing(id="plan", placeholder=_("A milestone on each line: 250 First version"))
        yield Writing(
            id="text",
            placeholder=_("Write to the client: what you will do, how, and why you."),
            first_letters=FIRST_LETTERS,
        )
        with Horizontal(id="foot"):
            yield Static(id="count", markup=False)
            yield Static(id="saved", markup=False)
        yield Objections(id="objections", markup=False)

    @property
    def is_open(self) -> bool:
        """True while the offer can still be changed."""
        is_draft = self.view is not None and self.view.standing in ("draft", "refused")
        return is_draft or self.is_revising

    @property
    def is_revising(self) -> bool:
        """True while a bid is changed that the marketplace has."""
        view = self.view
        is_there = view is not None and view.standing in ("placed", "shortlisted")
        return is_there and view is not None and self._revised == view.proposal.id

    def revise(self, proposal_id: str | None) -> None:
        """Open a placed bid for changes, or close it again; it is filled when it is shown next."""
        self._revised = proposal_id
        self.forget()

    def show(self, view: ProposalView, reckoning: Reckoning | None = None) -> None:
        """Show a proposal; fields that are being edited are left as they are typed."""
        before, was_open, self.view = self.view, self.is_open, view
        self._reckoning = reckoning or self._reckoning
        same = before is not None and before.proposal.id == view.proposal.id
        if not (same and was_open and self.is_open):
            self._fill(view)
        for field in self.query(Field):
            field.entry.disabled = not self.is_open
        for writing in self.query(Writing):
            writing.read_only = not self.is_open
        self.set_class(not self.is_open, "-closed")
        self._tell_how_it_stands()
        if not same:
            self.remove_class("-planning")
            self.note("")

    def forget(self) -> None:
        """Let the next proposal that is shown fill the fields, also the same one."""
        self.view = None

    def note(self, words: str, *, is_warning: bool = False) -> None:
        """Say whether what is typed is saved; a warning takes the whole line, and more."""
        self.set_class(is_warning, "-unsaved")
        self.query_one("#saved", Static).update(Content(words))

    def offer(self) -> Offering:
        """Give what stands in the fields."""
        price, days = self.price.value, self.days.value
        amount, count = read_price(price, self._currency).price, read_days(days)[0]
        return Offering(
            self.writing.text,
            amount,
            count,
            price if amount is None else "",
            days if count is None else "",
            self.plan.text,
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
                self._turn_to_plan(False)
            elif problem.startswith("plan"):
                self._turn_to_plan(True)
            else:
                (self.price if problem.startswith("price") else self.days).entry.focus()
            return

    def action_submit(self) -> None:
        if self.view is not None and self.is_open:
            self.post_message(self.Submitted(self.view.proposal.id))

    def action_plan(self) -> None:
        self._turn_to_plan(not self.has_class("-planning"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "plan":
            return self.is_open or bool(self.plan.text)
        return self.is_open if action == "submit" else True

    def on_resize(self, event: events.Resize) -> None:
        height = event.size.height
        self.set_class(height >= _HIGH, "-high")
        self.set_class(height < _LOW, "-low")
        self.set_class(height < _TINY, "-tiny")
        self.set_class(height < _LEAST, "-least")
        self.query_one(Objections).most = 6 if height >= _HIGH else 4 if height >= _LOW else 1
        self._tell_how_it_stands()

    @property
    def price(self) -> Field:
        """The field of the price."""
        return self.query_one("#price", Field)

    @property
    def days(self) -> Field:
        """The field of the days."""
        return self.query_one("#days", Field)

    @property
    def plan(self) -> Writing:
        """The field of the milestones."""
        return self.query_one("#plan", Writing)

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

    def _turn_to_plan(self, is_planning: bool) -> None:
        self.set_class(is_planning, "-planning")
        (self.plan if is_planning else self.writing).focus()

    def _fill(self, view: ProposalView) -> None:
        has_change = self.is_revising and view.proposal.has_change
        sheet, self.basis = view.proposal if has_change else view.offered, view.proposal
        self._known = offering(sheet)
        self.price.put(sheet.unread_price if sheet.price is None else typed_price(sheet.price))
        self.days.put(sheet.unread_days if sheet.days is None else str(sheet.days))
        self.plan.put(sheet.plan)
        self.writing.put(sheet.text)

    def _tell_how_it_stands(self) -> None:
        if self.view is None:
            return
        view, offer, reckoning = self.view, self.offer(), self._reckoning
        price = read_price(self.price.value, self._currency)
        days, days_words = read_days(self.days.value)
        days_are_wrong = days is None and bool(days_words)
        self.price.tell(price.words or offer_words.budget_of(view), is_wrong=price.is_wrong)
        self.days.tell(
            days_words if days_are_wrong else offer_words.days_told(days_words, reckoning),
            is_wrong=days_are_wrong,
        )
        net = offer_words.net_of(view, offer, reckoning, self.clock)
        self._say("#net", net)
        self.query_one("#net").display = bool(net) and not self.has_class("-tiny")
        self._say("#planned", offer_words.plan_told(offer, self._currency))
        self._say("#count", offer_words.count_told(offer.text))
        sheet = filled(view.proposal, offer)
        self.query_one(Objections).show(view, sheet, _problems(view, sheet, reckoning))

    def _say(self, selector: str, words: str) -> None:
        self.query_one(selector, Static).update(Content(words))


def _problems(view: ProposalView, sheet: Proposal, reckoning: Reckoning) -> list[Problem]:
    project = view.project
    return problems(
        sheet,
        project.budget if project else None,
        project.status if project else None,
        reckoning.bids_left,
    )
