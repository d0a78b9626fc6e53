"""The `toot` command, unmodified, as somebody uses it in a terminal."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from toot.cli import cli

from tests.clients.pictures import a_picture
from tests.clients.running import Member, RunningServer, eventually
from tests.clients.sign_in import code_for

# One server for all of them, and the order of the file.
pytestmark = pytest.mark.xdist_group("clients")

TOOT = Path(sys.executable).with_name("toot")


class Terminal:
    """A terminal with a home of its own, in which somebody types `toot`."""

    def __init__(self, home: Path) -> None:
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        self.environment = {name: str(home) for name in names}

    def run(self, *words: str) -> str:
        """What the command printed: the program itself, which takes a second to start."""
        done = subprocess.run(
            [TOOT, "--no-color", *words], env=os.environ | self.environment, timeout=60,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"toot {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def toot(self, *words: str) -> str:
        """The same without starting a program each time."""
        done = CliRunner().invoke(cli, ["--no-color", *words], env=self.environment)
        assert done.exit_code == 0, f"toot {' '.join(words)}: {done.output} {done.exception!r}"
        return done.stdout

    def json(self, *words: str) -> Any:
        """What the command printed with --json."""
        return json.loads(self.toot(*words, "--json"))

    def sign_in(self, running: RunningServer, member: Member) -> str:
        """`toot login`: open the link it shows, and type the code."""
        login = subprocess.Popen(
            [TOOT, "--no-color", "login", "--instance", running.url], env=os.environ | self.environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert login.stdin is not None
        assert login.stdout is not None
        said = ""
        while not (link := re.search(r"https?://\S+/oauth/authorize\S+", said)):
            line = login.stdout.readline()
            said += line
            assert line, said
        rest, _ = login.communicate(f"n\n{code_for(link[0], member)}\n", timeout=60)
        assert login.returncode == 0, said + rest
        return said + rest


@pytest.fixture(scope="module")
def members(running) -> dict[str, Member]:
    return {member.username: member for member in running.members("tove", "ulf")}


@pytest.fixture(scope="module")
def tove(running, members, tmp_path_factory) -> Terminal:
    """Tove's terminal, signed in."""
    terminal = Terminal(tmp_path_factory.mktemp("tove"))
    assert "Successfully logged in" in terminal.sign_in(running, members["tove"])
    return terminal


def as_ulf(running, members, method: str, path: str, **body: Any) -> Any:
    """What Ulf does meanwhile, from anywhere."""
    headers = {"Authorization": f"Bearer {members['ulf'].token}"}
    answer = requests.request(method, running.url + path, headers=headers, json=body, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_somebody_is_signed_in(running, tove, members):
    assert f"tove@{running.domain} ACTIVE" in tove.run("auth")
    me = tove.json("whoami")
    assert (me["id"], me["acct"]) == (members["tove"].id, "tove")
    assert "@tove" in tove.run("whoami")


def test_a_password_is_for_the_sign_in_page_only(running, members, tmp_path):
    ulf = members["ulf"]
    words = ("login_cli", "-i", running.url, "-e", ulf.email, "-p", ulf.password)
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}

    done = CliRunner().invoke(cli, words, env=environment)

    assert (done.exit_code, done.output) == (1, "Error: Login failed\n")


def test_the_profile_is_changed(tove, tmp_path):
    avatar = a_picture(tmp_path, "face.png", size=(200, 200), color="purple")

    tove.toot(
        "update_account", "--display-name", "Tove", "--note", "In a terminal", "--avatar",
        str(avatar), "--privacy", "unlisted", "--language", "sv",
    )  # fmt: skip

    me = tove.json("whoami")
    assert (me["display_name"], me["source"]["note"]) == ("Tove", "In a terminal")
    assert (me["source"]["privacy"], me["source"]["language"]) == ("unlisted", "sv")
    assert requests.get(me["avatar"], timeout=10).headers["content-type"].startswith("image/")


def test_a_post_with_picture_words_and_warning_is_answered_boosted_starred_and_deleted(
    running, tove, members, tmp_path
):
    picture = a_picture(tmp_path, "fjord.jpg", size=(640, 480), color="navy")

    posted = tove.json(
        "post", "By the #fjord", "--media", str(picture), "--description", "Water and hills",
        "--spoiler-text", "A view", "--sensitive", "--visibility", "public", "--language", "en",
    )  # fmt: skip

    assert (posted["spoiler_text"], posted["sensitive"]) == ("A view", True)
    assert [m["description"] for m in posted["media_attachments"]] == ["Water and hills"]
    assert "By the #fjord" in tove.toot("status", posted["id"])
    reply = tove.json("post", "And the wind", "--reply-to", posted["id"], "--visibility", "public")
    assert reply["in_reply_to_id"] == posted["id"]
    assert "And the wind" in tove.toot("thread", posted["id"])

    theirs = as_ulf(running, members, "POST", "/api/v1/statuses", status="Ulf was here")
    assert "reblogged" in tove.toot("reblog", theirs["id"])
    assert "favourited" in tove.toot("favourite", theirs["id"])
    assert "bookmarked" in tove.toot("bookmark", theirs["id"])
    seen = tove.json("status", theirs["id"])
    assert (seen["reblogged"], seen["favourited"], seen["bookmarked"]) == (True, True, True)
    assert [a["acct"] for a in tove.json("reblogged_by", theirs["id"])] == ["tove"]
    assert "Ulf was here" in tove.toot("bookmarks", "--once")
    for word in ("unreblog", "unfavourite", "unbookmark"):
        tove.toot(word, theirs["id"])
    seen = tove.json("status", theirs["id"])
    assert (seen["reblogged"], seen["favourited"], seen["bookmarked"]) == (False, False, False)

    assert "pinned" in tove.toot("pin", posted["id"])
    assert "unpinned" in tove.toot("unpin", posted["id"])
    assert "deleted" in tove.toot("delete", posted["id"])
    gone = requests.get(f"{running.url}/api/v1/statuses/{posted['id']}", timeout=10)
    assert gone.status_code == 404


def test_people_are_followed_and_read(running, tove, members):
    assert "following ulf" in tove.toot("follow", "ulf")
    as_ulf(running, members, "POST", "/api/v1/statuses", status="News for #tovesfriends")

    eventually(lambda: "News for" in tove.toot("timelines", "home", "--no-pager"))
    assert "News for" in tove.toot("timeline", "--once")
    assert "News for" in tove.toot("timeline", "--public", "--local", "--once")
    assert "News for" in tove.toot("timeline", "--tag", "tovesfriends", "--once")
    assert "News for" in tove.toot("timeline", "--account", "ulf", "--once")
    assert [a["acct"] for a in tove.json("following", "tove")] == ["ulf"]
    assert [a["acct"] for a in tove.json("followers", "ulf")] == ["tove"]
    assert "@ulf" in tove.toot("whois", "ulf")
    assert [a["acct"] for a in tove.json("search", "ulf")["accounts"]] == ["ulf"]
    tove.toot("mute", "ulf")
    assert [a["acct"] for a in tove.json("muted")] == ["ulf"]
    tove.toot("unmute", "ulf")
    tove.toot("block", "ulf")
    assert [a["acct"] for a in tove.json("blocked")] == ["ulf"]
    tove.toot("unblock", "ulf")
    assert tove.json("following", "tove") == []


def test_notifications_are_shown_and_cleared(running, tove, members):
    post = tove.json("post", "Star me", "--visibility", "public")
    as_ulf(running, members, "POST", f"/api/v1/statuses/{post['id']}/favourite")

    told = eventually(lambda: tove.json("notifications", "--type", "favourite"))

    assert [(n["type"], n["account"]["acct"]) for n in told] == [("favourite", "ulf")]
    assert "favourited your status" in tove.toot("notifications")
    tove.toot("notifications", "--clear")
    assert "You have no notifications" in tove.toot("notifications")


def test_a_poll_is_asked_and_voted_in(running, tove, members):
    asked = tove.json("post", "Tea?", "--poll-option", "Yes", "--poll-option", "No")
    assert [option["title"] for option in asked["poll"]["options"]] == ["Yes", "No"]
    theirs = as_ulf(
        running, members, "POST", "/api/v1/statuses", status="Snow?",
        poll={"options": ["Much", "Little"], "expires_in": 3600},
    )  # fmt: skip

    voted = tove.json("polls", "vote", theirs["poll"]["id"], "0")

    assert [option["votes_count"] for option in voted["options"]] == [1, 0]
    assert "Much" in tove.toot("polls", "show", theirs["poll"]["id"])


def test_lists_and_tags_are_kept(tove):
    tove.toot("follow", "ulf")
    tove.toot("lists", "create", "North")
    tove.toot("lists", "add", "North", "ulf")
    assert [one["title"] for one in tove.json("lists", "list")] == ["North"]
    assert [a["acct"] for a in tove.json("lists", "accounts", "North")] == ["ulf"]
    tove.toot("lists", "remove", "North", "ulf")
    tove.toot("lists", "delete", "North")
    assert tove.json("lists", "list") == []
    tove.toot("tags", "follow", "snow")
    assert [tag["name"] for tag in tove.json("tags", "followed")] == ["snow"]
    tove.toot("tags", "unfollow", "snow")
    tove.toot("tags", "feature", "snow")
    assert [tag["name"] for tag in tove.json("tags", "featured")] == ["snow"]
    tove.toot("tags", "unfeature", "snow")


def test_the_server_introduces_itself(running, tove):
    assert running.domain in tove.toot("instance")
    assert tove.json("instance", running.url)["uri"] == running.domain
