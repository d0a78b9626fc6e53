"""Make a team beside those that are shipped, security for instance."""

import re

from watertower.accounts.model import Permission
from watertower.accounts.steps.powers import make_role
from watertower.base.context import Context
from watertower.moderation.errors.team import LeadThere, NotTheLead, WordsMissing
from watertower.moderation.model.team import SHIPPED
from watertower.moderation.queries.team import insert_team
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import may_administer

_NAME = re.compile(r"[a-z][a-z0-9_-]{1,30}")


async def make_team(
    ctx: Context, *, actor_id: int, name: str, title: str, purpose: str = ""
) -> None:
    """A team with a lead's role and a members' role that see the desk's first page, no more.

    Every power belongs to one team, and those that matter to moderation or infrastructure; a new
    team works by word and record. Raises NotTheLead, WordsMissing, LeadThere for a name in use.
    """
    if not _NAME.fullmatch(name) or not title.strip():
        raise WordsMissing("name", "A short name in small letters and a title are needed")
    async with ctx.transaction() as tx:
        if not await may_administer(tx, account_id=actor_id):
            raise NotTheLead("Only an administrator may make a team")
        permissions = int(Permission.VIEW_DASHBOARD)
        words = title.strip()[:60]
        lead_role = await make_role(
            tx, name=f"Head of {words}", position=20, permissions=permissions
        )
        role = await make_role(tx, name=words, position=10, permissions=permissions)
        made = name not in SHIPPED and await insert_team(
            tx,
            name=name,
            title=words,
            purpose=purpose.strip()[:500],
            lead_role_id=lead_role,
            member_role_id=role,
            by=actor_id,
            at=ctx.now(),
        )
        if not made:
            raise LeadThere("There is a team of that name")
        await log(tx, at=ctx.now(), actor_id=actor_id, verb="make_team", subject=("team", name))
