"""W7, the person's side: filing by form, link and mail, the address, and what is refused."""

from datetime import timedelta

from tests.moderation.appeals.world import (
    DAY,
    a_case,
    a_moderator,
    appeals_of,
    code_in,
    decided,
    filed,
    log_of,
    said_in,
    the_appeal,
    token_of,
)
from tests.web.visit import Visit, a_member, signed_in, where
from tests.world import a_status
from watertower.moderation.actions.appeals.receive_mail import receive_appeal_mail
from watertower.moderation.model.appeal_mails import appeal_reply_token
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.holds import is_held


async def test_suspended_person_appeals_from_a_private_window(ctx, client, mails, drain):
    _, decider = await a_moderator(ctx, client)
    other_desk, other = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=decider, about=person)
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")
    assert f"/appeals/{await token_of(ctx, action_id)}" in mail.text

    window, here = await filed(ctx, client, action_id, text="That was not me")

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["claim"], appeal["round"]) == ("assigned", "error", 1)
    assert appeal["assigned_account_id"] == other.id
    assert appeal["contact_email"] == f"{person.username}@example.test"
    assert appeal["answer_due_at"] - appeal["verified_at"] == timedelta(hours=72)
    assert appeal["decision_due_at"] - appeal["verified_at"] == timedelta(days=14)
    page = await window.get(here)
    assert "That was not me" in page.text
    assert other.username not in page.text
    assert await log_of(ctx, appeal["id"]) == ["file appeal", "contact verified", "assign appeal"]
    await drain()
    assert [m.subject for m in mails.to(f"{other.username}@example.test")] == [
        f"An appeal was filed ({ctx.settings.server.domain})"
    ]
    assert mails.to(f"{decider.username}@example.test") == []
    listed = await other_desk.get("/desk/appeals")
    assert f"@{person.username}" in listed.text


async def test_the_same_appeal_by_mail_and_form_is_one_thread(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id, text="By form")
    token = appeal_reply_token(ctx.secrets.key, action_id=action_id)
    letter = {
        "token": token.upper(),
        "sender": f"{person.username}@example.test",
        "text": "By mail",
        "mail_id": "<one@example.test>",
    }

    first = await receive_appeal_mail(ctx, **letter)
    again = await receive_appeal_mail(ctx, **letter)

    appeal = await the_appeal(ctx, action_id)
    assert (first, again) == (appeal["id"], appeal["id"])
    assert await said_in(ctx, appeal["id"]) == [(False, "By form"), (False, "By mail")]


async def test_a_mail_alone_files_an_appeal(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)

    await receive_appeal_mail(
        ctx,
        token=appeal_reply_token(ctx.secrets.key, action_id=action_id),
        sender=f"{person.username}@example.test",
        text="Please look again",
        mail_id="<two@example.test>",
    )

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["claim"]) == ("assigned", "error")


async def test_a_reply_from_another_address_is_not_believed_until_a_code_was_typed(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)

    await receive_appeal_mail(
        ctx,
        token=appeal_reply_token(ctx.secrets.key, action_id=action_id),
        sender="somebody@elsewhere.test",
        text="Please look again",
        mail_id="<three@example.test>",
    )

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["contact_verified_at"]) == ("filed", None)
    assert appeal["contact_email"] == f"{person.username}@example.test"


async def test_a_token_that_is_not_ours_reaches_nothing(ctx, client):
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    forged = appeal_reply_token("another key", action_id=action_id)

    assert (
        await receive_appeal_mail(
            ctx, token=forged, sender="x@example.test", text="Hello", mail_id=None
        )
        is None
    )
    assert (await Visit(client).get(f"/appeals/{'A' * 80}")).status == 404


async def test_another_address_is_verified_by_a_code_before_anybody_looks(ctx, client, mails):
    _, moderator = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)

    window, here = await filed(ctx, client, action_id, email="new@elsewhere.test")

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["assigned_account_id"]) == ("filed", None)
    code = code_in(mails, "new@elsewhere.test")
    page = await window.get(here)
    assert "new@elsewhere.test" in page.text
    wrong = "000000" if code != "000000" else "000001"
    assert (await window.submit(f"{here}/code", code=wrong)).status == 422
    await window.get(here)
    assert (await window.submit(f"{here}/code", code=f" {code[:3]} {code[3:]} ")).status == 303
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["assigned_account_id"]) == ("assigned", moderator.id)
    assert appeal["contact_verified_at"] is not None


async def test_five_guesses_end_a_code_and_an_hour_does(ctx, client, mails, clock):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    window, here = await filed(ctx, client, action_id, email="new@elsewhere.test")
    code = code_in(mails, "new@elsewhere.test")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    await window.get(here)
    for _ in range(5):
        await window.submit(f"{here}/code", code=wrong)
    assert (await window.submit(f"{here}/code", code=code)).status == 422

    assert (await window.submit(f"{here}/contact", email="")).status == 303
    code = code_in(mails, "new@elsewhere.test")
    clock.ahead = timedelta(minutes=61)
    assert (await window.submit(f"{here}/code", code=code)).status == 422
    assert (await the_appeal(ctx, action_id))["state"] == "filed"


async def test_a_frozen_limited_or_removed_one_appeals_after_signing_in(ctx, client):
    await a_moderator(ctx, client)
    for kind in (Kind.FREEZE, Kind.LIMIT, Kind.REMOVE_STATUSES, Kind.SENSITIZE):
        visit, person = await signed_in(ctx, client)
        status = await a_status(ctx, by=person)
        more = {"status_ids": [status.id]} if kind is Kind.REMOVE_STATUSES else {}
        action_id = await decided(ctx, by=None, about=person, kind=kind, **more)

        answer = await visit.get(f"/appeals/new?action_id={action_id}")
        here = where(answer)
        await visit.get(here)
        answer = await visit.submit(here, claim="agree", text="I have done what you asked")

        assert answer.status == 303, answer.text
        assert (await the_appeal(ctx, action_id))["claim"] == "agree"


async def test_nobody_appeals_for_somebody_else(ctx, client):
    visit, _ = await signed_in(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)

    assert (await visit.get(f"/appeals/new?action_id={action_id}")).status == 404
    assert where(await Visit(client).get(f"/appeals/new?action_id={action_id}")).startswith(
        "/auth/sign_in"
    )


async def test_a_warning_cannot_be_appealed_and_the_team_can_be_asked(ctx, client):
    person = await a_member(ctx)
    case_id = await a_case(ctx, person)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.WARNING, case_id=case_id)
    window = Visit(client)
    here = f"/appeals/{await token_of(ctx, action_id)}"
    page = await window.get(here)
    assert "there is nothing to appeal" in page.text

    answer = await window._call(
        "POST",
        here,
        window.hidden(f"{here}/question") | {"claim": "error", "text": "But why?"},
        {},
    )
    assert answer.status == 422
    await window.get(here)
    answer = await window.submit(f"{here}/question", text="Which post do you mean?")

    assert answer.status == 303
    assert await appeals_of(ctx, action_id) == []
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT text FROM case_messages WHERE case_id = $1 AND NOT from_team", case_id
        )
    assert [row["text"] for row in rows] == ["Which post do you mean?"]


async def test_the_window_is_90_days(ctx, client, clock):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    clock.ahead = 91 * DAY
    window = Visit(client)
    page = await window.get(f"/appeals/{await token_of(ctx, action_id)}")
    assert "can be appealed for 90 days. That time is over." in page.text

    clock.ahead = 89 * DAY
    await filed(ctx, client, action_id)
    assert len(await appeals_of(ctx, action_id)) == 1


async def test_what_was_taken_back_cannot_be_appealed(ctx, client):
    from watertower.moderation.actions.standing.undo import undo

    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await undo(ctx, actor_id=None, action_id=action_id, reason="A mistake")

    page = await Visit(client).get(f"/appeals/{await token_of(ctx, action_id)}")

    assert "nothing to appeal any more" in page.text


async def test_the_form_sent_twice_is_one_message(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    window = Visit(client)
    here = f"/appeals/{await token_of(ctx, action_id)}"
    await window.get(here)

    for _ in range(2):
        answer = await window.submit(here, claim="error", text="Once")
        assert answer.status == 303

    appeal = await the_appeal(ctx, action_id)
    assert await said_in(ctx, appeal["id"]) == [(False, "Once")]


async def test_an_appeal_needs_words_a_claim_and_an_address(ctx, client):
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    window = Visit(client)
    here = f"/appeals/{await token_of(ctx, action_id)}"
    for typed, says in (
        ({"claim": "error", "text": "  "}, "Please write a few words."),
        ({"claim": "other", "text": "Hello"}, "Please say whether this was an error"),
        ({"claim": "error", "text": "Hello", "email": "no address"}, "Please give an e-mail"),
        ({"claim": "error", "text": "x" * 5001}, "This is too long"),
    ):
        await window.get(here)
        answer = await window.submit(here, **typed)
        assert answer.status == 422
        assert says in answer.text
    assert await appeals_of(ctx, action_id) == []


async def test_an_appeal_is_taken_back_and_filed_anew(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    window, here = await filed(ctx, client, action_id)
    async with ctx.reading() as tx:
        assert await is_held(tx, account_id=person.id, now=ctx.now())
    await window.get(here)

    assert (await window.submit(f"{here}/withdraw")).status == 303

    assert [row["outcome"] for row in await appeals_of(ctx, action_id)] == ["withdrawn"]
    await filed(ctx, client, action_id, text="I thought again")
    assert [row["outcome"] for row in await appeals_of(ctx, action_id)] == ["withdrawn", None]


async def test_the_page_shows_the_evidence_and_when_it_goes(ctx, client):
    from watertower.moderation.steps.cases import close_case
    from watertower.moderation.steps.evidence import keep_evidence_of_statuses

    person = await a_member(ctx)
    posts = [await a_status(ctx, by=person) for _ in range(2)]
    case_id = await a_case(ctx, person)
    async with ctx.transaction() as tx:
        await keep_evidence_of_statuses(
            tx,
            at=ctx.now(),
            case_id=case_id,
            status_ids=[one.id for one in posts],
            taken_by=None,
        )
    action_id = await decided(ctx, by=None, about=person, case_id=case_id)
    page = await Visit(client).get(f"/appeals/{await token_of(ctx, action_id)}")
    assert "2 copies of posts. Kept while the case is open" in page.text
    async with ctx.transaction() as tx:
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=None)
        until = await tx.fetch_value("SELECT retained_until FROM cases WHERE id = $1", case_id)

    page = await Visit(client).get(f"/appeals/{await token_of(ctx, action_id)}")

    assert f"Deleted after {until.day} {until:%B %Y}" in page.text
