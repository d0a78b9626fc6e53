"""Reviews of servers, from opening to watching on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.server_reviews import Proposal, Review

_COLUMNS = """
    id, domain, state, cause, reason, is_high_impact, is_promised, is_cohesive, override_reason,
    opened_by_account_id, proposed_by_account_id, proposal, proposal_text, criteria,
    agreed_account_ids, is_emergency, publicity, publicity_reason, decision_id, warning_signs,
    next_review_at, act_by, blog_by, act_breached_at, blog_breached_at,
    facts_before::text AS facts_before, created_at, decided_at, announced_at, blogged_at, closed_at
"""

INSERT_REVIEW = """
    INSERT INTO server_reviews
        (domain, state, cause, reason, is_high_impact, is_promised, opened_by_account_id, act_by,
         facts_before, created_at)
    VALUES ($1, 'opened', $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
    ON CONFLICT (domain) WHERE closed_at IS NULL DO NOTHING
    RETURNING id
"""
FIND_OPEN = "SELECT id FROM server_reviews WHERE domain = $1 AND closed_at IS NULL"


async def insert_review(
    tx: Transaction,
    *,
    domain: str,
    cause: str,
    reason: str,
    is_high_impact: bool,
    is_promised: bool,
    actor_id: int | None,
    act_by: datetime,
    facts: dict[str, Any],
    at: datetime,
) -> tuple[int, bool]:
    """(id, whether it is new): the review that is open, or a new one."""
    made: int | None = await tx.fetch_value(
        INSERT_REVIEW,
        domain,
        cause,
        reason,
        is_high_impact,
        is_promised,
        actor_id,
        act_by,
        to_json(facts),
        at,
    )
    if made is not None:
        return made, True
    found: int = await tx.fetch_value(FIND_OPEN, domain)
    return found, False


FIND_REVIEW = f"SELECT {_COLUMNS} FROM server_reviews WHERE id = $1"
HOLD_REVIEW = f"{FIND_REVIEW} FOR UPDATE"


async def find_review(tx: Reading, *, review_id: int) -> Review | None:
    """One review."""
    row = await tx.fetch_one(FIND_REVIEW, review_id)
    return row and _review_of(row)


async def hold_review(tx: Transaction, *, review_id: int) -> Review | None:
    """One review that nobody else changes until the transaction ends."""
    row = await tx.fetch_one(HOLD_REVIEW, review_id)
    return row and _review_of(row)


LIST_REVIEWS_OF = f"""
    SELECT {_COLUMNS} FROM server_reviews WHERE domain = $1 ORDER BY id DESC LIMIT 50
"""
LIST_OPEN_REVIEWS = f"""
    SELECT {_COLUMNS} FROM server_reviews WHERE closed_at IS NULL
    ORDER BY coalesce(blog_by, act_by), id LIMIT 300
"""
LIST_ON_CLOCK = f"""
    SELECT {_COLUMNS} FROM server_reviews
    WHERE closed_at IS NULL AND (decided_at IS NULL OR (blog_by IS NOT NULL AND blogged_at IS NULL))
    ORDER BY id LIMIT 1000
"""


async def list_reviews_of(tx: Reading, *, domain: str) -> list[Review]:
    """Every review of a server, latest first."""
    return [_review_of(row) for row in await tx.fetch_all(LIST_REVIEWS_OF, domain)]


async def list_open_reviews(tx: Reading) -> list[Review]:
    """Reviews that are not over, the first due first."""
    return [_review_of(row) for row in await tx.fetch_all(LIST_OPEN_REVIEWS)]


async def list_on_clock(tx: Reading) -> list[Review]:
    """Reviews with a clock that runs."""
    return [_review_of(row) for row in await tx.fetch_all(LIST_ON_CLOCK)]


UPDATE_STATE = {
    "researching": "UPDATE server_reviews SET state = 'researching' WHERE id = $1 AND $2::timestamptz IS NOT NULL",
    "announced": "UPDATE server_reviews SET state = 'announced', announced_at = $2 WHERE id = $1",
    "blogged": "UPDATE server_reviews SET state = 'blogged', blogged_at = $2 WHERE id = $1",
}


async def update_state(tx: Transaction, *, review_id: int, state: str, at: datetime) -> None:
    """Go on to researching, announced or blogged."""
    await tx.execute(UPDATE_STATE[state], review_id, at)


UPDATE_PROPOSAL = """
    UPDATE server_reviews
    SET state = 'proposed', proposed_by_account_id = $2, proposal = $3, proposal_text = $4,
        criteria = $5, is_cohesive = $6, override_reason = $7, publicity = $8,
        publicity_reason = $9, agreed_account_ids = ARRAY[$2::bigint]
    WHERE id = $1
"""
UPDATE_AGREED = """
    UPDATE server_reviews SET agreed_account_ids = agreed_account_ids || $2::bigint
    WHERE id = $1
"""
UPDATE_DECIDED = """
    UPDATE server_reviews
    SET state = 'decided', decided_at = $2, decision_id = $3, is_emergency = $4, blog_by = $5
    WHERE id = $1
"""
UPDATE_MONITORING = """
    UPDATE server_reviews
    SET state = 'monitoring', warning_signs = $2, next_review_at = $3, closed_at = $4
    WHERE id = $1
"""
UPDATE_BREACHED = {
    "act": "UPDATE server_reviews SET act_breached_at = $2 WHERE id = $1 AND act_breached_at IS NULL",
    "blog": "UPDATE server_reviews SET blog_breached_at = $2 WHERE id = $1 AND blog_breached_at IS NULL",
}


async def update_proposal(
    tx: Transaction, *, review_id: int, actor_id: int, proposal: Proposal
) -> None:
    """Propose; who proposes agrees."""
    await tx.execute(
        UPDATE_PROPOSAL,
        review_id,
        actor_id,
        proposal.outcome,
        proposal.text,
        list(proposal.criteria),
        proposal.is_cohesive,
        proposal.override_reason,
        proposal.publicity,
        proposal.publicity_reason,
    )


async def update_agreed(tx: Transaction, *, review_id: int, account_id: int) -> None:
    """Somebody else agrees."""
    await tx.execute(UPDATE_AGREED, review_id, account_id)


async def update_decided(
    tx: Transaction,
    *,
    review_id: int,
    decision_id: int | None,
    is_emergency: bool,
    blog_by: datetime | None,
    at: datetime,
) -> None:
    """It is decided; the clock of the article starts where there is one."""
    await tx.execute(UPDATE_DECIDED, review_id, at, decision_id, is_emergency, blog_by)


async def update_monitoring(
    tx: Transaction, *, review_id: int, signs: str, next_at: datetime, at: datetime
) -> None:
    """The review is over; the server stays watched for these signs until that date."""
    await tx.execute(UPDATE_MONITORING, review_id, signs, next_at, at)


async def update_breached(tx: Transaction, *, review_id: int, clock: str, at: datetime) -> bool:
    """Record that a promised time has passed; True the first time."""
    return bool(await tx.execute(UPDATE_BREACHED[clock], review_id, at))


# The last review of each server decides when it is looked at again.
LIST_DUE_AGAIN = """
    SELECT DISTINCT ON (domain) domain, warning_signs, next_review_at
    FROM server_reviews
    WHERE next_review_at <= $1
      AND NOT EXISTS (
          SELECT 1 FROM server_reviews newer
          WHERE newer.domain = server_reviews.domain AND newer.id > server_reviews.id
      )
    ORDER BY domain, id DESC
    LIMIT 100
"""


async def list_due_again(tx: Reading, *, now: datetime) -> list[tuple[str, str]]:
    """(server, warning signs) of those whose next review has come."""
    rows = await tx.fetch_all(LIST_DUE_AGAIN, now)
    return [(row["domain"], row["warning_signs"]) for row in rows]


COUNT_ACTIONS = """
    SELECT lower(a.domain) AS domain, count(*)::int AS actions,
           array_agg(m.id ORDER BY m.id) AS action_ids
    FROM moderation_actions m
    JOIN accounts a ON a.id = m.target_account_id
    WHERE m.created_at >= $1 AND a.domain IS NOT NULL AND m.kind NOT IN ('none', 'warning')
      AND m.undone_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM server_reviews r
          WHERE r.domain = lower(a.domain) AND (r.closed_at IS NULL OR r.created_at >= $1)
      )
    GROUP BY lower(a.domain)
    HAVING count(*) >= $2
    ORDER BY count(*) DESC
    LIMIT 100
"""


async def count_actions(
    tx: Reading, *, since: datetime, least: int
) -> list[tuple[str, int, Sequence[int]]]:
    """(server, how many, which) where accounts were acted on that often and no review came."""
    rows = await tx.fetch_all(COUNT_ACTIONS, since, least)
    return [(row["domain"], row["actions"], row["action_ids"]) for row in rows]


INSERT_REMINDER = """
    INSERT INTO server_reminders (subject, moment) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_reminder(tx: Transaction, *, subject: str, moment: datetime) -> bool:
    """Note that somebody is reminded of it; False if that was done."""
    return bool(await tx.execute(INSERT_REMINDER, subject, moment))


def _review_of(row: Row) -> Review:
    values = dict(row.items())
    values["facts_before"] = from_json(values["facts_before"])
    return Review(**values)
