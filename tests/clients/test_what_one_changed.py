"""A web process remembers who is behind a token; what somebody changed holds at their next call."""

import secrets

import pytest
import requests

from tests.clients.running import eventually

pytestmark = pytest.mark.xdist_group("clients")


@pytest.fixture(scope="module")
def member(running):
    (made,) = running.members(f"minded{secrets.token_hex(4)}")
    return made


def ask(running, member, method, path, **named):
    headers = {"Authorization": f"Bearer {member.token}"}
    return requests.request(method, running.url + path, headers=headers, timeout=20, **named)


def test_a_filter_holds_in_the_next_call(running, member):
    word = secrets.token_hex(6)
    for _ in range(3):  # the token is well known by now
        assert ask(running, member, "GET", "/api/v1/timelines/home").status_code == 200
    (author,) = running.members(f"author{word}")
    ask(running, author, "POST", "/api/v1/statuses", json={"status": f"about {word}"})
    rule = {"title": word, "context": ["home", "account"], "filter_action": "warn"}
    made = ask(running, member, "POST", "/api/v2/filters", json=rule).json()
    keyword = {"keyword": word, "whole_word": False}
    ask(running, member, "POST", f"/api/v2/filters/{made['id']}/keywords", json=keyword)
    seen = ask(running, member, "GET", f"/api/v1/accounts/{author.id}/statuses").json()
    assert [f["filter"]["title"] for f in seen[0]["filtered"]] == [word]


def test_a_revoked_token_is_refused_in_the_next_call(running):
    app = {"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read"}
    made = requests.post(f"{running.url}/api/v1/apps", json=app, timeout=20).json()
    names = {name: made[name] for name in ("client_id", "client_secret")}
    wanted = names | {"grant_type": "client_credentials", "scope": "read"}
    token = requests.post(f"{running.url}/oauth/token", data=wanted, timeout=20).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    path = f"{running.url}/api/v1/apps/verify_credentials"
    for _ in range(3):
        assert requests.get(path, headers=headers, timeout=20).status_code == 200
    gone = names | {"token": token["access_token"]}
    assert requests.post(f"{running.url}/oauth/revoke", data=gone, timeout=20).status_code == 200
    assert requests.get(path, headers=headers, timeout=20).status_code == 401


def test_an_operator_s_command_is_heard_by_the_web_process(running):
    (locked,) = running.members(f"locked{secrets.token_hex(4)}")
    path = "/api/v1/accounts/verify_credentials"
    for _ in range(3):
        assert ask(running, locked, "GET", path).status_code == 200
    running.command("accounts", "reset-password", locked.username)
    assert eventually(lambda: ask(running, locked, "GET", path).status_code == 401)
