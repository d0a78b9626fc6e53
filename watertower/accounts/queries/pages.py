"""Reads one page of a list of accounts, newest first, whichever way it is paged."""

from functools import cache

from watertower.base.db.transaction import Reading
from watertower.base.paging import Page

Listed = tuple[int, int]
"""An account's id, and the id of the row that put it on the list, which pages go by."""


@cache
def _upwards(sql: str) -> str:
    return sql.replace("DESC", "ASC")


async def list_page(tx: Reading, sql: str, *args: object, page: Page) -> list[Listed]:
    """Rows of (account_id, sort).

    The SQL is written newest first with a single DESC; its last parameters are the upper
    bound, the lower bound and the limit.
    """
    text = _upwards(sql) if page.upwards else sql
    rows = await tx.fetch_all(text, *args, page.before_id, page.after_id, page.limit)
    found = [(row["account_id"], row["sort"]) for row in rows]
    return found[::-1] if page.upwards else found
