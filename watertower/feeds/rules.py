"""The sizes and times of feeds, in one place. No I/O."""

from datetime import timedelta

# How many statuses a home keeps, and how many of the newest are looked at before a boost is
# added: something that still stands on the first screens is not shown again.
HOME_SIZE = 800
BOOSTS_APART = 40

# Members who were away this long are not fanned out to; their home is rebuilt when they return.
AWAY_AFTER = timedelta(days=30)
# For so long a member's own posts are shown from their source, fanned out or not.
OWN_STATUSES_UNTIL = timedelta(hours=1)

# Followers whose homes are written in one statement.
FAN_OUT_CHUNK = 5_000
# What a new follow brings into the home, and what a returning member finds.
BACKFILL_OF_ONE = 20
BACKFILL_OF_ALL = 400
