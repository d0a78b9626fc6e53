"""Runs jobs: one loop for each worker process, on pgqueuer.

A job of a worker that was killed is taken by another as soon as its heartbeat is missed. A
refusal ends a job (it is counted); anything else is tried again with growing pauses and, when
its attempts are used up, kept as failed where operators see it.
"""

import asyncio
import random
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as PgJob

from watertower.base.context import Context
from watertower.base.errors import Busy, Refused, Unreachable
from watertower.base.metrics import JOB_SECONDS, JOBS
from watertower.base.queue.job import Job, Lane
from watertower.base.queue.write import Payload

log = structlog.get_logger()

# How many jobs of a lane run at once over all workers; a lane that hangs cannot take the rest.
AT_ONCE = {
    Lane.LOCAL: 16,
    Lane.INGRESS: 8,
    Lane.PUSH: 16,
    Lane.PULL: 8,
    Lane.MEDIA: 2,
    Lane.MAIL: 4,
    Lane.SCHEDULED: 4,
}
DEADLINE_SECONDS = dict.fromkeys(Lane, 60.0) | {Lane.MEDIA: 900.0, Lane.SCHEDULED: 600.0}
HEARTBEAT = timedelta(seconds=6)

# Work that is done now: rows that somebody holds, and rows whose time has come.
IS_BUSY = """
    SELECT EXISTS (
        SELECT 1 FROM pgqueuer
        WHERE entrypoint = ANY($1)
          AND (status = 'picked' OR (status = 'queued' AND execute_after <= now()))
    )
"""

_decoder = msgspec.json.Decoder(Payload)


class Runner:
    """Runs the jobs of some lanes until stopped."""

    def __init__(self, ctx: Context, jobs: Mapping[str, Job], lanes: Iterable[Lane]) -> None:
        self._ctx = ctx
        self._jobs = jobs
        self._manager = QueueManager(Queries(AsyncpgPoolDriver(ctx.db.pool)))
        for lane in lanes:
            self._manager.entrypoint(
                lane.value, concurrency_limit=AT_ONCE[lane], on_failure="hold"
            )(self._handler(lane))

    def _handler(self, lane: Lane) -> Any:
        async def handle(row: PgJob) -> None:
            await self._run(lane, row)

        return handle

    async def _run(self, lane: Lane, row: PgJob) -> None:
        payload = _decoder.decode(row.payload or b"{}")
        job = self._jobs.get(payload.name)
        if job is None:
            # Deploys overlap: a newer process enqueued what this one does not know yet.
            raise RetryRequested(timedelta(seconds=30), f"unknown job {payload.name}")
        started = time.perf_counter()
        outcome = "done"
        try:
            async with asyncio.timeout(DEADLINE_SECONDS[lane]):
                await job.run(self._ctx, **payload.args)
        except (Unreachable, Busy) as error:
            outcome = "retried"
            self._retry(job, row, error)
        except Refused as refused:
            outcome = "refused"
            log.info("job refused", job=job.name, says=refused.says, args=payload.args)
        except Exception as error:
            outcome = "failed"
            log.exception("job failed", job=job.name, attempt=row.attempts, args=payload.args)
            self._retry(job, row, error)
        finally:
            JOBS.labels(payload.name, outcome).inc()
            JOB_SECONDS.labels(lane.value).observe(time.perf_counter() - started)

    def _retry(self, job: Job, row: PgJob, error: Exception) -> None:
        """Ask for another attempt: after 2 s, 17 s, 82 s … about two days in twelve attempts."""
        attempt = row.attempts + 1
        if attempt >= job.attempts:
            raise error
        seconds = min(attempt**4 + 1, 43_200) * random.uniform(0.8, 1.2)  # noqa: S311  # jitter
        raise RetryRequested(timedelta(seconds=seconds), str(error)) from error

    async def run(self) -> None:
        """Work until stop() is called."""
        await self._manager.run(
            dequeue_timeout=timedelta(seconds=5),
            batch_size=20,
            heartbeat_timeout=HEARTBEAT,
            log_aggregation_interval=timedelta(seconds=60),
        )

    async def drain(self) -> None:
        """Work until nothing is due and nothing runs (tests, demo). What is for later stays."""
        running = asyncio.create_task(
            self._manager.run(
                dequeue_timeout=timedelta(seconds=0.05),
                batch_size=20,
                heartbeat_timeout=HEARTBEAT,
                log_aggregation_interval=timedelta(0),
            )
        )
        lanes = list(self._manager.entrypoint_registry)
        while not running.done():
            await asyncio.sleep(0.01)
            async with self._ctx.reading() as tx:
                if not await tx.fetch_value(IS_BUSY, lanes):
                    break
        self.stop()
        await running

    def stop(self) -> None:
        """Finish the jobs at hand and return from run()."""
        self._manager.shutdown.set()
