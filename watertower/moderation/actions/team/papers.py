"""The covenant and the training: publish a new version, accept the one in force."""

from watertower.base.context import Context
from watertower.moderation.errors.team import MemberNotFound, NotYet, WordsMissing
from watertower.moderation.model.team import PAPER_NOTICE, State
from watertower.moderation.queries.team import find_membership, list_members, lock_membership
from watertower.moderation.queries.team_papers import insert_acceptance, insert_paper
from watertower.moderation.steps.log import log
from watertower.moderation.steps.onboarding import papers_of, settle_lock
from watertower.moderation.steps.team import require_lead, tell

LONGEST = 20_000


async def publish_paper(
    ctx: Context, *, actor_id: int, team: str, name: str, title: str, text: str
) -> int:
    """Publish the next version; its number. It binds after 14 days, and locks who did not accept.

    `name` is `covenant` or a module of the training, old or new. Raises NotTheLead, WordsMissing.
    """
    if not title.strip() or not text.strip():
        raise WordsMissing("text", "A title and a text are needed")
    slug = "-".join(name.lower().split())[:60]
    if not slug.replace("-", "").isalnum():
        raise WordsMissing("name", "A name of letters, digits and hyphens is needed")
    at = ctx.now()
    async with ctx.transaction() as tx:
        await require_lead(tx, at=at, actor_id=actor_id, team=team)
        version = await insert_paper(
            tx,
            team=team,
            name=slug,
            title=title.strip()[:200],
            text=text.strip()[:LONGEST],
            by=actor_id,
            at=at,
            binding_from=at + PAPER_NOTICE,
        )
        await log(
            tx,
            at=at,
            actor_id=actor_id,
            verb="publish_paper",
            subject=("team", team),
            details={"name": slug, "version": version},
        )
        members = await list_members(tx, team=team, left_since=at)
        for stay in members:
            await settle_lock(tx, at=at, stay=stay)
        await tell(
            tx,
            account_ids=[one.account_id for one in members if one.state is not State.LEFT],
            subject=f"A new version: {title.strip()[:100]}",
            text="Please read and accept it within 14 days. After that your powers are locked "
            "until you do.",
            path="/account/volunteering",
        )
    return version


async def accept_paper(ctx: Context, *, account_id: int, name: str, version: int) -> None:
    """Accept the covenant, or say that a module was read and understood. Twice is no error.

    Raises MemberNotFound for whoever is in no team, NotYet for a version that is not in force.
    """
    async with ctx.transaction() as tx:
        stay = await lock_membership(tx, account_id=account_id)
        if stay is None:
            raise MemberNotFound
        papers = {paper.name: paper for paper in await papers_of(tx, team=stay.team)}
        if name not in papers or papers[name].version != version:
            raise NotYet("There is a newer version; read that one")
        if await insert_acceptance(
            tx,
            account_id=account_id,
            team=stay.team,
            name=name,
            version=version,
            at=ctx.now(),
        ):
            await log(
                tx,
                at=ctx.now(),
                actor_id=account_id,
                verb="accept_paper",
                subject=("team", stay.team),
                details={"name": name, "version": version},
            )
        again = await find_membership(tx, account_id=account_id)
        if again is not None:
            await settle_lock(tx, at=ctx.now(), stay=again)
