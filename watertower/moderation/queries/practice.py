"""Practice: tickets, analyses and what was said to them. Nothing here touches a case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json
from watertower.base.paging import Page

INSERT_TICKET = """
    INSERT INTO practice_tickets (
        source_case_id, title, situation, outcome, outcome_words, language, is_graphic,
        made_by_account_id, created_at)
    VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (source_case_id) DO NOTHING
    RETURNING id
"""


async def insert_ticket(
    tx: Transaction,
    *,
    source_case_id: int | None,
    title: str,
    situation: Sequence[dict[str, Any]],
    outcome: str,
    outcome_words: str,
    language: str | None,
    is_graphic: bool,
    by: int,
    at: datetime,
) -> int | None:
    """A ticket; None if the case was copied before."""
    made: int | None = await tx.fetch_value(
        INSERT_TICKET,
        source_case_id,
        title,
        to_json(list(situation)),
        outcome,
        outcome_words,
        language,
        is_graphic,
        by,
        at,
    )
    return made


FIND_TICKET_OF_CASE = "SELECT id FROM practice_tickets WHERE source_case_id = $1"


async def find_ticket_of_case(tx: Reading, *, case_id: int) -> int | None:
    """The ticket that a case became."""
    found: int | None = await tx.fetch_value(FIND_TICKET_OF_CASE, case_id)
    return found


LIST_TICKETS = """
    SELECT t.id, t.title, t.language, t.is_graphic, t.created_at,
           EXISTS (SELECT FROM practice_analyses n
                   WHERE n.ticket_id = t.id AND n.author_account_id = $1) AS is_mine_written,
           (SELECT count(*) FROM practice_analyses n WHERE n.ticket_id = t.id) AS analyses,
           (SELECT count(*) FROM practice_analyses n
            WHERE n.ticket_id = t.id AND NOT EXISTS (
                SELECT FROM practice_feedback f WHERE f.analysis_id = n.id AND f.by_lead
            )) AS unanswered
    FROM practice_tickets t
    WHERE t.retired_at IS NULL AND t.id < $2 AND t.id > $3
    ORDER BY t.id DESC
    LIMIT $4
"""
LIST_TICKETS_UPWARDS = LIST_TICKETS.replace("DESC", "ASC")


async def list_tickets(tx: Reading, *, viewer_id: int, page: Page) -> list[Row]:
    """Tickets, newest first: id, title, language, is_mine_written, analyses, unanswered …."""
    sql = LIST_TICKETS_UPWARDS if page.upwards else LIST_TICKETS
    rows = await tx.fetch_all(sql, viewer_id, page.before_id, page.after_id, page.limit)
    return list(rows[::-1] if page.upwards else rows)


FIND_TICKET = """
    SELECT id, title, situation::text AS situation, outcome, outcome_words, language, is_graphic,
           created_at
    FROM practice_tickets WHERE id = $1 AND retired_at IS NULL
"""


async def find_ticket(tx: Reading, *, ticket_id: int) -> Row | None:
    """One ticket; what was done stands in it, whoever shows it decides to whom."""
    return await tx.fetch_one(FIND_TICKET, ticket_id)


INSERT_ANALYSIS = """
    INSERT INTO practice_analyses (
        ticket_id, author_account_id, situation, would_do, would_not_do, why, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (ticket_id, author_account_id) DO NOTHING
    RETURNING id
"""


async def insert_practice_analysis(
    tx: Transaction,
    *,
    ticket_id: int,
    author_id: int,
    situation: str,
    would_do: str,
    would_not_do: str,
    why: str,
    at: datetime,
) -> int | None:
    """Somebody's own view; None if it was written before."""
    made: int | None = await tx.fetch_value(
        INSERT_ANALYSIS, ticket_id, author_id, situation, would_do, would_not_do, why, at
    )
    return made


LIST_ANALYSES = """
    SELECT n.id, n.situation, n.would_do, n.would_not_do, n.why, n.created_at,
           n.author_account_id, a.username AS author
    FROM practice_analyses n JOIN accounts a ON a.id = n.author_account_id
    WHERE n.ticket_id = $1 ORDER BY n.author_account_id <> $2, n.id LIMIT 100
"""


async def list_practice_analyses(tx: Reading, *, ticket_id: int, viewer_id: int) -> list[Row]:
    """All views of a ticket, the viewer's own first."""
    return await tx.fetch_all(LIST_ANALYSES, ticket_id, viewer_id)


FIND_ANALYSIS = """
    SELECT id, ticket_id, author_account_id FROM practice_analyses WHERE id = $1
"""


async def find_practice_analysis(tx: Reading, *, analysis_id: int) -> Row | None:
    """Row of id, ticket_id, author_account_id."""
    return await tx.fetch_one(FIND_ANALYSIS, analysis_id)


LIST_FEEDBACK = """
    SELECT f.analysis_id, f.text, f.by_lead, f.created_at, a.username AS author
    FROM practice_feedback f
    JOIN practice_analyses n ON n.id = f.analysis_id
    LEFT JOIN accounts a ON a.id = f.author_account_id
    WHERE n.ticket_id = $1 ORDER BY f.id LIMIT 1000
"""


async def list_feedback(tx: Reading, *, ticket_id: int) -> list[Row]:
    """What was said to the analyses of a ticket, oldest first."""
    return await tx.fetch_all(LIST_FEEDBACK, ticket_id)


INSERT_FEEDBACK = """
    INSERT INTO practice_feedback (analysis_id, author_account_id, by_lead, text, created_at)
    SELECT $1, $2, $3, $4, $5
    WHERE NOT EXISTS (
        SELECT FROM practice_feedback
        WHERE analysis_id = $1 AND author_account_id = $2 AND text = $4)
"""


async def insert_feedback(
    tx: Transaction, *, analysis_id: int, author_id: int, by_lead: bool, text: str, at: datetime
) -> bool:
    """Say something to an analysis; the same again is kept once."""
    return bool(await tx.execute(INSERT_FEEDBACK, analysis_id, author_id, by_lead, text, at))


COUNT_PRACTISED = """
    SELECT n.author_account_id, count(*) AS done
    FROM practice_analyses n
    WHERE n.author_account_id = ANY($1::bigint[])
      AND EXISTS (SELECT FROM practice_feedback f WHERE f.analysis_id = n.id AND f.by_lead)
    GROUP BY n.author_account_id ORDER BY n.author_account_id LIMIT 1000
"""


async def count_practised(tx: Reading, *, account_ids: list[int]) -> dict[int, int]:
    """How many tickets each analysed and heard the lead about."""
    rows = await tx.fetch_all(COUNT_PRACTISED, account_ids)
    return {row["author_account_id"]: row["done"] for row in rows}


LIST_PEOPLE_OF_CASE = """
    SELECT DISTINCT a.username, a.domain, a.display_name
    FROM accounts a
    WHERE a.id IN (
        SELECT c.target_account_id FROM cases c WHERE c.id = $1
        UNION SELECT r.account_id FROM reports r WHERE r.case_id = $1
        UNION SELECT r.target_account_id FROM reports r WHERE r.case_id = $1
        UNION SELECT p.account_id FROM case_people p WHERE p.case_id = $1
        UNION SELECT t.with_account_id FROM case_threads t WHERE t.case_id = $1
        UNION SELECT l.actor_account_id FROM audit_log l WHERE l.case_id = $1
        UNION SELECT m.account_id FROM mentions m WHERE m.status_id IN (
            SELECT unnest(r.status_ids) FROM reports r WHERE r.case_id = $1)
    )
    ORDER BY a.username, a.domain
    LIMIT 500
"""


async def list_people_of_case(tx: Reading, *, case_id: int) -> list[Row]:
    """Everybody whom a case names: username, domain, display_name."""
    return await tx.fetch_all(LIST_PEOPLE_OF_CASE, case_id)


LIST_WORDS_OF_CASE = """
    SELECT what, text FROM (
        SELECT 1 AS part, r.id, 'A report' AS what, r.comment AS text
        FROM reports r WHERE r.case_id = $1 AND r.comment <> ''
        UNION ALL
        SELECT 2, e.id, CASE e.kind WHEN 'status' THEN 'A post' ELSE 'The profile' END,
               concat_ws(E'\\n', nullif(e.content->>'spoiler_text', ''),
                         nullif(e.content->>'content_warning', ''),
                         coalesce(e.content->>'text', e.content->>'content', e.content->>'note'))
        FROM evidence e
        WHERE e.case_id = $1 AND e.kind IN ('status', 'profile') AND NOT e.is_private
          AND e.destroyed_at IS NULL
    ) w
    WHERE text <> ''
    ORDER BY part, id
    LIMIT 60
"""


async def list_words_of_case(tx: Reading, *, case_id: int) -> list[Row]:
    """What was reported and what was posted, nothing that is not public: what, text."""
    return await tx.fetch_all(LIST_WORDS_OF_CASE, case_id)
