"""Choose, pause, end and renew trusted reporters: people decide, never a number alone."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.moderation.errors.team import (
    NotForYourself,
    NotYet,
    ReporterNotFound,
    WordsMissing,
)
from watertower.moderation.model.trusted_reporters import (
    INVITATION_LASTS,
    RENEWED_EVERY,
    UNFOUNDED_AT_MOST,
)
from watertower.moderation.queries.team import find_lead
from watertower.moderation.queries.trusted_reporters import (
    count_unfounded,
    find_trusted,
    judge_urgent,
    lock_trusted,
    update_trusted,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import leads_of, require_lead, require_member, tell

TEAM = "moderation"


async def choose(ctx: Context, *, actor_id: int, account_id: int, because: str) -> bool:
    """Speak for a candidate; with the lead and one more, they are invited. Whether they are now.

    Raises NotTheLead outside the team, NotForYourself, ReporterNotFound, WordsMissing, NotYet for
    whoever is trusted already.
    """
    if not because.strip():
        raise WordsMissing("because", "Say why, beyond the number: conflicts, and how they are")
    at = ctx.now()
    async with ctx.transaction() as tx:
        found = await _for_member(tx, ctx, actor_id=actor_id, account_id=account_id)
        if found["state"] == "invited":
            return True
        if found["state"] not in {"candidate", "declined", "ended"}:
            raise NotYet
        chosen_by = list(dict.fromkeys([*found["chosen_by"], actor_id]))
        lead = await find_lead(tx, team=TEAM)
        is_invited = lead is not None and lead.account_id in chosen_by and len(chosen_by) >= 2
        words = f"{found['chosen_because']}\n{because.strip()[:1000]}".strip()
        await update_trusted(
            tx,
            account_id=account_id,
            at=at,
            state="invited" if is_invited else "candidate",
            chosen_by=chosen_by,
            chosen_because=words[:4000],
            invited_at=at if is_invited else None,
            invitation_ends_at=at + INVITATION_LASTS if is_invited else None,
        )
        await _log(tx, ctx, actor_id, account_id, "choose_trusted_reporter", because)
        if is_invited:
            await tell(
                tx,
                account_ids=[account_id],
                subject="Would you like a direct line to the moderators?",
                text="Your reports helped. The team would like to give you a direct line for what "
                "cannot wait. You may say no, and you need not answer.",
                path="/account/volunteering",
            )
    return is_invited


async def pause_reporter(ctx: Context, *, actor_id: int, account_id: int) -> None:
    """The lead, or the member themselves, pauses or goes on again. No reason is asked for."""
    async with ctx.transaction() as tx:
        if actor_id != account_id:
            await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=TEAM)
        found = await lock_trusted(tx, account_id=account_id)
        if found is None or found["state"] not in {"active", "paused"}:
            raise ReporterNotFound
        is_over = found["renew_by"] is not None and found["renew_by"] <= ctx.now()
        if found["state"] == "paused" and is_over:
            raise NotYet("The year is over: renew first")
        state = "paused" if found["state"] == "active" else "active"
        await update_trusted(tx, account_id=account_id, at=ctx.now(), state=state)
        await _log(tx, ctx, actor_id, account_id, f"trusted_reporter_{state}", "")


async def end_reporter(ctx: Context, *, actor_id: int, account_id: int, reason: str) -> None:
    """The lead ends it, with a reason to the person. Nothing else about them changes."""
    if not reason.strip():
        raise WordsMissing("reason", "Say why; they are told")
    async with ctx.transaction() as tx:
        found = await _for_lead(tx, ctx, actor_id=actor_id, account_id=account_id)
        if found["state"] == "ended":
            return
        if found["state"] not in {"active", "paused", "invited"}:
            raise NotYet
        await update_trusted(
            tx,
            account_id=account_id,
            at=ctx.now(),
            state="ended",
            chosen_by=[],
            chosen_because="",
            to_review_since=None,
            ended_because=reason.strip()[:1000],
        )
        await _log(tx, ctx, actor_id, account_id, "end_trusted_reporter", reason)
        await tell(
            tx,
            account_ids=[account_id],
            subject="Your direct line to the moderators has ended",
            text=reason.strip()[:1000],
            path="/account/volunteering",
        )


async def keep_reporter(ctx: Context, *, actor_id: int, account_id: int, words: str) -> None:
    """The lead looked at them, after three unfounded calls or for the year, and they go on."""
    at = ctx.now()
    async with ctx.transaction() as tx:
        found = await _for_lead(tx, ctx, actor_id=actor_id, account_id=account_id)
        if found["state"] not in {"active", "paused"}:
            raise NotYet
        await update_trusted(
            tx,
            account_id=account_id,
            at=at,
            to_review_since=None,
            to_review_because="",
            active_since=at,
            renewed_by_lead_at=at,
        )
        await _log(tx, ctx, actor_id, account_id, "keep_trusted_reporter", words)
        await renew_in(tx, ctx, account_id=account_id)


async def judge(ctx: Context, *, actor_id: int, report_id: int, was_founded: bool) -> None:
    """Say whether an urgent word was worth the call. Three without ground call for a review."""
    async with ctx.transaction() as tx:
        await require_member(tx, at=ctx.now(), actor_id=actor_id, team=TEAM)
        account_id = await judge_urgent(
            tx, report_id=report_id, was_founded=was_founded, by=actor_id
        )
        if account_id is None:
            raise ReporterNotFound
        await _log(
            tx,
            ctx,
            actor_id,
            account_id,
            "judge_urgent_word",
            "founded" if was_founded else "unfounded",
        )
        found = await lock_trusted(tx, account_id=account_id)
        if found is None or found["to_review_since"] is not None:
            return
        count = await count_unfounded(tx, account_id=account_id, since=found["active_since"])
        if count >= UNFOUNDED_AT_MOST:
            await update_trusted(
                tx,
                account_id=account_id,
                at=ctx.now(),
                to_review_since=ctx.now(),
                to_review_because=f"{count} urgent words without ground",
            )
            await tell(
                tx,
                account_ids=await leads_of(tx, teams=[TEAM]),
                subject="A trusted reporter is to be reviewed",
                text=f"{count} urgent words were without ground. Nothing happens by itself.",
                path="/desk/reporters",
            )


async def renew_in(tx: Transaction, ctx: Context, *, account_id: int) -> None:
    """Another year, once both the lead and the member said so since the renewal opened."""
    found = await find_trusted(tx, account_id=account_id)
    if found is None or found["renew_by"] is None:
        return
    since = found["renew_by"] - timedelta(days=60)
    moments = (found["renewed_by_lead_at"], found["renewed_by_member_at"])
    if all(moment is not None and moment > since for moment in moments):
        await update_trusted(
            tx,
            account_id=account_id,
            at=ctx.now(),
            state="active",
            renew_by=ctx.now() + RENEWED_EVERY,
        )


async def _for_member(tx: Transaction, ctx: Context, *, actor_id: int, account_id: int) -> Row:
    if actor_id == account_id:
        raise NotForYourself
    await require_member(tx, at=ctx.now(), actor_id=actor_id, team=TEAM)
    found = await lock_trusted(tx, account_id=account_id)
    if found is None:
        raise ReporterNotFound
    return found


async def _for_lead(tx: Transaction, ctx: Context, *, actor_id: int, account_id: int) -> Row:
    await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=TEAM)
    return await _for_member(tx, ctx, actor_id=actor_id, account_id=account_id)


async def _log(  # noqa: PLR0917  # one line at each of its uses
    tx: Transaction, ctx: Context, actor_id: int, account_id: int, verb: str, reason: str
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("account", account_id),
        reason=reason.strip()[:500],
    )
