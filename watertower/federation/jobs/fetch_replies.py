"""Fetch the answers in a thread of another server that a member opened, within a budget.

The author's server lists answers; each is fetched from its own author's server and judged like
everything that is fetched. Nobody is notified of them.
"""

import asyncio
from collections import Counter, deque

from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.queue.job import Lane, job
from watertower.federation.addresses import is_own
from watertower.federation.model import Document
from watertower.federation.queries.known import has_tombstone
from watertower.federation.queries.told import find_told_status
from watertower.federation.reading import host_of, id_of, object_of
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import remember_fetched
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_collection import read_collection
from watertower.statuses.actions.open_thread import finish_look

MOST_FETCHED, MOST_PAGES, MOST_LISTED = 100, 5, 200  # of one thread; of one list of answers
MOST_LISTS = 30
MOST_FAILURES = 2  # of one host
SECONDS = 90.0


@job(Lane.PULL, attempts=1)
async def fetch_replies(ctx: Context, *, status_id: int) -> None:
    """Look for answers, from the status downwards; what was found stays if the time is over."""
    async with ctx.reading() as tx:
        status = await find_told_status(tx, status_id=status_id)
    look = _Look(ctx)
    try:
        if status is not None and status.author_domain is not None and not status.is_deleted:
            async with asyncio.timeout(SECONDS):
                await look.run(status.uri)
    except (Refused, TimeoutError):
        pass  # the thread stays as we know it
    finally:
        await finish_look(ctx, status_id=status_id, found=look.found)


class _Look:
    """One look: what is still to be read, and what is left of the budget."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._seen: set[str] = set()
        self._failures: Counter[str] = Counter()
        self._lists: deque[tuple[str, str | Document]] = deque()
        self._fetched = 0
        self.found = 0

    async def run(self, uri: str) -> None:
        self._seen.add(uri)
        self._note_list(uri, (await fetch_document(self._ctx, uri)).document)
        read = 0
        while self._lists and read < MOST_LISTS and self._fetched < MOST_FETCHED:
            read += 1
            owner, given = self._lists.popleft()
            try:
                items = await read_collection(
                    self._ctx,
                    given,
                    owner_uri=owner,
                    most_pages=MOST_PAGES,
                    most_items=MOST_LISTED,
                )
            except Refused:
                continue
            for one in items.found:
                if (reply := id_of(one)) is not None and reply not in self._seen:
                    self._seen.add(reply)
                    await self._fetch(reply)

    async def _fetch(self, uri: str) -> None:
        host = host_of(uri) or ""
        if self._fetched >= MOST_FETCHED or self._failures[host] >= MOST_FAILURES:
            return
        if is_own(self._ctx.settings, uri) or await known_status(self._ctx, uri) is not None:
            return
        async with self._ctx.reading() as tx:
            if await has_tombstone(tx, uri=uri):
                return
        self._fetched += 1
        try:
            document = (await fetch_document(self._ctx, uri)).document
            await remember_fetched(self._ctx, document)
        except Unreachable:
            self._failures[host] += 1
            return
        except Refused:
            return
        self.found += 1
        self._note_list(uri, document)

    def _note_list(self, uri: str, document: Document) -> None:
        """The answers to this one are read later, if the budget allows it."""
        given = object_of(document.get("replies")) or id_of(document.get("replies"))
        if given is not None:
            self._lists.append((uri, given))
