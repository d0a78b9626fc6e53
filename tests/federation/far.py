"""A server far away: real HTTP on this machine, real keys, everything it is sent kept."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from tests.world import unique
from watertower.federation.signatures.keys import make_key_pair
from watertower.federation.signatures.sign import SigningKey, sign_request
from watertower.federation.signatures.verify import signature_of, verify

AS = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{AS}#Public"
KEYS = [make_key_pair(), make_key_pair()]


@dataclass
class FarActor:
    """Somebody on that server."""

    server: "FarServer"
    name: str
    private_pem: str = field(default=KEYS[0][0], repr=False)
    public_pem: str = KEYS[0][1]
    more: dict = field(default_factory=dict)

    @property
    def uri(self):
        return f"{self.server.base}/users/{self.name}"

    @property
    def key_id(self):
        return f"{self.uri}#main-key"

    @property
    def followers(self):
        return f"{self.uri}/followers"

    def document(self):
        return {
            "@context": [AS, "https://w3id.org/security/v1"],
            "id": self.uri,
            "type": "Person",
            "preferredUsername": self.name,
            "name": self.name.capitalize(),
            "summary": "<p>From <script>far</script> away</p>",
            "inbox": f"{self.uri}/inbox",
            "outbox": f"{self.uri}/outbox",
            "followers": self.followers,
            "featured": f"{self.uri}/featured",
            "endpoints": {"sharedInbox": f"{self.server.base}/inbox"},
            "url": f"{self.server.base}/@{self.name}",
            "publicKey": {
                "id": self.key_id,
                "owner": self.uri,
                "publicKeyPem": self.public_pem,
            },
            **self.more,
        }

    def activity(self, kind, thing, **more):
        return {
            "@context": AS,
            "id": f"{self.server.base}/activities/{unique('a')}",
            "type": kind,
            "actor": self.uri,
            "object": thing,
            **more,
        }

    def note(self, content="<p>Hello</p>", *, to=(PUBLIC,), cc=(), **more):
        """A Note, which the server then serves as well."""
        uri = f"{self.uri}/statuses/{unique('n')}"
        document = {
            "@context": AS,
            "id": uri,
            "type": "Note",
            "attributedTo": self.uri,
            "published": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "to": list(to),
            "cc": list(cc),
            "content": content,
            "tag": [],
            **more,
        }
        self.server.documents[uri.removeprefix(self.server.base)] = document
        return document


@dataclass
class Delivered:
    """A request that the server got in an inbox."""

    path: str
    headers: tuple
    body: bytes

    @property
    def activity(self):
        return json.loads(self.body)

    def scheme(self):
        return signature_of("POST", self.path, self.headers).scheme

    def verify(self, public_pem, host):
        """Raise unless the owner of the key signed it for this host."""
        verify(
            signature_of("POST", self.path, self.headers),
            public_pem=public_pem,
            body=self.body,
            host=host,
            scheme="http",
            now=datetime.now(UTC),
        )


class FarServer:
    """Serves actors, WebFinger and documents; keeps what comes to its inboxes."""

    def __init__(self):
        self.actors = {}
        self.documents = {}
        self.files = {}
        self.inbox = []
        self.asked = []
        self.status = 202
        self.answer_headers = {}
        self.accepts_scheme = None
        self.hangs = False
        self.base = ""

    @property
    def host(self):
        return self.base.removeprefix("http://")

    async def start(self):
        app = web.Application(client_max_size=2_000_000)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"

    async def stop(self):
        await self._runner.cleanup()

    def actor(self, name=None, **options):
        found = FarActor(self, name or unique("far"), **options)
        self.actors[found.name] = found
        return found

    async def _handle(self, request):
        self.asked.append((request.method, request.path_qs))
        if request.method == "POST":
            return await self._post(request)
        if request.path == "/.well-known/webfinger":
            return self._webfinger(request.query.get("resource", ""))
        if request.path in self.files:
            return web.Response(body=self.files[request.path], content_type="image/png")
        name = request.path.removeprefix("/users/")
        found = self.documents.get(request.path)
        if name in self.actors:
            found = self.actors[name].document()
        if found is None:
            return web.Response(status=404)
        return web.Response(
            body=json.dumps(found).encode(), content_type="application/activity+json"
        )

    async def _post(self, request):
        body = await request.read()
        if self.hangs:
            await asyncio.sleep(60)
        headers = tuple((n.decode(), v.decode()) for n, v in request.raw_headers)
        got = Delivered(request.path_qs, headers, body)
        if self.accepts_scheme is not None and got.scheme() != self.accepts_scheme:
            return web.Response(status=401)
        if self.status < 300:
            self.inbox.append(got)
        return web.Response(status=self.status, headers=self.answer_headers)

    def _webfinger(self, resource):
        name = resource.removeprefix("acct:").partition("@")[0]
        if name not in self.actors:
            return web.Response(status=404)
        links = [
            {"rel": "self", "type": "application/activity+json", "href": self.actors[name].uri}
        ]
        return web.json_response(
            {"subject": f"acct:{name}@{self.host}", "links": links},
            content_type="application/jrd+json",
        )

    def got(self, kind):
        """Activities of a type that came, oldest first."""
        return [one.activity for one in self.inbox if one.activity["type"] == kind]


@dataclass
class Post:
    """Sends activities to our server, signed as their actor, or as asked."""

    client: object
    ctx: object

    async def __call__(
        self, actor, activity, path="/inbox", *, key=None, scheme="cavage", at=None, body=None
    ):
        body = json.dumps(activity).encode() if body is None else body
        headers = {"Content-Type": "application/activity+json"}
        signed = sign_request(
            key or SigningKey(actor.key_id, actor.private_pem),
            method="POST",
            url=self.ctx.settings.base_url + path,
            body=body,
            now=at or datetime.now(UTC),
            scheme=scheme,
            headers=headers,
        )
        return await self.client.post(path, data=body, headers=headers | signed)
