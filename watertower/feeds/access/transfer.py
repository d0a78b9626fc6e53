"""What members take along, and what became of what they brought."""

from collections.abc import Mapping, Sequence

from watertower.base.context import Context
from watertower.feeds.queries.exports import count_exported, list_exported
from watertower.feeds.queries.imports import list_failed, list_imports
from watertower.feeds.transfer import FailedRow, Import, Kind, TransferRow


async def exported(ctx: Context, *, account_id: int, kind: Kind) -> Sequence[TransferRow]:
    """All that the member has of this kind."""
    async with ctx.reading(may_lag=True) as tx:
        return await list_exported(
            tx, account_id=account_id, kind=kind, own_domain=ctx.settings.server.domain
        )


async def exported_counts(ctx: Context, *, account_id: int) -> Mapping[str, int]:
    """How much there is of each kind."""
    async with ctx.reading() as tx:
        return await count_exported(tx, account_id=account_id)


async def imports_of(ctx: Context, *, account_id: int) -> Sequence[Import]:
    """The member's last imports, newest first."""
    async with ctx.reading() as tx:
        return await list_imports(tx, account_id=account_id)


async def failed_rows(ctx: Context, *, account_id: int, import_id: int) -> Sequence[FailedRow]:
    """What of a member's import failed; empty for imports of others."""
    async with ctx.reading() as tx:
        return await list_failed(tx, import_id=import_id, account_id=account_id)
