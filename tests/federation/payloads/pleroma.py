"""Pleroma and Akkoma: contexts, links as lists, emoji reactions, quotes, chat."""

from tests.federation.payloads.case import (
    AS,
    FOLLOW,
    MIA,
    POLL,
    POST,
    PUBLIC,
    Case,
    Program,
    activity,
    actor,
    answered,
    create,
    deeds,
    ignored,
    mention,
    shows,
    undo,
    update,
)

BASE = "https://pine.example"
ADA = f"{BASE}/users/ada"
ACCT = "ada@pine.example"
CONTEXT = [AS, f"{BASE}/schemas/litepub-0.1.jsonld", {"@language": "und"}]
TALK = f"{BASE}/contexts/7"
AT_MIA = mention(MIA, "@mia@here.example")


def person(uri, name, **more):
    """A member of Akkoma."""
    return actor(
        uri,
        name,
        url=uri,
        summary="Plain &amp; short<br/>Two lines",
        alsoKnownAs=[],
        attachment=[{"name": "Site", "type": "PropertyValue", "value": "pine.example"}],
        capabilities={"acceptsChatMessages": True},
        discoverable=False,
        endpoints={
            "oauthAuthorizationEndpoint": f"{BASE}/oauth/authorize",
            "sharedInbox": f"{BASE}/inbox",
            "uploadMedia": f"{BASE}/api/ap/upload_media",
        },
        featured=f"{uri}/collections/featured",
        icon={"type": "Image", "url": f"{BASE}/media/ada.png"},
        image={"type": "Image", "url": f"{BASE}/media/wood.png"},
        manuallyApprovesFollowers=False,
        tag=[],
        **more,
    ) | {"name": "ada :tree:"}


def note(number, content, **more):
    """A post."""
    return {
        "@context": CONTEXT,
        "actor": ADA,
        "attachment": [],
        "attributedTo": ADA,
        "cc": [f"{ADA}/followers"],
        "content": content,
        "context": TALK,
        "conversation": TALK,
        "id": f"{BASE}/objects/{number}",
        "published": "2026-03-04T05:06:07.123456Z",
        "sensitive": None,
        "source": {"content": content, "mediaType": "text/plain"},
        "summary": "",
        "tag": [],
        "to": [PUBLIC],
        "type": "Note",
        **more,
    }


def react(emoji, **more):
    """An emoji reaction."""
    return activity(
        "EmojiReact", ADA, POST, id=f"{BASE}/activities/react", content=emoji, context=TALK,
        to=[MIA, f"{ADA}/followers"], cc=[PUBLIC], **more,
    )  # fmt: skip


def options(*counts):
    """A poll's options."""
    return [
        {"name": name, "type": "Note", "replies": {"totalItems": count, "type": "Collection"}}
        for name, count in zip(("Oak", "Ash"), counts, strict=True)
    ]


FILE = {
    "mediaType": "image/png", "name": "A tree", "type": "Document",
    "url": [{"href": f"{BASE}/media/tree.png", "mediaType": "image/png", "type": "Link"}],
}  # fmt: skip
HELLO = note(1, "Hello<br/>there")
QUESTION = note(9, "Which tree?", type="Question", oneOf=options(1, 2), anyOf=[],
                closed="2036-01-01T00:00:00Z", votersCount=3)  # fmt: skip
CASES = (
    Case("a post", create(HELLO, context=TALK), shows(content="Hello<br>there")),
    Case(
        "a post whose language is in the context",
        create(note(2, "Guten Tag", **{"@context": [AS, {"@language": "de"}]})),
        shows(content="Guten Tag"),
    ),
    Case(
        "a post with its language in a map",
        create(note(2, "Guten Tag", contentMap={"de": "Guten Tag"})),
        shows(content="Guten Tag", language="de"),
    ),
    Case("a file whose address is a list of links", create(note(3, "Look", attachment=[FILE])),
         shows(content="Look", media=[("image", "A tree")])),
    Case(
        "a file with the name of the file as a description",
        create(note(3, "", attachment=[FILE | {"name": "IMG_0001.png"}])),
        shows(media=[("image", "IMG_0001.png")]),
    ),
    Case("hashtags as bare words", create(note(4, "#oak", tag=["oak"])), shows(content="#oak")),
    Case(
        "hashtags as words and as objects",
        create(
            note(4, "#oak", tag=["oak", {"type": "Hashtag", "href": f"{BASE}/tag/oak", "name": "#oak"}])
        ),
        shows(content="#oak", tags=["oak"]),
    ),
    Case(
        "a warning",
        create(note(5, "Bark", summary="Wood", sensitive=True)),
        shows(content="Bark", warning="Wood", sensitive=True),
    ),
    Case(
        "a post for this server alone is not public",
        create(note(6, "Here", to=[f"{BASE}/followers-local"], cc=[f"{ADA}/followers"])),
        ignored("nobody here follows or is addressed"),
    ),
    Case(
        "a message for one person",
        create(note(7, "Psst", to=[MIA], cc=[], tag=[AT_MIA], directMessage=True)),
        shows(content="Psst", visibility="direct", mentions=["mia"]),
    ),
    Case(
        "an answer",
        create(note(8, "Yes", inReplyTo=POST, to=[PUBLIC, MIA], tag=[AT_MIA])),
        shows(content="Yes", reply_to=POST, mentions=["mia"]),
    ),
    Case("an empty second list in a poll", create(QUESTION),
         shows(content="Which tree?", poll={"Oak": 1, "Ash": 2}, multiple=False, voters=3)),
    Case(
        "a poll with several choices and an empty first list",
        create(QUESTION | {"oneOf": [], "anyOf": options(4, 5)}),
        shows(content="Which tree?", poll={"Oak": 4, "Ash": 5}, multiple=True),
    ),
    Case(
        "new counts of a poll",
        update(QUESTION | {"oneOf": options(2, 2)}),
        shows(content="Which tree?", poll={"Oak": 2, "Ash": 2}),
        before=(create(QUESTION),),
    ),
    Case(
        "a vote with an actor and a context",
        create(
            {"id": f"{BASE}/objects/v", "type": "Note", "actor": ADA, "attributedTo": ADA,
             "cc": [], "context": TALK, "inReplyTo": POLL, "name": "Coffee", "to": [MIA]}
        ),
        {"votes": {"Tea": 0, "Coffee": 1}},
    ),
    Case("a reaction", react("🌲"), {"stars": [ACCT]}),
    Case(
        "a reaction with an emoji of its own",
        react(
            ":tree:",
            tag=[{"id": f"{BASE}/emoji/tree.png", "type": "Emoji", "name": ":tree:",
                  "icon": {"type": "Image", "url": f"{BASE}/emoji/tree.png"}}],
        ),
        {"stars": [ACCT]},
    ),
    Case("a reaction taken back", undo(react("🌲")), {"stars": []}, before=(react("🌲"),)),
    Case(
        "a quote in Akkoma's field",
        create(note(10, "So<br/><br/>RE: x", quoteUri=HELLO["id"], quoteUrl=HELLO["id"])),
        shows(content="So<br><br>RE: x", quote=("accepted", HELLO["id"])),
        before=(create(HELLO),),
    ),
    Case(
        "a chat message",
        create({"type": "ChatMessage", "id": f"{BASE}/objects/c", "attributedTo": ADA,
                "actor": ADA, "content": "Hi", "to": [MIA], "published": "2026-03-04T05:06:07Z"}),
        ignored("not a type of status that we keep"),
    ),
    Case(
        "a report with the reported posts as objects",
        activity("Flag", ADA, [MIA, {"type": "Note", "id": POST, "content": "x",
                                     "actor": {"id": MIA, "type": "Person"}}], content="Bad"),
        {"reports": [("Bad", 1)]},
    ),
    Case(
        "a changed profile",
        activity("Update", ADA, person(ADA, "ada"), to=[f"{ADA}/followers"], cc=[]),
        {"account": {"display_name": "ada :tree:", "note": "Plain &amp; short<br>Two lines",
                     "fields": {"Site": "pine.example"}, "locked": False}},
    ),
    Case(
        "a changed post",
        update(note(1, "Bye", updated="2026-03-05T00:00:00.5Z", formerRepresentations={
            "type": "OrderedCollection", "totalItems": 1, "orderedItems": [note(1, "Hello")]})),
        shows(content="Bye", is_edited=True),
        before=(create(HELLO),),
    ),
    Case(
        "a boost with the whole post inside is believed by its address alone",
        activity("Announce", ADA, note(11, "Forged"), to=[PUBLIC, f"{ADA}/followers"], cc=[]),
        shows(of=f"{BASE}/objects/11", content="True"),
        serves=(note(11, "True"),),
    ),
    Case(
        "a yes whose follow has no actor",
        activity("Accept", ADA, {"id": FOLLOW, "type": "Follow"}),
        {"relation": {"following"}},
    ),
    Case(
        "a post of somebody on another server",
        create(HELLO | {"id": "https://other.example/objects/1"}) | {"id": f"{BASE}/activities/1"},
        answered(400),
    ),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{BASE}/activities/{kind.lower()}", context=TALK,
           deleted="id"),
)  # fmt: skip

PROGRAM = Program("Pleroma and Akkoma", (person(ADA, "ada"),), CASES)
