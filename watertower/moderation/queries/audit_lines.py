"""Reading the audit log, by pages of ids. Nothing here changes a line."""

from collections.abc import Sequence
from dataclasses import fields

from watertower.base.db.transaction import Reading, Row
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.moderation.model.audit import AuditLine, AuditSearch
from watertower.moderation.queries.case_walls import unhidden

# $1 is who looks, NULL for the operator. Nobody reads what the team wrote about themselves, about
# a case that is closed to them, or about an appeal of their own.
LIST_LINES = f"""
    SELECT l.id, l.at, l.actor_account_id, coalesce(a.username, '') AS actor, l.capacity, l.verb,
           l.subject_kind, l.subject_id,
           coalesce(s.username || coalesce('@' || s.domain, ''), '') AS subject,
           l.case_id, l.reason, l.details
    FROM audit_log l
    LEFT JOIN accounts a ON a.id = l.actor_account_id
    LEFT JOIN accounts s
        ON s.id = CASE WHEN l.subject_kind = 'account' AND l.subject_id ~ '^[0-9]{{{{1,18}}}}$'
                       THEN l.subject_id::bigint END
    WHERE l.id < $2 AND l.id > $3
      AND ($4::bigint IS NULL OR l.actor_account_id = $4)
      AND (NOT $5::boolean OR l.actor_account_id IS NULL)
      AND ($6::text IS NULL OR l.verb = $6)
      AND ($7::text IS NULL OR l.subject_kind = $7)
      AND ($8::text IS NULL OR l.subject_id = $8)
      AND ($9::bigint IS NULL OR l.case_id = $9)
      AND ($10::timestamptz IS NULL OR l.at >= $10)
      AND ($11::timestamptz IS NULL OR l.at < $11)
      AND ($1::bigint IS NULL OR (
          NOT (l.subject_kind = 'account' AND l.subject_id = $1::text
               AND l.actor_account_id IS DISTINCT FROM $1)
          AND (l.case_id IS NULL
               OR EXISTS (SELECT FROM cases c WHERE c.id = l.case_id AND {unhidden("c", "$1")}))
          AND NOT (l.subject_kind = 'appeal' AND EXISTS (
              SELECT FROM appeals p WHERE p.account_id = $1 AND p.id::text = l.subject_id))
      ))
    ORDER BY l.id {{order}}
    LIMIT $12
"""
LIST_DOWN, LIST_UP = LIST_LINES.format(order="DESC"), LIST_LINES.format(order="ASC")


async def list_lines(
    tx: Reading, *, viewer_id: int | None, search: AuditSearch, page: Page
) -> list[AuditLine]:
    """A page of lines, newest first."""
    rows = await tx.fetch_all(
        LIST_UP if page.upwards else LIST_DOWN,
        viewer_id,
        page.before_id,
        page.after_id,
        search.actor_account_id,
        search.is_by_server,
        search.verb,
        search.subject_kind,
        search.subject_id,
        search.case_id,
        search.since,
        search.until,
        page.limit,
    )
    return [_line(row) for row in (rows[::-1] if page.upwards else rows)]


def _line(row: Row) -> AuditLine:
    values = dict(row) | {"details": from_json(row["details"])}
    return AuditLine(**{field.name: values[field.name] for field in fields(AuditLine)})


# Walks along the index of verbs from one to the next; a log of years has few verbs.
LIST_WORDS = """
    WITH RECURSIVE found(word) AS (
        (SELECT {column} FROM audit_log ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT l.{column} FROM audit_log l WHERE l.{column} > f.word
                ORDER BY l.{column} LIMIT 1)
        FROM found f WHERE f.word IS NOT NULL
    )
    SELECT word FROM found WHERE word IS NOT NULL LIMIT 200
"""
LIST_VERBS, LIST_KINDS = LIST_WORDS.format(column="verb"), LIST_WORDS.format(column="subject_kind")


async def list_verbs(tx: Reading) -> Sequence[str]:
    """Every verb that was ever written, in order."""
    return [row["word"] for row in await tx.fetch_all(LIST_VERBS)]


async def list_kinds(tx: Reading) -> Sequence[str]:
    """Every kind of subject."""
    return [row["word"] for row in await tx.fetch_all(LIST_KINDS)]


FIND_MEMBER = """
    SELECT id FROM accounts WHERE lower(username) = lower($1) AND domain IS NULL
"""


async def find_member(tx: Reading, *, username: str) -> int | None:
    """A member's account, also one that is gone."""
    found: int | None = await tx.fetch_value(FIND_MEMBER, username)
    return found
