"""The official Python SDK, which knows nothing of us, drives a real server on loopback."""

import io
import json
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from freelancersdk.exceptions import AuthTokenNotSuppliedException
from freelancersdk.resources.messages import exceptions as messages_errors
from freelancersdk.resources.messages import helpers as messages_helpers
from freelancersdk.resources.messages import messages
from freelancersdk.resources.projects import exceptions as projects_errors
from freelancersdk.resources.projects import helpers, projects
from freelancersdk.resources.projects.types import MilestoneReason
from freelancersdk.resources.users import exceptions as users_errors
from freelancersdk.resources.users import helpers as users_helpers
from freelancersdk.resources.users import users
from freelancersdk.session import Session

from tests.sandbox.server import Sandbox
from tests.sandbox.worlds import ALICE, BUDI, HOURLY, LETTER, LOGO, OLD, SHOP, SITI

USED: set[str] = set()
"""The SDK's functions that these tests have called."""


class Sdk:
    """The SDK's functions, called as one user."""

    def __init__(self, sandbox: Sandbox, name: str, token: str | None = None) -> None:
        self.session = Session(token or sandbox.tokens[name], f"{sandbox.url}/")
        self.session.session.trust_env = False

    def __getattr__(self, name: str) -> Any:
        for module in (projects, users, messages):
            if hasattr(module, name):
                USED.add(name)
                function = getattr(module, name)
                return lambda *given, **named: function(self.session, *given, **named)
        raise AttributeError(name)


@pytest.fixture
def sdk(sandbox: Sandbox) -> Generator[dict[str, Sdk]]:
    with ExitStack() as stack:
        made = {name: Sdk(sandbox, name) for name in ("budi", "siti", "alice", "bob")}
        made["wrong"] = Sdk(sandbox, "", "wrong token")
        for one in made.values():
            stack.callback(one.session.session.close)
        yield made


def place(sdk: Sdk, project_id: int = LOGO, bidder_id: int = BUDI, **changes: Any) -> Any:
    terms = {"description": LETTER, "amount": 150.5, "period": 7, "milestone_percentage": 100}
    return sdk.place_project_bid(project_id, bidder_id, **{**terms, **changes})


def refused(error: pytest.ExceptionInfo[Any]) -> str:
    """The code of an error of the SDK, which always has a request id too."""
    assert error.value.request_id
    code: str = error.value.error_code
    return code.rpartition(".")[2]


def test_users(sdk: dict[str, Sdk]) -> None:
    budi = sdk["budi"]
    details = users_helpers.create_get_users_details_object(
        basic=True, jobs=True, balance=True, reputation=True, status=True
    )
    me = budi.get_self(user_details=details)
    assert (me["id"], me["account_balances"]["bids_remaining"]) == (BUDI, 100)
    assert budi.get_self_user_id() == BUDI
    assert budi.get_user_by_id(ALICE, user_details=details)["username"] == "alice"
    query = users_helpers.create_get_users_object(user_ids=[BUDI, SITI], user_details=details)
    assert set(budi.get_users(query)["users"]) == {str(BUDI), str(SITI)}
    found = budi.search_freelancers(jobs=[7], countries=["id"], query="budi", hourly_rate_min=5)
    assert [user["id"] for user in found["users"]] == [BUDI]
    assert set(budi.get_reputations([BUDI, SITI], role="freelancer")) == {str(BUDI), str(SITI)}
    assert set(budi.get_portfolios([BUDI])["portfolios"]) == {str(BUDI)}
    assert budi.add_user_jobs([32]) == "success"
    assert budi.set_user_jobs([7, 20]) == "success"
    assert budi.delete_user_jobs([20]) == "success"
    assert [job["id"] for job in budi.get_self(user_details={"jobs": True})["jobs"]] == [7]


def test_users_refused(sdk: dict[str, Sdk]) -> None:
    wrong = sdk["wrong"]
    with pytest.raises(users_errors.SelfNotRetrievedException) as error:
        wrong.get_self()
    assert refused(error) == "NOT_AUTHENTICATED"
    with pytest.raises(TypeError):  # a bug of the SDK's
        wrong.get_self_user_id()
    with pytest.raises(users_errors.UserNotFoundException) as error:
        sdk["budi"].get_user_by_id(5)
    assert refused(error) == "NOT_FOUND"
    with pytest.raises(users_errors.UsersNotFoundException) as error:
        wrong.get_users({"users[]": [BUDI]})
    assert refused(error) == "NOT_AUTHENTICATED"
    with pytest.raises(users_errors.UsersNotFoundException):
        wrong.search_freelancers()
    with pytest.raises(users_errors.ReputationsNotFoundException):
        wrong.get_reputations([BUDI])
    with pytest.raises(users_errors.PortfoliosNotFoundException):
        wrong.get_portfolios([BUDI])
    for function, error_class in (
        ("add_user_jobs", users_errors.UserJobsNotAddedException),
        ("set_user_jobs", users_errors.UserJobsNotSetException),
        ("delete_user_jobs", users_errors.UserJobsNotDeletedException),
    ):
        with pytest.raises(error_class):
            getattr(sdk["budi"], function)([999])


def test_projects(sdk: dict[str, Sdk], sandbox: Sandbox) -> None:
    alice = sdk["alice"]
    terms: dict[str, Any] = {
        "description": "We need it soon",
        "currency": helpers.create_currency_object(1),
        "budget": helpers.create_budget_object(100, 250),
    }
    java = helpers.create_job_object(id=7)
    made = alice.create_project(title="One", jobs=[java], **terms)
    assert made.url == f"{sandbox.url}/projects/{made.seo_url}"
    hourly = helpers.create_hourly_project_info_object(40, "WEEK")
    assert (
        alice.create_hourly_project(
            title="Two", jobs=[java], hourly_project_info=hourly, **terms
        ).type
        == "hourly"
    )
    place_ = helpers.create_location_object(
        helpers.create_country_object("Australia"), "Sydney", -33.8, 151.2
    )
    assert alice.create_local_project(title="Three", jobs=[java], location=place_, **terms).local
    offer = helpers.create_bid_object(None, BUDI, None, None, 100, 7, "Hello", ALICE)
    hired = alice.create_hireme_project(
        title="Four", jobs=[java], hireme_initial_bid=offer, **terms
    )
    assert hired.hireme is True
    details = helpers.create_get_projects_project_details_object(full_description=True, jobs=True)
    people = helpers.create_get_projects_user_details_object(basic=True)
    one = alice.get_project_by_id(made.id, project_details=details, user_details=people)
    assert (one["description"], one["jobs"][0]["id"]) == ("We need it soon", 7)
    query = helpers.create_get_projects_object(
        project_ids=[LOGO, SHOP, OLD], project_details=details, user_details=people
    )
    assert [p["id"] for p in alice.get_projects(query)["projects"]] == [OLD, SHOP, LOGO]
    filters = helpers.create_search_projects_filter(
        jobs=[7], languages=["en"], project_types=["hourly"], sort_field="time_updated"
    )
    found = alice.search_projects("java", search_filter=filters, active_only=True)
    assert [project["id"] for project in found["projects"]] == [HOURLY]
    assert alice.search_projects("java")["total_count"] == 2
    jobs = alice.get_jobs([7, 20], True, "en")
    assert [job["name"] for job in jobs] == ["Java", "Graphic Design"]


def test_projects_refused(sdk: dict[str, Sdk]) -> None:
    alice, wrong = sdk["alice"], sdk["wrong"]
    terms: dict[str, Any] = {
        "title": "One",
        "description": "",
        "currency": {"id": 1},
        "budget": {"minimum": 100},
        "jobs": [{"id": 7}],
    }
    more: dict[str, Any]
    for function, more in (
        ("create_project", {}),
        ("create_hourly_project", {"hourly_project_info": {}}),
        ("create_local_project", {"location": {}}),
        ("create_hireme_project", {"hireme_initial_bid": {}}),
    ):
        with pytest.raises(projects_errors.ProjectNotCreatedException) as error:
            getattr(alice, function)(**terms, **more)
        assert refused(error) == "BAD_FORM"
    with pytest.raises(projects_errors.ProjectsNotFoundException) as error:
        alice.get_project_by_id(5)
    assert refused(error) == "NOT_FOUND"
    with pytest.raises(projects_errors.ProjectsNotFoundException):
        wrong.get_projects({"projects[]": [LOGO]})
    with pytest.raises(projects_errors.ProjectsNotFoundException) as error:
        wrong.search_projects("java")
    assert refused(error) == "NOT_AUTHENTICATED"
    with pytest.raises(projects_errors.JobsNotFoundException):
        wrong.get_jobs([7], True, "en")


def test_the_whole_of_a_job(sdk: dict[str, Sdk]) -> None:
    budi, alice = sdk["budi"], sdk["alice"]
    bid = place(budi)
    assert (bid.amount, bid.bidder_id, bid.retracted) == (150.5, BUDI, False)
    assert budi.get_bids(bid_ids=[bid.id], project_ids=[LOGO])["bids"][0]["id"] == bid.id
    assert budi.highlight_project_bid(bid.id) == "success"
    assert alice.award_project_bid(bid.id) == "success"
    assert alice.revoke_project_bid(bid.id) == "success"
    assert alice.award_project_bid(bid.id) == "success"
    assert budi.accept_project_bid(bid.id) == "success"
    asked = [budi.create_milestone_request(LOGO, bid.id, "Sketches", 50.25) for _ in range(3)]
    assert alice.accept_milestone_request(asked[0].id) == "success"
    assert alice.reject_milestone_request(asked[1].id) == "success"
    assert budi.delete_milestone_request(asked[2].id) == "success"
    paid = alice.create_milestone_payment(
        LOGO, BUDI, 100.25, MilestoneReason.PARTIAL_PAYMENT.value, "The rest"
    )
    assert (paid.reason, paid.status) == ("partial_payment", "frozen")
    spare = alice.create_milestone_payment(LOGO, BUDI, 1, MilestoneReason.OTHER.value, "Spare")
    assert alice.cancel_milestone_payment(spare.transaction_id) == "success"
    assert budi.request_release_milestone_payment(paid.transaction_id) == "success"
    all_of_it = alice.get_milestones(project_ids=[LOGO])["milestones"]
    assert [m["status"] for m in all_of_it.values()] == ["canceled", "requested_release", "frozen"]
    assert str(paid.id) in budi.get_milestone_by_id(paid.id)["milestones"]
    first = min(int(number) for number in all_of_it)
    assert alice.release_milestone_payment(first, 50.25) == "success"
    assert alice.release_milestone_payment(paid.id, 100.25) == "success"
    of_freelancer = helpers.create_review_freelancer_object(
        LOGO, ALICE, BUDI, True, True, 5, 5, 5, 5, 5, "Very good"
    )
    assert alice.post_review(of_freelancer) == "success"
    of_employer = helpers.create_review_employer_object(
        LOGO, ALICE, BUDI, 5, 5, 5, 5, 5, "Clear brief"
    )
    assert budi.post_review(of_employer) == "success"


def test_bids_refused(sdk: dict[str, Sdk]) -> None:
    budi, siti, alice = sdk["budi"], sdk["siti"], sdk["alice"]
    bid = place(budi)
    for how, code in (
        ({}, "DUPLICATE_BID"),
        ({"project_id": OLD}, "PROJECT_NOT_ACTIVE"),
        ({"project_id": SHOP, "amount": 1}, "BID_AMOUNT_INVALID"),
        ({"project_id": SHOP, "amount": 10**7, "description": "Hi"}, "BID_DESCRIPTION_TOO_SHORT"),
    ):
        with pytest.raises(projects_errors.BidNotPlacedException) as error:
            place(budi, **how)
        assert refused(error) == code
    for caller, function, error_class in (
        (siti, "award_project_bid", projects_errors.BidNotAwardedException),
        (siti, "revoke_project_bid", projects_errors.BidNotRevokedException),
        (alice, "accept_project_bid", projects_errors.BidNotAcceptedException),
        (alice, "retract_project_bid", projects_errors.BidNotRetractedException),
        (alice, "highlight_project_bid", projects_errors.BidNotHighlightedException),
    ):
        with pytest.raises(error_class) as error:
            getattr(caller, function)(bid.id)
        assert refused(error) == "PERMISSION_DENIED"
    with pytest.raises(projects_errors.BidsNotFoundException) as error:
        budi.get_bids()
    assert refused(error) == "BAD_FORM"
    assert budi.retract_project_bid(bid.id) == "success"


def test_money_refused(sdk: dict[str, Sdk]) -> None:
    budi, siti, alice = sdk["budi"], sdk["siti"], sdk["alice"]
    bid = place(budi)
    with pytest.raises(projects_errors.MilestoneNotCreatedException) as error:
        alice.create_milestone_payment(LOGO, BUDI, 10, 3, "Too early")
    assert refused(error) == "BID_NOT_AWARDED"
    with pytest.raises(projects_errors.MilestoneRequestNotCreatedException):
        siti.create_milestone_request(LOGO, bid.id, "Mine", 10)
    request = budi.create_milestone_request(LOGO, bid.id, "Early", 10)
    for caller, function, error_class in (
        (siti, "accept_milestone_request", projects_errors.MilestoneRequestNotAcceptedException),
        (siti, "reject_milestone_request", projects_errors.MilestoneRequestNotRejectedException),
        (siti, "delete_milestone_request", projects_errors.MilestoneRequestNotDeletedException),
    ):
        with pytest.raises(error_class) as error:
            getattr(caller, function)(request.id)
        assert refused(error) == "NOT_FOUND"
    alice.award_project_bid(bid.id)
    milestone = alice.create_milestone_payment(LOGO, BUDI, 10, 3, "Now").id
    with pytest.raises(projects_errors.MilestoneNotReleasedException) as error:
        budi.release_milestone_payment(milestone, 10)
    assert refused(error) == "PERMISSION_DENIED"
    with pytest.raises(projects_errors.MilestoneNotReleasedException) as error:
        alice.release_milestone_payment(milestone, 11)
    assert refused(error) == "MILESTONE_AMOUNT_INVALID"
    with pytest.raises(projects_errors.MilestoneNotRequestedReleaseException):
        alice.request_release_milestone_payment(milestone)
    with pytest.raises(projects_errors.MilestoneNotCancelledException):
        budi.cancel_milestone_payment(milestone)
    with pytest.raises(projects_errors.MilestonesNotFoundException):
        siti.get_milestone_by_id(milestone)
    with pytest.raises(projects_errors.MilestonesNotFoundException):
        sdk["wrong"].get_milestones()
    review = helpers.create_review_freelancer_object(
        LOGO, ALICE, BUDI, True, True, 5, 5, 5, 5, 5, "Too early"
    )
    with pytest.raises(projects_errors.ReviewNotPostedException) as error:
        alice.post_review(review)
    assert refused(error) == "PROJECT_NOT_COMPLETE"


def test_messages(sdk: dict[str, Sdk]) -> None:
    budi, alice = sdk["budi"], sdk["alice"]
    place(budi)
    thread = alice.create_project_thread([BUDI], LOGO, "Let's talk")
    assert alice.create_thread([BUDI], "project", LOGO, "Again").id == thread.id
    said = budi.post_message(thread.id, "Héllo & bye")
    assert (said.message, said.from_user) == ("Héllo & bye", BUDI)
    attachments = [
        messages_helpers.create_attachment(io.BytesIO(b"hello"), "a.txt"),
        messages_helpers.create_attachment(io.BytesIO(b"world"), "b.txt"),
    ]
    sent = budi.post_attachment(thread.id, attachments)
    assert [file["filename"] for file in sent.attachments] == ["a.txt", "b.txt"]
    query = messages_helpers.create_get_messages_object(threads=[thread.id])
    shown = alice.get_messages(query)["messages"]
    assert [m["message"] for m in shown] == ["", "Héllo & bye", "Again", "Let's talk"]
    found = alice.search_messages(thread.id, "bye", message_context_details=True, window_above=1)
    assert [m["id"] for m in found["messages"]] == [said.id]
    details = messages_helpers.create_get_threads_details_object(last_message=True)
    query = messages_helpers.create_get_threads_object(contexts=[LOGO], threads_details=details)
    (item,) = alice.get_threads(query)["threads"]
    assert (item["thread"]["id"], item["thread"]["message"]["id"]) == (thread.id, sent.id)


def test_messages_refused(sdk: dict[str, Sdk]) -> None:
    budi, siti, alice, wrong = sdk["budi"], sdk["siti"], sdk["alice"], sdk["wrong"]
    place(budi)
    with pytest.raises(messages_errors.ThreadNotCreatedException) as error:
        budi.create_project_thread([ALICE], LOGO, "Hi")
    assert refused(error) == "THREAD_NOT_ALLOWED"
    thread = alice.create_project_thread([BUDI], LOGO, "Hi").id
    with pytest.raises(messages_errors.MessageNotCreatedException) as error:
        siti.post_message(thread, "Let me in")
    assert refused(error) == "NOT_FOUND"
    with pytest.raises(messages_errors.MessageNotCreatedException) as error:
        budi.post_message(thread, " ")
    assert refused(error) == "BAD_FORM"
    with pytest.raises(messages_errors.MessageNotCreatedException):
        siti.post_attachment(thread, [messages_helpers.create_attachment(io.BytesIO(b"a"), "a")])
    with pytest.raises(messages_errors.MessagesNotFoundException):
        siti.search_messages(thread, "Hi")
    with pytest.raises(messages_errors.MessagesNotFoundException):
        wrong.get_messages({"threads[]": [thread]})
    with pytest.raises(messages_errors.ThreadsNotFoundException) as error:
        wrong.get_threads({})
    assert refused(error) == "NOT_AUTHENTICATED"


def test_faults_reach_the_sdk(sdk: dict[str, Sdk], sandbox: Sandbox) -> None:
    budi = sdk["budi"]
    for kind, code in (("error_before", "UNKNOWN_ERROR"), ("rate_limited", "RATE_LIMITED")):
        sandbox.faults.add("error_before" if kind == "error_before" else "rate_limited")
        with pytest.raises(projects_errors.ProjectsNotFoundException) as error:
            budi.search_projects("logo")
        assert refused(error) == code
    sandbox.faults.add("error_200")
    with pytest.raises(KeyError):  # as documented: the SDK looks at the status only
        budi.search_projects("logo")
    with pytest.raises(AuthTokenNotSuppliedException):
        Session("")


def test_every_function_of_the_sdk_was_driven() -> None:
    """Runs last in this file; alone it has nothing to say."""
    recorded = Path(__file__).parents[1] / "wire" / "sdk_requests.jsonl"
    names = {
        json.loads(line)["function"].rpartition(".")[2]
        for line in recorded.read_text().splitlines()
    }
    beyond = {"create_contest", "post_track", "update_track", "get_track_by_id"}
    if USED:
        assert names - beyond <= USED
