import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from tests.media.files import as_upload, picture
from watertower.base.settings import MediaSettings
from watertower.media.errors import CannotProcess
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.sniff import JPEG
from watertower.media.sandbox import Limits, run_limited

USUAL = Limits(wall_seconds=10, cpu_seconds=5, memory_bytes=1 << 30, file_bytes=1 << 20)


async def python(code: str, folder, limits: Limits = USUAL, given: bytes = b""):
    return await run_limited(
        [sys.executable, "-I", "-c", code], limits=limits, folder=folder, given=given
    )


async def test_a_program_is_given_its_input_and_its_output_is_read(tmp_path):
    ended = await python("print(input()[::-1])", tmp_path, given=b"abc\n")
    assert (ended.status, ended.printed) == (0, b"cba\n")


async def test_more_memory_than_allowed_is_refused_by_the_kernel(tmp_path):
    ended = await python("x = bytearray(2 << 30)", tmp_path)
    assert not ended.is_ok
    assert b"MemoryError" in ended.complained


async def test_a_file_larger_than_allowed_cannot_be_written(tmp_path):
    await python("open('out', 'wb').write(bytes(5 << 20))", tmp_path)
    assert (tmp_path / "out").stat().st_size <= 1 << 20


async def test_computing_for_too_long_is_ended(tmp_path):
    started = time.monotonic()
    ended = await python("while True: pass", tmp_path, Limits(10, 1, 1 << 30, 0))
    assert not ended.is_ok
    assert time.monotonic() - started < 5


async def test_waiting_for_too_long_ends_the_whole_group(tmp_path):
    code = (
        "import os, subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open('pid', 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    ended = await python(code, tmp_path, Limits(1.5, 5, 1 << 30, 1 << 20))
    assert ended.status is None
    pid = int((tmp_path / "pid").read_text())
    await asyncio.sleep(0.2)
    assert not is_alive(pid)


async def test_when_we_are_cancelled_it_is_ended(tmp_path):
    task = asyncio.create_task(
        python(
            "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)", tmp_path
        )
    )
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not is_alive(int((tmp_path / "pid").read_text()))


async def test_endless_output_neither_blocks_nor_fills_the_memory(tmp_path):
    ended = await python(
        "import sys\nfor _ in range(300): sys.stdout.write('x' * 100000)", tmp_path
    )
    assert (ended.status, len(ended.printed)) == (0, 262_144)


async def test_there_is_no_network(tmp_path):
    server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2); print('connected')"
    ended = await python(code, tmp_path)
    server.close()
    if ended.printed:
        pytest.skip("this kernel gives us no namespace of our own")
    assert b"Error" in ended.complained


async def test_our_environment_is_not_told(tmp_path, monkeypatch):
    monkeypatch.setenv("WATERTOWER_MEDIA_S3_SECRET_KEY", "very secret")
    ended = await python("import os; print(sorted(os.environ))", tmp_path)
    assert ended.printed == b"['HOME', 'LC_ALL', 'PATH']\n"


async def test_a_child_that_crashes_is_a_refusal(tmp_path, monkeypatch):
    from watertower.media import picture_child

    monkeypatch.setattr(picture_child, "MEMORY_BYTES", 50 << 20)
    file = as_upload(tmp_path, picture(3000, 2000))
    with pytest.raises(CannotProcess):
        await run_picture_task(
            "attachment", source=file.path, kind=JPEG, folder=tmp_path, settings=MediaSettings()
        )


async def test_the_decoder_is_never_loaded_into_a_server_process():
    code = "import sys, watertower.asgi, watertower.worker; print('PIL' in sys.modules, 'blurhash_rs' in sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert printed.split() == [b"False", b"False"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
