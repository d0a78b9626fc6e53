"""Length is counted as the apps count it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.text.count import length_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("hello", 5),
        ("https://a.example/" + "x" * 500, 23),
        ("https://a.bc", 23),
        ("see https://a.example/x, ok", 4 + 23 + 4),
        ("@bob@remote.example hi", 7),
        ("@bob hi", 7),
        ("#tag", 4),
        ("e\u0301é", 2),
        ("👨‍👩‍👧", 1),
        ("👍🏽👍", 2),
        ("🇦🇹🇩🇪", 2),
        ("❤️", 1),
        ("हिन्दी", 3),
        ("日本", 2),
        ("a\r\nb\n", 3),
    ],
)
def test_length(text, expected):
    assert length_of(text, "") == expected


def test_the_content_warning_counts_too():
    assert length_of("abc", "cw é") == 7


def test_links_in_the_content_warning_count_in_full():
    assert length_of("", "https://a.example/12345") == 23


@given(st.text(max_size=200))
def test_nothing_is_longer_than_its_code_points_except_short_links(text):
    assert 0 <= length_of(text, "") <= max(len(text), 23 * (text.count("://") + 1) + len(text))


def test_a_megabyte_is_counted_in_under_a_second():
    for unit in ("@", "\u0301", "🇦", "😀\u200d", "@a@a.", "http://a.bc/("):
        started = time.process_time()
        length_of(unit * (1_000_000 // len(unit)), "")
        assert time.process_time() - started < 1.0, unit
