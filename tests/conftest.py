"""Fixtures for every test: home, keyring and network are out of reach."""

import gc
import logging
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from freelancer_tui import i18n

APART: Final = ("keyring", "simulation")
"""Marks of tests that run only when their mark is asked for."""
ZONE: Final = "Asia/Makassar"
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `-m simulation` say how many worlds, and from which seed."""
    parser.addoption("--seeds", default=1000, type=int, help="worlds of `-m simulation`")
    parser.addoption("--first-seed", default=0, type=int, help="the seed of the first of them")


@pytest.hookimpl(optionalhook=True)  # the tests of the keyring run without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Begin two workers on each core: half of what a test of a screen takes is waiting for it."""
    return (
        2 * len(os.sched_getaffinity(0)) if sys.platform == "linux" else 2 * (os.cpu_count() or 1)
    )


def pytest_configure() -> None:
    """Look for circles of rubbish seldom: every screen leaves many, and each look takes long."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """Look no more at what stays until the end: thousands of tests, and what they import."""
    if "freelancer_tui.store.work.database" in sys.modules:
        from tests import statements

        statements.kept()
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs and those of the real keyring out unless their mark is asked for."""
    chosen = str(config.getoption("markexpr"))
    apart = [mark for mark in APART if mark not in chosen]
    marked = [item for item in items if any(item.get_closest_marker(mark) for mark in apart)]
    if marked:
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in marked]


@pytest.fixture(autouse=True)
def _out_of_reach(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    monkeypatch.setattr(socket.socket, "connect", _connect_nearby)
    monkeypatch.setattr(socket.socket, "connect_ex", _connect_ex_nearby)
    monkeypatch.setattr(socket, "getaddrinfo", _look_up_nearby)
    for name in [name for name in os.environ if name.startswith("FREELANCER_TUI_")]:
        monkeypatch.delenv(name)
    if request.node.get_closest_marker("keyring") is None:
        home = tmp_path / "nobody"
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            monkeypatch.setenv(name, str(home))
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(autouse=True)
def _same_zone() -> Iterator[None]:
    """Live in one time zone, wherever the machine is."""
    before = os.environ.get("TZ")
    _live_in(ZONE)
    yield
    _live_in(before)


@pytest.fixture(autouse=True)
def _no_log_left() -> Iterator[None]:
    """Close every log that a test began: it belongs to a folder that goes."""
    root = logging.getLogger()
    known, level = root.handlers[:], root.level
    yield
    for handler in [one for one in root.handlers if one not in known]:
        if isinstance(handler, logging.FileHandler):
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def _live_in(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    if hasattr(time, "tzset"):
        time.tzset()


def _connect_nearby(self: socket.socket, address: Any) -> None:
    """Connect on this machine only."""
    if not _is_nearby(address):
        raise ConnectionRefusedError(f"tests stay on this machine: {address!r}")
    _connect(self, address)


def _connect_ex_nearby(self: socket.socket, address: Any) -> int:
    """Connect on this machine only, telling failures by a number."""
    if not _is_nearby(address):
        raise ConnectionRefusedError(f"tests stay on this machine: {address!r}")
    return _connect_ex(self, address)


def _look_up_nearby(host: Any, *rest: Any, **named: Any) -> Any:
    """Look up names of this machine only."""
    if host is not None and not _is_here(host):
        raise socket.gaierror(socket.EAI_NONAME, f"tests stay on this machine: {host!r}")
    return _getaddrinfo(host, *rest, **named)


def _is_nearby(address: Any) -> bool:
    return not isinstance(address, tuple) or _is_here(address[0])


def _is_here(host: Any) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    return name in ("localhost", "::1") or name.startswith("127.")
