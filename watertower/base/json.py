"""JSON, in and out of the database and the wire."""

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def to_json(value: Any) -> str:
    """A value as text, for a jsonb parameter."""
    return _encoder.encode(value).decode()


def to_json_bytes(value: Any) -> bytes:
    """A value as bytes, for the wire."""
    return _encoder.encode(value)


def from_json(text: str | bytes | None) -> Any:
    """The value of a jsonb column; None stays None."""
    return None if text is None else _decoder.decode(text)
