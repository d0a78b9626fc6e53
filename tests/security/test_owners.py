"""Everything that belongs to somebody is changed by its owner alone, and read by nobody else."""

import re

import pytest

from tests.feeds.world import a_member, sql
from tests.web.visit import Visit
from tests.web.visit import a_member as a_visitor
from tests.world import a_status, a_token, an_account, unique
from watertower.api.routes import ROUTES

# Tables that say whose their rows are, with what makes one of Alice's. (kind in the address: rows)
OWNED = {
    "lists": "INSERT INTO lists (account_id, title) VALUES ($1, 'mine') RETURNING id",
    "filters": "INSERT INTO filters (account_id, title, contexts) VALUES ($1, 'mine', '{home}') "
    "RETURNING id",
    "scheduled_statuses": "INSERT INTO scheduled_statuses (account_id, scheduled_at, params) "
    "VALUES ($1, now() + interval '1 day', '{}') RETURNING id",
    "media": "INSERT INTO media_attachments (account_id, kind, state, original_key, content_type) "
    "VALUES ($1, 'image', 'done', 'attachments/aa/original.png', 'image/png') RETURNING id",
    "notifications": "INSERT INTO notifications (account_id, from_account_id, kind, subject_id, "
    "group_key) VALUES ($1, $1, 'follow', 1, 'g') RETURNING id",
    "conversations": "INSERT INTO inbox_conversations (account_id, conversation_id, "
    "participant_ids, status_ids) SELECT $1, c.id, '{}', '{}' FROM conversations c LIMIT 1 "
    "RETURNING id",
    "featured_tags": "INSERT INTO featured_tags (account_id, tag_id) SELECT $1, t.id FROM tags t "
    "LIMIT 1 RETURNING id",
}
ROWS = {
    kind: [row for row in ROUTES if re.fullmatch(rf"/api/v[12]/{kind}/:\w+(/.*)?", row.path)]
    for kind in OWNED
}
BODY = {"title": "x", "keyword": "x", "status_id": "1", "account_ids": ["1"], "description": "x",
        "scheduled_at": "2099-01-01T00:00:00Z", "context": ["home"], "name": "x"}  # fmt: skip


async def table_rows(ctx, kind, number):
    table = {"media": "media_attachments", "conversations": "inbox_conversations"}.get(kind, kind)
    async with ctx.reading() as tx:
        return dict(await tx.fetch_one(f"SELECT * FROM {table} WHERE id = $1", number))


@pytest.mark.parametrize("kind", OWNED)
async def test_nobody_reads_or_changes_what_is_somebody_elses(ctx, client, kind):
    alice, _ = await a_member(ctx, client)
    _, mallory = await a_member(ctx, client)
    await sql(ctx, "INSERT INTO tags (name, shown_name) VALUES ($1, $1) RETURNING id", unique("t"))
    await a_status(ctx, by=alice)
    number = await sql(ctx, OWNED[kind], alice.id)
    before = await table_rows(ctx, kind, number)
    assert ROWS[kind], "no route has this any more"

    for row in ROWS[kind]:
        path = re.sub(r":\w+", str(number), row.path)
        missing = re.sub(r":\w+", "1", row.path)
        body = {} if row.method == "GET" else {"json": BODY}
        theirs = await mallory.call(row.method, path, **body)
        nothing = await mallory.call(row.method, missing, **body)
        assert theirs.status == nothing.status, (row.method, path)
        assert theirs.text.replace(str(number), "1") == nothing.text, (row.method, path)
        assert theirs.status in {404, 422, 200}, (row.method, path)
        if theirs.status == 200:  # an answer that is the same for what never was
            assert theirs.json in ({}, [], {"count": 0}), (row.method, path)

    assert await table_rows(ctx, kind, number) == before


async def test_following_a_tag_changes_nobody_elses_tags(ctx, client):
    alice, alices = await a_member(ctx, client)
    _, bobs = await a_member(ctx, client)
    tag = unique("tag").replace("_", "x")
    for app in (alices, bobs):
        assert (await app.post(f"/api/v1/tags/{tag}/follow")).json["following"]
    await bobs.post(f"/api/v1/tags/{tag}/unfollow")

    assert (await alices.get(f"/api/v1/tags/{tag}")).json["following"]
    assert not (await bobs.get(f"/api/v1/tags/{tag}")).json["following"]
    assert [one["name"] for one in (await alices.get("/api/v1/followed_tags")).json] == [tag]
    assert alice.id


async def test_an_app_has_its_secret_once_and_nobody_else_ever(ctx, client):
    member = await an_account(ctx)
    app_body = {"client_name": "App", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    made = (await client.post("/api/v1/apps", json=app_body)).json
    async with ctx.reading() as tx:
        number = await tx.fetch_value(
            "SELECT id FROM oauth_applications WHERE client_id = $1", made["client_id"]
        )
    who = client.signed_in(await a_token(ctx, member, application_id=number))
    for row in ROUTES:
        if row.method == "GET" and ":" not in row.path and "streaming" not in row.path:
            assert made["client_secret"] not in (await who.get(row.path)).text, row.path


async def test_files_of_a_neighbour_are_not_there(ctx, client):
    """What was cut off with a server, what could not be brought, an archive: one's own only."""
    alice, thief = await a_visitor(ctx), await a_visitor(ctx)
    far = await an_account(ctx, domain="cut-off.example")
    severed = await sql(
        ctx,
        "INSERT INTO severances (account_id, domain, policy_at, created_at) "
        "VALUES ($1, 'cut-off.example', now(), now()) RETURNING id",
        alice.id,
    )
    await sql(
        ctx,
        "INSERT INTO severed_relations (severance_id, member_id, remote_id, kind, follow_id, "
        "shows_reblogs, notifies, followed_at) "
        "VALUES ($1, $2, $3, 'following', 1, true, false, now())",
        severed,
        alice.id,
        far.id,
    )
    brought = await sql(
        ctx,
        "INSERT INTO imports (account_id, kind, total_count, failed_count, finished_at) "
        "VALUES ($1, 'following', 1, 1, now()) RETURNING id",
        alice.id,
    )
    await sql(
        ctx,
        "INSERT INTO import_rows (import_id, data, problem) VALUES ($1, $2, 'gone')",
        brought,
        '{"acct": "secret@cut-off.example"}',
    )
    paths = [
        f"/settings/severed/{severed}",
        f"/settings/severed/{severed}/following.csv",
        f"/settings/severed/{severed}/followers.csv",
        f"/settings/imports/{brought}/failures",
    ]
    seen = {}
    for who in (alice, thief):
        visit = Visit(client)
        await visit.sign_in(who.username)
        seen[who.id] = [await visit.get(path) for path in paths]
    assert [answer.status for answer in seen[alice.id]][:1] == [200]
    assert [answer.status for answer in seen[thief.id]] == [404] * len(paths)
    assert not any("cut-off.example" in answer.text for answer in seen[thief.id])
