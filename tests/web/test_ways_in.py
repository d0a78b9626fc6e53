"""Buttons and addresses of other sites that lead here, feeds, and what apps ask of pages."""

from tests.web.visit import signed_in, where
from tests.world import a_status, an_account, unique


async def test_what_another_site_shares_is_in_the_box_and_not_posted(ctx, client):
    visit, _ = await signed_in(ctx, client)
    shown = await visit.get("/share?title=A+title&text=Some+%3Cb%3Ewords&url=https://x.example/1")
    assert "A title\nSome &lt;b&gt;words\nhttps://x.example/1</textarea>" in shown.text
    assert (await client.get("/share?text=Hi")).status in {302, 303}


async def test_the_protocol_of_mastodon_leads_on(client):
    follow = await client.get(
        "/intent?uri=web%2Bmastodon%3A%2F%2Ffollow%3Furi%3Dacct%3Abob%40x.example"
    )
    assert where(follow) == "/authorize_interaction?uri=bob%40x.example"
    share = await client.get("/intent?uri=web%2Bmastodon%3A%2F%2Fshare%3Ftext%3DHi")
    assert where(share) == "/share?text=Hi"
    for uri in ("https://evil.example", "web+mastodon://other", ""):
        assert (await client.get("/intent", params={"uri": uri})).status == 404
    proxied = await client.get("/.well-known/proxy?uri=web%2Bap%3A%2F%2Fx.example%2Fusers%2Fa")
    assert where(proxied) == "/authorize_interaction?uri=https%3A%2F%2Fx.example%2Fusers%2Fa"


async def test_an_address_seen_elsewhere_leads_to_its_page_here(ctx, client):
    visit, _ = await signed_in(ctx, client)
    bob = await an_account(ctx)
    post = await a_status(ctx, by=bob)
    found = await visit.get(
        f"/authorize_interaction?uri={bob.username}@{ctx.settings.server.domain}"
    )
    assert where(found) == f"/@{bob.username}"
    found = await visit.get(f"/authorize_interaction?uri={post.uri}")
    assert where(found) == f"/@{bob.username}/{post.id}"
    assert (await visit.get("/authorize_interaction?uri=https://nowhere.invalid/x")).status == 404


async def test_nobody_is_sent_to_another_server_without_being_asked(ctx, client):
    far = await an_account(ctx, domain="far.example")
    post = await a_status(ctx, by=far)
    page = await client.get(f"/redirect/accounts/{far.id}")
    assert (page.status, far.url in page.text) == (200, True)
    page = await client.get(f"/redirect/statuses/{post.id}")
    assert (page.status, post.url in page.text) == (200, True)
    bob = await an_account(ctx)
    assert where(await client.get(f"/redirect/accounts/{bob.id}")) == f"/@{bob.username}"
    assert (await client.get("/redirect/accounts/1")).status == 404


async def test_each_tab_of_a_profile_has_a_feed(ctx, client):
    bob = await an_account(ctx)
    first = await a_status(ctx, by=bob, text="First words")
    other = await a_status(ctx, by=await an_account(ctx), text="Something")
    await a_status(ctx, by=bob, text="An answer", reply_to=other)
    tag = unique("tag").lower().replace("_", "")
    async with ctx.transaction() as tx:
        tag_id = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ($1, $1) RETURNING id", tag
        )
        await tx.execute("INSERT INTO status_tags VALUES ($1, $2)", tag_id, first.id)

    def said(answer):
        assert answer.status == 200, answer.text
        return {word for word in ("First words", "An answer") if word in answer.text}

    base = f"/@{bob.username}"
    assert said(await client.get(f"{base}.rss")) == {"First words"}
    assert said(await client.get(f"{base}/with_replies.rss")) == {"First words", "An answer"}
    assert said(await client.get(f"{base}/media.rss")) == set()
    assert said(await client.get(f"{base}/tagged/{tag}.rss")) == {"First words"}
    assert said(await client.get(f"{base}/tagged/{tag}")) == {"First words"}


async def test_small_answers_that_apps_expect(ctx, client):
    member = await an_account(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO invites (code, account_id) VALUES ($1, $2)", f"in{member.id}", member.id
        )
    json = {"Accept": "application/json"}
    invite = await client.get(f"/invite/in{member.id}", headers=json)
    assert invite.json == {
        "invite_code": f"in{member.id}",
        "instance_api_url": f"{ctx.settings.base_url}/api/v2/instance",
    }
    assert (await client.get("/oauth/applications")).status == 403
    css = await client.get("/custom.css")
    assert (css.status, css.headers["content-type"]) == (200, "text/css; charset=utf-8")


async def test_who_lives_elsewhere_is_shown_the_way_home_and_not_sent(client):
    asked = await client.get("/remote_interaction_helper?uri=https://x.example/1")
    assert 'name="uri" value="https://x.example/1"' in asked.text
    shown = await client.get(
        "/remote_interaction_helper?uri=https://x.example/1&server=@bob@home.example"
    )
    assert (
        "https://home.example/authorize_interaction?uri=https%3A%2F%2Fx.example%2F1" in shown.text
    )
    for odd in ("home.example/evil?x=", 'a"b', "javascript:alert(1)//"):
        odd_answer = await client.get(
            "/remote_interaction_helper", params={"uri": "x", "server": odd}
        )
        assert "Your server</label>" in odd_answer.text


async def test_an_emoji_and_a_hashtag_have_documents(ctx, client):
    json = {"Accept": "application/activity+json"}
    code = unique("blob")
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO custom_emojis (shortcode, image_key, static_key) VALUES ($1, $2, $2)",
            code,
            f"custom_emojis/{code}.png",
        )
    emoji = (await client.get(f"/emojis/{code}", headers=json)).json
    assert (emoji["id"], emoji["type"], emoji["name"]) == (
        f"{ctx.settings.base_url}/emojis/{code}",
        "Emoji",
        f":{code}:",
    )
    assert (await client.get("/emojis/none", headers=json)).status == 404
    tag = (await client.get("/tags/Soup", headers=json)).json
    assert (tag["type"], tag["totalItems"]) == ("OrderedCollection", 0)
