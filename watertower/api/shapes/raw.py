"""JSON that is already bytes, to be put into a larger answer without decoding it again."""

import msgspec

from watertower.base.web import Response


def raw(value: bytes) -> msgspec.Raw:
    """Bytes of JSON as a value for the encoder."""
    return msgspec.Raw(value)


def raw_list(values: list[bytes]) -> bytes:
    """A JSON array of values that are JSON already."""
    return b"[" + b",".join(values) + b"]"


def raw_response(body: bytes, headers: dict[str, str] | None = None) -> Response:
    """An answer whose body is JSON already."""
    return Response(body, headers=headers or {})
