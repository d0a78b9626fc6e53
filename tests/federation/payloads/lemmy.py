"""Lemmy: communities that pass on what people post in them, votes, and long Markdown texts."""

from tests.federation.payloads.case import (
    AS,
    FOLLOW,
    MIA,
    POST,
    PUBLIC,
    Case,
    Program,
    activity,
    actor,
    answered,
    create,
    ignored,
    mention,
    shows,
    undo,
    update,
)

BASE = "https://shelf.example"
ELSE = "https://attic.example"
GROUP, ADA, BOB = f"{BASE}/c/gardens", f"{BASE}/u/ada", f"{ELSE}/u/bob"
CONTEXT = ["https://join-lemmy.org/context.json", AS]
AUDIENCE = {"audience": GROUP}


def group(uri, name):
    """A community."""
    return actor(
        uri,
        name,
        kind="Group",
        summary="<p>Of gardens</p>\n",
        source={"content": "Of gardens", "mediaType": "text/markdown"},
        sensitive=False,
        attributedTo=f"{uri}/moderators",
        postingRestrictedToMods=False,
        featured=f"{uri}/featured",
        endpoints={"sharedInbox": f"{BASE}/inbox"},
        language=[{"identifier": "en", "name": "English"}],
        published="2024-01-01T01:02:03.456789Z",
    ) | {"name": "Gardens"}


def page(number, who=ADA, **more):
    """A thread."""
    return {
        "@context": CONTEXT,
        "type": "Page",
        "id": f"{'/'.join(who.split('/')[:3])}/post/{number}",
        "attributedTo": who,
        "to": [GROUP, PUBLIC],
        "name": "Ripe in March",
        "cc": [],
        "content": "<p>They <strong>are</strong></p>\n",
        "mediaType": "text/html",
        "source": {"content": "They **are**", "mediaType": "text/markdown"},
        "attachment": [],
        "sensitive": False,
        "commentsEnabled": True,
        "language": {"identifier": "en", "name": "English"},
        "published": "2026-03-04T05:06:07.123456Z",
        **AUDIENCE,
        **more,
    }


def comment(number, parent, who=ADA, **more):
    """An answer in a thread."""
    return {
        "@context": CONTEXT,
        "type": "Note",
        "id": f"{'/'.join(who.split('/')[:3])}/comment/{number}",
        "attributedTo": who,
        "to": [PUBLIC],
        "cc": [GROUP],
        "content": "<p>So it is</p>\n",
        "inReplyTo": parent,
        "mediaType": "text/html",
        "source": {"content": "So it is", "mediaType": "text/markdown"},
        "distinguished": False,
        "published": "2026-03-04T06:06:07.123456Z",
        **AUDIENCE,
        **more,
    }


def announce(inner, ending="1"):
    """What the community passes on."""
    return activity("Announce", GROUP, inner, ending, to=[PUBLIC], cc=[f"{GROUP}/followers"]) | {
        "@context": CONTEXT
    }


def by(kind, who, thing, ending="", **more):
    """Somebody's activity for the community."""
    return activity(kind, who, thing, ending, to=[PUBLIC], cc=[GROUP], **AUDIENCE) | more


THREAD = page(1)
TITLE = "<p><strong>Ripe in March</strong></p>"
THREAD_HTML = f"{TITLE}<p>They <strong>are</strong></p><p>[{BASE}/post/1]</p>"
THEIR_COMMENT = comment(4, THREAD["id"], BOB)
VOTE = by("Like", ADA, POST)
JOIN = {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": GROUP}
BAN = by("Block", ADA, MIA, target=GROUP, removeData=False, summary="Rude", expires=None)
MESSAGE = {
    "type": "Note", "id": f"{BASE}/private_message/1", "attributedTo": ADA, "to": [MIA],
    "content": "<p>Hi</p>\n", "mediaType": "text/html", "published": "2026-03-04T05:06:07Z",
    "source": {"content": "Hi", "mediaType": "text/markdown"},
}  # fmt: skip

CASES = (
    Case("a thread", create(THREAD, **AUDIENCE), shows(content=THREAD_HTML)),
    Case(
        "a thread that the community passes on",
        announce(create(THREAD)),
        shows(of=THREAD["id"], content=THREAD_HTML, author="ada@shelf.example"),
    ),
    Case(
        "a thread that the community passes on stands in its profile",
        announce(create(THREAD)),
        {"timeline": [THREAD["id"]]},
    ),
    Case(
        "a thread from another server is asked for there",
        announce(create(page(2, BOB, name="Forged"))),
        shows(
            of=f"{ELSE}/post/2",
            content=f"{TITLE}<p>They <strong>are</strong></p><p>[{ELSE}/post/2]</p>",
            author="bob@attic.example",
        ),
        serves=(page(2, BOB),),
    ),
    Case(
        "a thread that nobody here would see",
        announce(create(THREAD)),
        ignored("nobody here follows the community"),
        is_followed=False,
    ),
    Case(
        "a thread with a link",
        create(page(3, attachment=[{"type": "Link", "href": "https://seeds.example/a"}])),
        shows(
            content=f"{TITLE}<p>[https://seeds.example/a]</p><p>[{BASE}/post/3]</p>"
            "<p>They <strong>are</strong></p>"
        ),
    ),
    Case(
        "a thread with a picture and no text",
        create(
            page(
                3, content=None, source=None,
                attachment=[
                    {"type": "Image", "url": f"{BASE}/pictrs/1.webp", "name": "Tomatoes"}
                ],
            )
        ),
        shows(content=f"{TITLE}<p>[{BASE}/post/3]</p>", media=[("image", "Tomatoes")]),
    ),
    Case("a thread that not everybody should see", create(page(3, sensitive=True)),
         shows(content=THREAD_HTML.replace("post/1", "post/3"), sensitive=True)),
    Case(
        "an answer to a member, passed on",
        announce(create(comment(1, POST, tag=[mention(MIA, "@mia@here.example")]))),
        shows(
            of=f"{BASE}/comment/1", content="<p>So it is</p>", reply_to=POST, mentions=["mia"]
        ),
    ),
    Case(
        "an answer in a thread",
        announce(create(comment(2, THREAD["id"]))),
        shows(of=f"{BASE}/comment/2", content="<p>So it is</p>", reply_to=THREAD["id"]),
        before=(announce(create(THREAD), "0"),),
    ),
    Case(
        "an answer does not stand in the community's profile",
        announce(create(comment(2, THREAD["id"]))),
        {"timeline": [THREAD["id"]]},
        before=(announce(create(THREAD), "0"),),
    ),
    Case(
        "an answer from another server whose thread is not known yet",
        announce(create(THEIR_COMMENT)),
        shows(of=THEIR_COMMENT["id"], content="<p>So it is</p>", reply_to=THREAD["id"]),
        serves=(THEIR_COMMENT, THREAD),
    ),
    Case(
        "a changed thread",
        announce(
            update(page(1, content="<p>No</p>\n", updated="2026-03-05T00:00:00Z")), "2"
        ),
        shows(
            of=THREAD["id"], content=f"{TITLE}<p>No</p><p>[{BASE}/post/1]</p>", is_edited=True
        ),
        before=(announce(create(THREAD), "1"),),
    ),
    Case(
        "a thread deleted by its author",
        announce(by("Delete", ADA, THREAD["id"]), "2"),
        {"gone": [THREAD["id"]]},
        before=(announce(create(THREAD), "1"),),
    ),
    Case(
        "a thread removed by a moderator elsewhere, which its own server still has",
        announce(by("Delete", BOB, THREAD["id"], summary="Off topic"), "2"),
        ignored("the author's server still has it"),
        before=(announce(create(THREAD), "1"),),
        serves=(THREAD,),
    ),
    Case(
        "a removal sent by the moderator of another server",
        by("Delete", BOB, THREAD["id"]),
        answered(400),
        before=(announce(create(THREAD), "1"),),
    ),
    Case(
        "a deletion that is taken back",
        announce(undo(by("Delete", ADA, THREAD["id"])), "3"),
        ignored("a vote for somebody else's status"),
        before=(announce(create(THREAD), "1"),),
    ),
    Case("a vote for a member's post", VOTE, {"stars": ["ada@shelf.example"]}),
    Case("a vote that is passed on", announce(VOTE), {"stars": ["ada@shelf.example"]}),
    Case(
        "a vote from another server that nobody there confirms",
        announce(by("Like", BOB, POST)),
        ignored("the activity could not be confirmed"),
    ),
    Case(
        "a vote from another server that it confirms",
        announce(by("Like", BOB, POST)),
        {"stars": ["bob@attic.example"]},
        serves=(by("Like", BOB, POST),),
    ),
    Case("a vote taken back", undo(VOTE, **AUDIENCE), {"stars": []}, before=(VOTE,)),
    Case(
        "a vote taken back, passed on", announce(undo(VOTE)), {"stars": []}, before=(VOTE,)
    ),
    Case(
        "a vote against",
        by("Dislike", ADA, POST),
        ignored("Dislike is not a type we understand"),
    ),
    Case(
        "a vote against, passed on",
        announce(by("Dislike", ADA, POST)),
        ignored("a community's own affairs"),
    ),
    Case(
        "a community that lets a member in",
        activity("Accept", GROUP, JOIN, to=[MIA]),
        {"relation": {"following"}},
    ),
    Case("a private message", create(MESSAGE),
         shows(content="<p>Hi</p>", visibility="direct", mentions=["mia"])),
    Case(
        "a private message as newer versions send it",
        create(MESSAGE | {"type": "ChatMessage"}),
        ignored("not a type of status that we keep"),
    ),
    Case("a ban from a community is no block", BAN, ignored("a ban from a community or server")),
    Case(
        "a ban that ends takes no block back",
        undo(BAN),
        ignored("a ban from a community or server"),
        before=(activity("Block", ADA, MIA),),
    ),
    Case(
        "a report, with its reason as a summary",
        activity("Flag", ADA, POST, to=[GROUP], summary="Off topic", **AUDIENCE),
        {"reports": [("Off topic", 1)]},
    ),
    Case(
        "a thread that is closed",
        announce(by("Lock", ADA, THREAD["id"]), "2"),
        ignored("a community's own affairs"),
        before=(announce(create(THREAD), "1"),),
    ),
    Case(
        "a new moderator",
        by("Add", ADA, BOB, target=f"{GROUP}/moderators"),
        ignored("a collection that we do not keep"),
    ),
    Case(
        "a changed community",
        activity("Update", GROUP, group(GROUP, "gardens") | {"name": "All gardens"}, to=[PUBLIC]),
        {"account": {"display_name": "All gardens", "group": True, "note": "<p>Of gardens</p>"}},
    ),
)  # fmt: skip


def person(uri, name):
    """A member of Lemmy."""
    return actor(
        uri, name, summary="<p>Me</p>\n", matrixUserId=None, published="2024-01-01T00:00:00Z"
    )


PROGRAM = Program("Lemmy", (group(GROUP, "gardens"), person(ADA, "ada"), person(BOB, "bob")), CASES)
