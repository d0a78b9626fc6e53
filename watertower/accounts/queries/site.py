"""What this community decided about itself: named values that moderators change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import from_json, to_json

T = TypeVar("T")

FIND_SITE_SETTING = "SELECT value FROM site_settings WHERE name = $1"


async def site_setting(tx: Reading, name: str, default: T) -> T:
    """The value of a site setting, or the default where nothing was decided."""
    value = from_json(await tx.fetch_value(FIND_SITE_SETTING, name))
    return default if value is None else value


LIST_SITE_SETTINGS = "SELECT name, value FROM site_settings WHERE name = ANY($1::text[])"


async def list_site_settings(tx: Reading, names: Sequence[str]) -> dict[str, Any]:
    """Several site settings in one query; those that nobody set, or unset again, are left out."""
    rows = await tx.fetch_all(LIST_SITE_SETTINGS, list(names))
    found = {row["name"]: from_json(row["value"]) for row in rows}
    return {name: value for name, value in found.items() if value is not None}


SET_SITE_SETTING = """
    INSERT INTO site_settings (name, value, updated_at)
    VALUES ($1, $2::jsonb, now())
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
"""


async def set_site_setting(tx: Transaction, name: str, value: Any) -> None:
    """Decide a site setting. None is stored as JSON null and reads as the default."""
    await tx.execute(SET_SITE_SETTING, name, to_json(value))


FIND_SITE_TEXT = "SELECT value, updated_at FROM site_settings WHERE name = $1"


async def find_site_text(tx: Reading, *, name: str) -> tuple[str, datetime] | None:
    """A text of the community and when it was written; None if there is none."""
    row = await tx.fetch_one(FIND_SITE_TEXT, name)
    text = from_json(row["value"]) if row else None
    return (text, row["updated_at"]) if row and isinstance(text, str) and text else None
