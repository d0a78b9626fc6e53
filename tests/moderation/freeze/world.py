"""The world of a freeze: a moderator, a member with posts, and both of their browsers and apps."""

from dataclasses import dataclass
from typing import Any

from tests.conftest import Client
from tests.web.visit import PASSWORD, Visit, a_member
from tests.world import a_status, a_token, an_account
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.moderation.actions.freeze.freeze import freeze
from watertower.moderation.model.freeze import NewFreeze, NewTask, TaskKind
from watertower.statuses.model import Status

MODERATOR, HEAD = 1, 5  # ids of roles


@dataclass
class World:
    """What a test needs of everybody."""

    ctx: Context
    client: Client
    mod: Account
    member: Account
    post: Status
    app: Client  # of the member
    freeze_id: int = 0

    async def one(self, sql: str, *args: Any) -> Any:
        """One value of the database."""
        async with self.ctx.reading() as tx:
            return await tx.fetch_value(sql, *args)

    async def state(self) -> str:
        """Where the freeze is."""
        return str(await self.one("SELECT state FROM freezes WHERE id = $1", self.freeze_id))

    async def tasks(self) -> list[dict[str, Any]]:
        """The tasks as the member's app sees them."""
        answer = await self.app.get("/api/watertower/v1/freeze")
        assert answer.status == 200, answer.text
        return answer.json["tasks"]  # type: ignore[index,no-any-return]

    async def task_id(self, kind: str) -> int:
        """The first task of this kind."""
        return int(
            await self.one(
                "SELECT id FROM freeze_tasks WHERE freeze_id = $1 AND kind = $2 ORDER BY position",
                self.freeze_id,
                kind,
            )
        )

    async def mod_app(self, role_id: int = MODERATOR) -> Client:
        """An app of somebody on the team."""
        who = self.mod if role_id == MODERATOR else await an_account(self.ctx, role_id=role_id)
        return self.client.signed_in(await a_token(self.ctx, who))


async def a_world(ctx: Context, client: Client, *, with_password: bool = False) -> World:
    """A moderator, and a member with a post and an app, not frozen yet."""
    mod = await an_account(ctx, role_id=MODERATOR)
    member = await a_member(ctx) if with_password else await an_account(ctx)
    post = await a_status(ctx, by=member, text="This post should go")
    app = client.signed_in(await a_token(ctx, member))
    return World(ctx, client, mod, member, post, app)


async def frozen_world(
    ctx: Context,
    client: Client,
    *tasks: NewTask,
    with_password: bool = False,
    **also: Any,
) -> World:
    """The same with the member frozen. Without tasks: the post is to be deleted."""
    world = await a_world(ctx, client, with_password=with_password)
    wanted = tasks or (NewTask(TaskKind.DELETE_STATUS, status_id=world.post.id),)
    world.freeze_id = await freeze(
        ctx,
        actor_id=world.mod.id,
        wanted=NewFreeze(
            account_id=world.member.id,
            message="Please take this post back.",
            tasks=wanted,
            **also,
        ),
    )
    return world


async def browser_of(client: Client, account: Account) -> Visit:
    """A browser that this member is signed in with."""
    visit = Visit(client)
    answer = await visit.sign_in(account.username, PASSWORD)
    assert answer.status == 303, answer.text
    return visit
