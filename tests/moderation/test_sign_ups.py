"""W14, by HTTP: from the form to the answer, every step and every refused step, with its clocks."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.visit import PASSWORD, Visit, signed_in, where
from tests.world import a_token, an_account, unique
from watertower.accounts.actions.manage_member import set_role
from watertower.accounts.queries.site import set_site_setting
from watertower.moderation.jobs.sign_ups import forget_refused, remind_of_sign_ups
from watertower.moderation.model.sign_ups import MOVES, State
from watertower.web.views.site import forget_site

REASON = "I bake bread and want to talk about sourdough with others."


@pytest.fixture
async def by_approval(ctx, monkeypatch):
    """A community that reads applications, on a server where addresses must be confirmed."""
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM rules")
        await tx.execute("DELETE FROM logins WHERE approved_at IS NULL")
        await tx.execute("UPDATE logins SET role_id = -99")
        await set_site_setting(tx, "registration_mode", "approval")
    forget_site()
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))


async def staff_visit(ctx, client, role="Moderator"):
    visit, account = await signed_in(ctx, client)
    async with ctx.reading() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", account.id)
    await set_role(ctx, login_id=login_id, role_name=role)
    return visit, account


async def apply(ctx, client, drain, mails, *, name=None, reason=REASON, confirms=True, ip=None):
    """Somebody applies with a browser; the browser, the name and the account's id."""
    visit, name = Visit(client), name or unique("applicant")
    headers = {"X-Forwarded-For": ip} if ip else {}
    await visit.get("/auth/sign_up")
    answer = await visit.submit(
        "/auth/sign_up",
        headers=headers,
        username=name,
        email=f"{name}@example.test",
        password=PASSWORD,
        password_again=PASSWORD,
        reason=reason,
    )
    assert (answer.status, where(answer)) == (303, "/auth/waiting"), answer.text
    await drain()
    if confirms:
        link = re.search(r"/auth/confirmation\S+", mails.to(f"{name}@example.test")[0].text)[0]
        await visit.get(link)
    async with ctx.reading() as tx:
        account_id = await tx.fetch_value("SELECT id FROM accounts WHERE username = $1", name)
    return visit, name, account_id


async def decide(visit, account_id, decision, text=""):
    path = f"/desk/sign_ups/{account_id}"
    await visit.get(path)
    return await visit.submit(path, decision=decision, text=text)


async def state(ctx, account_id):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT state FROM sign_ups WHERE account_id = $1", account_id)


async def log_of(ctx, account_id):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE subject_kind = 'account' AND subject_id = $1 "
            "AND verb <> 'read_sign_up' ORDER BY id",
            str(account_id),
        )
    return [row["verb"] for row in rows]


async def test_an_application_is_questioned_answered_and_approved(
    ctx, client, drain, mails, by_approval
):
    visit, name, account_id = await apply(ctx, client, drain, mails)
    mod, _ = await staff_visit(ctx, client)
    waiting = (await visit.get("/auth/waiting")).text
    assert "Your application is being read" in waiting
    assert "We mean to answer by" in waiting
    queue = (await mod.get("/desk/sign_ups")).text
    assert name in queue
    assert REASON[:40] in queue

    answer = await decide(mod, account_id, "question", "What is your favourite flour?")
    assert answer.status == 303
    await drain()
    asked = mails.to(f"{name}@example.test")[-1]
    assert asked.subject.startswith("A question about your application")
    assert "What is your favourite flour?" in asked.text
    page = (await visit.get("/auth/waiting")).text
    assert "What is your favourite flour?" in page
    assert name not in (await mod.get("/desk/sign_ups")).text
    assert name in (await mod.get("/desk/sign_ups?tab=questioned")).text

    await visit.get("/auth/waiting")
    answer = await visit.submit("/auth/waiting/answer", text="Rye, always.")
    assert (answer.status, await state(ctx, account_id)) == (303, "answered")
    assert "Rye, always." in (await mod.get(f"/desk/sign_ups/{account_id}")).text

    # Questioned once more: questioned and answered go to and fro.
    await decide(mod, account_id, "question", "Why rye?")
    assert await state(ctx, account_id) == "questioned"
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/answer", text="It keeps.")
    assert (await decide(mod, account_id, "approve", "Welcome!")).status == 303
    await drain()
    assert where(await visit.get("/auth/waiting")) == "/"
    assert await log_of(ctx, account_id) == [
        "question_applicant",
        "question_applicant",
        "approve_sign_up",
    ]
    # Twice is no error, and mails nobody twice.
    count = len(mails.mails)
    token = await a_token(ctx, await an_account(ctx, role_id=2))
    path = f"/api/v1/admin/accounts/{account_id}/approve"
    again = await client.signed_in(token).post(path)
    assert (again.status, again.json["approved"]) == (200, True)
    await drain()
    assert len(mails.mails) == count


async def test_refused_and_re_approved_keeps_the_name(ctx, client, drain, mails, by_approval):
    visit, name, account_id = await apply(ctx, client, drain, mails)
    token = await a_token(ctx, await an_account(ctx, role_id=2))
    staff = client.signed_in(token)
    refused = await staff.post(f"/api/v1/admin/accounts/{account_id}/reject")
    assert (refused.status, refused.json["approved"]) == (200, False)
    await drain()
    assert "thirty days" in mails.to(f"{name}@example.test")[-1].text
    pending = await staff.get("/api/v2/admin/accounts?status=pending&limit=200")
    assert account_id not in {int(one["id"]) for one in pending.json}

    # Nobody else can take the name meanwhile.
    other = Visit(client)
    await other.get("/auth/sign_up")
    taken = await other.submit(
        "/auth/sign_up",
        username=name,
        email=f"{unique('other')}@example.test",
        password=PASSWORD,
        password_again=PASSWORD,
        reason=REASON,
    )
    assert "This name has already been taken." in taken.text

    approved = await staff.post(f"/api/v1/admin/accounts/{account_id}/approve")
    assert (approved.status, approved.json["username"], approved.json["approved"]) == (
        200,
        name,
        True,
    )
    assert where(await visit.get("/auth/waiting")) == "/"
    assert (await client.get(f"/api/v1/accounts/lookup?acct={name}")).json["id"] == str(account_id)


async def test_a_refusal_is_appealed_and_somebody_else_decides(
    ctx, client, drain, mails, by_approval
):
    visit, _, account_id = await apply(ctx, client, drain, mails)
    first, _ = await staff_visit(ctx, client)
    second, _ = await staff_visit(ctx, client)
    await decide(first, account_id, "refuse", "We do not know what you want here.")
    page = (await visit.get("/auth/waiting")).text
    assert "We do not know what you want here." in page
    assert "Your name is kept until" in page
    assert (await visit.submit("/auth/waiting/answer", what="appeal", text=" ")).status == 422
    await visit.get("/auth/waiting")
    answer = await visit.submit("/auth/waiting/answer", what="appeal", text="Bread. Only bread.")
    assert (answer.status, await state(ctx, account_id)) == (303, "pending")
    assert "appeal" in (await first.get("/desk/sign_ups")).text

    refused = await decide(first, account_id, "approve")
    assert "Somebody else has to decide the appeal" in refused.text
    assert await state(ctx, account_id) == "pending"
    assert (await decide(second, account_id, "approve")).status == 303
    assert await state(ctx, account_id) == "approved"


async def test_on_a_server_of_one_person_that_person_decides_the_appeal_too(
    ctx, client, drain, mails, by_approval
):
    visit, _, account_id = await apply(ctx, client, drain, mails)
    only, _ = await staff_visit(ctx, client, role="Owner")
    await decide(only, account_id, "refuse", "Hm.")
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/answer", what="appeal", text="Please?")
    assert (await decide(only, account_id, "approve")).status == 303
    assert await state(ctx, account_id) == "approved"


async def test_after_thirty_days_a_refusal_is_final_and_the_name_is_free(
    ctx, client, drain, mails, clock, by_approval
):
    _, name, account_id = await apply(ctx, client, drain, mails)
    mod, _ = await staff_visit(ctx, client)
    await decide(mod, account_id, "refuse", "No.")
    clock.ahead = timedelta(days=29, hours=23)
    await forget_refused.run(ctx)
    async with ctx.reading() as tx:
        kept = await tx.fetch_value("SELECT count(*) FROM accounts WHERE id = $1", account_id)
    assert kept == 1
    clock.ahead = timedelta(days=30, minutes=1)
    await forget_refused.run(ctx)
    await forget_refused.run(ctx)
    async with ctx.reading() as tx:
        gone = await tx.fetch_value("SELECT count(*) FROM accounts WHERE id = $1", account_id)
    assert gone == 0
    _, again, _ = await apply(ctx, client, drain, mails, name=name, confirms=False)
    assert again == name
    assert await log_of(ctx, account_id) == ["refuse_sign_up", "forget_refused_sign_up"]


async def test_in_open_mode_a_confirmed_address_is_enough(ctx, client, drain, mails, by_approval):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    visit, _, account_id = await apply(ctx, client, drain, mails)
    assert where(await visit.get("/auth/waiting")) == "/"
    assert await state(ctx, account_id) is None


async def test_steps_that_are_not_possible_are_refused(ctx, client, drain, mails, by_approval):
    _visit, _, started = await apply(ctx, client, drain, mails, confirms=False)
    mod, _ = await staff_visit(ctx, client)
    # Nobody can be asked at an address that is not confirmed.
    assert "cannot be done" in (await decide(mod, started, "question", "Hello?")).text
    confirmed, _, account_id = await apply(ctx, client, drain, mails)
    await confirmed.get("/auth/waiting")
    # Nothing was asked, nothing was refused.
    token = confirmed.hidden("/auth/waiting/vouch")
    for what in ("answer", "appeal"):
        answer = await confirmed._call(
            "POST", "/auth/waiting/answer", token | {"what": what, "text": "Hm"}, {}
        )
        assert answer.status == 422
        assert "cannot be done" in answer.text
    await decide(mod, account_id, "approve")
    staff = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=2)))
    assert (await staff.post(f"/api/v1/admin/accounts/{account_id}/reject")).status == 403
    assert (await staff.post("/api/v1/admin/accounts/1/approve")).status == 404
    assert (await staff.post("/api/v1/admin/accounts/1/reject")).status == 404
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.post(f"/api/v1/admin/accounts/{started}/approve")).status == 403
    outsider, _ = await signed_in(ctx, client)
    for path in ("/desk/sign_ups", f"/desk/sign_ups/{started}", "/desk/sign_ups/networks"):
        assert (await outsider.get(path)).status == 404


def test_the_table_of_moves_is_that_of_the_workflow():
    assert {move: set(states) for move, states in MOVES.items()} == {
        "question": {State.PENDING, State.QUESTIONED, State.ANSWERED},
        "answer": {State.QUESTIONED},
        "approve": {
            State.STARTED,
            State.PENDING,
            State.QUESTIONED,
            State.ANSWERED,
            State.REFUSED,
        },
        "refuse": {State.STARTED, State.PENDING, State.QUESTIONED, State.ANSWERED},
        "appeal": {State.REFUSED},
    }


async def test_a_member_vouches_privately_within_seven_days(
    ctx, client, drain, mails, clock, by_approval
):
    friend_visit, friend = await signed_in(ctx, client)
    visit, name, account_id = await apply(ctx, client, drain, mails)
    mod, _ = await staff_visit(ctx, client)
    mails.mails.clear()
    said = []
    for named in (f"@{friend.username}", "nobody_of_that_name"):
        await visit.get("/auth/waiting")
        answer = await visit.submit("/auth/waiting/vouch", name=named)
        said.append((answer.status, where(answer)))
    assert said == [(303, "/auth/waiting?note=named")] * 2  # nobody learns who is here
    await drain()
    (mail,) = mails.mails
    assert (mail.to, name in mail.text) == (f"{friend.username}@example.test", True)
    whole = (await mod.get(f"/desk/sign_ups/{account_id}")).text
    assert "could not be asked" in whole
    assert "was asked" in whole

    asked = (await friend_visit.get("/account/vouches")).text
    assert name in asked
    (action,) = set(re.findall(r'action="(/account/vouches/\d+)"', asked))
    answer = await friend_visit.submit(action, answer="yes", comment="We bake together.")
    assert answer.status == 303
    await friend_visit.get("/account/vouches")
    whole = (await mod.get(f"/desk/sign_ups/{account_id}")).text
    assert "knows them" in whole
    assert "We bake together." in whole
    # The applicant learns nothing of it, and a stranger cannot answer.
    own = (await visit.get("/auth/waiting")).text
    assert "We bake together." not in own
    assert "knows them" not in own

    late_visit, late = await signed_in(ctx, client)
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/vouch", name=late.username)
    asked = (await late_visit.get("/account/vouches")).text
    (action,) = set(re.findall(r'action="(/account/vouches/\d+)"', asked))
    fields = late_visit.hidden(action)
    clock.ahead = timedelta(days=7, minutes=1)
    answer = await late_visit._call("POST", action, fields | {"answer": "yes"}, {})
    assert answer.status == 404
    assert name not in (await late_visit.get("/account/vouches")).text
    assert "did not answer" in (await mod.get(f"/desk/sign_ups/{account_id}")).text
    await visit.get("/auth/waiting")
    assert 'action="/auth/waiting/vouch"' not in visit.last.text  # three were named


async def test_an_account_elsewhere_is_proven_by_a_code_sent_there(
    ctx, client, drain, mails, by_approval, monkeypatch
):
    speaker = await an_account(ctx)
    far = await an_account(ctx, unique("far"), domain="far.example")
    handle = f"{far.username}@far.example"
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "official_username", speaker.username)

    async def find_account(asked):
        return far.id if asked == handle.lower() else None

    async def refresh_account(_):
        return None

    monkeypatch.setattr(ctx.remote, "find_account", find_account)
    monkeypatch.setattr(ctx.remote, "refresh_account", refresh_account)
    visit, _, account_id = await apply(ctx, client, drain, mails)
    await visit.get("/auth/waiting")
    assert (await visit.submit("/auth/waiting/proof", handle=f"@{handle}")).status == 303
    await drain()
    async with ctx.reading() as tx:
        sent = await tx.fetch_one(
            "SELECT text, visibility FROM statuses WHERE account_id = $1 ORDER BY id DESC LIMIT 1",
            speaker.id,
        )
    code = re.search(r"the code is (\w{8})\.", sent["text"])[1]
    assert sent["visibility"] == 3  # nobody else reads it
    page = (await visit.get("/auth/waiting")).text
    (proof,) = set(re.findall(r'name="proof" value="(\d+)"', page))
    fields = visit.hidden("/auth/waiting/proof")
    wrong = await visit._call(
        "POST", "/auth/waiting/proof", fields | {"proof": proof, "code": "AAAAAAAA"}, {}
    )
    assert "is not right" in wrong.text
    right = await visit._call(
        "POST", "/auth/waiting/proof", fields | {"proof": proof, "code": code.lower()}, {}
    )
    assert right.status == 303
    mod, _ = await staff_visit(ctx, client)
    assert "theirs, by a code" in (await mod.get(f"/desk/sign_ups/{account_id}")).text
    assert "Confirmed" in (await visit.get("/auth/waiting")).text


async def test_a_code_can_be_tried_five_times(ctx, client, drain, mails, by_approval, monkeypatch):
    speaker = await an_account(ctx)
    far = await an_account(ctx, unique("far"), domain="far.example")
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "official_username", speaker.username)

    async def find_account(_):
        return far.id

    async def refresh_account(_):
        return None

    monkeypatch.setattr(ctx.remote, "find_account", find_account)
    monkeypatch.setattr(ctx.remote, "refresh_account", refresh_account)
    visit, _, _ = await apply(ctx, client, drain, mails)
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/proof", handle=f"{far.username}@far.example")
    await drain()
    async with ctx.reading() as tx:
        text = await tx.fetch_value(
            "SELECT text FROM statuses WHERE account_id = $1 ORDER BY id DESC LIMIT 1", speaker.id
        )
    code = re.search(r"the code is (\w{8})\.", text)[1]
    page = (await visit.get("/auth/waiting")).text
    fields = visit.hidden("/auth/waiting/proof") | {
        "proof": re.search(r'name="proof" value="(\d+)"', page)[1]
    }
    for typed in [*["ZZZZZZZZ"] * 5, code]:
        answer = await visit._call("POST", "/auth/waiting/proof", fields | {"code": typed}, {})
        assert answer.status == 422


async def test_an_account_elsewhere_is_proven_by_its_link_to_here(
    ctx, client, drain, mails, by_approval, monkeypatch
):
    far = await an_account(ctx, unique("far"), domain="far.example")

    async def find_account(_):
        return far.id

    async def refresh_account(_):
        return None

    monkeypatch.setattr(ctx.remote, "find_account", find_account)
    monkeypatch.setattr(ctx.remote, "refresh_account", refresh_account)
    visit, name, account_id = await apply(ctx, client, drain, mails)
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/proof", handle=f"{far.username}@far.example")
    await drain()
    mod, _ = await staff_visit(ctx, client)
    assert "not proven" in (await mod.get(f"/desk/sign_ups/{account_id}")).text
    url = f"{ctx.settings.base_url}/@{name}"
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET fields = $2::jsonb WHERE id = $1",
            far.id,
            f'[{{"name": "New", "value": "<a href=\\"{url}\\" rel=\\"me\\">there</a>"}}]',
        )
    page = (await visit.get("/auth/waiting")).text
    proof = re.search(r'name="proof" value="(\d+)"', page)[1]
    fields = visit.hidden("/auth/waiting/proof") | {"proof": proof}
    assert (await visit._call("POST", "/auth/waiting/proof", fields, {})).status == 303
    await drain()
    assert "theirs, by a link" in (await mod.get(f"/desk/sign_ups/{account_id}")).text


async def test_staff_see_neutral_signals_and_nothing_is_decided_by_them(
    ctx, client, drain, mails, by_approval
):
    for number in range(3):
        await apply(
            ctx, client, drain, mails, reason=f"I love crypto and growth, number {number}!!",
            ip=f"198.51.100.{number}",
        )  # fmt: skip
    _, name, account_id = await apply(
        ctx, client, drain, mails, reason="I love crypto and growth, number 9!!", ip="198.51.100.9"
    )
    mod, moderator = await staff_visit(ctx, client)
    page = (await mod.get(f"/desk/sign_ups/{account_id}")).text
    assert len(re.findall(r"% alike", page)) == 3
    assert "None of this decides anything." in page
    assert await state(ctx, account_id) is None
    networks = (await mod.get("/desk/sign_ups/networks")).text
    assert "198.51.100.0/24" in networks
    # That a page with an address and a network was opened is in the log.
    async with ctx.reading() as tx:
        looks = await tx.fetch_value(
            "SELECT count(*) FROM audit_log WHERE verb = 'read_sign_up' AND subject_id = $1 "
            "AND actor_account_id = $2",
            str(account_id),
            moderator.id,
        )
    assert looks == 1
    assert name in page


async def test_a_wave_from_one_network_is_refused_in_one_decision_that_each_can_appeal(
    ctx, client, drain, mails, by_approval
):
    wave = [
        await apply(ctx, client, drain, mails, reason=f"Bot {n}", ip=f"203.0.113.{n}")
        for n in range(4)
    ]
    _, stranger, stranger_id = await apply(ctx, client, drain, mails, ip="192.0.2.77")
    mod, _ = await staff_visit(ctx, client)
    path = "/desk/sign_ups?network=203.0.113.0%2F24"
    page = (await mod.get(path)).text
    assert stranger not in page
    picks = {f"pick_{account_id}": "1" for _, _, account_id in wave}
    empty = await mod.submit("/desk/sign_ups", decision="refuse", reason="", **picks)
    assert empty.status == 422
    await mod.get(path)
    answer = await mod.submit("/desk/sign_ups", decision="refuse", reason="Made by bots", **picks)
    assert where(answer) == "/desk/sign_ups?reached=4"
    assert [await state(ctx, one) for _, _, one in wave] == ["refused"] * 4
    assert await state(ctx, stranger_id) is None
    assert [await log_of(ctx, one) for _, _, one in wave] == [["refuse_sign_up"]] * 4
    await mod.get("/desk/sign_ups?tab=refused")
    again = await mod.submit("/desk/sign_ups", decision="refuse", reason="Made by bots", **picks)
    assert where(again) == "/desk/sign_ups?reached=0"
    visit = wave[0][0]
    await visit.get("/auth/waiting")
    await visit.submit("/auth/waiting/answer", what="appeal", text="I am no bot.")
    assert await state(ctx, wave[0][2]) == "pending"


async def test_staff_are_reminded_at_half_at_nine_tenths_and_when_the_answer_is_late(
    ctx, client, drain, mails, clock, by_approval
):
    await apply(ctx, client, drain, mails)
    _, moderator = await staff_visit(ctx, client)
    mails.mails.clear()
    subjects = []
    for hours in (35, 37, 38, 64, 66, 71, 73, 100):
        clock.ahead = timedelta(hours=hours)
        await remind_of_sign_ups.run(ctx)
        await drain()
        new, mails.mails = list(mails.mails), []
        subjects.append((hours, [m.to for m in new if "applications wait" in m.subject]))
    to = [f"{moderator.username}@example.test"]
    assert subjects == [
        (35, []),
        (37, to),
        (38, []),
        (64, []),
        (66, to),
        (71, []),
        (73, to),
        (100, []),
    ]


async def test_the_queue_takes_the_same_number_of_queries_with_one_and_three(
    ctx, client, drain, mails, queries, by_approval
):
    mod, _ = await staff_visit(ctx, client)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            await apply(ctx, client, drain, mails)
        await mod.get("/desk/sign_ups")
        queries.clear()
        await mod.get("/desk/sign_ups")
        counts.append(len(queries))
    assert counts[0] == counts[1]
