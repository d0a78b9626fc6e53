"""Pixelfed: photo albums, comments that can be off, places, stories."""

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
    ignored,
    mention,
    shows,
    update,
    without,
)

BASE = "https://lens.example"
ADA = f"{BASE}/users/ada"
FOLLOWERS = f"{ADA}/followers"
CONTEXT = [
    "https://w3id.org/security/v1", AS,
    {"sc": "http://schema.org#", "Hashtag": "as:Hashtag", "commentsEnabled": {"@id": "toot:x"}},
]  # fmt: skip
HASHTAG = {"type": "Hashtag", "href": f"{BASE}/discover/tags/light", "name": "#light"}


def person(**more):
    """A member."""
    return actor(
        ADA,
        "ada",
        url=f"{BASE}/ada",
        summary="Photos &amp; film<br />\nin grain",
        manuallyApprovesFollowers=False,
        indexable=False,
        published="2024-01-01T00:00:00Z",
        icon={"type": "Image", "mediaType": "image/jpeg", "url": f"{BASE}/avatars/1.jpg?v=2"},
        endpoints={"sharedInbox": f"{BASE}/f/inbox"},
        **more,
    ) | {"@context": [AS, SECURITY], "name": "Ada"}


def photo(number, **more):
    """A photo."""
    return {
        "type": "Image",
        "mediaType": "image/jpeg",
        "url": f"{BASE}/storage/m/_v2/{number}.jpg",
        "name": None,
        "width": 1080,
        "height": 1350,
        "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
        **more,
    }


def note(number, content, *attachment, **more):
    """A post, which always has something to look at."""
    uri = f"{BASE}/p/ada/{number}"
    return {
        "@context": CONTEXT,
        "id": uri,
        "type": "Note",
        "summary": None,
        "content": content,
        "inReplyTo": None,
        "published": "2026-03-04T05:06:07+00:00",
        "url": uri,
        "attributedTo": ADA,
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "sensitive": False,
        "attachment": list(attachment),
        "tag": [],
        "commentsEnabled": True,
        "capabilities": {"announce": PUBLIC, "like": PUBLIC, "reply": PUBLIC},
        "location": None,
        **more,
    }


ALBUM = note(1, "Dawn", photo(1), photo(2))
STORY = {
    "id": f"{BASE}/stories/ada/1", "type": "Story", "to": [FOLLOWERS], "cc": [],
    "attributedTo": ADA, "published": "2026-03-04T05:06:07+00:00", "duration": 5,
    "expiresAt": "2026-03-05T05:06:07+00:00", "can_reply": True, "can_react": True,
    "attachment": {"type": "Image", "url": f"{BASE}/s/1.jpg", "mediaType": "image/jpeg"},
}  # fmt: skip

CASES = (
    Case("an album", create(ALBUM), shows(content="Dawn", media=["image", "image"])),
    Case("a photo without a word", create(note(2, None, photo(1))), shows(media=["image"])),
    Case("a photo without a content at all", create(without(note(2, "", photo(1)), "content")),
         shows(media=["image"])),
    Case("a photo with a description", create(note(3, "", photo(1, name="Hills in fog"))),
         shows(media=[("image", "Hills in fog")])),
    Case(
        "an album of ten, of which four are shown",
        create(note(4, "Ten", *(photo(n) for n in range(10)))),
        shows(content="Ten", media=["image"] * 4),
    ),
    Case(
        "a film",
        create(note(5, "Waves", photo(1, type="Video", mediaType="video/mp4", url=f"{BASE}/v.mp4"))),
        shows(content="Waves", media=["video"]),
    ),
    Case("a photo that is an old Document", create(note(6, "Old", photo(1, type="Document"))),
         shows(content="Old", media=["image"])),
    Case(
        "a photo without a media type",
        create(note(7, "x", without(photo(1), "mediaType"))),
        shows(content="x", media=["image"]),
    ),
    Case("a caption with lines", create(note(8, "One<br />\nTwo", photo(1))),
         shows(content="One<br>\nTwo", media=["image"])),
    Case("a hashtag", create(note(9, "#light", photo(1), tag=[HASHTAG])),
         shows(content="#light", tags=["light"], media=["image"])),
    Case(
        "a place",
        create(note(10, "Here", photo(1), location={
            "type": "Place", "name": "Hill", "longitude": "1.5", "latitude": "2.5",
            "country": "Nowhere"})),
        shows(content="Here", media=["image"]),
    ),
    Case("comments are off",
         create(note(11, "Hush", photo(1), commentsEnabled=False,
                     capabilities={"announce": PUBLIC, "like": PUBLIC, "reply": None})),
         shows(content="Hush", media=["image"])),
    Case("a warning", create(note(12, "x", photo(1), summary="Blood", sensitive=True)),
         shows(content="x", warning="Blood", sensitive=True, media=["image"])),
    Case("a quiet photo", create(note(13, "x", photo(1), to=[FOLLOWERS], cc=[PUBLIC])),
         shows(content="x", visibility="unlisted", media=["image"])),
    Case("a photo for followers", create(note(14, "x", photo(1), to=[FOLLOWERS], cc=[])),
         shows(content="x", visibility="private", media=["image"])),
    Case(
        "a comment on a member's post",
        create(note(15, "Nice", inReplyTo=POST, cc=[FOLLOWERS, MIA],
                    tag=[mention(MIA, "@mia@here.example")])),
        shows(content="Nice", reply_to=POST, mentions=["mia"]),
    ),
    Case(
        "a message, which is addressed and names nobody",
        create(note(16, "Hi you", to=[MIA], cc=[])),
        shows(content="Hi you", visibility="direct", mentions=["mia"]),
    ),
    Case("a story", create(STORY), ignored("not a type of status that we keep")),
    Case("a story by its address",
         activity("Add", ADA, STORY, target=f"{ADA}/stories"),
         ignored("a collection that we do not keep")),
    Case("a reaction to a story", activity("StoryReaction", ADA, "x", content="🔥", to=[MIA]),
         ignored("StoryReaction is not a type we understand")),
    Case(
        "a changed caption",
        update(note(1, "Dusk", photo(1), photo(2), updated="2026-03-05T00:00:00+00:00")),
        shows(content="Dusk", media=["image", "image"], is_edited=True),
        before=(create(ALBUM),),
    ),
    Case(
        "a photo taken out of an album",
        update(note(1, "Dawn", photo(2), updated="2026-03-05T00:00:00+00:00")),
        shows(content="Dawn", media=["image"], is_edited=True),
        before=(create(ALBUM),),
    ),
    Case(
        "a changed profile",
        activity("Update", ADA, person(), to=[PUBLIC]),
        {"account": {"display_name": "Ada", "note": "Photos &amp; film<br>\nin grain",
                     "url": f"{BASE}/ada"}},
    ),
    Case("a report", activity("Flag", ADA, [MIA, POST], content="spam"), {"reports": [("spam", 1)]}),
    *deeds(ADA, "ada@lens.example", ALBUM, ids=lambda kind: f"{BASE}/p/ada/1#{kind.lower()}"),
)  # fmt: skip

PROGRAM = Program("Pixelfed", (person(),), CASES)
