"""One whole server of ours cuts another off and takes it back: nothing is lost on either side."""

import pytest

from tests.federation.two_servers.servers import eventually

# All on one worker: the servers are started once.
pytestmark = pytest.mark.xdist_group("servers")


def test_a_suspended_server_is_silent_and_comes_back_with_every_follow(servers, near, far_away):
    here, there = servers[0], servers[1]
    dan, eve = near["dan"], far_away["eve"]
    dan.follows(eve)
    eve.follows(dan)
    before = eve.posts("Before")
    dan.sees(before)

    said = here.command("federation", "block", there.domain, "--reason", "A trial")

    assert "members would lose" in said
    told = dan.is_told("severed_relationships")
    assert (told["event"]["target_name"], told["event"]["following_count"]) == (there.domain, 1)
    me = dan.get("/api/v1/accounts/verify_credentials")
    assert (me["following_count"], me["followers_count"]) == (0, 0)
    eventually(lambda: before["uri"] not in [one["uri"] for one in dan.home()])
    # Nothing goes over in either direction once everybody's memory of the policy is renewed.
    eventually(
        lambda: dan.get("/api/v2/search", q=f"@{eve.handle}", resolve="true")["accounts"] == []
    )
    unheard = dan.posts("Not for them")
    again = here.command("federation", "unblock", there.domain, "--reason", "The trial is over")
    assert "nothing special" in again

    eventually(lambda: dan.relation_to(eve)["following"], 30)
    relation = dan.relation_to(eve)
    assert (relation["requested"], relation["followed_by"]) == (False, True)
    theirs = eve.relation_to(dan)
    assert (theirs["following"], theirs["followed_by"]) == (True, True)
    after = dan.posts("After")
    eve.sees(after)
    back = eve.posts("Back again")
    dan.sees(back)
    seen = [one["uri"] for one in eve.home()]
    assert unheard["uri"] not in seen
