"""W7 by mail: an answer to the mail of a decision is an appeal, and the threads do not mix."""

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest

from tests.moderation.appeals.world import (
    a_case,
    a_moderator,
    appeals_of,
    decided,
    filed,
    said_in,
    the_appeal,
    token_of,
)
from tests.web.visit import Visit, a_member
from watertower.base.mail import compose
from watertower.moderation.actions.conversation.receive_mail import receive_mail
from watertower.moderation.model.standing import Kind


@pytest.fixture(autouse=True)
def _mail_comes_back(ctx, monkeypatch):
    mail = replace(ctx.settings.mail, reply_to="team@here.test")
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, mail=mail))


def answer_to(ctx, mail, text: str, *, sender: str = "", number: int = 1) -> bytes:
    """What a mail program sends when somebody presses "Reply"."""
    got = compose(mail, ctx.settings)
    reply = EmailMessage()
    reply["From"] = sender or mail.to
    reply["To"] = got["Reply-To"]
    reply["Subject"] = f"Re: {got['Subject']}"
    reply["Message-ID"] = f"<{number}@example.test>"
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    reply.set_content(f"{text}\n\n{quoted}\n")
    return bytes(reply)


async def test_who_is_suspended_answers_the_mail_and_has_appealed(ctx, client, mails, drain):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    case_id = await a_case(ctx, person)
    action_id = await decided(ctx, by=None, about=person, case_id=case_id)
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")
    raw = answer_to(ctx, mail, "That was not me")

    assert (await receive_mail(ctx, raw=raw)).outcome == "kept"
    await receive_mail(ctx, raw=raw)

    appeal = await the_appeal(ctx, action_id)
    assert appeal["state"] == "assigned"
    assert await said_in(ctx, appeal["id"]) == [(False, "That was not me")]
    window, here = Visit(client), f"/appeals/{await token_of(ctx, action_id)}"
    await window.get(here)
    await window.submit(f"{here}/messages", text="And by form")
    assert len(await appeals_of(ctx, action_id)) == 1
    assert [text for _, text in await said_in(ctx, appeal["id"])] == [
        "That was not me",
        "And by form",
    ]


async def test_so_it_is_without_a_case(ctx, client, mails, drain):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")

    assert (await receive_mail(ctx, raw=answer_to(ctx, mail, "Not me"))).outcome == "kept"

    appeal = await the_appeal(ctx, action_id)
    assert await said_in(ctx, appeal["id"]) == [(False, "Not me")]


async def test_an_answer_about_a_limit_is_a_question_until_it_is_appealed(
    ctx, client, mails, drain
):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    case_id = await a_case(ctx, person)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT, case_id=case_id)
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")

    await receive_mail(ctx, raw=answer_to(ctx, mail, "Which post?", number=1))
    assert await appeals_of(ctx, action_id) == []
    link = re.search(r"/appeals/\S+", mail.text)
    assert link is not None
    await filed(ctx, client, action_id, text="I appeal")
    await receive_mail(ctx, raw=answer_to(ctx, mail, "More to say", number=2))

    appeal = await the_appeal(ctx, action_id)
    assert [text for _, text in await said_in(ctx, appeal["id"])] == ["I appeal", "More to say"]


async def test_the_teams_message_is_answered_by_mail(ctx, client, mails, drain):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"
    await drain()
    mails.mails.clear()
    await desk.get(here)
    await desk.submit(f"{here}/messages", text="Who was it then?")
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")

    assert (await receive_mail(ctx, raw=answer_to(ctx, mail, "My brother"))).outcome == "kept"

    assert [text for _, text in await said_in(ctx, appeal["id"])] == [
        "That was not me",
        "Who was it then?",
        "My brother",
    ]
    assert "My brother" in (await desk.get(here)).text
