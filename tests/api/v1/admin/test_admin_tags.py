"""Hashtags for moderators, over HTTP."""

import pytest

from tests.world import a_token, an_account, unique

TAGS = "/api/v1/admin/tags"
TRENDS = "/api/v1/admin/trends/tags"


@pytest.fixture
async def moderator(ctx, client):
    """An admin's app."""
    return client.signed_in(await a_token(ctx, await an_account(ctx, role_id=3)))


async def a_used_tag(ctx, *people):
    """A hashtag that these people used today; (id, name)."""
    name = unique("Tag").replace("_", "")
    async with ctx.transaction() as tx:
        tag_id = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ($1, $2) RETURNING id", name.lower(), name
        )
        for person in people:
            await tx.execute(
                "INSERT INTO tag_days (tag_id, day, account_id) VALUES ($1, $2, $3)",
                tag_id,
                ctx.now().date(),
                person.id,
            )
    return tag_id, name


def decided(shown):
    return [shown[name] for name in ("trendable", "usable", "listable", "requires_review")]


@pytest.mark.usefixtures("empty")  # the newest tag is this one
async def test_a_tag_is_reviewed(ctx, client, moderator):
    tag_id, name = await a_used_tag(ctx)
    one = f"{TAGS}/{tag_id}"

    assert decided((await moderator.get(one)).json) == [True, True, True, True]
    changed = await moderator.put(
        one, json={"listable": False, "trendable": False, "display_name": name.upper()}
    )
    assert changed.json["name"] == name.upper()
    assert decided(changed.json) == [False, True, False, False]
    assert (await moderator.put(one, json={"display_name": "another"})).status == 422
    assert (await moderator.get(f"{TAGS}/1")).status == 404
    newest = (await moderator.get(TAGS, params={"limit": "1"})).json
    assert [shown["id"] for shown in newest] == [str(tag_id)]


async def test_a_rejected_tag_trends_for_moderators_only_until_it_is_approved(empty, client):
    ctx = empty
    moderator = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=3)))
    tag_id, name = await a_used_tag(ctx, await an_account(ctx), await an_account(ctx))

    async def trending(path):
        return [tag["name"] for tag in (await moderator.get(path)).json]

    assert decided((await moderator.post(f"{TRENDS}/{tag_id}/reject")).json)[0] is False
    assert (await trending(TRENDS), await trending("/api/v1/trends/tags")) == ([name], [])
    assert decided((await moderator.post(f"{TRENDS}/{tag_id}/approve")).json)[0] is True
    assert await trending("/api/v1/trends/tags") == [name]


async def test_who_may_not_review_tags_is_refused(ctx, client):
    tag_id, _ = await a_used_tag(ctx)
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))

    assert (await member.get(TAGS)).status == 403
    assert (await member.post(f"{TRENDS}/{tag_id}/approve")).status == 403
