"""Counters and timings, in the names that the dashboards use (Prometheus)."""

from prometheus_client import Counter, Gauge, Histogram

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
QUEUE_LENGTH = Gauge("watertower_queue_length", "Jobs waiting", ["lane"])
SOCKETS = Gauge("watertower_streaming_sockets", "Open streaming connections")
