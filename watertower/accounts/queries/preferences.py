"""What a member chose for itself; kept as JSON beside the login."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from watertower.accounts.model import Preferences
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import from_json, to_json

_NAMES = frozenset(f.name for f in fields(Preferences))


def preferences_of(settings: str | None, *, is_locked: bool) -> Preferences:
    """The column logins.settings as preferences. Who approves followers posts to them first."""
    chosen = {name: value for name, value in (from_json(settings) or {}).items() if name in _NAMES}
    if is_locked:
        chosen.setdefault("default_privacy", "private")
    return Preferences(**chosen)


FIND_PREFERENCES = """
    SELECT l.settings, a.is_locked
    FROM logins l
    JOIN accounts a ON a.id = l.account_id
    WHERE l.account_id = $1
"""


async def find_preferences(tx: Reading, *, account_id: int) -> Preferences:
    """The member's preferences; defaults for accounts that have no login."""
    row = await tx.fetch_one(FIND_PREFERENCES, account_id)
    if row is None:
        return Preferences()
    return preferences_of(row["settings"], is_locked=row["is_locked"])


# Whether search engines may list the profile shows in the account, so that is a new version.
UPDATE_PREFERENCES = """
    WITH changed AS (
        UPDATE logins SET settings = settings || $2::jsonb WHERE account_id = $1
        RETURNING account_id
    )
    UPDATE accounts SET version = version + 1
    WHERE $2::jsonb ? 'is_noindex' AND id IN (SELECT account_id FROM changed)
"""


async def update_preferences(
    tx: Transaction, *, account_id: int, chosen: Mapping[str, Any]
) -> None:
    """Change the preferences of these names, leave the others."""
    await tx.execute(UPDATE_PREFERENCES, account_id, to_json(chosen))


UPDATE_CHOSEN_LANGUAGES = "UPDATE logins SET chosen_languages = $2 WHERE account_id = $1"


async def update_chosen_languages(
    tx: Transaction, *, account_id: int, languages: Sequence[str] | None
) -> None:
    """Keep to these languages; None: all."""
    wanted = None if languages is None else list(languages)
    await tx.execute(UPDATE_CHOSEN_LANGUAGES, account_id, wanted)


FIND_CHOSEN_LANGUAGES = "SELECT chosen_languages FROM logins WHERE account_id = $1"


async def find_chosen_languages(tx: Reading, *, account_id: int) -> list[str]:
    """The languages a member keeps to."""
    found: list[str] | None = await tx.fetch_value(FIND_CHOSEN_LANGUAGES, account_id)
    return found or []


UPDATE_MAIL_CHOICES = """
    UPDATE logins
    SET settings = settings
        || jsonb_build_object('email_on', coalesce(settings->'email_on', '{}') || $2::jsonb)
    WHERE account_id = $1
"""


async def update_mail_choices(
    tx: Transaction, *, account_id: int, chosen: Mapping[str, bool]
) -> None:
    """Choose for these kinds of mail, leave the others."""
    await tx.execute(UPDATE_MAIL_CHOICES, account_id, to_json(chosen))
