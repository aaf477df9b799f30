"""Flag rules: what a user may change, and that each mistake is named with its remedy."""

from typing import Any

import pytest

from freelancer_tui.domain import flag_rules, flags
from freelancer_tui.domain.flag_rules import BadRule

OURS: dict[str, Any] = {
    "lists": {"app": "whatsapp telegram"},
    "rule": [{"id": "off_site", "phrases": {"en": ["on {app}"], "id": ["di {app}"]}}],
    "facts": {
        "unverified": {"severity": "note"},
        "new_client": {"severity": "note", "days": 30, "reviews": 0},
    },
}


def raised(text: str, theirs: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    rules = flag_rules.read(OURS, theirs)
    return [(flag.rule, flag.severity) for flag in flags.of_words("", text, rules)]


def test_ours_hold_without_theirs() -> None:
    assert raised("talk on Telegram") == raised("ngobrol di Telegram") == [("off_site", "warning")]


def test_a_rule_can_be_left_out() -> None:
    assert raised("talk on Telegram", {"off": ["off_site"]}) == []
    rules = flag_rules.read(OURS, {"off": ["unverified"]})
    assert [rule.id for rule in rules.facts] == ["new_client"]


def test_a_rule_can_be_added_or_replaced() -> None:
    calls = {
        "id": "no_calls",
        "severity": "note",
        "why": "Wants a call.",
        "phrases": ["video call"],
    }
    assert raised("a video call on Telegram", {"rule": [calls]}) == [
        ("off_site", "warning"),
        ("no_calls", "note"),
    ]
    other = {"id": "off_site", "severity": "danger", "phrases": ["{app} {mine}"]}
    theirs = {"rule": [other], "lists": {"mine": ["only"]}}
    assert raised("on Telegram only", theirs) == [("off_site", "danger")]
    assert raised("on Telegram", theirs) == []


def test_limits_can_be_changed_one_by_one() -> None:
    rules = flag_rules.read(OURS, {"facts": {"new_client": {"days": 7}}})
    assert rules.facts[1].limits == {"days": 7, "reviews": 0}


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ({"off": ["nobody"]}, "nobody"),
        ({"off": 3}, "off must be a list"),
        ({"lists": []}, "lists must be a table"),
        ({"rule": {}}, "[[rule]]"),
        ({"rule": [{"phrases": ["a b"]}]}, "has no id"),
        ({"rule": [{"id": "x"}]}, "rule x: give it phrases"),
        ({"rule": [{"id": "x", "phrases": ["pay (now)"]}]}, '"(now)" is no word'),
        ({"rule": [{"id": "x", "phrases": ["{nowhere}"]}]}, '"{nowhere}" is no word'),
        ({"rule": [{"id": "x", "phrases": "pay"}]}, "x.phrases must be a list"),
        ({"rule": [{"id": "x", "phrases": {"en": ["a b"], "severity": "note"}}]}, "no severity"),
        ({"rule": [{"id": "x", "phrases": ["a b"], "severity": "grave"}]}, "severity must be one"),
        ({"rule": [{"id": "x", "phrases": ["a b"], "word": 1}]}, "there is no word"),
        ({"rule": [{"id": "x", "phrases": ["a b"], "why": 1}]}, "why must be a text"),
        ({"rule": [{"id": "x", "phrases": ["a b"] * 401}]}, "at most 400"),
        ({"facts": {"new_client": {"days": "many"}}}, "facts.new_client.days"),
        ({"facts": {"nobody": {}}}, "nobody"),
        ({"facts": {"new_client": 3}}, "facts must be tables"),
    ],
)
def test_a_mistake_is_named(theirs: dict[str, Any], told: str) -> None:
    with pytest.raises(BadRule) as mistake:
        flag_rules.read(OURS, theirs)
    assert told in str(mistake.value)
