"""PeerTube: videos of an account and a channel, Markdown, comments, dislikes, views."""

from tests.federation.payloads.case import (
    AS,
    FOLLOW,
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
    ignored,
    mention,
    shows,
    update,
)

BASE = "https://reel.example"
ADA, CHANNEL = f"{BASE}/accounts/ada", f"{BASE}/video-channels/tea"
CONTEXT = [AS, SECURITY, {"RsaSignature2017": "https://w3id.org/security#RsaSignature2017",
                          "pt": "https://joinpeertube.org/ns#"}]  # fmt: skip
TO = {"to": [PUBLIC], "cc": [f"{ADA}/followers"]}
ACCT = "ada@reel.example"


def account(uri, name, kind="Person", **more):
    """An account, or a channel."""
    return actor(
        uri,
        name,
        kind=kind,
        url=[{"type": "Link", "mediaType": "text/html", "href": uri}],
        endpoints={"sharedInbox": f"{BASE}/inbox"},
        playlists=f"{uri}/playlists",
        icon=[
            {"type": "Image", "mediaType": "image/png", "height": 48, "width": 48,
             "url": f"{BASE}/lazy/1.png"},
            {"type": "Image", "mediaType": "image/png", "height": 120, "width": 120,
             "url": f"{BASE}/lazy/2.png"},
        ],
        published="2024-01-01T00:00:00.000Z",
        summary="All **about** tea",
        support=None,
        postingRestrictedToMods=True,
        **more,
    ) | {"name": name.capitalize()}  # fmt: skip


def video(number, **more):
    """A video."""
    uri = f"{BASE}/videos/watch/{number}"
    return {
        "@context": CONTEXT,
        "type": "Video",
        "id": uri,
        "name": "How to brew",
        "duration": "PT300S",
        "uuid": str(number),
        "category": {"identifier": "15", "name": "Science"},
        "licence": {"identifier": "2", "name": "Attribution"},
        "language": {"identifier": "en", "name": "English"},
        "views": 36,
        "sensitive": False,
        "waitTranscoding": True,
        "state": 1,
        "commentsEnabled": True,
        "commentsPolicy": 1,
        "downloadEnabled": True,
        "published": "2026-03-04T05:06:07.094Z",
        "originallyPublishedAt": None,
        "updated": "2026-03-04T05:06:07.396Z",
        "tag": [],
        "mediaType": "text/markdown",
        "content": "Take **two** spoons",
        "support": None,
        "subtitleLanguage": [],
        "icon": [{"type": "Image", "mediaType": "image/jpeg", "url": f"{BASE}/t.jpg",
                  "width": 280, "height": 157}],
        "preview": [{"type": "Image", "rel": ["storyboard"], "url": [{"href": f"{BASE}/s.jpg"}]}],
        "url": [
            {"type": "Link", "mediaType": "text/html", "href": uri},
            {"type": "Link", "mediaType": "application/x-mpegURL", "href": f"{BASE}/m.m3u8",
             "tag": [{"type": "Infohash", "name": "abc"}]},
        ],
        "likes": f"{uri}/likes",
        "dislikes": f"{uri}/dislikes",
        "shares": f"{uri}/announces",
        "comments": f"{uri}/comments",
        "attributedTo": [{"type": "Person", "id": ADA}, {"type": "Group", "id": CHANNEL}],
        "isLiveBroadcast": False,
        "liveSaveReplay": None,
        **TO,
        **more,
    }  # fmt: skip


def comment(number, content, **more):
    """A comment: Markdown."""
    uri = f"{BASE}/videos/watch/1/comments/{number}"
    return {
        "@context": CONTEXT,
        "type": "Note",
        "id": uri,
        "content": content,
        "mediaType": "text/markdown",
        "inReplyTo": None,
        "updated": "2026-03-04T05:06:07.555Z",
        "published": "2026-03-04T05:06:07.548Z",
        "url": uri,
        "attributedTo": ADA,
        "tag": [],
        "replyApproval": None,
        **TO,
        **more,
    }


def html(number, name="How to brew", text=""):
    """A video as it is shown: its title and where to watch it."""
    return f"<p><strong>{name}</strong></p>{text}<p>[{BASE}/videos/watch/{number}]</p>"


def posted(thing, **more):
    """The account says it."""
    return create(thing | {"attributedTo": ADA}, **more) | {"object": thing}


FILM, WORDS = video(1), comment(1, "Good")
SHARE = activity("Announce", CHANNEL, FILM["id"], id=f"{FILM['id']}/announces/299",
                 to=[PUBLIC, f"{CHANNEL}/followers"], cc=[])  # fmt: skip

CASES = (
    Case("a video", posted(FILM), shows(content=html(1))),
    Case("a video of an account and a channel is the account's", posted(FILM),
         shows(content=html(1), author=ACCT, url=FILM["id"])),
    Case(
        "a video that a channel shares",
        SHARE,
        {"timeline": [FILM["id"]]},
        serves=(FILM,),
    ),
    Case("a video that a channel shares is the account's", SHARE,
         shows(content=html(1), author=ACCT), serves=(FILM,)),
    Case(
        "a video named by its channel first is the account's that sends it",
        posted(video(2, attributedTo=[{"type": "Group", "id": CHANNEL},
                                      {"type": "Person", "id": ADA}])),
        shows(content=html(2), author=ACCT),
    ),
    Case("a video of a channel alone, sent by the account",
         posted(video(2, attributedTo=[CHANNEL])), {"outcome": ("refused", "The status is somebody else's")}),
    Case("a video with hashtags", posted(video(3, tag=[{"type": "Hashtag", "name": "Brewing"}])),
         shows(content=html(3), tags=["brewing"])),
    Case("a video not for everybody's eyes", posted(video(4, sensitive=True, summary="Steam")),
         shows(content=html(4, text="<p>Steam</p>"), sensitive=True)),
    Case("a video with a summary", posted(video(5, summary="Short words")),
         shows(content=html(5, text="<p>Short words</p>"))),
    Case("a quiet video", posted(video(6, to=[f"{ADA}/followers"], cc=[PUBLIC])),
         shows(content=html(6), visibility="unlisted")),
    Case("a video with subtitles", posted(video(7, subtitleLanguage=[
        {"identifier": "fr", "name": "French", "url": f"{BASE}/fr.vtt"}])), shows(content=html(7))),
    Case("a live video", posted(video(8, isLiveBroadcast=True, state=4, duration="PT0S")),
         shows(content=html(8))),
    Case("a video whose addresses have no page",
         posted(video(9, url=[{"type": "Link", "mediaType": "video/mp4", "href": f"{BASE}/9.mp4"}])),
         shows(content=f"<p><strong>How to brew</strong></p><p>[{BASE}/9.mp4]</p>")),
    Case("a name with what HTML is made of", posted(video(10, name="<b>Tea</b> & milk")),
         shows(content=html(10, "&lt;b&gt;Tea&lt;/b&gt; &amp; milk"))),
    Case(
        "a changed video",
        update(FILM | {"name": "How to steep", "updated": "2026-03-05T00:00:00.000Z",
                       "attributedTo": ADA}),
        shows(content=html(1, "How to steep"), is_edited=True),
        before=(posted(FILM),),
    ),
    Case("a comment", create(WORDS), shows(content="Good")),
    Case(
        "a comment below a video",
        create(comment(2, "Good", inReplyTo=FILM["id"])),
        shows(content="Good", reply_to=FILM["id"]),
        serves=(FILM,),
    ),
    Case(
        "an answer to a member",
        create(comment(3, "@mia@here.example Yes", inReplyTo=POST,
                       tag=[mention(MIA, "@mia@here.example")])),
        shows(content="@mia@here.example Yes", reply_to=POST, mentions=["mia"]),
    ),
    Case("a dislike", activity("Dislike", ADA, POST), ignored("Dislike is not a type we understand")),
    Case("a view", activity("View", ADA, POST, to=[MIA]), ignored("View is not a type we understand")),
    Case(
        "a copy of a video's file",
        activity("Create", ADA, {"id": f"{BASE}/redundancy/1", "type": "CacheFile",
                                 "object": FILM["id"], "expires": "2026-05-01T00:00:00.000Z"}),
        ignored("not a type of status that we keep"),
    ),
    Case("a playlist",
         activity("Create", ADA, {"id": f"{BASE}/video-playlists/1", "type": "Playlist",
                                  "name": "Tea", "attributedTo": [CHANNEL]}),
         ignored("not a type of status that we keep")),
    Case("a report with no list", activity("Flag", ADA, MIA, content="bad", mediaType="text/markdown"),
         {"reports": [("bad", 0)]}),
    Case(
        "a channel that lets a member follow",
        activity("Accept", CHANNEL, {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": CHANNEL}),
        {"relation": {"following"}},
    ),
    Case(
        "a changed account with several pictures",
        activity("Update", ADA, account(ADA, "ada"), **TO),
        {"account": {"display_name": "Ada", "note": "All **about** tea", "bot": False, "url": ADA}},
    ),
    Case("a video on another server than its account",
         posted(video(1) | {"id": "https://other.example/videos/watch/1"})
         | {"id": f"{BASE}/activities/1"}, answered(400)),
    *deeds(ADA, ACCT, WORDS, ids=lambda kind: f"{ADA}/{kind.lower()}s/1", deleted="id"),
)  # fmt: skip

PROGRAM = Program(
    "PeerTube", (account(ADA, "ada"), account(CHANNEL, "tea", "Group", attributedTo=[ADA])), CASES
)
