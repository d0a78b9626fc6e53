"""Numbers and moments as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from watertower.web.views.browser import browser_words
from watertower.web.views.moments import machine_time, short_time, spoken_time
from watertower.web.views.numbers import counted, shortened

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (999, "999"), (1000, "1K"), (1250, "1.2K"), (34_567, "34K"), (5_600_000, "5.6M")],
)
def test_large_numbers_are_shortened(number, words):
    assert shortened(number) == words


def test_one_is_not_many():
    assert [counted(n, "reply", "replies") for n in (0, 1, 2)] == [
        "0 replies",
        "1 reply",
        "2 replies",
    ]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=6), "6 d"),
        (timedelta(days=30), "24 Oct"),
        (timedelta(days=400), "19 Oct 2025"),
    ],
)
def test_moments_are_told_as_distances_and_then_as_days(ago, words):
    assert short_time(NOW - ago, NOW) == words


def test_a_moment_in_full():
    assert (spoken_time(NOW), machine_time(NOW)) == (
        "23 November 2026, 12:00 UTC",
        "2026-11-23T12:00:00Z",
    )


def test_browsers_are_named():
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    assert browser_words(firefox) == "Firefox on Linux"
    assert browser_words("") == "Another browser"
