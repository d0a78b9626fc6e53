"""The world of the cases: other servers on this machine, two members here, and what apps show.

Each case has addresses of its own (127.a.b.c), so that nothing of another is known there.
"""

import itertools
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from aiohttp import web

from tests.federation.far import KEYS
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.access.accounts import account_for
from watertower.accounts.actions.follow import follow
from watertower.federation.intake import Intake
from watertower.federation.policies import forget_policies
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.own import known_status
from watertower.federation.signatures.sign import SigningKey, sign_request
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.model import Visibility

HOSTS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.example")
OURS = re.compile(r"https://here\.example/[a-z/]*[a-z]")
# What a status is without having been told otherwise.
USUAL = {
    "content": "", "visibility": "public", "warning": "", "sensitive": False, "language": None,
    "media": [], "poll": None, "mentions": [], "tags": [], "emojis": [], "reply_to": None,
    "quote": None, "is_edited": False,
}  # fmt: skip
_numbers = itertools.count(1)
_SHORT_LINK = re.compile(r'<a href="([^"]*)"[^>]*><span class="invisible">.*?</a>')
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>')


class Elsewhere:
    """All the other servers: one socket, any number of hosts."""

    def __init__(self):
        self.documents = {}
        self.handles = {}
        self.port = 0

    async def start(self):
        """Listen on every address of this machine's own."""
        app = web.Application(client_max_size=2_000_000)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", 0).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self):
        """Stop listening."""
        await self._runner.cleanup()

    def add(self, document):
        """Serve it where its id says, and its key where the key's id says."""
        self.documents[document["id"]] = document
        if "preferredUsername" in document:
            host = urlsplit(document["id"]).netloc
            self.handles[f"{document['preferredUsername']}@{host}"] = document["id"]
            self.documents.setdefault(document["publicKey"]["id"], document)

    async def _handle(self, request):
        url = f"http://{request.host}{request.path_qs}"
        if request.path == "/.well-known/webfinger":
            handle = request.query.get("resource", "").removeprefix("acct:")
            if handle not in self.handles:
                return web.Response(status=404)
            return web.json_response(
                {
                    "subject": f"acct:{handle}",
                    "links": [
                        {
                            "rel": "self",
                            "type": "application/activity+json",
                            "href": self.handles[handle],
                        }
                    ],
                },
                content_type="application/jrd+json",
            )
        found = self.documents.get(url)
        if found is None:
            return web.Response(status=404)
        return web.Response(
            body=json.dumps(found).encode(), content_type="application/activity+json"
        )


class Scene:
    """The world of one case."""

    def __init__(self, ctx, client, elsewhere, program, case):
        self.ctx, self.client, self.elsewhere = ctx, client, elsewhere
        self.program, self.case = program, case
        self.names = {}  # as in the case -> as in this run
        self.actors = {}

    async def prepare(self):
        """Have the servers, the members and what they posted; send what came before."""
        forget_policies()
        told = json.dumps(
            [self.program.actors, self.case.activity, self.case.before, self.case.serves]
        ) + json.dumps(self.case.becomes, default=str)
        hosts = sorted(set(HOSTS.findall(told)) - {"here.example", "tags.example"})
        for host in hosts:
            number = next(_numbers)
            address = f"127.{1 + number // 60_000}.{number // 250 % 250}.{number % 250 + 2}"
            self.names[f"https://{host}"] = f"http://{address}:{self.elsewhere.port}"
            self.names[host] = f"{address}:{self.elsewhere.port}"
        self._serve(self.program.actors)
        self.mia = await an_account(self.ctx)
        self.names["https://here.example/mia"] = self.mia.uri
        self.app = self.client.signed_in(await a_token(self.ctx, self.mia))
        self.sender_uri = self.real(self.case.activity["actor"])
        self.sender_uri = (
            self.sender_uri["id"] if isinstance(self.sender_uri, dict) else self.sender_uri
        )
        for uri in {self.real(one["id"]) for one in self.program.actors} & {
            self.sender_uri,
            *(self.real(one["actor"]) for one in self.case.before),
        }:
            found = await actor_by_uri(self.ctx, uri)
            if self.case.is_followed and "mia/follow" not in told:
                await a_follow(self.ctx, self.mia, await account_for(self.ctx, account_id=found.id))
        for name in sorted(set(OURS.findall(told))):
            await self._have(name)
        self._serve(self.case.serves)
        for one in self.case.before:
            answer = await self.send(self.real(one))
            assert answer.status == 202, (answer.status, answer.text)
            await Intake(self.ctx).drain()

    def _serve(self, documents):
        for told in documents:
            document = self.real(told)
            if "publicKey" in document:
                self.actors[document["id"]] = document
            self.elsewhere.add(document)

    async def _have(self, name):
        ctx, mia = self.ctx, self.mia
        match name.removeprefix("https://here.example/"):
            case "leo":
                self.leo = await an_account(ctx, is_locked=True)
                self.names[name] = self.leo.uri
            case "mia/post":
                self.names[name] = (await a_status(ctx, by=mia)).uri
            case "mia/private":
                private = await a_status(ctx, by=mia, visibility=Visibility.PRIVATE)
                self.names[name] = private.uri
            case "mia/poll" | "mia/choices":
                poll = DraftPoll(("Tea", "Coffee"), 3600, is_multiple="choices" in name)
                made = await publish(ctx, author_id=mia.id, draft=Draft(text="?", poll=poll))
                async with ctx.reading() as tx:
                    self._poll_uri = self.names[name] = await tx.fetch_value(
                        "SELECT uri FROM statuses WHERE id = $1", made.status_id
                    )
            case "mia/follow":
                target = await actor_by_uri(ctx, self.sender_uri)
                await follow(ctx, actor_id=mia.id, target_id=target.id)
                async with ctx.reading() as tx:
                    self.names[name] = await tx.fetch_value(
                        "SELECT uri FROM follow_requests WHERE account_id = $1", mia.id
                    )

    def real(self, value):
        """The value with the addresses of this run."""
        text = json.dumps(value).replace('"PEM"', json.dumps(KEYS[0][1]))
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, self.names[name])
        return json.loads(text)

    def told(self, value):
        """The value with the names of the case."""
        text = json.dumps(value)
        for name, real in sorted(self.names.items(), key=lambda pair: len(pair[1]), reverse=True):
            text = text.replace(real, name)
        return json.loads(text)

    async def send(self, document, *, signer=None):
        """Post to our inbox, signed by its actor."""
        signer = self.actors[signer or self.sender_of(document)]
        body = json.dumps(document).encode()
        headers = {"Content-Type": "application/activity+json"}
        signed = sign_request(
            SigningKey(signer["publicKey"]["id"], KEYS[0][0]),
            method="POST",
            url=self.ctx.settings.base_url + "/inbox",
            body=body,
            now=datetime.now(UTC),
            scheme="cavage",
            headers=headers,
        )
        return await self.client.post("/inbox", data=body, headers=headers | signed)

    def sender_of(self, document):
        """Whose activity it is."""
        who = document.get("actor")
        return who["id"] if isinstance(who, dict) else who

    async def run(self):
        """Send the activity and have it processed; what became of it, in the case's form."""
        await self.prepare()
        answer = await self.send(self.real(self.case.activity))
        await Intake(self.ctx).drain()
        if "answer" in self.case.becomes:
            return {"answer": answer.status}
        assert answer.status == 202, (answer.status, answer.text)
        outcome = await self.outcome()
        if "outcome" in self.case.becomes:
            return {"outcome": outcome}
        assert outcome == ("done", ""), outcome
        return {name: await getattr(self, name)() for name in self.case.becomes}

    async def outcome(self):
        """How the activity ended."""
        async with self.ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT state, reason FROM received_activities WHERE sender_uri = $1 "
                "AND activity_uri IS NOT DISTINCT FROM $2 ORDER BY id DESC LIMIT 1",
                self.sender_uri,
                self.real(self.case.activity.get("id")),
            )
        return row["state"], row["reason"]

    async def get(self, path, **params):
        """What the member's app is answered, with the names of the case."""
        answer = await self.app.get(path, params=params)
        assert answer.status == 200, (path, answer.status, answer.text)
        return self.told(answer.json)

    async def _status_id(self):
        named = self.case.becomes.get("status", {}).get("of") or self.case.activity["object"]
        named = named[0] if isinstance(named, list) else named
        named = named["id"] if isinstance(named, dict) else named
        found = await known_status(self.ctx, self.real(named))
        assert found is not None, f"{named} is not here"
        return found.id

    async def status(self):
        """The status that the case is about."""
        shown = await self.get(f"/api/v1/statuses/{await self._status_id()}")
        quote = shown["quote"]
        poll = shown["poll"]
        seen = {
            "content": _readable(shown["content"]),
            "visibility": shown["visibility"],
            "warning": shown["spoiler_text"],
            "sensitive": shown["sensitive"],
            "language": shown["language"],
            "media": [
                one["type"] if one["description"] is None else (one["type"], one["description"])
                for one in shown["media_attachments"]
            ],
            "poll": poll and {one["title"]: one["votes_count"] for one in poll["options"]},
            "mentions": [self._name(one["acct"]) for one in shown["mentions"]],
            "tags": [one["name"] for one in shown["tags"]],
            "emojis": [one["shortcode"] for one in shown["emojis"]],
            "reply_to": await self._uri(shown["in_reply_to_id"]),
            "quote": quote and (quote["state"], (quote["quoted_status"] or {}).get("uri")),
            "is_edited": shown["edited_at"] is not None,
        }
        asked = self.case.becomes["status"]
        more = {
            "url": shown["url"],
            "author": shown["account"]["acct"],
            "created_at": shown["created_at"],
            "multiple": poll and poll["multiple"],
            "expired": poll and poll["expired"],
            "voters": poll and poll["voters_count"],
            "faves": shown["favourites_count"],
        }
        unusual = {name: value for name, value in seen.items() if value != USUAL[name]}
        wanted = {name: more[name] for name in asked if name in more}
        return {"of": asked["of"]} | unusual | wanted

    def _name(self, acct):
        return "mia" if acct == self.mia.username else acct

    async def _uri(self, status_id):
        if status_id is None:
            return None
        return (await self.get(f"/api/v1/statuses/{status_id}"))["uri"]

    async def stars(self):
        """Who likes the member's post."""
        return await self._who("favourited_by")

    async def boosts(self):
        """Who boosted the post that the case is about."""
        return await self._who("reblogged_by")

    async def _who(self, list_name):
        named = self.real("https://here.example/mia/post")
        found = await known_status(self.ctx, named)
        status_id = found.id if found else await self._status_id()
        people = await self.get(f"/api/v1/statuses/{status_id}/{list_name}")
        return [one["acct"] for one in people]

    async def followers(self):
        """Who follows the member."""
        people = await self.get(f"/api/v1/accounts/{self.mia.id}/followers")
        return [one["acct"] for one in people]

    async def requests(self):
        """Who asked to follow Leo."""
        app = self.client.signed_in(await a_token(self.ctx, self.leo))
        people = self.told((await app.get("/api/v1/follow_requests")).json)
        return [one["acct"] for one in people]

    async def relation(self):
        """What holds between the member and the sender."""
        sender = await actor_by_uri(self.ctx, self.sender_uri)
        found = await self.get("/api/v1/accounts/relationships", id=str(sender.id))
        names = ("following", "requested", "followed_by", "blocked_by")
        return {name for name in names if found[0][name]}

    async def account(self):
        """The sender's profile, of which what the case names."""
        sender = await actor_by_uri(self.ctx, self.sender_uri)
        shown = await self.get(f"/api/v1/accounts/{sender.id}")
        shown["fields"] = {one["name"]: _readable(one["value"]) for one in shown["fields"]}
        shown["moved"] = shown["moved"]["acct"] if shown.get("moved") else None
        return {name: shown[name] for name in self.case.becomes["account"]}

    async def gone(self):
        """Addresses, of those that the case names, of which nothing is here."""
        wanted = self.case.becomes["gone"]
        return [one for one in wanted if not await self._is_shown(one)]

    async def _is_shown(self, uri):
        found = await known_status(self.ctx, self.real(uri))
        return found and (await self.app.get(f"/api/v1/statuses/{found.id}")).status == 200

    async def pinned(self):
        """What the sender shows on top of the profile."""
        sender = await actor_by_uri(self.ctx, self.sender_uri)
        found = await self.get(f"/api/v1/accounts/{sender.id}/statuses", pinned="true")
        return [one["uri"] for one in found]

    async def votes(self):
        """The votes in the member's poll."""
        found = await known_status(self.ctx, self._poll_uri)
        poll = (await self.get(f"/api/v1/statuses/{found.id}"))["poll"]
        return {one["title"]: one["votes_count"] for one in poll["options"]}

    async def reports(self):
        """What was reported of the member: comment and number of posts."""
        moderator = await an_account(self.ctx, role_id=3)
        app = self.client.signed_in(await a_token(self.ctx, moderator))
        answer = await app.get(
            "/api/v1/admin/reports", params={"target_account_id": str(self.mia.id)}
        )
        return [(one["comment"], len(one["statuses"])) for one in answer.json]

    async def following(self):
        """Whom the member follows."""
        people = await self.get(f"/api/v1/accounts/{self.mia.id}/following")
        return sorted(one["acct"] for one in people)

    async def asked(self):
        """Whom the member asked to be allowed to follow, of those that the case names."""
        found = []
        for acct in self.case.becomes["asked"]:
            account = await self.get("/api/v1/accounts/lookup", acct=self.real(acct))
            relation = await self.get("/api/v1/accounts/relationships", id=account["id"])
            found += [acct] if relation[0]["requested"] else []
        return found

    async def timeline(self):
        """What the sender's profile shows, boosts by what they boost."""
        sender = await actor_by_uri(self.ctx, self.sender_uri)
        found = await self.get(f"/api/v1/accounts/{sender.id}/statuses")
        return [(one["reblog"] or one)["uri"] for one in found]


def difference(became, becomes):
    """What is otherwise than it should be, a line each."""
    pairs = [(name, became.get(name), becomes.get(name)) for name in {**became, **becomes}]
    lines = []
    for name, one, other in pairs:
        if isinstance(one, dict) and isinstance(other, dict):
            lines += difference(one, other)
        elif one != other:
            lines.append(f"{name}: {one!r} instead of {other!r}")
    return lines


def _readable(html):
    """Links that were made here as [address]; others without what is the same for all."""
    return _LINK.sub(r'<a href="\1">', _SHORT_LINK.sub(r"[\1]", html))
