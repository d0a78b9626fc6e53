"""Unpacking a compressed answer piece by piece, never beyond its limit.

Done here and not by aiohttp, so that a small answer that unpacks to gigabytes costs at most
the limit, whatever the version of the library.
"""

import zlib
from collections.abc import Iterator

from watertower.base.http.errors import BadAnswer, TooLargeAnswer

PIECE_BYTES = 65_536
MEMBERS_LIMIT = 100
GZIP = 16 + zlib.MAX_WBITS


class Decoder:
    """Turns the bytes of one answer into its content. Raises TooLargeAnswer and BadAnswer.

    Knows identity, gzip (RFC 1952, several members too) and deflate, with or without the zlib
    wrapping (RFC 9110, 8.4.1.2). The limit holds for the packed and for the unpacked bytes.
    """

    def __init__(self, encoding: str, *, limit_bytes: int) -> None:
        self._encoding = encoding.strip().lower() or "identity"
        if self._encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
            raise BadAnswer
        self._limit = limit_bytes
        self._packed = self._unpacked = self._members = 0
        self._inflate: zlib._Decompress | None = None

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The content that these bytes bring."""
        self._packed += len(packed)
        if self._packed > self._limit:
            raise TooLargeAnswer
        if self._encoding == "identity":
            yield packed
            return
        may_hold_more = False
        while packed or may_hold_more:
            if self._inflate is None or self._inflate.eof:
                self._inflate = self._next_member(packed)
            try:
                piece = self._inflate.decompress(packed, PIECE_BYTES)
            except zlib.error as error:
                raise BadAnswer from error
            self._unpacked += len(piece)
            if self._unpacked > self._limit:
                raise TooLargeAnswer
            if piece:
                yield piece
            packed = self._inflate.unconsumed_tail or self._inflate.unused_data
            may_hold_more = len(piece) == PIECE_BYTES and not self._inflate.eof

    def finish(self) -> None:
        """Say that the last byte was fed. Raises BadAnswer when the packing broke off."""
        if self._inflate is not None and not self._inflate.eof:
            raise BadAnswer

    def _next_member(self, packed: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > MEMBERS_LIMIT or (self._members > 1 and self._encoding == "deflate"):
            raise BadAnswer
        if self._encoding != "deflate":
            return zlib.decompressobj(GZIP)
        is_wrapped = packed[0] & 0x0F == 8
        return zlib.decompressobj(zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS)
