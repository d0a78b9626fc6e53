"""Message templates."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

LIST_TEMPLATES = """
    SELECT id, name, action, rule_id, language, text FROM message_templates
    WHERE $1::text IS NULL OR language IN ($1, 'en')
    ORDER BY language = 'en', action, name LIMIT 300
"""


async def list_templates(tx: Reading, *, language: str | None) -> list[Row]:
    """id, name, action, rule_id, language, text."""
    return await tx.fetch_all(LIST_TEMPLATES, language)


UPSERT_TEMPLATE = """
    INSERT INTO message_templates (
        name, action, rule_id, language, text, updated_by_account_id, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (name, language) DO UPDATE
    SET action = excluded.action, rule_id = excluded.rule_id, text = excluded.text,
        updated_by_account_id = excluded.updated_by_account_id, updated_at = excluded.updated_at
    RETURNING id
"""


async def upsert_template(
    tx: Transaction,
    *,
    name: str,
    action: str,
    rule_id: int | None,
    language: str,
    text: str,
    by: int,
    at: datetime,
) -> int:
    """Keep a template; one of the same name and language is replaced."""
    made: int = await tx.fetch_value(UPSERT_TEMPLATE, name, action, rule_id, language, text, by, at)
    return made


DELETE_TEMPLATE = "DELETE FROM message_templates WHERE id = $1"


async def delete_template(tx: Transaction, *, template_id: int) -> int:
    """Remove one."""
    return await tx.execute(DELETE_TEMPLATE, template_id)
