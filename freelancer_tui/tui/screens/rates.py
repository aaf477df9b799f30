"""Rates: the user's own table of what currencies are worth, typed and brought in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.rates import Rates as Listed
from freelancer_tui.domain.ratetable import DayRate
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.rate_list import RateList

if TYPE_CHECKING:
    from freelancer_tui.services.rates import RateTable

_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="rates.back",
            tooltip=N_("Go back to your invoices")),
    Binding("n", "begin", N_("New rate"), id="rates.new",
            tooltip=N_("Write down what a currency was worth on a day")),
    Binding("i", "import", N_("Bring in"), id="rates.import",
            tooltip=N_("Take a CSV file in: date, currency, unit, rate")),
    Binding("x", "remove", N_("Delete"), id="rates.delete",
            tooltip=N_("Delete this rate; u brings it back, and documents keep theirs")),
    Binding("u", "undo", N_("Undo"), id="rates.undo",
            tooltip=N_("Bring back the rate that was deleted last")),
]  # fmt: skip


class RatesScreen(Section):
    """The user's rates, and below them those that the marketplace lists."""

    NAME = "rates"
    AUTO_FOCUS = "#rates"
    CSS_PATH = "rates.tcss"
    BINDINGS = _KEYS
    table = getters.query_one(RateList)

    def __init__(self, rates: "RateTable", *, clock: Clock) -> None:
        super().__init__(clock)
        self.rates = rates
        self._deleted: list[DayRate] = []

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        yield RateList(id="rates")
        yield Notice((_("Opening your rates…"),), id="no-rates")
        yield Inquiry(id="inquiry")

    async def show(self) -> None:
        mine, listed = await self.ask(lambda: (self.rates.all(), self.rates.listed()))
        self.table.show(mine, _pairs(listed, self.rates.own), self.rates.own)
        has_any = mine or listed.usd
        self.query_one(Notice).tell(() if has_any else _nothing())
        self.set_class(not has_any, "-empty")
        head = _("What currencies are worth in {own}").format(own=self.rates.own)
        told = _("A document takes the rate of its day when it is issued, and keeps it for ever.")
        self.query_one("#about", Static).update(
            Content.assemble((head, "bold $primary"), (f"\n{told}", "$foreground-muted"))
        )
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        self.table.focus()
        self.reload()

    def follows(self, event: Event) -> bool:
        return isinstance(event, Pulled) and event.feed.kind == "currencies"

    @on(Blocks.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(Inquiry.Filled)
    def _filled(self, event: Inquiry.Filled) -> None:
        self.table.focus()
        self.act(self._add(event.values) if event.about == "rate" else self._import(event.values))

    @on(Inquiry.Left)
    def _left(self) -> None:
        self.table.focus()
        self.refresh_bindings()

    def action_back(self) -> None:
        self.post_message(self.Go("invoices", "invoices"))

    def action_begin(self) -> None:
        self.act(self._ask_rate())

    def action_import(self) -> None:
        self.act(self._ask_file())

    def action_remove(self) -> None:
        if (one := self.table.current) is not None:
            self.act(self._remove(one))

    def action_undo(self) -> None:
        self.act(self._undo())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if self.query_one(Inquiry).is_open:
            return action.startswith("app.")
        possible = {"remove": self.table.current is not None, "undo": bool(self._deleted)}
        return possible.get(action, True)

    async def _ask_rate(self) -> None:
        today = self.clock.here(self.clock.now()).date().isoformat()
        blanks = (
            Blank("day", _("Day"), today),
            Blank("currency", _("Currency"), "", hint=_("three letters: USD, JPY")),
            Blank("unit", _("Unit"), "1", hint=_("100 where a hundred are quoted")),
            Blank("rate", _("Rate"), "", hint=_("in {own}").format(own=self.rates.own)),
        )
        words = _("What was a currency worth? It counts for documents of that day and after.")
        await self.query_one(Inquiry).ask("rate", words, blanks)
        self.refresh_bindings()

    async def _ask_file(self) -> None:
        words = _("Which table? Each line says date, currency, unit and rate.")
        blanks = (Blank("file", _("File"), "~/", hint=_("a CSV file")),)
        await self.query_one(Inquiry).ask("file", words, blanks)
        self.refresh_bindings()

    async def _add(self, values: dict[str, str]) -> None:
        typed = (values[key] for key in ("day", "currency", "unit", "rate"))
        await self.ask(self.rates.add, *typed)
        await self.show()
        self.say(_("Written down."))

    async def _import(self, values: dict[str, str]) -> None:
        found = await self.ask(self.rates.bring_in, Path(values["file"]).expanduser())
        await self.show()
        told = ngettext("{count} rate taken in.", "{count} rates taken in.", len(found))
        self.say(told.format(count=len(found)))

    async def _remove(self, one: DayRate) -> None:
        self._deleted.append(await self.ask(self.rates.remove, one.currency, one.day))
        await self.show()
        self.say(_("Deleted. Press u to bring it back."))

    async def _undo(self) -> None:
        if self._deleted:
            await self.ask(self.rates.restore, self._deleted.pop())
            await self.show()
            self.say(_("It is back."))


def _pairs(listed: Listed, own: str) -> list[DayRate]:
    """Give the marketplace's list as rates into the user's own currency."""
    if listed.at is None:
        return []
    pairs = ((code, listed.ratio(code, own)) for code in sorted(listed.usd) if code != own)
    return [DayRate(code, listed.at.date(), 1, ratio) for code, ratio in pairs if ratio]


def _nothing() -> tuple[str, ...]:
    return (
        _("No rates yet"),
        _("The marketplace's list comes with the sync. n writes a rate of your own down,"),
        _("i brings a table in; yours count before the list."),
    )
