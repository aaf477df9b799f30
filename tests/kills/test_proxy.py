"""The faulty line does what it is told, and leaves the server as it should."""

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.cli.flows.town import Town, ok, running_town
from tests.kills.proxy import KINDS, Kind, Plan, Proxy, planned, running_proxy


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with running_town() as town:
        yield town


def say(proxy: Proxy, town: Town, text: str) -> httpx.Response:
    headers = {"freelancer-oauth-v1": town.token}
    with httpx.Client(base_url=f"{proxy.url}/api/", headers=headers, timeout=5) as client:
        return client.post(f"messages/0.1/threads/{town.thread}/messages/", data={"message": text})


def test_a_good_line_passes_everything(town: Town) -> None:
    with running_proxy(town.url, rate=0.0) as proxy:
        ok(say(proxy, town, "good"))
        assert (proxy.exchanges, proxy.connections, proxy.log) == (1, 1, [])
    assert town.said().count("good") == 1


@pytest.mark.parametrize(
    ("kind", "after", "arrives", "error"),
    [
        ("refuse", 0, False, httpx.TransportError),
        ("hang_up", 0, False, httpx.TransportError),
        # Cut in a request, a line ends or is reset by how much of it was still on its way.
        ("cut_request", 40, False, httpx.TransportError),
        ("cut_reply", 0, True, httpx.RemoteProtocolError),
        ("cut_reply", 60, True, httpx.RemoteProtocolError),
        ("stall", 40, False, httpx.TransportError),
        ("reset", 41, False, httpx.TransportError),
        ("reset", 0, True, httpx.TransportError),
    ],
)
def test_a_fault_loses_what_it_should(
    town: Town, kind: Kind, after: int, arrives: bool, error: type[Exception]
) -> None:
    text = f"{kind} after {after}"
    plan = Plan(kind, 0, after, 0.05)
    with running_proxy(town.url) as proxy:
        proxy.always(plan)
        with pytest.raises(error):
            say(proxy, town, text)
        assert [one.plan for one in proxy.log] == [plan]
        proxy.mend()
        time.sleep(0.1)  # a port that was refused is there again
        ok(say(proxy, town, f"{text}: mended"))
    assert town.said().count(text) == int(arrives)
    assert town.said().count(f"{text}: mended") == 1


@pytest.mark.parametrize("kind", ["delay", "drip"])
def test_a_slow_line_brings_everything_late(town: Town, kind: Kind) -> None:
    with running_proxy(town.url) as proxy:
        proxy.always(Plan(kind, 0, 0, 0.2))
        began = time.monotonic()
        ok(say(proxy, town, f"slow {kind}"))
        assert time.monotonic() - began >= 0.2
    assert town.said().count(f"slow {kind}") == 1


def test_the_same_seed_plans_the_same() -> None:
    first = [planned(7, number, 0.5) for number in range(400)]
    assert first == [planned(7, number, 0.5) for number in range(400)]
    assert first != [planned(8, number, 0.5) for number in range(400)]
    assert {plan.kind for plan in first if plan} == set(KINDS)
    assert 100 < sum(plan is not None for plan in first) < 300
    assert [planned(7, number, 0.0) for number in range(9)] == [None] * 9
