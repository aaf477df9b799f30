"""Files: answers that are the bytes of a file, whole or from where the caller was cut off."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from freelancer_tui.sandbox.wire import Raw

_FROM: Final = re.compile(r"bytes=(\d{1,12})-(\d{1,12})?")


def file_answer(file: Raw, asked: Mapping[str, str]) -> Response:
    """Give a file, or a range of it where it is still the file of which there was the rest."""
    tag = f'"{hashlib.sha256(file.content).hexdigest()[:32]}"'
    headers = {
        "content-type": file.content_type,
        "content-disposition": "attachment",
        "x-content-type-options": "nosniff",
        "accept-ranges": "bytes",
        "etag": tag,
    }
    size = len(file.content)
    found = _FROM.fullmatch(asked.get("range", ""))
    if found is None or asked.get("if-range", tag) != tag:
        return Response(file.content, headers=headers)
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if first > last:
        return Response(b"", 416, headers=headers | {"content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Response(file.content[first : last + 1], 206, headers=headers)
