"""MutedAccount, as JSON: an account, and when the mute ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes


async def render_muted_accounts(
    ctx: Context, account_ids: Sequence[int], ends: Mapping[int, datetime | None]
) -> list[bytes]:
    """Muted accounts as JSON bytes, in the order given; two queries for any number."""
    accounts = await render_accounts(ctx, account_ids)
    return [
        b'%b,"mute_expires_at":%b}' % (accounts[i][:-1], to_json_bytes(moment(ends.get(i))))
        for i in account_ids
        if i in accounts
    ]
