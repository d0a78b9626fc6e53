"""The outside world, as a short closed list: what an action may reach for.

It is not a locator: it never holds a room. Ports (remote, storage, mail, push) are protocols
implemented above or beside us, so that rooms never import a door.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from watertower.base.clock import Clock
from watertower.base.db.pool import Database
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.http.client import OutgoingClient
from watertower.base.secrets import Secrets
from watertower.base.settings import Settings


class RemotePort(Protocol):
    """Other servers, as rooms see them. Implemented by federation/remote.

    Never called inside a transaction.
    """

    async def find_account(self, handle: str) -> int | None:
        """The id of the account behind `name@domain`, fetched when unknown; None if there is none."""
        ...

    async def refresh_account(self, account_id: int) -> None:
        """Look at an account elsewhere now; what cannot be reached stays as it is."""
        ...

    async def find_by_url(self, url: str) -> tuple[str, int] | None:
        """What an address shows: ("account", id) or ("status", id), fetched when unknown."""
        ...


class StoragePort(Protocol):
    """Where files are kept. Keys are relative paths without a leading slash."""

    async def put(self, key: str, source: Path | bytes, *, content_type: str) -> None:
        """Store a file; replacing one of the same key is allowed."""
        ...

    async def download(self, key: str, to: Path) -> None:
        """The whole file onto the disk; FileNotFoundError if there is none."""
        ...

    async def size(self, key: str) -> int | None:
        """The length of a file in bytes, None if there is none."""
        ...

    def read(self, key: str, *, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`, a piece at a time."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files; those that are not there are no error."""
        ...

    def url(self, key: str) -> str:
        """The public address of a file."""
        ...

    async def check(self) -> None:
        """Raise if files can be neither written nor read."""
        ...


@dataclass(frozen=True)
class Mail:
    """One mail, plain text and HTML."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class MailPort(Protocol):
    """Outgoing mail. Called from jobs only."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over; raises Unreachable when that fails."""
        ...


@dataclass
class Context:
    """What every action, job and endpoint is given first."""

    db: Database
    clock: Clock
    settings: Settings
    secrets: Secrets
    http: OutgoingClient
    remote: RemotePort
    storage: StoragePort
    mail: MailPort

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()

    def reading(self, *, may_lag: bool = False) -> AbstractAsyncContextManager[Reading]:
        """A connection for reading. `may_lag` allows a replica that is a moment behind."""
        return self.db.reading(may_lag=may_lag)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction: everything in the block, and the jobs that follow from it, or nothing."""
        async with self.db.transaction() as tx:
            yield tx
