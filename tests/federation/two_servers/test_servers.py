"""Everything that members do to one another, across whole servers of ours."""

import time

import pytest

from tests.federation.two_servers.servers import eventually

# All on one worker: the servers are started once.
pytestmark = pytest.mark.xdist_group("servers")


@pytest.fixture(scope="module")
def ann(near):
    return near["ann"]


@pytest.fixture(scope="module")
def bob(far_away, ann):
    """Somebody on the second server who follows Ann on the first."""
    bob = far_away["ben"]
    bob.follows(ann)
    return bob


def test_a_follow_is_accepted_and_told(ann, bob):
    assert bob.relation_to(ann)["requested"] is False
    assert ann.is_told("follow")["account"]["acct"] == bob.handle
    assert ann.relation_to(bob)["followed_by"] is True


def test_a_locked_member_decides(near, far_away):
    cat, dan = near["cat"], far_away["dan"]
    cat.call("PATCH", "/api/v1/accounts/update_credentials", {"locked": True})
    account = dan.looks_up(cat)
    dan.does(f"/api/v1/accounts/{account['id']}/follow")
    request = eventually(lambda: cat.get("/api/v1/follow_requests"))
    assert [one["acct"] for one in request] == [dan.handle]
    assert dan.relation_to(cat)["requested"] is True

    cat.does(f"/api/v1/follow_requests/{request[0]['id']}/authorize")

    eventually(lambda: dan.relation_to(cat)["following"])
    private = cat.posts("Only for those I let in", visibility="private")
    assert dan.sees(private)["visibility"] == "private"


def test_a_rejected_follow_is_over(near, far_away):
    cat, eve = near["cat"], far_away["eve"]
    cat.call("PATCH", "/api/v1/accounts/update_credentials", {"locked": True})
    account = eve.looks_up(cat)
    eve.does(f"/api/v1/accounts/{account['id']}/follow")
    request = eventually(
        lambda: [one for one in cat.get("/api/v1/follow_requests") if one["acct"] == eve.handle]
    )

    cat.does(f"/api/v1/follow_requests/{request[0]['id']}/reject")

    eventually(lambda: not eve.relation_to(cat)["requested"])
    assert eve.relation_to(cat)["following"] is False


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private"])
def test_a_post_comes_to_followers_elsewhere(ann, bob, visibility):
    post = ann.posts(
        "Hello <over> there #greeting",
        visibility=visibility,
        spoiler_text="A warning",
        language="en",
    )

    seen = bob.sees(post)

    assert seen["visibility"] == visibility
    assert seen["account"]["acct"] == ann.handle
    assert "Hello &lt;over&gt; there" in seen["content"]
    assert seen["spoiler_text"] == "A warning"
    assert seen["sensitive"] is True
    assert seen["language"] == "en"
    assert [tag["name"] for tag in seen["tags"]] == ["greeting"]
    assert seen["url"] == post["url"]


def test_a_direct_post_comes_to_whom_it_names_and_to_nobody_else(ann, bob, far_away):
    dan = far_away["dan"]
    dan.follows(ann)
    direct = ann.posts(f"@{bob.handle} between us", visibility="direct")

    told = bob.is_told("mention", about=direct)

    assert told["status"]["visibility"] == "direct"
    assert [one["acct"] for one in told["status"]["mentions"]] == [bob.name]
    public = ann.posts("for all")
    dan.sees(public)
    assert direct["uri"] not in [one["uri"] for one in dan.home()]
    assert dan.looks_up_status(direct) is None


def test_followers_only_posts_are_not_shown_to_others(ann, bob, far_away, strict):
    private = ann.posts("for followers", visibility="private")
    bob.sees(private)

    assert far_away["fay"].looks_up_status(private) is None
    assert strict["fay"].looks_up_status(private) is None


def test_replies_stars_and_boosts_come_back(ann, bob):
    post = ann.posts("Say something")
    there = bob.sees(post)

    reply = bob.posts(f"@{ann.handle} Something", in_reply_to_id=there["id"])
    bob.does(f"/api/v1/statuses/{there['id']}/favourite")
    bob.does(f"/api/v1/statuses/{there['id']}/reblog")

    assert ann.is_told("mention", about=reply)["status"]["in_reply_to_id"] == post["id"]
    assert ann.is_told("favourite", about=post)["account"]["acct"] == bob.handle
    assert ann.is_told("reblog", about=post)["account"]["acct"] == bob.handle
    after = ann.get(f"/api/v1/statuses/{post['id']}/context")
    assert [one["uri"] for one in after["descendants"]] == [reply["uri"]]

    def counts():
        mine = ann.get(f"/api/v1/statuses/{post['id']}")
        return mine["favourites_count"], mine["reblogs_count"], mine["replies_count"]

    eventually(lambda: counts() == (1, 1, 1))
    bob.does(f"/api/v1/statuses/{there['id']}/unfavourite")
    bob.does(f"/api/v1/statuses/{there['id']}/unreblog")
    eventually(lambda: counts() == (0, 0, 1))


def test_an_edit_and_a_deletion_arrive(ann, bob):
    post = ann.posts("Befor")
    there = bob.sees(post)

    ann.call("PUT", f"/api/v1/statuses/{post['id']}", {"status": "Before"})

    edited = eventually(
        lambda: (
            (now := bob.get(f"/api/v1/statuses/{there['id']}"))
            and "Before" in now["content"]
            and now
        )
    )
    assert edited["edited_at"] is not None
    ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    eventually(lambda: bob.get(f"/api/v1/statuses/{there['id']}") == 404)
    assert bob.looks_up_status(post) is None


def test_a_boost_of_a_third_server_comes_to_followers(ann, bob, strict):
    original = strict["ann"].posts("From a server that asks who reads")
    here = ann.looks_up_status(original)
    assert here["content"] == original["content"]

    boosted = ann.does(f"/api/v1/statuses/{here['id']}/reblog")

    seen = bob.sees(boosted)
    assert seen["reblog"]["uri"] == original["uri"]
    assert seen["reblog"]["account"]["acct"] == strict["ann"].handle
    assert strict["ann"].is_told("reblog", about=original)["account"]["acct"] == ann.handle
    ann.does(f"/api/v1/statuses/{here['id']}/unreblog")
    eventually(lambda: boosted["uri"] not in [one["uri"] for one in bob.home()])


def test_a_server_that_answers_only_signed_requests_takes_part(ann, strict):
    cat = strict["cat"]
    ann.follows(cat)
    cat.follows(ann)

    post = cat.posts(f"@{ann.handle} are you there?", visibility="private")
    told = ann.is_told("mention", about=post)
    answer = ann.posts(f"@{cat.handle} yes", in_reply_to_id=told["status"]["id"])

    assert cat.is_told("mention", about=answer)["status"]["in_reply_to_id"] == post["id"]


def test_votes_are_counted_across_servers(ann, bob):
    post = ann.posts("Tea?", poll={"options": ["Yes", "No"], "expires_in": 3600, "multiple": False})
    there = bob.sees(post)
    assert [one["title"] for one in there["poll"]["options"]] == ["Yes", "No"]

    bob.does(f"/api/v1/polls/{there['poll']['id']}/votes", choices=[0])

    def tally():
        poll = ann.get(f"/api/v1/statuses/{post['id']}")["poll"]
        return [one["votes_count"] for one in poll["options"]], poll["voters_count"]

    eventually(lambda: tally() == ([1, 0], 1))


def test_a_changed_profile_arrives(ann, bob):
    ann.call(
        "PATCH",
        "/api/v1/accounts/update_credentials",
        {"display_name": "Ann the First", "note": "New words"},
    )

    there = eventually(
        lambda: (now := bob.looks_up(ann))["display_name"] == "Ann the First" and now
    )

    assert there["note"] == "<p>New words</p>"


def test_a_block_ends_the_follow_on_both_servers(near, far_away):
    fay, dan = near["fay"], far_away["dan"]
    dan.follows(fay)
    eventually(lambda: fay.relation_to(dan)["followed_by"])

    fay.does(f"/api/v1/accounts/{fay.looks_up(dan)['id']}/block")

    eventually(lambda: not dan.relation_to(fay)["following"])
    assert dan.relation_to(fay)["blocked_by"] is True
    fay.does(f"/api/v1/accounts/{fay.looks_up(dan)['id']}/unblock")
    eventually(lambda: not dan.relation_to(fay)["blocked_by"])


def test_an_unfollow_arrives(near, far_away):
    dan, eve = near["dan"], far_away["eve"]
    account = eve.follows(dan)
    eventually(lambda: dan.relation_to(eve)["followed_by"])

    eve.does(f"/api/v1/accounts/{account['id']}/unfollow")

    eventually(lambda: not dan.relation_to(eve)["followed_by"])


def test_what_was_posted_while_a_server_was_down_arrives_after_it_returns(servers, ann, bob):
    servers[1].stop()
    gone = [ann.posts("One of two"), ann.posts("Two of two")]
    edited = gone[0]
    time.sleep(0.5)  # so that a first attempt has failed
    ann.call("PUT", f"/api/v1/statuses/{edited['id']}", {"status": "One of two, edited"})
    servers[1].start()
    servers[1].wait_until_ready()
    # Whoever sends something is there again, and needs not wait for the next attempt.
    bob.posts(f"@{ann.handle} I am back")

    bob.sees(gone[1])
    first = eventually(
        lambda: (now := bob.sees(edited)) and "edited" in now["content"] and now, seconds=30
    )

    assert [one["uri"] for one in bob.home()].count(first["uri"]) == 1
