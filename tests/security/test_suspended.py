"""Who is suspended, here or elsewhere, a person or a server, is neither heard nor read to."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.federation.far import PUBLIC
from tests.feeds.world import a_member, sql
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.site import set_site_setting
from watertower.federation.policies import forget_policies
from watertower.federation.routes import ROUTES
from watertower.federation.signatures.sign import SigningKey, sign_request

ACCEPT = "application/activity+json"


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def suspend(ctx, account):
    await sql(ctx, "UPDATE accounts SET suspended_at = now() WHERE id = $1", account.id)


def signed(ctx, actor, path):
    headers = {"Accept": ACCEPT}
    return headers | sign_request(
        SigningKey(actor.key_id, actor.private_pem),
        method="GET",
        url=ctx.settings.base_url + path,
        body=b"",
        now=datetime.now(UTC),
        headers=headers,
    )


async def test_words_of_a_suspended_account_come_in_by_no_other_way(ctx, far, post, settle, client):
    alice, bob, booster = await an_account(ctx), far.actor(), far.actor()
    account = await met(ctx, far, bob)
    for author in (account, await met(ctx, far, booster)):
        await a_follow(ctx, alice, author)
    known = bob.note("<p>before</p>")
    await post(bob, bob.activity("Create", known))
    await settle()
    await suspend(ctx, account)
    later = (datetime.now(UTC) + timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    new = bob.note("<p>new</p>")
    answering = booster.note("<p>answer</p>", inReplyTo=bob.note("<p>asked</p>")["id"])

    await post(bob, bob.activity("Create", bob.note("<p>created</p>")))
    await post(bob, bob.activity("Update", known | {"content": "<p>x</p>", "updated": later}))
    await post(bob, bob.activity("Update", bob.note("<p>unknown</p>") | {"updated": later}))
    for note in (known, new):
        boost = booster.activity("Announce", note["id"], to=[PUBLIC], cc=[booster.followers])
        await post(booster, boost)
    passed_on = booster.activity("Announce", bob.activity("Create", new), to=[PUBLIC])
    await post(booster, passed_on)
    await post(booster, booster.activity("Create", answering))
    await settle()

    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT content_html FROM statuses WHERE account_id = $1", account.id
        )
        boosts = await tx.fetch_value(
            "SELECT count(*) FROM statuses s JOIN accounts a ON a.id = s.account_id "
            "WHERE a.uri = $1 AND s.reblog_of_id IS NOT NULL",
            booster.uri,
        )
    assert ([row["content_html"] for row in rows], boosts) == (["<p>before</p>"], 0)
    app = client.signed_in(await a_token(ctx, alice))
    shown = (await app.get("/api/v1/timelines/home")).json
    assert [one["content"] for one in shown] == ["<p>answer</p>"]


DOCUMENTS = sorted({row.path for row in ROUTES if row.method == "GET" and "/ap/users/" in row.path})


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_a_suspended_server_that_names_itself_is_read_nothing(ctx, far, client, path):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    path = path.replace(":id", str(alice.id)).replace(":status_id", str(status.id))
    assert (await client.get(path, headers=signed(ctx, bob, path))).status in {200, 404}
    await sql(
        ctx, "INSERT INTO server_policies (domain, severity) VALUES ($1, 'suspend')", far.host
    )
    forget_policies()
    asked = len(far.asked)

    answer = await client.get(path, headers=signed(ctx, bob, path))

    assert answer.status == 403
    assert len(far.asked) == asked
    forget_policies()


async def test_a_suspended_follower_elsewhere_is_read_what_is_public_and_no_more(ctx, far, client):
    from watertower.statuses.model import Visibility

    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, account, alice)
    private = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    path = private.uri.removeprefix(ctx.settings.base_url)
    assert (await client.get(path, headers=signed(ctx, bob, path))).status == 200

    await suspend(ctx, account)

    assert (await client.get(path, headers=signed(ctx, bob, path))).status == 404


async def test_an_invitation_of_somebody_suspended_lets_nobody_in(ctx, client):
    from tests.world import unique
    from watertower.accounts.actions.create_member import create_member
    from watertower.base.errors import Invalid, Refused

    host = await an_account(ctx, role_id=3)
    code = unique("code")
    await sql(
        ctx,
        "INSERT INTO invites (code, account_id) VALUES ($1, $2)",
        code,
        host.id,
    )
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "invite")

    async def joins(name):
        await create_member(
            ctx, username=name, email=f"{name}@example.com", password="correct horse",
            invite_code=code,
        )  # fmt: skip

    await joins(unique("guest"))
    await suspend(ctx, host)
    late = unique("late")
    with pytest.raises((Refused, Invalid)):
        await joins(late)
    async with ctx.reading() as tx:
        assert not await tx.fetch_value("SELECT count(*) FROM accounts WHERE username = $1", late)


STANDINGS = {
    "unconfirmed": {"is_confirmed": False},
    "pending": {"is_approved": False},
    "suspended": {"suspended_at": datetime(2026, 1, 1, tzinfo=UTC)},
}


async def test_what_is_for_members_is_for_members_in_good_standing(ctx, client):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "show_domain_blocks", "users")
    path = "/api/v1/instance/domain_blocks"
    seen = {"anonymous": (await client.get(path)).status}
    for name, columns in STANDINGS.items():
        token = await a_token(ctx, await an_account(ctx, **columns))
        seen[name] = (await client.signed_in(token).get(path)).status
    _, member = await a_member(ctx, client)
    seen["member"] = (await member.get(path)).status

    assert seen.pop("member") == 200
    assert set(seen.values()) <= {401, 403, 404, 422}
