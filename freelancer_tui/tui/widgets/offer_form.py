"""Offer form: the fields of an offer, what they come to, and what is missing in them."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from freelancer_tui.domain.conflicts import Offering, filled
from freelancer_tui.domain.proposals import (
    ADVICE,
    FIRST_LETTERS,
    Problem,
    Proposal,
    ProposalView,
    problems,
)
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets import offer_words
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.objections import Objections
from freelancer_tui.tui.widgets.offer import read_days, read_price, typed_price
from freelancer_tui.tui.widgets.writing import Writing

_HIGH, _LOW, _TINY, _LEAST = 24, 17, 13, 8
"""Heights from which on there is air, and below which first words, then whole lines give way."""


class OfferForm(Vertical):
    """Price, days, plan and text; the text keeps three lines however small the screen is."""

    DEFAULT_CSS = """
    OfferForm {
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
        & #net.-none, &.-tiny #net, &.-tiny #planned, &.-least #foot,
        &.-least Objections { display: none; }
        &.-tiny Field, &.-tiny Objections { max-height: 1; }
    }
    """

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

    def read(self, currency: str) -> Offering:
        """Give what stands in the fields; what cannot be read as a number stays as typed."""
        price, days = self.price.value, self.days.value
        amount, count = read_price(price, currency).price, read_days(days)[0]
        return Offering(
            self.writing.text,
            amount,
            count,
            price if amount is None else "",
            days if count is None else "",
            self.plan.text,
        )

    def put(self, sheet: Proposal) -> None:
        """Fill the fields with what a sheet says."""
        self.price.put(sheet.unread_price if sheet.price is None else typed_price(sheet.price))
        self.days.put(sheet.unread_days if sheet.days is None else str(sheet.days))
        self.plan.put(sheet.plan)
        self.writing.put(sheet.text)

    def let_write(self, *, is_open: bool) -> None:
        """Let the fields be written in, or only be read."""
        for field in self.query(Field):
            field.entry.disabled = not is_open
        for writing in self.query(Writing):
            writing.read_only = not is_open
        self.set_class(not is_open, "-closed")

    def tell(self, view: ProposalView, reckoning: Reckoning, clock: Clock) -> None:
        """Say how the fields were read, what they come to, and what is missing."""
        currency = view.proposal.currency
        offer, price = self.read(currency), read_price(self.price.value, currency)
        days, days_words = read_days(self.days.value)
        days_are_wrong = days is None and bool(days_words)
        self.price.tell(price.words or offer_words.budget_of(view), is_wrong=price.is_wrong)
        self.days.tell(
            days_words if days_are_wrong else offer_words.days_told(days_words, reckoning),
            is_wrong=days_are_wrong,
        )
        net = offer_words.net_of(view, offer, reckoning, clock)
        self._say("#net", net)
        self.query_one("#net").set_class(not net, "-none")
        self._say("#planned", offer_words.plan_told(offer, currency))
        self._say("#count", offer_words.count_told(offer.text))
        sheet = filled(view.proposal, offer)
        self.query_one(Objections).show(view, sheet, _problems(view, sheet, reckoning))

    def note(self, words: str, *, is_warning: bool = False) -> None:
        """Say whether what is typed is saved; a warning takes the whole line, and more."""
        self.set_class(is_warning, "-unsaved")
        self._say("#saved", words)

    def point_at(self, found: Sequence[Problem]) -> None:
        """Put the cursor into the field of the first objection that must be met."""
        for problem in found:
            if problem in ADVICE or problem == "project_closed":
                continue
            if problem.startswith("text"):
                self.turn_to_plan(False)
            elif problem.startswith("plan"):
                self.turn_to_plan(True)
            else:
                (self.price if problem.startswith("price") else self.days).entry.focus()
            return

    def turn_to_plan(self, is_planning: bool) -> None:
        """Open the plan, or put it away and go back to the text."""
        self.set_class(is_planning, "-planning")
        (self.plan if is_planning else self.writing).focus()

    def action_plan(self) -> None:
        self.turn_to_plan(not self.has_class("-planning"))

    def on_resize(self, event: events.Resize) -> None:
        height = event.size.height
        self.set_class(height >= _HIGH, "-high")
        self.set_class(height < _LOW, "-low")
        self.set_class(height < _TINY, "-tiny")
        self.set_class(height < _LEAST, "-least")
        self.query_one(Objections).most = 6 if height >= _HIGH else 4 if height >= _LOW else 1

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

    def _say(self, selector: str, words: str) -> None:
        self.query_one(selector, Static).update(Content(words))


def _problems(view: ProposalView, sheet: Proposal, reckoning: Reckoning) -> list[Problem]:
    project = view.project
    return problems(
        sheet,
        project.budget if project else None,
        project.status if project else None,
        reckoning.bids_left if view.standing in ("draft", "refused") else None,
    )
