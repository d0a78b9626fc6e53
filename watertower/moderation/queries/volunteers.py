"""Calls for volunteers, applications, and what the team thinks of them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json

INSERT_CALL = """
    INSERT INTO volunteer_calls (
        team, words, concepts, examples, opened_by_account_id, opened_at, closes_at)
    VALUES ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7)
    RETURNING id
"""


async def insert_call(
    tx: Transaction,
    *,
    team: str,
    words: str,
    concepts: Sequence[str],
    examples: Sequence[str],
    by: int,
    at: datetime,
    closes_at: datetime,
) -> int:
    """A call; its id."""
    made: int = await tx.fetch_value(
        INSERT_CALL,
        team,
        words,
        to_json(list(concepts)),
        to_json(list(examples)),
        by,
        at,
        closes_at,
    )
    return made


FIND_OPEN_CALL = """
    SELECT id, team, words, concepts::text AS concepts, examples::text AS examples, closes_at
    FROM volunteer_calls WHERE team = $1 AND closes_at > $2 ORDER BY id DESC LIMIT 1
"""


async def find_open_call(tx: Reading, *, team: str, at: datetime) -> Row | None:
    """The call of a team that is open: id, team, words, concepts and examples (JSON), closes_at."""
    return await tx.fetch_one(FIND_OPEN_CALL, team, at)


LIST_OPEN_CALLS = """
    SELECT id, team, closes_at FROM volunteer_calls WHERE closes_at > $1
    ORDER BY team, id DESC LIMIT 50
"""


async def list_open_calls(tx: Reading, *, at: datetime) -> list[Row]:
    """What is looked for: id, team, closes_at."""
    return await tx.fetch_all(LIST_OPEN_CALLS, at)


UPDATE_CALL_CLOSED = """
    UPDATE volunteer_calls SET closes_at = $2 WHERE id = $1 AND closes_at > $2 AND team = $3
"""


async def update_call_closed(tx: Transaction, *, call_id: int, team: str, at: datetime) -> bool:
    """End a call now."""
    return bool(await tx.execute(UPDATE_CALL_CLOSED, call_id, at, team))


INSERT_APPLICATION = """
    INSERT INTO volunteer_applications (
        call_id, account_id, interest, languages, availability, experience, concepts, examples,
        due_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10)
    ON CONFLICT (call_id, account_id) DO NOTHING
    RETURNING id
"""


async def insert_application(
    tx: Transaction,
    *,
    call_id: int,
    account_id: int,
    interest: str,
    languages: Sequence[str],
    availability: str,
    experience: str,
    concepts: Sequence[str],
    examples: Sequence[str],
    due_at: datetime,
    at: datetime,
) -> int | None:
    """An application; None if this member applied before."""
    made: int | None = await tx.fetch_value(
        INSERT_APPLICATION,
        call_id,
        account_id,
        interest,
        list(languages),
        availability,
        experience,
        to_json(list(concepts)),
        to_json(list(examples)),
        due_at,
        at,
    )
    return made


INSERT_LIFE = "INSERT INTO volunteer_lives (team, question, answer) VALUES ($1, $2, $3)"


async def insert_lives(tx: Transaction, *, team: str, answers: Sequence[tuple[str, str]]) -> None:
    """What somebody said about their life; nothing says who."""
    await tx.execute_many(INSERT_LIFE, [(team, question, answer) for question, answer in answers])


COUNT_LIVES = """
    SELECT question, answer, count(*) AS people FROM volunteer_lives WHERE team = $1
    GROUP BY question, answer HAVING count(*) >= $2
    ORDER BY question, count(*) DESC, answer LIMIT 200
"""


async def count_lives(tx: Reading, *, team: str, at_least: int) -> list[Row]:
    """How often an answer was given, only where enough people gave it: question, answer, people."""
    return await tx.fetch_all(COUNT_LIVES, team, at_least)


_APPLICATION = """
    SELECT p.id, p.call_id, c.team, p.account_id, a.username, p.state, p.interest, p.languages,
           p.availability, p.experience, p.concepts::text AS concepts,
           p.examples::text AS examples, c.concepts::text AS questions,
           c.examples::text AS tasks, p.due_at, p.created_at, p.decided_at, p.decided_words
    FROM volunteer_applications p
    JOIN volunteer_calls c ON c.id = p.call_id
    JOIN accounts a ON a.id = p.account_id
"""
FIND_APPLICATION = f"{_APPLICATION} WHERE p.id = $1"
LOCK_APPLICATION = f"{FIND_APPLICATION} FOR UPDATE OF p"


async def find_application(tx: Reading, *, application_id: int) -> Row | None:
    """One application with the questions of its call."""
    return await tx.fetch_one(FIND_APPLICATION, application_id)


async def lock_application(tx: Transaction, *, application_id: int) -> Row | None:
    """The same, held against others until the transaction ends."""
    return await tx.fetch_one(LOCK_APPLICATION, application_id)


LIST_APPLICATIONS = f"""
    {_APPLICATION}
    WHERE c.team = $1 AND p.id < $2 AND p.account_id <> $4
      AND ($5::boolean OR p.state IN ('applied', 'in_review'))
    ORDER BY p.id DESC LIMIT $3
"""


async def list_applications(
    tx: Reading, *, team: str, viewer_id: int, before_id: int, limit: int, with_decided: bool
) -> list[Row]:
    """Applications to a team, newest first, never the viewer's own."""
    return await tx.fetch_all(LIST_APPLICATIONS, team, before_id, limit, viewer_id, with_decided)


LIST_OWN_APPLICATIONS = f"{_APPLICATION} WHERE p.account_id = $1 ORDER BY p.id DESC LIMIT 20"


async def list_own_applications(tx: Reading, *, account_id: int) -> list[Row]:
    """A member's applications, newest first."""
    return await tx.fetch_all(LIST_OWN_APPLICATIONS, account_id)


UPDATE_APPLICATION = """
    UPDATE volunteer_applications
    SET state = $2, decided_by_account_id = $3, decided_words = $4,
        decided_at = CASE WHEN $2 IN ('accepted', 'declined', 'withdrawn')
                     THEN $5::timestamptz END
    WHERE id = $1
"""


async def update_application(
    tx: Transaction, *, application_id: int, state: str, by: int | None, words: str, at: datetime
) -> None:
    """Move an application on."""
    await tx.execute(UPDATE_APPLICATION, application_id, state, by, words, at)


UPSERT_REVIEW = """
    INSERT INTO volunteer_reviews (
        application_id, reviewer_account_id, alignment, is_for, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (application_id, reviewer_account_id) DO UPDATE SET
        alignment = excluded.alignment, is_for = excluded.is_for, created_at = excluded.created_at
"""


async def upsert_review(
    tx: Transaction,
    *,
    application_id: int,
    reviewer_id: int,
    alignment: str,
    is_for: bool,
    at: datetime,
) -> None:
    """What one of the team thinks."""
    await tx.execute(UPSERT_REVIEW, application_id, reviewer_id, alignment, is_for, at)


LIST_REVIEWS = """
    SELECT v.reviewer_account_id, a.username AS reviewer, v.alignment, v.is_for, v.created_at
    FROM volunteer_reviews v LEFT JOIN accounts a ON a.id = v.reviewer_account_id
    WHERE v.application_id = $1 ORDER BY v.created_at, v.reviewer_account_id LIMIT 100
"""


async def list_reviews(tx: Reading, *, application_id: int) -> list[Row]:
    """What the team thinks, oldest first."""
    return await tx.fetch_all(LIST_REVIEWS, application_id)


LIST_DUE = """
    SELECT p.id, c.team, p.created_at, p.due_at, p.reminded
    FROM volunteer_applications p JOIN volunteer_calls c ON c.id = p.call_id
    WHERE p.state IN ('applied', 'in_review') AND p.reminded < 3
      AND p.created_at + (p.due_at - p.created_at) * (CASE p.reminded
            WHEN 0 THEN 0.5 WHEN 1 THEN 0.9 ELSE 1.0 END) <= $1
    ORDER BY p.due_at LIMIT 200
    FOR UPDATE OF p SKIP LOCKED
"""


async def list_due_applications(tx: Transaction, *, at: datetime) -> list[Row]:
    """Applications whose lead is to be reminded now: id, team, created_at, due_at, reminded."""
    return await tx.fetch_all(LIST_DUE, at)


UPDATE_REMINDED = "UPDATE volunteer_applications SET reminded = $2 WHERE id = $1"


async def update_application_reminded(tx: Transaction, *, application_id: int, stage: int) -> None:
    """Note how far the reminding is."""
    await tx.execute(UPDATE_REMINDED, application_id, stage)
