"""Writes jobs into the queue, all of a transaction in one statement."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries

from watertower.base.queue.job import Lane, QueuedJob

# Lower lanes wait for higher ones when a worker has to choose.
PRIORITY = {
    Lane.LOCAL: 8,
    Lane.MAIL: 6,
    Lane.MEDIA: 5,
    Lane.INGRESS: 4,
    Lane.PUSH: 4,
    Lane.SCHEDULED: 3,
    Lane.PULL: 1,
}


class Payload(msgspec.Struct):
    """What is written into a job's row."""

    name: str
    args: dict[str, Any]


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder()


async def insert_jobs(connection: Any, jobs: Sequence[QueuedJob]) -> None:
    """Record these jobs in the connection's transaction.

    A job whose unique key is already waiting is left out.
    """
    queries = Queries(AsyncpgDriver(connection))
    await queries.enqueue(
        [job.lane.value for job in jobs],
        [_encoder().encode(Payload(job.name, dict(job.args))) for job in jobs],
        [PRIORITY[job.lane] for job in jobs],
        execute_after=[job.after for job in jobs],
        dedupe_key=[job.unique_key for job in jobs],
        on_conflict="skip",
    )
