"""Outbox: what each entry waits for."""

from freelancer_tui.domain.outbox import OutboxView, laid_out
from tests.factories import an_entry

BID = an_entry("bid", subject_id="p1")
WISH = an_entry("wish", subject_id="wish", after="bid")
FIRST, SECOND, THIRD = (
    an_entry(name, subject_id=name, entity="thread:30") for name in ("first", "second", "third")
)


def names(views: list[OutboxView]) -> list[tuple[str, str | None]]:
    return [(one.entry.id, one.waits_for.id if one.waits_for else None) for one in views]


def test_each_waits_for_the_one_before_it_in_its_conversation() -> None:
    views = laid_out((FIRST, BID, SECOND, THIRD), {}, {})
    assert names(views) == [
        ("first", None),
        ("bid", None),
        ("second", "first"),
        ("third", "second"),
    ]


def test_a_refused_one_lets_the_next_pass_unless_that_comes_after_it() -> None:
    refused = an_entry("bid", subject_id="p1", state="refused")
    other = an_entry("other", subject_id="p2")
    assert names(laid_out((refused, other), {}, {})) == [("bid", None), ("other", None)]
    assert names(laid_out((refused, WISH), {}, {}))[1] == ("wish", "bid")


def test_a_sent_parent_is_not_waited_for() -> None:
    assert names(laid_out((WISH,), {}, {})) == [("wish", None)]


def test_a_conflict_holds_its_proposal_and_the_money_for_its_job() -> None:
    views = laid_out((BID, WISH, FIRST), {"p1": "placed_elsewhere"}, {"p1": 1})
    assert [one.held_by for one in views] == ["p1", "p1", None]
    assert [one.conflict for one in views] == ["placed_elsewhere"] * 2 + [None]


def test_what_is_under_way_is_held_by_nothing() -> None:
    under_way = an_entry("bid", subject_id="p1", state="sending")
    (view,) = laid_out((under_way,), {"p1": "placed_elsewhere"}, {"p1": 1})
    assert (view.held_by, view.waits_for) == (None, None)
