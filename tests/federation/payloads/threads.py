"""Threads: documents with little in them, offsets without a colon, numbers instead of names."""

from tests.federation.payloads.case import (
    AS,
    LEO,
    MIA,
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
    update,
    without,
)

BASE = "https://spool.example"
ADA = f"{BASE}/ap/users/178410001/"
FOLLOWERS = f"{ADA}followers/"
ACCT = "ada@spool.example"
CONTEXT = [AS, {"gts": "https://gotosocial.org/ns#", "quoteUri": "http://fedibird.com/ns#quoteUri"}]


def person(**more):
    """A member. Her id ends with a slash; her page is on another host."""
    return actor(
        ADA,
        "ada",
        key="#main-key",
        url="https://www.spoolpages.example/@ada",
        summary="Yarn",
        discoverable=True,
        indexable=False,
        manuallyApprovesFollowers=False,
        endpoints={"sharedInbox": f"{BASE}/ap/inbox/"},
        icon={"type": "Image", "url": "https://cdn.example/ada.jpg"},
        generator={"type": "Application", "name": "Spool"},
        **more,
    ) | {"inbox": f"{ADA}inbox/", "outbox": f"{ADA}outbox/", "followers": FOLLOWERS,
         "following": f"{ADA}following/", "name": "Ada"}  # fmt: skip


def note(number, content, **more):
    """A post: no summary, no sensitive, no attachment, no tag unless there is one."""
    return {
        "@context": CONTEXT,
        "id": f"{ADA}post/{number}/",
        "type": "Note",
        "attributedTo": ADA,
        "content": content,
        "published": "2026-03-04T05:06:07+0000",
        "to": ["as:Public"],
        "cc": [FOLLOWERS],
        "url": f"https://www.spoolpages.example/@ada/post/{number}",
        **more,
    }


HELLO = note(1, "<p>Yarn</p>")
PICTURE = {"type": "Document", "mediaType": "image/jpeg", "url": "https://cdn.example/1.jpg",
           "name": "Photo by Ada", "width": 1440, "height": 1800}  # fmt: skip
OPTIONS = [{"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": 0}}
           for name in ("Wool", "Silk")]  # fmt: skip

CASES = (
    Case("a post", create(HELLO), shows(content="<p>Yarn</p>")),
    Case("when it was posted is read without a colon", create(HELLO),
         shows(content="<p>Yarn</p>", created_at="2026-03-04T05:06:07.000Z")),
    Case("a page on another host is not linked to", create(HELLO),
         shows(content="<p>Yarn</p>", url=HELLO["id"])),
    Case("a post without an addressee in its activity",
         without(create(HELLO), "to", "cc", "published"), shows(content="<p>Yarn</p>")),
    Case("a post without a moment", create(without(HELLO, "published", "@context")),
         shows(content="<p>Yarn</p>")),
    Case("a post with a moment that is none", create(note(2, "<p>x</p>", published="today")),
         shows(content="<p>x</p>")),
    Case("a post with a picture", create(note(3, "<p>x</p>", attachment=[PICTURE])),
         shows(content="<p>x</p>", media=[("image", "Photo by Ada")])),
    Case("a picture and no words", create(without(note(4, "", attachment=[PICTURE]), "content")),
         shows(media=[("image", "Photo by Ada")])),
    Case("a picture described by nothing",
         create(note(4, "", attachment=[without(PICTURE, "name", "width", "height")])),
         shows(media=["image"])),
    Case("a film", create(note(5, "x", attachment=[PICTURE | {
        "mediaType": "video/mp4", "url": "https://cdn.example/1.mp4"}])),
         shows(content="x", media=[("video", "Photo by Ada")])),
    Case("a public post written with the whole address", create(note(6, "x", to=[PUBLIC])),
         shows(content="x")),
    Case("a public post written with a word", create(note(6, "x", to="Public", cc=None)),
         shows(content="x")),
    Case("a topic without a sign", create(note(7, "x", tag=[{
        "type": "Hashtag", "name": "yarn", "href": "https://www.spoolpages.example/tag/yarn"}])),
         shows(content="x", tags=["yarn"])),
    Case(
        "a mention",
        create(note(8, "<p>@mia</p>", cc=[FOLLOWERS, MIA], tag=[mention(MIA, "@mia@here.example")])),
        shows(content="<p>@mia</p>", mentions=["mia"]),
        is_followed=False,
    ),
    Case("an answer", create(note(9, "Yes", inReplyTo=POST)),
         shows(content="Yes", reply_to=POST), is_followed=False),
    Case("an answer to something that is not to be had",
         create(note(9, "Yes", inReplyTo=f"{ADA}post/404/")), shows(content="Yes")),
    Case("a quote of an own post", create(note(10, "See", quoteUri=HELLO["id"])),
         shows(content="See", quote=("accepted", HELLO["id"])), before=(create(HELLO),)),
    Case("a question without an end", create(note(11, "Which?") | {
        "type": "Question", "oneOf": OPTIONS}),
         shows(content="Which?", poll={"Wool": 0, "Silk": 0}, expired=False)),
    Case(
        "a changed post",
        update(note(1, "<p>Silk</p>", updated="2026-03-04T05:16:07+0000")),
        shows(content="<p>Silk</p>", is_edited=True),
        before=(create(HELLO),),
    ),
    Case(
        "a post whose id lies on the host of its pages",
        create(HELLO | {"id": "https://www.spoolpages.example/1"}) | {"id": f"{BASE}/ap/1/"},
        answered(400),
    ),
    Case("a post that nobody here follows", create(HELLO),
         ignored("nobody here follows or is addressed"), is_followed=False),
    Case("a request to Leo", activity("Follow", ADA, LEO, id=f"{ADA}follow/1/"),
         {"requests": [ACCT]}),
    Case("a block by its actor as an object",
         activity("Block", {"id": ADA, "type": "Person"}, {"id": MIA, "type": "Person"}),
         {"relation": {"blocked_by"}}),
    Case("a changed profile", activity("Update", ADA, person(), to=[PUBLIC]),
         {"account": {"display_name": "Ada", "note": "Yarn", "url": ADA, "acct": ACCT}}),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{ADA}{kind.lower()}/1/", undone="bare",
           deleted="tombstone"),
)  # fmt: skip

PROGRAM = Program("Threads", (person(),), CASES)
