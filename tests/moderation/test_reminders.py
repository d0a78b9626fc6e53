"""When a deadline is spoken of."""

from datetime import UTC, datetime, timedelta

from watertower.moderation.steps.reminders import moments_to_remind, next_moment

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
DUE = BEGIN + timedelta(days=10)
HALF, MOST = BEGIN + timedelta(days=5), BEGIN + timedelta(days=9)


def test_at_half_of_the_time_and_at_nine_tenths():
    assert moments_to_remind(BEGIN, DUE) == (HALF, MOST)


def test_no_time_no_reminder():
    assert moments_to_remind(BEGIN, BEGIN) == ()
    assert moments_to_remind(DUE, BEGIN) == ()


def test_the_next_moment_is_ahead_and_the_deadline_is_the_last_one():
    second = timedelta(seconds=1)
    assert next_moment(BEGIN, DUE, after=BEGIN) == HALF
    assert next_moment(BEGIN, DUE, after=HALF) == MOST
    assert next_moment(BEGIN, DUE, after=MOST - second) == MOST
    assert next_moment(BEGIN, DUE, after=MOST) == DUE
    assert next_moment(BEGIN, DUE, after=DUE) is None
