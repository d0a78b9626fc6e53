"""Talking about a case: threads that never mix, by page and by mail, signed by the team."""

import re
from email.message import EmailMessage

import pytest

from tests.moderation.desk import a_moderator, a_report, column
from tests.web.visit import signed_in
from tests.world import a_token, an_account
from watertower.moderation.actions.conversation.receive_mail import receive_mail
from watertower.moderation.model.conversation import reply_token
from watertower.moderation.model.incoming_mail import read_mail, without_quotes


@pytest.fixture
async def moderator(ctx, client):
    return await a_moderator(ctx, client)


async def threads_of(ctx, case_id):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT t.id, t.thread, t.with_account_id, array_agg(m.text ORDER BY m.id) AS said "
            "FROM case_threads t JOIN case_messages m ON m.thread_id = t.id "
            "WHERE t.case_id = $1 GROUP BY t.id ORDER BY t.id",
            case_id,
        )
    return [tuple(row) for row in rows]


async def write(moderator, case_id, **typed):
    await moderator.get(f"/desk/cases/{case_id}")
    return await moderator.submit(f"/desk/cases/{case_id}/messages", **typed)


def an_answer(ctx, thread_id, text, *, sender, message_id="<1@example.test>", **headers):
    """A mail as an MTA hands it over."""
    mail = EmailMessage()
    token = reply_token(ctx.secrets.key, thread_id=thread_id)
    mail["From"], mail["To"] = sender, f"Team <moderation+{token}@example.test>"
    mail["Subject"], mail["Message-ID"] = "Re: Moderation", message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


async def test_the_threads_of_a_case_never_mix(ctx, client, moderator):
    _, case_id, reporter, target, _ = await a_report(ctx)
    await write(moderator, case_id, thread="team", text="Among ourselves")
    await write(moderator, case_id, thread="reported", text="To you", **{"with": str(target.id)})
    await moderator.get(f"/desk/cases/{case_id}")
    await moderator.submit(
        f"/desk/cases/{case_id}/ask", reporter=str(reporter.id), text="A question"
    )

    assert [(kind, who, said) for _, kind, who, said in await threads_of(ctx, case_id)] == [
        ("team", None, ["Among ourselves"]),
        ("reported", target.id, ["To you"]),
        ("reporter", reporter.id, ["A question"]),
    ]


async def test_nobody_is_written_to_who_has_nothing_to_do_with_the_case(ctx, client, moderator):
    _, case_id, *_ = await a_report(ctx)
    stranger = await an_account(ctx)

    answer = await write(
        moderator, case_id, thread="reported", text="Hi", **{"with": str(stranger.id)}
    )

    assert answer.status == 404
    assert await threads_of(ctx, case_id) == []


async def test_staff_elsewhere_is_written_to_after_a_risk_check(
    ctx, client, drain, mails, moderator
):
    _, case_id, *_ = await a_report(ctx, about=await an_account(ctx, domain="staff.example"))
    typed = {"thread": "remote_staff", "text": "Please look", "address": "mods@staff.example"}

    assert (await write(moderator, case_id, **typed)).status == 422
    assert (
        await write(moderator, case_id, **typed, risk_words="They are known to us")
    ).status == 303
    await drain()
    (mail,) = mails.to("mods@staff.example")
    assert "The moderation team of" in mail.text
    assert moderator.me.username not in mail.text


async def test_a_suspended_member_answers_by_mail_and_the_team_reads_it(
    ctx, client, drain, mails, moderator, monkeypatch
):
    _, case_id, _, target, _ = await a_report(ctx)
    await write(
        moderator, case_id, thread="reported", text="Please explain", **{"with": str(target.id)}
    )
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE accounts SET suspended_at = now() WHERE id = $1", target.id)
    await drain()
    (mail,) = mails.to(f"{target.username}@example.test")
    assert moderator.me.username not in mail.text
    (thread,) = await threads_of(ctx, case_id)

    raw = bytes(
        an_answer(
            ctx,
            thread[0],
            "I was hacked.\n\nOn Monday, the team wrote:\n> Please explain\n",
            sender=f"{target.username}@example.test",
        )
    )
    first, again = await receive_mail(ctx, raw=raw), await receive_mail(ctx, raw=raw)

    assert (first.outcome, again.outcome) == ("kept", "known")
    (thread,) = await threads_of(ctx, case_id)
    assert thread[3] == ["Please explain", "I was hacked."]
    assert "I was hacked." in (await moderator.get(f"/desk/cases/{case_id}")).text


async def test_files_of_a_mail_are_sealed_and_mails_from_elsewhere_are_marked(
    ctx, client, moderator
):
    _, case_id, _, target, _ = await a_report(ctx)
    await write(
        moderator, case_id, thread="reported", text="Please explain", **{"with": str(target.id)}
    )
    (thread,) = await threads_of(ctx, case_id)
    mail = an_answer(ctx, thread[0], "See the picture", sender="other@elsewhere.test")
    mail.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="proof.png")
    mail.add_attachment(b"MZ", maintype="application", subtype="exe", filename="bad.exe")

    assert (await receive_mail(ctx, raw=bytes(mail))).outcome == "kept"

    page = await moderator.get(f"/desk/cases/{case_id}?evidence=shown")
    assert "from an address we do not know" in page.text
    assert "proof.png" in page.text
    assert "bad.exe" not in page.text


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"To": "moderation+0-aaaaaaaaaaaaaaaaaaaaaaaa@example.test"}, "no_thread"),
        ({"To": "moderation@example.test"}, "no_thread"),
        ({"Auto-Submitted": "auto-replied"}, "automatic"),
    ],
)
async def test_what_is_no_answer_is_not_kept(ctx, client, moderator, change, outcome):
    _, case_id, _, target, _ = await a_report(ctx)
    await write(
        moderator, case_id, thread="reported", text="Please explain", **{"with": str(target.id)}
    )
    (thread,) = await threads_of(ctx, case_id)
    mail = an_answer(ctx, thread[0], "Hello", sender="a@example.test", message_id=f"<{outcome}@a>")
    for name, value in change.items():
        del mail[name]
        mail[name] = value

    assert (await receive_mail(ctx, raw=bytes(mail))).outcome == outcome
    assert (await threads_of(ctx, case_id))[0][3] == ["Please explain"]


async def test_rubbish_is_no_fault(ctx):
    for raw in (
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: text/plain; charset=klingon\n\n\xff",
        b"a" * 11_000_000,
    ):
        assert (await receive_mail(ctx, raw=raw)).outcome in {"no_thread", "too_large"}


def test_an_answer_is_read_without_what_it_quotes():
    assert without_quotes("Yes.\n\nAm Montag schrieb Team <a@b>:\n> Frage\n") == "Yes."
    assert without_quotes("Yes.\n> old\nand no.\n--\nMy signature") == "Yes.\nand no."
    mail = read_mail(
        b"From: A <A@B.test>\nContent-Type: text/html\n\n<p>Hi<br>you</p><script>x</script>"
    )
    assert (mail.sender, mail.text) == ("a@b.test", "Hi\nyou")


async def test_a_thread_can_be_muted_and_closed_and_has_a_limit_a_day(ctx, client, moderator):
    visit, me = await signed_in(ctx, client)
    _, case_id, *_ = await a_report(ctx, about=me)
    await write(
        moderator, case_id, thread="reported", text="Please explain", **{"with": str(me.id)}
    )
    (thread,) = await threads_of(ctx, case_id)
    one = f"/account/conversations/{thread[0]}"
    assert one in (await visit.get("/account/conversations")).text
    assert (await visit.get(one)).status == 200
    for _ in range(20):
        assert (await visit.submit(one, text="And another thing")).status == 303
        await visit.get(one)
    assert (await visit.submit(one, text="And another thing")).status in {422, 429}
    await moderator.get(f"/desk/cases/{case_id}")
    await moderator.submit(f"/desk/cases/{case_id}/threads/{thread[0]}/settle", is_closed="1")
    assert "The team closed this conversation" in (await visit.get(one)).text
    stranger, _ = await signed_in(ctx, client)
    assert (await stranger.get(one)).status == 404


async def test_a_message_is_verified_by_its_code_or_by_who_got_it(
    ctx, client, drain, mails, moderator
):
    visit, me = await signed_in(ctx, client)
    _, case_id, *_ = await a_report(ctx, about=me)
    await write(moderator, case_id, thread="reported", text="Words of ours", **{"with": str(me.id)})
    await drain()
    (mail,) = [
        one for one in mails.to(f"{me.username}@example.test") if "Words of ours" in one.text
    ]
    path, code = re.search(
        r"(/messages/\d+) into your browser and enter the code (\w+)", mail.text
    ).groups()
    stranger = await a_moderator(ctx, client, 6)

    assert "Words of ours" not in (await client.get(path)).text
    assert "Words of ours" in (await client.get(f"{path}?code={code}")).text
    wrong = await client.get(f"{path}?code=aaaabbbbccccdddd")
    assert wrong.status == 404
    assert "No message of ours" in wrong.text
    assert "Words of ours" in (await visit.get(path)).text
    assert "Words of ours" not in (await stranger.get(path)).text


async def test_an_answer_ends_the_waiting(ctx, client, moderator):
    number, case_id, reporter, *_ = await a_report(ctx)
    await moderator.get(f"/desk/cases/{case_id}")
    await moderator.submit(f"/desk/cases/{case_id}/ask", reporter=str(reporter.id), text="When?")
    assert await column(ctx, case_id, "state") == "needs_info"
    app = client.signed_in(await a_token(ctx, reporter))

    said = await app.post(f"/api/watertower/v1/reports/{number}/messages", json={"text": "Today"})

    assert [one["text"] for one in said.json["messages"]] == ["When?", "Today"]
    assert await column(ctx, case_id, "state") == "filed"


async def test_templates_are_kept_by_name_and_language(ctx, client, moderator):
    await moderator.get("/desk/templates")
    kept = {"name": "Be kind", "language": "de", "text": "Bitte freundlich", "action": "warning"}
    token = moderator.hidden("/desk/templates")

    async def keep(typed):
        return await moderator._call("POST", "/desk/templates", token | typed, {})

    assert (await keep(kept)).status == 303
    page = await moderator.get("/desk/templates")
    assert "Bitte freundlich" in page.text
    assert (await keep(kept | {"language": "?!"})).status == 422
    _, case_id, *_ = await a_report(ctx, language="de")
    assert "Bitte freundlich" in (await moderator.get(f"/desk/cases/{case_id}")).text


async def test_an_answer_calls_who_has_the_case_and_a_muted_thread_calls_nobody(
    ctx, client, drain, mails, moderator
):
    visit, me = await signed_in(ctx, client)
    _, case_id, *_ = await a_report(ctx, about=me)
    await write(moderator, case_id, thread="reported", text="Why?", **{"with": str(me.id)})
    await moderator.get(f"/desk/cases/{case_id}")
    await moderator.submit(f"/desk/cases/{case_id}/assign", to="me")
    (thread,) = await threads_of(ctx, case_id)
    one, address = f"/account/conversations/{thread[0]}", f"{moderator.me.username}@example.test"
    await drain()
    calls = []
    for _ in range(2):
        mails.mails.clear()
        await visit.get(one)
        await visit.submit(one, text="My secret reason")
        await drain()
        calls.append([mail.subject for mail in mails.to(address)])
        assert "My secret reason" not in "".join(mail.text for mail in mails.to(address))
        assert ("New message" in (await moderator.get("/desk/cases?show=mine")).text) == bool(
            calls[-1]
        )
        await moderator.get(f"/desk/cases/{case_id}")
        await moderator.submit(f"/desk/cases/{case_id}/threads/{thread[0]}/settle", is_muted="1")

    assert calls == [[f"New message in case {case_id}"], []]
