"""One statement for many followers: fast, in chunks, and told to whoever is looking."""

import asyncio
import time

from tests.feeds.world import announce, sql
from tests.world import a_follow, a_status, an_account, unique
from watertower.base.json import from_json
from watertower.base.live import CHANNEL
from watertower.feeds.reactions import fan_out as reactions
from watertower.statuses.events import StatusPublished

MANY_FOLLOWERS = """
    WITH made AS (
        INSERT INTO accounts (username, uri, url)
        SELECT $2 || n, 'urn:' || $2 || n, '' FROM generate_series(1, $3::int) AS n
        RETURNING id
    ), logged AS (
        INSERT INTO logins (account_id, email, password_hash, last_active_at)
        SELECT id, id || '@many.test', '', now() FROM made
    )
    INSERT INTO follows (account_id, target_account_id) SELECT id, $1 FROM made
"""


async def test_a_thousand_homes_are_written_well_within_a_second(ctx):
    author = await an_account(ctx)
    await sql(ctx, MANY_FOLLOWERS, author.id, unique("many"), 1000)
    status = await a_status(ctx, author)
    started = time.perf_counter()
    await reactions.fan_out.run(ctx, status_id=status.id)
    assert time.perf_counter() - started < 1
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE status_id = $1", status.id) == 1001


async def test_chunks_reach_every_follower(ctx, monkeypatch):
    monkeypatch.setattr(reactions, "FAN_OUT_CHUNK", 7)
    author = await an_account(ctx)
    await sql(ctx, MANY_FOLLOWERS, author.id, unique("many"), 21)
    status = await a_status(ctx, author)
    await reactions.fan_out.run(ctx, status_id=status.id)
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE status_id = $1", status.id) == 22


async def test_the_streams_hear_once_when_the_homes_are_written(ctx, drain):
    author, reader = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, reader, author)
    status = await a_status(ctx, author, mentions=(reader,))
    heard = []

    def hear(*call):
        heard.append(from_json(call[3]))

    async with ctx.db.pool.acquire() as connection:
        await connection.add_listener(CHANNEL, hear)
        await announce(ctx, StatusPublished(status_id=status.id))
        await drain()
        await asyncio.sleep(0.1)
        await connection.remove_listener(CHANNEL, hear)
    mine = [e for e in heard if status.id in e.values() or e.get("account_id") == reader.id]
    assert [e for e in mine if e["event"] == "update"] == [
        {"event": "update", "status_id": status.id}
    ]
    assert [e["event"] for e in mine if e["event"] == "notification"] == ["notification"]
