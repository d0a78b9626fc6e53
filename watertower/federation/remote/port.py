"""The remote port of the context: what rooms may ask of other servers."""

from watertower.base.context import Context


class Remote:
    """Implements RemotePort. Given its context right after both exist."""

    _ctx: Context

    def attach(self, ctx: Context) -> None:
        """Say where the outgoing client and the database are."""
        self._ctx = ctx

    async def find_account(self, handle: str) -> int | None:
        """The id of the account behind `name@domain`; None if there is none."""
        return None

    async def find_by_url(self, url: str) -> tuple[str, int] | None:
        """What an address shows: ("account", id) or ("status", id); None if nothing."""
        return None
