"""Tell other servers about a case, later and by choice: which servers, which posts, which words.

Who reported is never named. Posts that not everybody may see leave only as words a moderator
wrote or shortened. What was told can be taken back, as far as the other side listens.
"""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.events import record
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.events import ForwardWithdrawn, ReportForwarded
from watertower.moderation.queries.case_forwards import (
    find_somebody_at,
    insert_forward,
    list_public_uris,
    update_withdrawn,
)
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log

LONGEST = 5000


async def forward(
    ctx: Context,
    *,
    actor_id: int,
    case_id: int,
    domain: str,
    comment: str,
    risk_words: str,
    status_ids: Sequence[int] = (),
    excerpts: str = "",
) -> int:
    """Send a report in the server's own name; the forward's id.

    `excerpts` are redacted words of posts that are not public. `risk_words` say why it is safe to
    tell them. Raises CaseNotFound, WordsMissing, Invalid for a server we know nobody of.
    """
    if not risk_words.strip():
        raise WordsMissing("risk_words", "Write down why it is safe to tell them")
    said = comment.strip()
    if excerpts.strip():
        said = f"{said}\n\nFrom posts that are not public, shortened:\n{excerpts.strip()}".strip()
    if not said:
        raise WordsMissing("comment", "Write what they have to know")
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        somebody = await find_somebody_at(
            tx, domain=domain.strip().lower(), rather_id=case.target_account_id
        )
        if somebody is None:
            raise Invalid("We know nobody on that server")
        forward_id = await insert_forward(
            tx,
            case_id=case_id,
            domain=domain.strip().lower(),
            account_id=somebody,
            comment=said[:LONGEST],
            status_uris=await list_public_uris(tx, status_ids=status_ids),
            risk_words=risk_words.strip()[:1000],
            by=actor_id,
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="forward",
            subject=("case", case_id),
            case_id=case_id,
            reason=risk_words,
            details={"domain": domain.strip().lower()},
        )
        await record(tx, ReportForwarded(forward_id=forward_id))
    return forward_id


async def withdraw_forward(ctx: Context, *, actor_id: int, forward_id: int) -> None:
    """Take back what a server was told. Doing so again is no error."""
    async with ctx.transaction() as tx:
        case_id = await update_withdrawn(tx, forward_id=forward_id, at=ctx.now())
        if case_id is None:
            return
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="withdraw_forward",
            subject=("case", case_id),
            case_id=case_id,
        )
        await record(tx, ForwardWithdrawn(forward_id=forward_id))
