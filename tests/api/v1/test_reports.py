"""Reports over HTTP: filed, refused, and told to those who read them."""

import pytest

from tests.world import a_status, a_token, an_account
from watertower.statuses.model import Visibility


@pytest.fixture
async def app(ctx, client):
    """A member and their app."""
    me = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, me))
    app.account = me
    return app


async def a_rule(ctx):
    async with ctx.transaction() as tx:
        return await tx.fetch_value("INSERT INTO rules (text) VALUES ('No spam') RETURNING id")


async def reports_about(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all("SELECT * FROM reports WHERE target_account_id = $1", account.id)
    return [dict(row) for row in rows]


async def test_a_report_keeps_what_was_said(ctx, app):
    spammer = await an_account(ctx, domain="spam.example")
    post, rule = await a_status(ctx, by=spammer), await a_rule(ctx)

    answer = await app.post(
        "/api/v1/reports",
        json={
            "account_id": str(spammer.id), "status_ids": [str(post.id)], "comment": "Pills",
            "category": "violation", "rule_ids": [str(rule)], "forward": True,
        },
    )  # fmt: skip

    shown = answer.json
    assert answer.status == 200
    assert shown.pop("target_account")["id"] == str(spammer.id)
    report_id, created_at = shown.pop("id"), shown.pop("created_at")
    assert created_at.endswith("Z")
    assert shown == {
        "action_taken": False,
        "action_taken_at": None,
        "category": "violation",
        "comment": "Pills",
        "forwarded": True,
        "status_ids": [str(post.id)],
        "rule_ids": [str(rule)],
        "collection_ids": [],
    }
    kept = await reports_about(ctx, spammer)
    assert [(row["id"], row["account_id"], row["resolved_at"]) for row in kept] == [
        (int(report_id), app.account.id, None)
    ]


async def test_rules_make_it_a_violation_and_other_categories_have_none(ctx, app):
    spammer, rule = await an_account(ctx), await a_rule(ctx)

    async def sent(**more):
        said = {"account_id": str(spammer.id), "rule_ids": [str(rule)], **more}
        answer = (await app.post("/api/v1/reports", json=said)).json
        return answer["category"], answer["rule_ids"]

    assert await sent() == ("violation", [str(rule)])
    assert await sent(category="spam") == ("spam", [])


async def test_what_cannot_be_reported_is_refused(ctx, app):
    spammer, other = await an_account(ctx), await an_account(ctx)
    hidden = await a_status(ctx, by=spammer, visibility=Visibility.DIRECT)
    anothers = await a_status(ctx, by=other)
    gone = await an_account(ctx, suspended_at=ctx.now())

    async def status_of(**said):
        return (await app.post("/api/v1/reports", json=said)).status

    assert await status_of() == 404
    assert await status_of(account_id="1") == 404
    assert await status_of(account_id=str(gone.id)) == 404
    assert await status_of(account_id=str(spammer.id), status_ids=[str(hidden.id)]) == 404
    assert await status_of(account_id=str(spammer.id), status_ids=[str(anothers.id)]) == 404
    assert await status_of(account_id=str(spammer.id), rule_ids=["1"]) == 422
    assert await status_of(account_id=str(spammer.id), category="boring") == 422
    assert await status_of(account_id=str(spammer.id), comment="x" * 1001) == 422
    assert await reports_about(ctx, spammer) == []


async def nothing_reported_lately(ctx):
    """Reports of other tests are gone: only the first of an hour call anybody."""
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM reports")


async def test_those_who_read_reports_are_told_and_nobody_else(ctx, client, app, drain):
    await nothing_reported_lately(ctx)
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    frozen = await an_account(ctx, role_id=1, is_frozen=True)
    spammer = await an_account(ctx)
    report = await app.post("/api/v1/reports", json={"account_id": str(spammer.id)})
    await drain()
    await drain()

    told = await client.signed_in(await a_token(ctx, moderator)).get(
        "/api/v1/notifications", params={"account_id": str(app.account.id)}
    )

    assert [(n["type"], n["account"]["id"], n["report"]) for n in told.json] == [
        ("admin.report", str(app.account.id), report.json)
    ]
    async with ctx.reading() as tx:
        for account in (member, frozen, spammer, app.account):
            assert not await tx.fetch_value(
                "SELECT count(*) FROM notifications WHERE account_id = $1", account.id
            )


async def test_a_moderator_is_not_told_of_their_own_report(ctx, client, drain):
    moderator, spammer = await an_account(ctx, role_id=1), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, moderator))
    await app.post("/api/v1/reports", json={"account_id": str(spammer.id)})
    await drain()

    assert (await app.get("/api/v1/notifications", params={"types[]": "admin.report"})).json == []
