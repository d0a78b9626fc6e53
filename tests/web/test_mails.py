"""Notifications by mail: who gets them, and how to get no more."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.web.visit import signed_in, where
from tests.world import a_status, a_token, an_account
from watertower.accounts.access.people import preferences_of
from watertower.base.mail import compose
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft

PAGE = "/settings/notifications"


async def away(ctx, account):
    """The member did nothing for an hour."""
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET last_active_at = $2 WHERE account_id = $1",
            account.id,
            ctx.now() - timedelta(hours=1),
        )


async def mention(ctx, drain, by, whom, text="look", **draft):
    await publish(ctx, author_id=by.id, draft=Draft(text=f"@{whom.username} {text}", **draft))
    await drain()


async def test_a_mention_is_mailed_to_a_member_who_is_away(ctx, drain, mails):
    member, other = await an_account(ctx), await an_account(ctx, display_name="Bob\r\nBcc: x")
    await away(ctx, member)

    await mention(ctx, drain, other, member, "come <b>here</b>")

    (mail,) = mails.to(f"{member.username}@example.test")
    message = compose(mail, ctx.settings)
    assert message["Subject"] == "Bob Bcc: x mentioned you"
    assert message["Bcc"] is None
    assert "come <b>here</b>" in mail.text
    assert "come &lt;b&gt;here&lt;/b&gt;" in mail.html
    assert f"/@{other.username}/" in mail.text


async def test_the_headers_for_one_click_survive_the_wire_whole(ctx, drain, mails):
    member, other = await an_account(ctx), await an_account(ctx)
    await away(ctx, member)
    await mention(ctx, drain, other, member)
    (mail,) = mails.to(f"{member.username}@example.test")

    raw = bytes(compose(mail, ctx.settings)).decode()

    url = re.search(r"^List-Unsubscribe: <(\S+)>$", raw, re.MULTILINE)
    assert url is not None
    assert url[1] in mail.text
    assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in raw


async def test_no_mail_while_the_member_is_here(ctx, drain, mails, client):
    member, other = await an_account(ctx), await an_account(ctx)
    await mention(ctx, drain, other, member)  # `an_account` was active just now
    assert mails.mails == []

    await away(ctx, member)
    await a_token(ctx, member)  # used just now
    await mention(ctx, drain, other, member)
    assert mails.mails == []


async def test_no_mail_about_what_is_not_wanted(ctx, drain, mails):
    member, other = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=member)
    await away(ctx, member)

    await favourite(ctx, actor_id=other.id, status_id=status.id)
    await drain()

    assert mails.mails == []


async def test_a_cover_stays_on_in_the_mail(ctx, drain, mails):
    member, other = await an_account(ctx), await an_account(ctx)
    await away(ctx, member)

    await mention(ctx, drain, other, member, "the ending", content_warning="Spoiler")

    assert "Covered: Spoiler" in mails.mails[0].text
    assert "the ending" not in mails.mails[0].text + mails.mails[0].html


async def test_the_choice_is_kept_kind_by_kind(ctx, client, drain, mails):
    visit, member = await signed_in(ctx, client)
    page = await visit.get(PAGE)
    assert 'name="mention" value="1" checked' in page.text
    assert 'name="favourite" value="1" checked' not in page.text

    answer = await visit.submit(PAGE, favourite="1", always_mails="1")

    assert where(answer) == f"{PAGE}?note=saved"
    status, other = await a_status(ctx, by=member), await an_account(ctx)
    await favourite(ctx, actor_id=other.id, status_id=status.id)
    await mention(ctx, drain, other, member)
    subjects = [mail.subject for mail in mails.to(f"{member.username}@example.test")]
    assert subjects == [f"{other.display_name} likes your post"]


async def test_one_click_ends_the_mails_without_a_cookie_or_a_page(ctx, client, drain, mails):
    member, other = await an_account(ctx), await an_account(ctx)
    await away(ctx, member)
    await mention(ctx, drain, other, member)
    link = dict(mails.mails[0].headers)["List-Unsubscribe"].strip("<>")
    path = urlsplit(link)._replace(scheme="", netloc="").geturl()

    shown = await client.get(path)
    assert "No more mails about mentions?" in shown.text
    assert (await preferences_of(ctx, account_id=member.id)).email_on == {}
    answer = await client.post(
        path,
        data={"List-Unsubscribe": "One-Click"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"},
    )

    assert answer.status == 200
    assert (await preferences_of(ctx, account_id=member.id)).email_on == {"mention": False}
    await mention(ctx, drain, other, member)
    assert len(mails.mails) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "AAAA"])
async def test_a_forged_ticket_ends_nothing(client, token):
    assert (await client.get(f"/unsubscribe?token={token}")).status == 404
    assert (await client.post("/unsubscribe", data={"token": token})).status == 404
