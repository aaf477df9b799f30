"""Party fields: how a client, or the user on their own documents, is typed, read and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from freelancer_tui.domain import currencies
from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.invoices import DocumentLanguage, Party, Ways
from freelancer_tui.domain.numbering import Scheme
from freelancer_tui.domain.places import country_name
from freelancer_tui.domain.taxrules import WithholdingRule
from freelancer_tui.i18n import N_, _, language

Owner = Client | Seller
Rules = Sequence[WithholdingRule]
_MOST_DAYS: Final = 3_650
_YES: Final = frozenset({"y", "yes", "ya", "true", "1"})
_NO: Final = frozenset({"", "n", "no", "tidak", "false", "0"})


@dataclass(frozen=True, slots=True)
class PartyField:
    """A field of the form: its key, its name before it and a word of help behind it."""

    key: str
    label: str
    hint: str = ""


_PARTY: Final = (
    PartyField("name", N_("Name")),
    PartyField("address", N_("Address"), N_("lines apart by ;")),
    PartyField("country", N_("Country"), N_("two letters: ID, SG, DE")),
    PartyField("email", N_("E-mail")),
    PartyField("tax_ids", N_("Tax numbers"), N_("NPWP 0123456789012345; VAT DE123456789")),
)
OF_CLIENT: Final = (
    *_PARTY,
    PartyField("language", N_("Language"), N_("of documents: en, id, both")),
    PartyField("currency", N_("Currency"), N_("three letters; empty: your own")),
    PartyField("terms", N_("Days to pay"), N_("empty: your usual ones")),
    PartyField("withholding", N_("Withholds"), N_("tax that this client keeps back; empty: none")),
)
OF_SELLER: Final = (
    *_PARTY,
    PartyField("taxed", N_("Charges tax"), N_("yes for a registered business (PKP, VAT)")),
    PartyField("terms", N_("Days to pay")),
    PartyField("language", N_("Language"), N_("of documents: en, id, both")),
    PartyField("scheme", N_("Numbers"), "INV/{year}/{month:roman}/{seq:03}"),
    PartyField("credit_scheme", N_("Credit notes"), "CN/{year}/{month:roman}/{seq:03}"),
    PartyField("quote_scheme", N_("Quotes"), "Q/{year}/{month:roman}/{seq:03}"),
    PartyField("bank_name", N_("Bank")),
    PartyField("bank_account", N_("Account")),
    PartyField("bank_holder", N_("Holder")),
    PartyField("swift", "SWIFT/BIC"),
    PartyField("iban", "IBAN"),
    PartyField("paypal", "PayPal"),
    PartyField("wise", "Wise"),
    PartyField("payoneer", "Payoneer"),
    PartyField("qris", "QRIS", N_("the text of your own static code")),
    PartyField("logo", N_("Logo"), N_("where the picture lies")),
)
_WAYS: Final = frozenset(Ways.__dataclass_fields__)


def fields_of(owner: Owner) -> tuple[PartyField, ...]:
    """List the fields of a client, or of the user."""
    return OF_SELLER if isinstance(owner, Seller) else OF_CLIENT


def typed(owner: Owner, key: str, rules: Rules) -> str:
    """Write a field as one would type it, so that reading it gives the same again."""
    party = owner.party
    match key:
        case "name" | "email":
            return str(getattr(party, key))
        case "address":
            return "; ".join(party.address)
        case "country":
            return party.country_code
        case "tax_ids":
            return "; ".join(f"{kind} {number}" for kind, number in party.tax_ids)
        case "terms":
            return "" if owner.terms_days is None else str(owner.terms_days)
        case "withholding" if isinstance(owner, Client):
            found = (one.name for one in rules if one.key == owner.withholding)
            return next(found, owner.withholding)
        case "taxed" if isinstance(owner, Seller):
            return _("yes") if owner.is_taxed else _("no")
        case _ if key in _WAYS and isinstance(owner, Seller):
            return str(getattr(owner.ways, key))
        case _:
            return str(getattr(owner, key))


def read(owner: Owner, key: str, body: str, rules: Rules) -> Owner:
    """Give a client or the user with a field as typed; raise ValueError with what is wrong."""
    body = body.strip()
    if key in _PARTY_READERS:
        return replace(owner, party=_PARTY_READERS[key](owner.party, body))
    if isinstance(owner, Seller):
        return _read_seller(owner, key, body)
    return _read_client(owner, key, body, rules)


def told(owner: Owner, key: str) -> str:
    """Say how a field was understood, where that is not plain to see."""
    if key == "country" and owner.party.country_code:
        return country_name(owner.party.country_code, language())
    return ""


def _read_client(client: Client, key: str, body: str, rules: Rules) -> Client:
    match key:
        case "language":
            return replace(client, language=_language(body))
        case "terms":
            return replace(client, terms_days=_days(body) if body else None)
        case "currency":
            if body and not currencies.is_known(body.upper()):
                raise ValueError(_("Three letters, such as IDR or USD."))
            return replace(client, currency=body.upper())
        case _:
            return replace(client, withholding=_rule(body, rules))


def _read_seller(seller: Seller, key: str, body: str) -> Seller:
    match key:
        case "language":
            return replace(seller, language=_language(body))
        case "terms":
            return replace(seller, terms_days=_days(body))
        case "taxed":
            if body.casefold() not in _YES | _NO:
                raise ValueError(_("Write yes or no."))
            return replace(seller, is_taxed=body.casefold() in _YES)
        case "scheme":
            return replace(seller, scheme=_scheme(body))
        case "credit_scheme":
            return replace(seller, credit_scheme=_scheme(body))
        case "quote_scheme":
            return replace(seller, quote_scheme=_scheme(body))
        case "logo":
            return replace(seller, logo=body)
        case _:
            ways: dict[str, str] = {key: body}
            return replace(seller, ways=replace(seller.ways, **ways))


def _country(party: Party, body: str) -> Party:
    code = body.upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(_("Two letters, such as ID, SG or DE."))
    return replace(party, country_code=code)


def _tax_ids(party: Party, body: str) -> Party:
    found = []
    for one in body.split(";"):
        kind, _blank, number = one.strip().partition(" ")
        if kind and not number.strip():
            raise ValueError(_("Kind, blank, number: NPWP 0123456789012345"))
        if kind:
            found.append((kind.upper(), number.strip()))
    return replace(party, tax_ids=tuple(found))


def _address(party: Party, body: str) -> Party:
    lines = (one.strip() for one in body.split(";"))
    return replace(party, address=tuple(one for one in lines if one))


def _name(party: Party, body: str) -> Party:
    return replace(party, name=body)


def _email(party: Party, body: str) -> Party:
    return replace(party, email=body)


_PARTY_READERS: Final[dict[str, Callable[[Party, str], Party]]] = {
    "name": _name,
    "email": _email,
    "country": _country,
    "tax_ids": _tax_ids,
    "address": _address,
}


def _language(body: str) -> DocumentLanguage:
    for code in get_args(DocumentLanguage):
        if body.casefold() == code:
            found: DocumentLanguage = code
            return found
    raise ValueError(_("One of: en, id, both."))


def _days(body: str) -> int:
    if not body.isdecimal() or len(body) > 4 or int(body) > _MOST_DAYS:
        raise ValueError(_("A whole number of days."))
    return int(body)


def _rule(body: str, rules: Rules) -> str:
    if not body:
        return ""
    bare = "".join(body.casefold().split())
    for one in rules:
        if bare in (one.key, "".join(one.name.casefold().split())):
            return one.key
    names = ", ".join(one.name for one in rules)
    raise ValueError(_("One of: {names}.").format(names=names))


def _scheme(body: str) -> str:
    try:
        Scheme.read(body)
    except ValueError:
        raise ValueError(_("It needs {seq} once, and the year beside a month.")) from None
    return body
