"""Fake keyring: entries in a file that FAKE_KEYRING names, for as long as a test lasts."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """A keyring like any other, but for where it keeps things."""

    priority = 0.1

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self._entries(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        del entries[f"{service}/{username}"]
        self._keep(entries)

    def _entries(self) -> dict[str, str]:
        file = Path(os.environ["FAKE_KEYRING"])
        entries: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return entries

    def _keep(self, entries: dict[str, str]) -> None:
        Path(os.environ["FAKE_KEYRING"]).write_text(json.dumps(entries))
