"""Verifies links of profiles: a page that links back with rel="me" belongs to the member.

Runs when a member changes its fields, and again every week, because pages change hands.
"""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from watertower.accounts.links_back import links_back
from watertower.accounts.model import Account
from watertower.accounts.profile import is_link
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.profile import list_with_links, update_fields
from watertower.base.context import Context
from watertower.base.http.errors import OutgoingFailed
from watertower.base.queue.job import Lane, job

PAGE_BYTES = 1_048_576
PAGE_SECONDS = 15.0
HTML = ("text/html", "application/xhtml+xml")
AT_ONCE = 500
SPREAD_SECONDS = 86_400


@job(Lane.PULL, attempts=4)
async def verify_links(ctx: Context, *, account_id: int) -> None:
    """Look at each linked page of the profile and note what it proves, now."""
    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=account_id)
    if account is None or not account.is_local or account.is_suspended or account.deleted_at:
        return
    fields = await asyncio.gather(*(_verified(ctx, account, dict(f)) for f in account.fields))
    if fields != list(account.fields):
        async with ctx.transaction() as tx:
            await update_fields(tx, account_id=account_id, fields=fields, before=account.fields)


async def _verified(ctx: Context, account: Account, field: dict[str, Any]) -> dict[str, Any]:
    """The field with `verified_at` set, kept, or taken away."""
    value = field.get("value", "")
    if not is_link(value) or _host(value) == _host(ctx.settings.base_url):
        return field  # our own pages prove nothing
    proof = await _proves(ctx, account, value)
    if proof is None or proof == bool(field.get("verified_at")):
        return field
    now = ctx.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return field | {"verified_at": now if proof else None}


async def _proves(ctx: Context, account: Account, url: str) -> bool | None:
    """Whether the page links back; None while it cannot be read, which proves neither."""
    try:
        answer = await ctx.http.request(
            "GET",
            url,
            limit_bytes=PAGE_BYTES,
            accept_types=HTML,
            deadline_seconds=PAGE_SECONDS,
        )
    except OutgoingFailed as failed:
        return False if failed.is_final else None
    if answer.status in {404, 410}:
        return False
    if not answer.is_ok:
        return None
    if _site(answer.url) != _site(url):
        return False  # led on to somebody else's page, which proves nothing of the one shown
    return await asyncio.to_thread(links_back, answer.body, {account.url, account.uri})


def _site(url: str) -> str:
    """The host as a reader takes it for one site: sites lead on to `www.` and from it."""
    return _host(url).removeprefix("www.")


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


@job(Lane.SCHEDULED)
async def reverify_links(ctx: Context) -> None:
    """Have every profile with links looked at again, spread over a day."""
    after_id = 0
    while True:
        async with ctx.transaction() as tx:
            ids = await list_with_links(tx, after_id=after_id, limit=AT_ONCE)
            for account_id in ids:
                tx.enqueue(
                    verify_links.queued(
                        after=timedelta(seconds=hash(account_id) % SPREAD_SECONDS),
                        unique_key=f"verify-links-{account_id}",
                        account_id=account_id,
                    )
                )
        if len(ids) < AT_ONCE:
            return
        after_id = ids[-1]
