"""Folder: where an account's files lie, made private to the user."""

from pathlib import Path

from freelancer_tui.store.failures import plainly


def prepared(folder: Path, name: str) -> Path:
    """Give the path of a file in an account's folder, which is made when it is missing."""
    path = folder / name
    with plainly(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.exists()  # raises where the folder may not even be looked into
    return path
