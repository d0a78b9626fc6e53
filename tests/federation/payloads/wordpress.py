"""WordPress: articles with an excerpt, a blog that is a Group, several shapes of a post."""

from tests.federation.payloads.case import (
    AS,
    MIA,
    POST,
    PUBLIC,
    Case,
    Program,
    activity,
    actor,
    create,
    deeds,
    hashtag,
    ignored,
    mention,
    shows,
    update,
)

BASE = "https://ink.example"
ADA, BLOG = f"{BASE}/author/ada/", f"{BASE}/?author=0"
ACTORS = f"{BASE}/wp-json/activitypub/1.0/actors"
ACCT = "ada@ink.example"
FOLLOWERS = f"{ACTORS}/1/followers"


def author(uri, name, number, **more):
    """An author: the id is a page, everything else lies below wp-json."""
    base = f"{ACTORS}/{number}"
    return actor(
        uri,
        name,
        url=uri,
        webfinger=f"{name}@ink.example",
        summary="<p>Writes</p>\n",
        featured=f"{base}/collections/featured",
        endpoints={"sharedInbox": f"{BASE}/wp-json/activitypub/1.0/inbox"},
        icon={"type": "Image", "url": f"{BASE}/avatar.png"},
        manuallyApprovesFollowers=False,
        attachment=[
            {"type": "PropertyValue", "name": "Blog",
             "value": '<a rel="me" href="https://ink.example/" target="_blank">ink.example</a>'},
            {"type": "Link", "name": "Blog", "href": "https://ink.example/", "rel": ["me"]},
        ],
        discoverable=True,
        indexable=True,
        **more,
    ) | {"inbox": f"{base}/inbox", "outbox": f"{base}/outbox", "followers": f"{base}/followers",
         "following": f"{base}/following", "name": "Ada Ink"}  # fmt: skip


def article(number, **more):
    """An article: the whole text, an excerpt, and a preview of it as a Note."""
    return {
        "@context": [AS, {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive"}],
        "id": f"{BASE}/?p={number}",
        "type": "Article",
        "attachment": [
            {"type": "Image", "url": f"{BASE}/wp-content/ink.jpg", "mediaType": "image/jpeg",
             "name": "A bottle of ink"}
        ],
        "attributedTo": ADA,
        "content": "<p>The <em>whole</em> text</p>",
        "contentMap": {"en-US": "<p>The <em>whole</em> text</p>"},
        "name": "On ink & paper",
        "nameMap": {"en-US": "On ink & paper"},
        "published": "2026-03-04T05:06:07Z",
        "summary": "<p>In short</p>",
        "summaryMap": {"en-US": "<p>In short</p>"},
        "preview": {"type": "Note", "content": "<p>In short</p>"},
        "tag": [],
        "updated": "2026-03-04T05:06:07Z",
        "url": f"{BASE}/2026/03/on-ink/",
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "mediaType": "text/html",
        "replies": {"id": f"{BASE}/wp-json/replies", "type": "Collection"},
        "sensitive": False,
        **more,
    }  # fmt: skip


def note(number, content, **more):
    """A short post, or a comment."""
    return {name: value for name, value in article(number).items()
            if name not in {"name", "nameMap", "summary", "summaryMap", "preview", "attachment"}} | {
        "type": "Note", "content": content, "contentMap": {"en-US": content}, **more}  # fmt: skip


def html(name="On ink &amp; paper", text="<p>In short</p>", page=f"{BASE}/2026/03/on-ink/"):
    """An article as it is shown: title, excerpt, and where to read it."""
    return f"<p><strong>{name}</strong></p>{text}<p>[{page}]</p>"


EN = {"language": "en"}
PICTURE = {"media": [("image", "A bottle of ink")]}
ARTICLE, HELLO = article(1), note(2, "<p>Short</p>")
CASES = (
    Case("an article", create(ARTICLE), shows(content=html(), url=ARTICLE["url"], **PICTURE, **EN)),
    Case("an article without an excerpt", create(article(1, summary=None, summaryMap=None)),
         shows(content=html(text=""), **PICTURE, **EN)),
    Case("an article without a title", create(article(1, name="", nameMap={})),
         shows(content=f"<p>In short</p><p>[{ARTICLE['url']}]</p>", **PICTURE)),
    Case("an article with an excerpt in words alone", create(article(1, summary="In short")),
         shows(content=html(), **PICTURE, **EN)),
    Case("an article in German", create(article(
        1, name="Tinte", nameMap={"de-DE": "Tinte"}, summary="<p>Kurz</p>")),
         shows(content=html("Tinte", "<p>Kurz</p>"), language="de", **PICTURE)),
    Case("an article with three hashtags",
         create(article(1, tag=[hashtag(n, f"{BASE}/tag/") for n in ("Ink", "paper", "ink")])),
         shows(content=html(), tags=["ink", "paper"], **PICTURE, **EN)),
    Case("an article without pictures", create(article(1, attachment=[])), shows(content=html(), **EN)),
    Case("an article with a sound",
         create(article(1, attachment=[{"type": "Audio", "url": f"{BASE}/talk.mp3",
                                        "mediaType": "audio/mpeg", "name": "The talk"}])),
         shows(content=html(), media=[("audio", "The talk")], **EN)),
    Case("a quiet article", create(article(1, to=[FOLLOWERS], cc=[PUBLIC])),
         shows(content=html(), visibility="unlisted", **PICTURE, **EN)),
    Case("an article with a script", create(article(1, summary="<script>x()</script><p>Safe</p>")),
         shows(content=html(text="<p>Safe</p>"), **PICTURE, **EN)),
    Case("a page is an article too", create(article(1, type="Page", name="About", attachment=[])),
         shows(content=html("About", "<p>The <em>whole</em> text</p>"), **EN)),
    Case("an event", create(article(
        1, type="Event", name="Reading", startTime="2026-05-01T18:00:00Z", attachment=[],
        location={"type": "Place", "name": "Library"})),
         shows(content=html("Reading"), **EN)),
    Case("a short post", create(HELLO), shows(content="<p>Short</p>", **EN)),
    Case("a short post with a warning", create(note(2, "<p>x</p>", summary="Spoiler", sensitive=True)),
         shows(content="<p>x</p>", warning="Spoiler", sensitive=True, **EN)),
    Case(
        "a comment as an answer",
        create(note(3, "<p>Yes</p>", id=f"{BASE}/?c=3", inReplyTo=POST, cc=[FOLLOWERS, MIA],
                    tag=[mention(MIA, "@mia@here.example")])),
        shows(content="<p>Yes</p>", reply_to=POST, mentions=["mia"], **EN),
    ),
    Case(
        "a changed article",
        update(article(1, name="On paper", nameMap={"en-US": "On paper"},
                       updated="2026-03-05T00:00:00Z")),
        shows(content=html("On paper"), is_edited=True, **PICTURE, **EN),
        before=(create(ARTICLE),),
    ),
    Case(
        "an article that the blog passes on",
        activity("Announce", BLOG, create(ARTICLE), to=[PUBLIC], cc=[f"{ACTORS}/0/followers"]),
        {"timeline": [ARTICLE["id"]]},
    ),
    Case(
        "an article that the blog boosts",
        activity("Announce", BLOG, ARTICLE["id"], to=[PUBLIC], cc=[f"{ACTORS}/0/followers"]),
        {"timeline": [ARTICLE["id"]]},
        serves=(ARTICLE,),
    ),
    Case("a deletion with the type of what it was",
         activity("Delete", ADA, {"id": ARTICLE["id"], "type": "Tombstone", "formerType": "Article"}),
         {"gone": [ARTICLE["id"]]}, before=(create(ARTICLE),)),
    Case("a changed author", activity("Update", ADA, author(ADA, "ada", 1), to=[PUBLIC]),
         {"account": {"display_name": "Ada Ink", "note": "<p>Writes</p>", "acct": ACCT,
                      "fields": {"Blog": '<a href="https://ink.example/">ink.example</a>'}}}),
    Case("a changed blog is a group",
         activity("Update", BLOG, author(BLOG, "blog", 0) | {"type": "Group"}, to=[PUBLIC]),
         {"account": {"acct": "blog@ink.example", "group": True}}),
    Case("an arrival", activity("Arrive", ADA, {"type": "Place", "name": "Hill"}),
         ignored("Arrive is not a type we understand")),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{BASE}/?p=9#activity-{kind.lower()}",
           undone="whole", answered_by="id"),
)  # fmt: skip

PROGRAM = Program(
    "WordPress", (author(ADA, "ada", 1), author(BLOG, "blog", 0) | {"type": "Group"}), CASES
)
