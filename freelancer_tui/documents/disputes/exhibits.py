"""Exhibits: the files of messages, copied into a pack with a checksum of what was copied."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from freelancer_tui.documents.files import cannot_write
from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.disputes import Evidence
from freelancer_tui.domain.file_names import free_name, sameness
from freelancer_tui.errors import Stopped
from freelancer_tui.i18n import _

FOLDER: Final = "files"
_CHUNK: Final = 1 << 20


class Exhibits:
    """Puts files into the folder of a pack, under names that are safe on every disk."""

    def __init__(self, pack: Path, stop: Callable[[], bool]) -> None:
        self._pack = pack
        self._stop = stop
        self._taken: set[str] = set()

    def take(
        self, file: Attachment, message: int | None, source: str, recorded: str = ""
    ) -> Evidence:
        """Copy a file if it lies where it was saved, else tell what is known of it.

        Without a source it was sent by the user if its checksum was recorded, else never saved.
        """
        told = Evidence(
            message_remote_id=message,
            name=file.name,
            state="sent" if recorded else "not_downloaded",
            size=file.size,
            content_type=file.content_type,
            checksum=recorded,
            recorded=recorded,
        )
        return self._copied(told, source) if source else told

    def _copied(self, told: Evidence, source: str) -> Evidence:
        try:
            # Never waits for a pipe that somebody put there.
            handle = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except (OSError, ValueError):
            return replace(told, state="gone")
        with os.fdopen(handle, "rb") as old:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return replace(told, state="gone")
            name = self._name(told)
            size, checksum = self._copy(old.read, self._pack / FOLDER / name)
        is_same = not told.recorded or checksum == told.recorded
        return replace(
            told,
            state="included" if is_same else "changed",
            size=size,
            checksum=checksum,
            path=f"{FOLDER}/{name}",
        )

    def _copy(self, read: Callable[[int], bytes], target: Path) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        try:
            target.parent.mkdir(exist_ok=True)
            with target.open("xb") as new:
                while part := read(_CHUNK):
                    if self._stop():
                        raise Stopped(_("Stopped; nothing was written."))
                    new.write(part)
                    digest.update(part)
                    size += len(part)
        except OSError as error:
            raise cannot_write(target, error) from error
        return size, digest.hexdigest()

    def _name(self, told: Evidence) -> str:
        which = "unsent" if told.message_remote_id is None else str(told.message_remote_id)
        name = free_name(f"{which}-{told.name}", lambda one: sameness(one) in self._taken)
        self._taken.add(sameness(name))
        return name
