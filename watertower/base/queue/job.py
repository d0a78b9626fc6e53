"""What a job is, and the lanes that keep kinds of work from blocking one another (INF-14)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any


class Lane(StrEnum):
    """A kind of work with workers and limits of its own."""

    LOCAL = "local"  # what members see: feeds, notifications, streams
    INGRESS = "ingress"  # activities received from other servers
    PUSH = "push"  # deliveries to other servers, web push
    PULL = "pull"  # fetching from other servers, preview cards
    MEDIA = "media"  # pictures and video
    MAIL = "mail"
    SCHEDULED = "scheduled"  # what the clock starts


@dataclass(frozen=True)
class QueuedJob:
    """One thing to be done: the job's name and its arguments, ids only."""

    name: str
    lane: Lane
    args: Mapping[str, Any] = field(default_factory=dict)
    after: timedelta = timedelta(0)
    unique_key: str | None = None  # while a job with this key waits, another is not added


JobFunction = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """A job that can be asked for. `run(ctx, **args)` may safely be called twice."""

    name: str
    run: JobFunction
    lane: Lane
    attempts: int = 12

    def queued(
        self, *, after: timedelta = timedelta(0), unique_key: str | None = None, **args: Any
    ) -> QueuedJob:
        """The job with arguments, ready for `tx.enqueue`."""
        return QueuedJob(self.name, self.lane, args, after, unique_key)


def job(lane: Lane, *, attempts: int = 12) -> Callable[[JobFunction], Job]:
    """Make a job of a function; its name is module and function, without the package."""

    def make(run: JobFunction) -> Job:
        module = run.__module__.removeprefix("watertower.")
        return Job(f"{module}.{run.__qualname__}", run, lane, attempts)

    return make
