"""Fixtures for every test: home, keyring and network are out of reach."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from freelancer_tui import i18n

_connect = socket.socket.connect


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of the real keyring out unless they are asked for by their mark."""
    if "keyring" in str(config.getoption("markexpr")):
        return
    marked = [item for item in items if item.get_closest_marker("keyring")]
    if marked:
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in marked]


@pytest.fixture(autouse=True)
def _out_of_reach(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    monkeypatch.setattr(socket.socket, "connect", _connect_nearby)
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
    i18n.use("en")
    yield
    i18n.use("en")


def _connect_nearby(self: socket.socket, address: object) -> None:
    """Connect on this machine only."""
    host = address[0] if isinstance(address, tuple) else "localhost"
    if host not in ("localhost", "::1") and not str(host).startswith("127."):
        raise ConnectionRefusedError(f"tests stay on this machine: {address!r}")
    _connect(self, address)  # type: ignore[arg-type]
