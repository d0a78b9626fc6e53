"""Trusted reporters: found by the quality of their reports, chosen by people."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

# Only what led to action counts, and only with posts, words and a category.
FIND_CANDIDATES = """
    INSERT INTO trusted_reporters (account_id, state, good_reports, candidate_at, updated_at)
    SELECT r.account_id, 'candidate', count(*), $2, $2
    FROM reports r
    JOIN cases c ON c.id = r.case_id
    JOIN accounts a ON a.id = r.account_id
    JOIN logins l ON l.account_id = a.id
    WHERE r.created_at > $1 AND cardinality(r.status_ids) > 0 AND r.category <> 'other'
      AND length(btrim(r.comment)) > 0
      AND c.decided_at IS NOT NULL AND c.outcome NOT IN ('none', 'empty', 'forward')
      AND a.domain IS NULL AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND l.frozen_at IS NULL
      AND NOT EXISTS (
          SELECT FROM team_memberships m WHERE m.account_id = a.id AND m.state <> 'left')
    GROUP BY r.account_id
    HAVING count(*) >= $3
    ORDER BY r.account_id LIMIT 1000
    ON CONFLICT (account_id) DO UPDATE
        SET good_reports = excluded.good_reports, updated_at = excluded.updated_at
    RETURNING account_id
"""


async def upsert_candidates(
    tx: Transaction, *, since: datetime, at: datetime, at_least: int
) -> list[int]:
    """Members with so many good reports since then; who was known keeps their state."""
    rows = await tx.fetch_all(FIND_CANDIDATES, since, at, at_least)
    return [row["account_id"] for row in rows]


_REPORTER = """
    SELECT t.account_id, a.username, t.state, t.good_reports, t.candidate_at, t.chosen_by,
           t.chosen_because, t.invited_at, t.invitation_ends_at, t.trained_at, t.active_since,
           t.renew_by, t.renewed_by_member_at, t.renewed_by_lead_at, t.to_review_since,
           t.to_review_because, t.ended_because
    FROM trusted_reporters t JOIN accounts a ON a.id = t.account_id
"""
LIST_REPORTERS = f"""
    {_REPORTER} WHERE t.account_id <> $1
    ORDER BY t.to_review_since IS NULL, t.state, lower(a.username) LIMIT 300
"""


async def list_trusted(tx: Reading, *, viewer_id: int) -> list[Row]:
    """Candidates and trusted reporters by name, those to review first; never the viewer."""
    return await tx.fetch_all(LIST_REPORTERS, viewer_id)


FIND_REPORTER = f"{_REPORTER} WHERE t.account_id = $1"


async def find_trusted(tx: Reading, *, account_id: int) -> Row | None:
    """How a member stands."""
    return await tx.fetch_one(FIND_REPORTER, account_id)


LOCK_REPORTER = f"{FIND_REPORTER} FOR UPDATE OF t"


async def lock_trusted(tx: Transaction, *, account_id: int) -> Row | None:
    """The same, held until the transaction ends."""
    return await tx.fetch_one(LOCK_REPORTER, account_id)


_SETTABLE = {
    "state": "text",
    "chosen_by": "bigint[]",
    "chosen_because": "text",
    "invited_at": "timestamptz",
    "invitation_ends_at": "timestamptz",
    "trained_at": "timestamptz",
    "active_since": "timestamptz",
    "renew_by": "timestamptz",
    "renewed_by_member_at": "timestamptz",
    "renewed_by_lead_at": "timestamptz",
    "to_review_since": "timestamptz",
    "to_review_because": "text",
    "ended_because": "text",
}


async def update_trusted(
    tx: Transaction, *, account_id: int, at: datetime, **values: object
) -> None:
    """Set these columns."""
    if set(values) - set(_SETTABLE):
        raise ValueError(f"no column of trusted_reporters: {sorted(values)}")
    sets = ", ".join(
        f"{name} = ${place}::{_SETTABLE[name]}" for place, name in enumerate(values, start=3)
    )
    await tx.execute(
        f"UPDATE trusted_reporters SET updated_at = $2, {sets} WHERE account_id = $1",
        account_id,
        at,
        *values.values(),
    )


END_INVITATIONS = """
    UPDATE trusted_reporters
    SET state = 'candidate', chosen_by = '{}', invited_at = NULL, invitation_ends_at = NULL,
        updated_at = $1
    WHERE state = 'invited' AND invitation_ends_at <= $1
    RETURNING account_id
"""


async def end_invitations(tx: Transaction, *, at: datetime) -> list[int]:
    """Invitations nobody answered."""
    return [row["account_id"] for row in await tx.fetch_all(END_INVITATIONS, at)]


PAUSE_UNRENEWED = """
    UPDATE trusted_reporters SET state = 'paused', updated_at = $1
    WHERE state = 'active' AND renew_by <= $1
    RETURNING account_id
"""


async def pause_unrenewed(tx: Transaction, *, at: datetime) -> list[int]:
    """Who was not renewed within the year."""
    return [row["account_id"] for row in await tx.fetch_all(PAUSE_UNRENEWED, at)]


INSERT_URGENT = """
    INSERT INTO urgent_words (report_id, case_id, account_id, is_time_critical, paged, paged_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
"""


async def insert_urgent(
    tx: Transaction,
    *,
    report_id: int,
    case_id: int | None,
    account_id: int,
    is_time_critical: bool,
    paged: Sequence[int],
    at: datetime,
) -> bool:
    """The duty pair is called; False if they were for this report."""
    return bool(
        await tx.execute(
            INSERT_URGENT, report_id, case_id, account_id, is_time_critical, list(paged), at
        )
    )


NOTE_LOOKS = """
    UPDATE urgent_words u SET looked_at = c.first_looked_at
    FROM cases c
    WHERE c.id = u.case_id AND u.looked_at IS NULL AND c.first_looked_at >= u.paged_at
"""


async def note_looks(tx: Transaction) -> int:
    """When somebody looked first, of those that were measured for."""
    return await tx.execute(NOTE_LOOKS)


JUDGE_BY_OUTCOME = """
    UPDATE urgent_words u SET was_founded = true
    FROM cases c
    WHERE c.id = $1 AND u.case_id = c.id AND u.was_founded IS NULL
      AND c.outcome NOT IN ('none', 'empty')
    RETURNING u.account_id
"""


async def judge_by_outcome(tx: Transaction, *, case_id: int) -> list[int]:
    """What led to action was urgent enough; what did not, a person judges."""
    return [row["account_id"] for row in await tx.fetch_all(JUDGE_BY_OUTCOME, case_id)]


JUDGE = """
    UPDATE urgent_words SET was_founded = $2, judged_by_account_id = $3
    WHERE report_id = $1 AND account_id <> $3
    RETURNING account_id
"""


async def judge_urgent(
    tx: Transaction, *, report_id: int, was_founded: bool, by: int
) -> int | None:
    """Whether it was worth the call; the reporter's account, None if there is no such call."""
    found: int | None = await tx.fetch_value(JUDGE, report_id, was_founded, by)
    return found


COUNT_UNFOUNDED = """
    SELECT count(*) FROM urgent_words u
    WHERE u.account_id = $1 AND u.is_time_critical AND u.was_founded = false
      AND u.paged_at > coalesce($2::timestamptz, '-infinity')
"""


async def count_unfounded(tx: Reading, *, account_id: int, since: datetime | None) -> int:
    """Urgent words without ground since the last review."""
    found: int = await tx.fetch_value(COUNT_UNFOUNDED, account_id, since)
    return found


LIST_URGENT = """
    SELECT u.report_id, u.case_id, u.account_id, a.username, u.is_time_critical, u.paged_at,
           u.looked_at, u.was_founded,
           extract(epoch FROM u.looked_at - u.paged_at)::int AS seconds
    FROM urgent_words u JOIN accounts a ON a.id = u.account_id
    WHERE u.account_id <> $1
    ORDER BY u.paged_at DESC LIMIT 60
"""


async def list_urgent(tx: Reading, *, viewer_id: int) -> list[Row]:
    """The newest calls and how fast somebody looked."""
    return await tx.fetch_all(LIST_URGENT, viewer_id)
