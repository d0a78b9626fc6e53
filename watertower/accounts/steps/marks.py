"""Marks on a profile that staff put there: fields in front of the member's own.

They are fields like others, so that every app and every other server shows them: the link leads
to a page of ours that links back with rel="me", which is how other servers verify it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.accounts.events import ProfileChanged
from watertower.accounts.queries.profile import find_account_to_change, update_fields
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.text.fields import field_html


async def set_marks(
    tx: Transaction, *, account_id: int, marks: Sequence[tuple[str, str]], at: datetime
) -> bool:
    """Make these (name, link) the marks of a profile, verified now; none takes them away.

    Whether anything changed. The change is told to other servers.
    """
    account = await find_account_to_change(tx, account_id=account_id)
    if account is None:
        return False
    values = {value for _, value in marks}
    now = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    before = {field["value"]: field for field in account.fields if field.get("mark")}
    made: list[dict[str, Any]] = [
        {
            "name": name,
            "value": value,
            "html": field_html(value),
            "verified_at": before.get(value, {}).get("verified_at") or now,
            "mark": "approved",
        }
        for name, value in marks
    ]
    own = [
        dict(field)
        for field in account.fields
        if not field.get("mark") and field.get("value") not in values
    ]
    if [*made, *own] == [dict(field) for field in account.fields]:
        return False
    await update_fields(tx, account_id=account_id, fields=[*made, *own], before=account.fields)
    await record(tx, ProfileChanged(account_id=account_id))
    return True
