"""Folder: private, and never on another machine."""

from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store import folder
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.folder import kind_of_disk, prepared

MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /home/ann rw - nfs4 server:/home rw,vers=4.2
31 30 0:26 / /home/ann/my\040disk rw - xfs /dev/sdb1 rw
32 22 0:27 / /mnt/share rw shared:9 master:1 - cifs //nas/share rw
""".strip()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home/ann/.local/share", "nfs4"),
        ("/home/ann/my disk/x", "xfs"),
        ("/home/anna", "ext4"),
        ("/mnt/share", "cifs"),
    ],
)
def test_the_deepest_mount_counts(path: str, kind: str) -> None:
    assert kind_of_disk(Path(path), MOUNTS) == kind


def test_without_a_list_nothing_is_refused() -> None:
    assert kind_of_disk(Path("/home/ann"), "") == ""


def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mounts").write_text(f"1 0 0:1 / {tmp_path.resolve()} rw - nfs server:/x rw")
    monkeypatch.setattr(folder, "_MOUNTS", tmp_path / "mounts")
    with pytest.raises(StoreError, match="another machine"):
        CacheDatabase(tmp_path / "account")
    assert not list((tmp_path / "account").iterdir())


def test_the_folder_is_private(tmp_path: Path) -> None:
    prepared(tmp_path / "account", "work.db")
    assert (tmp_path / "account").stat().st_mode & 0o077 == 0
