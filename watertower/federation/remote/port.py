"""The remote port of the context: what rooms may ask of other servers."""

from contextlib import suppress
from datetime import timedelta

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.federation.addresses import is_own, own_account, own_status_id
from watertower.federation.model import ACTOR_TYPES, CONVERTED_TYPES, STATUS_TYPES
from watertower.federation.queries.actors import find_actor, find_actor_by_url
from watertower.federation.queries.known import find_status_by_page
from watertower.federation.reading import kind_of, uri_of
from watertower.federation.remote.actor import actor_by_handle, actor_by_uri, remember_actor
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import remember_fetched
from watertower.federation.remote.own import known_status, own_actor

MOMENT = timedelta(minutes=1)


class Remote:
    """Implements RemotePort. Given its context right after both exist."""

    _ctx: Context

    def attach(self, ctx: Context) -> None:
        """Say where the outgoing client and the database are."""
        self._ctx = ctx

    async def find_account(self, handle: str) -> int | None:
        """The id of the account behind `name@domain`; None if there is none, or it is unreachable."""
        try:
            found = await actor_by_handle(self._ctx, handle)
        except Refused:
            return None
        # The server's own account is nobody to be found.
        return None if found is None or found.is_deleted or found.id < 0 else found.id

    async def refresh_account(self, account_id: int) -> None:
        """Look at an account elsewhere now, unless that was within the last minute."""
        async with self._ctx.reading() as tx:
            known = await find_actor(tx, account_id=account_id)
        if known is None or known.is_local or known.is_deleted:
            return
        with suppress(Refused):
            await actor_by_uri(self._ctx, known.uri, fresh_since=self._ctx.now() - MOMENT)

    async def find_by_url(self, url: str) -> tuple[str, int] | None:
        """What an address shows: ("account", id) or ("status", id); None if nothing.

        Whether the asker may see a status is for `access` to say.
        """
        address = uri_of(url)
        if address is None:
            return None
        known = await self._known(address)
        if known is not None or is_own(self._ctx.settings, address):
            return known
        try:
            fetched = await fetch_document(self._ctx, address, finds_pages=True)
            if kind_of(fetched.document, ACTOR_TYPES) is not None:
                return "account", (await remember_actor(self._ctx, fetched.document)).id
            if kind_of(fetched.document, STATUS_TYPES | CONVERTED_TYPES) is not None:
                return "status", (await remember_fetched(self._ctx, fetched.document)).id
        except Refused:
            return None
        return None

    async def _known(self, address: str) -> tuple[str, int] | None:
        """What we have under this address already."""
        ctx = self._ctx
        status = await known_status(ctx, address)
        if status is not None:
            return "status", status.id
        if own_status_id(ctx.settings, address) is None:
            member = await own_actor(ctx, address) if own_account(ctx.settings, address) else None
            if member is not None:
                return "account", member.id
        async with ctx.reading() as tx:
            account = await find_actor_by_url(tx, url=address)
            if account is not None and not account.is_deleted:
                return "account", account.id
            page = await find_status_by_page(tx, url=address)
        return None if page is None else ("status", page.id)
