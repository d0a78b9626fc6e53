"""Whatever people and pages elsewhere write into names, warnings and polls stays words."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from tests.feeds.world import sql
from tests.world import a_status, an_account, unique

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    ":evil:",
]


class Page(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "iframe", "object", "embed"} or (
            tag == "base" and "href" in dict(attrs)
        ):
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"srcdoc", "autofocus"}:
                self.bad.append((tag, name))
            scheme = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name in {"href", "src", "action"} and scheme.startswith(("javascript:", "vbs")):
                self.bad.append((tag, name, value))


def acted_upon(text):
    page = Page()
    page.feed(text)
    return page.bad


async def hostile_world(ctx):
    """An author whose every word is hostile, with a post that has everything; and a boost of it."""
    words = " ".join(HOSTILE)
    emoji = [{"shortcode": "evil", "key": 'x"><script>alert(1)</script>.png', "static_key": None}]
    author = await an_account(
        ctx,
        display_name=words,
        fields=json.dumps([{"name": words, "value": words, "html": "<p>safe</p>"}]),
        emojis=json.dumps(emoji),
        avatar_description=words,
        header_description=words,
        url="javascript:alert(1)",
    )
    status = await a_status(ctx, by=author, text="safe :evil:", content_warning=words)
    poll_id = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies, voters_count, expires_at) "
        "VALUES ($1, $2, $3, '{1,0}', 1, now() + interval '1 day') RETURNING id",
        author.id,
        status.id,
        HOSTILE[:2],
    )
    media_id = await sql(
        ctx,
        "INSERT INTO media_attachments (account_id, status_id, kind, state, original_key, "
        "small_key, content_type, description) VALUES ($1, $2, 'image', 'done', "
        "'attachments/aa/original.png', 'attachments/aa/small.png', 'image/png', $3) RETURNING id",
        author.id,
        status.id,
        words,
    )
    tag = unique("tag")
    await sql(
        ctx,
        "WITH t AS (INSERT INTO tags (name, shown_name) VALUES ($2, $3) RETURNING id) "
        "INSERT INTO status_tags SELECT id, $1 FROM t",
        status.id,
        tag,
        words,
    )
    await sql(
        ctx,
        "UPDATE statuses SET poll_id = $2, media_ids = ARRAY[$3::bigint], has_media = true, "
        "emojis = $4 WHERE id = $1",
        status.id,
        poll_id,
        media_id,
        json.dumps(emoji),
    )
    linked = await a_status(ctx, by=author, text="a link")
    await sql(
        ctx,
        "WITH c AS (INSERT INTO preview_cards (url, title, description, provider_name, "
        "author_name, author_url, html, embed_url, state) VALUES ($2, $3, $3, $3, $3, $4, $3, $4, "
        "'fetched') RETURNING id) UPDATE statuses SET card_id = (SELECT id FROM c) WHERE id = $1",
        linked.id,
        f'https://{unique("card")}.example/"><script>alert(1)</script>',
        words,
        "javascript:alert(1)",
    )
    return author, status, linked, tag


async def test_no_page_acts_upon_what_others_wrote(ctx, client):
    author, status, linked, tag = await hostile_world(ctx)
    name = f"/@{author.username}"

    for path in (
        "/",
        "/public/local",
        name,
        f"{name}/with_replies",
        f"{name}/media",
        f"{name}/{status.id}",
        f"{name}/{linked.id}",
        f"{name}/{status.id}/embed",
        f"{name}/{linked.id}/embed",
        f"/tags/{tag}",
    ):
        answer = await client.get(path)
        assert answer.status == 200, path
        assert acted_upon(answer.text) == [], path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy


async def test_feeds_are_whole_xml_and_embeds_quote_what_they_name(ctx, client):
    author, status, _, tag = await hostile_world(ctx)

    for path in (f"/@{author.username}.rss", f"/tags/{tag}.rss"):
        answer = await client.get(path)
        root = ET.fromstring(answer.body)
        assert [item.tag for item in root.iter() if item.tag in {"script", "img", "svg"}] == []
        for described in root.iter("description"):
            assert acted_upon(described.text or "") == [], path
    page = f"{ctx.settings.base_url}/@{author.username}/{status.id}"
    answer = await client.get("/api/oembed", params={"url": page, "maxwidth": "400"})
    assert answer.json["html"].count("<") == 2
    assert answer.json["html"].startswith("<iframe src=")
