"""Mastodon, versions 3 to 4.5."""

from tests.federation.payloads.case import (
    AS,
    FOLLOW,
    LEO,
    MIA,
    POLL,
    POST,
    PRIVATE,
    PUBLIC,
    SECURITY,
    Case,
    Program,
    activity,
    actor,
    answered,
    create,
    hashtag,
    ignored,
    mention,
    refused,
    shows,
    undo,
    update,
    without,
)

BASE = "https://mead.example"
ADA, BOB = f"{BASE}/users/ada", f"{BASE}/users/bob"
FOLLOWERS = f"{ADA}/followers"
AT_MIA = mention(MIA, "@mia@here.example")
CONTEXT = [AS, {"ostatus": "http://ostatus.org#", "toot": "http://joinmastodon.org/ns#"}]


def person(uri, name, **more):
    """As Mastodon writes a profile."""
    return (
        actor(uri, name)
        | {
            "@context": [AS, SECURITY],
            "name": name.capitalize(),
            "summary": "",
            "url": f"{BASE}/@{name}",
            "featured": f"{uri}/collections/featured",
            "featuredTags": f"{uri}/collections/tags",
            "manuallyApprovesFollowers": False,
            "discoverable": True,
            "indexable": True,
            "memorial": False,
            "published": "2024-05-01T00:00:00Z",
            "tag": [],
            "attachment": [],
            "endpoints": {"sharedInbox": f"{BASE}/inbox"},
        }
        | more
    )


def note(number, content, **more):
    """As Mastodon writes a post: every field is there, most of them null."""
    uri = f"{ADA}/statuses/{number}"
    return {
        "@context": CONTEXT,
        "id": uri,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2026-03-04T05:06:07Z",
        "url": f"{BASE}/@ada/{number}",
        "attributedTo": ADA,
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "sensitive": False,
        "atomUri": uri,
        "inReplyToAtomUri": None,
        "conversation": f"tag:mead.example,2026-03-04:objectId={number}:objectType=Conversation",
        "content": content,
        "contentMap": {"en": content},
        "attachment": [],
        "tag": [],
        "replies": {
            "id": f"{uri}/replies",
            "type": "Collection",
            "first": {"type": "CollectionPage", "partOf": f"{uri}/replies", "items": []},
        },
        **more,
    }


def question(number, kind="oneOf", **more):
    """A poll of two."""
    options = [
        {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": count}}
        for name, count in (("Rain", 3), ("Sun", 5))
    ]
    return note(number, "<p>Which?</p>", votersCount=7) | {
        "type": "Question", kind: options, "endTime": "2036-01-01T00:00:00Z"} | more  # fmt: skip


def photo(name="A cat on a wall", **more):
    """An attachment."""
    return {
        "type": "Document",
        "mediaType": "image/jpeg",
        "url": "https://files.example/1/cat.jpg",
        "name": name,
        "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
        "focalPoint": [0.2, -0.4],
        "width": 1200,
        "height": 800,
    } | more


def vote(number, name, **more):
    """A vote: a Note that has a name and no content."""
    return activity(
        "Create",
        ADA,
        {
            "id": f"{ADA}#votes/{number}",
            "type": "Note",
            "name": name,
            "attributedTo": ADA,
            "inReplyTo": POLL,
            "to": MIA,
        }
        | more,
        str(number),
        to=MIA,
    )


HELLO = note(1, "<p>Hello, meadow</p>")
LIKE = activity("Like", ADA, POST)
BOOST = activity("Announce", ADA, POST, to=[PUBLIC], cc=[MIA, FOLLOWERS])
ASK = activity("Follow", ADA, MIA)
EN = {"language": "en"}

CASES = (
    Case("a post", create(HELLO), shows(content="<p>Hello, meadow</p>", **EN)),
    Case(
        "a quiet post",
        create(note(2, "<p>Quiet</p>", to=[FOLLOWERS], cc=[PUBLIC])),
        shows(content="<p>Quiet</p>", visibility="unlisted", **EN),
    ),
    Case(
        "a post for followers",
        create(note(3, "<p>Us</p>", to=[FOLLOWERS], cc=[])),
        shows(content="<p>Us</p>", visibility="private", **EN),
    ),
    Case(
        "a post for followers, sent where nobody follows",
        create(note(3, "<p>Us</p>", to=[FOLLOWERS], cc=[])),
        ignored("nobody here follows or is addressed"),
        is_followed=False,
    ),
    Case(
        "a message for one person",
        create(note(4, "<p>Psst</p>", to=[MIA], cc=[], tag=[AT_MIA])),
        shows(content="<p>Psst</p>", visibility="direct", mentions=["mia"], **EN),
        is_followed=False,
    ),
    Case(
        "a warning, a sensitive photo and a hashtag",
        create(
            note(
                5,
                "<p>Look <a href='https://mead.example/tags/Cats' class='mention hashtag' "
                "rel='tag'>#<span>Cats</span></a></p>",
                summary="Cat",
                sensitive=True,
                attachment=[photo()],
                tag=[hashtag("Cats")],
            )
        ),
        shows(
            content='<p>Look <a href="https://mead.example/tags/Cats">#<span>Cats</span></a></p>',
            warning="Cat",
            sensitive=True,
            media=[("image", "A cat on a wall")],
            tags=["cats"],
            **EN,
        ),
    ),
    Case(
        "five photos, of which four are shown, and one without a description",
        create(note(6, "", contentMap={}, attachment=[photo(None)] + [
            photo(url=f"https://files.example/{n}.jpg") for n in range(4)])),
        shows(media=["image"] + [("image", "A cat on a wall")] * 3),
    ),
    Case(
        "a video and a sound",
        create(
            note(
                7,
                "<p>Play</p>",
                attachment=[
                    photo("Film", mediaType="video/mp4", url="https://files.example/a.mp4"),
                    photo("Song", mediaType="audio/mpeg", url="https://files.example/a.mp3"),
                ],
            )
        ),
        shows(content="<p>Play</p>", media=[("video", "Film"), ("audio", "Song")], **EN),
    ),
    Case(
        "a custom emoji",
        create(
            note(
                8,
                "<p>:wave:</p>",
                tag=[
                    {
                        "id": f"{BASE}/emojis/7",
                        "type": "Emoji",
                        "name": ":wave:",
                        "updated": "2025-01-01T00:00:00Z",
                        "icon": {
                            "type": "Image",
                            "mediaType": "image/png",
                            "url": "https://files.example/wave.png",
                        },
                    }
                ],
            )
        ),
        shows(content="<p>:wave:</p>", emojis=["wave"], **EN),
    ),
    Case(
        "an answer",
        create(note(9, "<p>Yes</p>", inReplyTo=POST, cc=[FOLLOWERS, MIA], tag=[AT_MIA])),
        shows(content="<p>Yes</p>", reply_to=POST, mentions=["mia"], **EN),
        is_followed=False,
    ),
    Case(
        "an answer to something that has to be fetched first",
        create(note(11, "<p>Second</p>", inReplyTo=f"{ADA}/statuses/10")),
        shows(content="<p>Second</p>", reply_to=f"{ADA}/statuses/10", **EN),
        serves=(note(10, "<p>First</p>"),),
    ),
    Case(
        "a poll with one choice",
        create(question(12)),
        shows(
            content="<p>Which?</p>", poll={"Rain": 3, "Sun": 5}, multiple=False, voters=7,
            expired=False, **EN,
        ),
    ),
    Case(
        "a poll with several choices that is over",
        create(question(13, "anyOf", closed="2026-03-05T00:00:00Z", endTime="2026-03-05T00:00:00Z")),
        shows(
            content="<p>Which?</p>", poll={"Rain": 3, "Sun": 5}, multiple=True, expired=True, **EN
        ),
    ),
    Case(
        "new counts of a poll",
        update(question(12, votersCount=9)),
        shows(content="<p>Which?</p>", poll={"Rain": 3, "Sun": 5}, voters=9, **EN),
        before=(create(question(12)),),
    ),
    Case("a vote", vote(1, "Coffee"), {"votes": {"Tea": 0, "Coffee": 1}}),
    Case(
        "a second vote where one is allowed",
        vote(2, "Tea"),
        {"outcome": ("refused", "Validation failed: You have already voted on this poll")},
        before=(vote(1, "Coffee"),),
    ),
    Case(
        "an edit",
        update(note(1, "<p>Hello, hill</p>", summary="Changed", updated="2026-03-04T06:06:06Z")),
        shows(
            content="<p>Hello, hill</p>", warning="Changed", sensitive=True, is_edited=True, **EN
        ),
        before=(create(HELLO),),
    ),
    Case(
        "an edit of something old that is not known",
        update(note(1, "<p>Hello, hill</p>", updated="2026-03-04T06:06:06Z")),
        ignored("a change of something old that is not known"),
    ),
    Case(
        "a deletion",
        activity(
            "Delete",
            ADA,
            {"id": HELLO["id"], "type": "Tombstone", "atomUri": HELLO["id"]},
            to=[PUBLIC],
        ),
        {"gone": [HELLO["id"]]},
        before=(create(HELLO),),
    ),
    Case(
        "a post that was deleted before it came",
        create(HELLO),
        {"gone": [HELLO["id"]]},
        before=(activity("Delete", ADA, HELLO["id"]),),
    ),
    Case("a star", LIKE, {"stars": ["ada@mead.example"]}),
    Case("a star taken back", undo(LIKE), {"stars": []}, before=(LIKE,)),
    Case("a boost", BOOST, {"boosts": ["ada@mead.example"]}, is_followed=False),
    Case("a boost taken back", undo(BOOST), {"boosts": []}, before=(BOOST,)),
    Case(
        "a boost of what is not public",
        activity("Announce", ADA, PRIVATE, to=[PUBLIC], cc=[FOLLOWERS]),
        ignored("Record not found"),
    ),
    Case(
        "a boost of something that has to be fetched",
        activity("Announce", BOB, HELLO["id"], to=[PUBLIC], cc=[f"{BOB}/followers", ADA]),
        {"boosts": ["bob@mead.example"]},
        serves=(HELLO,),
    ),
    Case("a follow", ASK, {"followers": ["ada@mead.example"]}, is_followed=False),
    Case("a follow taken back", undo(ASK), {"followers": []}, before=(ASK,)),
    Case(
        "a follow of somebody who decides by hand",
        activity("Follow", ADA, LEO),
        {"requests": ["ada@mead.example"]},
    ),
    Case(
        "yes to a follow",
        activity("Accept", ADA, {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": ADA}),
        {"relation": {"following"}},
    ),
    Case(
        "no to a follow",
        activity("Reject", ADA, {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": ADA}),
        {"relation": set()},
    ),
    Case("a block", activity("Block", ADA, MIA), {"relation": {"blocked_by"}}),
    Case(
        "a block taken back",
        undo(activity("Block", ADA, MIA)),
        {"relation": set()},
        before=(activity("Block", ADA, MIA),),
    ),
    Case(
        "a report",
        activity("Flag", BOB, [MIA, POST], content="This is rude"),
        {"reports": [("This is rude", 1)]},
    ),
    Case(
        "a changed profile",
        activity(
            "Update",
            ADA,
            without(
                person(
                    ADA,
                    "ada",
                    summary="<p>Counts <b>sheep</b></p>",
                    manuallyApprovesFollowers=True,
                    attachment=[
                        {"type": "PropertyValue", "name": "Likes", "value": "<i>tea</i>"},
                        {"type": "PropertyValue", "name": "", "value": "nothing"},
                    ],
                )
                | {"name": "Ada L."},
                "publicKey",
            ),
            to=[PUBLIC],
        ),
        {
            "account": {
                "display_name": "Ada L.",
                "note": "<p>Counts <b>sheep</b></p>",
                "locked": True,
                "fields": {"Likes": "<i>tea</i>"},
                "bot": False,
                "acct": "ada@mead.example",
            }
        },
    ),
    Case(
        "a pinned post",
        activity("Add", ADA, HELLO["id"], target=f"{ADA}/collections/featured"),
        {"pinned": [HELLO["id"]]},
        before=(create(HELLO),),
    ),
    Case(
        "a pinned hashtag",
        activity("Add", ADA, hashtag("cats"), target=f"{ADA}/collections/tags"),
        ignored("a collection that we do not keep"),
    ),
    Case(
        "a quote of a member's post that waits for her leave",
        create(
            note(
                20,
                '<p class="quote-inline">RE: <a href="https://mead.example/x">x</a></p><p>So</p>',
                quote=POST,
                _misskey_quote=POST,
                quoteUri=POST,
            )
        ),
        shows(
            content='<p class="quote-inline">RE: <a href="https://mead.example/x">x</a></p>'
            "<p>So</p>",
            quote=("pending", None),
            **EN,
        ),
    ),
    Case(
        "a quote of the author's own post",
        create(note(21, "<p>Again</p>", quote=HELLO["id"])),
        shows(content="<p>Again</p>", quote=("accepted", HELLO["id"]), **EN),
        before=(create(HELLO),),
    ),
    Case(
        "an account that moves to one which agrees",
        activity("Move", ADA, ADA, target="https://hill.example/users/ada"),
        {"account": {"moved": "ada@hill.example"}, "asked": ["ada@hill.example"]},
        serves=(
            actor("https://hill.example/users/ada", "ada", alsoKnownAs=[ADA]),
        ),
    ),
    Case(
        "an account that moves to one which does not agree",
        activity("Move", ADA, ADA, target="https://hill.example/users/ada"),
        refused("The new account does not say that it was the old one"),
        serves=(actor("https://hill.example/users/ada", "ada"),),
    ),
    Case(
        "a post on another server than its author's",
        create(HELLO | {"id": "https://hill.example/users/ada/statuses/1"})
        | {"id": f"{BASE}/activities/1"},
        answered(400),
    ),
    Case("somebody else's words", create(HELLO | {"attributedTo": BOB}) | {"actor": ADA},
         refused("The status is somebody else's")),
)  # fmt: skip

PROGRAM = Program("Mastodon", (person(ADA, "ada"), person(BOB, "bob")), CASES)
