"""Clients: those whom the user bills, and who the user is on documents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from freelancer_tui.domain import currencies
from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.invoices import DocumentLanguage, Party, Ways
from freelancer_tui.domain.numbering import Scheme
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.billing import scheme_mistake
from freelancer_tui.store.work import clients
from freelancer_tui.store.work.pad import Pad

MOST_DAYS: Final = 3_650
_MOST_ADDRESS_LINES: Final = 8


class Clients:
    """The user's verbs for clients; any thread may call them."""

    def __init__(
        self, pad: Pad, clock: Callable[[], datetime], mint: Callable[[], str], rules: set[str]
    ) -> None:
        self._pad = pad
        self._clock = clock
        self._mint = mint
        self._rules = rules
        """Keys of the rules by which tax can be withheld."""

    def all(self) -> list[Client]:
        """List all, by name."""
        with self._pad.read() as connection:
            return clients.all(connection)

    def get(self, client_id: str) -> Client:
        """Give one by its id."""
        with self._pad.read() as connection:
            found = clients.get(connection, client_id)
        if found is None:
            raise _unknown(client_id)
        return found

    def find(self, named: str) -> Client:
        """Give one by its id or its name, whatever the case; a name that two have finds none."""
        named = one_line(named)
        alike = []
        for one in self.all():
            if one.id == named:
                return one
            if one.party.name.casefold() == named.casefold():
                alike.append(one)
        if len(alike) > 1:
            raise NotAllowed(
                _("{count} clients are called {name}.").format(count=len(alike), name=named),
                hint=_("Name one by its id; see: freelancer-tui clients list"),
            )
        if not alike:
            raise _unknown(named)
        return alike[0]

    def add(self, client: Client) -> Client:
        """Keep a new client; it gets an id."""
        return self._keep(replace(client, id=self._mint()))

    def save(self, client: Client) -> Client:
        """Keep a client as it now is; documents that are issued stay as they were."""
        self.get(client.id)
        return self._keep(client)

    def remove(self, client_id: str) -> Client:
        """Forget a client, and give it so that it can be restored; documents keep its name."""
        gone = self.get(client_id)
        with self._pad.transaction() as connection:
            clients.drop(connection, client_id)
        return gone

    def restore(self, client: Client) -> Client:
        """Bring one back that was removed."""
        return self._keep(client)

    def of_person(self, person: Person, currency: str) -> Client:
        """Give the client that somebody on the marketplace is; a new one the first time."""
        for one in self.all():
            if one.remote_id == person.remote_id:
                return one
        party = Party(person.name, country_code=person.country_code.upper())
        language: DocumentLanguage = "id" if party.country_code == "ID" else "en"
        return self.add(
            Client("", party, language=language, currency=currency, remote_id=person.remote_id)
        )

    def seller(self) -> Seller:
        """Give who the user is on documents."""
        with self._pad.read() as connection:
            return clients.seller(connection)

    def save_seller(self, seller: Seller) -> Seller:
        """Keep who the user is; documents that are issued stay as they were."""
        seller = replace(seller, party=_cleaned(seller.party), ways=_cleaned_ways(seller.ways))
        for scheme in (seller.scheme, seller.credit_scheme, seller.quote_scheme):
            try:
                Scheme.read(scheme)
            except ValueError as error:
                raise NotAllowed(
                    _("Documents cannot be numbered by {scheme}: {reason}.").format(
                        scheme=scheme or "''", reason=scheme_mistake(str(error))
                    ),
                    hint=_("An example: {scheme}").format(
                        scheme="INV/{year}/{month:roman}/{seq:03}"
                    ),
                ) from None
        _check_days(seller.terms_days)
        _check_country(seller.party)
        with self._pad.transaction() as connection:
            clients.put_seller(connection, seller)
        return seller

    def _keep(self, client: Client) -> Client:
        client = replace(client, party=_cleaned(client.party), updated_at=self._clock())
        if not client.party.name:
            raise NotAllowed(_("A client needs a name."), hint=_("Give one with --name NAME."))
        if client.currency and not currencies.is_known(client.currency):
            raise unknown_currency(client.currency)
        if client.withholding and client.withholding not in self._rules:
            raise unknown_rule(client.withholding, self._rules)
        _check_days(client.terms_days)
        _check_country(client.party)
        assert client.updated_at is not None
        with self._pad.transaction() as connection:
            clients.put(connection, client, client.updated_at)
        return client


def unknown_currency(code: str) -> NotAllowed:
    """Give what to say about a currency that is none."""
    return NotAllowed(
        _("{code} is no currency.").format(code=code or "''"),
        hint=_("Give three letters of ISO 4217, such as IDR or USD."),
    )


def unknown_rule(key: str, known: set[str]) -> NotAllowed:
    """Give what to say about a rule of withholding that is none."""
    return NotAllowed(
        _("There is no rule {key} for what is withheld.").format(key=key),
        hint=_("Choose one of: {all}").format(all=", ".join(sorted(known))),
    )


def _check_days(days: int | None) -> None:
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise NotAllowed(
            _("{days} days is no time to pay in.").format(days=days),
            hint=_("Give from 0 to {most} days.").format(most=MOST_DAYS),
        )


def _check_country(party: Party) -> None:
    code = party.country_code
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise NotAllowed(
            _("{code} is no country.").format(code=code),
            hint=_("Give two letters, such as ID, SG or DE."),
        )


def _cleaned(party: Party) -> Party:
    ids = ((one_line(kind, 20).upper(), one_line(number, 40)) for kind, number in party.tax_ids)
    address = (one_line(line, 200) for line in party.address)
    return Party(
        one_line(party.name, 200),
        tuple(line for line in address if line)[:_MOST_ADDRESS_LINES],
        one_line(party.country_code, 20).upper(),
        one_line(party.email, 200),
        tuple((kind, number) for kind, number in ids if kind and number),
    )


def _cleaned_ways(ways: Ways) -> Ways:
    return Ways(*(one_line(getattr(ways, name)) for name in Ways.__dataclass_fields__))


def _unknown(named: str) -> NotFound:
    return NotFound(
        _("There is no client {name} here.").format(name=named),
        hint=_("See them with: freelancer-tui clients list"),
    )
