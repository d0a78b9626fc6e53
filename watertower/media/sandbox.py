"""Runs a program on a file that a stranger sent: without network, within hard limits.

The program gets a process group of its own, which is killed as a whole when time is over, when
we are cancelled, or (by the kernel) when we die. What it prints is read up to a limit.
"""

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from watertower.base.parent_death import child_setup

PRINTED_BYTES = 262_144
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # unshare(2)
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Limits:
    """What one run may use."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int  # the largest file it may write
    niceness: int = 10


@dataclass(frozen=True)
class Ended:
    """How a run ended. `status` is negative for a signal, None when time was over."""

    status: int | None
    printed: bytes
    complained: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the program says that all went well."""
        return self.status == 0


async def run_limited(
    argv: Sequence[str],
    *,
    limits: Limits,
    folder: Path,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run in `folder` with `given` as standard input. Never raises for what the program does.

    Of our own environment, which holds secrets, only the search path is passed on.
    """
    process = await asyncio.create_subprocess_exec(
        *argv,
        cwd=folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            **(environment or {}),
        },
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_set_up(limits),
    )
    given_to, said, complained_of = process.stdin, process.stdout, process.stderr
    if given_to is None or said is None or complained_of is None:
        raise RuntimeError("a pipe is missing")
    try:
        async with asyncio.timeout(limits.wall_seconds):
            with contextlib.suppress(ConnectionError):
                given_to.write(given)
                given_to.close()
            printed, complained = await asyncio.gather(_read(said), _read(complained_of))
            status: int | None = await process.wait()
    except TimeoutError:
        status, printed, complained = None, b"", b""
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            await asyncio.shield(process.wait())
    return Ended(status, printed, complained)


async def _read(stream: asyncio.StreamReader) -> bytes:
    """What is printed, cut at the limit; the rest is read and dropped, so nobody blocks."""
    kept = bytearray()
    while piece := await stream.read(65_536):
        kept += piece[: PRINTED_BYTES - len(kept)]
    return bytes(kept)


def _set_up(limits: Limits) -> Callable[[], None]:
    """What the child does to itself before it becomes the program."""
    dies_with_us = child_setup(signal.SIGKILL)

    def set_up() -> None:
        dies_with_us()
        os.nice(limits.niceness)
        for what, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_CPU, limits.cpu_seconds),
            (resource.RLIMIT_FSIZE, limits.file_bytes),
            (resource.RLIMIT_NOFILE, 64),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        if _LIBC is not None:
            # A namespace without any network interface. Where the kernel or a container refuses
            # it, FFmpeg's list of protocols is what is left, and Pillow knows no network.
            _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)

    return set_up
