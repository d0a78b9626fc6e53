"""Bridgy Fed: people of other networks and of web sites, whose ids are made of other addresses."""

from tests.federation.payloads.case import (
    AS,
    FOLLOW,
    LEO,
    MIA,
    POST,
    PUBLIC,
    SECURITY,
    Case,
    Program,
    activity,
    actor,
    answered,
    create,
    deeds,
    hashtag,
    ignored,
    mention,
    shows,
    update,
    without,
)

SKY = "https://sky.bridge.example"
WEB = "https://web.bridge.example"
ADA, BLOG = f"{SKY}/ap/did:plc:ada123", f"{WEB}/garden.example"
ACCT = "ada.sky.example@sky.bridge.example"
CONTEXT = [
    AS,
    SECURITY,
    {"toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable"},
]
POSTS = f"{SKY}/convert/ap/at://did:plc:ada123/app.sky.post"


def person(uri, name, **more):
    """Somebody elsewhere: the followers have no address of their own in older documents."""
    return actor(
        uri,
        name,
        key="#key",
        url=[f"{SKY}/r/https://sky.example/profile/ada", "https://sky.example/profile/ada"],
        summary="Bridged",
        discoverable=True,
        indexable=True,
        manuallyApprovesFollowers=False,
        endpoints={"sharedInbox": f"{uri.rsplit('/', 1)[0]}/ap/sharedInbox"},
        alsoKnownAs=["at://did:plc:ada123"],
        icon=[{"type": "Image", "url": "https://cdn.example/ada.jpg"}],
        attachment=[{"type": "PropertyValue", "name": "Web site",
                     "value": '<a href="https://sky.example/profile/ada">sky.example</a>'}],
        **more,
    ) | {"name": "Ada 🌱"}  # fmt: skip


def note(number, content, **more):
    """A post, whose id contains the address that it has over there."""
    return {
        "@context": CONTEXT,
        "type": "Note",
        "id": f"{POSTS}/{number}",
        "url": f"{SKY}/r/https://sky.example/profile/ada/post/{number}",
        "attributedTo": ADA,
        "content": content,
        "contentMap": {"en": content},
        "content_is_html": True,
        "published": "2026-03-04T05:06:07.000Z",
        "to": [PUBLIC],
        "cc": [],
        **more,
    }


def article(**more):
    """A page of somebody's site."""
    uri = f"{WEB}/r/https://garden.example/seeds"
    return note(0, "<p>Sow</p>", id=uri, url=uri, attributedTo=BLOG, type="Article",
                name="Seeds", nameMap={"en": "Seeds"}, **more)  # fmt: skip


def by(kind, thing, **more):
    """An activity with the id that a record has over there."""
    return activity(kind, ADA, thing, id=f"{SKY}/convert/ap/at://did:plc:ada123/{kind}/1", **more)


EN = {"language": "en"}
HELLO = note(1, "<p>Hello</p>")
JOIN = {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": ADA}
PICTURE = {"type": "Image", "mediaType": "image/jpeg", "url": "https://cdn.example/1@jpeg",
           "name": "A seed"}  # fmt: skip

CASES = (
    Case("a post", create(HELLO), shows(content="<p>Hello</p>", url=HELLO["url"], **EN)),
    Case("a post whose activity says nothing but its object",
         {"type": "Create", "id": f"{HELLO['id']}#bridge-create", "actor": ADA,
          "object": without(HELLO, "@context")}, shows(content="<p>Hello</p>", **EN)),
    Case("a post with the author as an object",
         create(HELLO | {"attributedTo": [{"id": ADA, "type": "Person"}]}) | {"actor": ADA},
         shows(content="<p>Hello</p>", **EN)),
    Case("a post with two addresses",
         create(note(2, "x", url=[{"type": "Link", "rel": "canonical", "href": "https://sky.example/2"},
                                  f"{SKY}/r/2"])),
         shows(content="x", url=f"{POSTS}/2", **EN)),
    Case("a post with a picture as an image too",
         create(note(3, "x", attachment=[PICTURE], image=[PICTURE])),
         shows(content="x", media=[("image", "A seed")], **EN)),
    Case("one picture that is no list, with its address as an object",
         create(note(3, "x", attachment=PICTURE | {"url": {"type": "Link", "href":
                "https://cdn.example/1@jpeg", "mediaType": "image/jpeg"}})),
         shows(content="x", media=[("image", "A seed")], **EN)),
    Case("hashtags and a mention",
         create(note(4, "#seed @mia", cc=[MIA], tag=[hashtag("seed", "https://sky.example/tag/"),
                                                    mention(MIA, "@mia@here.example")])),
         shows(content="#seed @mia", tags=["seed"], mentions=["mia"], **EN)),
    Case("labels of the other network as a warning",
         create(note(5, "x", summary="Graphic<br>Sad", sensitive=True)),
         shows(content="x", warning="Graphic<br>Sad", sensitive=True, **EN)),
    Case("an answer", create(note(6, "Yes", inReplyTo=POST, cc=[MIA])),
         shows(content="Yes", reply_to=POST, **EN), is_followed=False),
    Case("an answer to several, of which the first counts",
         create(note(6, "Yes", inReplyTo=[POST, "https://sky.example/lost"])),
         shows(content="Yes", reply_to=POST, **EN)),
    Case("a quote", create(note(7, '<p>So</p><span class="quote-inline">RE: x</span>',
                                quoteUrl=HELLO["id"], _misskey_quote=HELLO["id"])),
         shows(content='<p>So</p><span class="quote-inline">RE: x</span>',
               quote=("accepted", HELLO["id"]), **EN), before=(create(HELLO),)),
    Case("an article of a site", create(article()),
         shows(content=f"<p><strong>Seeds</strong></p><p>[{WEB}/r/https://garden.example/seeds]</p>",
               author="garden.example@web.bridge.example", **EN)),
    Case("an article of a site with a summary", create(article(summary="In short")),
         shows(content="<p><strong>Seeds</strong></p><p>In short</p>"
               f"<p>[{WEB}/r/https://garden.example/seeds]</p>", **EN)),
    Case("a post with a title that is its text",
         create(note(8, "<p>Same</p>", name="Same", displayName="Same")),
         shows(content="<p>Same</p>", **EN)),
    Case("a changed post", update(note(1, "<p>Bye</p>", updated="2026-03-05T00:00:00Z")),
         shows(content="<p>Bye</p>", is_edited=True, **EN), before=(create(HELLO),)),
    Case("a changed post that says nothing of when",
         update(note(1, "<p>Bye</p>")), shows(content="<p>Hello</p>", **EN),
         before=(create(HELLO),)),
    Case("a changed profile", by("Update", person(ADA, "ada.sky.example"), to=[PUBLIC]),
         {"account": {"acct": ACCT, "display_name": "Ada 🌱", "note": "Bridged",
                      "fields": {"Web site":
                                 '<a href="https://sky.example/profile/ada">sky.example</a>'}}}),
    Case("a star with the sender as an object",
         by("Like", POST) | {"actor": {"id": ADA, "type": "Person", "name": "Ada"}},
         {"stars": [ACCT]}),
    Case("a boost without addressees is for nobody", by("Announce", POST),
         {"boosts": []}),
    Case("a follow whose object is an object", by("Follow", {"id": MIA, "type": "Person"}),
         {"followers": [ACCT]}, is_followed=False),
    Case("a request to Leo", by("Follow", LEO, to=[LEO]), {"requests": [ACCT]}),
    Case("yes with an address in it that only the bridge knows",
         by("Accept", JOIN | {"url": f"{SKY}/r/x", "object": {"id": ADA, "type": "Person"}}),
         {"relation": {"following"}}),
    Case("a block", by("Block", MIA, to=[MIA]), {"relation": {"blocked_by"}}),
    Case("a report", by("Flag", [POST], content="Spam"), {"reports": [("Spam", 1)]}),
    Case("a deletion of something never seen", by("Delete", f"{POSTS}/404"),
         {"gone": [f"{POSTS}/404"]}),
    Case("a post of the other half of the bridge",
         create(article() | {"attributedTo": ADA}) | {"id": f"{SKY}/1"}, answered(400)),
    Case("a stop of the bridge for a person", by("Undo", f"{SKY}/follow/404"),
         ignored("nothing is known under this id")),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{SKY}/convert/ap/at://did:plc:ada123/{kind}/2",
           deleted="id", undone="whole"),
)  # fmt: skip

PROGRAM = Program(
    "Bridgy Fed", (person(ADA, "ada.sky.example"), person(BLOG, "garden.example")), CASES
)
