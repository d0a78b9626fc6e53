"""Blocklists as moderators see them, and what was decided here as a list for others."""

from watertower.accounts.queries.site import site_setting
from watertower.base.context import Context
from watertower.moderation.errors.blocklists import BlocklistNotFound
from watertower.moderation.model.blocklists import Blocklist, Entry
from watertower.moderation.model.servers import Impact
from watertower.moderation.queries.blocklists import (
    list_blocklists,
    list_entries,
    list_exported,
)
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.rules.blocklists import WRITERS

PAGE = 50


async def blocklists(ctx: Context) -> list[Blocklist]:
    """All lists, latest first."""
    async with ctx.reading() as tx:
        return await list_blocklists(tx)


async def blocklist_page(
    ctx: Context, *, blocklist_id: int, shown: str, after: str
) -> tuple[Blocklist, list[Entry], Impact]:
    """(list, a page of lines and one more, who would lose what if all of the page applied).

    Raises BlocklistNotFound.
    """
    async with ctx.reading() as tx:
        found = await list_blocklists(tx, blocklist_id=blocklist_id)
        if not found:
            raise BlocklistNotFound
        entries = await list_entries(
            tx, blocklist_id=blocklist_id, shown=shown, after=after, limit=PAGE + 1
        )
        cut_off = [one.domain for one in entries[:PAGE] if one.severity == "suspend"]
        impact = await count_impact(tx, servers=cut_off) if cut_off else Impact()
    return found[0], entries, impact


async def exported(ctx: Context, *, kind: str) -> bytes:
    """What was decided here, as a file. Reasons are told with all or with none.

    The site setting `show_domain_blocks_rationale` decides that for everything that is published:
    a reason that is missing in one line would itself be a message.
    """
    async with ctx.reading() as tx:
        lines = await list_exported(tx)
        shows = await site_setting(tx, "show_domain_blocks_rationale", "disabled")
    return WRITERS[kind](lines, with_reasons=shows != "disabled")
