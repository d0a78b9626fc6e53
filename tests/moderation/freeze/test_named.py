"""W3, the cases that its table names: each through HTTP, with the clock moved where it matters."""

from datetime import timedelta

import pytest

from tests.moderation.freeze.world import HEAD, browser_of, frozen_world
from tests.web.visit import PASSWORD
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.actions.move import move_account
from watertower.accounts.errors import MayNotAct
from watertower.moderation.jobs.watch_freezes import watch_freezes
from watertower.moderation.model.freeze import NewTask, TaskKind
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.draft import Draft, pack_draft
from watertower.statuses.jobs.publish_scheduled import publish_due


async def frozen_sentence(world) -> str:
    return f"{world.ctx.settings.base_url}/account/frozen"


@pytest.mark.parametrize("way", ["app", "page", "clean-up"])
async def test_person_deletes_the_requested_posts_while_frozen_and_the_task_ticks(
    ctx, client, drain, way
):
    world = await frozen_world(ctx, client, with_password=True)
    other = await a_status(ctx, by=world.mod, text="Not theirs")
    assert [task["done"] for task in await world.tasks()] == [False]
    assert [
        one["id"] for one in (await world.app.get("/api/watertower/v1/freeze")).json["statuses"]
    ] == [str(world.post.id)]

    if way == "app":
        answer = await world.app.delete(f"/api/v1/statuses/{world.post.id}")
        assert (answer.status, answer.json["text"]) == (200, "This post should go")
        assert (await world.app.delete(f"/api/v1/statuses/{other.id}")).status == 404
    elif way == "page":
        visit = await browser_of(client, world.member)
        await visit.get("/account/frozen")
        action = f"/account/frozen/posts/{world.post.id}/delete"
        assert (await visit.submit(action)).status == 303
    else:
        await delete_status(ctx, actor_id=world.member.id, status_id=world.post.id)

    # At once, before any job has run; and the job writes it down.
    assert [task["done"] for task in await world.tasks()] == [True]
    await drain()
    assert await world.state() == "in_progress"
    assert (
        await world.one("SELECT done_by FROM freeze_tasks WHERE freeze_id = $1", world.freeze_id)
        == "system"
    )
    # The evidence outlives the post.
    assert (
        await world.one(
            "SELECT count(*) FROM evidence WHERE kind = 'status' AND subject_id = $1",
            str(world.post.id),
        )
        == 1
    )


async def test_person_cannot_post_by_any_api_scheduled_post_or_bot_token(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    bot = client.signed_in(await a_token(ctx, world.member, "write:statuses"))
    async with ctx.transaction() as tx:
        scheduled_id = await tx.fetch_value(
            "INSERT INTO scheduled_statuses (account_id, scheduled_at, params) "
            "VALUES ($1, $2, $3) RETURNING id",
            world.member.id,
            ctx.now() + timedelta(hours=1),
            packed("Later"),
        )
    posts = "SELECT count(*) FROM statuses WHERE account_id = $1 AND deleted_at IS NULL"
    before = await world.one(posts, world.member.id)

    for app in (world.app, bot):
        answer = await app.post("/api/v1/statuses", json={"status": "No"})
        assert answer.status == 403
        assert answer.json["error"].endswith(await frozen_sentence(world))
        answer = await app.put(f"/api/v1/statuses/{world.post.id}", json={"status": "No"})
        assert answer.status == 403
        answer = await app.post(f"/api/v1/statuses/{world.post.id}/reblog")
        assert answer.status == 403
    clock.ahead = timedelta(hours=2)
    await publish_due.run(ctx)
    await drain()

    assert await world.one(posts, world.member.id) == before
    # It is not lost: it waits for its hour of the day, and comes once they are restored.
    (waiting,) = (await world.app.get("/api/v1/scheduled_statuses")).json
    assert waiting["id"] == str(scheduled_id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET frozen_at = NULL WHERE account_id = $1", world.member.id
        )
    clock.ahead = timedelta(hours=26)
    await publish_due.run(ctx)
    await drain()
    assert await world.one(posts, world.member.id) == before + 1


@pytest.mark.usefixtures("empty")  # the clock has no other freezes to look at
async def test_deadline_passes_during_staff_absence(ctx, client, clock, drain, mails):
    world = await frozen_world(ctx, client)
    head = await an_account(ctx, role_id=HEAD)
    await drain()
    mails.mails.clear()

    clock.ahead = timedelta(days=40)
    for _ in range(3):
        await run_clock(ctx, drain)

    # Frozen as before, nothing deleted, nothing sanctioned, escalated once.
    assert await world.state() == "awaiting_response"
    freeze = (await world.app.get("/api/watertower/v1/freeze")).json
    assert (freeze["escalated"], freeze["due_at"] is None, freeze["ended_at"]) == (
        True,
        False,
        None,
    )
    assert (
        await world.one(
            "SELECT count(*) FROM audit_log WHERE verb = 'escalate freeze' AND subject_id = $1",
            str(world.member.id),
        )
        == 1
    )
    told = [one.subject for one in mails.to(f"{head.username}@example.test")]
    about = f"A deadline of a freeze was missed: @{world.member.username}"
    assert told.count(about) == 1
    assert len(mails.to(f"{world.member.username}@example.test")) == 1
    assert (
        await world.one(
            "SELECT count(*) FROM moderation_actions WHERE target_account_id = $1", world.member.id
        )
        == 1
    )
    assert await world.one("SELECT deleted_at FROM statuses WHERE id = $1", world.post.id) is None
    # The person can still answer, and then has a week.
    assert (await world.app.post("/api/watertower/v1/freeze/answer")).status == 200
    assert await world.state() == "in_progress"


async def test_frozen_person_moves_account(ctx, client):
    world = await frozen_world(ctx, client, with_password=True)
    follower, elsewhere = await an_account(ctx), await an_account(ctx, domain="new.example")
    await a_follow(ctx, follower, world.member)
    visit = await browser_of(client, world.member)
    token = (await visit.get("/settings/profile"), visit.hidden("/settings/profile"))[1]

    answer = await visit._call(
        "POST",
        "/settings/migration",
        token | {"handle": elsewhere.acct, "password": PASSWORD},
        {},
    )

    assert (answer.status, "/account/frozen" in answer.text) == (403, True)
    assert (
        await world.one("SELECT moved_to_account_id FROM accounts WHERE id = $1", world.member.id)
        is None
    )
    # And by no other way into the same action.
    login_id = await world.one("SELECT id FROM logins WHERE account_id = $1", world.member.id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET also_known_as = $2 WHERE id = $1", elsewhere.id, [world.member.uri]
        )
    ctx.remote, kept = Elsewhere(elsewhere.id), ctx.remote
    try:
        with pytest.raises(MayNotAct):
            await move_account(ctx, login_id=login_id, password=PASSWORD, handle=elsewhere.acct)
    finally:
        ctx.remote = kept


async def test_app_shows_the_reason(ctx, client):
    world = await frozen_world(ctx, client)

    answer = await world.app.post(f"/api/v1/accounts/{world.mod.id}/follow")

    assert (answer.status, answer.json) == (
        403,
        {
            "error": "Your account is frozen. You can read, delete your own posts, change your "
            "profile, export your data, answer and appeal, and nothing else until this is settled. "
            f"What happened, and what is asked of you: {ctx.settings.base_url}/account/frozen"
        },
    )


async def test_others_notice_nothing(ctx, client):
    world = await frozen_world(ctx, client, NewTask(TaskKind.AGREE, "I will be kind"))

    profile = (await client.get(f"/api/v1/accounts/{world.member.id}")).json
    page = await client.get(f"/@{world.member.username}")

    assert (profile.get("suspended"), profile.get("limited"), profile["statuses_count"]) == (
        None,
        None,
        1,
    )
    assert (page.status, "rozen" in page.text) == (200, False)


class Elsewhere:
    """A server elsewhere that has the account."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id

    async def find_account(self, handle: str) -> int:
        return self._account_id

    async def refresh_account(self, account_id: int) -> None:
        pass


def packed(text: str) -> str:
    return pack_draft(Draft(text=text))


async def run_clock(ctx, drain) -> None:
    await watch_freezes.run(ctx)
    await drain()
