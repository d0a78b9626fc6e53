"""The rules of the community, in their order."""

from datetime import datetime

from watertower.accounts.model import Rule
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import from_json

LIST_RULES = """
    SELECT id, text, hint, translations
    FROM rules
    WHERE deleted_at IS NULL
    ORDER BY position, id
    LIMIT 100
"""


async def list_rules(tx: Reading) -> list[Rule]:
    """The rules in force."""
    rows = await tx.fetch_all(LIST_RULES)
    return [
        Rule(row["id"], row["text"], row["hint"], from_json(row["translations"])) for row in rows
    ]


INSERT_RULE = """
    INSERT INTO rules (position, text, hint)
    SELECT coalesce(max(position), 0) + 1, $1, $2 FROM rules WHERE deleted_at IS NULL
    RETURNING id
"""


async def insert_rule(tx: Transaction, *, text: str, hint: str) -> int:
    """Put a rule at the end; its id."""
    rule_id: int = await tx.fetch_value(INSERT_RULE, text, hint)
    return rule_id


DELETE_RULE = "UPDATE rules SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL"


async def delete_rule(tx: Transaction, *, rule_id: int, at: datetime) -> int:
    """Mark a rule as no longer in force."""
    return await tx.execute(DELETE_RULE, rule_id, at)


UPDATE_RULE_SCOPE = "UPDATE rules SET is_global = $2 WHERE id = $1 AND deleted_at IS NULL"


async def update_rule_scope(tx: Transaction, *, rule_id: int, is_global: bool) -> int:
    """Say whether a rule is also a ground to act on people elsewhere."""
    return await tx.execute(UPDATE_RULE_SCOPE, rule_id, is_global)
