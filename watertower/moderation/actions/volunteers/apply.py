"""Apply to a call, or take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from watertower.accounts.access.standing import require_may_interact
from watertower.base.context import Context
from watertower.base.json import from_json
from watertower.moderation.errors.team import (
    AlreadyApplied,
    AlreadyInTeam,
    CallClosed,
    NotForYourself,
    WordsMissing,
)
from watertower.moderation.model.team import REVIEW_APPLICATION_WITHIN
from watertower.moderation.queries.team import find_membership
from watertower.moderation.queries.volunteers import (
    find_open_call,
    insert_application,
    insert_lives,
    lock_application,
    update_application,
)
from watertower.moderation.steps.team import leads_of, tell

LONGEST = 4000
# Voluntary, kept without a name, only ever counted.
LIFE_QUESTIONS: Mapping[str, str] = {
    "marginalised": "I belong to a group that is harassed for who we are",
    "region": "The part of the world I live in",
    "age": "My age, roughly",
}


@dataclass(frozen=True)
class Application:
    """What somebody wrote. Concepts and examples are answers in the order of the call."""

    interest: str
    languages: Sequence[str]
    availability: str
    concepts: Sequence[str]
    examples: Sequence[str]
    experience: str = ""
    lives: Mapping[str, str] = field(default_factory=dict)  # voluntary


async def apply(ctx: Context, *, account_id: int, team: str, written: Application) -> int:
    """Apply to the open call of a team; the id. The team answers within 30 days.

    Raises CallClosed, AlreadyApplied, AlreadyInTeam, WordsMissing naming what is empty, MayNotAct.
    """
    at = ctx.now()
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=account_id)
        call = await find_open_call(tx, team=team, at=at)
        if call is None:
            raise CallClosed
        if await find_membership(tx, account_id=account_id) is not None:
            raise AlreadyInTeam("You are in a team already")
        _require_whole(
            written, questions=from_json(call["concepts"]), tasks=from_json(call["examples"])
        )
        application_id = await insert_application(
            tx,
            call_id=call["id"],
            account_id=account_id,
            interest=written.interest.strip()[:LONGEST],
            languages=[one.strip().lower()[:35] for one in written.languages if one.strip()][:20],
            availability=written.availability.strip()[:1000],
            experience=written.experience.strip()[:1000],
            concepts=[one.strip()[:LONGEST] for one in written.concepts],
            examples=[one.strip()[:LONGEST] for one in written.examples],
            due_at=at + REVIEW_APPLICATION_WITHIN,
            at=at,
        )
        if application_id is None:
            raise AlreadyApplied
        await insert_lives(
            tx,
            team=team,
            answers=[
                (question, written.lives[question].strip().lower()[:60])
                for question in LIFE_QUESTIONS
                if written.lives.get(question, "").strip()
            ],
        )
        await tell(
            tx,
            account_ids=await leads_of(tx, teams=[team]),
            subject="Somebody applied to your team",
            text="An application waits. The team answers within 30 days.",
            path="/desk/team/applications",
        )
    return application_id


async def withdraw(ctx: Context, *, account_id: int, application_id: int) -> None:
    """Take one's application back; nobody asks why. Twice is no error."""
    async with ctx.transaction() as tx:
        found = await lock_application(tx, application_id=application_id)
        if found is None or found["account_id"] != account_id:
            raise NotForYourself("There is no such application of yours")
        if found["state"] in {"applied", "in_review"}:
            await update_application(
                tx,
                application_id=application_id,
                state="withdrawn",
                by=account_id,
                words="",
                at=ctx.now(),
            )


def _require_whole(written: Application, *, questions: list[str], tasks: list[str]) -> None:
    wanted = {
        "interest": written.interest.strip(),
        "languages": any(one.strip() for one in written.languages),
        "availability": written.availability.strip(),
        "concepts": len(written.concepts) == len(questions)
        and all(one.strip() for one in written.concepts),
        "examples": len(written.examples) == len(tasks)
        and all(one.strip() for one in written.examples),
    }
    for name, is_there in wanted.items():
        if not is_there:
            raise WordsMissing(name, f"Something is missing: {name}")
