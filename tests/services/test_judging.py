"""Judging: what the cache and the user's own bids make of a job."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.match import Line
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.people import Profile, Reputation
from freelancer_tui.domain.projects import Budget, Skill
from freelancer_tui.errors import SettingsError
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace
from tests.services.desk import CLIENT, ME, NOON, a_bid, a_project, lay, usd

GOOD = replace(
    CLIENT,
    timezone="Australia/Sydney",
    payment_verified=True,
    registered_at=NOON - timedelta(days=900),
    employer_reputation=Reputation(Decimal("4.8"), 12, 9),
)


def judged(workspace: Workspace, remote_id: int = 100) -> Judgement:
    return workspace.judging.judge(workspace.projects.show(remote_id))


def line(found: Judgement, aspect: str) -> Line:
    return next(one for one in found.match.lines if one.aspect == aspect)


def lay_skills(workspace: Workspace, *skills: Skill) -> None:
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("skills"), Page(skills, None, False, NOON))


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """A desk that knows the user's skills, the client, and how three bids ended."""
    lay_skills(workspace, Skill(3, "Python"))
    lay(workspace, Profile(ME, skills=(3,)), GOOD)
    for number, status in enumerate(("complete", "closed", "closed", "open"), 101):
        lay(workspace, a_project(number, status=status, title=f"Other work {number}"))
        lay(workspace, a_bid(number, number, accepted_at=NOON if number == 101 else None))
    return workspace


def test_a_job_is_matched_with_what_is_known(known: Workspace) -> None:
    found = judged(known)
    assert line(found, "skills").names == ("Python",)
    assert line(found, "verified").points == 5
    assert (line(found, "budget").amount, line(found, "budget").usual) == (usd("750"), usd("400"))
    assert (line(found, "wins").count, line(found, "wins").of) == (1, 3)
    assert line(found, "rating").rating == Decimal("4.8")
    assert line(found, "hours").is_known
    assert not line(found, "language").is_known
    assert found.flags == ()


def test_a_list_has_the_scores_that_the_detail_explains(known: Workspace) -> None:
    rows = list(known.projects.rows([100, 101, 102]).values())
    scores = known.judging.scores(rows)
    assert scores == {number: judged(known, number).match.score for number in (100, 101, 102)}
    assert known.judging.scores([]) == {}


def test_without_a_profile_nothing_is_guessed(workspace: Workspace) -> None:
    lay(workspace, a_project(200, owner_id=None, language="en"))
    with workspace.cache.transaction() as connection:
        connection.execute("DELETE FROM profile")
    found = judged(workspace, 200)
    known = {one.aspect for one in found.match.lines if one.is_known}
    assert known == {"bids", "age", "language"}


def test_flags_of_the_client_and_of_words(workspace: Workspace) -> None:
    shady = replace(
        GOOD, payment_verified=False, registered_at=NOON, employer_reputation=Reputation()
    )
    lay(workspace, shady, a_project(description="Contact me on WhatsApp, I pay you directly."))
    found = judged(workspace)
    assert [flag.rule for flag in found.flags] == [
        "pay_outside",
        "off_site",
        "unverified",
        "new_client",
    ]


def test_a_repost_is_told_by_client_or_by_words(workspace: Workspace) -> None:
    text = "We sell coffee from four farms in Toraja and want an interface for our shop."
    lay(workspace, a_project(90, title="Coffee shop interface", description=text, owner_id=44))
    lay(workspace, a_project(120, title="Coffee shop interface", description=text, owner_id=45))
    [flag] = judged(workspace, 120).flags
    assert flag.rule == "repost"
    assert flag.seen is not None
    assert flag.seen.number == 90


def test_a_budget_is_compared_with_jobs_of_the_same_skill(workspace: Workspace) -> None:
    with workspace.cache.transaction() as connection:
        listed = (Currency(1, "USD", "US Dollar", "$", Decimal(1)),)
        facts.store(connection, Feed("currencies"), Page(listed, None, False, NOON))
    for number in range(300, 330):
        lay(workspace, a_project(number, title=f"Work {number}", description=f"Task {number}"))
    cheap = Budget("USD", usd("5"), usd("20"))
    lay(workspace, a_project(400, budget=cheap, title="Cheap one", description="Do it all."))
    [flag] = judged(workspace, 400).flags
    assert flag.rule == "budget_low"
    assert flag.seen is not None
    assert flag.seen.going is not None
    assert flag.seen.going.count > 30
    assert flag.seen.going.skill == "Python"


def test_a_mistake_in_the_users_rules_is_told_when_a_job_is_judged(workspace: Workspace) -> None:
    config = workspace.settings.places.config
    config.mkdir(parents=True, exist_ok=True)
    (config / "flags.toml").write_text('off = ["nobody"]')
    with pytest.raises(SettingsError, match=r"flags\.toml"):
        judged(workspace)
