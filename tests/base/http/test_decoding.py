"""Unpacking: exact content, and never beyond the limit."""

import gzip
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.http.decoding import Decoder
from watertower.base.http.errors import BadAnswer, TooLargeAnswer


def unpack(encoding, packed, *, limit_bytes=10_000_000, step=1000):
    decoder = Decoder(encoding, limit_bytes=limit_bytes)
    pieces = [
        piece
        for at in range(0, len(packed), step)
        for piece in decoder.feed(packed[at : at + step])
    ]
    decoder.finish()
    return b"".join(pieces)


def raw_deflate(content):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@given(st.binary(max_size=3000), st.integers(1, 500), st.integers(1, 400))
def test_every_encoding_gives_the_content_back(content, step, repeat):
    content *= repeat
    assert unpack("", content, step=step) == content
    assert unpack("gzip", gzip.compress(content, mtime=0), step=step) == content
    assert (
        unpack("x-gzip", gzip.compress(content[:7], mtime=0) + gzip.compress(content[7:]))
        == content
    )
    assert unpack("deflate", zlib.compress(content), step=step) == content
    assert unpack("deflate", raw_deflate(content), step=step) == content


def test_a_bomb_costs_no_more_than_its_limit():
    bomb = gzip.compress(bytes(200_000_000))
    with pytest.raises(TooLargeAnswer):
        unpack("gzip", bomb, limit_bytes=1_000_000)


def test_the_limit_is_exact_on_both_sides_of_the_packing():
    assert unpack("gzip", gzip.compress(bytes(1000)), limit_bytes=1000) == bytes(1000)
    with pytest.raises(TooLargeAnswer):
        unpack("gzip", gzip.compress(bytes(1001)), limit_bytes=1000)
    assert unpack("identity", bytes(1000), limit_bytes=1000) == bytes(1000)
    with pytest.raises(TooLargeAnswer):
        unpack("identity", bytes(1001), limit_bytes=1000)
    with pytest.raises(TooLargeAnswer):
        unpack("gzip", gzip.compress(os.urandom(1000)), limit_bytes=1000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_an_encoding_we_did_not_ask_for_is_a_bad_answer(encoding):
    with pytest.raises(BadAnswer):
        Decoder(encoding, limit_bytes=1)


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(b"hello", mtime=0)[:-3],
        b"not gzip at all",
        gzip.compress(b"a", mtime=0) + b"tail",
        b"".join(gzip.compress(b"", mtime=0) for _ in range(101)),
    ],
)
def test_broken_packing_is_a_bad_answer(packed):
    with pytest.raises(BadAnswer):
        unpack("gzip", packed)
