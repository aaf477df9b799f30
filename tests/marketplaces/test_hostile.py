"""Any answer, however mangled, ends in clean facts or in a WireMismatch."""

import copy
import dataclasses
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freelancer_tui.errors import WireMismatch
from freelancer_tui.marketplaces.freelancer import listings, translate, wire
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.values import Surroundings
from tests.marketplaces.samples import result

AROUND = Surroundings("https://www.freelancer.com")
READERS: dict[str, Callable[[msgspec.Raw], object]] = {
    "projects_active.json": lambda raw: listings.projects(raw, AROUND),
    "bids.json": lambda raw: listings.bids(raw, AROUND, {204: "EUR"}),
    "threads.json": listings.threads,
    "messages.json": lambda raw: listings.messages(raw, 701),
    "milestones.json": lambda raw: listings.milestones(raw, AROUND),
    "milestone_requests.json": lambda raw: listings.milestone_requests(raw, AROUND),
    "jobs.json": listings.skills,
    "currencies.json": listings.currencies,
    "self.json": lambda raw: translate.profile(listings.decode(raw, wire.User)),
}
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["\x1b]0;x\x07", "\x1b[2J", "\u202egpj", "\x00", "\x9b31m", "\ud800", "a\r\nb", "1e999999"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**62, max_value=2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """List every (container, key) inside a JSON value."""
    found: list[tuple[Any, Any]] = []
    keys = (
        range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    )
    for key in keys:
        found += [(value, key), *places(value[key])]
    return found


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(READERS)))
    holder = {"result": copy.deepcopy(result(name))}
    for _ in range(draw(st.integers(1, 4))):
        container, key = draw(st.sampled_from(places(holder)))
        if isinstance(container, dict) and draw(st.booleans()) and len(container) > 1:
            del container[key]
        else:
            container[key] = draw(JUNK)
    encoded = json.dumps(holder.get("result")).encode()
    if draw(st.booleans()):
        cut = draw(st.integers(0, len(encoded)))
        encoded = encoded[:cut] + draw(st.binary(max_size=3)) + encoded[cut + 1 :]
    return name, encoded


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for one in value for text in strings(one)]
    if dataclasses.is_dataclass(value):
        return [
            text
            for each in dataclasses.fields(value)
            for text in strings(getattr(value, each.name))
        ]
    return []


def integers(value: object) -> list[int]:
    if isinstance(value, int):
        return [value]
    if isinstance(value, tuple | list):
        return [number for one in value for number in integers(one)]
    if dataclasses.is_dataclass(value):
        return [
            number
            for each in dataclasses.fields(value)
            for number in integers(getattr(value, each.name))
        ]
    return []


@settings(max_examples=600, deadline=None)
@given(mutations())
def test_mangled_answers(case: tuple[str, bytes]) -> None:
    name, encoded = case
    try:
        read = READERS[name](msgspec.Raw(encoded))
    except WireMismatch as error:
        said: list[object] = [str(error)]
    else:
        said = [*read.facts, *read.skipped] if isinstance(read, Listing) else [read]
    for text in strings(said):
        assert all(sign == "\n" or sign == "\t" or ord(sign) >= 0x20 for sign in text)
        assert not set("\x7f\x9b\u202e\ud800") & set(text)
        text.encode()
    assert all(-(2**63) <= number < 2**63 for number in integers(said)), "SQLite holds it"


def test_a_tower_of_brackets_is_refused() -> None:
    tower = b'{"bids": [{"id": 1, "period": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    with pytest.raises(WireMismatch):
        listings.bids(msgspec.Raw(tower), AROUND, {})
