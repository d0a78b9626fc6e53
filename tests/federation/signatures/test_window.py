"""The time a signature holds."""

from datetime import UTC, datetime, timedelta

import pytest

from watertower.federation.signatures.errors import MalformedSignature, OutsideItsTime
from watertower.federation.signatures.window import check_time, moment

CREATED = datetime(2026, 11, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expires_after", "holds_until"),
    [
        (None, timedelta(hours=1, minutes=5)),
        (timedelta(minutes=1), timedelta(hours=1, minutes=1)),
        (timedelta(hours=3), timedelta(hours=4)),
        (timedelta(days=400), timedelta(hours=13)),
        (timedelta(0), timedelta(hours=1)),
    ],
)
def test_it_holds_until_its_end_and_an_hour(expires_after, holds_until):
    expires = None if expires_after is None else CREATED + expires_after
    check_time(created=CREATED, expires=expires, now=CREATED + holds_until)
    with pytest.raises(OutsideItsTime):
        check_time(
            created=CREATED, expires=expires, now=CREATED + holds_until + timedelta(seconds=1)
        )


@pytest.mark.parametrize("seconds", [-1, 10**11, 10**15])
def test_absurd_moments_are_malformed(seconds):
    with pytest.raises(MalformedSignature):
        moment(seconds)
