"""Earned: the figures of a year, asked for and shown, and the way from year to year."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.earnings_view import EarningsShown, EarningsView
from freelancer_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.payouts import Payouts


class Earned:
    """The earnings' side of the section."""

    def __init__(
        self, section: Section, invoices: "Invoices", payouts: "Payouts", year: Callable[[], int]
    ) -> None:
        self._section = section
        self._invoices = invoices
        self._payouts = payouts
        self._this_year = year
        self._year = year()

    @property
    def can_go_on(self) -> bool:
        """True while there is a later year to see."""
        return self._year < self._this_year()

    def step(self, years: int) -> None:
        """Turn to another year."""
        self._year += years

    async def show(self) -> None:
        """Ask for the figures and show them."""
        shown = await self._section.ask(self._reckon, self._year)
        earnings = shown.earnings
        has_any = earnings.figures or earnings.owed or shown.market.released or shown.market.fees
        self.say_instead(() if has_any else _nothing(shown.year))
        self._section.query_one(EarningsView).show(shown)

    def say_instead(self, words: tuple[str, ...]) -> None:
        """Say something in the place of figures; nothing lets them be seen."""
        self._section.query_one("#no-earnings", Notice).tell(words)
        self._section.query_one("#earned").set_class(bool(words), "-empty")

    def _reckon(self, year: int) -> EarningsShown:
        return EarningsShown(self._invoices.earnings(year), year, self._payouts.of_year(year))


def _nothing(year: int) -> tuple[str, ...]:
    return (
        _("No earnings in {year}").format(year=year),
        _("Once you issue an invoice (n writes one), you see here what it brought."),
        _("y looks at the year before."),
    )
