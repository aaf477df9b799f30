"""Conflicts: who moved away from what both began from, and which words differ."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.briefs import brief_of, completed, is_changed
from freelancer_tui.domain.conflicts import Moved, Offering, compared, filled, offering, travelled
from freelancer_tui.domain.differences import differences
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from tests.factories import a_project, a_proposal, usd

MIRRORED: dict[Moved, Moved] = {
    "nobody": "nobody", "both": "both", "mine": "theirs", "theirs": "mine",
}  # fmt: skip
texts = st.text("ab \n", max_size=12)
prices = st.none() | st.integers(0, 3).map(lambda units: Money(Decimal(units), "USD"))
offerings = st.builds(
    Offering, texts, prices, st.none() | st.integers(1, 3), st.sampled_from(["", "5oo"])
)
bases = st.none() | offerings


@given(bases, offerings, offerings)
def test_the_sides_can_be_swapped(base: Offering | None, mine: Offering, theirs: Offering) -> None:
    assert compared(base, theirs, mine) == MIRRORED[compared(base, mine, theirs)]


@given(bases, offerings)
def test_equal_sides_are_no_conflict(base: Offering | None, side: Offering) -> None:
    assert compared(base, side, side) == "nobody"


@given(bases, offerings, offerings)
def test_no_side_is_lost(base: Offering | None, mine: Offering, theirs: Offering) -> None:
    """Whoever takes the side that moved alone loses nothing but what was there before."""
    match compared(base, mine, theirs):
        case "nobody":
            assert mine == theirs
        case "mine":
            assert theirs == base
        case "theirs":
            assert mine == base
        case "both":
            assert mine != theirs
            assert base not in (mine, theirs)


@given(offerings, offerings)
def test_filling_a_sheet_takes_over_all_that_a_side_says(one: Offering, other: Offering) -> None:
    sheet = filled(a_proposal(), one)
    assert offering(sheet) == one
    assert offering(filled(sheet, other)) == other
    assert filled(sheet, offering(a_proposal())) == a_proposal()


def test_a_journey_changes_blanks_and_entities_and_nothing_else() -> None:
    assert travelled(Offering("a &amp; b\r\n c ")) == travelled(Offering("a & b\n\nc"))
    assert travelled(Offering("a b")) != travelled(Offering("ab"))
    assert travelled(Offering("a", usd("1"))) != travelled(Offering("a", usd("2")))


@given(st.text("ab \n\t", max_size=40), st.text("ab \n\t", max_size=40))
def test_both_texts_can_be_read_from_their_differences(before: str, now: str) -> None:
    pieces = differences(before, now)
    assert "".join(one.text for one in pieces if one.change != "new") == before
    assert "".join(one.text for one in pieces if one.change != "gone") == now


def test_changed_words_beside_each_other_are_one_change() -> None:
    pieces = differences("I can start on Monday next week.", "I can start on Friday this week.")
    assert [(one.text, one.change) for one in pieces] == [
        ("I can start on ", "same"),
        ("Monday next ", "gone"),
        ("Friday this ", "new"),
        ("week.", "same"),
    ]


def test_a_text_that_repeats_itself_without_end_holds_nobody_up() -> None:
    before, now = "a b " * 50_000, "x" + "b a " * 50_000 + "end"
    pieces = differences(before, now)
    assert [one.change for one in pieces] == ["gone", "new"]
    more = differences(before, before + "more")
    assert [one.text for one in more if one.change != "same"] == ["more"]


def test_a_job_changes_when_an_offer_would_have_to() -> None:
    before = brief_of(a_project())
    assert not is_changed(before, brief_of(a_project(bid_count=9)))
    for changes in (
        {"status": "closed"},
        {"status": "removed"},
        {"budget": Budget("USD", usd("1"), usd("2"))},
        {"description": "Something else."},
        {"title": "Another title"},
        {"kind": "hourly"},
    ):
        assert is_changed(before, brief_of(a_project(**changes))), changes
    closed = brief_of(a_project(status="closed"))
    assert not is_changed(closed, brief_of(a_project(status="complete")))


def test_a_text_that_was_not_known_is_no_change_and_is_filled_in() -> None:
    short, whole = brief_of(a_project(description=None)), brief_of(a_project())
    assert not is_changed(short, whole)
    assert not is_changed(whole, short)
    assert completed(short, whole) == whole
    assert completed(whole, short) == whole
