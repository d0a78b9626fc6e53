"""The supervisor, in a process of its own, with children that do as they are told."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, sys, time
from watertower.cli.child import Child
from watertower.cli.supervise import Supervisor
import watertower.cli.supervise as supervise
supervise.DRAIN_SECONDS = float(sys.argv[2])

def write(name, text):
    with open(os.path.join(sys.argv[1], name), "a") as file:
        file.write(text + "\\n")

def polite():
    stopped = []
    signal.signal(signal.SIGTERM, lambda *a: stopped.append(1))
    write("polite", str(os.getpid()))
    while not stopped:
        time.sleep(0.02)
    write("drained", "yes")

def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    write("stubborn", str(os.getpid()))
    time.sleep(60)

def failing():
    write("failing", str(time.monotonic()))
    sys.exit(3)

known = {"polite": polite, "stubborn": stubborn, "failing": failing}
children = [Child(name, known[name]) for name in sys.argv[3:]]
supervisor = Supervisor(children, None, lambda text: print(text, flush=True))
supervisor.start()
sys.exit(supervisor.run())
"""


@pytest.fixture
def supervised(tmp_path):
    """Starts a supervisor with these children; kills what is left at the end."""
    started = []

    def start(*children: str, drain_seconds: float = 5) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path), str(drain_seconds), *children],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def lines(file: Path, count: int) -> list[str]:
    """The lines of a file, once it has so many."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        found = file.read_text().splitlines() if file.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{file} never had {count} lines")


def has_ended(pid: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_the_children_and_ends_with_0(supervised, tmp_path, number):
    process = supervised("polite")
    lines(tmp_path / "polite", 1)

    process.send_signal(number)

    output, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert lines(tmp_path / "drained", 1) == ["yes"]
    assert output == (
        "Stopping: running requests and jobs may finish. Ctrl-C again hurries.\nStopped.\n"
    )


def test_a_killed_child_is_started_again_at_once(supervised, tmp_path):
    process = supervised("polite")
    first = int(lines(tmp_path / "polite", 1)[0])

    os.kill(first, signal.SIGKILL)
    second = int(lines(tmp_path / "polite", 2)[1])

    assert second != first
    assert process.stdout.readline() == (
        f"polite (process {first}) was killed by SIGKILL; starting it again now.\n"
    )


def test_a_child_that_keeps_failing_is_started_ever_more_slowly(supervised, tmp_path):
    process = supervised("failing")
    times = [float(line) for line in lines(tmp_path / "failing", 4)]

    assert times[1] - times[0] < 0.4
    assert times[2] - times[1] > 0.45
    assert times[3] - times[2] > 0.95
    assert "ended with exit code 3; starting it again now." in process.stdout.readline()
    assert process.stdout.readline().endswith("starting it again in 0.5 s.\n")


def test_a_child_that_does_not_drain_is_ended(supervised, tmp_path):
    process = supervised("stubborn", drain_seconds=0.3)
    pid = int(lines(tmp_path / "stubborn", 1)[0])

    process.send_signal(signal.SIGTERM)

    output, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Ending what did not finish: stubborn.\n" in output
    assert has_ended(pid)


def test_a_second_signal_hurries(supervised, tmp_path):
    process = supervised("stubborn", drain_seconds=30)
    lines(tmp_path / "stubborn", 1)

    process.send_signal(signal.SIGINT)
    process.stdout.readline()
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)

    assert process.returncode == 0
    assert time.monotonic() - begin < 3


@pytest.mark.skipif(sys.platform != "linux", reason="needs the parent-death signal")
def test_killing_the_supervisor_leaves_no_orphan(supervised, tmp_path):
    process = supervised("polite", "stubborn")
    pids = [int(lines(tmp_path / name, 1)[0]) for name in ("polite", "stubborn")]

    process.kill()
    process.wait()

    assert [has_ended(pid) for pid in pids] == [True, True]


def test_with_several_threads_it_refuses_to_fork():
    script = (
        "import threading, time\n"
        "from watertower.cli.child import fork\n"
        "threading.Thread(target=time.sleep, args=(5,), daemon=True).start()\n"
        "try:\n    fork('x', print)\n"
        "except RuntimeError as error:\n    print(error)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True
    )

    assert answer.stdout == "the supervisor has 2 threads; a fork would not be safe\n"
