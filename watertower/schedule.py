"""What the clock starts: the whole list on one page."""

from dataclasses import dataclass
from datetime import timedelta

from watertower.base.queue.job import Job


@dataclass(frozen=True)
class Scheduled:
    """A job and how often it is started, over all workers together."""

    job: Job
    every: timedelta


SCHEDULE: tuple[Scheduled, ...] = ()
