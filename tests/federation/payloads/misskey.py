"""Misskey and its kin: reactions, quotes in three fields, polls with their own counts."""

from tests.federation.payloads.case import (
    AS,
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
    create,
    deeds,
    ignored,
    mention,
    shows,
    undo,
    update,
)

BASE = "https://star.example"
ADA = f"{BASE}/users/9aaa"
ACCT = "ada@star.example"
CONTEXT = [AS, SECURITY, {"misskey": "https://misskey-hub.net/ns#"}]
AT_MIA = mention(MIA, "@mia@here.example")


def person(uri, name):
    """A member of Misskey."""
    return actor(
        uri,
        name,
        url=f"{BASE}/@{name}",
        summary=None,
        _misskey_summary=None,
        sharedInbox=f"{BASE}/inbox",
        endpoints={"sharedInbox": f"{BASE}/inbox"},
        featured=f"{uri}/collections/featured",
        isCat=True,
        discoverable=True,
        manuallyApprovesFollowers=False,
        tag=[],
        icon=None,
        image=None,
        **{"vcard:bday": "2000-01-01", "vcard:Address": "Hill"},
    ) | {"name": None}


def note(number, content, **more):
    """A note."""
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/notes/{number}",
        "type": "Note",
        "attributedTo": ADA,
        "summary": None,
        "content": content,
        "_misskey_content": "x",
        "source": {"content": "x", "mediaType": "text/x.misskeymarkdown"},
        "published": "2026-03-04T05:06:07.123Z",
        "to": [PUBLIC],
        "cc": [f"{ADA}/followers"],
        "inReplyTo": None,
        "attachment": [],
        "sensitive": False,
        "tag": [],
        **more,
    }


def quoting(uri, content):
    """A quote, in all the fields that are in use."""
    return note(
        "q1", content, _misskey_quote=uri, quoteUrl=uri, quoteUri=uri,
        tag=[{"type": "Link", "mediaType": 'application/ld+json; profile="x"',
              "rel": "https://misskey-hub.net/ns#_misskey_quote", "href": uri}],
    )  # fmt: skip


def choices(kind="oneOf"):
    """A poll's options, with Misskey's own counts as well."""
    return {kind: [
        {"type": "Note", "name": name, "_misskey_votes": count,
         "replies": {"type": "Collection", "totalItems": count}}
        for name, count in (("Red", 1), ("Blue", 2))
    ]}  # fmt: skip


def reaction(word, **more):
    """A reaction; others may read it as a star."""
    return activity("Like", ADA, POST, "r", content=word, _misskey_reaction=word, **more)


BLOB = {
    "id": f"{BASE}/emojis/blob", "type": "Emoji", "name": ":blob:",
    "updated": "2025-01-01T00:00:00.000Z",
    "icon": {"type": "Image", "mediaType": "image/webp", "url": f"{BASE}/files/blob.webp"},
    "_misskey_license": {"freeText": "mine"},
}  # fmt: skip
HELLO = note("1", "<p>Hello</p>")
PICTURE = {
    "type": "Document", "mediaType": "image/webp", "url": f"{BASE}/files/1", "name": None,
    "sensitive": True,
}  # fmt: skip
PICK = {
    "id": f"{BASE}/users/9aaa#votes/1/activity", "actor": ADA, "type": "Create", "to": [MIA],
    "published": "2026-03-04T05:06:07.123Z",
    "object": {"id": f"{BASE}/users/9aaa#votes/1", "type": "Note", "attributedTo": ADA,
               "to": [MIA], "inReplyTo": POLL, "name": "Tea"},
}  # fmt: skip
ACCEPTED = activity(
    "Accept", ADA, {"id": "https://here.example/mia/follow", "type": "Follow", "actor": MIA, "object": ADA}
)  # fmt: skip

CASES = (
    Case("a note", create(HELLO), shows(content="<p>Hello</p>")),
    Case(
        "a warning without words is none",
        create(note("2", "<p>Hm</p>", summary="", sensitive=False)),
        shows(content="<p>Hm</p>"),
    ),
    Case(
        "a warning without words, which Misskey sends as an invisible character",
        create(note("3", "<p>Hm</p>", summary="\u200b", sensitive=True)),
        shows(content="<p>Hm</p>", warning="\u200b", sensitive=True),
    ),
    Case(
        "a picture without description and no text",
        create(note("4", None, attachment=[PICTURE], sensitive=True)),
        shows(media=["image"], sensitive=True),
    ),
    Case(
        "a quiet note",
        create(note("5", "<p>Home</p>", to=[f"{ADA}/followers"], cc=[PUBLIC])),
        shows(content="<p>Home</p>", visibility="unlisted"),
    ),
    Case(
        "a note for followers",
        create(note("6", "<p>We</p>", to=[f"{ADA}/followers"], cc=[])),
        shows(content="<p>We</p>", visibility="private"),
    ),
    Case(
        "a note for one person",
        create(
            note(
                "7",
                f'<p><a href="{MIA}" class="u-url mention">@mia@here.example</a> psst</p>',
                to=[MIA], cc=[], tag=[AT_MIA],
            )
        ),
        shows(
            content=f'<p><a href="{MIA}">@mia@here.example</a> psst</p>', visibility="direct",
            mentions=["mia"],
        ),
    ),
    Case(
        "a quote of the author's own note",
        create(quoting(HELLO["id"], "<p>So<br><br><span>RE: </span><a>x</a></p>")),
        shows(
            content="<p>So<br><br><span>RE: </span>x</p>", quote=("accepted", HELLO["id"])
        ),
        before=(create(HELLO),),
    ),
    Case(
        "a quote of a member's post",
        create(quoting(POST, "<p>So</p>")),
        shows(content="<p>So</p>", quote=("pending", None)),
    ),
    Case(
        "a quote of something that is not to be had",
        create(quoting("https://lost.example/1", "<p>So</p>")),
        shows(content="<p>So</p>"),
    ),
    Case(
        "a quote that is nothing but one, which Misskey sends as a boost",
        activity("Announce", ADA, POST, to=[PUBLIC], cc=[f"{ADA}/followers"],
                 published="2026-03-04T05:06:07.123Z"),
        {"boosts": [ACCT]},
    ),
    Case("a reaction with a character", reaction("🍮"), {"stars": [ACCT]}),
    Case("a reaction with a picture", reaction(":blob:", tag=[BLOB]), {"stars": [ACCT]}),
    Case(
        "a reaction that was changed is one star",
        reaction(":blob:", tag=[BLOB]) | {"id": f"{BASE}/likes/2"},
        {"stars": [ACCT]},
        before=(reaction("🍮"),),
    ),
    Case("a reaction taken back", undo(reaction("🍮")), {"stars": []}, before=(reaction("🍮"),)),
    Case(
        "a reaction to what is not public",
        activity("Like", ADA, PRIVATE, content="🍮"),
        ignored("Record not found"),
    ),
    Case(
        "a poll without an end",
        create(note("8", "<p>Hue?</p>") | {"type": "Question"} | choices()),
        shows(content="<p>Hue?</p>", poll={"Red": 1, "Blue": 2}, multiple=False, expired=False),
    ),
    Case(
        "a poll with several choices",
        create(
            note("9", "<p>Hue?</p>", endTime="2036-01-01T00:00:00.000Z")
            | {"type": "Question", "_misskey_fallback_content": "x"}
            | choices("anyOf")
        ),
        shows(content="<p>Hue?</p>", poll={"Red": 1, "Blue": 2}, multiple=True, expired=False),
    ),
    Case("a vote", PICK, {"votes": {"Tea": 1, "Coffee": 0}}),
    Case(
        "an emoji of its own",
        create(note("10", "<p>\u200b:blob:\u200b</p>", tag=[BLOB])),
        shows(content="<p>\u200b:blob:\u200b</p>", emojis=["blob"]),
    ),
    Case(
        "a hashtag",
        create(
            note("11", "<p>#Sky</p>",
                 tag=[{"type": "Hashtag", "href": f"{BASE}/tags/Sky", "name": "#Sky"}])
        ),
        shows(content="<p>#Sky</p>", tags=["sky"]),
    ),
    Case(
        "an answer",
        create(note("12", "<p>Yes</p>", inReplyTo=POST, cc=[f"{ADA}/followers", MIA], tag=[AT_MIA])),
        shows(content="<p>Yes</p>", reply_to=POST, mentions=["mia"]),
    ),
    Case(
        "a changed note",
        update(note("1", "<p>Bye</p>", updated="2026-03-05T00:00:00.000Z")),
        shows(content="<p>Bye</p>", is_edited=True),
        before=(create(HELLO),),
    ),
    Case("a report", activity("Flag", ADA, MIA, content="Rude"), {"reports": [("Rude", 0)]}),
    Case(
        "a pinned note",
        activity("Add", ADA, HELLO["id"], target=f"{ADA}/collections/featured"),
        {"pinned": [HELLO["id"]]},
        before=(create(HELLO),),
    ),
    Case("a yes that is taken back", undo(ACCEPTED), {"relation": set()}, before=(ACCEPTED,)),
    Case("a request to Leo", activity("Follow", ADA, LEO), {"requests": [ACCT]}),
    Case(
        "a member is a cat and has no name",
        activity("Update", ADA, person(ADA, "ada"), to=[PUBLIC]),
        {"account": {"display_name": "", "note": "", "acct": ACCT, "url": f"{BASE}/@ada"}},
    ),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{BASE}/{kind.lower()}/1"),
)  # fmt: skip

PROGRAM = Program("Misskey", (person(ADA, "ada"),), CASES)
