"""Servers elsewhere with people on them, and moderators here who decide about them."""

from tests.world import a_token, an_account, unique
from watertower.federation.policies import forget_policies

MODERATOR = 1


def a_domain(word="far"):
    """The name of a server that no other test knows."""
    return f"{unique(word).replace('_', '')}.example"


async def follows(ctx, follower, target, **columns):
    """A follow as it is after it was accepted, counted."""
    async with ctx.transaction() as tx:
        values = {
            "account_id": follower.id,
            "target_account_id": target.id,
            "uri": f"{follower.uri}#follows/{unique('f')}",
            **columns,
        }
        names = ", ".join(values)
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        await tx.execute(f"INSERT INTO follows ({names}) VALUES ({marks})", *values.values())
        for account, column in ((follower, "following_count"), (target, "followers_count")):
            await tx.execute(
                f"UPDATE account_stats SET {column} = {column} + 1 WHERE account_id = $1",
                account.id,
            )


async def ties(ctx, *accounts):
    """Every follow and request among these, as (kind, follower, target, boosts, bell, languages)."""
    ids = [account.id for account in accounts]
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            """
            SELECT 'follow' AS kind, account_id, target_account_id, shows_reblogs, notifies,
                   languages FROM follows
            WHERE account_id = ANY($1) AND target_account_id = ANY($1)
            UNION ALL
            SELECT 'request', account_id, target_account_id, shows_reblogs, notifies, languages
            FROM follow_requests WHERE account_id = ANY($1) AND target_account_id = ANY($1)
            ORDER BY 1, 2, 3
            """,
            ids,
        )
    return [tuple(row.values()) for row in rows]


async def marks(ctx, account):
    """(suspended, limited) of an account, and by whom: 'server' or 'own'."""
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT suspended_at, suspended_by_server, limited_at, limited_by_server "
            "FROM accounts WHERE id = $1",
            account.id,
        )
    return tuple(
        None if row[at] is None else "server" if row[by] else "own"
        for at, by in (
            ("suspended_at", "suspended_by_server"),
            ("limited_at", "limited_by_server"),
        )
    )


async def a_moderator(ctx, **columns):
    """Somebody who may decide about servers."""
    role_id = await a_role(ctx)
    return await an_account(ctx, role_id=role_id, **columns)


async def a_role(ctx, permissions=(1 << 5) | (1 << 35)):
    """A role that may review servers and decide about them."""
    async with ctx.transaction() as tx:
        return await tx.fetch_value(
            "INSERT INTO roles (name, position, permissions) VALUES ('Servers', 10, $1) "
            "ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions RETURNING id",
            permissions,
        )


async def admin(ctx, client, account):
    """The client with the moderator's token."""
    return client.signed_in(await a_token(ctx, account))


def forget():
    """What is kept in memory about policies."""
    forget_policies()
