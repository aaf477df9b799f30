"""Recurring: documents that come again by the calendar, as drafts; nothing is issued by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.domain.recurring import MOST_EVERY, MOST_TIMES, Rhythm
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import drafting, issuing
from freelancer_tui.services.drafting import Books
from freelancer_tui.store.work import invoices, recurrences
from freelancer_tui.store.work.recurrences import Rule

_MOST_AT_ONCE: Final = 24
"""Drafts of one rule in one go; the others come with the next."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A document that comes again, and when."""

    document: Invoice
    rhythm: Rhythm
    next_on: date | None
    """None once it is over."""
    is_paused: bool


class Recurring:
    """The user's verbs for rules, and the one that makes what is due; any thread may call them."""

    def __init__(self, books: Books) -> None:
        self._books: Final = books

    def all(self) -> list[Coming]:
        """List what comes again."""
        with self._books.pad.read() as connection:
            rules = recurrences.all(connection)
            return [_coming(issuing.get(connection, one.document_id), one) for one in rules]

    def of(self, named: str) -> Coming | None:
        """Give how a document comes again; None where it does not."""
        with self._books.pad.read() as connection:
            document = issuing.get(connection, named)
            rule = recurrences.of(connection, document.id)
        return _coming(document, rule) if rule else None

    def begin(self, named: str, rhythm: Rhythm) -> Coming:
        """Let a document come again; a rule that it had before counts no more."""
        _check(rhythm)
        with self._books.pad.transaction() as connection:
            document = issuing.get(connection, named)
            if document.kind != "invoice" or document.is_deposit:
                raise NotAllowed(
                    _("Only an invoice can come again, no quote, deposit or credit note."),
                    hint=_("Name an invoice, a draft or an issued one."),
                )
            rule = Rule(self._books.mint(), document.id, rhythm)
            recurrences.put(connection, rule)
        return _coming(document, rule)

    def pause(self, named: str) -> Coming:
        """Make nothing until it is resumed."""
        return self._change(named, lambda rule: replace(rule, is_paused=True))

    def resume(self, named: str) -> Coming:
        """Go on with the next day that comes; what was missed meanwhile is left out."""
        today = self._books.today()

        def resumed(rule: Rule) -> Rule:
            place = rule.next_place
            while (day := rule.rhythm.on(place)) is not None and day < today:
                place += 1
            return replace(rule, is_paused=False, next_place=place)

        return self._change(named, resumed)

    def stop(self, named: str) -> Invoice:
        """Let a document come no more; the drafts that were made stay."""
        with self._books.pad.transaction() as connection:
            document = issuing.get(connection, named)
            _known(recurrences.of(connection, document.id), document)
            recurrences.drop(connection, document.id)
        return document

    def make_due(self) -> list[Invoice]:
        """Make a draft for each day that has come, and give them; never one twice."""
        today = self._books.today()
        with self._books.pad.read() as connection:
            rules = [one for one in recurrences.all(connection) if not one.is_paused]
            due = [one for one in rules if one.rhythm.due(one.next_place, today, 1)]
            olds = [invoices.get(connection, one.document_id) for one in due]
        made: list[Invoice] = []
        for rule, old in zip(due, olds, strict=True):
            if old is not None:
                made += self._make(
                    rule, old, rule.rhythm.due(rule.next_place, today, _MOST_AT_ONCE)
                )
        return made

    def _make(self, rule: Rule, old: Invoice, days: Sequence[date]) -> list[Invoice]:
        """Make the drafts of one rule, all or none of them."""
        books = self._books
        drafts = [
            replace(drafting.copied(books, old), made_from=old.id, period=_period(old, rule, place))
            for place in range(rule.next_place, rule.next_place + len(days))
        ]
        drafts = [drafting.cleaned(books, one) for one in drafts]
        made = []
        with books.pad.transaction() as connection:
            if recurrences.of(connection, rule.document_id) != rule:
                return []  # another program made them, or the user changed the rule meanwhile
            for place, (day, draft) in enumerate(zip(days, drafts, strict=True), rule.next_place):
                if recurrences.take(connection, rule, place, day, draft.id):
                    invoices.put_draft(connection, draft)
                    made.append(draft)
            recurrences.put(connection, replace(rule, next_place=rule.next_place + len(days)))
        return made

    def _change(self, named: str, change: Callable[[Rule], Rule]) -> Coming:
        with self._books.pad.transaction() as connection:
            document = issuing.get(connection, named)
            rule = change(_known(recurrences.of(connection, document.id), document))
            recurrences.put(connection, rule)
        return _coming(document, rule)


def _period(old: Invoice, rule: Rule, place: int) -> tuple[date, date] | None:
    """Give the service period of an occurrence, as far behind that of the document."""
    if old.period is None:
        return None
    first, last = old.period
    steps = place + (rule.rhythm.first_on > last)
    moved = []
    for day in (first, last):
        whole = 31 if day == last and _ends_month(day) else day.day
        shifted = Rhythm(day, rule.rhythm.unit, rule.rhythm.every, whole).on(steps)
        moved.append(shifted or day)
    return moved[0], moved[1]


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _coming(document: Invoice, rule: Rule) -> Coming:
    return Coming(document, rule.rhythm, rule.rhythm.on(rule.next_place), rule.is_paused)


def _known(rule: Rule | None, document: Invoice) -> Rule:
    if rule is None:
        raise NotFound(
            _("{name} does not come again.").format(name=document.number or document.id),
            hint=_("Let it come again with: freelancer-tui invoices repeat {id}").format(
                id=document.id
            ),
        )
    return rule


def _check(rhythm: Rhythm) -> None:
    wrong = ""
    if not 1 <= rhythm.every <= MOST_EVERY:
        wrong = _("Give every how many weeks or months, from 1 to {most}.").format(most=MOST_EVERY)
    elif not 0 <= rhythm.day <= 31:
        wrong = _("Give a day of the month from 1 to 31.")
    elif rhythm.times is not None and not 1 <= rhythm.times <= MOST_TIMES:
        wrong = _("Give how often, from 1 to {most}.").format(most=MOST_TIMES)
    elif rhythm.until is not None and rhythm.until < rhythm.first_on:
        wrong = _("It ends before it begins ({day}).").format(day=rhythm.first_on.isoformat())
    if wrong:
        raise NotAllowed(wrong, hint=_("Nothing was changed."))
