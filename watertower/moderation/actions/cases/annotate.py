"""Tag a case, link it with another one, and write down whom it touches."""

import re
from collections.abc import Sequence
from datetime import datetime

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.moderation.errors.cases import NotForYou, NotSameCase, WordsMissing
from watertower.moderation.model.cases import TAGS_AT_MOST
from watertower.moderation.queries.case_around import (
    delete_link,
    insert_conflict,
    upsert_alternate,
    upsert_guest,
    upsert_link,
    upsert_person,
)
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log

_TAG = re.compile(r"[^\w]+")
CONFIDENCES = ("possible", "likely", "certain")


def tags_of(typed: Sequence[str]) -> list[str]:
    """Tags as they are kept: lower case, words joined by hyphens, each once, in order."""
    made = {_TAG.sub("-", one.lower()).strip("-")[:40] for one in typed}
    return sorted(one for one in made if one)


async def tag_case(ctx: Context, *, actor_id: int, case_id: int, tags: Sequence[str]) -> list[str]:
    """The case has these tags and no others; as they were kept."""
    kept = tags_of(tags)
    if len(kept) > TAGS_AT_MOST:
        raise Invalid(f"A case has {TAGS_AT_MOST} tags at most")
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await update_case(tx, case_id=case_id, at=ctx.now(), tags=kept)
        await _log(tx, ctx, actor_id, case_id, verb="tag", details={"tags": kept})
    return kept


async def link_cases(
    ctx: Context, *, actor_id: int, case_id: int, other_id: int, note: str = ""
) -> None:
    """These two have to do with one another, and stay apart. Raises NotSameCase."""
    if case_id == other_id:
        raise NotSameCase
    async with ctx.transaction() as tx:
        for one in sorted((case_id, other_id)):
            await require_case(tx, viewer_id=actor_id, case_id=one)
        await upsert_link(
            tx, case_id=case_id, other_id=other_id, note=note[:500], by=actor_id, at=ctx.now()
        )
        await _log(tx, ctx, actor_id, case_id, verb="link", details={"other": str(other_id)})


async def unlink_cases(ctx: Context, *, actor_id: int, case_id: int, other_id: int) -> None:
    """They have not."""
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if await delete_link(tx, case_id=case_id, other_id=other_id):
            await _log(tx, ctx, actor_id, case_id, verb="unlink", details={"other": str(other_id)})


async def declare_conflict(ctx: Context, *, actor_id: int, case_id: int, reason: str = "") -> None:
    """Step aside: from now on the case does not exist for the actor. Nobody asks why."""
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await insert_conflict(
            tx, case_id=case_id, account_id=actor_id, reason=reason[:500], at=ctx.now()
        )
        if case.assigned_account_id == actor_id:
            await update_case(tx, case_id=case_id, at=ctx.now(), assigned_account_id=None)
        await _log(tx, ctx, actor_id, case_id, verb="declare_conflict")


async def note_person(
    ctx: Context, *, actor_id: int, case_id: int, account_id: int, caused: str, received: str
) -> None:
    """Harm somebody caused and harm done to them, apart: in a pile-on one person has both."""
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await upsert_person(
            tx,
            case_id=case_id,
            account_id=account_id,
            caused=caused[:2000],
            received=received[:2000],
            by=actor_id,
            at=ctx.now(),
        )
        await _log(
            tx, ctx, actor_id, case_id, verb="note_person", details={"account_id": str(account_id)}
        )


async def suspect_alternate(
    ctx: Context,
    *,
    actor_id: int,
    case_id: int,
    account_id: int,
    other_id: int,
    confidence: int,
    because: str,
) -> None:
    """Two accounts may be one person's: with what speaks for it, and how sure one is (1 to 3)."""
    if account_id == other_id or not 1 <= confidence <= len(CONFIDENCES):
        raise Invalid("Choose two accounts, and how sure you are")
    if not because.strip():
        raise WordsMissing("because", "Write down what speaks for it")
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await upsert_alternate(
            tx,
            account_id=account_id,
            other_id=other_id,
            confidence=confidence,
            because=because[:2000],
            case_id=case_id,
            by=actor_id,
            at=ctx.now(),
        )
        await _log(tx, ctx, actor_id, case_id, verb="suspect_alternate")


async def invite_guest(
    ctx: Context, *, actor_id: int, case_id: int, account_id: int, reason: str, until: datetime
) -> None:
    """Let a member into one case for a while, a translator for instance; 30 days at most."""
    if not reason.strip():
        raise WordsMissing("reason", "Say what the guest is there for")
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if account_id in {case.target_account_id, actor_id}:
            raise NotForYou
        await require_case(tx, viewer_id=account_id, case_id=case_id)
        await upsert_guest(
            tx,
            case_id=case_id,
            account_id=account_id,
            by=actor_id,
            reason=reason[:500],
            until=until,
            at=ctx.now(),
        )
        await _log(
            tx, ctx, actor_id, case_id, verb="invite_guest", details={"account_id": str(account_id)}
        )


async def check_mutual_aid(
    ctx: Context, *, actor_id: int, case_id: int, asks_for_money: bool, words: str
) -> None:
    """Say whether posts of the case ask for money, and that the mutual-aid check was done.

    The words are the answer to the check: who asks, for whom, and what it would mean to stop it.
    """
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        is_checked = asks_for_money and bool(words.strip())
        await update_case(
            tx,
            case_id=case_id,
            at=ctx.now(),
            asks_for_money=asks_for_money,
            mutual_aid_checked_by=actor_id if is_checked else None,
            mutual_aid_words=words.strip()[:5000] if asks_for_money else "",
        )
        await _log(tx, ctx, actor_id, case_id, verb="check_mutual_aid")


async def _log(
    tx: Transaction,
    ctx: Context,
    actor_id: int,
    case_id: int,
    *,
    verb: str,
    details: dict[str, object] | None = None,
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("case", case_id),
        case_id=case_id,
        details=details,
    )
