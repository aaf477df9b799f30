"""The samples of tests/wire come out as the values that the documentation describes."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Project, Skill
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.errors import WireMismatch
from freelancer_tui.marketplaces.freelancer import listings, translate, wire
from freelancer_tui.marketplaces.freelancer.values import Surroundings
from tests.marketplaces.samples import raw, raw_result, result

AROUND = Surroundings("https://www.freelancer.com")


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_projects() -> None:
    listing = listings.projects(raw_result("projects_active.json"), AROUND)
    logo, words, firmware = [fact for fact in listing.facts if isinstance(fact, Project)]
    assert (logo.remote_id, logo.kind, logo.status, logo.owner_id) == (201, "fixed", "open", 101)
    assert logo.description == "We roast coffee.\nWe need a logo & a stamp."
    assert logo.budget.minimum == Money(Decimal(30), "USD")
    assert logo.budget.maximum == Money(Decimal(250), "USD")
    assert logo.bid_average == Money(Decimal("140.13"), "USD"), "half a cent goes up"
    assert logo.url == (
        "https://www.freelancer.com/projects/graphic-design/logo-for-coffee-roaster-201"
    )
    assert logo.skills == (Skill(20, "Graphic Design", "Design, Media & Architecture"),)
    assert logo.country == "Australia", "the owner's, because the work has no place"
    assert logo.traits == ("featured", "urgent", "listed")
    assert (logo.posted_at, logo.updated_at) == (at(1700000000), at(1700000100))
    assert (words.kind, words.budget.currency, words.budget.maximum) == ("hourly", "IDR", None)
    assert (words.description, words.preview) == (None, "Butuh penerjemah")
    assert (words.country, words.language, words.updated_at) == ("Indonesia", "id", at(1700000050))
    assert firmware.status == "awarded"
    assert firmware.budget.maximum == Money(Decimal(20001), "JPY"), "by id, and yen have no half"
    assert (listing.total, listing.skipped, listing.whole) == (3, (), True)
    assert (listing.rows[0].id, listing.rows[0].at) == (201, 1700000100)


def test_people_behind_projects() -> None:
    listing = listings.projects(raw_result("projects_active.json"), AROUND)
    kay, dewi = [fact for fact in listing.facts if isinstance(fact, Person)]
    assert (kay.name, kay.country_code, kay.payment_verified) == ("Kay's Coffee", "AU", True)
    assert kay.employer_reputation is not None
    assert kay.employer_reputation.overall is None, "nobody has rated them"
    assert (dewi.name, dewi.country, dewi.registered_at) == ("dewi88", "", None)


@pytest.mark.parametrize(
    ("back", "front", "deleted", "status"),
    [
        ("active", "open", False, "open"),
        ("frozen", "open", False, "awarded"),
        ("frozen", "work_in_progress", None, "awarded"),
        ("closed", "work_in_progress", None, "in_progress"),
        ("closed", "complete", None, "complete"),
        ("closed", "open", None, "closed"),
        ("closed", None, None, "closed"),
        ("pending", "pending", None, "pending"),
        ("draft", "draft", None, "pending"),
        ("rejected", None, None, "closed"),
        ("active", None, None, "open"),
        ("ACTIVE", "OPEN", None, "open"),
        ("active", "open", True, "closed"),
        (None, "open", None, "open"),
        ("brand_new", "complete", None, "complete"),
        ("brand_new", "brand_new", None, "closed"),
        (None, None, None, "closed"),
    ],
)
def test_status(back: str | None, front: str | None, deleted: bool | None, status: str) -> None:
    row = wire.Project(id=1, status=back, frontend_project_status=front, deleted=deleted)
    assert translate.project_status(row) == status


@pytest.mark.parametrize(
    ("rated", "axes"),
    [
        (b'{"communication": 4.5, "clarity_spec": 4.25, "mood": 5, "payment_prom": 0}',
         (("clarity_spec", Decimal("4.25")), ("communication", Decimal("4.5")))),
        (b'{"communication": null, "clarity_spec": 6}', ()),
        (b"[]", ()),
        (b"null", ()),
    ],
)  # fmt: skip
def test_the_parts_of_a_rating(rated: bytes, axes: object) -> None:
    text = b'{"entire_history": {"overall": 4.5, "category_ratings": %b}}' % rated
    row = listings.decode(msgspec.Raw(text), wire.Reputation)
    found = translate._reputation(row)
    assert found is not None
    assert found.axes == axes


def test_profile() -> None:
    profile = translate.profile(listings.decode(raw_result("self.json"), wire.User))
    assert (profile.person.remote_id, profile.person.name) == (102, "Rina Lestari")
    assert (profile.skills, profile.bids_left, profile.bid_limit) == ((3, 20), 37, 100)
    assert profile.person.timezone == "Asia/Makassar"
    assert profile.person.reputation is not None
    assert profile.person.reputation.overall == Decimal("4.87")
    assert profile.person.reputation.completion_rate == Decimal("0.977")


def test_bids_left_may_be_unknown() -> None:
    hidden = result("self.json") | {"account_balances": None, "membership_package": None}
    profile = translate.profile(listings.decode(raw(hidden), wire.User))
    assert (profile.bids_left, profile.bid_limit) == (None, None)


def test_bids_take_the_project_s_currency() -> None:
    first = listings.bids(raw_result("bids.json"), AROUND, {})
    assert first.strangers == {204}
    assert not first.whole
    listing = listings.bids(raw_result("bids.json"), AROUND, {204: "EUR"})
    accepted, retracted, sealed = [fact for fact in listing.facts if isinstance(fact, Bid)]
    assert listing.whole
    assert accepted.amount == Money(Decimal("150.50"), "USD")
    assert (accepted.award_status, accepted.accepted_at) == ("awarded", at(1700007200))
    assert (accepted.text, accepted.paid) == (
        "My proposal\nin two lines",
        Money(Decimal("75.25"), "USD"),
    )
    assert (retracted.retracted, retracted.submitted_at) == (True, at(1700000300))
    assert (sealed.award_status, sealed.shortlisted, sealed.complete) == (None, True, True)
    assert sealed.amount == Money(Decimal(0), "EUR")


@pytest.mark.parametrize(
    ("told", "rank"),
    [(3, 3), (0, None), (-1, None), (True, None), (2.5, None), ("4", None), ({"a": 1}, None),
     (10**30, None), (None, None)],
)  # fmt: skip
def test_a_rank_is_taken_where_it_can_be_one(told: object, rank: int | None) -> None:
    row = wire.Bid(id=1, project_id=2, bidder_id=3, amount=Decimal(5), submitdate=Decimal(9))
    row.bid_rank = told
    assert translate.bid(row, "USD").rank == rank


def test_threads_have_their_id_in_three_places() -> None:
    listing = listings.threads(raw_result("threads.json"))
    both, inner, outer = [fact for fact in listing.facts if isinstance(fact, Thread)]
    assert (both.remote_id, inner.remote_id, outer.remote_id) == (701, 702, 703)
    assert (both.project_remote_id, inner.project_remote_id) == (201, None)
    assert (both.unread, inner.unread, outer.unread) == (2, 0, 1)
    assert (both.muted, inner.muted) == (False, None)
    assert (both.last_text, both.last_from_id) == ("Could you start on Monday?", 101)
    assert (both.member_ids, outer.updated_at) == ((102, 101), at(1700003000))


def test_messages() -> None:
    listing = listings.messages(raw_result("messages.json"), 701)
    last, sketch, brief = [fact for fact in listing.facts if isinstance(fact, Message)]
    assert (last.from_id, last.text) == (101, "Could you start\non Monday?")
    assert (sketch.text, sketch.client_message_id) == ("Here is the sketch red", "170000900012345")
    assert (brief.from_id, brief.text) == (101, "")
    assert brief.attachments == (Attachment("brief.pdf", key="brief.pdf"),)


def test_files_of_one_name_in_one_message_are_told_apart() -> None:
    names = ("plan.pdf", "pl\u202ean.pdf", "Plan.pdf", "plan.pdf")
    files = [wire.Attachment(filename=name) for name in names]
    row = wire.Message(id=9, time_created=Decimal(1), attachments=files)
    found = translate.message(row, 701).attachments
    assert [one.name for one in found] == ["plan.pdf", "plan-2.pdf", "Plan.pdf", "plan-3.pdf"]
    assert [one.key for one in found] == ["plan.pdf", "pl%E2%80%AEan.pdf", "Plan.pdf", "plan.pdf"]
    assert [one.is_shadowed for one in found] == [False, False, False, True]


def test_milestones_and_wishes_for_them() -> None:
    listing = listings.milestones(raw_result("milestones.json"), AROUND)
    held, paid, odd = [fact for fact in listing.facts if isinstance(fact, Milestone)]
    assert (held.remote_id, held.text, held.status) == (401, "First half", "frozen")
    assert (paid.remote_id, paid.text, paid.amount.currency) == (402, "full payment", "USD")
    assert (odd.remote_id, odd.text, odd.status, odd.bid_remote_id) == (
        403,
        "other",
        "pending",
        None,
    )
    wishes = listings.milestone_requests(raw_result("milestone_requests.json"), AROUND).facts
    first, second = [fact for fact in wishes if isinstance(fact, MilestoneRequest)]
    assert (first.amount, first.status) == (Money(Decimal("75.25"), "USD"), "pending")
    assert (second.text, second.status) == ("", "created")


def test_reference_lists() -> None:
    names = [f.name for f in listings.skills(raw_result("jobs.json")).facts if isinstance(f, Skill)]
    assert names == ["PHP", "Java", "Hire Me"]
    facts = listings.currencies(raw_result("currencies.json")).facts
    rates = {fact.code: fact.usd_rate for fact in facts if isinstance(fact, Currency)}
    assert rates["IDR"] == Decimal("0.000064")


@pytest.mark.parametrize("users", [None, [], {}, [{"id": 101, "username": "a"}]])
def test_companions_come_as_map_list_or_null(users: object) -> None:
    answer = result("projects_active.json") | {"users": users}
    listing = listings.projects(raw(answer), AROUND)
    assert len([fact for fact in listing.facts if isinstance(fact, Project)]) == 3


def test_one_bad_row_spoils_no_page() -> None:
    answer = result("projects_active.json")
    answer["projects"][1] = {"id": 202, "title": ["not", "a", "title"]}
    answer["projects"].append("not even a row")
    answer["projects"].append({"id": 205, "time_submitted": 1700000000})
    listing = listings.projects(raw(answer), AROUND)
    found = [fact.remote_id for fact in listing.facts if isinstance(fact, Project)]
    assert found == [201, 203]
    assert [row.id for row in listing.rows] == [201, 202, 203, None, 205]
    assert len(listing.skipped) == 3
    assert "202" in listing.skipped[0]
    assert not listing.whole


@pytest.mark.parametrize("answer", [None, [], {}, {"bids": "none"}, 7])
def test_an_answer_without_its_list_is_no_empty_list(answer: object) -> None:
    with pytest.raises(WireMismatch):
        listings.bids(raw(answer), AROUND, {})


def test_a_null_list_is_empty_but_proves_nothing() -> None:
    listing = listings.bids(raw({"bids": None}), AROUND, {})
    assert (listing.facts, listing.whole) == ((), False)


def test_numbers_may_come_as_floats_or_strings() -> None:
    row = {"id": "301", "project_id": 201.0, "bidder_id": "102", "amount": "150.50", "period": 7.0}
    answer = {"bids": [row | {"time_submitted": "1700000200"}]}
    (bid,) = listings.bids(raw(answer), AROUND, {201: "USD"}).facts
    assert isinstance(bid, Bid)
    assert (bid.remote_id, bid.days, bid.amount) == (301, 7, Money(Decimal("150.50"), "USD"))


@pytest.mark.parametrize("seconds", [0, -1, 4_102_444_800, 1_700_000_000_000, 10**400])
def test_a_time_out_of_range_is_no_time(seconds: int) -> None:
    answer = {"messages": [{"id": 1, "from_user": 2, "time_created": seconds}]}
    listing = listings.messages(raw(answer), 701)
    assert (listing.facts, len(listing.skipped)) == ((), 1)


def test_the_website_s_address_follows_the_host() -> None:
    around = Surroundings("https://www.freelancer-sandbox.com")
    assert around.project_url("php/a b?c") == (
        "https://www.freelancer-sandbox.com/projects/php/a%20b%3Fc"
    )
    assert around.project_url(None) == ""
