"""Counters and timings, in the names that the dashboards use (Prometheus).

Under `watertower up` all processes of the machine write into files of one folder, and each of
them can show the sum: workers have no port of their own. A process that runs alone shows itself.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from watertower.base.metrics_folder import FOLDER_VARIABLE

REQUESTS = Counter("watertower_requests_total", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "watertower_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20),
)
JOBS = Counter("watertower_jobs_total", "Jobs run", ["job", "outcome"])
JOB_SECONDS = Histogram(
    "watertower_job_seconds",
    "Time to run a job",
    ["lane"],
    buckets=(0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300),
)
SOCKETS = Gauge(
    "watertower_streaming_sockets", "Open streaming connections", multiprocess_mode="livesum"
)


class _Due:
    """How much work is due, as a metric made for one scrape."""

    def __init__(self, queue_length: Mapping[str, int]) -> None:
        self._queue_length = queue_length

    def collect(self) -> Iterable[Metric]:
        """One gauge with a value for each lane."""
        due = GaugeMetricFamily("watertower_queue_length", "Jobs that are due", labels=["lane"])
        for lane, length in self._queue_length.items():
            due.add_metric([lane], length)
        yield due


def exposition(queue_length: Mapping[str, int]) -> bytes:
    """Everything as text. `queue_length` is asked of the database for each scrape."""
    now = CollectorRegistry()
    now.register(_Due(queue_length))
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return generate_latest() + generate_latest(now)
    _forget_the_dead(Path(folder))
    together = CollectorRegistry()
    MultiProcessCollector(together, path=folder)  # type: ignore[no-untyped-call]
    return generate_latest(together) + generate_latest(now)


def _forget_the_dead(folder: Path) -> None:
    """Gauges count what is open now; what a process that ended had open is not."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = re.search(r"_(\d+)\.db$", file.name)
        if pid and not Path(f"/proc/{pid[1]}").exists():
            file.unlink(missing_ok=True)
