"""Delivers what is due, in lanes of hosts. Runs beside the jobs in every worker process.

Each row of `deliveries` is one activity for one inbox. A worker leases some rows of each host
that may be tried, sends them over a few kept connections, and writes the outcome of many hosts
in one transaction. What a killed worker held is due again when its lease ends; a receiver knows
a repetition by the activity's id.

A host that was never reached, or fails, gets one connection and one row at a time. All hosts
that fail share a quarter of our connections, those never reached a half. So hosts that hang
cost the healthy ones nothing.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from prometheus_client import Counter

from watertower.accounts.actions.own_keys import own_key
from watertower.base.context import Context
from watertower.federation.delivery.followers_header import followers_header
from watertower.federation.delivery.post import Outcome, post
from watertower.federation.queries.deliveries import (
    Delivery,
    HostLane,
    HostNews,
    Waiting,
    lease_deliveries,
    list_hosts_due,
    settle_deliveries,
)
from watertower.federation.queries.outgoing import ToSend, list_to_send
from watertower.federation.signatures.sign import SigningKey

log = structlog.get_logger()

DELIVERIES = Counter("watertower_deliveries_total", "Deliveries tried, by outcome", ["outcome"])

CONNECTIONS = 160  # at once, in this process
PER_HOST = 4
LEASED_PER_HOST = 16
LEASE = timedelta(seconds=150)  # longer than a full lane of deadlines
IDLE_SECONDS = 0.25
GIVE_UP = timedelta(days=3)
HOST_FIRST_WAIT_SECONDS, HOST_LONGEST_WAIT_SECONDS = 15.0, 3600.0


@dataclass
class Settled:
    """What lanes have found out and nobody has written down yet."""

    ended_ids: list[int] = field(default_factory=list)
    given_up_ids: list[int] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    hosts: list[HostNews] = field(default_factory=list)
    lanes: list[str] = field(default_factory=list)


class Deliverer:
    """The lanes of one process."""

    def __init__(self, ctx: Context, *, connections: int = CONNECTIONS) -> None:
        self._ctx = ctx
        self._connections = connections
        self._busy: dict[str, int] = {}  # host -> connections set aside for it
        self._new: set[str] = set()
        self._failing: set[str] = set()
        self._settled = Settled()
        self._tasks: set[asyncio.Task[None]] = set()
        self._something_ended = asyncio.Event()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is leased and comes again."""
        try:
            while True:
                try:
                    await self._round()
                except Exception:  # outlives a database that is away
                    log.warning("deliveries", exc_info=True)
                    await asyncio.sleep(2)
                await self._pause(IDLE_SECONDS)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._write_down()

    async def drain(self) -> None:
        """Deliver until nothing is due (tests, demo)."""
        while True:
            await self._round()
            if not self._tasks and not self._settled.lanes:
                return
            await self._pause(5)

    async def _pause(self, seconds: float) -> None:
        """Wait for the next look: a lane has ended, or it is time."""
        try:
            await asyncio.wait_for(self._something_ended.wait(), seconds)
            await asyncio.sleep(0.01)  # others are about to end too; write them down together
        except TimeoutError:
            pass
        self._something_ended.clear()

    async def _round(self) -> None:
        """Write down what ended, then start lanes for what is due."""
        await self._write_down()
        if sum(self._busy.values()) >= self._connections:
            return
        now = self._ctx.now()
        async with self._ctx.reading() as tx:
            due = await list_hosts_due(tx, now=now, but=self._busy.keys())
        lanes = {lane.host: lane for lane in self._choose(due)}
        if not lanes:
            return
        wanted = [(lane.host, LEASED_PER_HOST if lane.is_proven else 1) for lane in lanes.values()]
        async with self._ctx.transaction() as tx:
            leased = await lease_deliveries(tx, lanes=wanted, now=now, until=now + LEASE)
        if not leased:
            return
        async with self._ctx.reading() as tx:
            activities = await list_to_send(tx, activity_ids=list({d.activity_id for d in leased}))
        by_host: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in leased:
            by_host[delivery.host].append(delivery)
        for host, deliveries in by_host.items():
            self._start(lanes[host], deliveries, activities)

    def _choose(self, due: Sequence[HostLane]) -> list[HostLane]:
        """As many lanes as there are connections for their kind; proven hosts first."""
        free = self._connections - sum(self._busy.values())
        free_new = self._connections // 2 - len(self._new)
        free_failing = self._connections // 4 - len(self._failing)
        chosen = []
        for lane in sorted(due, key=lambda one: not one.is_proven):
            if lane.is_proven:
                fits = free >= PER_HOST
            else:
                fits = free >= 1 and (free_failing if lane.failures else free_new) >= 1
            if not fits:
                continue
            free -= PER_HOST if lane.is_proven else 1
            free_failing -= lane.failures > 0
            free_new -= not lane.is_proven and not lane.failures
            chosen.append(lane)
        return chosen

    def _start(
        self, lane: HostLane, deliveries: list[Delivery], activities: dict[int, ToSend]
    ) -> None:
        self._busy[lane.host] = PER_HOST if lane.is_proven else 1
        if not lane.is_proven:
            (self._failing if lane.failures else self._new).add(lane.host)
        task = asyncio.create_task(self._deliver_to(lane, deliveries, activities))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_to(
        self, lane: HostLane, deliveries: list[Delivery], activities: dict[int, ToSend]
    ) -> None:
        """All leased deliveries of one host: each author's in order, several authors at once."""
        streams: dict[int, list[Delivery]] = defaultdict(list)
        for delivery in deliveries:
            activity = activities.get(delivery.activity_id)
            if activity is None:  # replaced by a newer one while we looked
                self._settled.ended_ids.append(delivery.id)
            else:
                streams[activity.account_id % PER_HOST].append(delivery)
        trouble: list[Outcome] = []
        schemes: list[str] = [lane.scheme] if lane.scheme else []
        try:
            async with asyncio.TaskGroup() as group:
                for stream in streams.values():
                    group.create_task(self._stream(lane, stream, activities, trouble, schemes))
            self._settled.hosts.append(self._news(lane, trouble, schemes))
        except* Exception as failed:  # our own fault: the lease ends and they come again
            log.exception("delivery lane", host=lane.host, exc_info=failed)
        finally:
            self._settled.lanes.append(lane.host)
            self._something_ended.set()

    async def _stream(
        self,
        lane: HostLane,
        deliveries: list[Delivery],
        activities: dict[int, ToSend],
        trouble: list[Outcome],
        schemes: list[str],
    ) -> None:
        now = self._ctx.now()
        for delivery in deliveries:
            if trouble:  # the host is down: the others are not even tried
                self._settled.waiting.append(
                    Waiting(delivery.id, delivery.attempts, now, trouble[0].error)
                )
                continue
            activity = activities[delivery.activity_id]
            outcome = await post(
                self._ctx,
                url=delivery.inbox_url,
                body=activity.document,
                key=await self._key(activity),
                scheme=schemes[-1] if schemes else lane.scheme,
                headers=await self._headers(delivery, activity),
            )
            self._note(delivery, activity, outcome, trouble, schemes)

    def _note(
        self,
        delivery: Delivery,
        activity: ToSend,
        outcome: Outcome,
        trouble: list[Outcome],
        schemes: list[str],
    ) -> None:
        now = self._ctx.now()
        attempts = delivery.attempts + 1
        if outcome.scheme is not None:
            schemes.append(outcome.scheme)
        if outcome.arrived:
            DELIVERIES.labels("arrived").inc()
            self._settled.ended_ids.append(delivery.id)
        elif outcome.is_final or now - activity.created_at > GIVE_UP:
            DELIVERIES.labels("given_up").inc()
            log.info("delivery given up", inbox=delivery.inbox_url, error=outcome.error)
            self._settled.ended_ids.append(delivery.id)
            self._settled.given_up_ids.append(delivery.id)
        else:
            DELIVERIES.labels("retried").inc()
            if outcome.is_host:
                trouble.append(outcome)
            # A host in trouble holds all its rows back by itself; see `_news`.
            due_at = now if outcome.is_host else now + row_wait(attempts)
            self._settled.waiting.append(Waiting(delivery.id, attempts, due_at, outcome.error))

    def _news(self, lane: HostLane, trouble: list[Outcome], schemes: list[str]) -> HostNews:
        scheme = schemes[-1] if schemes else None
        if not trouble:
            return HostNews(lane.host, scheme, 0, None, "")
        failures = lane.failures + 1
        asked = trouble[0].wait_seconds
        wait = host_wait(failures) if asked is None else timedelta(seconds=max(asked, 1.0))
        return HostNews(lane.host, scheme, failures, self._ctx.now() + wait, trouble[0].error)

    async def _headers(self, delivery: Delivery, activity: ToSend) -> dict[str, str]:
        if not activity.syncs_followers:
            return {}
        return await followers_header(
            self._ctx, account_id=activity.account_id, inbox_url=delivery.inbox_url
        )

    async def _key(self, activity: ToSend) -> SigningKey:
        if activity.key_id is not None and activity.private_pem is not None:
            return SigningKey(activity.key_id, activity.private_pem)
        key = await own_key(self._ctx, account_id=activity.account_id)
        return SigningKey(key.key_id, key.private_pem)

    async def _write_down(self) -> None:
        """What ended since the last time, in one transaction; only then are its hosts free."""
        settled, self._settled = self._settled, Settled()
        if settled.ended_ids or settled.waiting or settled.hosts:
            try:
                async with self._ctx.transaction() as tx:
                    await settle_deliveries(
                        tx,
                        ended_ids=settled.ended_ids,
                        given_up_ids=settled.given_up_ids,
                        waiting=settled.waiting,
                        hosts=settled.hosts,
                        at=self._ctx.now(),
                    )
            except BaseException:
                self._settled.ended_ids += settled.ended_ids
                self._settled.given_up_ids += settled.given_up_ids
                self._settled.waiting += settled.waiting
                self._settled.hosts += settled.hosts
                self._settled.lanes += settled.lanes
                raise
        for host in settled.lanes:
            self._busy.pop(host, None)
            self._new.discard(host)
            self._failing.discard(host)


def row_wait(attempts: int) -> timedelta:
    """How long one activity waits after its n-th refusal: 16 s, 31 s, 96 s … half a day."""
    seconds = min(attempts**4 + 15, 43_200)
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311  # jitter


def host_wait(failures: int) -> timedelta:
    """How long a host is left alone after its n-th failure in a row: 15 s, doubling to an hour."""
    seconds = min(HOST_FIRST_WAIT_SECONDS * 2.0 ** min(failures - 1, 20), HOST_LONGEST_WAIT_SECONDS)
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311  # jitter
