"""Nobody reads what is not for them, whichever way they ask: every GET route, every viewer.

The world holds whatever could leak (walk_world.py), each with a mark of its own; walk.py asks for
everything in it. What each viewer saw must be exactly what stands here.
"""

from collections import defaultdict

import pytest

from tests.security.walk import Seen, walk
from tests.security.walk_world import VIEWERS, build
from watertower.feeds.access.trends import forget_trends

EVERYBODY = {"public", *VIEWERS}
MEMBERS = set(VIEWERS)  # who is frozen reads like everybody

# Who may see what at all. Alice blocks one of them; what is public reaches that one as well, but
# only in an embed or a feed, which do not know who looks.
WHO = {
    "public": EVERYBODY,
    "unlisted": EVERYBODY,
    "private": {"follower", "frozen_follower", "alice"},
    "privatereply": {"follower", "frozen_follower", "alice"},
    "direct": {"mentioned", "alice"},
    "localonly": MEMBERS - {"blocked"},
    "frozen": EVERYBODY,
    "limited": EVERYBODY,
    "muted": EVERYBODY,
    "replytoprivate": EVERYBODY,
    **dict.fromkeys(
        [f"quoteof{what}" for what in ("public", "private", "direct", "localonly")]
        + ["quoteofdeleted", "quoteofsuspended", "quoteoflimited"],
        EVERYBODY,
    ),
    "note": {"alice"},
    "email": {"alice"},
    "scheduled": {"alice"},
    "filter": {"alice"},
    **{f"listof{who.replace('_', '')}": {who} for who in MEMBERS},
    # Nobody: "deleted", "suspended", "suspendednote", the lists of who may not sign in.
}

# Where nobody asked for anybody in particular.
FEEDS = {
    "/",
    "/public/local",
    "/tags/:tag",
    "RSS /tags/:tag",
    "/api/v1/timelines/public",
    "/api/v1/timelines/tag/:hashtag",
    "/api/v1/trends/statuses",
}
TAGGED = {"/tags/:tag", "RSS /tags/:tag", "/api/v1/timelines/tag/:hashtag"}
IN_FEEDS_FOR_THE_PUBLIC = {
    "public": FEEDS,
    "frozen": FEEDS,
    "muted": FEEDS,
    "replytoprivate": TAGGED,  # a reply is in no timeline but that of its tag
}

# Who muted somebody still sees what they ask for by name.
MUTED_BUT_ASKED_FOR = {
    "/@name",
    "/@name/:id",
    "/@name/:id/embed",
    "/@name/with_replies",
    "/api/v1/accounts/:id/statuses",
    "/api/v1/bookmarks",
    "/api/v1/conversations",
    "/api/v1/favourites",
    "/api/v1/notifications/:id",
    "/api/v1/statuses",
    "/api/v1/statuses/:id",
    "/api/v1/statuses/:id/history",
    "/api/v1/statuses/:id/source",
    "/api/v2/search",
    "RSS /@name",
    "RSS /@name/with_replies.rss",
    "RSS /tags/:tag",
}
BLOCKED_BUT_PUBLIC = {
    "/@name/:id/embed",
    "/api/oembed",
    "RSS /@name",
    "RSS /@name/with_replies.rss",
    "RSS /tags/:tag",
}


@pytest.fixture
async def seen(empty, client) -> dict[str, Seen]:
    """What each viewer saw."""
    forget_trends()
    world = await build(empty)
    found = {"public": await walk(world, client, None)}
    for viewer in VIEWERS:
        found[viewer] = await walk(world, client, viewer)
    forget_trends()
    return found


async def test_every_viewer_sees_what_is_for_them_and_nothing_else(seen):
    who = defaultdict(set)
    for viewer, marks in seen.items():
        for name in marks:
            who[name].add(viewer)
    assert who == WHO

    in_feeds = {name: routes & FEEDS for name, routes in seen["public"].items()}
    assert {k: v for k, v in in_feeds.items() if v} == IN_FEEDS_FOR_THE_PUBLIC

    for viewer in ("stranger", "follower"):
        assert seen[viewer]["muted"] <= MUTED_BUT_ASKED_FOR, viewer

    for name in ("public", "unlisted"):
        assert seen["blocked"][name] <= BLOCKED_BUT_PUBLIC

    for marks in seen.values():
        for name in ("private", "privatereply", "direct", "unlisted"):
            assert marks.get(name, set()) & FEEDS <= {"/"}  # there members have their home
