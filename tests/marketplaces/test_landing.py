"""How an intent is recognised among what is there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.intents import PlaceBid, Receipt, SendMessage
from freelancer_tui.domain.money import Money
from freelancer_tui.marketplaces.freelancer import landing, listings
from freelancer_tui.marketplaces.freelancer.landing import Look, Wanted
from freelancer_tui.marketplaces.freelancer.values import Surroundings
from tests.marketplaces.samples import raw

ME, CLIENT = 102, 101
SAID = SendMessage(701, "Yes,\non Monday & Tuesday.", "170001100012345")
BID = PlaceBid(201, Money(Decimal("150.5"), "USD"), 7, "My proposal\nin two lines")


def a_message(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "thread_id": 701,
        "from_user": ME,
        "message": SAID.text,
        "time_created": 1_700_000_000 + number,
        "client_message_id": None,
        "attachments": [],
        **changes,
    }


def look(*rows: dict[str, Any], watermark: int | None = 800, intent: SendMessage = SAID) -> Look:
    return Wanted(intent, ME, watermark).look(raw({"messages": list(rows)}))


def found(
    *rows: dict[str, Any], watermark: int | None = 800, intent: SendMessage = SAID
) -> int | None:
    receipt = look(*rows, watermark=watermark, intent=intent).receipt
    return None if receipt is None else receipt.remote_id


def test_by_its_echoed_mark_alone() -> None:
    edited = a_message(805, client_message_id=170001100012345, message="rewritten by a filter")
    assert found(edited) == 805
    assert found(edited, watermark=None) == 805
    assert found(a_message(805, client_message_id="0170001100012345")) == 805


def test_another_mark_is_another_message() -> None:
    assert found(a_message(805, client_message_id=1)) is None


@pytest.mark.parametrize(
    "text",
    [
        SAID.text,
        "Yes,\r\non Monday & Tuesday.",
        "Yes,\non Monday &amp; Tuesday.",
        "  Yes, \non Monday & Tuesday.\n",
    ],
)
def test_without_an_echo_by_its_words(text: str) -> None:
    assert found(a_message(805, message=text)) == 805


def test_not_what_is_no_newer_than_the_watermark() -> None:
    assert found(a_message(800)) is None
    assert found(a_message(801)) == 801


def test_not_without_a_watermark() -> None:
    assert found(a_message(805), watermark=None) is None


def test_not_somebody_else_s_words_nor_another_thread_s() -> None:
    assert found(a_message(805, from_user=CLIENT)) is None
    assert found(a_message(805, thread_id=702)) is None
    assert found(a_message(805, message="Yes")) is None


def test_the_first_of_two_equal_ones() -> None:
    """Those after it belong to entries that were sent after it."""
    assert found(a_message(806), a_message(805)) == 805


def test_the_echo_goes_before_equal_words() -> None:
    assert found(a_message(806, client_message_id=170001100012345), a_message(805)) == 806


def test_files_count_by_name() -> None:
    intent = replace(SAID, uploads=(Upload('a "2".txt', "/x", 3),))
    row = a_message(805, attachments=[{"key": "k", "filename": "a %222%22.txt"}])
    assert found(row, intent=intent) == 805
    assert found(a_message(805), intent=intent) is None
    assert found(row) is None


def test_files_of_one_name_count_by_size_where_it_is_told() -> None:
    intent = replace(SAID, uploads=(Upload("b.txt", "/x", 3), Upload("a.txt", "/y", 5)))

    def row(*sizes: int | None) -> Any:
        names = zip(("a.txt", "b.txt"), sizes, strict=True)
        return a_message(
            805, attachments=[{"filename": name, "size": size} for name, size in names]
        )

    assert found(row(5, 3), intent=intent) == 805
    assert found(row(None, 3), intent=intent) == 805
    assert found(row(None, None), intent=intent) == 805
    assert found(row(3, 5), intent=intent) is None
    assert found(row(5, 4), intent=intent) is None


def test_how_far_to_look_back() -> None:
    other = {"message": "other"}
    full = [a_message(1000 - place, **other) for place in range(100)]
    assert not look(*full, watermark=800).ended
    assert look(*full, watermark=950).ended
    assert look(*full[:99], watermark=800).ended
    assert not look(*full, watermark=None).ended
    upwards = full[::-1]
    assert not look(*upwards, watermark=950).ended, "the newest may be on a later page"


def bid_there(intent: PlaceBid = BID, **changes: Any) -> Receipt | None:
    row = {
        "id": 301,
        "project_id": 201,
        "bidder_id": ME,
        "amount": 150.5,
        "period": 7,
        "description": "My proposal\r\nin two lines",
        "retracted": False,
        "time_submitted": 1_700_000_200,
        **changes,
    }
    around = Surroundings("https://www.freelancer.com")
    listing = listings.bids(raw({"bids": [row]}), around, {201: "USD"})
    return landing.bid(intent, ME, listing)


def test_a_bid_that_is_ours_to_the_letter() -> None:
    receipt = bid_there()
    assert receipt is not None
    assert (receipt.remote_id, receipt.differs) == (301, False)


def test_a_bid_that_was_withdrawn_before_this_one_is_another() -> None:
    again = replace(BID, newer_than=301)
    assert bid_there(again, retracted=True) is None
    assert bid_there(again, id=302) is not None


@pytest.mark.parametrize("change", [{"amount": 151}, {"period": 8}, {"description": "Other"}])
def test_a_bid_of_ours_that_says_something_else(change: dict[str, Any]) -> None:
    receipt = bid_there(**change)
    assert receipt is not None
    assert receipt.differs
    assert bid_there(**change, retracted=True) is None, "that one is not this intent's"


def test_a_withdrawn_bid_that_is_ours_to_the_letter() -> None:
    receipt = bid_there(retracted=True)
    assert receipt is not None
    assert not receipt.differs


def test_not_somebody_else_s_bid_nor_another_project_s() -> None:
    assert bid_there(bidder_id=CLIENT) is None
    assert bid_there(project_id=202) is None
