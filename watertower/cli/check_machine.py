"""Whether this machine has what the server needs: a folder, programs, a clock, a port."""

import importlib
import os
import shutil
import stat
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from watertower.base.settings import Settings
from watertower.cli.failure import CommandFailed
from watertower.cli.finding import Finding, fail, ok, warn
from watertower.cli.listen import listen_on

_LITTLE_SPACE_BYTES = 2 * 1024**3
_NO_SPACE_BYTES = 200 * 1024**2
_PICTURE_KINDS = ("jpg", "zlib", "webp")  # zlib is what PNG needs


def check_machine(settings: Settings) -> Iterator[Finding]:
    """The data directory, FFmpeg, Pillow, the clock and the ports."""
    yield from _check_data_dir(settings.server.data_dir.resolve())
    yield _check_ffmpeg()
    yield _check_pictures()
    yield _check_clock()
    yield _check_port("port", settings.bind, "WATERTOWER_BIND")
    yield _check_port("streaming port", settings.streaming_bind, "WATERTOWER_STREAMING_BIND")


def _check_data_dir(folder: Path) -> Iterator[Finding]:
    subject = "data directory"
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        yield fail(subject, f"{existing} cannot be written to. Give it to this user: chown it.")
        return
    free = shutil.disk_usage(existing).free
    room = f"{free / 1024**3:.1f} GiB free"
    if free < _NO_SPACE_BYTES:
        yield fail(subject, f"{folder} has {room}. The database stops when it is full: make room.")
    elif free < _LITTLE_SPACE_BYTES:
        yield warn(subject, f"{folder} has {room}. Make room soon.")
    else:
        yield ok(subject, f"{folder}, {room}")
    if existing == folder and folder.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
        yield warn(subject, f"Everybody on this machine may look into it: chmod 711 {folder}")
    secrets = folder / "secrets.json"
    if secrets.exists() and secrets.stat().st_mode & 0o077:
        yield fail("secrets", f"Others on this machine may read them: chmod 600 {secrets}")


def _check_ffmpeg() -> Finding:
    program = shutil.which("ffmpeg")
    if program is None:
        try:
            program = str(importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe())
        except (ImportError, RuntimeError):
            return fail("FFmpeg", "Not found: video and sound are refused. Install ffmpeg.")
    try:
        answer = subprocess.run(  # noqa: S603
            [program, "-version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return fail("FFmpeg", f"{program} does not run: {error}. Install ffmpeg.")
    return ok("FFmpeg", f"{' '.join(answer.stdout.split()[:3])} ({program})")


def _check_pictures() -> Finding:
    try:
        features = importlib.import_module("PIL.features")  # may be missing, which is what we ask
    except (ImportError, OSError) as error:
        return fail("pictures", f"They cannot be read: {error}. Install Pillow from its wheel.")
    missing = [kind for kind in _PICTURE_KINDS if not features.check(kind)]
    if missing:
        return fail("pictures", f"Pillow lacks {', '.join(missing)}. Install it from its wheel.")
    return ok("pictures", f"Pillow {features.version('pil')}")


def _check_clock() -> Finding:
    """A clock before our own release is wrong; the database's is compared elsewhere."""
    installed = metadata.distribution("watertower").locate_file("")
    released_at = Path(str(installed)).stat().st_mtime
    if time.time() < released_at - 86_400:
        return fail("clock", f"It says {time.ctime()}, which is in the past. Set it, or run NTP.")
    return ok("clock", time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()))


def _check_port(subject: str, bind: tuple[str, int], setting: str) -> Finding:
    host, port = bind
    try:
        listen_on(host, port, setting=setting).close()
    except CommandFailed as refusal:
        if _answers(host, port):
            return ok(subject, f"{host}:{port}, this server answers there")
        return fail(subject, str(refusal))
    return ok(subject, f"{host}:{port} is free")


def _answers(host: str, port: int) -> bool:
    shown = f"[{host}]" if ":" in host else host
    shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(shown, shown)  # noqa: S104
    try:
        with urllib.request.urlopen(f"http://{shown}:{port}/health/live", timeout=3) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError, urllib.error.URLError):
        return False
