"""Open a case without a report: moderators research, or see a pattern in which no post stands out."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.errors.cases import NotForYou, WordsMissing
from watertower.moderation.queries.case_around import upsert_person
from watertower.moderation.steps.cases import open_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.evidence import (
    keep_evidence_of_profile,
    keep_evidence_of_statuses,
)
from watertower.moderation.steps.log import log


async def research(
    ctx: Context,
    *,
    actor_id: int,
    kind: str,
    title: str,
    words: str,
    target_account_id: int | None = None,
    target_domain: str | None = None,
    status_ids: Sequence[int] = (),
    people: Sequence[int] = (),
) -> int:
    """A new case of kind "research" or "pattern", with evidence of posts that are public; its id.

    Prevention is counted beside reaction: these are the cases nobody had to suffer for first.
    """
    if kind not in {"research", "pattern"}:
        raise Invalid("A case of your own is research, or about a pattern")
    if not words.strip():
        raise WordsMissing("words", "Write down what this is about")
    if target_account_id == actor_id:
        raise NotForYou
    async with ctx.transaction() as tx:
        case_id = await open_case(
            tx,
            at=ctx.now(),
            kind=kind,
            target_account_id=target_account_id,
            target_domain=target_domain,
            opened_by=actor_id,
            title=title.strip()[:200],
            may_fold=False,
        )
        await keep_evidence_of_statuses(
            tx, at=ctx.now(), case_id=case_id, status_ids=status_ids, taken_by=None
        )
        if target_account_id is not None:
            await keep_evidence_of_profile(
                tx, at=ctx.now(), case_id=case_id, account_id=target_account_id, taken_by=actor_id
            )
        for account_id in people:
            await upsert_person(
                tx,
                case_id=case_id,
                account_id=account_id,
                caused="",
                received="",
                by=actor_id,
                at=ctx.now(),
            )
        await say(
            tx, ctx, case_id=case_id, thread="team", from_team=True, author_id=actor_id, text=words
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="open_case",
            subject=("case", case_id),
            case_id=case_id,
            details={"kind": kind},
        )
    return case_id
