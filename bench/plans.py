# ruff: noqa: ARG005  # questions have one shape, whatever they use of it
"""Asks the hot queries of a large database, and says what each costs and which plan serves it.

    .venv/bin/python bench/generate.py --url URL && .venv/bin/python bench/plans.py --url URL

The queries are those of the rooms, called as the doors call them, for twenty viewers in turn.
CPU is that of the PostgreSQL backend for one run. "any" is what the database settles on by
itself; "generic" is the plan that serves any parameters, which every connection that lives long
ends with. Ends with 1 when a generic plan reads a large table from end to end.
"""

import argparse
import asyncio
import hashlib
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from measure import Asking, Backend, backend

from watertower.accounts.queries.accounts import find_account_by_handle, list_accounts
from watertower.accounts.queries.follow_requests import list_follow_requests
from watertower.accounts.queries.follows import list_followers, list_following
from watertower.accounts.queries.lines import list_account_lines, list_with_roles
from watertower.accounts.queries.relations import list_relationships
from watertower.accounts.queries.search import search_accounts
from watertower.accounts.queries.viewers import find_viewer
from watertower.base.db.transaction import Reading
from watertower.base.ids import first_id_at
from watertower.base.paging import Page
from watertower.federation.queries.actors import find_actor_by_uri, find_actor_by_url
from watertower.federation.queries.deliveries import list_hosts_due
from watertower.federation.queries.received import list_origins_due
from watertower.federation.queries.shown import (
    find_own_by_id,
    find_own_by_name,
    find_own_status,
    list_outbox,
)
from watertower.feeds.model import StatusQuestion, TagChoice
from watertower.feeds.queries.conversations import list_conversations
from watertower.feeds.queries.home import list_home
from watertower.feeds.queries.notification_lines import count_unread, list_notifications
from watertower.feeds.queries.search import search_statuses
from watertower.feeds.queries.tags import find_tag, list_tags_with_prefix, list_trending_tags
from watertower.feeds.queries.timelines import list_in_list, list_public, list_tagged
from watertower.feeds.queries.trends import list_trending
from watertower.statuses.access.thread import MEMBERS, PUBLIC
from watertower.statuses.queries.bookmarks import list_bookmarked
from watertower.statuses.queries.context import list_thread
from watertower.statuses.queries.faces import list_faces
from watertower.statuses.queries.favourites import list_favourited, list_favouriters
from watertower.statuses.queries.lines import list_lines_by_ids
from watertower.statuses.queries.of_account import Choice, list_of_account
from watertower.statuses.queries.seen import find_visible_status

NOW = datetime.now(UTC)
TODAY = NOW.date()
TWENTY = Page(limit=20)
FORTY = Page(limit=40)
TIMES = 20
MODES = ("auto", "force_generic_plan", "force_custom_plan")


@dataclass
class World:
    """What the questions are about."""

    viewers: list[int]
    keen_viewers: list[int]  # who follow a thousand
    authors: list[int]
    newest: list[int]
    thread: int
    list_ids: dict[int, int]
    token_hash: bytes
    names: list[str]
    uris: list[str]
    middle: int  # an id half a year back


async def world_of(connection: asyncpg.Connection) -> World:
    """Look for it in the database that generate.py filled."""
    ids = lambda rows: [row[0] for row in rows]  # noqa: E731
    active = ids(
        await connection.fetch(
            "SELECT account_id FROM logins WHERE last_active_at > now() - interval '29 days' AND account_id % 10 = 0 "
            "ORDER BY account_id LIMIT 20 OFFSET 100"
        )
        or await connection.fetch("SELECT account_id FROM logins LIMIT 20")
    )
    keen = ids(
        await connection.fetch(
            "SELECT s.account_id FROM account_stats s JOIN logins l USING (account_id) "
            "WHERE l.last_active_at > now() - interval '29 days' ORDER BY following_count DESC LIMIT 10"
        )
    )
    # Authors from many followers and posts to few.
    authors = ids(
        await connection.fetch(
            "SELECT account_id FROM (SELECT account_id, row_number() OVER (ORDER BY statuses_count DESC) AS n "
            "FROM account_stats) s WHERE n % (SELECT greatest(1, count(*) / 20) FROM account_stats) = 1 LIMIT 20"
        )
    )
    newest = ids(
        await connection.fetch(
            "SELECT id FROM statuses WHERE visibility = 0 AND reblog_of_id IS NULL ORDER BY id DESC LIMIT 40"
        )
    )
    thread = await connection.fetchval(
        "SELECT in_reply_to_id FROM (SELECT in_reply_to_id FROM statuses WHERE in_reply_to_id IS NOT NULL "
        "ORDER BY id DESC LIMIT 20000) r GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    root = await connection.fetchval(
        "SELECT min(id) FROM statuses WHERE conversation_id = (SELECT conversation_id FROM statuses WHERE id = $1)",
        thread,
    )
    people = await connection.fetch(
        "SELECT username, uri FROM accounts WHERE domain IS NULL ORDER BY id LIMIT 20"
    )
    return World(
        viewers=active,
        keen_viewers=keen,
        authors=authors,
        newest=newest,
        thread=root,
        list_ids={
            r[0]: r[1]
            for r in await connection.fetch(
                "SELECT account_id, max(id) FROM lists GROUP BY 1 LIMIT 20"
            )
        },
        token_hash=hashlib.sha256(hashlib.sha256(b"bench 0").hexdigest().encode()).digest(),
        names=[row["username"] for row in people],
        uris=[row["uri"] for row in people],
        middle=first_id_at(NOW - timedelta(days=180)),
    )


Ask = Callable[[Reading, World, int], Awaitable[Any]]


def _at(values: list[Any], n: int) -> Any:
    return values[n % len(values)]


# Each: its name, and how to ask it for the n-th time.
QUESTIONS: list[tuple[str, Ask]] = [
    ("token to viewer", lambda tx, w, n: find_viewer(tx, token_hash=w.token_hash, at=NOW)),
    ("home", lambda tx, w, n: list_home(tx, account_id=_at(w.viewers, n), page=TWENTY, now=NOW)),
    ("home, 40", lambda tx, w, n: list_home(tx, account_id=_at(w.viewers, n), page=FORTY, now=NOW)),
    (
        "home, follows 1,000",
        lambda tx, w, n: list_home(tx, account_id=_at(w.keen_viewers, n), page=TWENTY, now=NOW),
    ),
    (
        "home, min_id",
        lambda tx, w, n: list_home(
            tx,
            account_id=_at(w.viewers, n),
            page=Page(20, after_id=w.middle, upwards=True),
            now=NOW,
        ),
    ),
    (
        "public, local",
        lambda tx, w, n: list_public(tx, viewer_id=_at(w.viewers, n), page=TWENTY, origin="local"),
    ),
    ("public, all", lambda tx, w, n: list_public(tx, viewer_id=_at(w.viewers, n), page=TWENTY)),
    (
        "public, remote",
        lambda tx, w, n: list_public(tx, viewer_id=_at(w.viewers, n), page=TWENTY, origin="remote"),
    ),
    ("public, nobody signed in", lambda tx, w, n: list_public(tx, viewer_id=None, page=TWENTY)),
    (
        "public, half a year back",
        lambda tx, w, n: list_public(
            tx, viewer_id=_at(w.viewers, n), page=Page(20, before_id=w.middle)
        ),
    ),
    (
        "public, media only",
        lambda tx, w, n: list_public(tx, viewer_id=_at(w.viewers, n), page=TWENTY, only_media=True),
    ),
    (
        "public, one language",
        lambda tx, w, n: list_public(
            tx, viewer_id=_at(w.viewers, n), page=TWENTY, languages=["fr"]
        ),
    ),
    (
        "tag, common",
        lambda tx, w, n: list_tagged(
            tx, viewer_id=_at(w.viewers, n), page=TWENTY, tags=TagChoice(any_of=["server"])
        ),
    ),
    (
        "tag, rarest",
        lambda tx, w, n: list_tagged(
            tx, viewer_id=_at(w.viewers, n), page=TWENTY, tags=TagChoice(any_of=["story"])
        ),
    ),
    (
        "tag, two and not a third",
        lambda tx, w, n: list_tagged(
            tx,
            viewer_id=_at(w.viewers, n),
            page=TWENTY,
            tags=TagChoice(any_of=["server", "music"], none_of=["cat"]),
        ),
    ),
    (
        "list of 25",
        lambda tx, w, n: list_in_list(
            tx,
            owner_id=_at(sorted(w.list_ids), n),
            list_id=w.list_ids[_at(sorted(w.list_ids), n)],
            page=TWENTY,
        ),
    ),
    (
        "statuses of an account",
        lambda tx, w, n: list_of_account(
            tx,
            viewer_id=_at(w.viewers, n),
            account_id=_at(w.authors, n),
            choice=Choice(),
            page=TWENTY,
        ),
    ),
    (
        "of an account, no replies, no boosts",
        lambda tx, w, n: list_of_account(
            tx,
            viewer_id=_at(w.viewers, n),
            account_id=_at(w.authors, n),
            page=TWENTY,
            choice=Choice(excludes_replies=True, excludes_reblogs=True),
        ),
    ),
    (
        "of an account, media",
        lambda tx, w, n: list_of_account(
            tx,
            viewer_id=None,
            account_id=_at(w.authors, n),
            choice=Choice(only_media=True),
            page=TWENTY,
        ),
    ),
    (
        "of an account, pinned",
        lambda tx, w, n: list_of_account(
            tx,
            viewer_id=None,
            account_id=_at(w.authors, n),
            choice=Choice(only_pinned=True),
            page=TWENTY,
        ),
    ),
    (
        "of an account, tagged",
        lambda tx, w, n: list_of_account(
            tx, viewer_id=None, account_id=_at(w.authors, n), choice=Choice(tag="cat"), page=TWENTY
        ),
    ),
    (
        "one status, visible?",
        lambda tx, w, n: find_visible_status(
            tx, viewer_id=_at(w.viewers, n), status_id=_at(w.newest, n)
        ),
    ),
    (
        "line of one status",
        lambda tx, w, n: list_lines_by_ids(
            tx, viewer_id=_at(w.viewers, n), status_ids=[_at(w.newest, n)]
        ),
    ),
    (
        "lines of 20 statuses",
        lambda tx, w, n: list_lines_by_ids(
            tx, viewer_id=_at(w.viewers, n), status_ids=w.newest[:20]
        ),
    ),
    ("faces of 20 statuses", lambda tx, w, n: list_faces(tx, status_ids=w.newest[:20])),
    (
        "thread of 50",
        lambda tx, w, n: list_thread(
            tx, viewer_id=_at(w.viewers, n), status_id=w.thread, limits=MEMBERS
        ),
    ),
    (
        "thread of 50, nobody signed in",
        lambda tx, w, n: list_thread(tx, viewer_id=None, status_id=w.thread, limits=PUBLIC),
    ),
    ("favourites", lambda tx, w, n: list_favourited(tx, account_id=_at(w.viewers, n), page=TWENTY)),
    ("bookmarks", lambda tx, w, n: list_bookmarked(tx, account_id=_at(w.viewers, n), page=TWENTY)),
    (
        "who starred it",
        lambda tx, w, n: list_favouriters(
            tx, viewer_id=_at(w.viewers, n), status_id=_at(w.newest, n), page=FORTY
        ),
    ),
    (
        "notifications",
        lambda tx, w, n: list_notifications(tx, account_id=_at(w.viewers, n), page=FORTY),
    ),
    (
        "notifications, mentions only",
        lambda tx, w, n: list_notifications(
            tx, account_id=_at(w.viewers, n), page=FORTY, kinds=["mention"]
        ),
    ),
    (
        "notifications, unread",
        lambda tx, w, n: count_unread(
            tx,
            account_id=_at(w.viewers, n),
            most=100,
            kinds=None,
            without_kinds=None,
            from_account_id=None,
        ),
    ),
    (
        "conversations",
        lambda tx, w, n: list_conversations(tx, account_id=_at(w.viewers, n), page=TWENTY),
    ),
    (
        "accounts by name, rare",
        lambda tx, w, n: search_accounts(
            tx,
            words="person12345"[: 8 + n % 4],
            domain=None,
            viewer_id=_at(w.viewers, n),
            only_following=False,
            limit=20,
            offset=0,
        ),
    ),
    (
        "accounts by name, everybody fits",
        lambda tx, w, n: search_accounts(
            tx,
            words="pers",
            domain=None,
            viewer_id=_at(w.viewers, n),
            only_following=False,
            limit=5,
            offset=0,
        ),
    ),
    (
        "accounts by name, of those followed",
        lambda tx, w, n: search_accounts(
            tx,
            words="pers",
            domain=None,
            viewer_id=_at(w.viewers, n),
            only_following=True,
            limit=5,
            offset=0,
        ),
    ),
    (
        "search, rare word",
        lambda tx, w, n: search_statuses(
            tx,
            viewer_id=_at(w.viewers, n),
            question=StatusQuestion(words="zozozo kladu"),
            limit=20,
            offset=0,
        ),
    ),
    (
        "search, common words",
        lambda tx, w, n: search_statuses(
            tx,
            viewer_id=_at(w.viewers, n),
            question=StatusQuestion(words="server cat"),
            limit=20,
            offset=0,
        ),
    ),
    (
        "search, one common word",
        lambda tx, w, n: search_statuses(
            tx,
            viewer_id=_at(w.viewers, n),
            question=StatusQuestion(words="music"),
            limit=20,
            offset=0,
        ),
    ),
    (
        "search, from an account",
        lambda tx, w, n: search_statuses(
            tx,
            viewer_id=_at(w.viewers, n),
            question=StatusQuestion(words="", from_account_id=_at(w.viewers, n)),
            limit=20,
            offset=0,
        ),
    ),
    (
        "search, library",
        lambda tx, w, n: search_statuses(
            tx,
            viewer_id=_at(w.viewers, n),
            question=StatusQuestion(words="music", where="library"),
            limit=20,
            offset=0,
        ),
    ),
    (
        "tags by prefix",
        lambda tx, w, n: list_tags_with_prefix(
            tx,
            viewer_id=_at(w.viewers, n),
            prefix="mo",
            today=TODAY,
            limit=20,
            offset=0,
            only_reviewed=False,
        ),
    ),
    (
        "one tag",
        lambda tx, w, n: find_tag(tx, viewer_id=_at(w.viewers, n), name="cat", today=TODAY),
    ),
    (
        "tags, trending",
        lambda tx, w, n: list_trending_tags(
            tx, viewer_id=_at(w.viewers, n), today=TODAY, people=2, limit=10
        ),
    ),
    (
        "statuses, trending",
        lambda tx, w, n: list_trending(
            tx, after_id=first_id_at(NOW - timedelta(days=2)), least=3, limit=100
        ),
    ),
    (
        "followers",
        lambda tx, w, n: list_followers(
            tx, account_id=_at(w.authors, n), viewer_id=_at(w.viewers, n), page=FORTY
        ),
    ),
    (
        "following",
        lambda tx, w, n: list_following(
            tx, account_id=_at(w.authors, n), viewer_id=_at(w.viewers, n), page=FORTY
        ),
    ),
    (
        "follow requests",
        lambda tx, w, n: list_follow_requests(tx, account_id=_at(w.authors, n), page=FORTY),
    ),
    (
        "relationships to 20",
        lambda tx, w, n: list_relationships(
            tx, account_id=_at(w.viewers, n), target_ids=w.authors, with_suspended=False, now=NOW
        ),
    ),
    ("lines of 20 accounts", lambda tx, w, n: list_account_lines(tx, account_ids=w.authors)),
    ("20 accounts", lambda tx, w, n: list_accounts(tx, account_ids=w.authors)),
    ("20 accounts with roles", lambda tx, w, n: list_with_roles(tx, account_ids=w.authors)),
    (
        "account by handle",
        lambda tx, w, n: find_account_by_handle(tx, username=_at(w.names, n), domain=None),
    ),
    ("account by uri", lambda tx, w, n: find_actor_by_uri(tx, uri=_at(w.uris, n))),
    ("account by uri or page", lambda tx, w, n: find_actor_by_url(tx, url=_at(w.uris, n))),
    ("webfinger", lambda tx, w, n: find_own_by_name(tx, username=_at(w.names, n))),
    ("actor", lambda tx, w, n: find_own_by_id(tx, account_id=_at(w.viewers, n))),
    ("note", lambda tx, w, n: find_own_status(tx, status_id=_at(w.newest, n))),
    (
        "outbox",
        lambda tx, w, n: list_outbox(
            tx, account_id=_at(w.authors, n), before_id=1 << 62, after_id=0, limit=20
        ),
    ),
    ("deliveries due", lambda tx, w, n: list_hosts_due(tx, now=datetime.now(UTC), but=[])),
    (
        "received, due",
        lambda tx, w, n: list_origins_due(tx, now=datetime.now(UTC), but=[], limit=20),
    ),
]

# Tables that stay small, or that grow with what waits: reading them whole is right.
SMALL = {
    "tags",
    "tag_follows",
    "featured_tags",
    "roles",
    "delivery_hosts",
    "server_policies",
    "markers",
    "endorsements",
    "account_notes",
    "follow_requests",
    "domain_mutes",
}


@dataclass
class Answer:
    """A row of the table."""

    name: str
    any_ms: float
    generic_ms: float
    custom_ms: float
    rows: float
    buffers: int
    indexes: list[str]
    worries: list[str]
    plan: str


async def answer(one: Backend, world: World, name: str, ask: Ask, large: set[str]) -> Answer:
    """Ask it twenty times to learn its SQL, then measure."""
    asked: dict[str, list[tuple[Any, ...]]] = {}
    for n in range(TIMES):
        asking = Asking(one.connection)
        await ask(Reading(asking), world, n)
        for sql, args in asking.asked:
            asked.setdefault(sql, []).append(args)
    cost, rows = dict.fromkeys(MODES, 0.0), 0.0
    for mode in MODES:
        await one.connection.execute(f"SET plan_cache_mode = {mode}")
        await one.connection.execute("DISCARD PLANS")
        for sql, variants in asked.items():
            # A search asks once or several times: by how often on average.
            spent, rows = await one.run(sql, variants)
            cost[mode] += spent * len(variants) / TIMES
    await one.connection.execute("RESET plan_cache_mode")
    plans = [await one.explain(sql, variants[0]) for sql, variants in asked.items()]
    scanned = {table for plan in plans for table in plan.scanned if table in large}
    worries = [f"reads all of {table}" for table in sorted(scanned)]
    if (most := max(plan.most_sorted for plan in plans)) > 2000:
        worries.append(f"sorts {most} rows")
    if (most := max(plan.most_filtered for plan in plans)) > 2000:
        worries.append(f"drops {most} rows")
    indexes = list(dict.fromkeys(name for plan in plans for name in plan.indexes))
    buffers, text = sum(plan.buffers for plan in plans), "\n".join(plan.text for plan in plans)
    return Answer(name, *cost.values(), rows, buffers, indexes, worries, text)


async def report(url: str, *, only: str, with_plans: bool) -> int:
    """Print the table; answers how many plans are bad."""
    async with backend(url) as one:
        world = await world_of(one.connection)
        large = {
            row[0]
            for row in await one.connection.fetch(
                "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND pg_relation_size(c.oid) > 300 * 8192"
            )
        } - SMALL
        print("| Query | CPU ms | generic | custom | rows | pages | indexes | |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |")
        bad = 0
        for name, ask in QUESTIONS:
            if only and only not in name:
                continue
            got = await answer(one, world, name, ask, large)
            bad += any(worry.startswith("reads all") for worry in got.worries)
            print(
                f"| {got.name} | {got.any_ms:.2f} | {got.generic_ms:.2f} | {got.custom_ms:.2f} | {got.rows:.0f} "
                f"| {got.buffers} | {', '.join(got.indexes)} | {'; '.join(got.worries)} |",
                flush=True,
            )
            if with_plans:
                print(got.plan)
    return bad


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--url",
        default=os.environ.get("DATABASE_URL", ""),
        help="the database; default DATABASE_URL",
    )
    parser.add_argument("--only", default="", help="queries whose name holds this")
    parser.add_argument("--plans", action="store_true", help="print the generic plans as well")
    given = parser.parse_args()
    sys.exit(1 if asyncio.run(report(given.url, only=given.only, with_plans=given.plans)) else 0)


if __name__ == "__main__":
    main()
