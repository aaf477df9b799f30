"""Samples: the hand-written answers of tests/wire, as the adapter meets them."""

import json
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent.parent / "wire"


def body(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def result(name: str) -> Any:
    return json.loads(body(name))["result"]


def raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())


def raw_result(name: str) -> msgspec.Raw:
    return raw(result(name))
