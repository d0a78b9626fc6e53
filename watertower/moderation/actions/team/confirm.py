"""Confirm: the lead opens the powers of somebody who passed all gates."""

from watertower.base.context import Context
from watertower.moderation.errors.team import GatesNotPassed, NotForYourself, NotYet
from watertower.moderation.model.team import State
from watertower.moderation.steps.onboarding import gates_of, settle_lock
from watertower.moderation.steps.team import move, require_lead, stay_of, team_named, tell


async def confirm(ctx: Context, *, actor_id: int, team: str, account_id: int) -> None:
    """Grant the role of the team. Twice is no error.

    Raises NotTheLead, GatesNotPassed naming what is missing, NotYet for whoever left, and
    NotForYourself.
    """
    async with ctx.transaction() as tx:
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        if actor_id == account_id:
            raise NotForYourself
        stay = await stay_of(tx, account_id=account_id, team=team)
        if stay.state is State.ACTIVE:
            return
        if stay.state is not State.ONBOARDING:
            raise NotYet
        found = await team_named(tx, name=team)
        gates = (await gates_of(tx, team=found, account_ids=[account_id]))[account_id]
        if not gates.are_passed:
            raise GatesNotPassed(
                [
                    name
                    for name, is_done in (
                        ("the covenant", gates.covenant),
                        ("the training", gates.training),
                        ("practice", gates.practice),
                    )
                    if not is_done
                ]
            )
        await move(
            tx,
            at=ctx.now(),
            stay=stay,
            state=State.ACTIVE,
            role_id=found.member_role_id,
            by=actor_id,
            confirmed=True,
            change="confirm",
        )
        await settle_lock(
            tx, at=ctx.now(), stay=await stay_of(tx, account_id=account_id, team=team)
        )
        await tell(
            tx,
            account_ids=[account_id],
            subject=f"You are a full member of the team {found.title}",
            text="Covenant, training and practice are complete. Say when you are there, and what "
            "you will not look at.",
            path="/account/volunteering",
        )
