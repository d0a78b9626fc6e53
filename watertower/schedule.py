"""What the clock starts: the whole list on one page."""

from dataclasses import dataclass
from datetime import timedelta

from watertower.base.queue.job import Job
from watertower.feeds.jobs.trim_homes import trim_homes


@dataclass(frozen=True)
class Scheduled:
    """A job and how often it is started, over all workers together."""

    job: Job
    every: timedelta


SCHEDULE: tuple[Scheduled, ...] = (Scheduled(trim_homes, timedelta(hours=3)),)
