"""The world from a seed: the same for the same seed, rich enough, and within its own rules."""

import hashlib
import time
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from freelancer_tui.sandbox.records import ProjectRecord, World
from freelancer_tui.sandbox.seed import world
from freelancer_tui.sandbox.seed.briefs import all_briefs, told_in
from freelancer_tui.sandbox.seed.grammar import BadTemplate, Filling, longest_constant, parse
from freelancer_tui.sandbox.seed.hostile import HOSTILE
from freelancer_tui.sandbox.seed.people import shady_names
from freelancer_tui.sandbox.seed.places import WHOLE, bands
from freelancer_tui.sandbox.seed.stories import stories

NOW = 1_795_500_123
DAY = 86_400
SEEDS = (1, 2, 77)


@pytest.fixture(scope="module")
def demo() -> World:
    return world(1, 300, NOW)


@pytest.fixture(scope="module")
def projects(demo: World) -> list[ProjectRecord]:
    return list(demo.projects)


def fingerprint(made: World) -> str:
    parts = (made.currencies, made.users, made.categories, made.skills, made.countries)
    rest = (made.timezones, made.budgets, tuple(made.projects))
    return hashlib.sha256(repr((parts, rest)).encode("utf-8", "surrogatepass")).hexdigest()


def test_the_same_seed_gives_the_same_world_within_an_hour() -> None:
    hour = NOW - NOW % 3600
    assert fingerprint(world(5, 120, hour)) == fingerprint(world(5, 120, hour + 3599))


def test_another_seed_hour_or_size_gives_another_world() -> None:
    first = fingerprint(world(5, 120, NOW))
    assert first != fingerprint(world(6, 120, NOW))
    assert first != fingerprint(world(5, 120, NOW + 3600))
    assert first != fingerprint(world(5, 121, NOW))


def test_projects_can_be_gone_through_again(demo: World, projects: list[ProjectRecord]) -> None:
    assert list(demo.projects) == projects


def test_employers_come_from_many_countries_and_differ(demo: World) -> None:
    employers = [user for user in demo.users if user.role == "employer"]
    assert len(employers) >= 40
    assert len({user.country_code for user in employers}) >= 20
    assert len({user.timezone for user in employers}) >= 20
    assert len({len(user.standings) for user in employers}) == 2, "some have no reviews yet"
    assert {"payment_verified" in user.verified for user in employers} == {True, False}
    assert all(user.tagline for user in employers)
    assert len({user.id for user in demo.users}) == len(demo.users)
    assert len({user.username.lower() for user in demo.users}) == len(demo.users)


def test_the_demo_freelancer_is_who_the_demonstration_needs(demo: World) -> None:
    sari = demo.users[0]
    assert (sari.username, sari.token) == ("sariwulandari", "sandbox-sariwulandari")
    assert (sari.city, sari.timezone) == ("Makassar", "Asia/Makassar")
    assert "identity_verified" in sari.verified
    assert sari.standings[0].reviews == 43
    assert len(sari.profile) >= 100
    assert [user.role for user in demo.users[:4]] == ["freelancer"] * 4
    zones = {zone.name for zone in demo.timezones}
    assert {user.timezone for user in demo.users} <= zones


def test_there_are_skills_currencies_and_briefs_enough(demo: World) -> None:
    assert len(demo.skills) >= 80
    ids = {skill.name: skill.id for skill in demo.skills}
    assert (ids["PHP"], ids["Java"], ids["Graphic Design"], ids["Logo Design"]) == (3, 7, 20, 32)
    assert ids["Cryptocurrency"] == 2658
    assert len(ids) == len({skill.id for skill in demo.skills}) == len(demo.skills)
    shelves = Counter(brief.shelf for brief in all_briefs())
    assert shelves["id"] >= 30
    assert shelves["en"] >= 30
    assert len({brief.key for brief in all_briefs()}) == sum(shelves.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_demo_world_is_varied(seed: int) -> None:
    found = list(world(seed, 300, NOW).projects)
    languages = Counter(project.language for project in found)
    assert 0.35 <= languages["id"] / len(found) <= 0.6
    assert languages["en"] > 80
    assert len(languages.keys() & {"zh", "ja", "ar", "hi", "th", "ko", "ms", "es"}) >= 5
    currencies = Counter(project.currency_code for project in found)
    assert len(currencies) >= 8
    assert {code for code, _ in currencies.most_common(2)} == {"IDR", "USD"}
    assert {project.kind for project in found} == {"fixed", "hourly"}
    assert len({project.title for project in found}) == len(found)
    assert len({project.description for project in found}) == len(found)


def test_ids_and_addresses_grow_with_time(projects: list[ProjectRecord]) -> None:
    assert [p.id for p in projects] == sorted({p.id for p in projects})
    assert [p.posted for p in projects] == sorted(p.posted for p in projects)
    assert len({p.seo_url for p in projects}) == len(projects)
    assert NOW - 90 * 60 < projects[-1].posted < NOW
    assert 28 * DAY < NOW - projects[0].posted < 30 * DAY
    assert all(p.posted <= p.updated <= NOW for p in projects)


def test_some_work_has_ended_already(projects: list[ProjectRecord]) -> None:
    statuses = Counter((p.status, p.frontend_status) for p in projects)
    assert statuses["active", "open"] > 240
    assert statuses.keys() == {
        ("active", "open"),
        ("frozen", "open"),
        ("closed", "work_in_progress"),
        ("closed", "complete"),
    }


def test_budgets_are_bands_of_their_currency(demo: World, projects: list[ProjectRecord]) -> None:
    known = {(band.currency_id, band.kind, band.minimum, band.maximum) for band in demo.budgets}
    ids = {currency.code: currency.id for currency in demo.currencies}
    for project in projects:
        band = (ids[project.currency_code], project.kind, project.minimum, project.maximum)
        assert band in known, project.title
    assert bands("fixed", "USD")[0] == (Decimal(10), Decimal(30))
    assert bands("hourly", "USD")[-1] == (Decimal(50), None)


def test_average_bids_lie_in_the_budget_and_have_the_currencys_digits(
    projects: list[ProjectRecord],
) -> None:
    for project in projects:
        assert (project.bid_avg is None) == (project.bid_count == 0)
        if project.bid_avg is None:
            continue
        assert project.bid_avg >= project.minimum
        assert project.maximum is None or project.bid_avg <= project.maximum
        digits = 0 if project.currency_code in WHOLE else 2
        assert project.bid_avg == round(project.bid_avg, digits)
    assert max(project.bid_count for project in projects) > 30


def test_projects_name_known_people_and_skills(demo: World, projects: list[ProjectRecord]) -> None:
    employers = {user.id: user for user in demo.users if user.role == "employer"}
    skills = {skill.id for skill in demo.skills}
    for project in projects:
        assert employers[project.owner_id].country_code == project.country_code
        assert 2 <= len(project.skills) <= 5
        assert skills >= set(project.skills)
        assert project.kind == "fixed" or (project.hours and project.duration)


def test_every_hostile_text_is_there_once(projects: list[ProjectRecord]) -> None:
    texts = [project.title + project.description for project in projects]
    for name, text in HOSTILE.items():
        assert texts.count("".join(text())) == 1, name
    everything = "".join(texts)
    for mark in (
        "\x1b]52;",
        "\x1b]8;",
        "\x1b[2J",
        "\x9b",
        "\u202e",
        "\u200b",
        "[bold red]",
        "\x07",
    ):
        assert mark in everything
    assert "\x00" not in everything
    assert max(len(project.description) for project in projects) == 20_000
    assert max(len(word) for p in projects for word in p.title.split()) >= 5000


def test_scams_come_from_people_nobody_has_rated(
    demo: World, projects: list[ProjectRecord]
) -> None:
    shady = {user.id for user in demo.users if user.username in shady_names()}
    scams = [p for p in projects if (brief := told_in(p.description)) and brief.shelf == "scams"]
    assert {told.key for p in scams if (told := told_in(p.description))} == {
        brief.key for brief in all_briefs() if brief.shelf == "scams"
    }
    assert {project.owner_id for project in scams} <= shady
    assert all(not user.standings for user in demo.users if user.id in shady)
    assert any("WhatsApp" in p.description or "Telegram" in p.description for p in scams)


def test_stories_begin_when_they_say(projects: list[ProjectRecord]) -> None:
    by_title = {project.title: project for project in projects}
    for story in stories():
        project = by_title[story.title]
        assert abs((NOW - project.posted) / 3600 - story.hours_ago) < 12, story.title
        assert (project.status, project.bid_count) == ("active", 0)


def test_a_small_world_is_only_ordinary_jobs() -> None:
    found = list(world(3, 10, NOW).projects)
    assert len(found) == 10
    assert all(told_in(project.description) for project in found)


def test_nothing_in_a_job_is_left_unfilled(projects: list[ProjectRecord]) -> None:
    for project in projects:
        if told_in(project.description):
            text = project.title + project.description
            assert not set("{}|<>") & set(text), project.title


def test_a_hundred_thousand_projects_are_made_quickly() -> None:
    began = time.perf_counter()
    seen: set[str] = set()
    last = 0
    for project in world(1, 100_000, NOW).projects:
        assert project.id > last
        last = project.id
        seen.add(project.title + project.description)
    print(f"100,000 projects, {len(seen):,} distinct, {time.perf_counter() - began:.1f} s")
    assert len(seen) > 99_000


def test_the_grammar_chooses_counts_and_remembers() -> None:
    template = parse("{a|b {c|d}|} <n=100-300/100> <word> <n> <word>")
    filling = Filling(Random(4), {"word": (parse("x"), parse("y"))})
    *_, number, word, again, same = filling.fill(template).split()
    assert number == again
    assert number in ("100", "200", "300")
    assert word == same


def test_the_grammar_groups_thousands_as_the_language_does() -> None:
    assert Filling(Random(1), {}, group=".").fill(parse("<n=1200-1200>")) == "1.200"


def test_the_grammar_refuses_what_is_not_closed() -> None:
    for text in ("{a|b", "a}"):
        with pytest.raises(BadTemplate):
            parse(text)


def test_the_mark_of_a_text_is_what_never_changes() -> None:
    assert longest_constant(parse("{x|y} this stays\n{a|b} and <n=1-2> so on")) == "this stays"


def test_hostile_texts_reach_the_first_freelancer(demo: World) -> None:
    [first, *_others] = demo.users
    hostile = [project for project in demo.projects if "\x1b" in project.title]
    assert hostile
    assert all(set(first.skills) & set(project.skills) for project in hostile)
