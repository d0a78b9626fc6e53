"""An archive of everything a member posted: made, fetched by nobody else, gone after a week."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from tests.web.visit import signed_in, where
from tests.world import a_status, an_account
from watertower.accounts.actions.archives import archives_of
from watertower.accounts.jobs.archive_mail import sweep_archives
from watertower.statuses.actions.bookmark import bookmark
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.model import Visibility

PAGE = "/settings/archive"


async def ask(visit):
    await visit.get(PAGE)
    return await visit.submit(PAGE)


async def a_picture(ctx, account, status, key):
    await ctx.storage.put(key, b"picture", content_type="image/png")
    async with ctx.transaction() as tx:
        media_id = await tx.fetch_value(
            "INSERT INTO media_attachments (account_id, status_id, kind, state, original_key, "
            "content_type) VALUES ($1, $2, 'image', 'done', $3, 'image/png') RETURNING id",
            account.id,
            status.id,
            key,
        )
        await tx.execute(
            "UPDATE statuses SET media_ids = ARRAY[$2::bigint], version = version + 1 WHERE id = $1",
            status.id,
            media_id,
        )


async def test_everything_is_in_the_archive(ctx, client, drain, mails):
    visit, me = await signed_in(ctx, client)
    other = await an_account(ctx)
    key = f"attachments/ab/{me.id}/original.png"
    own = await a_status(ctx, by=me, text="Public")
    secret = await a_status(ctx, by=me, text="Between us", visibility=Visibility.DIRECT)
    theirs = await a_status(ctx, by=other)
    await a_picture(ctx, me, own, key)
    await boost(ctx, actor_id=me.id, status_id=theirs.id)
    await favourite(ctx, actor_id=me.id, status_id=theirs.id)
    await bookmark(ctx, actor_id=me.id, status_id=theirs.id)

    assert where(await ask(visit)) == PAGE
    await drain()

    (archive,) = await archives_of(ctx, account_id=me.id)
    answer = await visit.get(f"{PAGE}/{archive.id}")
    assert answer.headers["content-disposition"].endswith('.zip"')
    with ZipFile(BytesIO(answer.body)) as zipped:
        assert zipped.testzip() is None
        actor, outbox, likes, kept = (
            json.loads(zipped.read(f"{name}.json"))
            for name in ("actor", "outbox", "likes", "bookmarks")
        )
        assert zipped.read(f"media/{key}") == b"picture"
    assert actor["id"] == me.uri
    assert outbox["totalItems"] == 3
    assert [item["type"] for item in outbox["orderedItems"]] == ["Create", "Create", "Announce"]
    assert [
        item["object"] if item["type"] == "Announce" else item["object"]["id"]
        for item in outbox["orderedItems"]
    ] == [own.uri, secret.uri, theirs.uri]
    assert outbox["orderedItems"][0]["object"]["attachment"][0]["url"] == f"media/{key}"
    assert likes["orderedItems"] == kept["orderedItems"] == [theirs.uri]
    subjects = [mail.subject for mail in mails.to(f"{me.username}@example.test")]
    assert subjects == [f"Your archive of {ctx.settings.server.domain} is ready"]


async def test_there_is_one_archive_in_seven_days(ctx, client, drain, clock):
    visit, me = await signed_in(ctx, client)
    page = await visit.get(PAGE)
    form = visit.hidden(PAGE)
    assert "Make an archive" in page.text
    await visit.submit(PAGE)
    await drain()
    assert "Make an archive" not in (await visit.get(PAGE)).text

    again = await visit._call("POST", PAGE, form, {})
    assert again.status == 429
    assert len(await archives_of(ctx, account_id=me.id)) == 1

    clock.ahead = timedelta(days=8)
    assert "Make an archive" in (await visit.get(PAGE)).text


async def test_nobody_else_fetches_it(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    await ask(visit)
    await drain()
    (archive,) = await archives_of(ctx, account_id=me.id)

    stranger, _ = await signed_in(ctx, client)
    assert (await stranger.get(f"{PAGE}/{archive.id}")).status == 404
    assert (await client.get(f"{PAGE}/{archive.id}")).status == 302
    assert (await client.get(f"/media/{archive.file_key}")).status == 404
    assert (await visit.get(f"{PAGE}/{archive.id}")).status == 200


async def test_after_a_week_it_is_gone(ctx, client, drain, clock):
    visit, me = await signed_in(ctx, client)
    await ask(visit)
    await drain()
    (archive,) = await archives_of(ctx, account_id=me.id)
    assert await ctx.storage.size(archive.file_key) is not None

    clock.ahead = timedelta(days=7, hours=1)
    assert (await visit.get(f"{PAGE}/{archive.id}")).status == 404
    await sweep_archives.run(ctx)
    await drain()

    assert await ctx.storage.size(archive.file_key) is None
