"""Everything that Mastodon.py can read, asked for once: no surprise may come back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from mastodon import Mastodon, MastodonNotFoundError
from mastodon.return_types import PaginatableList

from tests.clients.pictures import a_picture
from tests.clients.running import RunningServer, eventually
from tests.clients.test_mastodon_py import signed_in

pytestmark = [
    pytest.mark.filterwarnings("ignore:Endpoint .* is marked as deprecated"),
    pytest.mark.xdist_group("clients"),
]

# Methods that read, and what they are asked with; a name stands for a thing of the world below.
READS: dict[str, tuple[str | int, ...]] = {
    "account": ("other",),
    "accounts": ("others",),
    "account_familiar_followers": ("other",),
    "account_featured_tags": ("other",),
    "account_followers": ("other",),
    "account_following": ("other",),
    "account_lists": ("other",),
    "account_lookup": ("other_name",),
    "account_relationships": ("other",),
    "account_search": ("other_name",),
    "account_statuses": ("other",),
    "account_verify_credentials": (),
    "announcements": (),
    "annual_report_state": (2026,),
    "annual_reports": (),
    "app_verify_credentials": (),
    "blocks": (),
    "bookmarks": (),
    "conversations": (),
    "custom_emojis": (),
    "directory": (),
    "domain_blocks": (),
    "endorsements": (),
    "favourites": (),
    "featured_tag_suggestions": (),
    "featured_tags": (),
    "filter": ("filter_v1",),
    "filter_keywords_v2": ("filter",),
    "filter_statuses_v2": ("filter",),
    "filter_v2": ("filter",),
    "filters": (),
    "filters_v2": (),
    "follow_requests": (),
    "followed_tags": (),
    "grouped_notification": ("group",),
    "grouped_notification_accounts": ("group",),
    "grouped_notifications": (),
    "instance": (),
    "instance_activity": (),
    "instance_extended_description": (),
    "instance_health": (),
    "instance_languages": (),
    "instance_nodeinfo": (),
    "instance_peers": (),
    "instance_rules": (),
    "instance_translation_languages": (),
    "instance_v1": (),
    "instance_v2": (),
    "list": ("list",),
    "list_accounts": ("list",),
    "lists": (),
    "markers_get": (),
    "me": (),
    "media": ("media",),
    "mutes": (),
    "notification_requests": (),
    "notifications": (),
    "notifications_merged": (),
    "notifications_policy": (),
    "notifications_unread_count": (),
    "oauth_authorization_server_info": (),
    "poll": ("poll",),
    "preferences": (),
    "profile": (),
    "scheduled_status": ("waiting",),
    "scheduled_statuses": (),
    "search": ("other_name",),
    "search_v2": ("other_name",),
    "status": ("status",),
    "status_card": ("status",),
    "status_context": ("status",),
    "status_favourited_by": ("status",),
    "status_history": ("status",),
    "status_quotes": ("own",),
    "status_reblogged_by": ("status",),
    "status_source": ("own",),
    "statuses": ("both",),
    "stream_healthy": (),
    "suggestions": (),
    "suggestions_v1": (),
    "suggestions_v2": (),
    "tag": ("tag",),
    "timeline": (),
    "timeline_hashtag": ("tag",),
    "timeline_home": (),
    "timeline_list": ("list",),
    "timeline_local": (),
    "timeline_public": (),
    "trending_links": (),
    "trending_statuses": (),
    "trending_tags": (),
    "trends": (),
    "unread_grouped_notifications_count": (),
}

# What is not answered, and why.
NOT_YET: dict[str, tuple[tuple[str | int, ...], str]] = {
    "collection": ((1,), "There is no such collection."),
    "annual_report": ((2026,), "Nobody has one before the year is over."),
    "instance_domain_blocks": ((), "Nobody has chosen to show them."),
    "instance_terms_of_service": ((), "Nobody has written any."),
    "notification_request": ((1,), "There is no such request."),
    "push_subscription": ((), "This app has none."),
    "search_v1": (("other_name",), "Removed from the API in 3.0."),
    "timeline_link": (("link",), "Only links that trend have a timeline."),
}


@pytest.fixture(scope="module")
def world(running: RunningServer, tmp_path_factory) -> dict[str, Any]:
    """Two members and one of everything."""
    reader, other = running.members("reader", "readable")
    api, theirs = signed_in(running, reader), signed_in(running, other)
    picture = a_picture(tmp_path_factory.mktemp("reads"), "a.png", size=(40, 30), color="gray")
    api.account_follow(other.id)
    status = theirs.status_post("Something to read #readable https://example.invalid/a")
    own = api.status_post("Something of my own")
    made = api.list_create("Readable")
    api.list_accounts_add(made, [other.id])
    theirs.status_favourite(own)
    theirs.status_post("@reader Between us", visibility="direct")
    (star,) = eventually(lambda: api.notifications(types=["favourite"]))
    return {
        "api": api,
        "me": reader.id,
        "other": other.id,
        "others": [other.id, reader.id],
        "other_name": other.username,
        "status": status.id,
        "own": own.id,
        "both": [status.id, own.id],
        "tag": "readable",
        "list": made.id,
        "media": api.media_post(picture, synchronous=True).id,
        "poll": theirs.status_post("?", poll=api.make_poll(["a", "b"], expires_in=600)).poll.id,
        "waiting": api.status_post("?", scheduled_at=datetime.now(UTC) + timedelta(hours=2)).id,
        "filter": api.create_filter_v2("f", ["home"], "warn", keywords_attributes=[]).id,
        "filter_v1": api.filter_create("word", ["home"]).id,
        "group": star.group_key,
        "link": "https://example.org/",
    }


def filled(world: dict[str, Any], asked: tuple[str | int, ...]) -> list[Any]:
    return [world[one] if isinstance(one, str) else one for one in asked]


@pytest.mark.parametrize("name", READS)
def test_mastodon_py_reads(world, name):
    api: Mastodon = world["api"]

    answer = getattr(api, name)(*filled(world, READS[name]))

    if isinstance(answer, PaginatableList) and answer:
        older = api.fetch_next(answer) or []
        assert [one for one in older if one in answer] == []
        assert api.fetch_previous(answer) in (None, [])


@pytest.mark.parametrize("name", NOT_YET)
def test_mastodon_py_is_told_plainly_that_there_is_no(world, name):
    asked, _why = NOT_YET[name]

    with pytest.raises(MastodonNotFoundError):
        getattr(world["api"], name)(*filled(world, asked))


def test_no_timeline_list_or_fact_about_the_server_is_forgotten():
    prefixes = (
        "instance",
        "timeline",
        "trending",
        "notifications",
        "lists",
        "filters",
        "directory",
    )
    changes = {
        "filters_apply", "notifications_clear", "notifications_dismiss", "timeline_is_available",
    }  # fmt: skip

    there = {name for name in dir(Mastodon) if name.startswith(prefixes)}

    assert there - changes - {*READS, *NOT_YET} == set()
