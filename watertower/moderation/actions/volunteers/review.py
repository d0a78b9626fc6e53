"""Review an application: the team says what it thinks, the lead accepts or declines.

applied → in review → accepted (onboarding begins) or declined. Nobody decides about themselves.
"""

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.moderation.errors.team import (
    MemberNotFound,
    NotForYourself,
    NotYet,
    WordsMissing,
)
from watertower.moderation.model.team import State
from watertower.moderation.queries.team import find_member_named, find_membership
from watertower.moderation.queries.volunteers import (
    list_reviews,
    lock_application,
    update_application,
    upsert_review,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import join, require_lead, require_member, team_named, tell

OPEN = frozenset({"applied", "in_review"})


async def begin_review(ctx: Context, *, actor_id: int, application_id: int) -> None:
    """The lead puts the application before the team. Twice is no error."""
    async with ctx.transaction() as tx:
        found = await _for(tx, ctx, actor_id=actor_id, application_id=application_id)
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=found["team"])
        if found["state"] == "in_review":
            return
        if found["state"] != "applied":
            raise NotYet
        await update_application(
            tx, application_id=application_id, state="in_review", by=None, words="", at=ctx.now()
        )
        await _log(tx, ctx, actor_id, application_id, "begin_review")


async def say_view(
    ctx: Context, *, actor_id: int, application_id: int, alignment: str, is_for: bool
) -> None:
    """One of the team says how this fits what the community stands for; may be changed."""
    if not alignment.strip():
        raise WordsMissing("alignment", "Say why")
    async with ctx.transaction() as tx:
        found = await _for(tx, ctx, actor_id=actor_id, application_id=application_id)
        if found["state"] != "in_review":
            raise NotYet("The lead has not put this application before the team")
        await upsert_review(
            tx,
            application_id=application_id,
            reviewer_id=actor_id,
            alignment=alignment.strip()[:4000],
            is_for=is_for,
            at=ctx.now(),
        )
        await _log(tx, ctx, actor_id, application_id, "say_view")


async def accept_application(
    ctx: Context, *, actor_id: int, application_id: int, mentor: str = "", words: str = ""
) -> None:
    """The lead accepts: onboarding begins with a mentor and, for moderation, a trainee's role.

    Raises NotTheLead, NotYet before anybody said a view, MemberNotFound for a mentor who is not
    an active member, AlreadyInTeam and everything of `join`. Twice is no error.
    """
    async with ctx.transaction() as tx:
        found = await _for(tx, ctx, actor_id=actor_id, application_id=application_id)
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=found["team"])
        if found["state"] == "accepted":
            return
        if found["state"] != "in_review" or not await list_reviews(
            tx, application_id=application_id
        ):
            raise NotYet("Somebody of the team says what they think first")
        mentor_id: int | None = actor_id
        if mentor.strip():
            mentor_id = await find_member_named(tx, username=mentor)
            stay = mentor_id and await find_membership(tx, account_id=mentor_id)
            if not stay or stay.team != found["team"] or stay.state is not State.ACTIVE:
                raise MemberNotFound("The mentor has to be an active member of the team")
        team = await team_named(tx, name=found["team"])
        await update_application(
            tx,
            application_id=application_id,
            state="accepted",
            by=actor_id,
            words=words[:2000],
            at=ctx.now(),
        )
        await join(
            tx,
            at=ctx.now(),
            team=team,
            account_id=found["account_id"],
            by=actor_id,
            mentor_id=mentor_id,
        )
        await _log(tx, ctx, actor_id, application_id, "accept_application")
        await tell(
            tx,
            account_ids=[found["account_id"]],
            subject=f"Welcome to the team {team.title}",
            text=words.strip()[:2000]
            or "Your onboarding begins: the covenant, the training, and practice.",
            path="/account/volunteering",
        )


async def decline_application(
    ctx: Context, *, actor_id: int, application_id: int, words: str
) -> None:
    """The lead declines, with words that the applicant reads. Twice is no error."""
    if not words.strip():
        raise WordsMissing("words", "Say something to the applicant")
    async with ctx.transaction() as tx:
        found = await _for(tx, ctx, actor_id=actor_id, application_id=application_id)
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=found["team"])
        if found["state"] == "declined":
            return
        if found["state"] not in OPEN:
            raise NotYet
        await update_application(
            tx,
            application_id=application_id,
            state="declined",
            by=actor_id,
            words=words.strip()[:2000],
            at=ctx.now(),
        )
        await _log(tx, ctx, actor_id, application_id, "decline_application")
        await tell(
            tx,
            account_ids=[found["account_id"]],
            subject="Your application to the team",
            text=words.strip()[:2000],
            path="/account/volunteering",
        )


async def _for(tx: Transaction, ctx: Context, *, actor_id: int, application_id: int) -> Row:
    """The application for somebody of its team who is not the applicant."""
    found = await lock_application(tx, application_id=application_id)
    if found is None or found["account_id"] == actor_id:
        raise NotForYourself("There is no such application")
    await require_member(tx, at=ctx.now(), actor_id=actor_id, team=found["team"])
    return found


async def _log(
    tx: Transaction, ctx: Context, actor_id: int, application_id: int, verb: str
) -> None:
    await log(
        tx, at=ctx.now(), actor_id=actor_id, verb=verb, subject=("application", application_id)
    )
