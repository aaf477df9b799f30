"""Bundle: the folder of a pack, made beside its place and put there whole or not at all."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from freelancer_tui.documents.files import cannot_write
from freelancer_tui.domain.disputes import Case
from freelancer_tui.domain.file_names import free_name, safe_name

SUMS: Final = "SHA256SUMS"
_MOST_WORDS: Final = 6
_MOST_LETTERS: Final = 80
_CHUNK: Final = 1 << 20
_TRIES: Final = 100


class Bundle:
    """A folder that nobody sees until it is complete."""

    def __init__(self, made: Path, parent: Path) -> None:
        self.path: Final = made
        self._parent: Final = parent

    def add(self, name: str, content: bytes) -> None:
        """Put a file into it."""
        target = self.path / name
        try:
            with target.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise cannot_write(target, error) from error

    def seal(self, name: str) -> Path:
        """List the checksums of all that is in it and give it its name, or that with a number."""
        self.add(SUMS, "".join(self._sums()).encode())
        try:
            return self._named(name)
        except OSError as error:
            raise cannot_write(self._parent / name, error) from error

    def names(self) -> list[str]:
        """Give the names of all files in it, with slashes."""
        found = (one for one in self.path.rglob("*") if one.is_file())
        return sorted(one.relative_to(self.path).as_posix() for one in found)

    def _sums(self) -> Iterator[str]:
        """Give lines as `sha256sum -c` reads them."""
        for name in self.names():
            digest = hashlib.sha256()
            with (self.path / name).open("rb") as file:
                while part := file.read(_CHUNK):
                    digest.update(part)
            yield f"{digest.hexdigest()}  {name}\n"

    def _named(self, name: str) -> Path:
        """Take a free name first: a rename alone would replace an empty folder that has it."""
        for _turn in range(_TRIES):
            target = self._parent / free_name(name, lambda one: os.path.lexists(self._parent / one))
            try:
                target.mkdir(mode=0o700)
            except FileExistsError:  # somebody was quicker
                continue
            if os.name == "nt":  # there a rename replaces nothing
                target.rmdir()
            self.path.replace(target)
            return target
        raise FileExistsError(name)


@contextmanager
def begun(parent: Path) -> Iterator[Bundle]:
    """Lend a new folder beside the place where it is to stand; what is not sealed is removed."""
    is_new = not parent.exists()
    try:
        parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".dispute-", dir=parent))
    except OSError as error:
        raise cannot_write(parent, error) from error
    try:
        yield Bundle(made, parent)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # it may hold what others put there meanwhile
                parent.rmdir()
        raise


def folder_name(case: Case) -> str:
    """Give the name of a pack: its day, the number of the job or conversation, the title."""
    number = case.matter.project_remote_id or case.matter.thread_remote_ids[0]
    words = re.findall(r"\w+", case.title.lower())[:_MOST_WORDS]
    title = "-".join((f"dispute-{case.made_at:%Y-%m-%d}-{number}", *words))
    return safe_name(title[:_MOST_LETTERS].rstrip("-_"))
