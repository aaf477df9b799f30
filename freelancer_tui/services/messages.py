"""Messages: reading conversations, drafting replies, and queueing them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from freelancer_tui.domain.attachments import Transfer, Upload, joined
from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.drafts import Place, inserted, reply_subject
from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.domain.messages import (
    MOST_LETTERS,
    Hit,
    Thread,
    ThreadView,
    Utterance,
)
from freelancer_tui.domain.text import clean
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.services import conversation, files
from freelancer_tui.services.attachments import saved_of
from freelancer_tui.services.listening import Listening
from freelancer_tui.services.talks import Talks, thread_here
from freelancer_tui.services.threads import Threads
from freelancer_tui.services.versions import Versions
from freelancer_tui.store.cache import messages, people, threads
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.copies import Copies
from freelancer_tui.store.work import outbox, places, replies, reply_files
from freelancer_tui.store.work.database import Session, WorkDatabase


class Messages:
    """The user's verbs for conversations; none of them waits for the network."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        clock: Callable[[], datetime],
        mint: Callable[[], str],
        folder: Path,
        *,
        listening: Listening | None = None,
    ) -> None:
        self._cache = cache
        self._work = work
        self._clock = clock
        self._mint = mint
        self._copies = Copies(folder)
        self.versions = Versions(work, clock)
        self.talks = Talks(cache, work)
        self.listening = listening or Listening()
        self.threads_kept = Threads(cache, work, clock, self.talks)

    def threads(self, limit: int = 200) -> list[ThreadView]:
        """List conversations, the latest first."""
        with self._cache.read() as connection:
            found = threads.recent(connection, limit)
        return self.talks.views(found)

    def thread(self, thread_id: int) -> ThreadView:
        """Give one conversation's line."""
        return self.talks.views([self._thread(thread_id)])[0]

    def whole(self, hits: Sequence[Hit]) -> list[ThreadView]:
        """Give the lines of the conversations in which something was found."""
        found = {hit.view.thread.remote_id: hit.view.thread for hit in hits}
        return self.talks.views(list(found.values()))

    def conversation(self, thread_id: int, limit: int = 200) -> list[Utterance]:
        """Give what was said, oldest first, with our replies on their way at the end."""
        with self._work.read() as session:
            entries = outbox.of_thread(session, thread_id)
        with self._cache.read() as connection:
            thread_here(connection, thread_id)
            said = messages.in_thread(connection, thread_id, limit)
            ids = [entry.remote_id for entry in entries if entry.remote_id]
            known = messages.known(connection, ids)
            profile = people.profile(connection)
            names = people.names(connection, {one.from_id for one in said})
        me = profile.person if profile else None
        return [
            *conversation.heard(said, names, me, saved_of(self._work, said)),
            *conversation.on_their_way(entries, said, known, me),
        ]

    def draft(self, thread_id: int) -> str:
        """Give the reply that the user began in a thread."""
        with self._work.read() as session:
            return replies.draft(session, thread_id)

    def keep_draft(
        self, thread_id: int, text: str, place: Place | None = None, *, replaces: bool = False
    ) -> None:
        """Keep the reply as far as it is written, and where the user is in it.

        One that is replaced as a whole becomes a version, also where it was only just typed.
        """
        with self._work.transaction() as session:
            self._put(session, thread_id, clean(text), replaces=replaces)
            if place is not None:
                places.put(session, reply_subject(thread_id), place)

    def put_in(self, thread_id: int, piece: str, at: Place | None) -> None:
        """Put a piece into the reply that the user began, at a place or behind it."""
        end = Place(len(piece) + MOST_LETTERS, 0, 0)
        text, behind = inserted(self.draft(thread_id), piece, at or end)
        self.keep_draft(thread_id, text, behind, replaces=True)

    def files(self, thread_id: int) -> tuple[Upload, ...]:
        """Give what is attached to the reply that the user began."""
        with self._work.read() as session:
            return reply_files.of(session, thread_id)

    def attach(
        self,
        thread_id: int,
        source: Path,
        tell: Callable[[Transfer], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> tuple[Upload, ...]:
        """Attach a copy of a file to the reply that the user began; give all that is attached."""
        self._thread(thread_id)
        files.check_count(len(self.files(thread_id)) + 1)
        with self._fresh([source], tell, stop) as fresh, self._work.transaction() as session:
            self._keep(fresh)
            reply_files.add(session, thread_id, fresh)
            return reply_files.of(session, thread_id)

    def detach(self, thread_id: int, upload: Upload) -> tuple[Upload, ...]:
        """Take a file off the reply that the user began; give what is left."""
        with self._work.transaction() as session:
            left = [one for one in reply_files.of(session, thread_id) if one != upload]
            reply_files.put(session, thread_id, left)
        self._sweep()
        return tuple(left)

    def send(
        self, thread_id: int, text: str, attach: Sequence[Path] = (), *, uses_draft: bool = True
    ) -> Utterance:
        """Queue a reply with copies of its files.

        It uses up the thread's draft with what is attached to it, or leaves both alone.
        """
        view = self.thread(thread_id)
        text, begun = clean(text).strip(), self.files(thread_id) if uses_draft else ()
        _check(text, [*begun, *attach])
        files.check_copies(begun)
        now, entry_id = self._clock(), self._mint()
        client_id = self._client_id(now, entry_id)
        with self._fresh(attach) as fresh, self._work.transaction() as session:
            self._keep(fresh)
            known = reply_files.of(session, thread_id) if uses_draft else ()
            uploads = joined(known, fresh)
            entry = OutboxEntry(
                id=entry_id,
                intent=SendMessage(thread_id, text, client_id, uploads),
                subject_id=entry_id,
                entity=f"thread:{thread_id}",
                about=_about(view),
                state="queued",
                queued_at=now,
            )
            outbox.add(session, entry)
            if uses_draft:
                self._put(session, thread_id, "")
                reply_files.put(session, thread_id, ())
        if uploads:
            self._sweep()
        with self._cache.read() as connection:
            profile = people.profile(connection)
        me = profile.person if profile else None
        return conversation.on_their_way([entry], (), set(), me)[0]

    def mark_read(self, thread_id: int) -> None:
        """Remember that the user has seen a thread as far as it is here."""
        self.threads_kept.read(thread_id)

    def of_project(self, remote_id: int) -> int | None:
        """Give the thread about a job, if there is one."""
        with self._cache.read() as connection:
            thread = threads.of_project(connection, remote_id)
        return thread.remote_id if thread else None

    def _put(self, session: Session, thread_id: int, text: str, *, replaces: bool = False) -> None:
        """Change a draft; what it said goes to the history where something new begins."""
        before, at = replies.kept(session, thread_id)
        subject_id, old = reply_subject(thread_id), (Offering(before), at)
        self.versions.changes(session, subject_id, old, Offering(text), replaces=replaces)
        replies.keep_draft(session, thread_id, text, self._clock())

    def _client_id(self, now: datetime, entry_id: str) -> str:
        """Make a client id that no message has that could still be on its way."""
        with self._work.read() as session:
            intents = [entry.intent for entry in outbox.live(session)]
        taken = {one.client_message_id for one in intents if isinstance(one, SendMessage)}
        return client_message_id(now, entry_id, taken)

    @contextmanager
    def _fresh(
        self,
        sources: Sequence[Path],
        tell: Callable[[Transfer], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[list[Upload]]:
        """Lend copies of files, all of them or none; those that are not kept go."""
        copies: list[Upload] = []
        try:
            for source in sources:
                copies.append(files.copied(source, self._copies, tell, stop))
            yield copies
        finally:
            for one in copies:
                self._copies.drop(one)

    def _keep(self, copies: Sequence[Upload]) -> None:
        for one in copies:
            self._copies.keep(one)

    def _sweep(self) -> None:
        """Remove the copies whose message is sent, and that are attached to nothing."""
        with self._work.transaction() as session:  # no other program is queueing meanwhile
            self._copies.sweep(outbox.upload_paths(session) | reply_files.paths(session))

    def _thread(self, thread_id: int) -> Thread:
        with self._cache.read() as connection:
            return thread_here(connection, thread_id)


def client_message_id(now: datetime, entry_id: str, taken: Collection[str] = ()) -> str:
    """Make the 15 digits by which we know our message again: the millisecond and chance."""
    chance = int.from_bytes(entry_id[-4:].encode()) % 100
    number = int(now.timestamp() * 1000) * 100 + chance
    while f"{number % 10**15:015}" in taken:
        number += 1
    return f"{number % 10**15:015}"


def _about(view: ThreadView) -> str:
    return ", ".join(view.with_names) or view.project_title or str(view.thread.remote_id)


def _check(text: str, attach: Sequence[Upload | Path]) -> None:
    files.check_count(len(attach))
    if not text and not attach:
        raise NotAllowed(_("Write something first."), hint=_("An empty message was not queued."))
    if len(text) > MOST_LETTERS:
        raise NotAllowed(
            _("The message has {count} letters; {most} are allowed.").format(
                count=len(text), most=MOST_LETTERS
            ),
            hint=_("Shorten it, or attach it as a file."),
        )
