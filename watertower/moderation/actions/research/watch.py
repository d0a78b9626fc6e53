"""Watch accounts and servers, keep evidence of what they post, hand a server over to review."""

import hashlib
from typing import Any

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.research import (
    NobodyToWatch,
    NothingToHandOver,
    NotResearch,
)
from watertower.moderation.model.cases import Case
from watertower.moderation.model.research import LOOKED_BACK, MOST_WATCHED, Path
from watertower.moderation.queries.cases import lock_case_for
from watertower.moderation.queries.research import (
    find_named,
    has_handed_over,
    has_server,
    list_paths,
    list_watches,
    update_watch_ended,
    upsert_watch,
)
from watertower.moderation.steps.evidence import add_evidence, keep_evidence_of_statuses
from watertower.moderation.steps.log import log
from watertower.moderation.steps.server_reviews import open_review_in

LONGEST_NOTE = 2000


async def watch(ctx: Context, *, actor_id: int, case_id: int, named: str, note: str = "") -> None:
    """Put `@name@server`, or a server, on the watch list. Raises NotResearch, NobodyToWatch."""
    async with ctx.transaction() as tx:
        await _research(tx, actor_id, case_id)
        kind, subject = await _subject(tx, ctx, named, actor_id)
        await upsert_watch(
            tx,
            case_id=case_id,
            kind=kind,
            subject=subject,
            note=note.strip()[:LONGEST_NOTE],
            by=actor_id,
            at=ctx.now(),
            most=MOST_WATCHED,
        )
        await _log(tx, ctx, actor_id, case_id, verb="watch", subject=(kind, subject))


async def unwatch(ctx: Context, *, actor_id: int, case_id: int, watch_id: int) -> None:
    """Take it from the list. Raises NotResearch."""
    async with ctx.transaction() as tx:
        await _research(tx, actor_id, case_id)
        row = await update_watch_ended(tx, case_id=case_id, watch_id=watch_id, at=ctx.now())
        if row is not None:
            subject = (row["kind"], row["subject"])
            await _log(tx, ctx, actor_id, case_id, verb="watch no longer", subject=subject)


async def keep_post(ctx: Context, *, actor_id: int, case_id: int, status_id: int) -> None:
    """Seal a post as evidence, with what everybody may see around it. Raises NotResearch."""
    async with ctx.transaction() as tx:
        await _research(tx, actor_id, case_id)
        await keep_evidence_of_statuses(
            tx, at=ctx.now(), case_id=case_id, status_ids=[status_id], taken_by=None
        )
        await _log(tx, ctx, actor_id, case_id, verb="keep evidence", subject=("status", status_id))


async def hand_over(ctx: Context, *, actor_id: int, case_id: int, domain: str, words: str) -> int:
    """Open a review of a watched server, or join the open one, with what was found; its id.

    On which ways it came and how much goes along, because where something begins and where it
    does harm may be two places. Raises NotResearch, NothingToHandOver.
    """
    async with ctx.transaction() as tx:
        await _research(tx, actor_id, case_id)
        watched = await list_watches(tx, case_id=case_id, since=ctx.now())
        servers = {one.subject for one in watched if one.kind == "server"}
        if domain not in servers or not words.strip():
            raise NothingToHandOver
        review_id = await open_review_in(
            tx,
            ctx,
            domain=domain,
            cause="research",
            reason=words.strip()[:LONGEST_NOTE],
            actor_id=actor_id,
        )
        subject_id = f"research:{case_id}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        if await has_handed_over(tx, review_id=review_id, subject_id=subject_id):
            return review_id
        paths = await list_paths(tx, domain=domain, since=ctx.now() - LOOKED_BACK)
        await add_evidence(
            tx,
            at=ctx.now(),
            server_review_id=review_id,
            kind="note",
            subject_id=subject_id,
            content={
                "domain": domain,
                "text": words.strip(),
                "case_id": str(case_id),
                "paths": [_as_json(path) for path in paths],
            },
            taken_by=actor_id,
        )
        await _log(
            tx, ctx, actor_id, case_id, verb="hand over to review", subject=("server", domain)
        )
    return review_id


def _as_json(path: Path) -> dict[str, Any]:
    return {
        "way": path.way,
        "count": path.count,
        "accounts": path.accounts,
        "people": path.people,
        "last_at": path.last_at.isoformat() if path.last_at else None,
    }


async def _research(tx: Transaction, actor_id: int, case_id: int) -> Case:
    case = await lock_case_for(tx, viewer_id=actor_id, case_id=case_id)
    if case is None or case.kind != "research":
        raise NotResearch
    return case


async def _subject(tx: Transaction, ctx: Context, named: str, actor_id: int) -> tuple[str, str]:
    """("account", id) or ("server", domain) of what was typed."""
    named = named.strip().lower()
    if named.startswith(("http://", "https://")):
        named = named.split("/")[2] if named.count("/") < 4 else named
    name, _, domain = named.removeprefix("@").partition("@")
    if named.startswith("@") or domain:
        if domain == ctx.settings.server.domain.lower():
            domain = ""
        account_id = await find_named(tx, username=name, domain=domain)
        if account_id is None or account_id == actor_id:
            raise NobodyToWatch
        return "account", str(account_id)
    if not await has_server(tx, domain=named):
        raise NobodyToWatch
    return "server", named


async def _log(
    tx: Transaction,
    ctx: Context,
    actor_id: int,
    case_id: int,
    *,
    verb: str,
    subject: tuple[str, int | str],
) -> None:
    await log(tx, at=ctx.now(), actor_id=actor_id, verb=verb, subject=subject, case_id=case_id)
