"""E-invoices against the official rules of EN 16931, and against a reader of another house."""

import pytest

from freelancer_tui.documents.einvoices import einvoice
from freelancer_tui.domain.einvoices import lacks
from tests.documents.bills import CASES, before
from tests.documents.faults import FAULTS, planted
from tests.documents.norm import SYNTAXES, WRITERS, Syntax, fired, misshapen, second_opinion


def written(name: str, syntax: Syntax) -> bytes:
    bill = CASES[name]
    assert lacks(bill) == ()
    return WRITERS[syntax](einvoice(bill, bill.language, before(bill)))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_real_documents_are_valid_for_rules_schema_and_another_reader(syntax: Syntax) -> None:
    found = {}
    for name in CASES:
        document = written(name, syntax)
        against = fired(syntax, document), misshapen(document), second_opinion(document)
        if any(against):
            found[name] = against
    assert len(CASES) >= 12
    assert found == {}


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_each_planted_fault_is_found_by_its_rule_and_by_another_reader(syntax: Syntax) -> None:
    missed, unseen = [], []
    for fault in FAULTS:
        document = planted(fault, syntax, written(fault.base, syntax))
        if fault.rule not in (rules := fired(syntax, document)):
            missed.append((fault.rule, rules))
        if not second_opinion(document):
            unseen.append(fault.rule)
    assert len(FAULTS) >= 16
    assert (missed, unseen) == ([], [])
