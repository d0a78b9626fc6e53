"""What a decision about a server does, and that lifting it undoes exactly that."""

import itertools
from datetime import timedelta

import pytest

from tests.moderation.servers.world import a_domain, a_moderator, admin, follows, marks, ties
from tests.world import a_status, a_token, an_account
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.actions.follow import follow
from watertower.accounts.queries.severances import list_own_severances
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.actions.servers.preview import preview
from watertower.moderation.model.servers import Choice, Impact


async def decides(ctx, drain, domain, severity, **more):
    """A decision that was carried out."""
    actor = await a_moderator(ctx)
    found = await decide(
        ctx,
        actor_id=actor.id,
        choice=Choice(domain, severity=severity, private_comment="Because", **more),
    )
    await drain()
    return found


async def lifts(ctx, drain, domain):
    """The decision is lifted, and everything that follows is done."""
    actor = await a_moderator(ctx)
    await lift(ctx, actor_id=actor.id, domain=domain, reason="It is over")
    await drain()


async def test_suspending_keeps_every_follow_and_lifting_gives_it_back(ctx, client, drain):
    domain = a_domain()
    ann, ben = await an_account(ctx), await an_account(ctx)
    far, fay = await an_account(ctx, domain=domain), await an_account(ctx, domain=domain)
    near = await an_account(ctx, domain=a_domain("near"))
    await follows(ctx, ann, far, shows_reblogs=False, notifies=True, languages=["en"])
    await follows(ctx, far, ann)
    await follows(ctx, fay, ann)
    await follows(ctx, ben, near)
    everybody = (ann, ben, far, fay, near)
    before = await ties(ctx, *everybody)

    await decides(ctx, drain, domain, "suspend")

    assert await ties(ctx, *everybody) == [("follow", ben.id, near.id, True, False, None)]
    assert await marks(ctx, far) == ("server", None)
    shown = await client.signed_in(await a_token(ctx, ann)).get(
        "/api/v1/accounts/verify_credentials"
    )
    assert (shown.json["followers_count"], shown.json["following_count"]) == (0, 0)

    await lifts(ctx, drain, domain)

    # Followers are back; whom members followed is asked, and nothing is half accepted.
    assert await ties(ctx, *everybody) == [
        ("follow", ben.id, near.id, True, False, None),
        *sorted(
            [
                ("follow", far.id, ann.id, True, False, None),
                ("follow", fay.id, ann.id, True, False, None),
            ]
        ),
        ("request", ann.id, far.id, False, True, ["en"]),
    ]
    await accept_follow(ctx, actor_id=ann.id, target_id=far.id)
    await drain()
    assert sorted(await ties(ctx, *everybody)) == sorted(before)
    assert await marks(ctx, far) == (None, None)


async def test_members_are_told_and_export_what_they_lost(ctx, client, drain):
    domain = a_domain()
    ann, ben = await an_account(ctx), await an_account(ctx)
    far = await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    await follows(ctx, far, ann)

    await decides(ctx, drain, domain, "suspend")
    await decides(ctx, drain, domain, "suspend", public_comment="Other words, the same suspension")

    app = client.signed_in(await a_token(ctx, ann))
    told = (await app.get("/api/v1/notifications")).json
    assert [one["type"] for one in told] == ["severed_relationships"]
    event = told[0]["event"]
    assert {name: event[name] for name in event if name not in {"id", "created_at"}} == {
        "type": "domain_block",
        "purged": False,
        "target_name": domain,
        "followers_count": 1,
        "following_count": 1,
    }
    grouped = (await app.get("/api/v2/notifications")).json
    assert grouped["notification_groups"][0]["event"] == event
    assert (await client.signed_in(await a_token(ctx, ben)).get("/api/v1/notifications")).json == []


async def test_limited_means_exactly_four_effects(ctx, client, drain):
    domain = a_domain()
    ann, ben = await an_account(ctx), await an_account(ctx)
    far = await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    status = await a_status(ctx, by=far, text="Heard by followers")
    await decides(ctx, drain, domain, "limit")
    follower = client.signed_in(await a_token(ctx, ann))
    stranger = client.signed_in(await a_token(ctx, ben))

    # 1. Members can still follow its accounts.
    asked = (await stranger.post(f"/api/v1/accounts/{far.id}/follow")).json
    assert (asked["requested"], asked["following"]) == (True, False)
    # 2. Its posts appear only to followers.
    federated = "/api/v1/timelines/public?remote=true"
    assert str(status.id) not in [one["id"] for one in (await stranger.get(federated)).json]
    assert (await follower.get(f"/api/v1/statuses/{status.id}")).status == 200
    home = [one["id"] for one in (await follower.get("/api/v1/timelines/home")).json]
    assert home == [str(status.id)] or home == []  # written before the follow was fanned out
    # 3. Follows from it need approval.
    await follow(ctx, actor_id=far.id, target_id=ben.id, uri=f"{far.uri}/follow/1")
    waiting = (await stranger.get("/api/v1/follow_requests")).json
    assert [one["id"] for one in waiting] == [str(far.id)]
    # 4. Its profiles open behind a notice.
    assert (await stranger.get(f"/api/v1/accounts/{far.id}")).json["limited"] is True
    # And nothing else: the follow that was there is untouched.
    assert ("follow", ann.id, far.id, True, False, None) in await ties(ctx, ann, far)


async def test_a_new_account_of_a_limited_server_begins_limited(ctx, drain):
    from watertower.accounts.actions.remember_account import remember_account
    from watertower.accounts.queries.accounts import find_account
    from watertower.accounts.received import ReceivedAccount

    domain = a_domain()
    await an_account(ctx, domain=domain)
    await decides(ctx, drain, domain, "limit")
    uri = f"https://sub.{domain}/users/new"
    new_id = await remember_account(
        ctx,
        received=ReceivedAccount(
            uri=uri,
            url=uri,
            username="new",
            domain=f"sub.{domain}",
            actor_type="Person",
            inbox_url=f"{uri}/inbox",
        ),
    )
    async with ctx.reading() as tx:
        new = await find_account(tx, account_id=new_id)
    assert await marks(ctx, new) == (None, "server")

    await lifts(ctx, drain, domain)

    assert await marks(ctx, new) == (None, None)


PATHS = [
    path
    for length in (1, 2, 3, 4)
    for path in itertools.product(("noop", "limit", "suspend"), repeat=length)
    if all(a != b for a, b in itertools.pairwise(path))
]


async def test_every_path_of_decisions_ends_open_without_a_trace(ctx, drain):
    """Incident 21.1: every sequence of open, limited and suspended up to four."""
    domain = a_domain()
    ann = await an_account(ctx)
    far = await an_account(ctx, domain=domain)
    own = await an_account(ctx, domain=domain, limited_at=ctx.now())
    await follows(ctx, ann, far, notifies=True)
    await follows(ctx, far, ann)
    before = sorted(await ties(ctx, ann, far))
    for path in PATHS:
        for severity in path:
            if severity == "noop":
                await lifts(ctx, drain, domain)
            else:
                await decides(ctx, drain, domain, severity)
        await lifts(ctx, drain, domain)
        if "suspend" in path:
            await accept_follow(ctx, actor_id=ann.id, target_id=far.id)
            await drain()

        assert sorted(await ties(ctx, ann, far)) == before, path
        assert await marks(ctx, far) == (None, None), path
        assert await marks(ctx, own) == (None, "own"), path


async def test_what_was_decided_about_an_account_itself_outlives_its_server_s_policy(ctx, drain):
    from watertower.accounts.steps import standing

    domain = a_domain()
    far, fay = await an_account(ctx, domain=domain), await an_account(ctx, domain=domain)
    await decides(ctx, drain, domain, "suspend")
    async with ctx.transaction() as tx:
        assert await standing.suspend(tx, account_id=far.id, at=ctx.now())
        assert await standing.suspend(tx, account_id=fay.id, at=ctx.now())
        assert await standing.restore(tx, account_id=fay.id, at=ctx.now())
    assert await marks(ctx, far) == ("own", None)
    assert await marks(ctx, fay) == ("server", None)

    await lifts(ctx, drain, domain)

    assert await marks(ctx, far) == ("own", None)
    assert await marks(ctx, fay) == (None, None)


async def test_a_subdomain_may_be_treated_otherwise_than_the_domain_above_it(ctx, drain):
    domain = a_domain()
    far = await an_account(ctx, domain=domain)
    sub = await an_account(ctx, domain=f"good.{domain}")
    other = await an_account(ctx, domain=f"bad.{domain}")
    await decides(ctx, drain, f"good.{domain}", "noop", rejects_reports=True)

    await decides(ctx, drain, domain, "suspend")

    assert [await marks(ctx, one) for one in (far, sub, other)] == [
        ("server", None),
        (None, None),
        ("server", None),
    ]
    await decides(ctx, drain, domain, "suspend", covers_subdomains=False)
    assert await marks(ctx, other) == (None, None)
    assert await marks(ctx, far) == ("server", None)


async def test_the_preview_s_numbers_equal_a_direct_count(ctx):
    """Incident 19.6."""
    domain = a_domain()
    members = [await an_account(ctx) for _ in range(3)]
    far = [await an_account(ctx, domain=domain) for _ in range(3)]
    for member in members[:2]:
        for one in far:
            await follows(ctx, member, one)
    await follows(ctx, far[0], members[2])
    await follows(ctx, far[0], members[0])

    seen = await preview(ctx, domain=domain, covers_subdomains=True)

    assert seen.impact == Impact(
        following_members=2,
        followed_accounts=3,
        follower_accounts=1,
        followed_members=2,
        affected_members=3,
        follows=6,
        followers=2,
    )
    async with ctx.reading() as tx:
        direct = await tx.fetch_one(
            """
            SELECT count(DISTINCT f.account_id) FILTER (WHERE a.domain IS NULL),
                   count(DISTINCT f.target_account_id) FILTER (WHERE a.domain IS NULL),
                   count(DISTINCT f.account_id) FILTER (WHERE t.domain IS NULL),
                   count(DISTINCT f.target_account_id) FILTER (WHERE t.domain IS NULL)
            FROM follows f JOIN accounts a ON a.id = f.account_id
            JOIN accounts t ON t.id = f.target_account_id
            WHERE $1 IN (a.domain, t.domain)
            """,
            domain,
        )
    assert tuple(direct.values()) == (2, 3, 1, 2)
    async with ctx.reading() as tx:
        assert await list_own_severances(tx, account_id=members[0].id) == []


async def test_the_admin_api_decides_pages_and_lifts(ctx, client, drain):
    boss = await admin(ctx, client, await a_moderator(ctx))
    made = [
        (await boss.post("/api/v1/admin/domain_blocks", json={"domain": a_domain()})).json
        for _ in range(3)
    ]
    assert {one["severity"] for one in made} == {"silence"}

    first = await boss.get("/api/v1/admin/domain_blocks?limit=2")

    assert [one["id"] for one in first.json] == [made[2]["id"], made[1]["id"]]
    assert 'rel="next"' in first.headers["link"]
    again = await boss.post("/api/v1/admin/domain_blocks", json={"domain": made[0]["domain"]})
    assert again.status == 422
    assert again.json["existing_domain_block"]["id"] == made[0]["id"]
    one = f"/api/v1/admin/domain_blocks/{made[0]['id']}"
    changed = (await boss.put(one, json={"severity": "suspend", "obfuscate": True})).json
    assert (changed["id"], changed["severity"]) == (made[0]["id"], "suspend")
    assert (await boss.delete(one)).json == {}
    assert (await boss.get(one)).status == 404


@pytest.mark.parametrize("path", ["domain_blocks", "domain_allows"])
async def test_without_the_permission_the_lists_are_closed(ctx, client, path):
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))

    assert (await member.get(f"/api/v1/admin/{path}")).status == 403
    assert (await member.post(f"/api/v1/admin/{path}", json={"domain": "x.example"})).status == 403


async def test_an_answer_that_was_lost_is_asked_for_again_and_then_given_up(ctx, drain, clock):
    from watertower.accounts.jobs.apply_policy import ask_unanswered_again

    domain = a_domain()
    ann, far = await an_account(ctx), await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    await decides(ctx, drain, domain, "suspend")
    await lifts(ctx, drain, domain)

    async def sent():
        await ask_unanswered_again.run(ctx)
        await drain()
        async with ctx.reading() as tx:
            return await tx.fetch_value(
                "SELECT count(*) FROM outgoing_activities WHERE account_id = $1", ann.id
            )

    first = await sent()
    clock.ahead = timedelta(days=1, minutes=1)
    assert await sent() == first + 1
    for day in range(2, 10):
        clock.ahead = timedelta(days=day, minutes=day + 1)
        last = await sent()
    assert await ties(ctx, ann, far) == []
    clock.ahead = timedelta(days=30)
    assert await sent() == last


async def test_our_own_operations_preview_decide_lift_and_show(ctx, client, drain):
    domain = a_domain()
    ann, far = await an_account(ctx), await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    boss = await admin(ctx, client, await a_moderator(ctx))
    base = f"/api/watertower/v1/servers/{domain}"

    seen = (await boss.get(f"{base}/preview")).json
    assert (seen["follows"], seen["following_members"], seen["servers"]) == (1, 1, [domain])
    assert (await boss.post(f"{base}/decide", json={"severity": "suspend"})).status == 422
    wanted = {"severity": "suspend", "private_comment": "Spam", "publicity": "silent"}
    for _ in range(2):
        decided = (await boss.post(f"{base}/decide", json=wanted)).json
    assert (decided["severity"], len(decided["history"])) == ("suspend", 1)
    await drain()
    mine = client.signed_in(await a_token(ctx, ann))
    (severance,) = (await mine.get("/api/watertower/v1/severances")).json
    one = (await mine.get(f"/api/watertower/v1/severances/{severance['id']}")).json
    assert [entry["acct"] for entry in one["relationships"]] == [f"{far.username}@{domain}"]
    assert (await boss.get(f"/api/watertower/v1/severances/{severance['id']}")).status == 404
    lifted = (await boss.post(f"{base}/lift", json={"reason": "Over"})).json
    assert (lifted["severity"], lifted["history"][0]["lifts"]) == ("noop", True)
    assert domain in [
        row["domain"] for row in (await boss.get(f"/api/watertower/v1/servers?q={domain}")).json
    ]
    assert (await mine.get(base)).status == 403
    assert (await boss.get("/api/watertower/v1/servers/no%20name")).status == 422
