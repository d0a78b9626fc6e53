"""Where a member came from, as its page of moving shows it."""

from collections.abc import Sequence

from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.moves import list_by_uri
from watertower.base.context import Context


async def aliases_of(ctx: Context, *, account: Account) -> Sequence[tuple[str, str]]:
    """(address, handle) of each alias; the address itself for one that is not known any more."""
    async with ctx.reading() as tx:
        known = await list_by_uri(tx, uris=account.also_known_as)
    domain = ctx.settings.server.domain
    handles = {found.uri: f"@{found.username}@{found.domain or domain}" for found in known}
    return [(uri, handles.get(uri, uri)) for uri in account.also_known_as]


async def moved_to(ctx: Context, *, account: Account) -> str | None:
    """The handle of where the account points to."""
    if account.moved_to_account_id is None:
        return None
    async with ctx.reading() as tx:
        found = await find_account(tx, account_id=account.moved_to_account_id)
    if found is None:
        return None
    return f"@{found.username}@{found.domain or ctx.settings.server.domain}"
