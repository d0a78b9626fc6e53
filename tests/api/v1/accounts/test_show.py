"""One account, as the public and others see it: every attribute of the entity."""

from tests.api.v1.accounts.people import signed_in
from tests.world import a_follow, a_token, an_account
from watertower.api.shapes.times import midnight


def expected(ctx, account, **differences):
    base = ctx.settings.base_url
    return {
        "id": str(account.id),
        "username": account.username,
        "acct": account.acct,
        "display_name": account.display_name,
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": False,
        "group": False,
        "created_at": midnight(account.created_at),
        "note": "",
        "url": account.url,
        "uri": account.uri,
        "avatar": f"{base}/avatars/original/missing.png",
        "avatar_static": f"{base}/avatars/original/missing.png",
        "avatar_description": "",
        "header": f"{base}/headers/original/missing.png",
        "header_static": f"{base}/headers/original/missing.png",
        "header_description": "",
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": 0,
        "last_status_at": None,
        "hide_collections": False,
        "show_media": True,
        "show_media_replies": True,
        "show_featured": True,
        "emojis": [],
        "feature_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"},
        "fields": [],
        "roles": [],
        "noindex": False,
    } | differences


async def test_an_account_has_every_attribute(ctx, client):
    alice = await an_account(ctx)
    await a_follow(ctx, alice, await an_account(ctx))
    answer = await client.get(f"/api/v1/accounts/{alice.id}")
    assert answer.json == expected(ctx, alice, following_count=1)


async def test_an_account_elsewhere_has_no_roles_and_says_nothing_of_indexing(ctx, client):
    far = await an_account(
        ctx,
        domain="shown.example",
        actor_type="Group",
        avatar_remote_url="https://shown.example/a.png",
    )
    wanted = expected(
        ctx,
        far,
        group=True,
        feature_approval={"automatic": [], "manual": [], "current_user": "missing"},
    )
    del wanted["roles"], wanted["noindex"]
    assert (await client.get(f"/api/v1/accounts/{far.id}")).json == wanted


async def test_conditional_attributes(ctx, client):
    new = await an_account(ctx)
    follower = await an_account(ctx)
    await a_follow(ctx, follower, new)
    old = await an_account(ctx, moved_to_account_id=new.id, limited_at=ctx.now(), is_memorial=True)
    moderator = await an_account(ctx, role_id=1)

    assert (await client.get(f"/api/v1/accounts/{old.id}")).json == expected(
        ctx,
        old,
        limited=True,
        memorial=True,
        moved=expected(ctx, new, followers_count=1),
    )
    roles = (await client.get(f"/api/v1/accounts/{moderator.id}")).json["roles"]
    assert roles == [{"id": "1", "name": "Moderator", "color": ""}]


async def test_a_suspended_account_shows_that_it_is_and_nothing_it_said(ctx, client):
    gone = await an_account(
        ctx,
        suspended_at=ctx.now(),
        note_html="<p>secret</p>",
        avatar_key="a/secret.png",
        fields='[{"name": "secret", "value": "x", "html": "x", "verified_at": null}]',
    )
    answer = await client.get(f"/api/v1/accounts/{gone.id}")
    assert answer.json == expected(
        ctx,
        gone,
        display_name="",
        discoverable=None,
        suspended=True,
        feature_approval={"automatic": [], "manual": [], "current_user": "denied"},
    )
    assert "secret" not in answer.text


async def test_several_accounts_come_in_the_order_asked_for(ctx, client):
    first, second = await an_account(ctx), await an_account(ctx)
    pending = await an_account(ctx, is_approved=False)
    params = [("id[]", str(i)) for i in (second.id, 1, pending.id, first.id, second.id)]
    answer = await client.get("/api/v1/accounts", params=params)
    assert [a["id"] for a in answer.json] == [str(second.id), str(first.id)]


async def test_short_lists_that_are_empty_for_now(ctx, client):
    alice = await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    for path in ("featured_tags", "identity_proofs"):
        answer = await app.get(f"/api/v1/accounts/{alice.id}/{path}")
        assert (answer.status, answer.json) == (200, [])


async def test_a_token_of_the_wrong_scope_sees_no_account(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice, "write push"))
    assert (await app.get(f"/api/v1/accounts/{alice.id}")).status == 403
    own = client.signed_in(await a_token(ctx, alice, "profile"))
    assert (await own.get("/api/v1/accounts/verify_credentials")).status == 200


async def test_the_pictures_of_those_who_chose_none_exist(ctx, client):
    alice = (await client.get(f"/api/v1/accounts/{(await an_account(ctx)).id}")).json
    for name in ("avatar", "avatar_static", "header", "header_static"):
        answer = await client.get(alice[name])
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
