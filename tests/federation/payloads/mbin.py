"""Mbin: magazines with threads (Page) and short posts (Note), votes as boosts, a `head` for all."""

from tests.federation.payloads.case import (
    AS,
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
    hashtag,
    ignored,
    mention,
    shows,
    undo,
    update,
)

BASE = "https://bazaar.example"
GROUP, ADA = f"{BASE}/m/lamps", f"{BASE}/u/ada"
CONTEXT = [AS, SECURITY, f"{BASE}/contexts"]
TO = {"to": [GROUP, PUBLIC], "cc": [f"{ADA}/followers"]}
TAG = hashtag("lamps", f"{BASE}/tag/")


def person(uri, name, **more):
    """A member; her title is her name."""
    return actor(
        uri, name, url=uri, manuallyApprovesFollowers=False, published="2024-01-01T00:00:00+00:00",
        source={"content": "", "mediaType": "text/markdown"}, **more,
    ) | {"name": name}  # fmt: skip


def magazine():
    """A magazine."""
    return person(
        GROUP, "lamps", summary="<p>All lamps</p>", postingRestrictedToMods=False,
        featured=f"{GROUP}/pinned", attributedTo=f"{GROUP}/moderators",
    ) | {"type": "Group", "name": "Lamps"}  # fmt: skip


def entry(number, **more):
    """A thread."""
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/m/lamps/t/{number}",
        "type": "Page",
        "attributedTo": ADA,
        "inReplyTo": None,
        **TO,
        "name": "A brass lamp",
        "audience": GROUP,
        "content": None,
        "summary": "A brass lamp #lamps",
        "mediaType": "text/html",
        "source": None,
        "tag": [TAG],
        "commentsEnabled": True,
        "sensitive": False,
        "stickied": False,
        "published": "2026-03-04T05:06:07+00:00",
        "contentMap": {"en": None},
        **more,
    }


def short(number, **more):
    """A short post, or an answer."""
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/m/lamps/p/{number}",
        "type": "Note",
        "attributedTo": ADA,
        "inReplyTo": None,
        **TO,
        "audience": GROUP,
        "sensitive": False,
        "content": "<p>It shines</p>\n",
        "mediaType": "text/html",
        "source": {"content": "It shines", "mediaType": "text/markdown"},
        "url": f"{BASE}/m/lamps/p/{number}/it-shines",
        "tag": [TAG],
        "commentsEnabled": True,
        "published": "2026-03-04T05:06:07+00:00",
        "contentMap": {"en": "<p>It shines</p>\n"},
        **more,
    }


def announce(inner, number=1):
    """What the magazine passes on."""
    return activity(
        "Announce", GROUP, inner, id=f"{BASE}/f/announce/{number}", to=[PUBLIC],
        cc=[f"{GROUP}/followers"], published="2026-03-04T05:06:08+00:00",
    )  # fmt: skip


PICTURE = {
    "type": "Image", "mediaType": "image/png", "url": f"{BASE}/media/lamp.png", "name": "A lamp",
    "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj", "focalPoint": [0, 0], "width": 96, "height": 96,
}  # fmt: skip
ENTRY, SHORT = entry(1), short(1)
LANGUAGE = {"language": "en"}
ENTRY_HTML = f"<p><strong>A brass lamp</strong></p><p>A brass lamp #lamps</p><p>[{ENTRY['id']}]</p>"
LIKE = activity("Like", ADA, POST, audience=GROUP, to=[GROUP, PUBLIC])

CASES = (
    Case("a thread", create(ENTRY), shows(content=ENTRY_HTML, tags=["lamps"])),
    Case(
        "a thread with a link and a picture",
        create(
            entry(
                2,
                source="https://metal.example",
                attachment=[{"href": "https://metal.example", "type": "Link"}, PICTURE],
                image={"type": "Image", "url": PICTURE["url"]},
            )
        ),
        shows(
            content="<p><strong>A brass lamp</strong></p><p>[https://metal.example]</p>"
            f"<p>[{BASE}/m/lamps/t/2]</p><p>A brass lamp #lamps</p>",
            media=[("image", "A lamp")],
            tags=["lamps"],
        ),
    ),
    Case(
        "a thread with a text",
        create(entry(3, content="<p>Old and <em>heavy</em></p>", contentMap={"de": "<p>x</p>"})),
        shows(
            content="<p><strong>A brass lamp</strong></p><p>Old and <em>heavy</em></p>"
            f"<p>[{BASE}/m/lamps/t/3]</p>",
            tags=["lamps"],
        ),
    ),
    Case("a thread passed on", announce(create(ENTRY)), {"timeline": [ENTRY["id"]]}),
    Case(
        "a thread passed on by its address alone",
        announce(ENTRY["id"]),
        {"timeline": [ENTRY["id"]]},
        serves=(ENTRY,),
    ),
    Case(
        "a short post",
        create(SHORT),
        shows(
            content="<p>It shines</p>", tags=["lamps"], url=f"{BASE}/m/lamps/p/1/it-shines",
            **LANGUAGE,
        ),
    ),
    Case(
        "a short post passed on",
        announce(create(SHORT)),
        shows(of=SHORT["id"], content="<p>It shines</p>", tags=["lamps"], **LANGUAGE),
    ),
    Case(
        "an answer to a member",
        create(short(2, inReplyTo=POST, tag=[TAG, mention(MIA, "@mia@here.example")])),
        shows(
            content="<p>It shines</p>", reply_to=POST, mentions=["mia"], tags=["lamps"], **LANGUAGE
        ),
    ),
    Case(
        "an answer in a thread, passed on",
        announce(create(short(3, inReplyTo=ENTRY["id"], tag=[])), 2),
        shows(
            of=f"{BASE}/m/lamps/p/3", content="<p>It shines</p>", reply_to=ENTRY["id"], **LANGUAGE
        ),
        before=(announce(create(ENTRY)),),
    ),
    Case(
        "a short post with a picture and no text",
        create(short(4, content=None, source=None, contentMap={}, attachment=[PICTURE], tag=[])),
        shows(media=[("image", "A lamp")]),
    ),
    Case(
        "a short post in two languages shows the one that is the content",
        create(short(5, contentMap={"fr": "<p>Elle brille</p>"}, tag=[])),
        shows(content="<p>It shines</p>", language="fr"),
    ),
    Case(
        "a message between members",
        create(short(6, type="ChatMessage", to=[MIA], cc=[])),
        ignored("not a type of status that we keep"),
    ),
    Case(
        "a changed thread, passed on",
        announce(update(entry(1, name="A lamp", updated="2026-03-05T05:06:07+00:00")), 2),
        shows(
            of=ENTRY["id"], content=ENTRY_HTML.replace("A brass lamp</s", "A lamp</s"),
            tags=["lamps"], is_edited=True,
        ),
        before=(announce(create(ENTRY)),),
    ),
    Case(
        "a deletion, passed on",
        announce(activity("Delete", ADA, {"id": ENTRY["id"], "type": "Tombstone"}, **TO), 2),
        {"gone": [ENTRY["id"]]},
        before=(announce(create(ENTRY)),),
    ),
    Case("a vote, passed on", announce(LIKE), {"stars": ["ada@bazaar.example"]}),
    Case(
        "a vote taken back, passed on",
        announce(undo(LIKE, to=[PUBLIC])),
        {"stars": []},
        before=(LIKE,),
    ),
    Case(
        "a pinned thread",
        activity("Add", ADA, ENTRY["id"], target=f"{GROUP}/pinned", audience=GROUP),
        ignored("a collection that we do not keep"),
    ),
    Case(
        "a report",
        activity(
            "Flag", ADA, [POST, MIA], to=[GROUP], audience=GROUP, summary="Spam", content="Spam"
        ),
        {"reports": [("Spam", 1)]},
    ),
    Case("a thread that is closed", activity("Lock", ADA, ENTRY["id"], **TO),
         ignored("Lock is not a type we understand")),
    Case("a ban from a magazine", activity("Block", ADA, MIA, target=GROUP, summary="Rude"),
         ignored("a ban from a community or server")),
    *deeds(ADA, "ada@bazaar.example", SHORT, ids=lambda kind: f"{BASE}/f/object/{kind.lower()}",
           audience=GROUP),
)  # fmt: skip

PROGRAM = Program("Mbin", (magazine(), person(ADA, "ada")), CASES)
