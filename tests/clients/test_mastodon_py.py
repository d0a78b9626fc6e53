"""Mastodon.py, unmodified: what people's scripts and several apps are built on."""

import secrets
import threading
from datetime import UTC, datetime, timedelta

import pytest
import requests
from mastodon import (
    Mastodon,
    MastodonNotFoundError,
    MastodonUnauthorizedError,
    StreamListener,
)

from tests.clients.pictures import a_picture
from tests.clients.running import Member, eventually
from tests.clients.sign_in import code_for

# One server for all of them, and the order of the file.
pytestmark = pytest.mark.xdist_group("clients")

SCOPES = ["read", "write", "follow", "push"]


def signed_in(running, member: Member) -> Mastodon:
    """The library with a token that the server's own command made."""
    return Mastodon(access_token=member.token, api_base_url=running.url)


@pytest.fixture(scope="module")
def members(running) -> dict[str, Member]:
    """Everybody in this module."""
    names = ["ada", "bob", "cleo", "dora", "emil", "finn", "gus", "hedy", "ivo", "jun"]
    return {member.username: member for member in running.members(*names)}


@pytest.fixture(scope="module")
def ada(running, members) -> Mastodon:
    return signed_in(running, members["ada"])


@pytest.fixture(scope="module")
def bob(running, members) -> Mastodon:
    return signed_in(running, members["bob"])


@pytest.fixture(scope="module")
def cleo(running, members) -> Mastodon:
    return signed_in(running, members["cleo"])


def test_an_app_registers_is_let_in_and_signs_out(running, members, tmp_path):
    kept = tmp_path / "app"
    client_id, client_secret = Mastodon.create_app(
        "A script", scopes=SCOPES, website="https://app.example/",
        api_base_url=running.url, to_file=kept,
    )  # fmt: skip
    api = Mastodon(client_id=kept, api_base_url=running.url)
    address = api.auth_request_url(scopes=SCOPES, allow_http=True)

    token = api.log_in(code=code_for(address, members["jun"]), scopes=SCOPES, allow_http=True)

    me = api.account_verify_credentials()
    assert (api.client_id, api.client_secret) == (client_id, client_secret)
    assert (str(me.id), me.acct, me.source.privacy) == (members["jun"].id, "jun", "public")
    app = api.app_verify_credentials()
    assert (app.name, app.website, app.scopes) == ("A script", "https://app.example/", SCOPES)

    api.revoke_access_token(allow_http=True)

    with pytest.raises(MastodonUnauthorizedError):
        signed_in(running, Member("jun", str(me.id), token)).account_verify_credentials()


def test_the_profile_gets_a_face(ada, tmp_path):
    avatar = a_picture(tmp_path, "face.png", size=(500, 400), color="teal")
    header = a_picture(tmp_path, "header.jpg", size=(1800, 600), color="orange")

    changed = ada.account_update_credentials(
        display_name="Ada L.", note="Counts https://example.org", avatar=avatar, header=header,
        fields=[("Pronouns", "she"), ("Home", "https://example.org/ada")],
        default_privacy="unlisted", default_language="en", discoverable=True, indexable=True,
        avatar_description="A teal square",
    )  # fmt: skip

    me = ada.account_verify_credentials()
    assert (me.display_name, me.source.note) == ("Ada L.", "Counts https://example.org")
    assert [field.name for field in me.fields] == ["Pronouns", "Home"]
    assert [field.value for field in me.source.fields] == ["she", "https://example.org/ada"]
    assert (me.source.privacy, me.source.language) == ("unlisted", "en")
    assert (me.avatar, me.header) == (changed.avatar, changed.header)
    faces = [requests.get(url, timeout=10) for url in (me.avatar, me.header, me.avatar_static)]
    assert [face.status_code for face in faces] == [200, 200, 200]
    assert {face.headers["content-type"].partition("/")[0] for face in faces} == {"image"}
    seen = ada.account(me.id)
    assert (seen.avatar, seen.display_name) == (me.avatar, "Ada L.")
    ada.account_update_credentials(default_privacy="public")
    assert ada.preferences()["posting:default:visibility"] == "public"


def test_a_post_carries_a_picture_its_words_and_a_warning(bob, cleo, tmp_path):
    picture = a_picture(tmp_path, "loaf.jpg", size=(1200, 800), color="brown")
    uploaded = bob.media_post(
        picture, description="A loaf of bread", focus=(0.5, -0.25), synchronous=True
    )
    renamed = bob.media_update(uploaded, description="A dark loaf of bread", focus=(0.5, -0.25))

    posted = bob.status_post(
        "Fresh from the oven #bread", media_ids=[uploaded], sensitive=True,
        spoiler_text="Food", visibility="public", language="en",
    )  # fmt: skip

    seen = cleo.status(posted)
    assert posted.url == f"{bob.api_base_url}/@bob/{posted.id}"
    assert renamed.description == "A dark loaf of bread"
    assert (seen.spoiler_text, seen.sensitive, seen.visibility) == ("Food", True, "public")
    assert seen.language == "en"
    assert [tag.name for tag in seen.tags] == ["bread"]
    (media,) = seen.media_attachments
    assert (media.id, media.type, media.description) == (
        uploaded.id, "image", "A dark loaf of bread",
    )  # fmt: skip
    assert (media.meta.original.width, media.meta.original.height) == (1200, 800)
    assert (media.meta.focus.x, media.meta.focus.y) == (0.5, -0.25)
    assert len(media.blurhash) >= 6
    files = [requests.get(url, timeout=10).status_code for url in (media.url, media.preview_url)]
    assert files == [200, 200]
    assert requests.get(posted.url, timeout=10).status_code == 200


def test_a_thread_is_read_in_order_and_its_people_are_told(bob, cleo, members):
    first = bob.status_post("Who bakes?")
    answer = cleo.status_reply(first, "I do")
    last = bob.status_reply(answer, "How lovely")

    context = bob.status_context(answer)

    assert [status.id for status in context.ancestors] == [first.id]
    assert [status.id for status in context.descendants] == [last.id]
    assert answer.in_reply_to_id == first.id
    assert [str(m.id) for m in answer.mentions] == [members["bob"].id]
    assert bob.status(first).replies_count == 1
    told = eventually(
        lambda: [n for n in bob.notifications(types=["mention"]) if n.status.id == answer.id]
    )
    assert [n.account.acct for n in told] == ["cleo"]


def test_a_post_is_boosted_favourited_kept_and_pinned(bob, cleo, members):
    post = bob.status_post("A good one")

    boost = cleo.status_reblog(post, visibility="unlisted")
    starred = cleo.status_favourite(post)
    cleo.status_bookmark(post)
    pinned = bob.status_pin(post)

    assert (boost.reblog.id, boost.visibility) == (post.id, "unlisted")
    assert (starred.favourited, starred.favourites_count) == (True, 1)
    seen = cleo.status(post)
    assert (seen.reblogged, seen.favourited, seen.bookmarked) == (True, True, True)
    assert (seen.reblogs_count, seen.favourites_count) == (1, 1)
    assert [a.acct for a in bob.status_reblogged_by(post)] == ["cleo"]
    assert [a.acct for a in bob.status_favourited_by(post)] == ["cleo"]
    assert [status.id for status in cleo.favourites()] == [post.id]
    assert [status.id for status in cleo.bookmarks()] == [post.id]
    assert pinned.pinned is True
    assert [s.id for s in cleo.account_statuses(members["bob"].id, pinned=True)] == [post.id]
    told = eventually(
        lambda: (
            len(them := [n for n in bob.notifications() if n.status and n.status.id == post.id])
            == 2
            and them
        )
    )
    assert sorted((n.type, n.account.acct) for n in told) == [
        ("favourite", "cleo"), ("reblog", "cleo"),
    ]  # fmt: skip

    cleo.status_unreblog(post)
    cleo.status_unfavourite(post)
    cleo.status_unbookmark(post)
    bob.status_unpin(post)

    seen = cleo.status(post)
    assert (seen.reblogged, seen.favourited, seen.bookmarked) == (False, False, False)
    assert (seen.reblogs_count, seen.favourites_count) == (0, 0)
    assert cleo.favourites() == []
    assert cleo.bookmarks() == []
    assert bob.account_statuses(members["bob"].id, pinned=True) == []


def test_followers_find_posts_at_home(running, members):
    dora, emil = (signed_in(running, members[name]) for name in ("dora", "emil"))
    before = dora.status_post("Before anybody listened")

    relationship = emil.account_follow(members["dora"].id, notify=True)
    after = dora.status_post("Hello, follower")

    assert (relationship.following, relationship.notifying) == (True, True)
    home = eventually(lambda: len(them := emil.timeline_home()) == 2 and them)
    assert [status.id for status in home] == [after.id, before.id]
    page = emil.timeline_home(limit=1)
    assert [[s.id for s in p] for p in (page, emil.fetch_next(page))] == [[after.id], [before.id]]
    assert [a.acct for a in dora.account_followers(members["dora"].id)] == ["emil"]
    assert [a.acct for a in emil.account_following(members["emil"].id)] == ["dora"]
    assert dora.account_relationships(members["emil"].id)[0].followed_by is True
    (told,) = eventually(lambda: dora.notifications(types=["follow"]))
    assert told.account.acct == "emil"
    eventually(lambda: after.id in [n.status.id for n in emil.notifications(types=["status"])])

    assert emil.account_unfollow(members["dora"].id).following is False
    eventually(lambda: emil.timeline_home() == [])


def test_a_locked_member_decides_who_follows(running, members):
    finn, gus = (signed_in(running, members[name]) for name in ("finn", "gus"))
    finn.account_update_credentials(locked=True)

    asked = gus.account_follow(members["finn"].id)
    waiting = finn.follow_requests()
    finn.follow_request_authorize(members["gus"].id)

    assert (asked.requested, asked.following) == (True, False)
    assert [account.acct for account in waiting] == ["gus"]
    assert gus.account_relationships(members["finn"].id)[0].following is True
    assert finn.follow_requests() == []
    assert finn.account_remove_from_followers(members["gus"].id).followed_by is False


def test_a_poll_is_voted_in(bob, cleo):
    poll = bob.make_poll(["Rye", "Wheat", "Spelt"], expires_in=3600, multiple=True)
    asked = bob.status_post("Which flour?", poll=poll)

    voted = cleo.poll_vote(asked.poll, [0, 2])

    assert (voted.voted, voted.own_votes, voted.votes_count) == (True, [0, 2], 2)
    assert [(o.title, o.votes_count) for o in voted.options] == [
        ("Rye", 1), ("Wheat", 0), ("Spelt", 1),
    ]  # fmt: skip
    seen = bob.poll(asked.poll)
    assert (seen.voters_count, seen.voted, seen.expired, seen.multiple) == (1, True, False, True)


def test_people_tags_and_posts_are_found(bob, cleo):
    word = f"zymurgy{secrets.token_hex(4)}"
    post = bob.status_post(f"About {word} #{word}")
    bob.account_update_credentials(indexable=True)

    tags = eventually(lambda: cleo.search(word, result_type="hashtags").hashtags)
    own = eventually(lambda: bob.search(word, result_type="statuses").statuses)

    assert [tag.name for tag in tags] == [word]
    assert [status.id for status in own] == [post.id]
    assert [account.acct for account in cleo.search("bob").accounts] == ["bob"]
    assert [account.acct for account in cleo.account_search("bob")] == ["bob"]
    assert cleo.account_lookup("bob").acct == "bob"
    assert [s.id for s in cleo.search(post.url, resolve=True).statuses] == [post.id]
    assert [s.id for s in cleo.timeline_hashtag(word)] == [post.id]
    assert cleo.tag_follow(word).following is True
    assert [tag.name for tag in cleo.followed_tags()] == [word]
    assert cleo.tag_unfollow(word).following is False


def test_markers_remember_where_reading_stopped(cleo):
    post = cleo.status_post("Here I stop reading")

    cleo.markers_set("home", post)

    assert cleo.markers_get("home")["home"].last_read_id == post.id


def test_a_list_shows_its_people_only(cleo, bob, members):
    cleo.account_follow(members["bob"].id)
    made = cleo.list_create("Bakers", replies_policy="followed", exclusive=False)
    cleo.list_accounts_add(made, [members["bob"].id])
    post = bob.status_post("For the list")

    assert [s.id for s in eventually(lambda: cleo.timeline_list(made, limit=1))] == [post.id]
    assert [account.acct for account in cleo.list_accounts(made)] == ["bob"]
    assert [one.id for one in cleo.account_lists(members["bob"].id)] == [made.id]
    changed = cleo.list_update(made, "Millers", replies_policy="none")
    assert (changed.title, changed.replies_policy) == ("Millers", "none")
    cleo.list_accounts_delete(made, [members["bob"].id])
    assert cleo.list_accounts(made) == []
    cleo.list_delete(made)
    assert cleo.lists() == []


def test_a_filter_warns_about_what_it_names(cleo, bob):
    made = cleo.create_filter_v2(
        "No marzipan", context=["home", "public", "thread"], filter_action="warn",
        keywords_attributes=[{"keyword": "marzipan", "whole_word": True}],
    )  # fmt: skip
    post = bob.status_post("Marzipan again")

    (found,) = cleo.status(post).filtered
    assert (found.filter.id, found.keyword_matches) == (made.id, ["marzipan"])
    added = cleo.add_filter_keyword_v2(made, "almond", whole_word=False)
    assert {k.keyword for k in cleo.filter_keywords_v2(made)} == {"marzipan", "almond"}
    cleo.delete_filter_keyword_v2(added)
    assert cleo.update_filter_v2(made, title="No sweets").title == "No sweets"
    cleo.delete_filter_v2(made)
    assert cleo.filters_v2() == []
    assert cleo.status(post).filtered == []


def test_an_edit_is_seen_with_its_past(bob, cleo):
    post = bob.status_post("Teh oven", spoiler_text="Heat")

    edited = bob.status_update(post, "The oven", spoiler_text="Warmth")

    seen = cleo.status(post)
    assert edited.id == post.id
    assert (seen.content, seen.spoiler_text) == ("<p>The oven</p>", "Warmth")
    assert seen.edited_at is not None
    history = [(one.content, one.spoiler_text) for one in cleo.status_history(post)]
    assert history == [("<p>Teh oven</p>", "Heat"), ("<p>The oven</p>", "Warmth")]
    source = bob.status_source(post)
    assert (source.text, source.spoiler_text) == ("The oven", "Warmth")


def test_who_is_muted_or_blocked_is_not_seen(running, members):
    hedy, ivo = (signed_in(running, members[name]) for name in ("hedy", "ivo"))
    post = ivo.status_post("Loud")
    hedy.account_follow(members["ivo"].id)
    eventually(lambda: [s.id for s in hedy.timeline_home()] == [post.id])

    assert hedy.account_mute(members["ivo"].id, notifications=True, duration=600).muting is True
    assert [account.acct for account in hedy.mutes()] == ["ivo"]
    assert hedy.timeline_home() == []
    assert hedy.account_unmute(members["ivo"].id).muting is False
    eventually(lambda: [s.id for s in hedy.timeline_home()] == [post.id])

    blocked = hedy.account_block(members["ivo"].id)
    assert (blocked.blocking, blocked.following) == (True, False)
    assert [account.acct for account in hedy.blocks()] == ["ivo"]
    with pytest.raises(MastodonNotFoundError):
        ivo.status(hedy.status_post("Not for Ivo"))
    assert hedy.account_unblock(members["ivo"].id).blocking is False
    hedy.domain_block("nuisance.example")
    assert hedy.domain_blocks() == ["nuisance.example"]
    hedy.domain_unblock("nuisance.example")
    assert hedy.domain_blocks() == []


def test_a_muted_thread_is_quiet(ada, bob, cleo):
    post = bob.status_post("A long thread begins")

    assert bob.status_mute(post).muted is True
    quiet = cleo.status_reply(post, "@ada Another answer")
    # Both are told by the same job: once Ada knows, Bob's turn is over too.
    eventually(lambda: quiet.id in [n.status.id for n in ada.notifications(types=["mention"])])
    assert bob.status_unmute(post).muted is False
    later = cleo.status_reply(post, "One more")

    eventually(lambda: any(n.status.id == later.id for n in bob.notifications(types=["mention"])))
    told = [n.status.content for n in bob.notifications(types=["mention"])]
    assert [text for text in told if "Another answer" in text] == []


def test_a_post_waits_for_its_time(cleo):
    at = datetime.now(UTC) + timedelta(hours=1)

    waiting = cleo.status_post("Later", scheduled_at=at)

    assert [(one.id, one.params.text) for one in cleo.scheduled_statuses()] == [
        (waiting.id, "Later")
    ]
    moved = cleo.scheduled_status_update(waiting, at + timedelta(hours=1))
    assert abs(moved.scheduled_at - at - timedelta(hours=1)) < timedelta(seconds=1)
    cleo.scheduled_status_delete(waiting)
    assert cleo.scheduled_statuses() == []


def test_a_direct_message_opens_a_conversation(bob, cleo):
    post = bob.status_post("@cleo Between us", visibility="direct")

    (talk,) = eventually(cleo.conversations)

    assert ([a.acct for a in talk.accounts], talk.last_status.id) == (["bob"], post.id)
    assert talk.unread is True
    assert cleo.conversations_read(talk).unread is False


def test_an_identical_key_posts_once(bob):
    key = secrets.token_hex(8)

    one, two = (bob.status_post("Sent twice", idempotency_key=key) for _ in range(2))

    assert one.id == two.id


def test_notifications_are_dismissed_one_by_one_and_at_once(running, members):
    finn, gus = (signed_in(running, members[name]) for name in ("finn", "gus"))
    posts = [finn.status_post(f"Star number {n}") for n in range(3)]
    for post in posts:
        gus.status_favourite(post)
    told = eventually(lambda: len(them := finn.notifications(types=["favourite"])) == 3 and them)

    assert finn.notifications(id=told[0].id).status.id == told[0].status.id
    assert finn.notifications_unread_count().count == len(finn.notifications())
    finn.notifications_dismiss(told[0])
    assert [n.id for n in finn.notifications(types=["favourite"])] == [n.id for n in told[1:]]
    finn.notifications_clear()
    assert finn.notifications() == []


def test_notifications_about_one_post_come_together(running, members):
    dora, emil, finn = (signed_in(running, members[name]) for name in ("dora", "emil", "finn"))
    post = dora.status_post("Everybody's star")
    for fan in (emil, finn):
        fan.status_favourite(post)
    eventually(lambda: len(dora.notifications(types=["favourite"])) == 2)

    found = dora.grouped_notifications(types=["favourite"])

    groups = [(g.type, g.notifications_count, g.status_id) for g in found.notification_groups]
    assert groups == [("favourite", 2, post.id)]
    shown = [account.acct for account in found.accounts]
    faces = [account.acct for account in found.partial_accounts]  # faces only
    assert (len(shown), len(faces)) == (1, 1)
    assert {*shown, *faces} == {"emil", "finn"}
    assert [status.id for status in found.statuses] == [post.id]
    assert dora.unread_grouped_notifications_count(types=["favourite"]) == 1


class Heard(StreamListener):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.events: list[tuple[str, object]] = []

    def on_update(self, status) -> None:
        self.events.append(("update", status.id))

    def on_notification(self, notification) -> None:
        self.events.append((notification.type, notification.status.id))

    def on_status_update(self, status) -> None:
        self.events.append(("edit", status.content))

    def on_delete(self, status_id) -> None:
        self.events.append(("delete", status_id))

    def handle_heartbeat(self) -> None:
        self.opened.set()


def test_a_stream_tells_what_happens_while_it_happens(running, bob, cleo, members):
    cleo.account_follow(members["bob"].id)
    own = cleo.status_post("Soon starred")
    heard = Heard()
    assert cleo.stream_healthy() is True
    stream = cleo.stream_user(heard, run_async=True)
    try:
        assert heard.opened.wait(10)
        post = bob.status_post("Breaking news")
        eventually(lambda: ("update", post.id) in heard.events)
        bob.status_favourite(own)
        eventually(lambda: ("favourite", own.id) in heard.events)
        bob.status_update(post, "Corrected news")
        eventually(lambda: ("edit", "<p>Corrected news</p>") in heard.events)
        bob.status_delete(post)
        eventually(lambda: any(name == "delete" for name, _ in heard.events))
    finally:
        # Closing waits until the library's own thread has read the next heartbeat.
        threading.Thread(target=stream.close, daemon=True).start()

    # What was posted before may still be on its way when the stream opens.
    late = [one for one in heard.events if one[0] == "update" and int(str(one[1])) <= int(own.id)]
    assert [(name, str(what)) for name, what in heard.events if (name, what) not in late] == [
        ("update", str(post.id)),
        ("favourite", str(own.id)),
        ("edit", "<p>Corrected news</p>"),
        ("delete", str(post.id)),
    ]


def test_what_is_deleted_is_gone_and_can_be_written_anew(bob, cleo, tmp_path):
    picture = a_picture(tmp_path, "once.png", size=(60, 40), color="red")
    media = bob.media_post(picture, description="Red", synchronous=True)
    post = bob.status_post("A typo heer", media_ids=[media], spoiler_text="Oh")

    deleted = bob.status_delete(post)

    assert (deleted.id, deleted.text, deleted.spoiler_text) == (post.id, "A typo heer", "Oh")
    assert [one.id for one in deleted.media_attachments] == [media.id]
    for api in (bob, cleo):
        with pytest.raises(MastodonNotFoundError):
            api.status(post)
    anew = bob.status_post("A typo here", media_ids=[media])
    assert [one.id for one in anew.media_attachments] == [media.id]


def test_somebody_joins_from_an_app(running, tmp_path):
    kept = tmp_path / "app"
    Mastodon.create_app("Joining", scopes=SCOPES, api_base_url=running.url, to_file=kept)
    api = Mastodon(client_id=kept, api_base_url=running.url)

    token = api.create_account(
        "newcomer", "correct horse battery", "newcomer@example.com", agreement=True,
        scopes=SCOPES,
    )  # fmt: skip

    new = Mastodon(access_token=token, api_base_url=running.url)
    assert new.account_verify_credentials().acct == "newcomer"
    assert new.status_post("Hello, everybody").account.acct == "newcomer"
