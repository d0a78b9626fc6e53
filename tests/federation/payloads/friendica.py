"""Friendica: forums, BBCode beside HTML, dislikes, events, addresses for everybody at once."""

from tests.federation.payloads.case import (
    AS,
    LEO,
    MIA,
    POST,
    PUBLIC,
    SECURITY,
    Case,
    Program,
    activity,
    actor,
    create,
    deeds,
    ignored,
    mention,
    shows,
    undo,
    update,
)

BASE = "https://circle.example"
ADA, FORUM = f"{BASE}/profile/ada", f"{BASE}/profile/trees"
FOLLOWERS = f"{BASE}/followers/ada"
ACCT = "ada@circle.example"
CONTEXT = [AS, SECURITY, {
    "vcard": "http://www.w3.org/2006/vcard/ns#", "dfrn": "http://purl.org/macgirvin/dfrn/1.0/",
    "diaspora": "https://diasporafoundation.org/ns/", "quoteUrl": "as:quoteUrl",
    "directMessage": "litepub:directMessage"}]  # fmt: skip
MADE_BY = {"type": "Service", "name": "Friendica 'Pine' 2024.12", "url": BASE}


def person(uri, name, **more):
    """A member."""
    return actor(
        uri,
        name,
        url=uri,
        summary="",
        manuallyApprovesFollowers=False,
        discoverable=True,
        endpoints={"sharedInbox": f"{BASE}/inbox"},
        icon={"type": "Image", "url": f"{BASE}/photo/contact/ada"},
        generator=MADE_BY,
        **{"vcard:hasAddress": {"@type": "vcard:Home", "vcard:region": ""},
           "diaspora:guid": "0", "dfrn:restrictedMode": False},
        **more,
    ) | {"inbox": f"{BASE}/inbox/{name}", "outbox": f"{BASE}/outbox/{name}",
         "followers": f"{BASE}/followers/{name}", "following": f"{BASE}/following/{name}",
         "name": name.capitalize()}  # fmt: skip


def note(number, content, **more):
    """A post."""
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/objects/{number}",
        "diaspora:guid": str(number),
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2026-03-04T05:06:07Z",
        "url": f"{BASE}/display/{number}",
        "attributedTo": ADA,
        "sensitive": False,
        "conversation": f"{BASE}/objects/{number}#context",
        "context": f"{BASE}/objects/{number}#context",
        "content": content,
        "contentMap": {"en": content},
        "source": {"content": content, "mediaType": "text/bbcode"},
        "diaspora:comment": "{}",
        "attachment": [],
        "tag": [],
        "directMessage": False,
        "generator": MADE_BY,
        "to": [PUBLIC, FOLLOWERS],
        "cc": [],
        **more,
    }


EN = {"language": "en"}
HELLO = note(1, "A <strong>bold</strong> post")
DISLIKE = activity("Dislike", ADA, POST, instrument=MADE_BY, to=[MIA], cc=[PUBLIC])
EVENT = note(
    9, "Come", type="Event", name="Walk", startTime="2026-05-01T10:00:00+00:00",
    endTime="2026-05-01T12:00:00+00:00", location={"type": "Place", "name": "Hill"},
    **{"dfrn:adjust": True},
)  # fmt: skip
PICTURE = {"type": "Image", "mediaType": "image/jpeg", "url": f"{BASE}/photo/1.jpg",
           "name": "A hill", "width": 640, "height": 480, "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj"}  # fmt: skip

CASES = (
    Case("a post", create(HELLO, instrument=MADE_BY),
         shows(content="A <strong>bold</strong> post", **EN)),
    Case("a post with a script", create(note(2, "x<script>alert(1)</script>y")),
         shows(content="xy", **EN)),
    Case("a heading and a list", create(note(2, "<h3>Trees</h3><ul><li>Oak</li></ul>")),
         shows(content="<p><strong>Trees</strong></p><ul><li>Oak</li></ul>", **EN)),
    Case("a picture in the text and beside it",
         create(note(3, f'<img src="{BASE}/photo/1.jpg" alt="A hill">Look', attachment=[PICTURE])),
         shows(content="Look", media=[("image", "A hill")], **EN)),
    Case("a link beside the text is no media",
         create(note(3, "Look", attachment=[
             {"type": "Page", "mediaType": "text/html", "url": "https://news.example/1", "name": "N"},
             {"type": "Link", "href": "https://news.example/1"}])),
         shows(content="Look", **EN)),
    Case("a post with a title becomes one with a heading and a link",
         create(note(4, "Words", type="Page", name="Title", summary=None)),
         shows(content=f"<p><strong>Title</strong></p><p>Words</p><p>[{BASE}/display/4]</p>")),
    Case("a long post with a title", create(note(4, "Words", type="Article", name="Title")),
         shows(content=f"<p><strong>Title</strong></p><p>[{BASE}/display/4]</p>")),
    Case("an event", create(EVENT),
         shows(content=f"<p><strong>Walk</strong></p><p>[{BASE}/display/9]</p>")),
    Case("a warning", create(note(5, "x", summary="Politics", sensitive=True)),
         shows(content="x", warning="Politics", sensitive=True, **EN)),
    Case("a post for followers", create(note(6, "x", to=[FOLLOWERS])),
         shows(content="x", visibility="private", **EN)),
    Case("a quiet post", create(note(6, "x", to=[FOLLOWERS], cc=[PUBLIC])),
         shows(content="x", visibility="unlisted", **EN)),
    Case("a post for a few, who are not named", create(note(6, "x", to=[MIA, f"{BASE}/circle/4"])),
         shows(content="x", visibility="direct", mentions=["mia"], **EN)),
    Case("a message", create(note(7, "x", to=[MIA], directMessage=True)),
         shows(content="x", visibility="direct", mentions=["mia"], **EN)),
    Case("a hashtag and a mention, with its word as its name",
         create(note(8, "#tree @mia", to=[PUBLIC, MIA], tag=[
             {"type": "Hashtag", "href": f"{BASE}/search?tag=tree", "name": "#tree"},
             mention(MIA, "@mia@here.example")])),
         shows(content="#tree @mia", tags=["tree"], mentions=["mia"], **EN)),
    Case("an answer", create(note(10, "Yes", inReplyTo=POST, to=[PUBLIC, MIA],
                                  tag=[mention(MIA, "@mia@here.example")])),
         shows(content="Yes", reply_to=POST, mentions=["mia"], **EN)),
    Case("a dislike", DISLIKE, ignored("Dislike is not a type we understand")),
    Case("a dislike taken back", undo(DISLIKE), ignored("nothing is known under this id")),
    Case("somebody comes to an event", activity("TentativeAccept", ADA, POST),
         ignored("TentativeAccept is not a type we understand")),
    Case("a quote", create(note(11, "See", quoteUrl=HELLO["id"])),
         shows(content="See", quote=("accepted", HELLO["id"]), **EN), before=(create(HELLO),)),
    Case("a post that a forum passes on",
         activity("Announce", FORUM, HELLO["id"], to=[PUBLIC, f"{BASE}/followers/trees"], cc=[ADA]),
         {"timeline": [HELLO["id"]]}, serves=(HELLO,)),
    Case("a changed post", update(note(1, "New", updated="2026-03-05T00:00:00Z")),
         shows(content="New", is_edited=True, **EN), before=(create(HELLO),)),
    Case("a changed forum is a group",
         activity("Update", FORUM, person(FORUM, "trees") | {"type": "Group"}, to=[PUBLIC]),
         {"account": {"acct": "trees@circle.example", "group": True, "display_name": "Trees"}}),
    Case("a request to Leo", activity("Follow", ADA, LEO, instrument=MADE_BY), {"requests": [ACCT]}),
    Case("a report", activity("Flag", ADA, [MIA, POST], content="Spam"), {"reports": [("Spam", 1)]}),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{BASE}/activity/{kind.lower()}",
           instrument=MADE_BY, deleted="tombstone"),
)  # fmt: skip

PROGRAM = Program(
    "Friendica", (person(ADA, "ada"), person(FORUM, "trees") | {"type": "Group"}), CASES
)
