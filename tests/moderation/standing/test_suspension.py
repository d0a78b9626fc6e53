"""W5, suspension of a member, through every door; and what W2, W3 and W4 share with it."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from tests.moderation.standing.world import a_decision, all_of, log_of, marks_of
from tests.web.visit import Visit, a_member, signed_in
from tests.world import a_follow, a_status, a_token, an_account
from watertower.base.live import Listener
from watertower.federation.outgoing.profile import tell_of_profile
from watertower.moderation.actions.standing.act import act
from watertower.moderation.actions.standing.delete_account import delete_account
from watertower.moderation.actions.standing.undo import undo
from watertower.moderation.errors.standing import AccountGone, MayNotBePurged
from watertower.moderation.jobs.end_actions import end_actions, purge_suspended
from watertower.moderation.model.standing import Kind
from watertower.statuses.model import Visibility

KEPT_WHOLE = (
    """SELECT id, account_id, target_account_id, shows_reblogs, notifies, uri
       FROM follows WHERE $1 IN (account_id, target_account_id) ORDER BY id""",
    """SELECT account_id, target_account_id FROM blocks
       WHERE $1 IN (account_id, target_account_id) ORDER BY id""",
    "SELECT id, text, deleted_at, visibility FROM statuses WHERE account_id = $1 ORDER BY id",
    """SELECT statuses_count, followers_count, following_count FROM account_stats
       WHERE account_id = $1""",
    "SELECT display_name, note, avatar_key, header_key FROM accounts WHERE id = $1",
    "SELECT email, password_hash, settings, role_id FROM logins WHERE account_id = $1",
    "SELECT status_id, author_id FROM home_feed WHERE account_id = $1 ORDER BY 1",
    "SELECT title FROM lists WHERE account_id = $1 ORDER BY id",
)


async def suspended(ctx, moderator, member, **more):
    return await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.SUSPEND, member, **more))


async def snapshot(ctx, account):
    """Everything of a member that a suspension must not touch."""
    async with ctx.reading() as tx:
        return {
            sql: [tuple(row) for row in await tx.fetch_all(sql, account.id)] for sql in KEPT_WHOLE
        }


async def test_nobody_sees_a_suspended_member_anywhere(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    reader = await an_account(ctx)
    await a_follow(ctx, reader, member)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE accounts SET is_indexable = true WHERE id = $1", member.id)
    word = f"zebra{member.id}"
    status = await a_status(ctx, member, f"About {word}")
    reply = await a_status(ctx, reader, "An answer", reply_to=status)
    app = client.signed_in(await a_token(ctx, reader))
    seen = (
        f"/api/v1/accounts/{member.id}/statuses",
        f"/api/v1/timelines/public?local=true&min_id={status.id - 1}",
        f"/api/v2/search?q={word}&type=statuses",
        f"/api/v2/search?q={member.username}&type=accounts",
        f"/api/v1/statuses/{reply.id}/context",
        "/api/v1/timelines/home",
    )
    await drain()
    before = [await app.get(path) for path in seen]
    assert [word in a.text or member.username in a.text for a in before[:5]] == [True] * 5

    await suspended(ctx, moderator, member)
    await drain()

    for path in seen:
        answer = await app.get(path)
        assert answer.status == 200
        assert word not in answer.text
        assert f'"{member.username}"' not in answer.text, path
    assert (await app.get(f"/api/v1/statuses/{status.id}")).status == 404
    shown = (await app.get(f"/api/v1/accounts/{member.id}")).json
    assert (shown["suspended"], shown["note"], shown["display_name"]) == (True, "", "")
    for path in (f"/@{member.username}", f"/@{member.username}.rss"):
        assert (await client.get(path)).status == 410
    assert (await client.get(f"/@{member.username}/{status.id}")).status in {404, 410}
    assert (await client.get(f"/@{member.username}/{status.id}/embed")).status in {404, 410}


async def test_other_servers_see_a_suspended_actor_and_nothing_of_it(ctx, client):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    status = await a_status(ctx, member, "Hello")
    as_server = {"Accept": "application/activity+json"}

    await suspended(ctx, moderator, member)

    path = member.uri.removeprefix(ctx.settings.base_url)
    actor = (await client.get(path, headers=as_server)).json
    assert (actor["suspended"], actor["summary"], actor["name"]) == (True, "", member.username)
    assert {"icon", "image"} & set(actor) == set()
    for part in ("/outbox", "/followers", "/following", "/collections/featured"):
        assert (await client.get(path + part, headers=as_server)).status == 403
    answer = await client.get(status.uri, headers=as_server)
    assert answer.status in {403, 404, 410}


async def test_the_member_is_out_at_once(ctx, client):
    moderator = await an_account(ctx, role_id=1)
    visit, member = await signed_in(ctx, client)
    app = client.signed_in(await a_token(ctx, member))
    heard, listening = [], asyncio.Event()
    listener = Listener(
        ctx.settings.database.url,
        heard=heard.append,
        connected=lambda: asyncio.sleep(0, listening.set()),
    )
    task = asyncio.create_task(listener.run())
    await asyncio.wait_for(listening.wait(), 5)

    await suspended(ctx, moderator, member)
    for _ in range(100):
        if any(event.name == "kill" for event in heard):
            break
        await asyncio.sleep(0.02)
    task.cancel()

    assert [event.ids for event in heard if event.name == "kill"] == [{"account_id": member.id}]
    answer = await app.get("/api/v1/accounts/verify_credentials")
    assert answer.status == 403
    assert (await app.post("/api/v1/statuses", json={"status": "Still here?"})).status == 403
    assert (await visit.get("/settings/profile")).status in {302, 303}
    again = Visit(client)
    assert (await again.sign_in(member.username)).headers["location"].endswith("/auth/waiting")
    assert (await again.get("/auth/waiting")).text.count("/account/standing") == 1


async def test_restore_on_day_29(ctx, client, clock, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    app = client.signed_in(await a_token(ctx, member))
    friend = await an_account(ctx)
    far = await an_account(ctx, domain="friend.example")
    for one in (friend, far):
        await a_follow(ctx, member, one)
        await a_follow(ctx, one, member)
    await app.post("/api/v1/lists", json={"title": "Friends"})
    for n in range(3):
        await a_status(ctx, member, f"Post {n}", visibility=Visibility(n))
    before, marks = await snapshot(ctx, member), await marks_of(ctx, member)

    action_id = await suspended(ctx, moderator, member)
    clock.ahead = timedelta(days=29)
    await purge_suspended.run(ctx)
    await drain()
    assert await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="A mistake")
    clock.ahead = timedelta(days=40)
    await purge_suspended.run(ctx)
    await drain()

    assert await snapshot(ctx, member) == before
    assert await marks_of(ctx, member) == marks
    assert (await app.get("/api/v1/accounts/verify_credentials")).status == 200
    relation = await app.get(f"/api/v1/accounts/relationships?id[]={friend.id}")
    assert (relation.json[0]["following"], relation.json[0]["followed_by"]) == (True, True)


async def test_after_thirty_days_everything_is_deleted_and_the_name_stays_taken(
    ctx, client, clock, drain
):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    await a_status(ctx, member, "Gone for good")
    action_id = await suspended(ctx, moderator, member)

    clock.ahead = timedelta(days=30, minutes=-1)
    await purge_suspended.run(ctx)
    assert (await marks_of(ctx, member))["deleted_at"] is None
    clock.ahead = timedelta(days=30, minutes=1)
    await purge_suspended.run(ctx)
    await purge_suspended.run(ctx)
    await drain()

    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value("SELECT count(*) FROM logins WHERE account_id = $1", member.id)
            == 0
        )
        left = await tx.fetch_value(
            "SELECT count(*) FROM statuses WHERE account_id = $1 AND deleted_at IS NULL", member.id
        )
        name = await tx.fetch_value("SELECT username FROM accounts WHERE id = $1", member.id)
    assert (left, name) == (0, member.username)
    path = member.uri.removeprefix(ctx.settings.base_url)
    answer = await client.get(path, headers={"Accept": "application/activity+json"})
    assert answer.status == 410
    assert (await log_of(ctx, member))[-1] == (None, "purge", "Suspended for thirty days")
    with pytest.raises(AccountGone):
        await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="Too late")


async def test_appeal_on_day_29_not_decided_by_day_31(ctx, clock, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    action_id = await suspended(ctx, moderator, member)
    clock.ahead = timedelta(days=29)
    async with ctx.transaction() as tx:
        appeal_id = await tx.fetch_value(
            "INSERT INTO appeals (action_id, kind, account_id, round, claim, filed_by, state, "
            "created_at, updated_at) VALUES ($1, 'suspend', $2, 1, 'error', 'member', "
            "'contact_verified', $3, $3) RETURNING id",
            action_id,
            member.id,
            ctx.now(),
        )

    clock.ahead = timedelta(days=31)
    await purge_suspended.run(ctx)
    await drain()

    assert (await marks_of(ctx, member))["deleted_at"] is None
    with pytest.raises(MayNotBePurged):
        await delete_account(ctx, actor_id=moderator.id, account_id=member.id, reason="Now")

    async with ctx.transaction() as tx:
        await tx.execute("UPDATE appeals SET closed_at = $2 WHERE id = $1", appeal_id, ctx.now())
    await purge_suspended.run(ctx)
    assert (await marks_of(ctx, member))["deleted_at"] is None  # a week to take the data along
    clock.ahead = timedelta(days=39)
    await purge_suspended.run(ctx)
    assert (await marks_of(ctx, member))["deleted_at"] is not None


async def test_export_requested_while_suspended(ctx, client, drain, mails):
    moderator = await an_account(ctx, role_id=1)
    visit, member = await signed_in(ctx, client)
    await a_status(ctx, member, "Take me along")
    await suspended(ctx, moderator, member)

    await visit.get("/settings/archive")
    assert (await visit.submit("/settings/archive")).status == 303
    await drain()

    shown = await visit.get("/settings/archive")
    link = re.search(r'href="(/settings/archive/\d+)"', shown.text)
    assert link is not None
    answer = await visit.get(link[1])
    assert answer.status == 200
    assert b"Take me along" in zip_text(answer.body)
    assert [mail.subject for mail in mails.mails if "archive" in mail.subject] != []


def zip_text(body):
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(body)) as file:
        return b"".join(file.read(name) for name in file.namelist() if name.endswith(".json"))


async def test_a_temporary_suspension_ends_by_itself_and_is_never_purged(ctx, clock, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    before = await snapshot(ctx, member)
    await suspended(ctx, moderator, member, ends_at=ctx.now() + timedelta(days=40))

    clock.ahead = timedelta(days=35)
    await purge_suspended.run(ctx)
    await end_actions.run(ctx)
    assert (await marks_of(ctx, member))["suspended_at"] is not None
    clock.ahead = timedelta(days=41)
    await end_actions.run(ctx)
    await end_actions.run(ctx)
    await drain()

    assert await snapshot(ctx, member) == before
    assert (await marks_of(ctx, member))["suspended_at"] is None
    assert [verb for _, verb, _ in await log_of(ctx, member)] == ["suspend", "undo suspend"]
    (one,) = await all_of(ctx, member)
    assert one.undone_by_account_id is None


async def test_the_mail_says_why_until_when_and_where_to_appeal_signed_out(ctx, drain, mails):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    await suspended(ctx, moderator, member, message="You threatened somebody.")
    await drain()

    (mail,) = [m for m in mails.to(f"{member.username}@example.test") if "suspended" in m.subject]

    assert "You threatened somebody." in mail.text
    assert "For the team" not in mail.text
    assert moderator.username not in mail.text
    assert re.search(r"/appeals/[A-Za-z0-9_-]{40,}", mail.text)
    assert "deleted for good" in mail.text


async def test_a_moderator_who_suspends_alone_is_looked_after_by_a_second_one(ctx, client, drain):
    first = await an_account(ctx, role_id=1)
    second = await an_account(ctx, role_id=1)
    member = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, first))

    answer = await app.post(f"/api/v1/admin/accounts/{member.id}/action", json={"type": "suspend"})
    (action,) = await all_of(ctx, member)

    assert (answer.status, answer.json) == (200, {})
    assert (action.is_emergency, action.confirmed_at) == (True, None)
    from watertower.moderation.actions.standing.look_again import confirm
    from watertower.moderation.errors.standing import AlreadyConfirmed, SamePerson

    with pytest.raises(SamePerson):
        await confirm(ctx, actor_id=first.id, action_id=action.id, reason="")
    await confirm(ctx, actor_id=second.id, action_id=action.id, reason="Right")
    with pytest.raises(AlreadyConfirmed):
        await confirm(ctx, actor_id=second.id, action_id=action.id, reason="")


async def test_what_is_said_to_third_parties_is_never_why(ctx, client, drain):
    """MOD-50: only that something was done, and its type, can be seen from outside."""
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    reader = await an_account(ctx)
    await suspended(ctx, moderator, member, message="Because of X", reason="Because of Y")
    await drain()
    app = client.signed_in(await a_token(ctx, reader))

    for answer in (
        await app.get(f"/api/v1/accounts/{member.id}"),
        await client.get(f"/@{member.username}"),
        await app.get("/api/v1/notifications"),
    ):
        assert "Because of" not in answer.text
        assert moderator.username not in answer.text
    assert json.loads((await app.get(f"/api/v1/accounts/{member.id}")).body)["suspended"] is True


async def test_files_are_not_served_while_what_they_belong_to_is_gone(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    status = await a_status(ctx, member, "A picture")
    token = f"{member.id:032x}"
    keys = [f"attachments/{token[:2]}/{token[2:]}/{name}.png" for name in ("original", "small")]
    avatar = f"avatars/{token[:2]}/{token[2:]}/original.png"
    for key in (*keys, avatar):
        await ctx.storage.put(key, b"picture", content_type="image/png")
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO media_attachments (account_id, status_id, state, original_key, small_key) "
            "VALUES ($1, $2, 'done', $3, $4)",
            member.id,
            status.id,
            *keys,
        )
        await tx.execute("UPDATE accounts SET avatar_key = $2 WHERE id = $1", member.id, avatar)

    async def served():
        await drain()
        return [(await client.get(f"/media/{key}")).status for key in (*keys, avatar)]

    assert await served() == [200, 200, 200]
    suspension = await suspended(ctx, moderator, member)
    assert await served() == [404, 404, 404]
    removal = await act(
        ctx,
        actor_id=moderator.id,
        decision=a_decision(Kind.REMOVE_STATUSES, member, status_ids=[status.id]),
    )
    await undo(ctx, actor_id=moderator.id, action_id=suspension, reason="")
    assert await served() == [404, 404, 200]
    await undo(ctx, actor_id=moderator.id, action_id=removal, reason="")
    assert await served() == [200, 200, 200]


async def updates_to(ctx, host):
    """The actors that were sent to a host in Updates, oldest first."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT o.document FROM outgoing_activities o JOIN deliveries d ON d.activity_id = o.id "
            "WHERE d.host = $1 ORDER BY o.id",
            host,
        )
    found = [json.loads(row["document"]) for row in rows]
    return [one["object"] for one in found if one["type"] == "Update"]


async def test_other_servers_hear_of_a_suspension_and_of_its_end(ctx, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    host = f"hears{member.id}.example"
    await a_follow(ctx, await an_account(ctx, domain=host), member)

    action_id = await suspended(ctx, moderator, member)
    await tell_of_profile.run(ctx, account_id=member.id)
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")
    await tell_of_profile.run(ctx, account_id=member.id)

    assert [one.get("suspended", False) for one in await updates_to(ctx, host)] == [False]
    # The first Update had not left yet, and the newer one took its place; sent apart, both go.
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM deliveries WHERE host = $1", host)
    await suspended(ctx, moderator, member, reason="Again")
    await tell_of_profile.run(ctx, account_id=member.id)
    (told,) = await updates_to(ctx, host)
    assert (told["suspended"], told["summary"], told["name"]) == (True, "", member.username)


async def test_the_archive_of_a_suspended_member_has_the_whole_profile(ctx, client, drain):
    moderator = await an_account(ctx, role_id=1)
    visit, member = await signed_in(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET note_html = '<p>Gardener</p>', version = version + 1 WHERE id = $1",
            member.id,
        )
    await suspended(ctx, moderator, member)
    await visit.get("/settings/archive")
    await visit.submit("/settings/archive")
    await drain()

    shown = await visit.get("/settings/archive")
    link = re.search(r'href="(/settings/archive/\d+)"', shown.text)
    assert b"Gardener" in zip_text((await visit.get(link[1])).body)
