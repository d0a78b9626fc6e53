"""Three whole servers, started once for this folder. The third answers only signed requests."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.federation.two_servers.servers import Server

STRICT = {"WATERTOWER_FEDERATION_AUTHORIZED_FETCH": "true"}


@pytest.fixture(scope="session")
def servers():
    started = []
    try:
        for more in ({}, {}, STRICT):
            folder = Path(tempfile.mkdtemp(prefix="wt-servers-", dir="/tmp"))
            folder.chmod(0o711)
            started.append(Server(folder, more))
            started[-1].start()
        for server in started:
            server.wait_until_ready()
        yield started
    finally:
        with ThreadPoolExecutor() as threads:
            list(threads.map(Server.stop, started))
        for server in started:
            shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def people(servers):
    """The same names on each server."""
    with ThreadPoolExecutor() as threads:
        made = list(threads.map(lambda server: server.people(*NAMES), servers))
    return [dict(zip(NAMES, of_one, strict=True)) for of_one in made]


@pytest.fixture(scope="session")
def near(people):
    """Members of the first server."""
    return people[0]


@pytest.fixture(scope="session")
def far_away(people):
    """Members of the second server."""
    return people[1]


@pytest.fixture(scope="session")
def strict(people):
    """Members of the third server."""
    return people[2]


NAMES = ("ann", "ben", "cat", "dan", "eve", "fay")
