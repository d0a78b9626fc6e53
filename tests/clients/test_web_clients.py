"""What the web apps Elk and Phanpy ask for, as it was seen on the wire.

`web_requests.tsv` holds each request once; names in braces are things that are made for it. Every
request must be answered well, readable by a page of any other site, and allowed by the preflight
that a browser sends first. What is not there yet says why, and fails here once it is.
"""

import base64
import csv
import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.clients.pictures import a_picture
from tests.clients.running import Member, RunningServer, eventually
from tests.clients.sign_in import send

# One server for all of them, and the order of the file.
pytestmark = pytest.mark.xdist_group("clients")

ORIGIN = "https://elk.example"
ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("web_requests.tsv").open(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)
ASKS_FOR = "authorization,content-type,idempotency-key"
REVEALED = {"link", "x-ratelimit-reset", "x-ratelimit-limit", "x-ratelimit-remaining"}


class World:
    """Makes what a request names, freshly each time."""

    def __init__(self, running: RunningServer, folder: Path) -> None:
        self.running = running
        self.folder = folder
        names = (
            "webby",
            "other",
            "followed",
            "follower",
            "stranger1",
            "stranger2",
            "asker1",
            "asker2",
        )
        self.people = {member.username: member for member in running.members(*names)}
        self.strangers = ["stranger1", "stranger2"]
        self.askers = ["asker1", "asker2"]
        self.ask("webby", "POST", f"/api/v1/accounts/{self.people['followed'].id}/follow")
        self.ask("follower", "POST", f"/api/v1/accounts/{self.people['webby'].id}/follow")
        self.theirs()

    def ask(self, who: str, method: str, path: str, **body: Any) -> Any:
        """Ask, and have what was asked for."""
        headers = {"Authorization": f"Bearer {self.people[who].token}"}
        url = self.running.url + path
        answer = requests.request(method, url, headers=headers, json=body, timeout=20)
        assert answer.status_code == 200, (
            f"{method} {path}: {answer.status_code} {answer.text}\n{self.ties(who)}"
        )
        return answer.json()

    def fill(self, text: str) -> str:
        """Replace `{name}` by what `name` makes, or by the id of the member of this name."""

        def made(match: re.Match[str]) -> str:
            name = match[1]
            return self.people[name].id if name in self.people else str(getattr(self, name)())

        return re.sub(r"\{([a-z0-9_]+)\}", made, text)

    def ties(self, who: str) -> str:
        """What stands between somebody and all others, for whoever reads a failure."""
        ids = "&".join(f"id[]={person.id}" for person in self.people.values())
        path = f"{self.running.url}/api/v1/accounts/relationships?{ids}"
        headers = {"Authorization": f"Bearer {self.people[who].token}"}
        return requests.get(path, headers=headers, timeout=20).text

    def post(self, who: str, **more: Any) -> Any:
        text = f"Bread {secrets.token_hex(4)} #bread"
        return self.ask(who, "POST", "/api/v1/statuses", status=text, **more)

    def subscribed(self) -> str:
        """Subscribe anew: the worker ends a subscription whose push service is not there."""
        keys = {"p256dh": self.p256dh(), "auth": self.auth()}
        subscription = {"endpoint": "https://push.example/x", "keys": keys}
        self.ask("webby", "POST", "/api/v1/push/subscription", subscription=subscription)
        return ""

    def own(self) -> str:
        return self.post("webby")["id"]

    throwaway = own

    def theirs(self) -> str:
        return self.post("other")["id"]

    def poll(self) -> str:
        return self.post("other", poll={"options": ["a", "b"], "expires_in": 600})["poll"]["id"]

    def quoted(self) -> str:
        quoted = self.post("webby", quote_approval_policy="public")["id"]
        self._quoting = self.post("other", quoted_status_id=quoted)["id"]
        return quoted

    def quoting(self) -> str:
        return self._quoting

    def list(self) -> str:
        return self.ask("webby", "POST", "/api/v1/lists", title="Some")["id"]

    def full_list(self) -> str:
        made = self.list()
        ids = [self.people["followed"].id]
        self.ask("webby", "POST", f"/api/v1/lists/{made}/accounts", account_ids=ids)
        return made

    def filter(self) -> str:
        made = self.ask("webby", "POST", "/api/v2/filters", title="f", context=["home"])
        return made["id"]

    def featured(self) -> str:
        name = f"tag{secrets.token_hex(4)}"
        return self.ask("webby", "POST", "/api/v1/featured_tags", name=name)["id"]

    def tomorrow(self) -> str:
        return (datetime.now(UTC) + timedelta(days=1)).isoformat()

    def waiting(self) -> str:
        return self.post("webby", scheduled_at=self.tomorrow())["id"]

    def media(self) -> str:
        with self.picture().open("rb") as file:
            answer = requests.post(
                f"{self.running.url}/api/v2/media", files={"file": file}, timeout=20,
                headers={"Authorization": f"Bearer {self.people['webby'].token}"},
            )  # fmt: skip
        assert answer.status_code in {200, 202}, answer.text
        return answer.json()["id"]

    def picture(self) -> Path:
        return a_picture(self.folder, "web.png", size=(80, 60), color="gold")

    def notification(self) -> str:
        return self.star()["id"]

    def group(self) -> str:
        return self.star()["group_key"]

    def star(self) -> Any:
        """A notification of a star for a post of its own."""
        own = self.own()
        self.ask("other", "POST", f"/api/v1/statuses/{own}/favourite")
        path = "/api/v1/notifications?types[]=favourite"
        (found,) = eventually(
            lambda: [n for n in self.ask("webby", "GET", path) if n["status"]["id"] == own]
        )
        return found

    def request(self) -> str:
        stranger = self.strangers.pop()
        policy = "/api/v2/notifications/policy"
        self.ask("webby", "PATCH", policy, for_not_following="filter")
        text = f"@webby {secrets.token_hex(4)}"
        self.ask(stranger, "POST", "/api/v1/statuses", status=text)
        found = eventually(
            lambda: [
                request
                for request in self.ask("webby", "GET", "/api/v1/notifications/requests")
                if request["account"]["acct"] == stranger
            ]
        )
        self.ask("webby", "PATCH", policy, for_not_following="accept")
        return found[0]["id"]

    def asking(self) -> str:
        asker = self.askers.pop()
        self.ask("webby", "PATCH", "/api/v1/accounts/update_credentials", locked=True)
        self.ask(asker, "POST", f"/api/v1/accounts/{self.people['webby'].id}/follow")
        return self.people[asker].id

    def p256dh(self) -> str:
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        return url_safe(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def auth(self) -> str:
        return url_safe(secrets.token_bytes(16))


def url_safe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def world(running, tmp_path_factory) -> Iterator[World]:
    return World(running, tmp_path_factory.mktemp("web"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']} {row['path'][:70]}")
def test_a_web_app_has_an_answer_to(world, row):
    body = world.fill(row["body"]) if row["body"] not in {"", "{file}"} else None
    url = world.running.url + world.fill(row["path"])
    headers = {"Origin": ORIGIN, "Authorization": f"Bearer {world.people['webby'].token}"}
    if body:
        headers["Content-Type"] = "application/json"
    files = {"file": world.picture().open("rb")} if row["body"] == "{file}" else None

    answer = requests.request(
        row["method"], url, data=body, headers=headers, files=files, timeout=20
    )

    said = f"{answer.status_code} {answer.text[:300]}"
    if row["not_yet"]:
        assert answer.status_code == 404, f"It is there: {said}"
        assert list(answer.json()) == ["error"]
    else:
        assert answer.status_code in {200, 202}, said
    assert answer.headers["access-control-allow-origin"] == "*"
    assert f"https://{world.running.domain}" not in answer.text  # over plain http, all is http
    if "/api/" in url:
        assert answer.headers["content-type"].startswith("application/json")
        revealed = answer.headers["access-control-expose-headers"].lower().split(", ")
        assert set(revealed) >= REVEALED


def test_every_preflight_is_granted(world):
    wrong = {}
    for method, path in {(row["method"], row["path"].partition("?")[0]) for row in ROWS}:
        if "/.well-known/" in path or "/nodeinfo/" in path:
            continue  # asked for without any header, so no browser sends a preflight
        answer = requests.options(
            world.running.url + re.sub(r"\{\w+\}", "1", path.replace("{subscribed}", "")),
            timeout=20,
            headers={
                "Origin": ORIGIN, "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": ASKS_FOR,
            },
        )  # fmt: skip
        given = {name.lower(): value.lower() for name, value in answer.headers.items()}
        methods = given.get("access-control-allow-methods", "").split(", ")
        headers = given.get("access-control-allow-headers", "").split(", ")
        if not (
            answer.status_code in {200, 204}
            and given.get("access-control-allow-origin") == "*"
            and method.lower() in methods
            and set(headers) >= set(ASKS_FOR.split(","))
            and int(given.get("access-control-max-age", "0")) > 0
        ):
            wrong[f"{method} {path}"] = (answer.status_code, methods)

    missing = {row["path"].partition("?")[0] for row in ROWS if row["not_yet"]}
    assert {name: what for name, what in wrong.items() if name.split()[1] not in missing} == {}


@pytest.mark.parametrize(
    "path", ["/oauth/token", "/oauth/revoke", "/nodeinfo/2.0", "/.well-known/webfinger"]
)
def test_a_preflight_elsewhere_is_granted_too(running, path):
    answer = requests.options(
        running.url + path, timeout=20,
        headers={
            "Origin": ORIGIN, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )  # fmt: skip

    assert answer.status_code in {200, 204}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()


def consent(running, member: Member, **asked: str) -> dict[str, str]:
    """Let a web app in with a browser; what its address is given."""
    with requests.Session() as browser:
        answer = browser.get(f"{running.url}/oauth/authorize?{urlencode(asked)}")
        answer = send(browser, answer, {"username": member.username, "password": member.password})
        # A browser would go on to the app's own address; we only look where it is sent.
        browser.max_redirects = 0
        with pytest.raises(requests.TooManyRedirects) as stopped:
            send(browser, answer, {"decision": "allow"})
    assert stopped.value.response is not None
    where = stopped.value.response.headers["location"]
    assert where.startswith(asked["redirect_uri"])
    return {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}


def test_phanpy_signs_in_with_a_form_and_a_proof_of_its_own(running, world):
    back, verifier = "https://localhost:22080", secrets.token_urlsafe(48)
    site = requests.get(
        f"{running.url}/.well-known/oauth-authorization-server",
        headers={"Origin": ORIGIN},
        timeout=10,
    ).json()
    app = requests.post(
        f"{running.url}/api/v1/apps", timeout=10, headers={"Origin": ORIGIN},
        data={"client_name": "Phanpy", "redirect_uris": back, "website": back,
              "scopes": "read write follow push"},
    ).json()  # fmt: skip
    challenge = url_safe(hashlib.sha256(verifier.encode()).digest())

    given = consent(
        running, world.people["webby"], client_id=app["client_id"], redirect_uri=back,
        response_type="code", scope="read write follow push", code_challenge=challenge,
        code_challenge_method="S256",
    )  # fmt: skip
    token = requests.post(
        site["token_endpoint"], timeout=10, headers={"Origin": ORIGIN},
        data={"client_id": app["client_id"], "client_secret": app["client_secret"],
              "redirect_uri": back, "grant_type": "authorization_code", "code": given["code"],
              "code_verifier": verifier},
    )  # fmt: skip

    assert site["code_challenge_methods_supported"] == ["S256"]
    assert token.status_code == 200, token.text
    assert token.headers["access-control-allow-origin"] == "*"
    assert token.json()["scope"] == "read write follow push"
    assert token.json()["token_type"] == "Bearer"


def test_elk_signs_in_through_its_own_server_with_json(running, world):
    back = "https://localhost:22091/api/localhost/oauth/http%3A%2F%2Felk"
    app = requests.post(
        f"{running.url}/api/v1/apps", timeout=10,
        json={"client_name": "Elk", "redirect_uris": back, "website": "https://elk.example",
              "scopes": "read write follow push"},
    ).json()  # fmt: skip

    given = consent(
        running, world.people["webby"], client_id=app["client_id"], redirect_uri=back,
        response_type="code", scope="read write follow push", force_login="false", lang="en",
    )  # fmt: skip
    token = requests.post(
        f"{running.url}/oauth/token", timeout=10,
        json={"client_id": app["client_id"], "client_secret": app["client_secret"],
              "redirect_uri": back, "grant_type": "authorization_code", "code": given["code"],
              "scope": "read write follow push"},
    )  # fmt: skip

    assert token.status_code == 200, token.text
    me = requests.get(
        f"{running.url}/api/v1/accounts/verify_credentials", timeout=10,
        headers={"Authorization": f"Bearer {token.json()['access_token']}"},
    ).json()  # fmt: skip
    assert me["acct"] == "webby"


@pytest.mark.parametrize("way", ["protocol", "query", "header"])
def test_one_socket_carries_many_streams(running, world, way):
    token = world.people["webby"].token
    site = requests.get(f"{running.url}/api/v2/instance", timeout=10).json()
    address = site["configuration"]["urls"]["streaming"] + "/api/v1/streaming"
    options: dict[str, Any] = {
        "protocol": {"subprotocols": [Subprotocol(token)]},
        "query": {},
        "header": {"additional_headers": {"Authorization": f"Bearer {token}"}},
    }[way]

    with connect(
        address + ("?access_token=" + token if way == "query" else ""), **options
    ) as socket:
        for stream in ("user", "public:local"):
            socket.send(json.dumps({"type": "subscribe", "stream": stream}))
        posted = ""
        heard: list[dict[str, Any]] = []

        def both_told() -> bool:
            nonlocal posted
            # Subscribing is not acknowledged, so the first post may be too early.
            posted = world.own()
            try:
                while len({tuple(e["stream"]) for e in heard}) < 2:
                    heard.append(json.loads(socket.recv(timeout=1)))
            except TimeoutError:
                return False
            return True

        eventually(both_told)

    assert {tuple(event["stream"]) for event in heard} == {("user",), ("public:local",)}
    assert {event["event"] for event in heard} == {"update"}
    assert posted in {json.loads(event["payload"])["id"] for event in heard}
