"""Posts in the ways that other programs write them, and what apps are shown of each."""

import pytest

from tests.federation.far import PUBLIC
from tests.world import a_follow, a_token, an_account
from watertower.accounts.access.accounts import account_for
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.own import known_status


def mastodon(a):
    return a.note(
        "<p>Hi <a href='https://x.example/tags/Tea' class='mention hashtag'>#<span>Tea</span></a></p>",
        cc=[a.followers],
        summary="Food",
        sensitive=True,
        contentMap={"de": "<p>Hi</p>"},
        tag=[{"type": "Hashtag", "href": "https://x.example/tags/Tea", "name": "#Tea"}],
        attachment=[
            {
                "type": "Document",
                "mediaType": "image/png",
                "url": "https://files.example/1.png",
                "name": "A cup",
                "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
                "focalPoint": [0.5, -0.25],
                "width": 640,
                "height": 480,
            }
        ],
    )


def misskey(a):
    return a.note(
        "<p>Look<br><br><span>RE: </span><a href='https://q.example/1'>https://q.example/1</a></p>",
        cc=[a.followers],
        summary=None,
        _misskey_content="Look",
        source={"content": "Look", "mediaType": "text/x.misskeymarkdown"},
        quoteUrl="https://q.invalid/notes/1",
        _misskey_quote="https://q.invalid/notes/1",
        tag=[],
    )


def pleroma(a):
    return a.note(
        "Plain words",
        to=[PUBLIC],
        cc=[a.followers],
        context=f"{a.server.base}/contexts/1",
        conversation=f"{a.server.base}/contexts/1",
        source={"content": "Plain words", "mediaType": "text/plain"},
        summary="",
        tag=["tea"],
        attachment=[
            {
                "type": "Document",
                "mediaType": "image/jpeg",
                "name": "",
                "url": [
                    {"type": "Link", "mediaType": "image/jpeg", "href": "https://f.example/a.jpg"}
                ],
            }
        ],
    )


def gotosocial(a):
    note = a.note("", to=[], contentMap={"en": "<p>One map</p>", "fr": "<p>Une carte</p>"})
    del note["content"]
    return note | {"to": PUBLIC, "cc": a.followers, "tag": {"type": "Hashtag", "name": "#solo"}}


def pixelfed(a):
    image = {"type": "Image", "mediaType": "image/webp", "url": "https://p.example/1.webp"}
    return a.note(
        None,
        cc=[a.followers],
        commentsEnabled=True,
        capabilities={"announce": PUBLIC, "like": PUBLIC, "reply": PUBLIC},
        location=None,
        attachment=[image | {"url": f"https://p.example/{n}.webp"} for n in range(3)],
    )


def peertube(a):
    return a.note(
        "Long **markdown** description",
        cc=[a.followers],
        type="Video",
        name="How to brew tea",
        duration="PT5M",
        attributedTo=[
            {"type": "Person", "id": a.uri},
            {"type": "Group", "id": f"{a.server.base}/video-channels/tea"},
        ],
        url=[
            {"type": "Link", "mediaType": "text/html", "href": f"{a.server.base}/w/abc"},
            {"type": "Link", "mediaType": "video/mp4", "href": f"{a.server.base}/v/abc.mp4"},
        ],
        tag=[{"type": "Hashtag", "name": "brewing"}],
        icon=[{"type": "Image", "url": f"{a.server.base}/t.jpg", "width": 280, "height": 157}],
        sensitive=False,
    )


def threads(a):
    return a.note(
        "<p>From a big place</p>",
        to=["as:Public"],
        cc=[a.followers],
        url="https://www.elsewhere.example/@a/post/1",
        published="2026-01-02T03:04:05+0000",
        attachment=[],
    )


def wordpress(a):
    return a.note(
        "<p>The whole article</p>",
        cc=[a.followers],
        type="Article",
        name="Tea & me",
        summary="<p>In short</p>",
        url=f"{a.server.base}/2026/01/tea/",
        contentMap={"en": "<p>The whole article</p>"},
    )


def bookwyrm(a):
    return a.note(
        "<p>Finished it</p>",
        cc=[a.followers],
        type=["Note"],
        inReplyToBook=f"{a.server.base}/book/1",
        sensitive="false",
        attachment={"type": "Document", "url": "https://b.example/cover.jpg", "name": "Cover"},
    )


def friendica(a):
    return a.note(
        "A <b>bold</b> post<script>alert(1)</script>",
        to=[PUBLIC, a.followers],
        **{"diaspora:guid": "1", "directMessage": False, "conversation": "tag:1"},
        source={"content": "A [b]bold[/b] post", "mediaType": "text/bbcode"},
        published="2026-01-02T03:04:05Z",
    )


def bridgy(a):
    return a.note(
        "<p>Bridged</p>",
        cc=[],
        url=["https://web.example/1", {"type": "Link", "href": "https://other.example/1"}],
        content_is_html=True,
        contentMap={"en": "<p>Bridged</p>"},
    )


def mobilizon(a):
    return a.note(
        "<p>Come along</p>",
        cc=[a.followers],
        type="Event",
        name="Tea party",
        startTime="2026-05-01T15:00:00Z",
        actor=a.uri,
        tag=[{"type": "Hashtag", "name": "#party"}],
    )


def nodebb(a):
    return a.note(
        "<p>A topic</p>",
        cc=[a.followers],
        type="Article",
        name="Welcome",
        audience=f"{a.server.base}/category/1",
        preview={"type": "Note", "content": "<p>A topic</p>"},
    )


SHAPES = [
    (mastodon, "public", "#<span>Tea</span>", ["tea"], 1),
    (misskey, "public", "Look", [], 0),
    (pleroma, "public", "Plain words", [], 1),
    (gotosocial, "public", "<p>One map</p>", ["solo"], 0),
    (pixelfed, "public", "", [], 3),
    (peertube, "public", "<strong>How to brew tea</strong>", ["brewing"], 0),
    (threads, "public", "<p>From a big place</p>", [], 0),
    (wordpress, "public", "<strong>Tea &amp; me</strong>", [], 0),
    (bookwyrm, "public", "<p>Finished it</p>", [], 1),
    (friendica, "public", "A <b>bold</b> post", [], 0),
    (bridgy, "public", "<p>Bridged</p>", [], 0),
    (mobilizon, "public", "<strong>Tea party</strong>", ["party"], 0),
    (nodebb, "public", "<strong>Welcome</strong>", [], 0),
]


async def received(ctx, client, author, document, post, settle):
    """Send it to a follower here; the status as the follower's app is shown it."""
    member = await an_account(ctx)
    actor = await actor_by_uri(ctx, author.uri)
    await a_follow(ctx, member, await account_for(ctx, account_id=actor.id))
    await post(author, author.activity("Create", document, to=document["to"]))
    await settle()
    status = await known_status(ctx, document["id"])
    assert status is not None
    signed_in = client.signed_in(await a_token(ctx, member))
    return (await signed_in.get(f"/api/v1/statuses/{status.id}")).json


@pytest.mark.parametrize(
    ("shape", "visibility", "words", "tags", "files"),
    SHAPES,
    ids=[one[0].__name__ for one in SHAPES],
)
async def test_a_post_of_another_program_is_shown(
    ctx, client, far, post, settle, shape, visibility, words, tags, files
):
    author = far.actor()

    shown = await received(ctx, client, author, shape(author), post, settle)

    assert shown["visibility"] == visibility
    assert words in shown["content"] if words else shown["content"] == ""
    assert "<script" not in shown["content"]
    assert [one["name"] for one in shown["tags"]] == tags
    assert len(shown["media_attachments"]) == files
    assert shown["account"]["acct"] == f"{author.name}@{far.host}"


async def test_what_mastodon_says_of_a_post_is_kept(ctx, client, far, post, settle):
    author = far.actor()

    shown = await received(ctx, client, author, mastodon(author), post, settle)

    assert (shown["spoiler_text"], shown["sensitive"], shown["language"]) == ("Food", True, "de")
    [file] = shown["media_attachments"]
    assert (file["type"], file["description"]) == ("image", "A cup")
    assert file["blurhash"] == "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH"
    assert file["meta"]["focus"] == {"x": 0.5, "y": -0.25}
    assert file["remote_url"] == "https://files.example/1.png"
    assert file["url"].startswith(ctx.settings.base_url)


async def test_a_converted_post_leads_to_its_page(ctx, client, far, post, settle):
    author = far.actor()
    video = peertube(author)

    shown = await received(ctx, client, author, video, post, settle)

    assert shown["url"] == f"{far.base}/w/abc"
    assert f'href="{far.base}/w/abc"' in shown["content"]
