"""Talks: what is said in threads and the files of it, and finding out whether it arrived."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Final

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.intents import Receipt, SendMessage, Sighting
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.errors import Refused, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import Outside
from freelancer_tui.marketplaces.cargo import Fetching, Sending, Take
from freelancer_tui.marketplaces.freelancer import landing, listings, refusals, requests, wire
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.freelancer.pulling import Puller
from freelancer_tui.marketplaces.freelancer.requests import PutEncoding
from freelancer_tui.marketplaces.freelancer.values import when
from freelancer_tui.marketplaces.http import HttpClient

_LOOK_BACK_PAGES: Final = 10
"""How far a look for a message goes: a thousand messages newer than the watermark."""
_WATERMARK_ROWS: Final = 20


class Talks:
    """What is said in threads, and the files that go and come with it."""

    def __init__(
        self, client: HttpClient, puller: Puller, outside: Outside, encoding: PutEncoding
    ) -> None:
        self._client = client
        self._puller = puller
        self._outside = outside
        self._encoding = encoding

    async def watermark(self, intent: SendMessage) -> int:
        """Give the highest id in the thread; 0 where nothing was said."""
        call = requests.messages(intent.thread_remote_id, Window(limit=_WATERMARK_ROWS))
        _answer, ids = await self._puller.read(call, landing.message_ids)
        return max(ids, default=0)

    async def push(self, intent: SendMessage, tell: Callable[[Transfer], None]) -> Receipt:
        """Say it, once."""
        with ExitStack() as stack:
            contents = await self._outside.offload(_opened, intent.uploads, stack)
            cargo = Sending(sum(upload.size for upload in intent.uploads), tell)
            answer = await self._client.send(requests.send_message(intent, contents), cargo)
        sent = listings.sure(answer.result, wire.SentMessage)
        return Receipt(sent.id, when(sent.time_created) or answer.at)

    async def look(self, intent: SendMessage, watermark: int | None) -> Sighting:
        """Look for it among what was said since; not to find it proves nothing."""
        me = await self._puller.me()
        wanted = landing.Wanted(intent, me, watermark)
        first = None
        offset = 0
        newer: set[int] = set()  # pages overlap by a row
        for _page in range(_LOOK_BACK_PAGES):
            call = requests.messages(intent.thread_remote_id, Window(offset))
            answer, look = await self._puller.read(call, wanted.look)
            first = first or answer.at
            newer |= look.newer
            if look.receipt is not None or look.ended:
                return Sighting(look.receipt, first, among=len(newer))
            offset += look.rows - 1
        return Sighting(None, first or self._outside.clock(), among=len(newer))

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        """Star, mute or read threads; the answer has nothing but its envelope."""
        call = requests.mark_threads(action, thread_ids, self._encoding)
        return (await self._client.send(call)).at

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        """Hand on a file that came with a message, part by part."""
        ending = key.rpartition(".")[2].lower()
        cargo = Fetching(take, stop, is_page=ending in ("htm", "html"), is_json=ending == "json")
        await self._client.send(requests.attachment(message_remote_id, key), cargo)
        if not cargo.is_there:
            raise WireMismatch(_("The marketplace sent something else in the file's place."))


def _opened(uploads: tuple[Upload, ...], stack: ExitStack) -> list[BufferedReader]:
    """Open the copies that were made when the files were attached; they have to be those."""
    try:
        paths = [Path(one.path) for one in uploads]
        contents = [stack.enter_context(path.open("rb")) for path in paths]
        for upload, content in zip(uploads, contents, strict=True):
            if upload.checksum and _checksum(content) != upload.checksum:
                raise _refused("FILE_CHANGED")
            content.seek(0)
    except OSError:
        raise _refused("FILE_MISSING") from None
    return contents


def _checksum(content: BufferedReader) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def _refused(code: str) -> Refused:
    return Refused(code, refusals.reason(code, ""))
