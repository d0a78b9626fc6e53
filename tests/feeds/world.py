"""What tests of feeds make often."""

from typing import Any

from tests.world import a_token, an_account
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.base.events import Event, record


async def a_member(ctx: Context, client: Any, **columns: Any) -> tuple[Account, Any]:
    """A member and a client signed in as them."""
    account = await an_account(ctx, **columns)
    return account, client.signed_in(await a_token(ctx, account))


async def announce(ctx: Context, *events: Event) -> None:
    """Record events, as the actions of other rooms do."""
    async with ctx.transaction() as tx:
        for event in events:
            await record(tx, event)


async def sql(ctx: Context, statement: str, *args: Any) -> Any:
    """Run a statement; the first value of its first row."""
    async with ctx.transaction() as tx:
        return await tx.fetch_value(statement, *args)


async def a_boost(ctx: Context, by: Account, of: Any) -> int:
    """A boost as a row; its id."""
    return await sql(
        ctx,
        "INSERT INTO statuses (id, account_id, uri, visibility, reblog_of_id, conversation_id, "
        "is_local) SELECT n, $1, 'urn:boost:' || n, 0, $2, $3, $4 FROM next_id() AS n "
        "RETURNING id",
        by.id,
        of.id,
        of.conversation_id,
        by.is_local,
    )


async def a_tag(ctx: Context, name: str, *statuses: Any) -> int:
    """A hashtag on these statuses; its id."""
    tag_id = await sql(
        ctx,
        "INSERT INTO tags (name, shown_name) VALUES ($1, $1) "
        "ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
        name,
    )
    for status in statuses:
        await sql(ctx, "INSERT INTO status_tags VALUES ($1, $2)", tag_id, status.id)
    return tag_id


def ids(answer: Any) -> list[int]:
    """The ids of a list that came back with 200."""
    assert answer.status == 200, answer.text
    return [int(item["id"]) for item in answer.json]
