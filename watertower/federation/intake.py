"""Processes what passed the gate, in lanes of origins. Runs beside the jobs in every worker.

Within an origin activities are taken in the order they came, by one worker at a time under a
lease; between origins nothing waits for anything. An origin whose things take long, because
they make us fetch from somewhere slow, costs one task and nothing else. Outcomes are kept with
the activity: done, ignored, refused, failed, and why. Only our own trouble, or that of the
network, makes an activity wait for another attempt; those behind it do not wait for it.
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from prometheus_client import Counter

from watertower.base.context import Context
from watertower.base.errors import Busy, NotFound, Refused, Unreachable
from watertower.federation.errors import DocumentGone, Ignored
from watertower.federation.inbox import RECEIVERS
from watertower.federation.model import ReceivedActivity
from watertower.federation.passed_on import receive_forwarded
from watertower.federation.policies import require_served
from watertower.federation.proved import author_proved
from watertower.federation.queries.actors import find_actor_by_uri
from watertower.federation.queries.received import (
    Finished,
    finish_received,
    lease_received,
    list_origins_due,
)
from watertower.federation.reading import host_of, id_of, kind_of
from watertower.federation.relays import is_relay
from watertower.federation.remote.fetch_document import parse_document

log = structlog.get_logger()

RECEIVED = Counter(
    "watertower_received_total", "Activities processed, by type and outcome", ["kind", "outcome"]
)

ORIGINS_AT_ONCE = 48
LEASED_AT_ONCE = 20
LEASE = timedelta(seconds=180)
TURN_SECONDS = 5.0  # after this long the rest of the lease is given back
ONE_SECONDS = 60.0
IDLE_SECONDS = 0.2
ATTEMPTS = 10


@dataclass
class Turn:
    """One turn of one origin: what was leased, and how far it came."""

    origin: str
    leased: list[ReceivedActivity]
    finished: list[Finished] = field(default_factory=list)


class Intake:
    """The lanes of one process."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._something_ended = asyncio.Event()

    async def run(self) -> None:
        """Process until cancelled; what is under way then is leased and comes again."""
        try:
            while True:
                try:
                    await self._round()
                except Exception:  # outlives a database that is away
                    log.warning("intake", exc_info=True)
                    await asyncio.sleep(2)
                await self._pause(IDLE_SECONDS)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Process until nothing is due (tests, demo)."""
        while True:
            await self._round()
            if not self._tasks:
                return
            await asyncio.wait(self._tasks)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._something_ended.wait(), seconds)
        self._something_ended.clear()

    async def _round(self) -> None:
        """Start a turn for each origin that has something due, as far as there is room."""
        room = ORIGINS_AT_ONCE - len(self._busy)
        if room <= 0:
            return
        async with self._ctx.reading() as tx:
            origins = await list_origins_due(tx, now=self._ctx.now(), but=self._busy, limit=room)
        for origin in origins:
            self._busy.add(origin)
            task = asyncio.create_task(self._turn(origin))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _turn(self, origin: str) -> None:
        try:
            now = self._ctx.now()
            async with self._ctx.transaction() as tx:
                leased = await lease_received(
                    tx, origin=origin, now=now, until=now + LEASE, limit=LEASED_AT_ONCE
                )
            if leased:
                await self._work(Turn(origin, leased))
                self._something_ended.set()
        except Exception:  # the lease ends and they come again
            log.warning("intake turn", origin=origin, exc_info=True)
            await asyncio.sleep(1)
        finally:
            self._busy.discard(origin)

    async def _work(self, turn: Turn) -> None:
        started = time.monotonic()
        for place, received in enumerate(turn.leased):
            if time.monotonic() - started > TURN_SECONDS:
                now = self._ctx.now()
                turn.finished += [
                    Finished(one.id, "waiting", "", one.attempts, now)
                    for one in turn.leased[place:]
                ]
                break
            turn.finished.append(await process(self._ctx, received))
        async with self._ctx.transaction() as tx:
            await finish_received(tx, finished=turn.finished, at=self._ctx.now())


async def process(ctx: Context, received: ReceivedActivity) -> Finished:
    """Act on one activity; how it ended. Never raises for what the activity says."""
    attempts = received.attempts + 1
    outcome, reason = "done", ""
    wait: timedelta | None = None
    try:
        async with asyncio.timeout(ONE_SECONDS):
            await _receive(ctx, received)
    except Ignored as ignored:
        outcome, reason = "ignored", ignored.says
    except (DocumentGone, NotFound) as missing:
        outcome, reason = "ignored", missing.says
    except (Unreachable, Busy, TimeoutError) as trouble:
        outcome, reason = "waiting", str(trouble) or "took too long"
    except Refused as refused:
        outcome, reason = "refused", refused.says
    except Exception as fault:
        log.exception("activity", id=received.id, kind=received.kind, sender=received.sender_uri)
        outcome, reason = "waiting", f"our fault: {type(fault).__name__}"
    if outcome == "waiting":
        if attempts >= ATTEMPTS:
            outcome = "failed"
        else:
            wait = timedelta(seconds=min(attempts**4 + 1, 21_600))
    known = received.kind if received.kind in RECEIVERS else "other"
    RECEIVED.labels(known, outcome).inc()
    due_at = None if wait is None else ctx.now() + wait
    return Finished(received.id, outcome, reason, attempts, due_at)


async def _receive(ctx: Context, received: ReceivedActivity) -> None:
    document = parse_document(received.document)
    kind = kind_of(document, RECEIVERS)
    if kind is None:
        raise Ignored(f"{received.kind[:40]} is not a type we understand")
    async with ctx.reading() as tx:
        sender = await find_actor_by_uri(tx, uri=received.sender_uri)
    if sender is None or sender.is_deleted:
        raise Ignored("the sender's account was deleted")
    # It may have been decided after the gate let this in.
    await require_served(ctx, host=host_of(sender.uri) or received.origin)
    actor = id_of(document.get("actor")) or id_of(document.get("attributedTo"))
    if actor != sender.uri:
        # What a relay brings is none of our business by itself, proved or not: see there.
        author = None if await is_relay(ctx, sender) else await author_proved(ctx, document)
        if author is not None:
            await RECEIVERS[kind](ctx, author, document)
        else:
            await receive_forwarded(ctx, sender, document)
    else:
        await RECEIVERS[kind](ctx, sender, document)
