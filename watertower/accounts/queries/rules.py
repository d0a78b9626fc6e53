"""The rules of the community, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from watertower.base.db.transaction import Reading
from watertower.base.json import from_json


@dataclass(frozen=True)
class Rule:
    """One rule. `translations` maps a language to {"text", "hint"}."""

    id: int
    text: str
    hint: str
    translations: Mapping[str, Any]


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
