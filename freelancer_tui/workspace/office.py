"""Office: what an account's documents are written, paid and counted with."""

from functools import partial
from typing import TYPE_CHECKING

from freelancer_tui.workspace.files import Files
from freelancer_tui.workspace.parts import Part

if TYPE_CHECKING:
    from freelancer_tui.domain.taxrules import TaxRules
    from freelancer_tui.services.clients import Clients
    from freelancer_tui.services.deposits import Deposits
    from freelancer_tui.services.drafting import Books
    from freelancer_tui.services.exchange import Exchange
    from freelancer_tui.services.fees import Charges
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.papers import Papers
    from freelancer_tui.services.payouts import Payouts
    from freelancer_tui.services.quotes import Quotes
    from freelancer_tui.services.rates import RateTable
    from freelancer_tui.services.recurring import Recurring


class Office(Files):
    """The services around our own documents and money, and the files under them."""

    @Part
    def tax_rules(self) -> "TaxRules":
        """What clients withhold and documents say, by dated rules."""
        from freelancer_tui.settings.taxes import read_taxes

        return read_taxes(self.settings.places.config)

    @Part
    def clients(self) -> "Clients":
        """The user's verbs for their own clients, and who the user is on documents."""
        from freelancer_tui.services.clients import Clients

        rules = {one.key for one in self.tax_rules.withholdings}
        return Clients(self.pad, self.clock, self.mint, rules)

    @Part
    def invoices(self) -> "Invoices":
        """The user's verbs for documents of their own."""
        from freelancer_tui.services.invoices import Invoices

        return Invoices(self.books)

    @Part
    def books(self) -> "Books":
        """What documents are written with."""
        from freelancer_tui.services.drafting import Books

        return Books(
            self.pad, self.cache, self.clients, self.exchange, self.tax_rules,
            clock=self.clock, today=self.today, mint=self.mint,
        )  # fmt: skip

    @Part
    def quotes(self) -> "Quotes":
        """The user's verbs for what is offered before it is billed."""
        from freelancer_tui.services.quotes import Quotes

        return Quotes(self.books)

    @Part
    def deposits(self) -> "Deposits":
        """The user's verbs for what is billed ahead."""
        from freelancer_tui.services.deposits import Deposits

        return Deposits(self.books)

    @Part
    def rate_table(self) -> "RateTable":
        """The user's own table of what currencies were worth."""
        from freelancer_tui.services.rates import RateTable

        return RateTable(self.pad, self.exchange, self.today)

    def upkeep(self) -> int:
        """Do what the calendar and the last sync ask for; give how many drafts were made."""
        self.payouts.note()
        return len(self.recurring.make_due())

    @Part
    def payouts(self) -> "Payouts":
        """What the marketplace paid out and kept."""
        from freelancer_tui.services.payouts import Payouts

        return Payouts(self.cache, self.pad, lambda: self.charges, self.clock, self.settings.zone)

    @Part
    def recurring(self) -> "Recurring":
        """The user's verbs for documents that are made anew by the calendar."""
        from freelancer_tui.services.recurring import Recurring

        return Recurring(self.books)

    @Part
    def papers(self) -> "Papers":
        """Documents and receipts as PDF and on the screen."""
        from freelancer_tui.services.papers import Papers
        from freelancer_tui.settings.duty import read_duties

        config = self.settings.places.config
        duties = partial(read_duties, config)
        return Papers(self.invoices, self.exchange, duties, config / "documents")

    @Part
    def exchange(self) -> "Exchange":
        """Amounts in the user's own currency, at dated rates."""
        from freelancer_tui.services.exchange import Exchange

        return Exchange(self.cache, self.settings.own_currency)

    @Part
    def charges(self) -> "Charges":
        """What the marketplace keeps of a price, by dated rules."""
        from freelancer_tui.services.fees import Charges
        from freelancer_tui.settings.fees import read_fees

        return Charges(read_fees(self.settings.places.config), self.exchange)
