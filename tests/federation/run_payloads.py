"""Real documents of other programs, sent through the real way in; by hand, over a folder of them.

    python -m tests.federation.run_payloads FOLDER [WORD]

Each `.json` file is received as if its sender had been proved: that alone is forged. The other
servers are played from the folder itself; what they are asked for and the folder lacks is made
up (a person) or not found. A document that stands for something is put into the activity that
would bring it here. Afterwards what came of it is rendered for apps.

Prints a line for each file with WORD in its path, or only those refused and failed, and ends
with counts: received, ignored by design, refused, failed. Exits with 1 if anything failed.
"""

import asyncio
import copy
import json
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from multidict import CIMultiDict, CIMultiDictProxy

from tests.world import a_follow, a_status, an_account
from watertower.accounts.actions.follow import follow
from watertower.api.shapes.account import render_account
from watertower.api.shapes.status import render_status
from watertower.assemble import assembled
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.errors import Refused
from watertower.base.http.answer import Answer
from watertower.base.settings import (
    DatabaseSettings,
    FederationSettings,
    ServerSettings,
    Settings,
)
from watertower.federation.documents.note import note_line
from watertower.federation.gate import head_of, judge
from watertower.federation.inbox import RECEIVERS
from watertower.federation.intake import process
from watertower.federation.model import (
    ACTOR_TYPES,
    CONVERTED_TYPES,
    STATUS_TYPES,
    ReceivedActivity,
    SenderKey,
)
from watertower.federation.policies import forget_policies
from watertower.federation.reading import host_of, id_of, ids_of, kind_of, object_of
from watertower.federation.remote.actor import actor_by_uri, remember_actor
from watertower.federation.remote.own import known_status

AS = "https://www.w3.org/ns/activitystreams"
STATUSES = STATUS_TYPES | CONVERTED_TYPES
# Types of which a server like ours keeps nothing.
NOT_OURS = {
    "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage", "Tombstone",
    "Object", "Link", "Mention", "Place", "Profile", "Relationship", "Document", "Hashtag",
    "PropertyValue", "Emoji", "Key", "Multikey", "ChatMessage",
}  # fmt: skip


@dataclass
class World:
    """What other servers hold, by address."""

    documents: dict = field(default_factory=dict)
    people: set = field(default_factory=set)

    def add(self, value, depth=0):
        if depth > 8:
            return
        if isinstance(value, list):
            for one in value[:200]:
                self.add(one, depth + 1)
        elif isinstance(value, dict):
            if (uri := id_of(value)) and value.get("type") and len(value) > 2:
                self.documents.setdefault(uri, {"@context": AS} | value)
            for name in ("actor", "attributedTo"):
                self.people.update(ids_of(value.get(name)))
            for one in value.values():
                self.add(one, depth + 1)

    async def request(self, method, url, **_options):
        bare = url.partition("#")[0]
        found = self.documents.get(url) or self.documents.get(bare)
        is_person = found is not None and kind_of(found, ACTOR_TYPES) is not None
        if bare in self.people and (found is None or is_person):
            # Examples often lack what no real actor lacks.
            found = person(bare) | (found or {}) | {"inbox": f"{bare}/inbox"}
        if method != "GET" or found is None:
            return answer(404, b"", url)
        return answer(200, json.dumps(found).encode(), url)


def answer(status, body, url):
    headers = CIMultiDict({"Content-Type": "application/activity+json"})
    return Answer(status, CIMultiDictProxy(headers), body, url)


def person(uri, **more):
    name = "".join(c for c in uri.rstrip("/").rpartition("/")[2] if c.isalnum() or c in "_-.")
    return {
        "@context": AS,
        "id": uri,
        "type": "Person",
        "preferredUsername": name or "someone",
        "inbox": f"{uri}/inbox",
        "followers": f"{uri}/followers",
        **more,
    }


def unmasked(value, actor="https://masked.example/", name="activity"):
    """Snapshots have a mask for ids: each place gets an id of its own on the actor's host."""
    if isinstance(value, list):
        return [unmasked(one, actor, name) for one in value]
    if not isinstance(value, dict):
        return f"https://{host_of(actor)}/masked/{name}" if value == "SCRUBBED_ID" else value
    said = value.get("actor") or value.get("attributedTo")
    actor = said if isinstance(said, str) and host_of(said) else actor
    return {key: unmasked(one, actor, name if key == "id" else key) for key, one in value.items()}


class Runner:
    """One database, emptied for each document."""

    def __init__(self, ctx, folder):
        self.ctx = ctx
        self.everything = World()
        self.files = []
        for path in sorted(folder.rglob("*.json")):
            try:
                document = unmasked(json.loads(path.read_bytes()))
            except ValueError:
                document = None
            self.files.append((path.relative_to(folder), document))
            self.everything.add(document)

    async def run(self, document):
        """(outcome, why)"""
        if not isinstance(document, dict):
            return "ignored", "not a JSON object"
        await self.empty()
        own = World()
        own.add(document)
        world = World(self.everything.documents | own.documents, self.everything.people)
        self.ctx.http = self.world = world
        body = document.get("body") if "headers" in document and "path" in document else None
        if isinstance(body, str):
            try:
                document = json.loads(body)
            except ValueError:
                return "ignored", "the recorded body is no JSON"
            world.add(document)
        self.member = await an_account(self.ctx)
        self.status = await a_status(self.ctx, by=self.member)
        try:
            return await self.receive(copy.deepcopy(document))
        except Refused as refused:
            return "refused", refused.says
        except Exception as fault:  # that is what we look for
            return "failed", f"{type(fault).__name__}: {fault}"[:300]

    async def empty(self):
        async with self.ctx.transaction() as tx:
            for table in ("statuses", "tombstones", "accounts", "conversations", "custom_emojis"):
                await tx.execute(f"DELETE FROM {table}")
        forget_policies()

    async def receive(self, document):
        if kind_of(document, ACTOR_TYPES):
            if id_of(document) is None or not (
                document.get("inbox")
                and (document.get("preferredUsername") or document.get("webfinger"))
            ):
                return "ignored", "an example of an actor, without id, name or inbox"
            actor = await remember_actor(self.ctx, document)
            account = json.loads(await render_account(self.ctx, actor.id))
            return "received", f"@{account['acct']} {account['display_name']!r}"
        if kind_of(document, STATUSES):
            author = (
                ids_of(document.get("attributedTo")) or ids_of(document.get("actor")) or [""]
            )[0]
            if not author or id_of(document) is None:
                return "ignored", "nobody's, or without an id"
            document = {
                "type": "Create",
                "id": f"{id_of(document)}#create",
                "actor": author,
                "object": document,
            }
        if kind_of(document, RECEIVERS) is None:
            kinds = document.get("type")
            return "ignored", f"not a type that is sent to inboxes: {kinds}"
        return await self.post(document)

    async def post(self, activity):
        ctx = self.ctx
        if id_of(activity.get("actor")) is None and id_of(activity.get("attributedTo")) is None:
            return "ignored", "an example of an activity, without an actor's address"
        head = head_of(activity)
        self.world.people.add(head.actor)
        sender = await actor_by_uri(ctx, head.actor)
        if kind_of(activity, ("Create", "Announce", "Update", "Add", "Delete")):
            await self.follow(sender)
        await self.aim(activity, sender)
        key = SenderKey(
            f"{sender.uri}#key", "", sender.id, sender.uri, sender.domain, False, False, None
        )
        if reason := judge(head_of(activity), activity, key):
            return "ignored", reason
        received = ReceivedActivity(
            1, head.kind, sender.uri, host_of(sender.uri), json.dumps(activity).encode(), 0,
            datetime.now(UTC),
        )  # fmt: skip
        finished = await process(ctx, received)
        if finished.state != "done":
            outcome = "failed" if finished.state == "waiting" else finished.state
            return outcome, f"{head.kind}: {finished.reason}"
        return await self.shown(activity, head.kind)

    async def follow(self, sender):
        async with self.ctx.reading() as tx:
            known = await tx.fetch_value(
                "SELECT count(*) FROM follows WHERE target_account_id = $1", sender.id
            )
        if not known:
            await a_follow(self.ctx, self.member, sender)

    async def shown(self, activity, kind):
        """What apps see of it."""
        uri = id_of(activity.get("object"))
        status = await known_status(self.ctx, uri) if uri else None
        if kind in {"Create", "Update"} and status is None and uri != id_of(activity.get("actor")):
            return "failed", f"{kind}: done, and nothing is there"
        if status is None:
            return "received", kind
        try:
            line = await note_line(self.ctx, status_id=status.id, viewer_id=self.member.id)
        except Refused:
            return "received", f"{kind}: not for the member to see"
        shown = json.loads(await render_status(self.ctx, line, viewer=None))
        has_something = shown["content"] or shown["media_attachments"] or shown["poll"]
        inner = object_of(activity.get("object")) or {}
        if not has_something and any(inner.get(n) for n in ("content", "contentMap")):
            return "failed", f"{kind}: nothing to read in it"
        media = len(shown["media_attachments"])
        return "received", f"{kind}: {shown['visibility']} {shown['content'][:100]!r} media={media}"

    async def aim(self, activity, sender):
        """Point it at somebody and something here, where it speaks of its own world's locals."""
        ctx, member = self.ctx, self.member
        inner = object_of(activity.get("object"))
        if kind_of(activity, ("Follow", "Block")):
            activity["object"] = member.uri
        elif kind_of(activity, ("Like", "EmojiReact")):
            activity["object"] = self.status.uri
        elif kind_of(activity, ("Flag",)):
            activity["object"] = [member.uri, self.status.uri]
        elif kind_of(activity, ("Accept", "Reject")):
            await follow(ctx, actor_id=member.id, target_id=sender.id)
            async with ctx.reading() as tx:
                uri = await tx.fetch_value("SELECT uri FROM follow_requests LIMIT 1")
            if isinstance(inner, dict):
                inner |= {"actor": member.uri, "object": sender.uri}
                if uri:
                    inner["id"] = uri
            elif uri:
                activity["object"] = uri
        elif kind_of(activity, ("Undo",)) and inner is not None and kind_of(inner, RECEIVERS):
            inner.setdefault("actor", sender.uri)
            await self.post(inner)
        elif kind_of(activity, ("Announce",)) and inner is None:
            if id_of(activity.get("object")) not in self.world.documents:
                activity["object"] = self.status.uri
        elif kind_of(activity, ("Update", "Delete")):
            await self.before(activity, sender)
        elif kind_of(activity, ("Move",)):
            target = id_of(activity.get("target"))
            if target:
                self.world.documents[target] = person(target, alsoKnownAs=[sender.uri])

    async def before(self, activity, sender):
        """Let there be what is changed or deleted."""
        uri = id_of(activity.get("object"))
        if uri is None or uri == sender.uri:
            return
        note = {
            "id": uri,
            "type": "Note",
            "attributedTo": sender.uri,
            "content": "before",
            "to": f"{AS}#Public",
            "published": "2020-01-01T00:00:00Z",
        }
        await self.post(
            {"type": "Create", "id": f"{uri}#before", "actor": sender.uri, "object": note}
        )


async def run(folder, word):
    home = Path(tempfile.mkdtemp(prefix="wt-payloads-", dir="/tmp"))
    home.chmod(0o755)
    server = start_embedded(home / "db", fast_and_unsafe=True, say=lambda _: None)
    counts = Counter()
    try:
        await migrate(server.url)
        settings = Settings(
            server=ServerSettings(domain="ours.example", data_dir=home),
            database=DatabaseSettings(url=server.url),
            federation=FederationSettings(allow_http=True),
        )
        async with assembled(settings, connections=6) as ctx:
            client, runner = ctx.http, Runner(ctx, folder)
            for path, document in runner.files:
                if word not in str(path):
                    continue
                outcome, why = await runner.run(document)
                counts[outcome] += 1
                if word or outcome in {"failed", "refused"}:
                    print(f"{outcome:9} {path}: {why}", flush=True)
            ctx.http = client
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
    print(
        "payloads:",
        ", ".join(f"{counts[n]} {n}" for n in ("received", "ignored", "refused", "failed")),
    )
    return counts["failed"]


if __name__ == "__main__":
    sys.exit(bool(asyncio.run(run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))))
