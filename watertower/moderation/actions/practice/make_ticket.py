"""Make a practice ticket of a closed case: a copy without people, that nothing can be done to."""

from watertower.base.context import Context
from watertower.moderation.errors.team import NotYet
from watertower.moderation.model.anonymous import anonymous, letters
from watertower.moderation.queries.practice import (
    find_ticket_of_case,
    insert_ticket,
    list_people_of_case,
    list_words_of_case,
)
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import require_lead


async def make_ticket(
    ctx: Context, *, actor_id: int, case_id: int, title: str = "", lesson: str = ""
) -> int:
    """Copy a closed case for practice; the id of the ticket, the same one if it was copied before.

    Only what is public is copied, with names, addresses and links taken out. `lesson` is what the
    head moderator adds to what was done. Raises NotTheLead, CaseNotFound, NotYet for a case that
    is still open.
    """
    async with ctx.transaction() as tx:
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team="moderation")
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.closed_at is None:
            raise NotYet("Only a closed case can be practised on")
        called = letters(
            (row["username"], row["domain"], row["display_name"])
            for row in await list_people_of_case(tx, case_id=case_id)
        )
        situation = [
            {"what": row["what"], "text": anonymous(row["text"], called)}
            for row in await list_words_of_case(tx, case_id=case_id)
        ]
        if not situation:
            raise NotYet("Nothing of this case is public: there is nothing to practise on")
        words = "\n\n".join(part for part in (case.outcome_reason, lesson.strip()) if part)
        ticket_id = await insert_ticket(
            tx,
            source_case_id=case_id,
            title=anonymous(
                title.strip()[:200] or case.title or f"Ticket about {case.kind}", called
            ),
            situation=situation,
            outcome=case.outcome or "none",
            outcome_words=anonymous(words, called)[:4000],
            language=case.language,
            is_graphic=case.is_graphic,
            by=actor_id,
            at=ctx.now(),
        )
        if ticket_id is None:
            known = await find_ticket_of_case(tx, case_id=case_id)
            return known or 0
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="copy_for_practice",
            subject=("practice_ticket", ticket_id),
            case_id=case_id,
        )
    return ticket_id
