import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.files import animation, picture
from watertower.media.ffmpeg.probe import read_contents
from watertower.media.rules.keys import may_be_served, new_key, new_source_key
from watertower.media.rules.sizes import fit_area
from watertower.media.rules.sniff import GIF, PNG, WEBP, is_animated, sniff


@given(st.binary(max_size=300))
def test_any_bytes_are_something_or_nothing_and_never_an_error(data):
    sniff(data)


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (animation("GIF"), GIF, True),
        (picture(20, 20, kind="GIF"), GIF, False),
        (animation("PNG"), PNG, True),
        (picture(20, 20, kind="PNG"), PNG, False),
        (animation("WEBP"), WEBP, True),
        (picture(20, 20, kind="WEBP"), WEBP, False),
        (b"GIF89a", GIF, False),
        (b"", PNG, False),
    ],
)
def test_whether_it_moves_is_told_without_decoding(tmp_path, data, kind, expected):
    (tmp_path / "file").write_bytes(data)
    assert is_animated(tmp_path / "file", kind) is expected


def test_a_gif_in_millions_of_pieces_costs_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\x01a" * 8_000_000)
    started = time.perf_counter()
    assert is_animated(tmp_path / "file", GIF)
    assert time.perf_counter() - started < 0.5


@given(st.integers(1, 100_000), st.integers(1, 100_000), st.integers(1, 10**7))
def test_what_is_fitted_into_an_area_never_grows_and_never_vanishes(width, height, pixels):
    fitted = fit_area(width, height, pixels)
    assert 1 <= fitted[0] <= width
    assert 1 <= fitted[1] <= height


def test_keys_can_be_served_and_sources_cannot():
    assert may_be_served(new_key("attachments", "original", "image/jpeg"))
    assert not may_be_served(new_source_key())
    assert not may_be_served("attachments/../x.jpg")
    assert not may_be_served("attachments/a.jpg\n")


def test_a_title_cannot_pass_itself_off_as_a_duration():
    words = (
        "Input #0, mov, from 'x':\n  Metadata:\n    title           : x\n"
        "                    :   Duration: 99:00:00.00, bitrate: 3 kb/s\n"
        "  Duration: 00:00:03.50, start: 0.000000, bitrate: 136 kb/s\n"
        "  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(progressive), "
        "640x360 [SAR 1:1 DAR 16:9], 55 kb/s, 29.97 fps, 30k tbr, 12800 tbn (default)\n"
    )
    contents = read_contents(words)
    assert (contents.duration_seconds, contents.bits_per_second) == (3.5, 136_000)
    assert contents.picture is not None
    assert (contents.picture.codec, contents.picture.pixel_format) == ("h264", "yuv420p")
    assert contents.picture.frames_per_second == 29.97


@given(st.text(max_size=400))
def test_whatever_is_printed_is_understood_or_left_alone(words):
    read_contents(words)
    read_contents("  Duration: " + words + "\n  Stream #0:0: Video: " + words)
