"""Small doors of the past: addresses of mail, forms that were not counted, tags that were let in."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.feeds.world import a_member, sql
from tests.web.visit import PASSWORD, Visit
from tests.web.visit import a_member as a_visitor
from tests.world import a_status, an_account, unique
from watertower.accounts.actions.addresses import change_address
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.passwords import change_password
from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.errors import WrongPassword
from watertower.base.errors import Invalid, TooMany
from watertower.base.text.sanitise import safe_html
from watertower.media.steps.emojis import remember_emojis
from watertower.statuses.model import Visibility
from watertower.web.security import content_policy

ODD_ADDRESSES = [
    '"quoted part"@example.com', '"a@evil.example"@example.com', "a@b@example.com",
    "a%evil.example@example.com", "a!b@example.com", "a(comment)@example.com",
    "a@example.com(comment)", "a@example.com,b@evil.example", "a@example.com\r\nBcc: b@evil.example",
    "a@example.com\n", "a\0@example.com", "<a@example.com>", "A <a@example.com>", "a@[127.0.0.1]",
    "a@localhost", "a@exämple.com", "ä@example.com", "a@example.com.", "a@.example.com",
    "a@example..com", "a..b@example.com", "a@１.com", "a;b@example.com", "a b@example.com",
    "a@example.com?cc=b@evil.example", "=?utf-8?q?a?=@example.com",
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD_ADDRESSES, ids=repr)
async def test_an_address_is_refused_or_is_the_very_one_that_is_mailed(ctx, drain, mails, odd):
    name = unique("mail")
    odd = odd.replace("example", name.replace("_", "-"), 1)  # so that none is taken already
    try:
        account = await create_member(ctx, username=name, email=odd, password="correct horse")
    except Invalid:
        await drain()
        assert mails.mails == []
        return
    await drain()
    login = await login_of_account(ctx, account_id=account.id)
    kept = login.email
    assert not set(kept) & set('"()<>,;:\\\r\n\0 []')
    assert kept.isascii()
    assert kept.count("@") == 1
    assert kept.lower() == odd.replace("\0", "").strip().rstrip(".").lower()
    assert {mail.to for mail in mails.mails} <= {kept}


@pytest.mark.parametrize(
    "tag",
    ["embed", "object", "iframe", "form", "input", "script", "style", "svg", "math", "base", "meta",
     "link", "template", "audio", "video", "img", "button", "frameset", "applet", "noscript"],
)  # fmt: skip
def test_only_the_elements_of_posts_pass(tag):
    for html in (
        f'<{tag} src="https://evil.example" onload="x()" data="x">in</{tag}>',
        f"<p>a<{tag.upper()}/>b</p>",
        f"<{tag}",
    ):
        assert f"<{tag}" not in safe_html(html).lower()


def test_the_policy_of_pages_names_one_place_for_files_and_no_more(ctx):
    usual = content_policy(ctx.settings)
    for url in (
        "",
        "https://files.example/bucket/",
        "https://cdn.example:8443",
        "https://a.example/; script-src *",
    ):
        settings = replace(ctx.settings, media=replace(ctx.settings.media, public_url=url))
        policy = content_policy(settings)
        origins = [word for word in policy.replace(";", " ").split() if "://" in word]
        assert len(set(origins)) <= 1
        assert not [word for word in ("script-src", "unsafe", " * ") if word in policy]
        for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert directive in policy
        assert [p for p in policy.split("; ") if "src" not in p] == [
            p for p in usual.split("; ") if "src" not in p
        ]


async def test_a_password_is_guessed_only_so_often_wherever_it_is_asked_for(ctx, clock):
    """Whoever sits at somebody else's open browser: the forms count together."""
    account = await a_visitor(ctx)
    login = await login_of_account(ctx, account_id=account.id)
    ways = [
        lambda typed: change_password(ctx, login_id=login.id, current=typed, new="new password 1"),
        lambda typed: change_address(
            ctx, login_id=login.id, email=f"{unique('t')}@example.test", password=typed
        ),
        lambda typed: require_password(ctx, login_id=login.id, password=typed),
    ]
    for n in range(10):
        with pytest.raises(WrongPassword):
            await ways[n % 3](f"wrong {n}")
    for way in ways:
        with pytest.raises(TooMany):
            await way(PASSWORD)
    clock.ahead = timedelta(minutes=16)
    await ways[2](PASSWORD)


async def test_a_form_by_another_spelling_is_no_other_form(client):
    """Limits and checks hold for the one address there is."""
    for path in (
        "/auth/sign_in.json", "/AUTH/SIGN_IN", "/auth//sign_in", "/auth/sign_in;x",
        "/auth/./sign_in", "/api/v1/apps.json", "/oauth/token.json",
    ):  # fmt: skip
        answer = await client.post(path, data={"username": "x", "password": "x"})
        assert answer.status in {301, 302, 303, 307, 308, 403, 404, 405, 422}, path
        assert answer.status != 200


@pytest.mark.parametrize(
    "code",
    ["../../etc/passwd", "a/b", "a\\b", "a.png", "", "ü", "a b", "x" * 300, "%2e%2e", "a\0b"],
)
async def test_an_emoji_of_another_server_is_kept_under_no_name_of_its_choice(ctx, code):
    domain = f"{unique('emoji').replace('_', '-')}.example"
    async with ctx.transaction() as tx:
        kept = await remember_emojis(
            tx, domain=domain, emojis=[(code, f"https://{domain}/a.png", None)], at=ctx.now()
        )
    for one in kept:
        assert "/" not in str(one.get("key") or "").removeprefix("emojis/").partition("/")[0]
        assert ".." not in str(one)


async def test_who_signs_out_has_no_cookie_left_that_opens_anything(ctx, client):
    account = await a_visitor(ctx)
    visit = Visit(client)
    await visit.sign_in(account.username)
    before = dict(visit.cookies)
    await visit.get("/auth/sign_out")
    await visit.submit("/auth/sign_out")

    assert "watertower_session" not in visit.cookies
    thief = Visit(client, before)
    for path in ("/auth/edit", "/settings/profile", "/account/frozen", "/desk"):
        assert (await thief.get(path)).status in {302, 303, 404}, path


async def test_reporting_and_voting_and_undoing_show_nothing_that_is_hidden(ctx, client):
    author = await an_account(ctx)
    _, stranger = await a_member(ctx, client)
    hidden = await a_status(ctx, by=author, text="sesame", visibility=Visibility.DIRECT)
    poll = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies, expires_at) VALUES "
        "($1, $2, '{sesame,b}', '{0,0}', now() + interval '1 day') RETURNING id",
        author.id,
        hidden.id,
    )
    await sql(ctx, "UPDATE statuses SET poll_id = $2 WHERE id = $1", hidden.id, poll)
    said = {"account_id": str(author.id), "status_ids": [str(hidden.id)]}
    answers = [
        await stranger.post("/api/v1/reports", json=said),
        await stranger.post(f"/api/v1/polls/{poll}/votes", json={"choices": ["0"]}),
        *[
            await stranger.post(f"/api/v1/statuses/{hidden.id}/{verb}")
            for verb in ("unfavourite", "unreblog", "unbookmark", "unpin", "unmute", "translate")
        ],
    ]
    for answer in answers:
        assert answer.status in {403, 404, 422}
        assert "sesame" not in answer.text


async def test_what_programs_ask_for_is_behind_no_riddle(ctx, client):
    """Proofs of work are for the form of signing up, whatever is going on."""
    from watertower.accounts.queries.site import set_site_setting

    member = await an_account(ctx)
    status = await a_status(ctx, by=member)
    async with ctx.transaction() as tx:
        until = (ctx.now() + timedelta(hours=1)).isoformat()
        await set_site_setting(tx, "sign_up_friction", {"level": 2, "until": until})
    document = {"Accept": "application/activity+json"}
    for path, headers in (
        (status.uri, document), (member.uri, document), (f"/@{member.username}.rss", {}),
        (f"/api/v1/statuses/{status.id}", {}), ("/.well-known/nodeinfo", {}),
        (f"/@{member.username}", {}), ("/api/v2/instance", {}),
        (f"/.well-known/webfinger?resource=acct:{member.username}@{ctx.settings.server.domain}", {}),
    ):  # fmt: skip
        answer = await client.get(path, headers=headers)
        assert answer.status == 200, path
        assert "<script" not in answer.text


async def test_names_in_files_of_ours_cannot_be_counted_through(ctx, tmp_path):
    from tests.media.files import as_upload, picture
    from watertower.media.access.media import media_for
    from watertower.media.actions.upload import upload

    member = await an_account(ctx)
    keys = []
    for _ in range(3):
        number = await upload(ctx, account_id=member.id, file=as_upload(tmp_path, picture()))
        media = await media_for(ctx, account_id=member.id, media_id=number)
        keys += [key for key in (media.original_key, media.small_key) if key]
        assert all(str(number) not in key and str(member.id) not in key for key in keys)
    folders = {key.rpartition("/")[0] for key in keys}
    assert len(folders) >= 3
    for one, other in itertools.combinations(sorted(folders), 2):
        same = sum(a == b for a, b in zip(one, other, strict=False))
        assert same < len(one) - 12, "names that differ in little can be guessed"
