"""Measures a whole server with the fedibench harness, the same for every server of the field.

    make bench ARGS="read"            a fresh server, seeded, every endpoint and the mix
    make bench ARGS="post"            bursts and single posts until they are seen
    make bench ARGS="boot"            start, idle memory

FEDIBENCH names the harness's folder. It is run with its own requirements, in a virtual
environment below the temporary folder, so that none of its libraries are ours.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
WATERTOWER = ROOT / ".venv" / "bin" / "watertower"


def free_port() -> int:
    """A port nobody listens on, the next one free as well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_target(folder: Path, port: int, environment: dict[str, str]) -> Path:
    """The harness's description of our server."""
    settings = " ".join(f"{k}={v}" for k, v in environment.items() if k.startswith("WATERTOWER_"))
    pid = folder / "pid"
    start = f"{settings} {WATERTOWER} up >>{folder}/log 2>&1 & echo $! > {pid}"
    stop = f"kill $(cat {pid}); while kill -0 $(cat {pid}) 2>/dev/null; do sleep 0.1; done"
    file = folder / "watertower.toml"
    file.write_text(
        f"""
name = "watertower"
base = "http://127.0.0.1:{port}"
origin = "http://localhost:{port}"
adapter = "command"
streaming = "ws://127.0.0.1:{port + 1}/api/v1/streaming"
start_command = '''{start}'''
stop_command = '''{stop}'''
disk_paths = ["{folder}/data"]

[pids]
all = "{pid}"

[options]
create_command = '''{settings} {WATERTOWER} dev accounts'''
"""
    )
    return file


def wait_until_ready(port: int) -> None:
    """Wait until the server says that it is ready."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/health/ready", timeout=2
            ) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not become ready")


def main() -> None:
    """Start, seed, measure, stop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", default=["read"], help="read, post, boot")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--statuses", type=int, default=1200)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rate", type=float, action="append", default=[])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    arguments = parser.parse_args()
    harness = Path(os.environ.get("FEDIBENCH", ""))
    if not (harness / "fedibench").is_dir():
        raise SystemExit("FEDIBENCH must name the folder of the harness: make bench FEDIBENCH=DIR")
    python = harness_python(harness)
    folder = Path(tempfile.mkdtemp(prefix="wt-bench-", dir="/tmp"))
    folder.chmod(0o755)
    port = free_port()
    environment = {
        "WATERTOWER_DATA_DIR": str(folder / "data"),
        "WATERTOWER_BIND": f"127.0.0.1:{port}",
        "WATERTOWER_DOMAIN": f"localhost:{port}",
        "WATERTOWER_LIMITS_ENABLED": "false",
        "WATERTOWER_LOG_LEVEL": "warning",
    }
    target = write_target(folder, port, environment)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [WATERTOWER, "up"], env=os.environ | environment, stdout=log, stderr=log
        )
    (folder / "pid").write_text(f"{server.pid}\n")

    def fedibench(*words: str) -> None:
        subprocess.run(
            [python, "-m", "fedibench", *words],
            cwd=folder,
            check=True,
            env=os.environ | {"PYTHONPATH": str(harness)},
        )

    try:
        wait_until_ready(port)
        fedibench(
            "seed",
            "-t",
            str(target),
            "--users",
            str(arguments.users),
            "--statuses",
            str(arguments.statuses),
        )
        for scenario in arguments.scenarios:
            words = [scenario, "-t", str(target), "-r", str(arguments.repeats)]
            if scenario == "read":
                words += ["--seconds", str(arguments.seconds)]
                words += [w for rate in arguments.rate for w in ("--rate", str(rate))]
                words += [w for name in arguments.only for w in ("--only", name)]
            fedibench(*words)
    finally:
        os.kill(int((folder / "pid").read_text()), signal.SIGTERM)
        server.wait(30)
        if arguments.keep:
            print(f"left behind: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def harness_python(harness: Path) -> Path:
    """The interpreter with the harness's requirements, made once."""
    place = Path(tempfile.gettempdir()) / f"fedibench-{os.getuid()}"
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "-r", harness / "requirements.txt"], check=True
        )
    return python


if __name__ == "__main__":
    main()
