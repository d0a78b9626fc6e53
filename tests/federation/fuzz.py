"""Activities made wrong, sent through the real way in: no 500, no hang, nothing half written.

    python -m tests.federation.fuzz --cases 200000 [--seed 1] [--seconds 600]

Each case takes a fixture of a program, makes it wrong (payloads/mutate.py) and sends it, signed
by its sender, to the inbox of the real application; then it is processed. Prints what came of
them, and every fault with the seed that leads to it again; exits with 1 if there was one.
"""

import argparse
import asyncio
import contextlib
import json
import random
import shutil
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import aiohttp
import structlog
import uvicorn

from tests.conftest import Client
from tests.federation.payloads.every import PROGRAMS
from tests.federation.payloads.mutate import mutated
from tests.federation.payloads.world import Elsewhere, Scene
from watertower.asgi import Site
from watertower.assemble import assembled
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.settings import (
    DatabaseSettings,
    FederationSettings,
    LimitSettings,
    ServerSettings,
    Settings,
)
from watertower.federation.intake import Intake

ANSWERS = {202, 400, 401, 403, 404, 409, 410, 413, 422, 429, 503}
SLOW_SECONDS = 20.0
# Whatever an activity may leave behind in the name of its sender.
DEEDS = """
    SELECT (SELECT count(*) FROM statuses
            WHERE account_id = $1 AND uri <> ALL ($2::text[]))::int AS statuses,
           (SELECT count(*) FROM favourites WHERE account_id = $1)::int AS stars,
           (SELECT count(*) FROM follows WHERE account_id = $1)::int AS follows,
           (SELECT count(*) FROM follow_requests WHERE account_id = $1)::int AS requests,
           (SELECT count(*) FROM blocks WHERE account_id = $1)::int AS blocks,
           (SELECT count(*) FROM poll_votes WHERE account_id = $1)::int AS votes,
           (SELECT count(*) FROM reports WHERE account_id = $1)::int AS reports
"""
# A status without its conversation, its poll or its files.
HALF_WRITTEN = """
    SELECT s.uri FROM statuses s
    LEFT JOIN polls p ON p.id = s.poll_id
    WHERE s.account_id = $1
      AND ((s.poll_id IS NOT NULL AND p.id IS NULL)
           OR s.conversation_id IS NULL
           OR cardinality(s.media_ids) <> (
               SELECT count(*) FROM media_attachments m WHERE m.id = ANY (s.media_ids)))
"""


class Fuzz:
    """One world (a case's people and posts), into which any number of activities is sent."""

    def __init__(self, ctx, client, elsewhere, program, case):
        # Everything that a mutated activity may name is there.
        named = {"type": "x", "names": [
            "https://here.example/mia/post", "https://here.example/mia/poll", "https://else.example/1",
        ]}  # fmt: skip
        case = replace(case, becomes={"names": named})
        self.scene = Scene(ctx, client, elsewhere, program, case)
        self.ctx = ctx

    async def prepare(self):
        """Make the world."""
        await self.scene.prepare()
        async with self.ctx.reading() as tx:
            self.sender_id = await tx.fetch_value(
                "SELECT id FROM accounts WHERE uri = $1", self.scene.sender_uri
            )

        # Those may be fetched and kept whole although what led to them is refused.
        self.served = list(self.scene.elsewhere.documents)
        self.is_over = False

    async def send(self, activity):
        """Send it and have it processed: (what came of it, what is wrong with that or '')."""
        ctx, scene = self.ctx, self.scene
        try:
            activity = scene.real(activity)
        except ValueError:
            return "unwritable", ""
        before, last = await self._deeds()
        started = time.monotonic()
        answer = await scene.send(activity, signer=scene.sender_uri)
        if answer.status != 202:
            wrong = "" if answer.status in ANSWERS else f"answered {answer.status}"
            return f"answered {answer.status}", wrong
        await Intake(ctx).drain()
        took = time.monotonic() - started
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT state, reason FROM received_activities WHERE id > $1 AND sender_uri = $2 "
                "ORDER BY id DESC LIMIT 1",
                last,
                scene.sender_uri,
            )
        if row is None:
            return "known already", ""
        self.is_over = "sender" in row["reason"] or "deleted" in row["reason"]
        wrong = []
        if "our fault" in row["reason"]:
            wrong.append(row["reason"])
        if took > SLOW_SECONDS:
            wrong.append(f"took {took:.1f} s")
        after, _ = await self._deeds()
        if row["state"] in {"refused", "ignored"} and after != before:
            wrong.append(f"{row['state']} ({row['reason']}), but {before} became {after}")
        wrong += await self._half_written()
        return row["state"], "; ".join(wrong)

    async def _deeds(self):
        async with self.ctx.reading() as tx:
            deeds = dict(await tx.fetch_one(DEEDS, self.sender_id, self.served))
            last = await tx.fetch_value("SELECT coalesce(max(id), 0) FROM received_activities")
        return deeds, last

    async def _half_written(self):
        async with self.ctx.reading() as tx:
            rows = await tx.fetch_all(HALF_WRITTEN, self.sender_id)
        return [f"half written: {row['uri']}" for row in rows]

    async def rendered(self):
        """Every status of the sender can be shown."""
        answer = await self.scene.app.get(f"/api/v1/accounts/{self.sender_id}/statuses?limit=40")
        return "" if answer.status in {200, 404, 410} else f"its profile answers {answer.status}"


CASES_IN_ONE_WORLD = 50


def anew(activity, number):
    """The activity, and what it brings, under ids that were not there before."""
    inner = activity.get("object")
    names = [activity.get("id")]
    if activity["type"] == "Create" and isinstance(inner, dict):
        names.append(inner.get("id"))
    text = json.dumps(activity)
    for name in filter(None, names):
        text = text.replace(json.dumps(name), json.dumps(f"{name}/{number}"))
    return json.loads(text)


@contextlib.asynccontextmanager
async def a_server():
    """A server of ours and what surrounds it: (ctx, client, elsewhere)."""
    home = Path(tempfile.mkdtemp(prefix="wt-fuzz-", dir="/tmp"))
    home.chmod(0o755)
    database = start_embedded(home / "db", fast_and_unsafe=True, say=lambda _: None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    elsewhere = Elsewhere()
    try:
        await migrate(database.url)
        settings = Settings(
            server=ServerSettings(domain=f"localhost:{port}", data_dir=home),
            database=DatabaseSettings(url=database.url),
            federation=FederationSettings(allowed_networks="127.0.0.0/8", allow_http=True),
            limits=LimitSettings(enabled=False),
        )
        async with assembled(settings, connections=8) as ctx:
            site = Site(ctx, role="web")
            await site.start()
            config = uvicorn.Config(
                site, host="127.0.0.1", port=port, loop="none", lifespan="off", log_config=None,
                access_log=False,
            )  # fmt: skip
            server = uvicorn.Server(config)
            server.install_signal_handlers = lambda: None
            task = asyncio.create_task(server.serve())
            await elsewhere.start()
            while not server.started:
                await asyncio.sleep(0.01)
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
                yield ctx, Client(session, f"http://127.0.0.1:{port}"), elsewhere
            await elsewhere.stop()
            await site.stop()
            server.should_exit = True
            await task
    finally:
        database.stop()
        shutil.rmtree(home, ignore_errors=True)


async def run(cases, seed, seconds):
    """Send so many, or for so long; the number of faults."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    counts, faults, sent = Counter(), 0, 0
    ends = time.monotonic() + seconds
    everything = [(p, case) for p in PROGRAMS for case in p.cases]
    others = [case.activity for _, case in everything]
    async with a_server() as (ctx, client, elsewhere):
        while sent < cases and time.monotonic() < ends:
            numbers = random.Random(seed * 1_000_003 + sent)
            program, case = everything[numbers.randrange(len(everything))]
            elsewhere.documents.clear()
            elsewhere.handles.clear()
            fuzz = Fuzz(ctx, client, elsewhere, program, case)
            await fuzz.prepare()
            own = [case.activity, *(one.activity for one in program.cases)]
            for _ in range(CASES_IN_ONE_WORLD):
                start = own[0] if numbers.random() < 0.5 else own[numbers.randrange(len(own))]
                activity = mutated(anew(start, sent), others, numbers.randrange)
                outcome, wrong = await fuzz.send(activity)
                counts[outcome] += 1
                sent += 1
                if wrong:
                    faults += 1
                    print(f"FAULT {program.name}: {case.name}: {wrong}", flush=True)
                    print(json.dumps(activity)[:3000], flush=True)
                if fuzz.is_over or sent >= cases:
                    break
            if wrong := await fuzz.rendered():
                faults += 1
                print(
                    f"FAULT {program.name}: {case.name} seed {seed} at {sent}: {wrong}", flush=True
                )
            if sent % 1000 < CASES_IN_ONE_WORLD:
                print(f"{sent} sent, {faults} faults", flush=True)
            async with ctx.transaction() as tx:
                await tx.execute("DELETE FROM pgqueuer")
                await tx.execute("DELETE FROM received_activities")
    said = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    print(f"fuzz: {sent} sent, {faults} faults ({said})")
    return faults


def main():
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.federation.fuzz")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=86_400)
    asked = parser.parse_args()
    sys.exit(bool(asyncio.run(run(asked.cases, asked.seed, asked.seconds))))


if __name__ == "__main__":
    main()
