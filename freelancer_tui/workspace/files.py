"""Files: those of one account, opened when first needed, with its clock and its maker of ids."""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.ids import new_id
from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.settings import Settings
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.headers import let_go
from freelancer_tui.store.work.file import NAME
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.store.work.pad import Pad
from freelancer_tui.workspace.parts import Part, Parted

if TYPE_CHECKING:
    from freelancer_tui.services.rescue import Rescue
    from freelancer_tui.store.sync_log import SyncLogFile
    from freelancer_tui.store.work.database import WorkDatabase

_LOG: Final = logging.getLogger(__name__)


class Files(Parted):
    """What an account keeps on this machine."""

    def __init__(
        self, settings: Settings, folder: Path, clock: Callable[[], datetime], random: Random
    ) -> None:
        super().__init__()
        self.settings = settings
        self.folder = folder
        self.clock = clock
        self.random = random
        self.stops_at_damage = False
        """True for commands: the first that meets a damaged work file is told and ends."""
        self._mint_lock = threading.Lock()
        self.cache = CacheDatabase(folder)
        prepared(folder, NAME)  # told at once, not at the first word that is lost
        self.marks = Marks(folder)

    @Part
    def work(self) -> "WorkDatabase":
        """What the user made; today's backup is taken when it is opened."""
        return _open_work(self)

    @Part
    def pad(self) -> Pad:
        """The same for what is written without SQLModel, which takes long to load."""
        pad = self.marks.pad
        with pad.read():
            mended = pad.mended
        _opened(self, self.folder / NAME, mended)
        return pad

    @property
    def mended(self) -> bool:
        """True once the user's file was found damaged here and its rows were brought over."""
        return self.marks.mended or ("work" in self.parts and self.work.mended)

    @Part
    def rescue(self) -> "Rescue":
        """The user's verbs for files that failed, and for copies of them."""
        from freelancer_tui.services.rescue import Rescue

        return Rescue(self.folder, lambda: self.work)

    @Part
    def log_file(self) -> "SyncLogFile":
        """The lines about what the sync did."""
        from freelancer_tui.store.sync_log import SyncLogFile

        return SyncLogFile(self.folder)

    def today(self) -> date:
        """Give the day where the user is."""
        return self.clock().astimezone(self.settings.zone).date()

    def mint(self) -> str:
        """Make an id for something of ours."""
        with self._mint_lock:
            return new_id(self.clock(), self.random)

    def close(self) -> None:
        """Close the files; the engine, if it was built, is closed before by who drives it."""
        self.marks.close()
        self.cache.close()
        if "log_file" in self.parts:
            self.log_file.close()
        if "work" in self.parts:
            self.work.close()
        let_go(self.folder)


def _open_work(files: Files) -> "WorkDatabase":
    from freelancer_tui.store.work.database import WorkDatabase

    work = WorkDatabase(files.folder)
    try:
        _opened(files, work.path, work.mended or files.marks.mended)
    except StoreError:
        work.close()
        raise
    return work


def _opened(files: Files, path: Path, mended: bool) -> None:
    """Tell a command of damage, and take today's backup."""
    from freelancer_tui.store.backups import back_up

    if mended and files.stops_at_damage:
        raise StoreError(
            _("Your file {name} was damaged; what could be read was brought over.").format(
                name=path.name
            ),
            hint=_("See what is there with: freelancer-tui doctor. Then run the command again."),
        )
    try:
        back_up(path, files.clock())
    except StoreError as error:  # a full disk must not keep the user from what is there
        _LOG.warning("no backup was taken: %s", error)
