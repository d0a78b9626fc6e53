"""Keeps what is known of servers fresh: their NodeInfo, our counts, rules about software."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.base.text.clean import clean_text
from watertower.moderation.jobs.server_mails import send_server_notice
from watertower.moderation.queries.server_facts import (
    count_again,
    list_to_ask,
    list_uncounted,
    update_asked,
)
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.queries.server_rules import list_rules
from watertower.moderation.steps.software_rules import carry_out

ASKED_EVERY = timedelta(hours=24)
AT_ONCE, TOGETHER = 100, 10
LIMIT_BYTES = 100_000
COUNTED_EVERY = timedelta(days=1)


@job(Lane.PULL)
async def ask_servers(ctx: Context) -> None:
    """Ask those that were not asked for a day, then see what rules about software make of it."""
    async with ctx.reading() as tx:
        domains = await list_to_ask(tx, before=ctx.now() - ASKED_EVERY, limit=AT_ONCE)
    gate = asyncio.Semaphore(TOGETHER)

    async def ask(domain: str) -> None:
        async with gate:
            await ask_server(ctx, domain=domain)

    await asyncio.gather(*(ask(domain) for domain in domains))
    await run_software_rules(ctx)


async def run_software_rules(ctx: Context) -> None:
    """Hold what is unsafe, release what was repaired."""
    async with ctx.transaction() as tx:
        for rule in await list_rules(tx, only_in_force=True):
            _, _, notices = await carry_out(tx, ctx, rule=rule, actor_id=None)
            for notice_id in notices:
                tx.enqueue(send_server_notice.queued(notice_id=notice_id))


async def ask_server(ctx: Context, *, domain: str) -> None:
    """Read a server's NodeInfo and keep what it says; silence is kept too."""
    said = await _node_info(ctx, domain)
    software = said.get("software") if isinstance(said, dict) else None
    software = software if isinstance(software, dict) else {}
    usage = said.get("usage") if isinstance(said, dict) else None
    users = usage.get("users") if isinstance(usage, dict) else None
    total = users.get("total") if isinstance(users, dict) else None
    is_open = said.get("openRegistrations") if isinstance(said, dict) else None
    async with ctx.transaction() as tx:
        await update_asked(
            tx,
            domain=domain,
            software=_word(software.get("name")).lower(),
            version=_word(software.get("version")),
            open_registrations=is_open if isinstance(is_open, bool) else None,
            users_total=total if isinstance(total, int) and 0 <= total < 2**31 else None,
            has_answered=said is not None,
            at=ctx.now(),
        )


async def _node_info(ctx: Context, domain: str) -> dict[str, Any] | None:
    """The document (NodeInfo 2.x), found by its well-known address; None if there is none."""
    plain = ctx.settings.federation.allow_http and domain.startswith(("127.", "localhost"))
    links = await _json(ctx, f"{'http' if plain else 'https'}://{domain}/.well-known/nodeinfo")
    found = links.get("links") if isinstance(links, dict) else None
    addresses = [
        link["href"]
        for link in (found if isinstance(found, list) else [])
        if isinstance(link, dict)
        and isinstance(link.get("href"), str)
        and "nodeinfo" in str(link.get("rel"))
    ]
    for address in sorted(addresses, reverse=True)[:2]:
        document = await _json(ctx, address)
        if isinstance(document, dict):
            return document
    return None


async def _json(ctx: Context, url: str) -> Any:
    try:
        answer = await ctx.http.request(
            "GET", url, headers={"Accept": "application/json"}, limit_bytes=LIMIT_BYTES
        )
        return msgspec.json.decode(answer.body) if answer.is_ok else None
    except (Refused, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _word(value: Any) -> str:
    return clean_text(value)[:100].strip() if isinstance(value, str) else ""


@job(Lane.SCHEDULED)
async def count_servers(ctx: Context) -> None:
    """Count again where the numbers are a day old, a few servers at a time."""
    async with ctx.reading() as tx:
        domains = await list_uncounted(tx, before=ctx.now() - COUNTED_EVERY, limit=AT_ONCE)
    for domain in domains:
        async with ctx.transaction() as tx:
            impact = await count_impact(tx, servers=[domain])
            await count_again(tx, domain=domain, impact=impact, at=ctx.now())
