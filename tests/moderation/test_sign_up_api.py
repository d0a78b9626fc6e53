"""The API's own operations for sign-ups, the door and special accounts."""

import pytest

from tests.world import a_token, an_account
from watertower.accounts.queries.site import set_site_setting

V1 = "/api/watertower/v1"


@pytest.fixture
async def staff(ctx, client):
    return client.signed_in(await a_token(ctx, await an_account(ctx, role_id=5)))


@pytest.fixture(autouse=True)
async def nothing_left(ctx):
    yield
    async with ctx.transaction() as tx:
        for table in ("account_types", "posting_rules", "sign_up_gates", "announcements"):
            await tx.execute(f"DELETE FROM {table}")


async def test_an_application_through_the_api(ctx, client, staff):
    applicant = await an_account(ctx, is_approved=False)
    own = client.signed_in(await a_token(ctx, applicant))
    path = f"{V1}/sign_ups/{applicant.id}"
    waiting = (await staff.get(f"{V1}/sign_ups?limit=200")).json
    assert str(applicant.id) in {one["account_id"] for one in waiting}
    assert (await own.get(f"{V1}/application")).json["state"] == "pending"

    asked = await staff.post(f"{path}/question", json={"text": "Why?"})
    assert (asked.status, asked.json["state"]) == (200, "questioned")
    await staff.post(f"{path}/note", json={"text": "Nice"})
    mine = (await own.get(f"{V1}/application")).json
    assert [m["kind"] for m in mine["messages"]] == ["question"]
    answered = await own.post(f"{V1}/application/answer", json={"text": "Because."})
    assert answered.json["state"] == "answered"
    assert (await own.post(f"{V1}/application/answer", json={"text": "More"})).status == 403
    assert (await own.post(f"{V1}/application/vouch", json={"name": "x y"})).status == 422
    refused = await staff.post(f"{path}/refuse", json={"text": "No."})
    assert refused.json["state"] == "refused"
    appealed = await own.post(f"{V1}/application/appeal", json={"text": "Please."})
    assert appealed.json["state"] == "pending"
    other = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=5)))
    assert (await staff.post(f"{path}/approve")).status == 403
    assert (await other.post(f"{path}/approve")).json["state"] == "approved"
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.get(f"{V1}/sign_ups")).status == 403
    assert (await member.get(path)).status == 403


async def test_the_door_through_the_api(ctx, client, staff):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    reason = {"reason": "Bots", "public_note": "Bots came.", "hours": 4}
    raised = await staff.post(f"{V1}/door/raise", json={"level": 2, **reason})
    assert raised.json["friction"]["level"] == 2
    assert (await staff.post(f"{V1}/door/relax")).json["friction"] is None
    closed = (await staff.post(f"{V1}/door/close", json=reason)).json
    assert (closed["mode"], closed["closing"]["by_server"]) == ("closed", False)
    assert (await staff.post(f"{V1}/door/close", json=reason)).status in {409, 422}
    assert (await staff.post(f"{V1}/door/look_again", json=reason | {"hours": 30})).status == 422
    opened = (await staff.post(f"{V1}/door/reopen", json={"reason": "Over."})).json
    assert (opened["mode"], opened["closing"]) == ("open", None)
    mod = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=2)))
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.get(f"{V1}/door")).status == 403
    assert (await member.post(f"{V1}/door/close", json=reason)).status == 403
    assert (await mod.get(f"{V1}/door")).status == 200


async def test_a_special_account_through_the_api(ctx, client, staff):
    account = await an_account(ctx)
    own = client.signed_in(await a_token(ctx, account))
    assert (await own.get(f"{V1}/account_type")).json["types"] == ["general"]
    assert (await own.put(f"{V1}/account_type", json={"types": ["cat"]})).status == 422
    declared = (await own.put(f"{V1}/account_type", json={"types": ["bot"]})).json
    assert declared["approval"]["state"] == "declared"
    assert "has to be approved" in declared["posting"]["refusal"]
    answers = {"purpose": "a", "fit": "b", "protection": "c", "automation": "d"}
    assert (await own.post(f"{V1}/account_type/apply", json=answers)).status == 422
    applied = await own.post(
        f"{V1}/account_type/apply", json=answers | {"accepts_expectations": True}
    )
    assert applied.json["approval"]["state"] == "applied"
    path = f"{V1}/account_types/{account.id}"
    waiting = (await staff.get(f"{V1}/account_types")).json
    assert [one["account_id"] for one in waiting] == [str(account.id)]
    assert (await staff.post(f"{path}/review")).json["state"] == "in_review"
    assert (await staff.post(f"{path}/sing")).status == 422
    approved = await staff.post(f"{path}/approve", json={"category": "Bots", "text": "Good"})
    assert approved.json["state"] == "approved"
    seen = (await own.get(f"{V1}/account_type")).json["posting"]
    assert (seen["left"], seen["used"], seen["required_tags"]) == (5, 0, ["automatedpost"])
    public = (await client.get(f"{V1}/approved_accounts")).json
    assert [(g["category"], [a["username"] for a in g["accounts"]]) for g in public] == [
        ("Bots", [account.username])
    ]
    assert (await own.get(f"{V1}/account_types")).status == 403
