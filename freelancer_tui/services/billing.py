"""Billing: what speaks against a document, in sentences that say what to do."""

from collections.abc import Iterable
from typing import Final

from freelancer_tui.domain.billing import Objection, ObjectionCode
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import N_, _

_SENTENCES: Final[dict[ObjectionCode, str]] = {
    "line_missing": N_("Add at least one line."),
    "lines_many": N_("A document takes {detail} lines: make two of it."),
    "line_text": N_("Line {line}: say what it is for."),
    "line_quantity": N_("Line {line}: give a quantity above zero."),
    "line_price": N_("Line {line}: give a price of zero or more."),
    "line_digits": N_("Line {line}: give at most {detail} digits behind the point."),
    "line_discount": N_("Line {line}: give a discount from 0 to 100 %, with two digits at most."),
    "line_tax": N_("Line {line}: give a tax from 0 to 100 %, with two digits at most."),
    "client_missing": N_("Choose a client with a name."),
    "client_npwp": N_("The client's NPWP {detail} needs 16 digits (or 15, as before 2024)."),
    "seller_missing": N_("Say who you are first: freelancer-tui seller set --name NAME"),
    "seller_npwp": N_("Your NPWP {detail} needs 16 digits (or 15, as before 2024)."),
    "total_low": N_("The total must be above zero, also after what is withheld."),
    "total_high": N_("The amount is too large to be added up: split it."),
    "due_early": N_("It is due before it is issued ({detail}): choose a later day."),
    "period_turned": N_("The service ends before it begins: turn the two days round."),
    "currency_unknown": N_("{detail} is no currency: give three letters, such as IDR or USD."),
    "withholding": N_("{detail}: give a share from 0 to 100 %, with two digits at most."),
    "rate": N_("The rate {detail} cannot be: give what one unit is worth in your own currency."),
    "scheme": N_("Documents cannot be numbered so ({detail})."),
    "deposit_left": N_("The deposit {detail} is not taken off yet: take the deposits off first."),
    "deposit_gone": N_("It takes off a deposit that counts no more: take that line out."),
    "credit_high": N_("That takes back more than the {detail} that is left of the invoice."),
}
_IN_APP: Final[dict[ObjectionCode, str]] = {
    "seller_missing": N_("Say who you are first: F2, and there Enter on the first line."),
}
"""What is said otherwise where keys are at hand and no shell is."""
_SCHEMES: Final = {
    "empty": N_("it is empty"),
    "long": N_("it is too long"),
    "brace": N_("a brace stands alone"),
    "sequence": N_("it needs {seq} once"),
    "year": N_("a month needs its year beside it"),
    "signs": N_("there are blanks at its ends, or signs that nobody sees"),
    "taken": N_("the number is given out already"),
}


def sentence(found: Objection, *, in_app: bool = False) -> str:
    """Say what to do about an objection, in the shell or by keys."""
    detail = scheme_mistake(found.detail) if found.code == "scheme" else found.detail
    words = _IN_APP.get(found.code) if in_app else None
    return _(words or _SENTENCES[found.code]).format(line=found.line, detail=detail)


def scheme_mistake(word: str) -> str:
    """Say what is wrong with a scheme of numbers, by the word that `Scheme.read` gave."""
    kind, colon, name = word.partition(":")
    if colon and kind == "part":
        return _("there is no part {name}").format(name="{" + name + "}")
    if colon:
        return _("{name} has no such form").format(name="{" + name + "}")
    return _(_SCHEMES.get(word, word))


def refuse(found: Iterable[Objection]) -> None:
    """Raise with every objection, if there is one."""
    said = tuple(map(sentence, found))
    if said:
        raise NotAllowed(
            _("The document is not ready: {problems}").format(problems=" ".join(said)),
            problems=said,
            hint=_("Nothing was changed; correct it and try again."),
        )
