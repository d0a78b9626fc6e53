"""W26 and graded friction, by HTTP: open, raised friction, closed, re-opened, and its clocks."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.visit import PASSWORD, Visit, signed_in, where
from tests.world import a_token, an_account, an_application, unique
from watertower.accounts.access.registrations import registrations_of
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.invites import create_invite
from watertower.accounts.actions.manage_member import set_role
from watertower.accounts.proof_of_work import BITS, is_solved, new_challenge
from watertower.accounts.queries.site import set_site_setting
from watertower.base.errors import Busy
from watertower.moderation.jobs import sign_up_gate
from watertower.moderation.jobs.sign_up_gate import invite_waiting, watch_closing, watch_sign_ups
from watertower.moderation.model.sign_up_gate import AbuseSignals, wanted_level
from watertower.web.views.site import forget_site

DOOR = "/desk/sign_ups/door"


@pytest.fixture(autouse=True)
async def open_door(ctx):
    """An open community with nobody waiting, before and after."""

    async def empty():
        async with ctx.transaction() as tx:
            await tx.execute("DELETE FROM rules")
            await tx.execute("DELETE FROM sign_up_gates")
            await tx.execute("DELETE FROM sign_up_waiting_list")
            await tx.execute("DELETE FROM sign_in_attempts")
            await tx.execute("DELETE FROM announcements")
            await tx.execute("UPDATE logins SET created_at = created_at - interval '2 days'")
            await tx.execute("DELETE FROM site_settings")
        forget_site()

    await empty()
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    yield
    await empty()


async def lead(ctx, client, role="Head moderator"):
    visit, account = await signed_in(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET created_at = created_at - interval '2 days'")
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", account.id)
    await set_role(ctx, login_id=login_id, role_name=role)
    return visit, account


async def pull(visit, decision, **typed):
    await visit.get(DOOR)
    return await visit.submit(DOOR, decision=decision, **typed)


async def close(visit, hours="12"):
    return await pull(
        visit, "close", reason="Bots", public_note="We are attacked by bots.", hours=hours
    )


def host():
    return unique("host").replace("_", "-") + ".example"


async def sign_up(client, *, solves=False, **more):
    visit, name = Visit(client), unique("new")
    page = await visit.get("/auth/sign_up")
    typed = {
        "username": name,
        "email": f"{name}@example.test",
        "password": PASSWORD,
        "password_again": PASSWORD,
    } | more
    if solves:
        challenge = re.search(r'name="proof_challenge" value="([^"]+)"', page.text)[1]
        typed["proof_answer"] = solve(challenge)
    answer = await visit.submit("/auth/sign_up", **typed)
    return visit, name, answer


def solve(challenge):
    number = 0
    while True:
        digest = hashlib.sha256(f"{challenge}:{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - BITS) == 0:
            return str(number)
        number += 1


async def join(ctx, *, email=None, ip=None, reason=""):
    name = unique("new")
    return await create_member(
        ctx,
        username=name,
        email=email or f"{name}@example.test",
        password=PASSWORD,
        password_hash="x",
        ip=ip,
        reason=reason,
    )


async def is_approved(ctx, name):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT approved_at IS NOT NULL FROM logins l JOIN accounts a ON a.id = l.account_id "
            "WHERE a.username = $1 AND a.domain IS NULL",
            name,
        )


async def log_of(ctx, by=None):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb, actor_account_id IS NULL AS by_server FROM audit_log "
            "WHERE subject_kind = 'site' AND at > $1 AND ($2::bigint IS NULL OR actor_account_id = $2) "
            "ORDER BY id DESC LIMIT 20",
            ctx.now() - timedelta(minutes=5 if by is None else 1200),
            by,
        )
    return [(row["verb"], row["by_server"]) for row in rows][::-1]


async def test_closed_mode_still_lets_invited_approvals_finish_and_existing_members_work(
    ctx, client, drain, mails, monkeypatch
):
    strict = replace(ctx.settings, server=replace(ctx.settings.server, development=False))
    monkeypatch.setattr(ctx, "settings", strict)
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "approval")
    member, host = await signed_in(ctx, client)
    before = await create_invite(ctx, account_id=host.id, max_uses=5)
    applicant, name, _ = await sign_up(client, reason="Bread")
    await drain()
    head, _ = await lead(ctx, client)
    assert (await close(head)).status == 303
    after = await create_invite(ctx, account_id=host.id, max_uses=5)

    # Nobody new, by page or by app; and nobody with an invitation of the time after.
    assert (await client.get("/auth/sign_up")).status == 403
    assert (await client.get(f"/auth/sign_up?invite_code={after.code}")).status == 403
    app = client.signed_in(await a_token(ctx, None, application_id=await an_application(ctx)))
    body = {
        "username": unique("app"),
        "email": f"{unique('app')}@example.test",
        "password": PASSWORD,
        "agreement": True,
        "locale": "en",
    }
    assert (await app.post("/api/v1/accounts", json=body)).status == 403
    instance = (await client.get("/api/v2/instance")).json
    assert instance["registrations"]["enabled"] is False
    assert "We are attacked by bots." in instance["registrations"]["message"]

    # Who had applied confirms the address, is approved, and is in.
    link = re.search(r"/auth/confirmation\S+", mails.to(f"{name}@example.test")[0].text)[0]
    await applicant.get(link)
    async with ctx.reading() as tx:
        account_id = await tx.fetch_value("SELECT id FROM accounts WHERE username = $1", name)
    staff = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=2)))
    approved = await staff.post(f"/api/v1/admin/accounts/{account_id}/approve")
    assert approved.json["approved"] is True
    assert where(await applicant.get("/auth/waiting")) == "/"
    # Who was invited before can still come.
    invited, guest = Visit(client), unique("guest")
    await invited.get(f"/auth/sign_up?invite_code={before.code}")
    came = await invited.submit(
        "/auth/sign_up",
        username=guest,
        email=f"{guest}@example.test",
        password=PASSWORD,
        password_again=PASSWORD,
    )
    assert where(came) == "/auth/waiting"
    assert await is_approved(ctx, guest)
    # And members work as ever.
    token = client.signed_in(await a_token(ctx, host))
    assert (await token.post("/api/v1/statuses", json={"status": "Still here"})).status == 200
    assert (await member.get("/settings/profile")).status == 200


async def test_closing_is_announced_reviewed_within_a_day_and_undone_by_reopening(
    ctx, client, drain, mails, clock, monkeypatch
):
    head, account = await lead(ctx, client)
    reader = client.signed_in(await a_token(ctx, await an_account(ctx)))
    for bad in ({"hours": "25"}, {"hours": "0"}, {"reason": ""}, {"public_note": " "}):
        typed = {"reason": "Bots", "public_note": "Bots.", "hours": "12"} | bad
        assert (await pull(head, "close", **typed)).status == 422
    assert (await close(head)).status == 303
    await head.get(DOOR)

    said = [a["content"] for a in (await reader.get("/api/v1/announcements")).json]
    assert any("We are attacked by bots." in text for text in said)
    page = (await client.get("/auth/sign_up")).text
    assert "We are attacked by bots." in page
    assert "Somebody looks again by" in page

    # The system nags: at half, at nine tenths, when it is over, and every hour after that.
    mails.mails.clear()
    told = []
    for hours in (5, 7, 8, 11, 11.5, 12.1, 12.5, 13.2, 14.5):
        clock.ahead = timedelta(hours=hours)
        await watch_closing.run(ctx)
        await drain()
        told.append((hours, len(mails.to(f"{account.username}@example.test"))))
        mails.mails.clear()
    assert told == [
        (5, 0), (7, 1), (8, 0), (11, 1), (11.5, 0), (12.1, 1), (12.5, 0), (13.2, 1), (14.5, 1),
    ]  # fmt: skip
    late = await pull(head, "look_again", public_note="Still there.", hours="30")
    assert late.status == 422
    assert (await pull(head, "look_again", public_note="Still there.", hours="8")).status == 303
    assert "Still there." in (await client.get("/auth/sign_up")).text
    clock.ahead = timedelta(hours=16)
    await watch_closing.run(ctx)
    await drain()
    assert mails.to(f"{account.username}@example.test") == []

    for number in range(3):
        visit = Visit(client)
        await visit.get("/auth/sign_up")
        listed = await visit.submit("/auth/waiting_list", email=f"w{number}@wait.example")
        assert where(listed) == "/auth/sign_up?listed=1"
        await visit.get("/auth/sign_up")
        await visit.submit("/auth/waiting_list", email=f"W{number}@wait.example")
    wrong = await visit.submit("/auth/waiting_list", email="nobody")
    assert wrong.status == 422
    await invite_waiting.run(ctx)
    await drain()
    assert [m.to for m in mails.mails] == []  # not before it opens

    assert (await pull(head, "reopen", reason="The wave is over.")).status == 303
    assert (await client.get("/auth/sign_up")).status == 200
    said = [a["content"] for a in (await reader.get("/api/v1/announcements")).json]
    assert any("The wave is over." in text for text in said)
    assert not any("attacked" in text or "Still there" in text for text in said)
    monkeypatch.setattr(sign_up_gate, "INVITED_AT_ONCE", 1)
    for _ in range(5):
        await invite_waiting.run(ctx)
        await drain()
    invited = [m.to for m in mails.mails if m.to.endswith("wait.example")]
    assert invited == [f"w{number}@wait.example" for number in range(3)]
    assert (await pull(head, "reopen", reason="Again")).status == 422
    assert log_verbs(await log_of(ctx, by=account.id)) == [
        "close_sign_up", "keep_sign_up_closed", "reopen_sign_up",
    ]  # fmt: skip


def log_verbs(lines):
    return [verb for verb, _ in lines if "closed" in verb or "close" in verb or "reopen" in verb]


async def test_only_those_who_lead_close_and_moderators_may_raise_friction(ctx, client):
    mod, _ = await lead(ctx, client, role="Moderator")
    async with ctx.transaction() as tx:
        before = await tx.fetch_value("SELECT permissions FROM roles WHERE name = 'Moderator'")
        await tx.execute(
            "UPDATE roles SET permissions = $1 WHERE name = 'Moderator'",
            1308 | 127 << 32,
        )
    head, _ = await lead(ctx, client)
    assert "Only those who lead a team close it." in (await mod.get(DOOR)).text
    await head.get(DOOR)
    fields = head.hidden(DOOR)
    await mod.get(DOOR)
    own = mod.hidden(DOOR)
    closing = {"decision": "close", "reason": "x", "public_note": "x", "hours": "1"}
    assert (await mod._call("POST", DOOR, own | closing, {})).status == 404
    assert (await head._call("POST", DOOR, fields | closing | {"hours": "99"}, {})).status == 422
    assert (await pull(mod, "raise", level="1", reason="Wave", hours="1")).status == 303
    infra, _ = await lead(ctx, client, role="Head of infrastructure")
    assert (await close(infra)).status == 303
    outsider, _ = await signed_in(ctx, client)
    assert (await outsider.get(DOOR)).status == 404
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE roles SET permissions = $1 WHERE name = 'Moderator'", before)


async def test_friction_asks_for_a_proof_of_work_or_for_a_person_and_relaxes_by_itself(
    ctx, client, clock
):
    mod, _ = await lead(ctx, client)
    assert (await pull(mod, "raise", level="1", reason="A wave", hours="6")).status == 303
    page = await client.get("/auth/sign_up")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert 'name="proof_challenge"' in page.text

    visit, worked, answer = await sign_up(client, solves=True)
    assert where(answer) == "/"
    assert await is_approved(ctx, worked)
    _, idle, answer = await sign_up(client)
    assert where(answer) == "/auth/waiting"
    assert not await is_approved(ctx, idle)
    # The proof was used up: the same one lets nobody else in.
    token = visit.client
    stolen = Visit(client)
    page = await stolen.get("/auth/sign_up")
    challenge = re.search(r'name="proof_challenge" value="([^"]+)"', page.text)[1]
    answer_of = solve(challenge)
    names = []
    for _ in range(2):
        one = Visit(client)
        await one.get("/auth/sign_up")
        name = unique("thief")
        names.append(name)
        await one.submit(
            "/auth/sign_up", username=name, email=f"{name}@other.example", password=PASSWORD,
            password_again=PASSWORD, proof_challenge=challenge, proof_answer=answer_of,
            headers={"X-Forwarded-For": f"192.0.2.{len(names)}"},
        )  # fmt: skip
    assert [await is_approved(ctx, name) for name in names] == [True, False]
    assert token is client
    # Apps cannot show a page: a person looks.
    app = client.signed_in(await a_token(ctx, None, application_id=await an_application(ctx)))
    name = unique("app")
    body = {
        "username": name,
        "email": f"{name}@example.test",
        "password": PASSWORD,
        "agreement": True,
        "locale": "en",
    }
    assert (await app.post("/api/v1/accounts", json=body)).status == 200
    assert not await is_approved(ctx, name)
    # Which apps are told; the instance document itself is kept for some seconds.
    rules = await registrations_of(ctx)
    assert rules.asks_apps_to_wait(ctx.now())
    assert not rules.asks_apps_to_wait(ctx.now() + timedelta(hours=7))

    clock.ahead = timedelta(hours=6, minutes=1)
    page = await client.get("/auth/sign_up")
    assert "proof_challenge" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    await watch_sign_ups.run(ctx)
    _, later, answer = await sign_up(client)
    assert await is_approved(ctx, later)
    assert ("relax_sign_up_friction", True) in await log_of(ctx)


async def test_while_friction_is_raised_a_network_and_a_mail_domain_have_limits(ctx, client):
    mod, _ = await lead(ctx, client)
    await pull(mod, "raise", level="1", reason="A wave", hours="6")

    async def came(**more):
        account = await create_member(
            ctx, password=PASSWORD, password_hash="x", has_proof=True,
            **{"username": (name := unique("n")), "email": f"{name}@{host()}"} | more,
        )  # fmt: skip
        return await is_approved(ctx, account.username)

    assert [await came(ip=f"203.0.113.{n}") for n in range(5)] == [True] * 3 + [False] * 2
    assert await came(ip="198.51.100.1")
    domain = host()
    let_in = [
        await came(email=f"a{n}@{domain}", ip=f"10.{n}.0.1", username=unique("m"))
        for n in range(22)
    ]
    assert let_in == [True] * 20 + [False] * 2


async def test_signals_of_abuse_raise_friction_and_worsen_it_but_never_close(ctx, client, clock):
    for number in range(10):
        await join(ctx, ip=f"203.0.113.{number}", email=f"{unique('x')}@{host()}")
    await watch_sign_ups.run(ctx)
    await watch_sign_ups.run(ctx)
    mod, _ = await lead(ctx, client)
    page = (await mod.get(DOOR)).text
    assert "raised by the server" in page
    assert "10 sign-ups from one network within an hour" in page
    assert (await log_of(ctx)).count(("raise_sign_up_friction", True)) == 1
    clock.ahead = timedelta(minutes=31)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET created_at = $1 WHERE sign_up_ip << '203.0.113.0/24'", ctx.now()
        )
    await watch_sign_ups.run(ctx)
    assert "a person looks at each new one first" in (await client.get("/auth/sign_up")).text
    async with ctx.reading() as tx:
        mode = await tx.fetch_value(
            "SELECT value #>> '{}' FROM site_settings WHERE name = 'registration_mode'"
        )
        closings = await tx.fetch_value("SELECT count(*) FROM sign_up_gates WHERE kind = 'closing'")
    assert (mode, closings) == ("open", 0)


async def test_load_alone_raises_nothing_and_closes_nothing(ctx):
    """600 people in an hour, as when a large server shuts down: different places and words."""
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO accounts (username, uri, url) SELECT 'crowd' || n, 'https://x/' || n, "
            "'https://x/' || n FROM generate_series(1, 600) n"
        )
        await tx.execute(
            "INSERT INTO logins (account_id, email, password_hash, sign_up_ip, sign_up_reason, "
            "created_at, approved_at, confirmed_at) "
            "SELECT id, username || '@' || (CASE WHEN length(username) % 2 = 0 THEN 'big.example' "
            "ELSE username || '.example' END), '', "
            "('100.' || (id % 200) || '.' || (id / 7 % 200) || '.1')::inet, "
            "'I come from elsewhere, my number is ' || username, now(), now(), now() "
            "FROM accounts WHERE username LIKE 'crowd%'"
        )
        # The large provider was used here before.
        await tx.execute(
            "UPDATE logins SET created_at = now() - interval '3 days' "
            "WHERE email = (SELECT email FROM logins WHERE email LIKE 'crowd%@big.example' LIMIT 1)"
        )
    try:
        await watch_sign_ups.run(ctx)
        async with ctx.reading() as tx:
            assert await tx.fetch_value("SELECT count(*) FROM sign_up_gates") == 0
    finally:
        async with ctx.transaction() as tx:
            await tx.execute("DELETE FROM accounts WHERE username LIKE 'crowd%'")


def test_a_signal_is_only_what_sign_ups_have_in_common(clock):
    now = clock.now()
    assert wanted_level(AbuseSignals(9, 14, 7), None, now=now) == 0
    assert wanted_level(AbuseSignals(10, 0, 0), None, now=now) == 1
    assert set(AbuseSignals.__dataclass_fields__) == {
        "from_network",
        "with_new_email_domain",
        "with_same_text",
    }


def test_a_proof_is_ours_recent_and_solved(clock):
    now, key = clock.now(), "secret"
    challenge = new_challenge(key, now=now)
    answer = next(
        str(n)
        for n in range(10_000)
        if hashlib.sha256(f"{challenge}:{n}".encode()).digest()[0] == 0
    )
    assert is_solved(key, challenge, answer, now=now, bits=8)
    assert not is_solved("other", challenge, answer, now=now, bits=8)
    assert not is_solved(key, challenge, answer + "0", now=now, bits=24)
    assert not is_solved(key, challenge, answer, now=now + timedelta(minutes=31), bits=8)
    for broken in ("", "x.y.z", "1.2", "9" * 30 + ".a.b"):
        assert not is_solved(key, broken, "1", now=now, bits=0)


async def test_a_slow_service_says_so_and_keeps_what_was_typed(ctx, client, monkeypatch):
    async def is_slow(*_, **__):
        raise Busy

    visit, name = Visit(client), unique("patient")
    await visit.get("/auth/sign_up")
    typed = {
        "username": name,
        "email": f"{name}@example.test",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    with monkeypatch.context() as slow:
        slow.setattr("watertower.web.sign_in.sign_up.create_member", is_slow)
        answer = await visit.submit("/auth/sign_up", **typed)
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")
    assert "The service is slow at the moment." in answer.text
    assert f'value="{name}"' in answer.text
    assert PASSWORD not in answer.text
    again = await visit.submit("/auth/sign_up", **typed)
    assert where(again) == "/"
    assert await is_approved(ctx, name)
