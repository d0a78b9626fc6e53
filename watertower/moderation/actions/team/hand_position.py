"""Hand a position over: held → named → shadowing → transferred → confirmed. One at a time."""

from collections.abc import Sequence
from typing import Any

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.errors import NotFound
from watertower.base.json import from_json
from watertower.moderation.errors.team import (
    MemberNotFound,
    NotForYourself,
    NotTheLead,
    NotYet,
    OneAtATime,
    StepsLeft,
    WordsMissing,
)
from watertower.moderation.model.team import SHIPPED
from watertower.moderation.queries.positions import (
    has_other_under_way,
    insert_position,
    lock_position,
    update_position,
)
from watertower.moderation.queries.team import find_member_named
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import leads_of, may_administer, tell

# What usually has to be held by somebody; more can be added.
USUAL = (
    ("domain", "Domain and DNS"),
    ("hosting", "Hosting"),
    ("database", "Database and backups"),
    ("secrets", "Secrets"),
    ("official-accounts", "Official accounts"),
    ("money", "Money"),
    ("moderation-lead", "Moderation lead"),
    ("infrastructure-lead", "Infrastructure lead"),
    ("legal-contact", "Legal contact"),
)


async def add_position(
    ctx: Context,
    *,
    actor_id: int,
    title: str,
    holder: str,
    deputy: str = "",
    checklist: Sequence[str] = (),
    is_public: bool = True,
) -> int:
    """Name a position, its holder and deputy, and the accesses that go with it; its id.

    By administrators and leads. Raises NotTheLead, MemberNotFound, WordsMissing, NotYet if there
    is one of that name.
    """
    if not title.strip():
        raise WordsMissing("title", "A name is needed")
    async with ctx.transaction() as tx:
        await _require_authority(tx, actor_id)
        name = "-".join(title.lower().split())[:60]
        position_id = await insert_position(
            tx,
            name=next((key for key, words in USUAL if words == title.strip()), name),
            title=title.strip()[:100],
            holder_id=await _named(tx, holder),
            deputy_id=await _named(tx, deputy) if deputy.strip() else None,
            checklist=_steps(checklist),
            is_public=is_public,
            at=ctx.now(),
        )
        if position_id is None:
            raise NotYet("There is a position of that name")
        await _log(tx, ctx, actor_id, position_id, "add_position")
    return position_id


async def name_deputy(ctx: Context, *, actor_id: int, position_id: int, deputy: str) -> None:
    """Say who acts when the holder cannot. By the holder, leads and administrators."""
    async with ctx.transaction() as tx:
        found = await _held(tx, actor_id=actor_id, position_id=position_id)
        deputy_id = await _named(tx, deputy)
        if deputy_id == found["holder_account_id"]:
            raise NotYet("The deputy is somebody else than the holder")
        await update_position(
            tx, position_id=position_id, at=ctx.now(), deputy_account_id=deputy_id
        )
        await _log(tx, ctx, actor_id, position_id, "name_deputy")


async def name_successor(ctx: Context, *, actor_id: int, position_id: int, successor: str) -> None:
    """Held → named. Raises OneAtATime while the holder hands over something else."""
    async with ctx.transaction() as tx:
        found = await _held(tx, actor_id=actor_id, position_id=position_id)
        if found["state"] not in {"held", "confirmed", "named"}:
            raise NotYet
        successor_id = await _named(tx, successor)
        if successor_id == found["holder_account_id"]:
            raise NotYet("The successor is somebody else than the holder")
        if found["holder_account_id"] is not None and await has_other_under_way(
            tx, holder_id=found["holder_account_id"], position_id=position_id
        ):
            raise OneAtATime
        await update_position(
            tx,
            position_id=position_id,
            at=ctx.now(),
            state="named",
            successor_account_id=successor_id,
            checklist=[
                {"text": step["text"], "done_at": None} for step in from_json(found["checklist"])
            ],
        )
        await _log(tx, ctx, actor_id, position_id, "name_successor")
        await tell(
            tx,
            account_ids=[successor_id],
            subject=f"You are named as successor: {found['title']}",
            text="Begin to look over the holder's shoulder when you are ready.",
            path="/account/volunteering",
        )


async def begin_shadowing(ctx: Context, *, actor_id: int, position_id: int) -> None:
    """Named → shadowing: the successor says yes. Twice is no error."""
    async with ctx.transaction() as tx:
        found = await _position(tx, position_id)
        if found["successor_account_id"] != actor_id:
            raise NotTheLead("Only the named successor may")
        if found["state"] == "shadowing":
            return
        if found["state"] != "named":
            raise NotYet
        await update_position(
            tx,
            position_id=position_id,
            at=ctx.now(),
            state="shadowing",
            shadowing_since=ctx.now(),
        )
        await _log(tx, ctx, actor_id, position_id, "begin_shadowing")


async def finish_step(ctx: Context, *, actor_id: int, position_id: int, place: int) -> None:
    """Tick one access of the checklist as handed over. Twice is no error."""
    async with ctx.transaction() as tx:
        found = await _position(tx, position_id)
        if actor_id not in {found["holder_account_id"], found["successor_account_id"]}:
            await _held(tx, actor_id=actor_id, position_id=position_id)
        if found["state"] != "shadowing":
            raise NotYet
        steps: list[dict[str, Any]] = from_json(found["checklist"])
        if not 0 <= place < len(steps):
            raise NotFound
        if steps[place].get("done_at") is None:
            steps[place]["done_at"] = ctx.now().isoformat()
            await update_position(tx, position_id=position_id, at=ctx.now(), checklist=steps)
            await _log(tx, ctx, actor_id, position_id, "finish_step")


async def transfer(ctx: Context, *, actor_id: int, position_id: int) -> None:
    """Shadowing → transferred: the successor holds it now. Raises StepsLeft."""
    async with ctx.transaction() as tx:
        found = await _held(tx, actor_id=actor_id, position_id=position_id)
        if found["state"] == "transferred":
            return
        if found["state"] != "shadowing" or found["successor_account_id"] is None:
            raise NotYet
        if any(step.get("done_at") is None for step in from_json(found["checklist"])):
            raise StepsLeft
        deputy = found["deputy_account_id"]
        await update_position(
            tx,
            position_id=position_id,
            at=ctx.now(),
            state="transferred",
            holder_account_id=found["successor_account_id"],
            deputy_account_id=None if deputy == found["successor_account_id"] else deputy,
            successor_account_id=None,
            held_since=ctx.now(),
            acting_since=None,
            acting_confirmed_by=None,
        )
        await _log(tx, ctx, actor_id, position_id, "transfer_position")


async def confirm_position(ctx: Context, *, actor_id: int, position_id: int) -> None:
    """Transferred → confirmed, or a deputy who acts is confirmed: by somebody else than they."""
    async with ctx.transaction() as tx:
        found = await _position(tx, position_id)
        await _require_authority(tx, actor_id)
        if found["acting_since"] is not None and found["state"] != "transferred":
            if found["deputy_account_id"] == actor_id:
                raise NotForYourself
            await update_position(
                tx, position_id=position_id, at=ctx.now(), acting_confirmed_by=actor_id
            )
        elif found["state"] == "transferred":
            if found["holder_account_id"] == actor_id:
                raise NotForYourself
            await update_position(tx, position_id=position_id, at=ctx.now(), state="confirmed")
        elif found["state"] != "confirmed":
            raise NotYet
        await _log(tx, ctx, actor_id, position_id, "confirm_position")


async def _position(tx: Transaction, position_id: int) -> Row:
    found = await lock_position(tx, position_id=position_id)
    if found is None:
        raise NotFound
    return found


async def _held(tx: Transaction, *, actor_id: int, position_id: int) -> Row:
    """The position for its holder, a deputy who acts, or somebody with authority."""
    found = await _position(tx, position_id)
    acts = found["acting_since"] is not None and found["deputy_account_id"] == actor_id
    if found["holder_account_id"] != actor_id and not acts:
        await _require_authority(tx, actor_id)
    return found


async def _require_authority(tx: Transaction, actor_id: int) -> None:
    leads = await leads_of(tx, teams=list(SHIPPED), or_administrators=False)
    if actor_id not in leads and not await may_administer(tx, account_id=actor_id):
        raise NotTheLead("Only the leads and administrators may")


async def _named(tx: Transaction, username: str) -> int:
    account_id = await find_member_named(tx, username=username)
    if account_id is None:
        raise MemberNotFound("Nobody here is called that")
    return account_id


def _steps(lines: Sequence[str]) -> list[dict[str, Any]]:
    return [{"text": line.strip()[:200], "done_at": None} for line in lines if line.strip()][:50]


async def _log(tx: Transaction, ctx: Context, actor_id: int, position_id: int, verb: str) -> None:
    await log(tx, at=ctx.now(), actor_id=actor_id, verb=verb, subject=("position", position_id))
