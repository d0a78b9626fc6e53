"""Snowflake ids in Mastodon's layout: milliseconds since 1970 shifted left by 16, and a tail.

The database makes them (`next_id()`), so that two machines never make the same one. Here is
only what needs no database: bounds for paging by time.
"""

from datetime import UTC, datetime

MAX_ID = 2**63 - 1


def first_id_at(moment: datetime) -> int:
    """The smallest id that a row made at this moment can have."""
    return max(0, int(moment.timestamp() * 1000)) << 16


def time_of_id(snowflake: int) -> datetime:
    """When the row of this id was made, to the millisecond."""
    return datetime.fromtimestamp((snowflake >> 16) / 1000, UTC)
