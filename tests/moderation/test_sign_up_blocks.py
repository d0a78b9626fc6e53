"""Who may not sign up, and who may not come in at all: through the API, at sign-up, at the door."""

import asyncio
import hashlib
import re
from datetime import timedelta

import pytest

from tests.web.visit import PASSWORD, signed_in
from tests.world import a_token, an_account, an_application, unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account, set_role
from watertower.accounts.errors import NetworkMayNotSignUp
from watertower.accounts.who_may_knock import canonical_hash, domains_above, network_of_text
from watertower.base.errors import Invalid

ADMIN = 2
BASE = "/api/v1/admin"


@pytest.fixture
async def staff(ctx, client):
    return client.signed_in(await a_token(ctx, await an_account(ctx, role_id=ADMIN)))


@pytest.fixture(autouse=True)
async def nobody_is_blocked(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM ip_blocks")
        await tx.execute("DELETE FROM email_domain_blocks")
        await tx.execute("DELETE FROM canonical_email_blocks")
        await tx.execute(
            "SELECT pg_notify('watertower_live', '{\"event\": \"ip_blocks_changed\"}')"
        )
    await asyncio.sleep(0.05)


async def join(ctx, *, email=None, ip=None):
    name = unique("new")
    return await create_member(
        ctx,
        username=name,
        email=email or f"{name}@example.test",
        password=PASSWORD,
        password_hash="x",
        ip=ip,
    )


async def is_approved(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT approved_at IS NOT NULL FROM logins WHERE account_id = $1", account.id
        )


def test_an_address_has_one_hash_in_all_its_spellings():
    assert canonical_hash("Foo.Bar+news@Example.com") == canonical_hash("foobar@example.com")
    digest = hashlib.sha256(b"foobar@example.com").hexdigest()  # as Mastodon makes it
    assert canonical_hash("f.oobar@example.com") == digest
    assert domains_above("a@b.c.example") == ["b.c.example", "c.example", "example"]
    assert str(network_of_text("192.0.2.77/24")) == "192.0.2.0/24"
    assert str(network_of_text("::ffff:192.0.2.77")) == "192.0.2.77/32"
    assert network_of_text("nowhere") is None


async def test_addresses_of_a_blocked_domain_and_below_cannot_sign_up_and_are_counted(ctx, staff):
    made = (await staff.post(f"{BASE}/email_domain_blocks", json={"domain": "Spam.Example"})).json
    assert (made["domain"], made["allow_with_approval"]) == ("spam.example", False)

    for email in ("a@spam.example", "b@mail.spam.example"):
        with pytest.raises(Invalid) as refused:
            await join(ctx, email=email, ip="192.0.2.1")
        assert refused.value.details == {
            "email": [("ERR_BLOCKED", "uses a disallowed e-mail provider")]
        }
    await join(ctx, email=f"{unique('c')}@notspam.example")

    shown = (await staff.get(f"{BASE}/email_domain_blocks/{made['id']}")).json
    assert [(d["uses"], d["accounts"]) for d in shown["history"]] == [("2", "1")] + [("0", "0")] * 6
    again = await staff.post(f"{BASE}/email_domain_blocks", json={"domain": "spam.example"})
    assert (again.status, again.json["error"]) == (
        422,
        "Validation failed: Domain has already been taken",
    )
    assert (await staff.delete(f"{BASE}/email_domain_blocks/{made['id']}")).json == {}
    assert (await staff.delete(f"{BASE}/email_domain_blocks/{made['id']}")).status == 404
    await join(ctx, email=f"{unique('d')}@spam.example")


async def test_a_domain_that_is_allowed_with_approval_waits_for_a_person(ctx, staff):
    body = {"domain": "free.example", "allow_with_approval": True}
    await staff.post(f"{BASE}/email_domain_blocks", json=body)

    assert not await is_approved(ctx, await join(ctx, email=f"{unique('x')}@free.example"))
    assert await is_approved(ctx, await join(ctx))


async def test_a_blocked_address_looks_taken_and_can_be_tested(ctx, staff):
    made = (
        await staff.post(f"{BASE}/canonical_email_blocks", json={"email": "tr.oll@example.test"})
    ).json
    assert made["canonical_email_hash"] == canonical_hash("troll@example.test")

    tested = await staff.post(
        f"{BASE}/canonical_email_blocks/test", json={"email": "TROLL+2@example.test"}
    )
    assert tested.json == [made]
    other = {"email": "other@example.test"}
    assert (await staff.post(f"{BASE}/canonical_email_blocks/test", json=other)).json == []
    with pytest.raises(Invalid) as refused:
        await join(ctx, email="t.r.o.l.l+3@example.test")
    assert refused.value.details == {"email": [("ERR_TAKEN", "has already been taken")]}
    by_hash = {"canonical_email_hash": made["canonical_email_hash"]}
    assert (await staff.post(f"{BASE}/canonical_email_blocks", json=by_hash)).status == 422
    assert (await staff.post(f"{BASE}/canonical_email_blocks", json={})).status == 422


async def test_a_network_may_need_approval_or_not_sign_up_and_the_smallest_one_decides(ctx, staff):
    for network, severity in (
        ("198.51.100.0/24", "sign_up_block"),
        ("198.51.100.0/28", "sign_up_requires_approval"),
    ):
        body = {"ip": network, "severity": severity}
        assert (await staff.post(f"{BASE}/ip_blocks", json=body)).status == 200

    with pytest.raises(NetworkMayNotSignUp):
        await join(ctx, ip="198.51.100.200")
    assert not await is_approved(ctx, await join(ctx, ip="198.51.100.3"))
    assert await is_approved(ctx, await join(ctx, ip="203.0.113.3"))


async def test_a_block_of_a_network_ends_by_itself(ctx, staff, clock):
    body = {"ip": "2001:db8::/32", "severity": "sign_up_block", "expires_in": 3600}
    assert (await staff.post(f"{BASE}/ip_blocks", json=body)).status == 200

    with pytest.raises(NetworkMayNotSignUp):
        await join(ctx, ip="2001:db8:7::1")
    clock.ahead = timedelta(minutes=61)
    await join(ctx, ip="2001:db8:7::1")


async def test_apps_are_refused_from_a_blocked_network_as_browsers_are(ctx, client, staff):
    token = await a_token(ctx, None, application_id=await an_application(ctx))
    await staff.post(f"{BASE}/ip_blocks", json={"ip": "198.51.100.9", "severity": "sign_up_block"})
    name = unique("app")
    answer = await client.signed_in(token).post(
        "/api/v1/accounts",
        json={
            "username": name,
            "email": f"{name}@example.test",
            "password": PASSWORD,
            "agreement": True,
            "locale": "en",
        },
        headers={"X-Forwarded-For": "198.51.100.9"},
    )
    assert (answer.status, answer.json) == (
        403,
        {"error": "Nobody can sign up from your network at present"},
    )


async def test_a_network_without_access_gets_no_answer_at_any_door_and_costs_no_query(
    ctx, client, staff, queries
):
    far = {"X-Forwarded-For": "203.0.113.44"}
    made = (
        await staff.post(
            f"{BASE}/ip_blocks", json={"ip": "203.0.113.0/24", "severity": "no_access"}
        )
    ).json
    await asyncio.sleep(0.1)
    queries.clear()

    for path in ("/", "/api/v1/timelines/public", "/.well-known/webfinger", "/inbox", "/about"):
        answer = await client.get(path, headers=far)
        assert (path, answer.status, answer.json) == (
            path,
            403,
            {"error": "Your network has no access to this server"},
        )
    assert queries == []
    near = {"X-Forwarded-For": "203.0.114.44"}
    assert (await client.get("/about", headers=near)).status == 200

    changed = await staff.put(
        f"{BASE}/ip_blocks/{made['id']}", json={"severity": "sign_up_requires_approval"}
    )
    assert changed.json["severity"] == "sign_up_requires_approval"
    await asyncio.sleep(0.1)
    assert (await client.get("/about", headers=far)).status == 200


async def test_nobody_locks_themselves_out_and_nobody_blocks_the_whole_world(staff):
    for body in (
        {"ip": "127.0.0.0/8", "severity": "no_access"},
        {"ip": "0.0.0.0/0", "severity": "sign_up_block"},
        {"ip": "::/8", "severity": "sign_up_block"},
        {"ip": "here", "severity": "sign_up_block"},
        {"ip": "192.0.2.1", "severity": "worse"},
        {"ip": "192.0.2.1"},
    ):
        assert (await staff.post(f"{BASE}/ip_blocks", json=body)).status == 422, body


async def test_members_without_the_permission_see_and_change_no_block(ctx, client):
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    for kind in ("email_domain_blocks", "ip_blocks", "canonical_email_blocks"):
        assert (await member.get(f"{BASE}/{kind}")).status == 403
        assert (await member.post(f"{BASE}/{kind}", json={})).status == 403
        assert (await member.delete(f"{BASE}/{kind}/1")).status == 403


@pytest.mark.parametrize("kind", ["email_domain_blocks", "ip_blocks", "canonical_email_blocks"])
async def test_lists_of_blocks_take_the_same_number_of_queries_with_one_and_three(
    staff, queries, kind
):
    counts = []
    for total in (1, 3):
        for number in range(len((await staff.get(f"{BASE}/{kind}")).json), total):
            body = {
                "domain": f"number-{number}.example",
                "ip": f"192.0.2.{number}",
                "severity": "sign_up_block",
                "email": f"number{number}@example.test",
            }
            assert (await staff.post(f"{BASE}/{kind}", json=body)).status == 200
        await asyncio.sleep(0.3)  # the process has heard of the block, which is a query of its own
        queries.clear()
        assert len((await staff.get(f"{BASE}/{kind}")).json) == total
        counts.append(len(queries))
    assert counts[0] == counts[1]


async def test_the_desk_blocks_lifts_and_answers_whether_an_address_is_blocked(ctx, client):
    visit, account = await signed_in(ctx, client)
    login = await login_of_account(ctx, account_id=account.id)
    assert (await visit.get("/desk/blocks")).status == 404
    await set_role(ctx, login_id=login.id, role_name="Admin")

    async def send(**typed):
        await visit.get("/desk/blocks")
        return await visit.submit("/desk/blocks", **typed)

    assert (await send(what="domain", domain="spam.example")).status == 303
    assert (await send(what="domain", domain="spam.example")).status == 422
    network = {"what": "network", "network": "192.0.2.0/24", "severity": "sign_up_block"}
    assert (await send(**network, hours="24", comment="Bots")).status == 303
    assert (await send(what="address", email="troll@example.test")).status == 303
    page = (await visit.get("/desk/blocks?test=T.roll%2B1@example.test")).text
    assert "It is blocked." in page
    assert "spam.example" in page
    assert "192.0.2.0/24" in page
    token = visit.hidden("/desk/blocks")
    for what in ("lift_domain", "lift_network", "lift_address"):
        block_id = re.search(rf'value="{what}"><input type="hidden" name="id" value="(\d+)"', page)
        fields = token | {"what": what, "id": block_id[1]}
        assert (await visit._call("POST", "/desk/blocks", fields, {})).status == 303
        assert (await visit._call("POST", "/desk/blocks", fields, {})).status == 404
    page = (await visit.get("/desk/blocks?test=troll@example.test")).text
    assert "It is not blocked." in page
    assert "spam.example" not in page
    async with ctx.reading() as tx:
        lines = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE actor_account_id = $1 ORDER BY id", account.id
        )
    assert [line["verb"] for line in lines if "block" in line["verb"]] == [
        *("block_email_domain", "block_network", "block_email_address"),
        *("unblock_email_domain", "unblock_network", "unblock_email_address"),
    ]
