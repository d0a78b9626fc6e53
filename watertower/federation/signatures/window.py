"""When a signature is valid: Mastodon's rules, so that our clocks may differ like theirs."""

from datetime import UTC, datetime, timedelta

from watertower.federation.signatures.errors import MalformedSignature, OutsideItsTime

CLOCK_SKEW = timedelta(hours=1)
DEFAULT_LIFE = timedelta(minutes=5)
LONGEST_LIFE = timedelta(hours=12)
# The years 1970 to 5138: beyond, datetime runs out before integers do.
LAST_SECOND = 99_999_999_999


def moment(seconds: int) -> datetime:
    """A Unix time as a moment. Raises MalformedSignature when it is absurd."""
    if not 0 <= seconds <= LAST_SECOND:
        raise MalformedSignature
    return datetime.fromtimestamp(seconds, UTC)


def check_time(*, created: datetime, expires: datetime | None, now: datetime) -> None:
    """Raises OutsideItsTime unless `now` lies between `created` and its end, give or take 1 h.

    The end is `expires`, or 5 minutes after `created`, and never more than 12 hours after it.
    """
    end = min(expires or created + DEFAULT_LIFE, created + LONGEST_LIFE)
    if created > now + CLOCK_SKEW or now > end + CLOCK_SKEW:
        raise OutsideItsTime
