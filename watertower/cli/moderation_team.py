"""`watertower team …`: the first lead of a team, and what only an operator can put right."""

from watertower.base.context import Context
from watertower.cli.in_context import in_context
from watertower.moderation.access.team import public_team
from watertower.moderation.actions.team.appoint import appoint_lead
from watertower.moderation.actions.team.leave import remove
from watertower.moderation.model.team import State


def appoint(name: str, *, team: str = "moderation") -> None:
    """Make a member the first lead of a team that has none.

    Parameters
    ----------
    name
        The username.
    team
        moderation, infrastructure, or a team of your own.

    """
    in_context(lambda ctx: appoint_lead(ctx, team=team, username=name))
    print(f"@{name.lstrip('@')} leads the team {team}. Their powers open once they accepted the")
    print("covenant and read the training, at /account/volunteering.")
    if team == "moderation":
        print("From then on administrators do not see reports, evidence and appeals.")


def show() -> None:
    """Print who is in which team."""
    found = in_context(public_team)
    for team, members in found.teams:
        print(f"{team.name}:")
        for one in members:
            if one.state is not State.LEFT:
                print(f"  @{one.username}  {'lead' if one.is_lead else one.state}")
    print(f"Duties are {'' if found.are_separated else 'not '}separated.")


def end(name: str, *, team: str, reason: str) -> None:
    """End somebody's stay in a team, a lead's too. The whole team is told the reason.

    Parameters
    ----------
    name
        The username.
    team
        The team they are in.
    reason
        What they and the team are told.

    """

    async def do(ctx: Context) -> None:
        found = await public_team(ctx)
        ids = [
            one.account_id
            for one_team, members in found.teams
            for one in members
            if one_team.name == team and one.username.lower() == name.lstrip("@").lower()
        ]
        await remove(ctx, actor_id=None, team=team, account_id=ids[0] if ids else 0, reason=reason)

    in_context(do)
    print(f"@{name.lstrip('@')} is no longer in the team {team}.")
