"""Wire: envelopes and JSON in which every number is exact."""

import json
import re
import secrets
from dataclasses import dataclass
from decimal import Decimal

from freelancer_tui.sandbox.refusals import Refusal

JSON = "application/json"
_MARK = secrets.token_hex(8)
"""Decimals pass the encoder as strings with this mark, which nobody outside can know."""
_MARKED = re.compile(f'"{_MARK}([^"]*)"'.encode())


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is no envelope: the bytes of a file."""

    content: bytes
    content_type: str
    filename: str


def encode(value: object) -> bytes:
    """Give JSON bytes; decimals become numbers without passing through a float."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_marked)
    return _MARKED.sub(rb"\1", text.encode())


def _marked(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON")
    text = format(value, "f")
    return _MARK + (text.rstrip("0").rstrip(".") if "." in text else text)


def success(result: object, request_id: str) -> bytes:
    """Give the envelope of an answer."""
    return encode({"status": "success", "result": result, "request_id": request_id})


def failure(refusal: Refusal, request_id: str, *, nested: bool = False) -> bytes:
    """Give the envelope of a refusal, in the newer nested form if that was asked for."""
    if nested:
        error = {
            "code": refusal.code.rpartition(".")[2],
            "detail": refusal.message,
            "http_code": refusal.status,
            "source": "sandbox",
        }
        return encode({"status": "error", "request_id": request_id, "error": error})
    return encode(
        {
            "status": "error",
            "message": refusal.message,
            "error_code": refusal.code,
            "request_id": request_id,
        }
    )


def compact(value: object) -> object:
    """Give a value without null and empty members."""
    if isinstance(value, dict):
        kept = {key: compact(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [compact(item) for item in value]
    return value
