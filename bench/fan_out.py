"""Fan-out on write against reading without it: what each costs PostgreSQL, on a large database.

    .venv/bin/python bench/generate.py --url URL --home 800 && .venv/bin/python bench/fan_out.py --url URL
    .venv/bin/python bench/fan_out.py --url URL --server http://127.0.0.1:3000

The first prints the tables of docs/decisions/fan-out.md; CPU is that of the backend, from the
kernel. The second posts through a running server and its workers, and says when the post stood
in all homes. Both make authors with exactly so many followers and take them away afterwards.
"""

import argparse
import asyncio
import hashlib
import json
import os
import statistics
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
from measure import Backend, backend

from watertower.base.db.transaction import Transaction
from watertower.base.ids import MAX_ID, first_id_at
from watertower.feeds.queries.fan_out import (
    insert_backfill,
    insert_homes,
    insert_homes_of_tag_followers,
)
from watertower.feeds.queries.home import HOME, delete_old_from_homes, insert_home_of_author
from watertower.feeds.rules import (
    AWAY_AFTER,
    BACKFILL_OF_ALL,
    BACKFILL_OF_ONE,
    FAN_OUT_CHUNK,
    HOME_SIZE,
    OWN_STATUSES_UNTIL,
)
from watertower.statuses.queries.lines import lines_sql

FOLLOWERS = (0, 50, 1_000, 10_000)
FOLLOWING = ((40, 60), (150, 250), (700, 1_500))
TOKEN = "fan-out"
NOW = datetime.now(UTC)

# The same choice as the fan-out makes, made when the home is read: each followed account gives
# its newest, and the newest of all are shown.
NEWEST_OF_EACH = """
    SELECT found.id, found.id AS sort
    FROM (
        SELECT f.target_account_id AS id, f.shows_reblogs, f.languages
        FROM follows f WHERE f.account_id = $1
        UNION ALL
        SELECT $1, true, NULL
    ) who
    CROSS JOIN LATERAL (
        SELECT s.id
        FROM statuses s
        WHERE s.account_id = who.id AND s.deleted_at IS NULL AND s.id < $2 AND s.id > $3
          AND s.visibility < 3
          AND (s.reblog_of_id IS NULL OR who.shows_reblogs)
          AND (who.languages IS NULL OR s.language = ANY(who.languages))
          AND (s.in_reply_to_id IS NULL OR s.in_reply_to_account_id IN (s.account_id, $1) OR EXISTS (
              SELECT 1 FROM follows other
              WHERE other.account_id = $1 AND other.target_account_id = s.in_reply_to_account_id))
        ORDER BY s.id DESC
        LIMIT $4
    ) found
    ORDER BY found.id DESC
    LIMIT $4
"""
# Or all statuses from the newest back, until twenty of followed accounts were met.
ALL_BACKWARDS = """
    SELECT s.id, s.id AS sort
    FROM statuses s
    LEFT JOIN LATERAL (
        SELECT f.shows_reblogs, f.languages FROM follows f
        WHERE f.account_id = $1 AND f.target_account_id = s.account_id OFFSET 0
    ) f ON true
    WHERE s.deleted_at IS NULL AND s.id < $2 AND s.id > $3 AND s.visibility < 3
      AND (f.shows_reblogs IS NOT NULL OR s.account_id = $1)
      AND (s.reblog_of_id IS NULL OR f.shows_reblogs)
      AND (f.languages IS NULL OR s.language = ANY(f.languages))
      AND (s.in_reply_to_id IS NULL OR s.in_reply_to_account_id IN (s.account_id, $1) OR EXISTS (
          SELECT 1 FROM follows other
          WHERE other.account_id = $1 AND other.target_account_id = s.in_reply_to_account_id))
    ORDER BY s.id DESC
    LIMIT $4
"""


@asynccontextmanager
async def authors(connection: asyncpg.Connection) -> AsyncIterator[dict[int, int]]:
    """Authors by number of followers, all of them members who are here."""
    made: dict[int, int] = {}
    application = await connection.fetchval(
        "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
        "VALUES ('fan-out', gen_random_uuid(), '', '{}', '{read,write}') RETURNING id"
    )
    # What a run that was stopped left behind.
    await connection.execute("DELETE FROM accounts WHERE uri LIKE 'urn:followedby%'", timeout=600)
    for followers in FOLLOWERS:
        name = f"followedby{followers}"
        made[followers] = author = await connection.fetchval(
            "INSERT INTO accounts (username, uri, url) VALUES ($1, 'urn:' || $1, '') RETURNING id",
            name,
        )
        login = await connection.fetchval(
            "INSERT INTO logins (account_id, email, password_hash, confirmed_at, approved_at, last_active_at) "
            "VALUES ($1, $2 || '@fan.test', '', now(), now(), now()) RETURNING id",
            author,
            name,
        )
        await connection.execute(
            "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes) "
            "VALUES ($1, $2, $3, '{read,write}')",
            hashlib.sha256(f"{TOKEN}{followers}".encode()).digest(),
            application,
            login,
        )
        await connection.execute(
            "INSERT INTO follows (account_id, target_account_id) SELECT account_id, $1 FROM logins "
            "WHERE last_active_at > now() - interval '29 days' AND account_id <> $1 ORDER BY md5(id::text) LIMIT $2",
            author,
            followers,
        )
    try:
        yield made
    finally:
        await connection.execute("DELETE FROM oauth_applications WHERE id = $1", application)
        for author in made.values():
            await connection.execute(
                "DELETE FROM home_feed h USING follows f WHERE f.target_account_id = $1 "
                "AND h.account_id = f.account_id AND h.author_id = $1",
                author,
            )
            await connection.execute("DELETE FROM statuses WHERE account_id = $1", author)
            await connection.execute("DELETE FROM accounts WHERE id = $1", author, timeout=600)


INSERT_POST = """
    WITH c AS (INSERT INTO conversations DEFAULT VALUES RETURNING id)
    INSERT INTO statuses (account_id, uri, text, visibility, conversation_id, is_local, language, reblog_of_id)
    SELECT $1, 'urn:' || gen_random_uuid(), 'hello', 0, c.id, true, 'en', $2 FROM c
    RETURNING id
"""


async def cost_of_writing(one: Backend, author: int, *, is_boost: bool) -> float:
    """CPU ms of the fan-out of one post; the median of some, rolled back each time."""
    costs = []
    for n in range(9):
        transaction = one.connection.transaction()
        await transaction.start()
        boosted = None
        if is_boost:
            boosted = await one.connection.fetchval(
                "SELECT id FROM statuses WHERE visibility = 0 AND reblog_of_id IS NULL ORDER BY id LIMIT 1 OFFSET $1",
                n,
            )
        status_id = await one.connection.fetchval(INSERT_POST, author, boosted)
        tx = Transaction(one.connection, {})
        before = one.cpu_ms()
        await insert_home_of_author(tx, status_id=status_id)
        await insert_homes_of_tag_followers(tx, status_id=status_id, away_since=NOW - AWAY_AFTER)
        after: int | None = 0
        while after is not None:
            after = await insert_homes(
                tx,
                status_id=status_id,
                after_follow_id=after,
                followers=FAN_OUT_CHUNK,
                away_since=NOW - AWAY_AFTER,
            )
        costs.append(one.cpu_ms() - before)
        await transaction.rollback()
    return statistics.median(costs)


async def print_writes(one: Backend) -> None:
    """The table of writes."""
    print("| Followers here | a post, CPU ms | a boost, CPU ms |\n| ---: | ---: | ---: |")
    async with authors(one.connection) as made:
        await one.connection.execute("ANALYZE follows")
        for followers, author in made.items():
            post = await cost_of_writing(one, author, is_boost=False)
            boost = await cost_of_writing(one, author, is_boost=True)
            print(f"| {followers:,} | {post:.2f} | {boost:.2f} |", flush=True)


async def print_reads(one: Backend) -> None:
    """The table of reads: the whole page of twenty with flags and counts, and the source alone."""
    await one.connection.execute("SET plan_cache_mode = force_generic_plan")
    print("\n| Follows | home_feed | each one's newest | all, backwards | (sources alone) |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    own_since = first_id_at(NOW - OWN_STATUSES_UNTIL)
    for least, most in FOLLOWING:
        rows = await one.connection.fetch(
            "SELECT account_id, following_count FROM account_stats s JOIN logins l USING (account_id) "
            "WHERE following_count BETWEEN $1 AND $2 AND last_active_at > now() - interval '29 days' "
            "ORDER BY account_id LIMIT 20",
            least,
            most,
        )
        whole, alone = [], []
        for source, more in ((HOME, (own_since,)), (NEWEST_OF_EACH, ()), (ALL_BACKWARDS, ())):
            variants = [(row["account_id"], MAX_ID, 0, 20, *more) for row in rows]
            cost, _ = await one.run(lines_sql(source, only_wanted=True), variants)
            whole.append(cost)
            cost, _ = await one.run(source, variants)
            alone.append(cost)
        follows = round(statistics.mean(row["following_count"] for row in rows))
        print(
            f"| {follows:,} | "
            + " | ".join(f"{cost:.2f}" for cost in whole)
            + " | "
            + " / ".join(f"{cost:.2f}" for cost in alone)
            + " |",
            flush=True,
        )


async def print_sizes(one: Backend) -> None:
    """What homes weigh."""
    row = await one.connection.fetchrow(
        "SELECT count(*) AS rows, count(DISTINCT account_id) AS homes, pg_relation_size('home_feed') AS heap, "
        "pg_indexes_size('home_feed') AS indexes FROM home_feed",
        timeout=600,
    )
    each = (row["heap"] + row["indexes"]) / row["homes"]
    print(
        f"\n{row['homes']:,} homes of {row['rows'] / row['homes']:.0f} rows: {each / 1024:.0f} KiB each, "
        f"of which indexes {row['indexes'] / row['homes'] / 1024:.0f}; {each * row['homes'] / row['rows']:.0f} bytes a row"
    )


async def print_upkeep(one: Backend) -> None:
    """What a returning member costs, and the trimming of 500 homes."""
    costs = []
    for (account_id,) in await one.connection.fetch(
        "SELECT account_id FROM logins WHERE last_active_at > now() - interval '29 days' ORDER BY md5(id::text) LIMIT 10"
    ):
        transaction = one.connection.transaction()
        await transaction.start()
        tx = Transaction(one.connection, {})
        await tx.execute("DELETE FROM home_feed WHERE account_id = $1", account_id)
        before = one.cpu_ms()
        await insert_backfill(
            tx,
            account_id=account_id,
            author_id=None,
            of_each=BACKFILL_OF_ONE,
            of_all=BACKFILL_OF_ALL,
        )
        costs.append(one.cpu_ms() - before)
        await transaction.rollback()
    print(f"a home rebuilt for a member who comes back: {statistics.median(costs):.1f} CPU ms")
    transaction = one.connection.transaction()
    await transaction.start()
    before = one.cpu_ms()
    await delete_old_from_homes(
        Transaction(one.connection, {}),
        after_account_id=0,
        members=500,
        keep=HOME_SIZE - 20,
        away_since=NOW - AWAY_AFTER,
    )
    print(f"500 homes trimmed by 20 rows each: {one.cpu_ms() - before:.0f} CPU ms")
    await transaction.rollback()


def post(server: str, followers: int, n: int) -> int:
    """Publish as the author; answers the status's id."""
    request = urllib.request.Request(
        f"{server}/api/v1/statuses",
        data=json.dumps({"status": f"hello, {n} {time.time()}"}).encode(),
        headers={"Authorization": f"Bearer {TOKEN}{followers}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(json.load(answer)["id"])


async def print_through(one: Backend, server: str) -> None:
    """How long until a real post stands in all homes."""
    print(
        "| Followers here | answered after ms | in all homes after ms (worst of 5) |\n| ---: | ---: | ---: |"
    )
    async with authors(one.connection) as made:
        for followers in made:
            answered, everywhere = [], []
            for n in range(5):
                started = time.perf_counter()
                status_id = await asyncio.to_thread(post, server, followers, n)
                answered.append(time.perf_counter() - started)
                while (  # noqa: ASYNC110
                    await one.connection.fetchval(
                        "SELECT count(*) FROM follows f JOIN home_feed h ON h.account_id = f.account_id "
                        "AND h.status_id = $1 WHERE f.target_account_id = $2",
                        status_id,
                        made[followers],
                    )
                    < followers
                ):
                    await asyncio.sleep(0.005)
                everywhere.append(time.perf_counter() - started)
                await asyncio.sleep(0.5)
            print(
                f"| {followers:,} | {statistics.median(answered) * 1000:.0f} | {max(everywhere) * 1000:.0f} |",
                flush=True,
            )


async def report(url: str, server: str) -> None:
    """Print the tables."""
    async with backend(url) as one:
        if server:
            await print_through(one, server)
            return
        await print_writes(one)
        await print_reads(one)
        await print_sizes(one)
        await print_upkeep(one)


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
    parser.add_argument(
        "--server", default="", help="address of a server that runs on this database"
    )
    given = parser.parse_args()
    asyncio.run(report(given.url, given.server))


if __name__ == "__main__":
    main()
