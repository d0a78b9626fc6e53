"""All programs."""

from tests.federation.payloads import (
    bookwyrm,
    bridgy_fed,
    friendica,
    gotosocial,
    lemmy,
    mastodon,
    mbin,
    misskey,
    peertube,
    pixelfed,
    pleroma,
    threads,
    wordpress,
)

PROGRAMS = [
    one.PROGRAM
    for one in (
        bookwyrm, bridgy_fed, friendica, gotosocial, lemmy, mastodon, mbin, misskey, peertube,
        pixelfed, pleroma, threads, wordpress,
    )
]  # fmt: skip
