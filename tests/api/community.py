"""A small community whose lists are walked: who walks, and things to hang items on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.world import a_status, an_account, unique
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.base.ids import first_id_at
from watertower.feeds.access.links import forget_trending_links
from watertower.statuses.model import Status


@dataclass
class Community:
    """Whoever walks (an owner), somebody they follow, and things to hang items on."""

    ctx: Context
    me: Account
    bob: Account
    post: Status  # mine
    list_id: int
    tag_id: int
    tag: str
    card_id: int
    card_url: str
    base_id: int = 0

    def id_at(self, n: int) -> int:
        """The n-th id of the walk; a second apart; higher is newer."""
        return self.base_id + (n << 26) + n

    async def insert(self, table: str, **values: Any) -> None:
        """Write a row."""
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        async with self.ctx.transaction() as tx:
            await tx.execute(
                f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", *values.values()
            )

    async def somebody(self) -> int:
        """The id of a new account elsewhere."""
        return (await an_account(self.ctx, domain="far.example")).id

    async def status(self, at: int, by: int, **columns: Any) -> str:
        """A status with this id; its name in answers."""
        values = {
            "id": at,
            "account_id": by,
            "uri": f"https://far.example/{unique('status')}",
            "text": "Hello",
            "content_html": "<p>Hello</p>",
            "visibility": 0,
            "language": "en",
            "conversation_id": self.post.conversation_id,
            "is_local": by in (self.me.id, self.bob.id),
            "created_at": self.ctx.now(),
            **columns,
        }
        await self.insert("statuses", **values)
        await self.insert("status_stats", status_id=at)
        return str(at)


async def a_community(ctx: Context) -> Community:
    """One of its own for each walk."""
    me, bob = await an_account(ctx, role_id=3), await an_account(ctx)
    post = await a_status(ctx, by=me)
    forget_trending_links()
    async with ctx.transaction() as tx:
        list_id = await tx.fetch_value(
            "INSERT INTO lists (account_id, title) VALUES ($1, 'Friends') RETURNING id", me.id
        )
        await tx.execute(
            "INSERT INTO list_accounts (list_id, account_id) VALUES ($1, $2)", list_id, bob.id
        )
        await tx.execute(
            "INSERT INTO follows (account_id, target_account_id) VALUES ($1, $2)", me.id, bob.id
        )
        tag, url = unique("tag"), f"https://news.example/{unique('page')}"
        tag_id = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ($1, $1) RETURNING id", tag
        )
        card_id = await tx.fetch_value(
            "INSERT INTO preview_cards (url, title, state) VALUES ($1, 'News', 'fetched') RETURNING id",
            url,
        )
    # Above all that was made so far.
    base_id = first_id_at(ctx.now()) + (1 << 26)
    return Community(ctx, me, bob, post, list_id, tag_id, tag, card_id, url, base_id)


Add = Callable[[Community, int], Awaitable[str]]
Read = Callable[[Any], list[str]]


def ids_of(body: Any) -> list[str]:
    """What most lists call their items by."""
    return [item["id"] for item in body]


@dataclass(frozen=True)
class Walked:
    """A list with a Link header: `at` is where, with names of the community in braces."""

    add: Add
    at: str = ""
    read: Read = ids_of
    emptied: str = ""  # a table of everybody's: what other tests left must be gone first
