"""GoToSocial: single values instead of lists, its key at an address of its own, who may answer."""

from tests.federation.payloads.case import (
    AS,
    CHOICES,
    FOLLOW,
    LEO,
    MIA,
    POST,
    PRIVATE,
    PUBLIC,
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
    without,
)

BASE = "https://sloth.example"
ADA = f"{BASE}/users/ada"
FOLLOWERS = f"{ADA}/followers"
ACCT = "ada@sloth.example"
CONTEXT = [AS, "https://gotosocial.org/ns", {"sensitive": "as:sensitive"}]
AT_MIA = mention(MIA, "@mia@here.example")


def person(uri, name, **more):
    """A member: the key is not in a fragment."""
    return actor(
        uri,
        name,
        key="/main-key",
        discoverable=True,
        endpoints={"sharedInbox": f"{BASE}/sharedInbox"},
        featured=f"{uri}/collections/featured",
        hidesToPublicFromUnauthedWeb=False,
        manuallyApprovesFollowers=True,
        published="2024-01-01T00:00:00Z",
        summary="<p>slow</p>",
        url=f"{BASE}/@{name}",
        tag=[],
        **more,
    ) | {"name": "Ada"}


def note(number, content, **more):
    """A post: one of anything stands alone, none is left out."""
    uri = f"{ADA}/statuses/{number}"
    return {
        "@context": CONTEXT,
        "attachment": [],
        "attributedTo": ADA,
        "cc": FOLLOWERS,
        "content": content,
        "contentMap": {"en": content},
        "id": uri,
        "interactionPolicy": {
            "canAnnounce": {"automaticApproval": PUBLIC, "manualApproval": []},
            "canLike": {"automaticApproval": PUBLIC, "manualApproval": []},
            "canReply": {"automaticApproval": PUBLIC, "manualApproval": []},
        },
        "published": "2026-03-04T05:06:07Z",
        "replies": {"id": f"{uri}/replies?only_other_accounts=false", "type": "Collection"},
        "sensitive": False,
        "summary": "",
        "tag": [],
        "to": PUBLIC,
        "type": "Note",
        "url": f"{BASE}/@ada/statuses/{number}",
        **more,
    }


def policy(who):
    """Who may answer."""
    return {"canReply": {"automaticApproval": [ADA, who], "manualApproval": []}}


EN = {"language": "en"}
HELLO = note(1, "<p>Hello</p>")
QUESTION = note(
    9, "<p>How?</p>", type="Question", endTime="2036-01-01T00:00:00Z", votersCount=2,
    oneOf=[{"name": name, "replies": {"totalItems": count, "type": "Collection"}, "type": "Note"}
           for name, count in (("Slow", 2), ("Slower", 0))],
)  # fmt: skip
ASKED = {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": ADA}
REQUEST = {"type": "LikeRequest", "id": "https://here.example/requests/1", "actor": MIA,
           "object": HELLO["id"], "instrument": {"type": "Like", "id": "https://here.example/likes/1"}}  # fmt: skip

CASES = (
    Case("a post", create(HELLO), shows(content="<p>Hello</p>", **EN)),
    Case(
        "a post without a content outside of the map",
        create(without(note(2, "<p>Map</p>"), "content")),
        shows(content="<p>Map</p>", **EN),
    ),
    Case("one hashtag that is no list",
         create(note(3, "<p>#slow</p>", tag={"type": "Hashtag", "name": "#slow",
                                             "href": f"{BASE}/tags/slow"})),
         shows(content="<p>#slow</p>", tags=["slow"], **EN)),
    Case(
        "one picture that is no list",
        create(
            note(
                4, "",
                contentMap={},
                attachment={
                    "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj", "focalPoint": [0, 0],
                    "mediaType": "image/jpeg", "name": "A sloth", "summary": "A sloth hangs",
                    "type": "Image", "url": f"{BASE}/fileserver/1.jpg",
                },
            )
        ),
        shows(media=[("image", "A sloth hangs")]),
    ),
    Case("a warning alone", create(note(5, "<p>x</p>", summary="Leaves")),
         shows(content="<p>x</p>", warning="Leaves", sensitive=True, **EN)),
    Case("a quiet post", create(note(6, "<p>x</p>", to=FOLLOWERS, cc=PUBLIC)),
         shows(content="<p>x</p>", visibility="unlisted", **EN)),
    Case("a post for followers", create(note(7, "<p>x</p>", to=FOLLOWERS, cc=[])),
         shows(content="<p>x</p>", visibility="private", **EN)),
    Case(
        "a message for one person, whose tag is no list",
        create(note(8, "<p>psst</p>", to=MIA, cc=[], tag=AT_MIA)),
        shows(content="<p>psst</p>", visibility="direct", mentions=["mia"], **EN),
    ),
    Case(
        "a message for one person that may not be boosted",
        activity("Announce", ADA, PRIVATE, to=FOLLOWERS, cc=MIA),
        ignored("Record not found"),
    ),
    Case("a poll", create(QUESTION),
         shows(content="<p>How?</p>", poll={"Slow": 2, "Slower": 0}, voters=2, multiple=False, **EN)),
    Case(
        "a poll with one option that is no list",
        create(QUESTION | {"oneOf": {"name": "Slow", "type": "Note",
                                     "replies": {"totalItems": 1, "type": "Collection"}}}),
        shows(content="<p>How?</p>", poll={"Slow": 1}, **EN),
    ),
    Case(
        "votes, several in one activity",
        activity(
            "Create", ADA,
            [{"attributedTo": ADA, "id": f"{ADA}/statuses/v{n}", "inReplyTo": CHOICES,
              "name": name, "to": MIA, "type": "Note"} for n, name in enumerate(("Tea", "Coffee"))],
            to=MIA,
        ),
        {"votes": {"Tea": 1, "Coffee": 1}},
    ),
    Case(
        "an answer",
        create(note(10, "<p>yes</p>", inReplyTo=POST, cc=[FOLLOWERS, MIA], tag=AT_MIA)),
        shows(content="<p>yes</p>", reply_to=POST, mentions=["mia"], **EN),
    ),
    Case(
        "a post that only some may answer",
        create(note(11, "<p>us</p>", interactionPolicy=policy(FOLLOWERS))),
        shows(content="<p>us</p>", **EN),
    ),
    Case(
        "a post with the older names of who may answer",
        create(note(12, "<p>us</p>", interactionPolicy={
            "canReply": {"always": [ADA, MIA], "approvalRequired": PUBLIC}})),
        shows(content="<p>us</p>", **EN),
    ),
    Case(
        "a star that is accepted",
        activity("Accept", ADA, REQUEST, to=MIA, result=f"{ADA}/authorizations/1"),
        ignored("an answer to no question of ours"),
    ),
    Case(
        "an answer that is rejected",
        activity("Reject", ADA, "https://here.example/statuses/1", to=MIA),
        ignored("an answer to no question of ours"),
    ),
    Case("a yes to a follow, no list in its addresses", activity("Accept", ADA, ASKED, to=MIA),
         {"relation": {"following"}}),
    Case("a request to Leo", activity("Follow", ADA, LEO, to=LEO), {"requests": [ACCT]}),
    Case("a block", activity("Block", ADA, MIA, to=MIA), {"relation": {"blocked_by"}}),
    Case(
        "a block taken back", undo(activity("Block", ADA, MIA), to=MIA), {"relation": set()},
        before=(activity("Block", ADA, MIA),),
    ),
    Case("a report by the server itself",
         activity("Flag", ADA, [MIA, POST], content="dark report", to=MIA),
         {"reports": [("dark report", 1)]}),
    Case(
        "a changed post",
        update(note(1, "<p>Bye</p>", updated="2026-03-05T00:00:00Z")),
        shows(content="<p>Bye</p>", is_edited=True, **EN),
        before=(create(HELLO),),
    ),
    Case(
        "a changed profile",
        activity("Update", ADA, person(ADA, "ada", attachment={
            "type": "PropertyValue", "name": "Speed", "value": "low"}), to=PUBLIC, cc=FOLLOWERS),
        {"account": {"display_name": "Ada", "locked": True, "note": "<p>slow</p>",
                     "fields": {"Speed": "low"}}},
    ),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{ADA}/{kind.lower()}/01HXYZ", deleted="id"),
)  # fmt: skip

PROGRAM = Program("GoToSocial", (person(ADA, "ada"),), CASES)
