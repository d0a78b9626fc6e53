"""What people can take on, how much they were given, and who may take a case."""

from datetime import datetime

from watertower.accounts.model import Permission
from watertower.accounts.queries.powers import powers
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.team import Availability
from watertower.moderation.queries.case_walls import unhidden

UPSERT_AVAILABILITY = """
    INSERT INTO team_availability (
        account_id, cases_a_day, hours, languages, refuses, away_from, away_until, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (account_id) DO UPDATE SET
        cases_a_day = excluded.cases_a_day, hours = excluded.hours,
        languages = excluded.languages, refuses = excluded.refuses,
        away_from = excluded.away_from, away_until = excluded.away_until,
        updated_at = excluded.updated_at
"""


async def upsert_availability(
    tx: Transaction, *, account_id: int, chosen: Availability, at: datetime
) -> None:
    """What somebody chose, whole."""
    await tx.execute(
        UPSERT_AVAILABILITY,
        account_id,
        chosen.cases_a_day,
        list(chosen.hours),
        list(chosen.languages),
        list(chosen.refuses),
        chosen.away_from,
        chosen.away_until,
        at,
    )


FIND_AVAILABILITY = """
    SELECT cases_a_day, hours, languages, refuses, away_from, away_until
    FROM team_availability WHERE account_id = $1
"""


async def find_availability(tx: Reading, *, account_id: int) -> Availability:
    """What somebody chose; the defaults for whoever chose nothing."""
    row = await tx.fetch_one(FIND_AVAILABILITY, account_id)
    return Availability(*row.values()) if row else Availability()


LIST_AVAILABILITY = """
    SELECT v.account_id, v.cases_a_day, v.hours, v.languages, v.away_from, v.away_until
    FROM team_availability v
    JOIN team_memberships m ON m.account_id = v.account_id AND m.state = 'active'
    WHERE m.team = $1 ORDER BY v.account_id LIMIT 500
"""


async def list_availability(tx: Reading, *, team: str) -> list[Row]:
    """When the active members of a team are there; nothing of what they refuse."""
    return await tx.fetch_all(LIST_AVAILABILITY, team)


# Everybody who may take a case, the best first: on duty now, knows the language, least laden.
LIST_TAKERS = f"""
    SELECT m.account_id, a.username, l.email,
           ($3::smallint = ANY(coalesce(v.hours, '{{}}'))) AS is_on_duty,
           (c.language IS NOT NULL AND c.language = ANY(coalesce(v.languages, '{{}}'))) AS knows,
           load.open, load.today
    FROM cases c
    CROSS JOIN team_memberships m
    JOIN accounts a ON a.id = m.account_id
    JOIN logins l ON l.account_id = m.account_id
    JOIN roles r ON r.id = l.role_id
    LEFT JOIN team_availability v ON v.account_id = m.account_id
    CROSS JOIN LATERAL (
        SELECT (SELECT count(*) FROM cases o
                WHERE o.assigned_account_id = m.account_id AND o.closed_at IS NULL) AS open,
               (SELECT count(*) FROM case_shares s
                WHERE s.account_id = m.account_id AND s.at > $2::timestamptz - interval '24 hours') AS today
    ) load
    WHERE c.id = $1 AND m.team = 'moderation' AND m.state = 'active'
      AND {powers("$2::timestamptz")} & {int(Permission.DECIDE_CASES)} <> 0
      AND l.frozen_at IS NULL AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND m.account_id <> ALL($4::bigint[])
      AND NOT coalesce(v.away_from <= $2 AND (v.away_until IS NULL OR v.away_until > $2), false)
      AND NOT coalesce(v.refuses, '{{}}') && (
          c.tags || CASE WHEN c.is_graphic THEN '{{graphic}}'::text[] ELSE '{{}}'::text[] END)
      AND (NOT c.is_graphic OR EXISTS (
          SELECT FROM case_opt_ins i WHERE i.account_id = m.account_id AND i.content = 'graphic'))
      AND ($5::boolean OR load.today < coalesce(v.cases_a_day, 10))
      AND {unhidden("c", "m.account_id")}
    ORDER BY is_on_duty DESC, knows DESC,
             load.open::float / greatest(coalesce(v.cases_a_day, 10), 1), load.today, m.account_id
    LIMIT 50
"""


async def list_takers(
    tx: Reading,
    *,
    case_id: int,
    at: datetime,
    hour: int,
    but: list[int],
    over_cap: bool = False,
) -> list[Row]:
    """Who may take this case at this moment, the best first: account_id, username, email ….

    Left out: who is away, locked, at their daily cap (unless `over_cap`), refuses what the case is
    tagged with, did not ask for graphic content, or may not see the case.
    """
    return await tx.fetch_all(LIST_TAKERS, case_id, at, hour, but, over_cap)


INSERT_SHARE = "INSERT INTO case_shares (case_id, account_id, because, at) VALUES ($1, $2, $3, $4)"


async def insert_share(
    tx: Transaction, *, case_id: int, account_id: int, because: str, at: datetime
) -> None:
    """Somebody was given a case."""
    await tx.execute(INSERT_SHARE, case_id, account_id, because, at)


LIST_EXPOSURE = """
    SELECT m.account_id, a.username,
           (SELECT count(*) FROM case_shares s
            WHERE s.account_id = m.account_id AND s.at > $1) AS given,
           (SELECT count(*) FROM cases c
            WHERE c.assigned_account_id = m.account_id AND c.closed_at IS NULL) AS open,
           (SELECT count(*) FROM audit_log g
            WHERE g.actor_account_id = m.account_id AND g.at > $1
              AND g.verb = ANY('{look,read_evidence,see_evidence,open_evidence}')) AS looks,
           (SELECT count(DISTINCT g.case_id) FROM audit_log g
            JOIN cases c ON c.id = g.case_id AND c.is_graphic
            WHERE g.actor_account_id = m.account_id AND g.at > $1) AS graphic
    FROM team_memberships m JOIN accounts a ON a.id = m.account_id
    WHERE m.team = 'moderation' AND m.state IN ('active', 'onboarding')
    ORDER BY lower(a.username), m.account_id
    LIMIT 200
"""


async def list_exposure(tx: Reading, *, since: datetime) -> list[Row]:
    """What each was given and saw since then, by name: never an order of who did more."""
    return await tx.fetch_all(LIST_EXPOSURE, since)


LIST_CASE_LANGUAGES = """
    SELECT language, count(*) AS cases FROM cases
    WHERE created_at > $1 AND language IS NOT NULL AND kind <> 'practice'
    GROUP BY language ORDER BY count(*) DESC, language LIMIT 50
"""


async def list_case_languages(tx: Reading, *, since: datetime) -> list[Row]:
    """In which languages cases came since then: language, cases."""
    return await tx.fetch_all(LIST_CASE_LANGUAGES, since)
