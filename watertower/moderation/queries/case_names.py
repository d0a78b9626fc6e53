"""Names for the ids that hang on a case, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass

from watertower.base.db.transaction import Reading, Row

LIST_NAMES = """
    SELECT id, username, domain, display_name, deleted_at IS NOT NULL AS is_deleted,
           suspended_at IS NOT NULL AS is_suspended, limited_at IS NOT NULL AS is_limited
    FROM accounts WHERE id = ANY($1::bigint[])
"""


@dataclass(frozen=True)
class Name:
    """Who somebody is, in a word."""

    id: int
    username: str
    domain: str | None
    display_name: str
    is_deleted: bool
    is_suspended: bool
    is_limited: bool

    @property
    def handle(self) -> str:
        """`@name`, or `@name@domain`."""
        return f"@{self.username}" if self.domain is None else f"@{self.username}@{self.domain}"


async def list_names(tx: Reading, *, account_ids: Iterable[int | None]) -> dict[int, Name]:
    """Names by id; unknown ids are left out. One query, also for none."""
    wanted = sorted({one for one in account_ids if one is not None})
    return {row["id"]: Name(*row.values()) for row in await tx.fetch_all(LIST_NAMES, wanted)}


LIST_ACTIONS_OF_CASE = """
    SELECT id, kind, target_account_id, actor_account_id, reason, ends_at, undone_at, created_at,
           array_length(status_ids, 1) AS statuses
    FROM moderation_actions WHERE case_id = $1 ORDER BY id LIMIT 100
"""
LIST_RULES = """
    SELECT id, text, is_global FROM rules
    WHERE deleted_at IS NULL OR id = ANY($1::bigint[])
    ORDER BY deleted_at NULLS FIRST, position, id LIMIT 200
"""
LIST_CASE_LOG = """
    SELECT l.at, l.verb, l.reason, l.subject_kind, l.subject_id, a.username
    FROM audit_log l LEFT JOIN accounts a ON a.id = l.actor_account_id
    WHERE l.case_id = $1 ORDER BY l.id DESC LIMIT 50
"""


async def list_actions_of_case(tx: Reading, *, case_id: int) -> list[Row]:
    """What was done about accounts in a case, oldest first."""
    return await tx.fetch_all(LIST_ACTIONS_OF_CASE, case_id)


async def list_rules_with_scope(tx: Reading, *, rule_ids: Iterable[int]) -> list[Row]:
    """Rules in force, and these: id, text, is_global."""
    return await tx.fetch_all(LIST_RULES, sorted(set(rule_ids)))


async def list_case_log(tx: Reading, *, case_id: int) -> list[Row]:
    """What was done and looked at in a case, newest first."""
    return await tx.fetch_all(LIST_CASE_LOG, case_id)
