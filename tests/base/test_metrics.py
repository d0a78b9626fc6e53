"""What operators read of the processes of a machine."""

import os
import subprocess
import sys

from watertower.base.metrics import exposition

COUNT = """
import os
from watertower.base.metrics import JOBS, SOCKETS, exposition
JOBS.labels("a job", "done").inc(3)
SOCKETS.set(2)
if os.fork() == 0:
    JOBS.labels("a job", "done").inc(4)
    SOCKETS.set(5)
    os._exit(0)
os.wait()
print(exposition({"local": 7}).decode())
"""


def run(folder):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_processes_of_a_machine_count_together_and_the_dead_have_no_sockets(tmp_path):
    lines = run(tmp_path)

    assert 'watertower_jobs_total{job="a job",outcome="done"} 7.0' in lines
    assert "watertower_streaming_sockets 2.0" in lines


def test_what_waits_is_told_for_each_lane(tmp_path):
    assert 'watertower_queue_length{lane="local"} 7.0' in run(tmp_path)


def test_a_process_that_runs_alone_shows_itself(monkeypatch):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)

    text = exposition({"mail": 1}).decode()

    assert 'watertower_queue_length{lane="mail"} 1.0' in text
    assert "# TYPE watertower_requests_total counter" in text
