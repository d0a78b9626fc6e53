"""One running server for all apps; nothing in these tests reaches into it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.running import RunningServer


@pytest.fixture(scope="session")
def running() -> Iterator[RunningServer]:
    """The server, ready."""
    folder = Path(tempfile.mkdtemp(prefix="wt-clients-", dir="/tmp"))
    folder.chmod(0o755)  # PostgreSQL gives up root and must still get in
    server = RunningServer(folder)
    try:
        server.start()
        yield server
        assert server.faults() == [], "what an app asked for made a fault inside"
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
