"""Take in a list of others, follow it, and decide line by line what of it holds here."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.errors import Refused
from watertower.moderation.errors.blocklists import BlocklistNotFound, NameMissing, WrongAddress
from watertower.moderation.model.blocklists import Blocklist, Entry, Listed
from watertower.moderation.model.servers import Choice
from watertower.moderation.queries.blocklists import (
    insert_blocklist,
    list_blocklists,
    list_entries,
    replace_entries,
    update_entry,
    update_subscribed,
)
from watertower.moderation.queries.server_decisions import find_decision
from watertower.moderation.rules.blocklists import read_blocklist
from watertower.moderation.steps.blocklists import fetched, next_refresh
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import decide_in, lift_in, named_server

LONGEST_NAME = 200


async def import_blocklist(
    ctx: Context, *, actor_id: int | None, name: str, body: bytes
) -> tuple[int, list[str]]:
    """(id of the list, lines that could not be read). Everything in it is a draft.

    The same name again is the same list with what it says now. Raises NameMissing, NotABlocklist.
    """
    kind, lines, unread = read_blocklist(body)
    async with ctx.transaction() as tx:
        found = await _keep(
            tx, ctx, name=_name(name), url="", kind=kind, lines=lines, actor_id=actor_id
        )
    return found, unread


async def subscribe(ctx: Context, *, actor_id: int, name: str, url: str) -> tuple[int, list[str]]:
    """Follow a list at an address; it is looked at every day, and everything new is a draft.

    Raises NameMissing, WrongAddress, NotABlocklist, Unreachable.
    """
    url = url.strip()
    if not url.startswith(("https://", "http://")):
        raise WrongAddress
    name = _name(name)
    kind, lines, unread = await fetched(ctx, url=url)
    async with ctx.transaction() as tx:
        found = await _keep(tx, ctx, name=name, url=url, kind=kind, lines=lines, actor_id=actor_id)
        await update_subscribed(
            tx, blocklist_id=found, is_subscribed=True, refresh_at=next_refresh(ctx.now())
        )
    return found, unread


async def unsubscribe(ctx: Context, *, actor_id: int, blocklist_id: int) -> None:
    """Do not look at it any more. What was decided stays."""
    async with ctx.transaction() as tx:
        held = await _list(tx, blocklist_id)
        await update_subscribed(tx, blocklist_id=blocklist_id, is_subscribed=False, refresh_at=None)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="unsubscribe_blocklist",
            subject=("blocklist", held.id),
        )


async def choose(
    ctx: Context, *, actor_id: int | None, blocklist_id: int, domains: Sequence[str], what: str
) -> tuple[int, list[str]]:
    """`apply`, `ignore` or `lift` these lines; (how many, names left as they are).

    What moderators decided here themselves is never replaced by a list, and of two lists the
    stricter holds. Lifting takes back only what this list brought.
    """
    done, left = 0, []
    async with ctx.transaction() as tx:
        held = await _list(tx, blocklist_id)
        entries = await list_entries(
            tx, blocklist_id=blocklist_id, shown="all", limit=len(domains), domains=domains
        )
        for entry in entries:
            if what == "ignore":
                await update_entry(
                    tx, blocklist_id=blocklist_id, domain=entry.domain, state="ignored"
                )
                done += 1
            elif (what == "apply" and await _apply(tx, ctx, held, entry, actor_id)) or (
                what == "lift" and await _lift(tx, ctx, held, entry, actor_id)
            ):
                done += 1
            else:
                left.append(entry.domain)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"{what}_blocklist_lines",
            subject=("blocklist", blocklist_id),
            details={"number": done},
        )
    return done, left


async def _apply(
    tx: Transaction, ctx: Context, held: Blocklist, entry: Entry, actor_id: int | None
) -> bool:
    if entry.is_retracted or (entry.held_cause or "blocklist") != "blocklist":
        return False
    if entry.held_severity is not None and entry.comparison == "weaker":
        return False
    try:
        named_server(ctx, entry.domain)
    except Refused:
        return False  # a list may name us
    source = f" (it has it from {entry.source})" if entry.source else ""
    reason = entry.private_comment or entry.public_comment or "it gives no reason"
    decision_id = await decide_in(
        tx,
        ctx,
        choice=Choice(
            entry.domain,
            severity=entry.severity,
            rejects_media=entry.rejects_media,
            rejects_reports=entry.rejects_reports,
            obfuscates=entry.obfuscates,
            public_comment=entry.public_comment,
            private_comment=f"From the list “{held.name}”{source}: {reason}",
            evidence=held.url,
            cause="blocklist",
            cause_id=held.id,
        ),
        actor_id=actor_id,
    )
    await update_entry(
        tx,
        blocklist_id=held.id,
        domain=entry.domain,
        state="applied",
        decision_id=decision_id,
    )
    return True


async def _lift(
    tx: Transaction, ctx: Context, held: Blocklist, entry: Entry, actor_id: int | None
) -> bool:
    decision = entry.decision_id and await find_decision(tx, decision_id=entry.decision_id)
    if not decision or decision.ended_at is not None:
        return False
    await lift_in(
        tx,
        ctx,
        domain=entry.domain,
        reason=f"“{held.name}” took it back" if entry.is_retracted else f"Not by “{held.name}”",
        actor_id=actor_id,
        cause="blocklist",
        cause_id=held.id,
    )
    await update_entry(tx, blocklist_id=held.id, domain=entry.domain, state="ignored")
    return True


async def _keep(
    tx: Transaction,
    ctx: Context,
    *,
    name: str,
    url: str,
    kind: str,
    lines: Sequence[Listed],
    actor_id: int | None,
) -> int:
    blocklist_id = await insert_blocklist(
        tx,
        name=name,
        url=url,
        kind=kind,
        is_subscribed=False,
        refresh_at=None,
        actor_id=actor_id,
        at=ctx.now(),
    )
    await replace_entries(tx, blocklist_id=blocklist_id, lines=lines, at=ctx.now())
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb="import_blocklist",
        subject=("blocklist", blocklist_id),
        details={"name": name, "url": url, "lines": len(lines)},
    )
    return blocklist_id


async def _list(tx: Reading, blocklist_id: int) -> Blocklist:
    found = await list_blocklists(tx, blocklist_id=blocklist_id)
    if not found:
        raise BlocklistNotFound
    return found[0]


def _name(name: str) -> str:
    words = " ".join(name.split())
    if not 0 < len(words) <= LONGEST_NAME:
        raise NameMissing
    return words
