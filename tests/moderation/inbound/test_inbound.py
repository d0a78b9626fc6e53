"""Rules about what arrives: written, simulated, holding, ended, undone; through HTTP."""

from datetime import timedelta

from tests.web.visit import Visit, a_member, where
from tests.world import a_follow, a_status, a_token, an_account, unique
from watertower.moderation.actions.inbound.receive import receive
from watertower.moderation.jobs.inbound_simulate import expire_rules
from watertower.moderation.steps.inbound_live import forget_live_rules
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedStatus

RULES = "/api/watertower/v1/inbound/rules"
HELD = "/api/watertower/v1/inbound/held"


async def a_moderator(ctx, client):
    account = await an_account(ctx, role_id=1)
    return account, client.signed_in(await a_token(ctx, account))


async def a_rule(moderator, drain, *, conditions, effects, name="Spam", days=7):
    """A rule that holds; its id."""
    made = await moderator.post(
        RULES, json={"name": name, "conditions": conditions, "effects": effects}
    )
    assert made.status == 200, made.text
    await drain()
    rule_id = made.json["id"]
    on = await moderator.post(f"{RULES}/{rule_id}/switch_on", json={"days": days})
    assert on.status == 200, on.text
    return rule_id


def told(member, text):
    """What makes a note one that is for a member."""
    return {
        "content": f"<p>{text}</p>",
        "cc": [member.uri],
        "tag": [{"type": "Mention", "href": member.uri, "name": f"@{member.username}"}],
    }


async def row_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_one("SELECT * FROM statuses WHERE uri = $1", uri)


async def send(post, settle, sender, member, text, **more):
    note = sender.note(**told(member, text), **more)
    await post(sender, sender.activity("Create", note))
    await settle()
    return note


async def notifications_of(client, ctx, member):
    mine = client.signed_in(await a_token(ctx, member))
    return [one["type"] for one in (await mine.get("/api/v1/notifications")).json]


async def test_a_held_post_is_nowhere_until_it_is_released(ctx, client, drain, far, post, settle):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("watches")
    rule = await a_rule(moderator, drain, conditions={"texts": [word]}, effects={"hold": True})

    note = await send(post, settle, sender, member, f"Buy cheap {word} today for your friends")

    assert await row_of(ctx, note["id"]) is None
    assert await notifications_of(client, ctx, member) == []
    (pile,) = (await moderator.get(HELD)).json["piles"]
    assert pile["count"] == 1
    assert pile["last"]["rule_id"] == rule

    mine = client.signed_in(await a_token(ctx, member))
    found = await mine.get("/api/v2/search", params={"q": note["id"], "resolve": "true"})
    assert found.json["statuses"] == []

    done = await moderator.post(f"{HELD}/{pile['id']}/release")
    assert done.json == {"decided": 1}
    assert (await moderator.post(f"{HELD}/{pile['id']}/release")).status == 404
    await settle()

    row = await row_of(ctx, note["id"])
    assert row["visibility"] == 0
    assert await notifications_of(client, ctx, member) == ["mention"]
    assert (await moderator.get(HELD)).json == {"count": 0, "piles": []}


async def test_a_refused_post_stays_away_when_it_is_sent_again(
    ctx, client, drain, far, post, settle
):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("pills")
    rule = await a_rule(moderator, drain, conditions={"texts": [word]}, effects={"hold": True})
    note = await send(post, settle, sender, member, f"Buy cheap {word} now and here please")
    (pile,) = (await moderator.get(HELD)).json["piles"]

    await moderator.post(f"{HELD}/{pile['id']}/refuse", json={"reason": "Spam"})
    await post(sender, sender.activity("Create", note))
    await settle()

    assert await row_of(ctx, note["id"]) is None
    assert (await moderator.get(HELD)).json["count"] == 0
    async with ctx.reading() as tx:
        kept = await tx.fetch_one(
            "SELECT received, state FROM inbound_held WHERE uri = $1", note["id"]
        )
        verbs = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE details->>'rule_id' = $1 OR subject_id = $2 "
            "OR subject_id = $1 ORDER BY id",
            rule,
            pile["id"],
        )
    assert (kept["received"], kept["state"]) == ("{}", "refused")
    assert [row["verb"] for row in verbs] == [
        "write inbound rule",
        "switch on inbound rule",
        "hold post",
        "refuse held posts",
    ]


async def test_what_its_author_deletes_while_it_is_held_is_gone(
    ctx, client, drain, far, post, settle
):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("offer")
    await a_rule(moderator, drain, conditions={"texts": [word]}, effects={"hold": True})
    note = await send(post, settle, sender, member, f"A {word} that you cannot refuse today")
    forget_live_rules()

    await post(sender, sender.activity("Delete", {"id": note["id"], "type": "Tombstone"}))
    await settle()

    assert (await moderator.get(HELD)).json["count"] == 0
    assert await row_of(ctx, note["id"]) is None


async def test_near_identical_held_posts_are_one_pile_and_one_decision(
    ctx, client, drain, far, post, settle
):
    _, moderator = await a_moderator(ctx, client)
    member = await an_account(ctx)
    word = unique("phones")
    await a_rule(moderator, drain, conditions={"texts": [word]}, effects={"hold": True})
    for n in range(4):
        text = f"Dear friend win one of many free {word} today number {n} at our site"
        await send(post, settle, far.actor(), member, text)

    (pile,) = (await moderator.get(HELD)).json["piles"]
    assert (pile["count"], pile["accounts_count"]) == (4, 4)
    assert len((await moderator.get(f"{HELD}/{pile['id']}")).json) == 4
    assert (await moderator.post(f"{HELD}/{pile['id']}/refuse")).json == {"decided": 4}


async def test_a_rule_covers_tags_quiets_and_limits_and_undoing_restores_exactly(
    ctx, client, drain, far, post, settle
):
    staff, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("casino")
    rule = await a_rule(
        moderator,
        drain,
        conditions={"texts": [word], "has_no_followers_here": True},
        effects={"sensitise": True, "quiet": True, "limit": True, "tag": "casino"},
    )

    first = await send(post, settle, sender, member, f"The {word} is open all night for you")
    second = await send(
        post, settle, sender, member, f"The {word} is open all day for you", sensitive=True
    )

    covered = [await row_of(ctx, note["id"]) for note in (first, second)]
    assert [row["is_sensitive"] for row in covered] == [True, True]
    assert await notifications_of(client, ctx, member) == []
    account_id = covered[0]["account_id"]

    async def limited():
        async with ctx.reading() as tx:
            return await tx.fetch_value(
                "SELECT limited_at IS NOT NULL FROM accounts WHERE id = $1", account_id
            )

    assert await limited()
    shown = (await moderator.get(f"{RULES}/{rule}")).json
    assert shown["done"] == {"limit": 2, "quiet": 2, "sensitise": 2, "tag": 2}

    await moderator.post(f"{RULES}/{rule}/undo", json={"reason": "Too wide"})
    await settle()
    await moderator.post(f"{RULES}/{rule}/undo", json={"reason": "Too wide"})
    await settle()

    restored = [await row_of(ctx, note["id"]) for note in (first, second)]
    assert [row["is_sensitive"] for row in restored] == [False, True]  # the author's own choice
    assert not await limited()
    shown = (await moderator.get(f"{RULES}/{rule}")).json
    assert shown["state"] == "ended"
    assert shown["holding"] == {"limit": 0, "quiet": 0, "sensitise": 0, "tag": 0}
    assert await notifications_of(client, ctx, member) == ["mention", "mention"]
    async with ctx.reading() as tx:
        undone = await tx.fetch_value(
            "SELECT count(*) FROM audit_log WHERE verb = 'undo limit' AND actor_account_id = $1",
            staff.id,
        )
    assert undone == 1


async def test_an_edit_that_matches_is_held_and_the_post_stays_as_it_was(
    ctx, client, drain, far, post, settle
):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("loans")
    await a_rule(moderator, drain, conditions={"texts": [word]}, effects={"hold": True})
    note = await send(post, settle, sender, member, "Nice weather here")
    edited = {
        **note,
        "content": f"<p>Cheap {word} for everybody here today</p>",
        "updated": (ctx.now() + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

    await post(sender, sender.activity("Update", edited))
    await settle()
    assert (await row_of(ctx, note["id"]))["content_html"] == "<p>Nice weather here</p>"

    (pile,) = (await moderator.get(HELD)).json["piles"]
    assert pile["last"]["kind"] == "edit"
    await moderator.post(f"{HELD}/{pile['id']}/release")
    await settle()
    assert word in (await row_of(ctx, note["id"]))["content_html"]


async def test_rules_end_by_the_clock_whether_a_job_runs_or_not(
    ctx, client, drain, clock, far, post, settle
):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    word = unique("crypto")
    await send(post, settle, sender, member, "To be known here")
    rule = await a_rule(
        moderator, drain, conditions={"texts": [word]}, effects={"hold": True}, days=1
    )
    clock.ahead = timedelta(days=1, seconds=1)

    async with ctx.reading() as tx:
        author_id = await tx.fetch_value("SELECT id FROM accounts WHERE uri = $1", sender.uri)
    received = ReceivedStatus(
        uri=f"{sender.uri}/late",
        visibility=Visibility.PUBLIC,
        created_at=ctx.now(),
        content_html=f"<p>Buy {word}</p>",
    )
    assert await receive(ctx, author_id=author_id, received=received) is not None

    await expire_rules.run(ctx)
    assert (await moderator.get(f"{RULES}/{rule}")).json["state"] == "ended"


async def test_only_a_simulated_version_can_be_switched_on(ctx, client, drain):
    _, moderator = await a_moderator(ctx, client)
    far_away = await an_account(ctx, domain="far.example")
    word = unique("bitcoin")
    fan = await an_account(ctx)
    await a_follow(ctx, fan, far_away)
    for n in range(3):
        await a_status(ctx, by=far_away, text=f"Get {word} number {n}")
    await a_status(ctx, by=far_away, text=f"Private {word}", visibility=2)
    await a_status(ctx, by=far_away, text="Something else")
    made = await moderator.post(
        RULES, json={"name": "Coins", "conditions": {"texts": [word]}, "effects": {"limit": True}}
    )
    path = f"{RULES}/{made.json['id']}"
    assert (await moderator.post(f"{path}/switch_on")).status in {409, 422}

    await drain()
    shown = (await moderator.get(path)).json
    assert shown["is_simulated"] is True
    simulation = shown["simulation"]
    assert simulation["caught_count"] == 4
    assert simulation["accounts_count"] == 1
    assert simulation["known_count"] == 1
    assert simulation["days"] == [[ctx.now().date().isoformat(), 4]]
    assert [one["sample"] for one in simulation["examples"]] == [
        f"Get {word} number {n}" for n in (2, 1, 0)
    ]
    assert (await moderator.post(f"{path}/switch_on")).json["state"] == "live"

    changed = {"name": "Coins", "conditions": {"texts": [f"{word}s"]}, "effects": {"limit": True}}
    again = await moderator.put(path, json=changed)
    assert (again.json["version"], again.json["state"], again.json["is_simulated"]) == (
        2,
        "draft",
        False,
    )


async def test_no_rule_costs_no_query(ctx, client, drain, far, post, settle, queries):
    _, moderator = await a_moderator(ctx, client)
    member, sender = await an_account(ctx), far.actor()
    await send(post, settle, sender, member, "First")

    async def cost():
        forget_live_rules()
        await send(post, settle, sender, member, "To fill the memory")
        queries.clear()
        await send(post, settle, sender, member, "Another one")
        return [sql for sql in queries if "inbound" in sql]

    assert await cost() == []
    await a_rule(
        moderator, drain, conditions={"texts": ["never said by anybody"]}, effects={"hold": True}
    )
    assert await cost() == []


async def test_a_members_post_is_held_by_a_rule_for_members_only_and_can_be_released(
    ctx, client, drain
):
    _, moderator = await a_moderator(ctx, client)
    member = await an_account(ctx)
    mine = client.signed_in(await a_token(ctx, member))
    word = unique("followers")
    await a_rule(
        moderator,
        drain,
        conditions={"texts": [word], "origin": "local", "younger_than_days": 7},
        effects={"hold": True},
    )
    text = f"Buy many {word} for your account today please"

    for _ in range(2):
        refused = await mine.post("/api/v1/statuses", json={"status": text})
        assert refused.status == 422
        assert "held until a moderator" in refused.json["error"]
    assert (await mine.post("/api/v1/statuses", json={"status": "Harmless"})).status == 200

    (pile,) = (await moderator.get(HELD)).json["piles"]
    assert (pile["count"], pile["last"]["kind"]) == (1, "draft")
    await moderator.post(f"{HELD}/{pile['id']}/release")
    await drain()
    posts = (await mine.get(f"/api/v1/accounts/{member.id}/statuses")).json
    assert [one["content"] for one in posts] == [f"<p>{text}</p>", "<p>Harmless</p>"]


async def test_a_rule_that_makes_no_sense_and_strangers_are_refused(ctx, client):
    _, moderator = await a_moderator(ctx, client)
    for body in (
        {"name": "All", "conditions": {}, "effects": {"hold": True}},
        {"name": "None", "conditions": {"texts": ["spam"]}, "effects": {}},
        {"name": "Odd", "conditions": {"regex": "(a+)+"}, "effects": {"hold": True}},
        {"name": "", "conditions": {"texts": ["spam"]}, "effects": {"hold": True}},
    ):
        assert (await moderator.post(RULES, json=body)).status == 422, body
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    for path in (RULES, HELD, "/api/watertower/v1/waves"):
        assert (await member.get(path)).status == 403
        assert (await client.get(path)).status == 401


async def test_a_rule_is_written_and_held_posts_decided_on_the_desk(
    ctx, client, drain, far, post, settle
):
    moderator = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 1 WHERE account_id = $1", moderator.id)
    visit = Visit(client)
    await visit.sign_in(moderator.username)
    word = unique("gift")

    await visit.get("/desk/inbound/new")
    wrong = await visit.submit("/desk/inbound/new", name="Gifts", origin="remote")
    assert wrong.status == 422
    made = await visit.submit(
        "/desk/inbound/new", name="Gifts", origin="remote", texts=f"{word}\nfree*card", hold="1"
    )
    path = where(made)
    assert "This is being looked up" in (await visit.get(path)).text
    await drain()
    assert "Nobody here follows any of these accounts" in (await visit.get(path)).text
    assert (await visit.submit(f"{path}/switch_on", days="3")).status == 303
    assert "Holds" in (await visit.get("/desk/inbound")).text

    member = await an_account(ctx)
    note = await send(post, settle, far.actor(), member, f"A {word} for you and all your friends")
    held = await visit.get("/desk/inbound/held")
    assert f"A {word} for you" in held.text
    async with ctx.reading() as tx:
        pile = await tx.fetch_value("SELECT pile FROM inbound_held WHERE uri = $1", note["id"])
    assert (await visit.get(f"/desk/inbound/held/{pile}")).status == 200
    await visit.get("/desk/inbound/held")
    done = await visit.submit(f"/desk/inbound/held/{pile}", decision="release")
    assert where(done) == "/desk/inbound/held?decided=1"
    await settle()
    assert await row_of(ctx, note["id"]) is not None
    await visit.get(path)
    assert (await visit.submit(f"{path}/end")).status == 303
