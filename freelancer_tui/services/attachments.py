"""Attachments: the files of conversations, and where those lie that were downloaded."""

from collections.abc import Sequence
from pathlib import Path

from freelancer_tui.domain.attachments import Download
from freelancer_tui.domain.messages import Message, Utterance
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import conversation
from freelancer_tui.store.cache import messages, people
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import downloads
from freelancer_tui.store.work.database import WorkDatabase


class Attachments:
    """Which files there are; `Downloads` brings them here."""

    def __init__(self, cache: CacheDatabase, work: WorkDatabase) -> None:
        self._cache = cache
        self._work = work

    def of_thread(self, thread_id: int, limit: int = 500) -> list[Utterance]:
        """Give the messages of a conversation that have files, the newest first."""
        with self._cache.read() as connection:
            said = messages.with_files(connection, thread_id, limit)
        return self._lines(said)

    def of_message(self, message_id: int) -> Utterance:
        """Give one message with its files."""
        with self._cache.read() as connection:
            said = messages.get(connection, message_id)
        if said is None:
            raise NotFound(
                _("There is no message {number} here.").format(number=message_id),
                hint=_("See the numbers with: freelancer-tui messages files THREAD"),
            )
        return self._lines([said])[0]

    def _lines(self, said: Sequence[Message]) -> list[Utterance]:
        with self._cache.read() as connection:
            profile = people.profile(connection)
            names = people.names(connection, {one.from_id for one in said})
        me = profile.person if profile else None
        return conversation.heard(said, names, me, saved_of(self._work, said))


def saved_of(work: WorkDatabase, said: Sequence[Message]) -> dict[tuple[int, str], Download]:
    """Give where the files of messages lie, as far as they were downloaded and are still there."""
    ids = [one.remote_id for one in said if one.attachments]
    if not ids:
        return {}
    with work.read() as session:
        found = downloads.of_messages(session, ids)
    return {key: one for key, one in found.items() if Path(one.path).is_file()}
